"""Deadlines of the activity plan and of the end of a referral."""

from dataclasses import replace
from datetime import date, timedelta

from tugiplaan.rules.deadlines.confirmations import missing_confirmations
from tugiplaan.rules.deadlines.deadline import Addressee, Deadline, DeadlineCode, months_before
from tugiplaan.rules.deadlines.start import job_found, turn_up
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import DAY, Month, add_months
from tugiplaan.rules.tables import Law

_IN_HOUSE = (Addressee.PROVIDER,)
_ALL = (Addressee.PERSON, Addressee.REPRESENTATIVE, Addressee.AUTHORITY)


def activity_plan(arrived_on: date, law: Law) -> Deadline:
    """Say until when the activity plan must be drawn up.

    Args:
        arrived_on: The day on which the person came; the day after it is the first.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: rule R-13; SHS § 85(1); counted as in open point A-11.

    >>> from tugiplaan.rules.tables import builtin
    >>> activity_plan(date(2026, 4, 14), builtin()).due_on
    datetime.date(2026, 5, 14)
    """
    term = law.term("plan_days", arrived_on)
    due_on = arrived_on + timedelta(days=int(term.value))
    numbers = (("counted_from", arrived_on), ("days", term.value), ("due_on", due_on))
    step = Step("deadline_days", numbers, (term,), "SHS § 85(1)", "A-11")
    code = DeadlineCode.ACTIVITY_PLAN
    return Deadline(code, due_on, arrived_on, _IN_HOUSE, "SHS § 85(1)", (step,))


def quarterly_ratings(plan_from: date, plan_until: date, law: Law) -> tuple[Deadline, ...]:
    """Say until when the delivery of the plan must be rated.

    Args:
        plan_from: First day on which the plan is in force.
        plan_until: Last day on which it is in force.
        law: The dated law.

    Returns:
        One deadline for each calendar quarter in which the plan is in force, on the
        last day of the quarter, in order.

    Raises:
        NotInForceError: The term was not in force on the first day.

    Law: rule R-13; SHS § 85(2) p 2; calendar quarters by open point A-11.

    >>> from tugiplaan.rules.tables import builtin
    >>> ratings = quarterly_ratings(date(2026, 5, 1), date(2026, 7, 1), builtin())
    >>> [str(rating.due_on) for rating in ratings]
    ['2026-06-30', '2026-09-30']
    """
    term = law.term("rating_quarter_months", plan_from)
    months = int(term.value)
    start = Month.of(plan_from)
    quarter = start.plus(-((start.month - 1) % months))
    deadlines = []
    while quarter.first <= plan_until:
        last_day = quarter.plus(months - 1).last
        numbers = (("first_day", quarter.first), ("last_day", last_day))
        step = Step("deadline_quarter_end", numbers, (term,), "SHS § 85(2) p 2", "A-11")
        deadlines.append(
            Deadline(
                code=DeadlineCode.QUARTERLY_RATING,
                due_on=last_day,
                counted_from=quarter.first,
                to_whom=_IN_HOUSE,
                section="SHS § 85(2) p 2",
                explanation=(step,),
                first_day=quarter.first,
                last_day=last_day,
            )
        )
        quarter = quarter.plus(months)
    return tuple(deadlines)


def yearly_assessments(
    start: date, until: date, law: Law, *, grace_days: int = 0
) -> tuple[Deadline, ...]:
    """Say until when the past twelve months of the plan must be assessed in writing.

    Args:
        start: The day on which the service began.
        until: Last day of the service.
        law: The dated law.
        grace_days: Days that the house gives itself after the window has closed, >= 0.

    Returns:
        One deadline for each full window of twelve months from the start, in order: the
        day after the window's last day, and the grace.

    Raises:
        NotInForceError: The term was not in force on the day of the start.
        ValueError: `grace_days` is negative.

    Law: rule R-13; SHS § 85(3); twelve months from the start by open point A-11.

    >>> from tugiplaan.rules.tables import builtin
    >>> first, *_ = yearly_assessments(date(2026, 4, 14), date(2029, 1, 1), builtin())
    >>> first.last_day, first.due_on
    (datetime.date(2027, 4, 13), datetime.date(2027, 4, 14))
    """
    if grace_days < 0:
        raise ValueError(f"the grace must not be negative: {grace_days}")
    term = law.term("plan_assessment_months", start)
    months = int(term.value)
    deadlines: list[Deadline] = []
    first_day, next_day = start, add_months(start, months)
    while next_day - DAY <= until:
        deadlines.append(_yearly((first_day, next_day - DAY), grace_days, term))
        # From the start each time: a clipped 29 February must not shorten the years after it.
        first_day, next_day = next_day, add_months(start, months * (len(deadlines) + 1))
    return tuple(deadlines)


def _yearly(window: tuple[date, date], grace_days: int, term: DatedValue) -> Deadline:
    first_day, last_day = window
    due_on = last_day + DAY + timedelta(days=grace_days)
    numbers = (("first_day", first_day), ("last_day", last_day), ("due_on", due_on))
    step = Step("deadline_year_closed", numbers, (term,), "SHS § 85(3)", "A-11")
    return Deadline(
        code=DeadlineCode.YEARLY_ASSESSMENT,
        due_on=due_on,
        counted_from=last_day,
        to_whom=_IN_HOUSE,
        section="SHS § 85(3)",
        explanation=(step,),
        first_day=first_day,
        last_day=last_day,
    )


