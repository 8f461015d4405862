"""What a deadline is: a due day that says from which day, by which section and to whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tugiplaan.rules.calendar import add_working_days
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import add_months

MONTHS_IN_YEAR = 12
"""What the calendar says, not the law."""


class DeadlineCode(StrEnum):
    """Every kind of deadline, in the order in which a case meets them."""

    DECISION = "decision"
    QUEUE_START = "queue_start"
    QUEUE_CONTACT = "queue_contact"
    PLACE_OFFER = "place_offer"
    GAP_DECISION = "gap_decision"
    TURN_UP = "turn_up"
    ACTIVITY_PLAN = "activity_plan"
    QUARTERLY_RATING = "quarterly_rating"
    YEARLY_ASSESSMENT = "yearly_assessment"
    JOB_FOUND = "job_found"
    HOSPITAL_CONFIRMATION = "hospital_confirmation"
    CONTRIBUTION_DEBT = "contribution_debt"
    WISH_TO_END = "wish_to_end"
    NON_USE = "non_use"
    NON_USE_IN_YEAR = "non_use_in_year"
    NO_SHOW = "no_show"
    DEATH = "death"
    END_NOTICE = "end_notice"
    SUMMARY_ASSESSMENT = "summary_assessment"
    EARLY_SUMMARY = "early_summary"
    HANDOVER = "handover"
    ENDING_DECISION = "ending_decision"
    COMPONENT_REPORT = "component_report"
    STATISTICS = "statistics"
    NEW_PLACES = "new_places"
    LICENCE_NOTICE = "licence_notice"
    CONTRACT_APPLICATION = "contract_application"
    CONTRACT_SIGNING = "contract_signing"
    CONTRACT_END_NOTICE = "contract_end_notice"
    RETENTION = "retention"
    ACCOUNTING_RETENTION = "accounting_retention"


class Addressee(StrEnum):
    """Who must get it, or who must act."""

    PERSON = "person"
    REPRESENTATIVE = "representative"
    AUTHORITY = "authority"
    PROVIDER = "provider"
    REGISTER = "register"
    """The register of economic activities (majandustegevuse register)."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is due on a day.

    Attributes:
        code: What is due.
        due_on: The last day on which it is in time.
        counted_from: The day from which the term was counted.
        to_whom: Who must get it; the provider where it stays in the house.
        section: Act and section.
        explanation: The steps that led to the day.
        subject: The referral it is about; empty: none.
        first_day: First day of the time it covers, for example of the hospital month.
        last_day: Last day of that time.
    """

    code: DeadlineCode
    due_on: date
    counted_from: date
    to_whom: tuple[Addressee, ...]
    section: str
    explanation: tuple[Step, ...]
    subject: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def days_left(self, day: date) -> int:
        """Count the days that are left; negative when it is late.

        Args:
            day: The day from which one looks.
        """
        return (self.due_on - day).days

    def is_overdue(self, day: date) -> bool:
        """Tell whether the due day has passed."""
        return self.due_on < day


def working_days_after(
    code: DeadlineCode, counted_from: date, term: DatedValue, to_whom: tuple[Addressee, ...]
) -> Deadline:
    """Make a deadline some working days after an event; never on a weekend or a public holiday.

    Args:
        code: What is due.
        counted_from: The day of the event; it is not counted.
        term: How many working days, >= 1.
        to_whom: Who must get it.
    """
    due_on = add_working_days(counted_from, int(term.value))
    numbers = (("counted_from", counted_from), ("days", term.value), ("due_on", due_on))
    step = Step("deadline_working_days", numbers, (term,), term.source)
    return Deadline(code, due_on, counted_from, to_whom, term.source, (step,))


def months_before(
    code: DeadlineCode, counted_from: date, term: DatedValue, to_whom: tuple[Addressee, ...]
) -> Deadline:
    """Make a deadline some months before a day; a date that is missing becomes the month's end.

    Args:
        code: What is due.
        counted_from: The day that must not be reached unprepared.
        term: How many months before it.
        to_whom: Who must get it.
    """
    due_on = add_months(counted_from, -int(term.value))
    numbers = (("counted_from", counted_from), ("months", term.value), ("due_on", due_on))
    step = Step("deadline_months_before", numbers, (term,), term.source)
    return Deadline(code, due_on, counted_from, to_whom, term.source, (step,))


def months_after(
    code: DeadlineCode, counted_from: date, term: DatedValue, to_whom: tuple[Addressee, ...]
) -> Deadline:
    """Make a deadline some months after an event; a date that is missing becomes the month's end.

    Args:
        code: What is due.
        counted_from: The day of the event; it is not counted.
        term: How many months after it.
        to_whom: Who must get it, or who must act.

    Law: counted as in open point A-11.
    """
    due_on = add_months(counted_from, int(term.value))
    numbers = (("counted_from", counted_from), ("months", term.value), ("due_on", due_on))
    step = Step("deadline_months_after", numbers, (term,), term.source, "A-11")
    return Deadline(code, due_on, counted_from, to_whom, term.source, (step,))
