"""Reading plans, reviews and summary assessments."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tugiplaan.plans.models import (
    Activity as Activity,
)
from tugiplaan.plans.models import (
    Goal,
    Plan,
    PlanState,
    Review,
    ReviewKind,
    Summary,
)
from tugiplaan.plans.models import (
    PackageLine as PackageLine,
)
from tugiplaan.referrals.queries import facts_by_id
from tugiplaan.rules.deadlines import Deadline, quarterly_ratings, yearly_assessments
from tugiplaan.rules.period import FAR_FUTURE
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Audience, Mode


@dataclass(frozen=True, slots=True)
class GoalTree:
    """A goal with its activities and the ratings that hold, the latest first."""

    goal: Goal
    activities: tuple[Activity, ...]
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class PlanTree:
    """A version of a plan with everything in it.

    Attributes:
        states: What became of it, in order.
        reviews: The ratings of the whole plan that hold, the latest first.
    """

    plan: Plan
    goals: tuple[GoalTree, ...]
    package: tuple[PackageLine, ...]
    states: tuple[PlanState, ...]
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class PlanDuties:
    """What is due for a plan.

    Attributes:
        goals: Goals whose day has come, by that day.
        deadlines: Ratings and yearly assessments that nobody has written, by due day.
    """

    goals: tuple[Goal, ...]
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """Planned time of one component a month, over all plans of a person."""

    funder: str
    component: str
    mode: Mode
    audience: Audience
    minutes: int


def summaries_done(referral_ids: Iterable[UUID]) -> set[UUID]:
    """Tell which referrals have an approved summary assessment that holds.

    Args:
        referral_ids: The referrals that one asks about.

    Returns:
        Those of them that have one; their last invoice need not wait. One query.

    Law: SHS § 83(1) p 11¹.
    """
    found = Summary.objects.current().filter(
        referral_id__in=list(referral_ids), approved_on__isnull=False
    )
    return set(found.values_list("referral_id", flat=True))


def summary_of(referral_id: UUID) -> Summary | None:
    """Give the summary assessment of a referral that holds, approved or not."""
    return Summary.objects.filter(referral_id=referral_id).current().first()


def versions_of(plan: Plan) -> QuerySet[Plan]:
    """Give all versions of a plan, the latest first."""
    found = Plan.objects.filter(provider_id=plan.provider_id)
    if plan.referral_id is not None:
        found = found.filter(referral_id=plan.referral_id)
    else:
        found = found.filter(person_id=plan.person_id, referral=None)
    return found.order_by("-number")


def state_of(plan: Plan, day: date) -> PlanState.State:
    """Give what has become of a version of a plan until a day."""
    rows = PlanState.objects.filter(plan=plan, day__lte=day).order_by("-id")
    latest = rows.values_list("state", flat=True).first()
    return PlanState.State(latest or PlanState.State.DRAFTED)


def plans_in_force(provider_id: UUID, person_ids: Iterable[UUID], day: date) -> list[Plan]:
    """Give the plans of a person that are in force on a day.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        day: The day.

    Returns:
        Of each referral, and of component services without one, the highest version that is
        agreed on that day and covers it; by first day. One query.
    """
    # Of one referral the last one read has the highest number.
    latest = {plan.referral_id: plan for plan in _agreed(provider_id, person_ids, day)}
    return sorted(latest.values(), key=lambda plan: (plan.valid_from, plan.pk))


def plans_of_many(provider_id: UUID, person_ids: Iterable[UUID], day: date) -> list[Plan]:
    """Give the plans of many persons that are in force on a day.

    Args:
        provider_id: At which provider.
        person_ids: Entries of persons.
        day: The day.

    Returns:
        Of each entry and referral what `plans_in_force` chooses, by first day. One query.
    """
    found = _agreed(provider_id, person_ids, day)
    latest = {(plan.person_id, plan.referral_id): plan for plan in found}
    return sorted(latest.values(), key=lambda plan: (plan.valid_from, plan.pk))


def _agreed(provider_id: UUID, person_ids: Iterable[UUID], day: date) -> QuerySet[Plan]:
    rows = PlanState.objects.filter(plan=OuterRef("pk"), day__lte=day).order_by("-id")
    covers = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return (
        Plan.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
        .filter(covers, valid_from__lte=day)
        .annotate(state_now=Subquery(rows.values("state")[:1]))
        .filter(state_now=PlanState.State.AGREED)
        .select_related("referral")
        .order_by("number")
    )


def plan_tree(plan: Plan) -> PlanTree:
    """Give a version of a plan with everything in it. Five queries."""
    activities: dict[UUID, list[Activity]] = {}
    rows = Activity.objects.filter(goal__plan=plan).select_related("responsible").order_by("id")
    for row in rows:
        activities.setdefault(row.goal_id, []).append(row)
    reviews: dict[UUID | None, list[Review]] = {}
    for review in Review.objects.filter(plan=plan).current().order_by("-period_to", "-id"):
        reviews.setdefault(review.goal_id, []).append(review)
    goals = Goal.objects.filter(plan=plan).order_by("number")
    lines = PackageLine.objects.filter(plan=plan).order_by("component", "valid_from", "id")
    return PlanTree(
        plan,
        tuple(
            GoalTree(goal, tuple(activities.get(goal.pk, ())), tuple(reviews.get(goal.pk, ())))
            for goal in goals
        ),
        tuple(lines),
        tuple(PlanState.objects.filter(plan=plan).order_by("id")),
        tuple(reviews.get(None, ())),
    )


def duties_of(plan: Plan, until: date, law: Law) -> PlanDuties:
    """Say what is due for a plan until a day.

    Args:
        plan: A version; ratings of all its versions count.
        until: What is due later is left out; what is overdue is in.
        law: The dated law.

    Returns:
        Goals whose day has come, quarterly ratings and yearly assessments without a text. A
        quarter or a year is rated once a rating of its kind ends in it.

    Raises:
        NotInForceError: A term was not in force.

    Law: rule R-13; SHS § 85(2)–(3).
    """
    goals = Goal.objects.filter(plan=plan, due_on__lte=until).order_by("due_on", "number")
    versions = versions_of(plan)
    since = min(versions.values_list("valid_from", flat=True))
    written = list(Review.objects.filter(plan__in=versions.order_by().values("pk")).current())
    start, end = _stay(plan) or (since, plan.valid_to or FAR_FUTURE)
    wanted = [
        (ReviewKind.QUARTERLY, quarterly_ratings(since, min(plan.valid_to or until, until), law)),
        (ReviewKind.YEARLY, yearly_assessments(start, min(end, until), law)),
    ]
    missing = [
        deadline
        for kind, deadlines in wanted
        for deadline in deadlines
        if deadline.due_on <= until and not any(_rates(row, kind, deadline) for row in written)
    ]
    missing.sort(key=lambda deadline: deadline.due_on)
    return PlanDuties(tuple(goals), tuple(missing))


def _stay(plan: Plan) -> tuple[date, date] | None:
    """Give the first and last day of the stay that a plan is made for."""
    if plan.referral_id is None:
        return None
    stay = stay_of(facts_by_id([plan.referral_id])[plan.referral_id])
    return (date.fromordinal(stay[0]), date.fromordinal(stay[1] - 1)) if stay else None


def _rates(row: Review, kind: ReviewKind, deadline: Deadline) -> bool:
    first, last = deadline.first_day, deadline.last_day
    return row.kind == kind and (first or row.period_to) <= row.period_to <= (last or row.period_to)


def package_on(provider_id: UUID, person_ids: Iterable[UUID], day: date) -> tuple[Planned, ...]:
    """Give the planned time of a person's components on a day.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        day: The day: of the plans in force, the lines that cover it.

    Returns:
        By component, funder, mode and audience, minutes a month added up. Two queries.
    """
    plans = plans_in_force(provider_id, person_ids, day)
    covers = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    lines = PackageLine.objects.filter(covers, plan__in=plans, valid_from__lte=day)
    minutes: Counter[tuple[str, str, str, str]] = Counter()
    for line in lines:
        minutes[line.component, line.funder, line.mode, line.audience] += line.planned_minutes
    return tuple(
        Planned(funder, component, Mode(mode), Audience(audience), minutes[key])
        for key in sorted(minutes)
        for component, funder, mode, audience in [key]
    )


def packages_on(
    provider_id: UUID, person_ids: Iterable[UUID], day: date
) -> dict[UUID, tuple[Planned, ...]]:
    """Give the planned time of the components of many persons on a day, as `package_on`.

    Args:
        provider_id: At which provider.
        person_ids: Entries of persons.
        day: The day.

    Returns:
        By entry; who has no package is left out. Two queries.
    """
    whose = {plan.pk: plan.person_id for plan in plans_of_many(provider_id, person_ids, day)}
    covers = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    lines = PackageLine.objects.filter(covers, plan_id__in=list(whose), valid_from__lte=day)
    minutes: dict[UUID, Counter[tuple[str, str, str, str]]] = {}
    for line in lines:
        key = line.component, line.funder, line.mode, line.audience
        minutes.setdefault(whose[line.plan_id], Counter())[key] += line.planned_minutes
    return {
        person: tuple(
            Planned(funder, component, Mode(mode), Audience(audience), found[key])
            for key in sorted(found)
            for component, funder, mode, audience in [key]
        )
        for person, found in minutes.items()
    }


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What the plans of one entry of a person, in force on a day, plan."""

    activities: tuple[Activity, ...] = ()
    package: tuple[PackageLine, ...] = ()


