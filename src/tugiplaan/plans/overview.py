"""A person's plans as one page tells them: goals with activities and ratings, time planned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from tugiplaan.plans.models import Activity, Goal, PackageLine, Party, Plan, PlanState, Review
from tugiplaan.plans.queries import plans_in_force
from tugiplaan.rules.period import Month


@dataclass(frozen=True, slots=True)
class ActivityTold:
    """What is done for a goal.

    Attributes:
        minutes: Planned, a month; None: not said.
    """

    text: str
    schedule: str
    responsible: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ReviewTold:
    """The latest rating of a goal or a plan."""

    kind: str
    period_from: date
    period_to: date
    text: str


@dataclass(frozen=True, slots=True)
class GoalTold:
    """A goal with what is done for it and how it was rated last.

    Attributes:
        same: This goal under every version of its plan: the same words in the same life domain.
    """

    goal_id: UUID
    number: int
    domain: int
    text: str
    due_on: date | None
    activities: tuple[ActivityTold, ...]
    review: ReviewTold | None
    same: frozenset[UUID]

    @property
    def minutes(self) -> int:
        """Planned minutes a month of all its activities."""
        return sum(one.minutes or 0 for one in self.activities)


@dataclass(frozen=True, slots=True)
class PackageTold:
    """Planned time of one component, minutes a month."""

    component: str
    mode: str
    audience: str
    minutes: int


@dataclass(frozen=True, slots=True)
class PlanTold:
    """A plan in force with everything that a page shows of it.

    Attributes:
        service: Code of the service of its referral; empty: component services.
        goals: In their order.
        package: The lines that hold on the day.
        review: The latest rating of the whole plan.
    """

    plan_id: UUID
    number: int
    service: str
    variant: str
    valid_from: date
    valid_to: date | None
    wishes: str
    plain: str
    goals: tuple[GoalTold, ...]
    package: tuple[PackageTold, ...]
    review: ReviewTold | None


def plans_told(provider_id: UUID, person_ids: Iterable[UUID], day: date) -> tuple[PlanTold, ...]:
    """Give the plans of a person that are in force, with everything in them.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        day: The day.

    Returns:
        By first day. Five queries, however many plans, goals and ratings there are.
    """
    entries = list(person_ids)
    plans = plans_in_force(provider_id, entries, day)
    goals = list(
        Goal.objects.filter(provider_id=provider_id, plan__person_id__in=entries)
        .select_related("plan")
        .order_by("number")
    )
    activities, reviews = _activities(plans), _reviews(plans)
    package = _package(plans, day)
    return tuple(
        PlanTold(
            plan_id=plan.pk,
            number=plan.number,
            service=plan.referral.service if plan.referral else "",
            variant=plan.referral.variant if plan.referral else "",
            valid_from=plan.valid_from,
            valid_to=plan.valid_to,
            wishes=plan.wishes,
            plain=plan.plain,
            goals=tuple(
                _goal(goal, goals, activities, reviews) for goal in goals if goal.plan_id == plan.pk
            ),
            package=tuple(package.get(plan.pk, ())),
            review=reviews.get((plan.pk, None)),
        )
        for plan in plans
    )


def _activities(plans: list[Plan]) -> dict[UUID, list[ActivityTold]]:
    found: dict[UUID, list[ActivityTold]] = {}
    rows = Activity.objects.filter(goal__plan__in=plans).select_related("responsible")
    for row in rows.order_by("id"):
        responsible = str(row.responsible) if row.responsible else ""
        told = ActivityTold(row.text, row.schedule, responsible, row.planned_minutes)
        found.setdefault(row.goal_id, []).append(told)
    return found


def _reviews(plans: list[Plan]) -> dict[tuple[UUID, UUID | None], ReviewTold]:
    rows = Review.objects.filter(plan__in=plans).current().order_by("period_to", "id")
    return {
        (row.plan_id, row.goal_id): ReviewTold(
            row.get_kind_display(), row.period_from, row.period_to, row.text
        )
        for row in rows
    }


def _package(plans: list[Plan], day: date) -> dict[UUID, list[PackageTold]]:
    found: dict[UUID, list[PackageTold]] = {}
    for line in PackageLine.objects.filter(plan__in=plans).order_by("component", "id"):
        if _covers(line, day):
            shown = PackageTold(line.component, line.mode, line.audience, line.planned_minutes)
            found.setdefault(line.plan_id, []).append(shown)
    return found


def _goal(
    goal: Goal,
    every: list[Goal],
    activities: dict[UUID, list[ActivityTold]],
    reviews: dict[tuple[UUID, UUID | None], ReviewTold],
) -> GoalTold:
    return GoalTold(
        goal_id=goal.pk,
        number=goal.number,
        domain=goal.domain,
        text=goal.text,
        due_on=goal.due_on,
        activities=tuple(activities.get(goal.pk, ())),
        review=reviews.get((goal.plan_id, goal.pk)),
        same=frozenset(one.pk for one in every if _line(one) == _line(goal)),
    )


def _line(goal: Goal) -> tuple[UUID | None, int, str]:
    return goal.plan.referral_id, goal.domain, " ".join(goal.text.casefold().split())


def planned_by_month(
    provider_id: UUID, person_ids: Iterable[UUID], months: Sequence[Month], day: date
) -> dict[int, int]:
    """Give how much time was planned for a person in each month.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        months: Which months.
        day: Today: what became of a plan later is not looked at.

    Returns:
        Minutes by period, of the agreed version of each plan that covers the month's last day:
        its package where it has one, else its activities. Months without a plan are left out.
        Three queries.
    """
    rows = PlanState.objects.filter(plan=OuterRef("pk"), day__lte=day).order_by("-id")
    plans = list(
        Plan.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
        .annotate(state_now=Subquery(rows.values("state")[:1]))
        .filter(state_now=PlanState.State.AGREED)
        .order_by("number")
    )
    done: dict[UUID, int] = {}
    for row in Activity.objects.filter(goal__plan__in=plans).select_related("goal"):
        plan_id = row.goal.plan_id
        done[plan_id] = done.get(plan_id, 0) + (row.planned_minutes or 0)
    package: dict[UUID, list[PackageLine]] = {}
    for line in PackageLine.objects.filter(plan__in=plans):
        package.setdefault(line.plan_id, []).append(line)
    found: dict[int, int] = {}
    for month in months:
        held = {(one.person_id, one.referral_id): one for one in plans if _covers(one, month.last)}
        minutes = 0
        for plan in held.values():
            lines = [one for one in package.get(plan.pk, ()) if _covers(one, month.last)]
            planned = sum(one.planned_minutes for one in lines)
            minutes += planned if lines else done.get(plan.pk, 0)
        if minutes:
            found[month.period] = minutes
    return found


def _covers(row: Plan | PackageLine, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


@dataclass(frozen=True, slots=True)
class PlanEvent:
    """Something that became of a plan on a day.

    Attributes:
        what: What, as the tables call it: a state or a kind of rating.
        party: Who agreed or refused, if anybody.
        text: The rating; empty for a state.
    """

    day: date
    plan_id: UUID
    number: int
    what: str
    party: str
    text: str


def plan_events(
    provider_id: UUID, person_ids: Iterable[UUID], first: date, last: date
) -> list[PlanEvent]:
    """Give what became of a person's plans on some days, the latest first. Two queries.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        first: The first day.
        last: The last day.
    """
    theirs = {"provider_id": provider_id, "plan__person_id__in": list(person_ids)}
    states = PlanState.objects.filter(**theirs, day__gte=first, day__lte=last)
    reviews = Review.objects.filter(**theirs, written_on__gte=first, written_on__lte=last)
    parties = dict(Party.choices)
    found = [
        PlanEvent(
            *(row.day, row.plan_id, row.plan.number, row.get_state_display()),
            *(str(parties.get(row.party, row.party)), row.why),
        )
        for row in states.select_related("plan").order_by("-day", "-id")
    ]
    found += [
        PlanEvent(
            *(row.written_on, row.plan_id, row.plan.number, row.get_kind_display()),
            *("", row.text),
        )
        for row in reviews.current().select_related("plan").order_by("-written_on", "-id")
    ]
    return sorted(found, key=lambda one: one.day, reverse=True)
