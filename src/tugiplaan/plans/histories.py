"""The plans of many persons at once, as far as a work list and hints ask: in two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery, TextField, UUIDField, Value
from django.db.models.functions import Cast

from tugiplaan.plans.models import Goal, Plan, PlanState, Review, ReviewKind, Summary
from tugiplaan.rules.vocabulary import Service


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a plan and what has become of it until a day."""

    plan_id: UUID
    number: int
    state: str
    valid_from: date
    valid_to: date | None

    @property
    def is_agreed(self) -> bool:
        return self.state == PlanState.State.AGREED

    def covers(self, day: date) -> bool:
        """Tell whether the version holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class GoalDay:
    """A goal and the day by which it is to be met."""

    goal_id: UUID
    plan_id: UUID
    text: str
    due_on: date


@dataclass(frozen=True, slots=True)
class SummaryMark:
    """How far a summary assessment is."""

    summary_id: UUID
    approved_on: date | None
    sent_on: date | None


@dataclass(frozen=True, slots=True)
class History:
    """All versions of a plan: of one referral, or of component services without one.

    Attributes:
        person_id: The entry that stands for the person, as far as one merge tells.
        versions: By number.
        ratings: Of each rating that holds its kind and the last day that it covers.
        goals: Goals with a day, of all versions.
    """

    person_id: UUID
    person_name: str
    referral_id: UUID | None
    versions: tuple[Version, ...]
    ratings: tuple[tuple[ReviewKind, date], ...] = ()
    goals: tuple[GoalDay, ...] = ()

    def in_force(self, day: date) -> Version | None:
        """Give the highest agreed version that covers a day; None: there is none."""
        return next(
            (one for one in reversed(self.versions) if one.is_agreed and one.covers(day)), None
        )

    @property
    def last_agreed(self) -> Version | None:
        """The highest agreed version, over or not; None: nobody agreed to any."""
        return next((one for one in reversed(self.versions) if one.is_agreed), None)


@dataclass(frozen=True, slots=True)
class Histories:
    """Plans and summary assessments of a provider.

    Attributes:
        plans: By name; of a person those under a referral and the one without.
        summaries: By referral; a referral without one is not in it.
    """

    plans: tuple[History, ...]
    summaries: dict[UUID, SummaryMark]


def histories(provider_id: UUID, day: date, persons: Iterable[UUID] | None = None) -> Histories:
    """Give the plans of persons with everything that tells what is due for them.

    Args:
        provider_id: At which provider.
        day: Today: what became of a plan later is not looked at.
        persons: Only of these persons, under whichever entry; None: of all.

    Returns:
        Plans with their ratings and goals, and the summary assessments. Two queries.
    """
    chosen = None if persons is None else list(persons)
    rows = PlanState.objects.filter(plan=OuterRef("pk"), day__lte=day).order_by("-id")
    plans = (
        Plan.objects.filter(_of(chosen, "person"), provider_id=provider_id)
        .annotate(state_now=Subquery(rows.values("state")[:1]))
        .select_related("person")
        .order_by("person__sort_name", "referral_id", "number")
    )
    ratings: dict[UUID, list[tuple[ReviewKind, date]]] = {}
    goals: dict[UUID, list[GoalDay]] = {}
    summaries: dict[UUID, SummaryMark] = {}
    for tag, key, owner, text, first, last in _rows(provider_id, chosen):
        if tag == _REVIEW and first:
            ratings.setdefault(owner, []).append((ReviewKind(text), first))
        elif tag == _GOAL and first:
            goals.setdefault(owner, []).append(GoalDay(key, owner, text, first))
        elif tag == _SUMMARY:
            summaries[owner] = SummaryMark(key, first, last)
    lines: dict[tuple[UUID, UUID | None], list[Plan]] = {}
    for plan in plans:
        person = plan.person.merged_into_id or plan.person_id
        lines.setdefault((person, plan.referral_id), []).append(plan)
    found = (_history(key, line, ratings, goals) for key, line in lines.items())
    return Histories(tuple(found), summaries)


def _history(
    key: tuple[UUID, UUID | None],
    line: list[Plan],
    ratings: dict[UUID, list[tuple[ReviewKind, date]]],
    goals: dict[UUID, list[GoalDay]],
) -> History:
    person = line[0].person
    return History(
        person_id=key[0],
        person_name=f"{person.first_name} {person.last_name}",
        referral_id=key[1],
        versions=tuple(
            Version(one.pk, one.number, _state(one), one.valid_from, one.valid_to) for one in line
        ),
        ratings=tuple(row for one in line for row in ratings.get(one.pk, ())),
        goals=tuple(row for one in line for row in goals.get(one.pk, ())),
    )


def _state(plan: Plan) -> str:
    return getattr(plan, "state_now", None) or PlanState.State.DRAFTED


def _of(persons: list[UUID] | None, path: str) -> Q:
    """Give the condition that a row is of some persons, under whichever entry."""
    if persons is None:
        return Q()
    return Q(**{f"{path}__in": persons}) | Q(**{f"{path}__merged_into__in": persons})


_REVIEW, _GOAL, _SUMMARY = "review", "goal", "summary"

type _Row = tuple[str, UUID, UUID, str, date | None, date | None]
"""What it is, its id, its plan or referral, kind or text, two days."""


def _rows(provider_id: UUID, persons: list[UUID] | None) -> QuerySet[Review, _Row]:
    """Read ratings, goals with a day and summary assessments with one question."""
    no_day, no_text = Cast(Value(None), DateField()), Value("", TextField())
    reviews = Review.objects.filter(_of(persons, "plan__person"), provider_id=provider_id)
    goals = Goal.objects.filter(_of(persons, "plan__person"), provider_id=provider_id)
    summaries = Summary.objects.filter(
        _of(persons, "person"), provider_id=provider_id, referral__isnull=False
    )
    # Columns go by their place, so each of the three names them in the same order.
    return (
        reviews.current()
        .order_by()
        .values_list(
            *(Value(_REVIEW), "id", Cast("plan_id", UUIDField())),
            *(Cast("kind", TextField()), "period_to", no_day),
        )
        .union(
            goals.filter(due_on__isnull=False)
            .order_by()
            .values_list(Value(_GOAL), "id", "plan_id", "text", "due_on", no_day),
            summaries.current()
            .order_by()
            .values_list(Value(_SUMMARY), "id", "referral_id", no_text, "approved_on", "sent_on"),
            all=True,
        )
    )


@dataclass(frozen=True, slots=True)
class GoalInPlan:
    """A goal of one version of a plan.

    Attributes:
        person_id: The entry that stands for the person, as far as one merge tells.
        version: Number of the version.
        service: Of the referral; None: a plan of component services.
        has_held: The version is agreed.
    """

    goal_id: UUID
    plan_id: UUID
    person_id: UUID
    referral_id: UUID | None
    service: Service | None
    version: int
    valid_from: date
    valid_to: date | None
    has_held: bool
    domain: int
    text: str


def goals_of_versions(
    provider_id: UUID, day: date, persons: Iterable[UUID]
) -> tuple[GoalInPlan, ...]:
    """Give every goal of every version of the plans of some persons. One query.

    Args:
        provider_id: At which provider.
        day: Today: what became of a plan later is not looked at.
        persons: The persons, under whichever entry.

    Returns:
        By person, plan, version and number.
    """
    rows = PlanState.objects.filter(plan=OuterRef("plan"), day__lte=day).order_by("-id")
    goals = (
        Goal.objects.filter(_of(list(persons), "plan__person"), provider_id=provider_id)
        .annotate(state_now=Subquery(rows.values("state")[:1]))
        .select_related("plan__person", "plan__referral")
        .order_by("plan__person__sort_name", "plan__referral_id", "plan__number", "number")
    )
    return tuple(
        GoalInPlan(
            goal_id=goal.pk,
            plan_id=goal.plan_id,
            person_id=goal.plan.person.merged_into_id or goal.plan.person_id,
            referral_id=goal.plan.referral_id,
            service=Service(goal.plan.referral.service) if goal.plan.referral else None,
            version=goal.plan.number,
            valid_from=goal.plan.valid_from,
            valid_to=goal.plan.valid_to,
            has_held=getattr(goal, "state_now", None) == PlanState.State.AGREED,
            domain=goal.domain,
            text=goal.text,
        )
        for goal in goals
    )