def day_plans(provider_id: UUID, person_ids: Iterable[UUID], day: date) -> dict[UUID, DayPlan]:
    """Give the activities and packages of many persons' plans in force on a day.

    Args:
        provider_id: At which provider.
        person_ids: Entries of persons.
        day: The day.

    Returns:
        By entry; who has no plan is left out. Two queries.
    """
    agreed = _agreed(provider_id, person_ids, day).order_by().values("pk")
    rows = Activity.objects.filter(goal__plan__in=agreed)
    activities = list(
        rows.select_related("goal__plan", "responsible").order_by("goal__number", "id")
    )
    covers = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    lines = PackageLine.objects.filter(covers, plan__in=agreed, valid_from__lte=day)
    package = list(lines.select_related("plan").order_by("component", "id"))
    latest: dict[tuple[UUID, UUID | None], int] = {}
    for plan in [*(row.goal.plan for row in activities), *(row.plan for row in package)]:
        key = plan.person_id, plan.referral_id
        latest[key] = max(latest.get(key, 0), plan.number)

    def holds(plan: Plan) -> bool:
        return latest[plan.person_id, plan.referral_id] == plan.number

    return {
        person: DayPlan(
            tuple(
                one
                for one in activities
                if one.goal.plan.person_id == person and holds(one.goal.plan)
            ),
            tuple(one for one in package if one.plan.person_id == person and holds(one.plan)),
        )
        for person, _ in latest
    }
