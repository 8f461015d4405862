"""What a task of the work list is: what is due, by when, about whom, and what settles it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from tugiplaan.rules.deadlines import Deadline
from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.tables import Law

_DAYS_IN_WEEK = 7


class TaskKind(StrEnum):
    """What is due, in the order in which a case meets it; a page has a sentence for each.

    The kinds that the law's deadlines have too bear the same code as `rules.deadlines`.
    """

    PLACE_OFFER = "place_offer"
    """A place was offered, and nobody has written down an answer."""
    START_OPEN = "start_open"
    """A decision holds, and nothing is offered nor agreed."""
    TURN_UP = "turn_up"
    NO_SHOW = "no_show"
    ACTIVITY_PLAN = "activity_plan"
    PLAN_AGREEMENT = "plan_agreement"
    """A version is drafted and nobody has agreed to it."""
    PLAN_OVER = "plan_over"
    """The agreed plan ends, or ended, before the service."""
    GOAL = "goal"
    """The day of a goal has come."""
    ASSIGNMENT = "assignment"
    """Somebody was given something to do for a person."""
    QUARTERLY_RATING = "quarterly_rating"
    YEARLY_ASSESSMENT = "yearly_assessment"
    JOB_FOUND = "job_found"
    HOSPITAL_CONFIRMATION = "hospital_confirmation"
    ISOLATION_GOES_ON = "isolation_goes_on"
    ISOLATION_PAPERS = "isolation_papers"
    WISH_TO_END = "wish_to_end"
    NON_USE = "non_use"
    NON_USE_IN_YEAR = "non_use_in_year"
    DEATH = "death"
    END_NOTICE = "end_notice"
    SUMMARY_ASSESSMENT = "summary_assessment"
    EARLY_SUMMARY = "early_summary"
    HANDOVER = "handover"
    REFERRAL_END = "referral_end"
    CONSENT_END = "consent_end"
    CONTRIBUTION_DEBT = "contribution_debt"
    CONTRIBUTION_REFUSAL = "contribution_refusal"
    """Two months in a row are unpaid: the law allows refusing, people decide."""
    TRAINING = "training"
    """A course has a last day."""
    TRAINING_MISSING = "training_missing"
    """A worker may not begin without the introductory part."""
    QUALIFICATION_END = "qualification_end"
    LICENCE_END = "licence_end"
    COMPONENT_REPORT = "component_report"
    STATISTICS = "statistics"
    IMPROVEMENT = "improvement"
    """Something is to be better by a day."""


QUIET_KINDS = frozenset(
    {
        TaskKind.HOSPITAL_CONFIRMATION,
        TaskKind.ISOLATION_GOES_ON,
        TaskKind.ISOLATION_PAPERS,
        TaskKind.DEATH,
    }
)
"""Kinds whose very name tells of somebody's health: outside the house they are other work."""


class Action(StrEnum):
    """What settles a task; `about` of the task names what it is done with."""

    ANSWER_OFFER = "offer.answer"
    AGREE_START = "start.agree"
    RECORD_ARRIVAL = "arrival.record"
    END_STAY = "stay.end"
    SEND_NOTICE = "notice.send"
    DRAFT_PLAN = "plan.draft"
    AGREE_PLAN = "plan.agree"
    RENEW_PLAN = "plan.renew"
    FINISH_TASK = "task.finish"
    WRITE_REVIEW = "review.write"
    WRITE_SUMMARY = "summary.write"
    APPROVE_SUMMARY = "summary.approve"
    SEND_SUMMARY = "summary.send"
    HAND_OVER = "transfer.hand_over"
    RECORD_CONFIRMATION = "confirmation.record"
    RECORD_REFERRAL = "referral.record"
    END_ISOLATION = "isolation.end"
    COMPLETE_ISOLATION = "isolation.complete"
    RENEW_CONSENT = "consent.renew"
    RECORD_PAYMENT = "payment.record"
    DECIDE_REFUSAL = "refusal.decide"
    RECORD_TRAINING = "training.record"
    RENEW_QUALIFICATION = "qualification.renew"
    RENEW_LICENCE = "licence.renew"
    CLOSE_MONTH = "month.close"
    SEND_STATISTICS = "statistics.send"
    END_IMPROVEMENT = "improvement.end"


PERMISSIONS: Mapping[Action, str] = {
    Action.ANSWER_OFFER: "referrals.write",
    Action.AGREE_START: "referrals.write",
    Action.RECORD_ARRIVAL: "referrals.stay",
    Action.END_STAY: "referrals.stay",
    Action.SEND_NOTICE: "referrals.write",
    Action.DRAFT_PLAN: "plans.write",
    Action.AGREE_PLAN: "plans.write",
    Action.RENEW_PLAN: "plans.write",
    Action.FINISH_TASK: "plans.write",
    Action.WRITE_REVIEW: "plans.write",
    Action.WRITE_SUMMARY: "plans.write",
    Action.APPROVE_SUMMARY: "plans.approve",
    Action.SEND_SUMMARY: "plans.write",
    Action.HAND_OVER: "referrals.write",
    Action.RECORD_CONFIRMATION: "referrals.stay",
    Action.RECORD_REFERRAL: "referrals.write",
    Action.END_ISOLATION: "delivery.record",
    Action.COMPLETE_ISOLATION: "delivery.record",
    Action.RENEW_CONSENT: "people.write",
    Action.RECORD_PAYMENT: "billing.payments",
    Action.DECIDE_REFUSAL: "referrals.write",
    Action.RECORD_TRAINING: "providers.write",
    Action.RENEW_QUALIFICATION: "providers.write",
    Action.RENEW_LICENCE: "providers.write",
    Action.CLOSE_MONTH: "billing.close",
    Action.SEND_STATISTICS: "providers.read",
    Action.END_IMPROVEMENT: "quality.write",
}
"""Who may settle it: the permission that the action asks for."""