def _ends_early(referral: Referral) -> bool:
    return referral.ended_on is not None and referral.ended_on < referral.valid_to


def summary_assessments(
    referral: Referral, law: Law, *, last_invoice_on: date | None = None
) -> tuple[Deadline, ...]:
    """Say until when the summary assessment must be with the authority.

    Args:
        referral: The referral.
        law: The dated law.
        last_invoice_on: The day of the last invoice after an early end, when known.

    Returns:
        The assessment three months before the end of the referral, unless the service
        ended before that day; and after an early end the one that is due with the last
        invoice at the latest, until that day is known on the day of the end.

    Raises:
        NotInForceError: The term was not in force on the last day of the referral.

    Law: rule R-14; SHS § 83(1) p 11, 11¹.
    """
    term = law.term("summary_months", referral.valid_to)
    regular = months_before(
        DeadlineCode.SUMMARY_ASSESSMENT, referral.valid_to, term, (Addressee.AUTHORITY,)
    )
    ended_on = referral.ended_on
    if ended_on is None or not _ends_early(referral):
        return (replace(regular, subject=referral.referral),)
    due_on = last_invoice_on or ended_on
    numbers = (("ended_on", ended_on), ("valid_to", referral.valid_to), ("due_on", due_on))
    early = Deadline(
        code=DeadlineCode.EARLY_SUMMARY,
        due_on=due_on,
        counted_from=ended_on,
        to_whom=(Addressee.AUTHORITY,),
        section="SHS § 83(1) p 11¹",
        explanation=(Step("deadline_last_invoice", numbers, (), "SHS § 83(1) p 11¹"),),
        subject=referral.referral,
    )
    if ended_on < regular.due_on:
        return (early,)
    return (replace(regular, subject=referral.referral), early)


def holds_last_invoice(referral: Referral, summary_sent_on: date | None) -> bool:
    """Tell whether the last invoice must wait for the summary assessment.

    Args:
        referral: The referral.
        summary_sent_on: The day on which the assessment of the early end was sent.

    Returns:
        True when the service ended early and the assessment has not been sent.

    Law: rule R-14; SHS § 83(1) p 11¹.
    """
    return _ends_early(referral) and summary_sent_on is None


def handover(moves_on: date) -> Deadline:
    """Say until when what is known of a person goes to the next provider.

    Args:
        moves_on: The day on which the person moves.

    Returns:
        That very day; only with the person's consent.

    Law: SHS § 83(1) p 11².

    >>> handover(date(2026, 8, 30)).due_on
    datetime.date(2026, 8, 30)
    """
    section = "SHS § 83(1) p 11²"
    step = Step("deadline_handover", (("due_on", moves_on),), (), section)
    to_whom = (Addressee.PROVIDER,)
    return Deadline(DeadlineCode.HANDOVER, moves_on, moves_on, to_whom, section, (step,))


def end_notice(referral: Referral, law: Law) -> Deadline:
    """Say until when the person, the representative and the authority are told of the end.

    Args:
        referral: The referral.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on the last day of the referral.

    Law: rule R-15; SHS § 83(1) p 8; a task beside the summary assessment, open point A-14.
    """
    term = law.term(referral.kind.end_notice, referral.valid_to)
    notice = months_before(DeadlineCode.END_NOTICE, referral.valid_to, term, _ALL)
    return replace(notice, subject=referral.referral)


def referral_deadlines(
    referral: Referral, law: Law, *, grace_days: int = 0, last_invoice_on: date | None = None
) -> tuple[Deadline, ...]:
    """Give every deadline that follows from a referral and its stay.

    Args:
        referral: The referral with what happened under it.
        law: The dated law.
        grace_days: Days that the house gives itself for the yearly assessment, >= 0.
        last_invoice_on: The day of the last invoice after an early end, when known.

    Returns:
        The deadlines by due day: the window to turn up, plan, ratings, assessments, job,
        missing hospital confirmations, notice of the end and summary. What the authority
        must be told of is in `notices_for`.

    Raises:
        NotInForceError: A term was not in force.
        ValueError: `grace_days` is negative.

    Law: rules R-11, R-13, R-14, R-15.
    """
    found = [turn_up(referral, law), job_found(referral, law)]
    arrived = referral.arrived_on
    until = min(referral.ended_on or referral.valid_to, referral.valid_to)
    if arrived is not None:
        start = max(arrived, referral.agreed_start or arrived, referral.valid_from)
        found.append(activity_plan(arrived, law))
        found += quarterly_ratings(start, until, law)
        found += yearly_assessments(start, until, law, grace_days=grace_days)
        found += missing_confirmations(referral, law)
        found += summary_assessments(referral, law, last_invoice_on=last_invoice_on)
    if not _ends_early(referral):
        found.append(end_notice(referral, law))
    named = [replace(deadline, subject=referral.referral) for deadline in found if deadline]
    return tuple(sorted(named, key=lambda deadline: deadline.due_on))