class Urgency(StrEnum):
    """Under which heading a task stands."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    """By the coming Sunday."""
    LATER = "later"


def urgency_of(due_on: date, day: date) -> Urgency:
    """Say under which heading something stands on a day.

    >>> urgency_of(date(2026, 6, 21), date(2026, 6, 15)).value
    'this_week'
    """
    if due_on <= day:
        return Urgency.TODAY if due_on == day else Urgency.OVERDUE
    sunday = day + timedelta(days=_DAYS_IN_WEEK - day.isoweekday())
    return Urgency.THIS_WEEK if due_on <= sunday else Urgency.LATER


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is due.

    Attributes:
        kind: What; the page tells the sentence from it and from `numbers`.
        due_on: The last day on which it is in time.
        section: Act and section; empty: a habit of the house.
        action: What settles it.
        about: What the action is done with: for `start.agree`, `arrival.record`, `stay.end`,
            `notice.send`, `plan.draft`, `summary.write`, `confirmation.record` and
            `referral.record` a referral; for other plan actions and `review.write` a version of
            a plan; for summary actions the summary; else the offer, change of provider,
            assignment, isolation, consent, own-contribution bill, worker, qualification,
            licence or improvement. None: the provider.
        person_id: The entry that stands for the person; None: it is about nobody.
        name: The person's or worker's name, who sees to an improvement, or the place of a
            licence.
        numbers: What the sentence shows, by name.
        explanation: How the law's day was counted.
        days_left: Negative when it is late.
        may_act: Whether who asked holds the permission of the action.
    """

    kind: TaskKind
    due_on: date
    section: str
    action: Action
    about: UUID | None
    person_id: UUID | None
    name: str
    numbers: tuple[tuple[str, Shown], ...] = ()
    explanation: tuple[Step, ...] = ()
    days_left: int = 0
    urgency: Urgency = Urgency.LATER
    may_act: bool = True


@dataclass(frozen=True, slots=True)
class WorkList:
    """What is due, the most urgent first."""

    day: date
    tasks: tuple[Task, ...]

    def of(self, *urgencies: Urgency) -> tuple[Task, ...]:
        """Give the tasks under some headings, in their order."""
        return tuple(task for task in self.tasks if task.urgency in urgencies)


@dataclass(frozen=True, slots=True)
class Look:
    """From which day somebody looks, and how far.

    Attributes:
        until: The last due day of work that is shown.
        papers_until: The same for what takes long to renew.
        since: The first day of ended services that are still looked at.
        notice_days: How long a notice is shown after its day.
    """

    day: date
    law: Law
    until: date
    papers_until: date
    since: date
    notice_days: int

    @classmethod
    def on(cls, day: date, law: Law) -> "Look":
        """Look from a day as far as the house's habits say."""
        ahead, papers = law.number("work_ahead_days", day), law.number("house_ahead_days", day)
        return cls(
            day=day,
            law=law,
            until=day + timedelta(days=ahead),
            papers_until=day + timedelta(days=papers),
            since=day - timedelta(days=law.number("work_back_days", day)),
            notice_days=law.number("notice_shown_days", day),
        )

    def is_fresh(self, due_on: date) -> bool:
        """Tell whether what nobody records as done is still shown."""
        return self.day - timedelta(days=self.notice_days) <= due_on <= self.until

    def is_open(self, due_on: date) -> bool:
        """Tell whether a notice that nobody has sent is shown: from the first day one looks at."""
        return self.since <= due_on <= self.until

    def is_recent(self, last_day: date) -> bool:
        """Tell whether a paper that ends on a day is shown: until it is renewed, or a year."""
        return self.since <= last_day <= self.papers_until


@dataclass(frozen=True, slots=True)
class Subject:
    """About whom or what a task is."""

    about: UUID | None
    name: str
    person_id: UUID | None = None


def task_of(
    deadline: Deadline, action: Action, subject: Subject, *numbers: tuple[str, Shown]
) -> Task:
    """Make the task of a deadline of the law."""
    days = (("first_day", deadline.first_day), ("last_day", deadline.last_day))
    return Task(
        kind=TaskKind(str(deadline.code)),
        due_on=deadline.due_on,
        section=deadline.section,
        action=action,
        about=subject.about,
        person_id=subject.person_id,
        name=subject.name,
        numbers=(
            ("counted_from", deadline.counted_from),
            *((name, day) for name, day in days if day is not None),
            *numbers,
        ),
        explanation=deadline.explanation,
    )


def in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Sort tasks: by due day, then as a case meets them, then by name."""
    ranks = {kind: rank for rank, kind in enumerate(TaskKind)}
    return tuple(
        sorted(tasks, key=lambda one: (one.due_on, ranks[one.kind], one.name, str(one.about)))
    )
