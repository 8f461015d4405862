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
    PlanState,
    ReviewKind,
    Summary,
)
from tugiplaan.plans.models import (
    PackageLine as PackageLine,
)
from tugiplaan.plans.models import (
    Plan as Plan,
)
from tugiplaan.plans.models import (
    PlanAnswer as PlanAnswer,
)
from tugiplaan.plans.models import (
    Review as Review,
)
from tugiplaan.plans.trees import (
    GoalTree as GoalTree,
)
from tugiplaan.plans.trees import (
    PlanTree as PlanTree,
)
from tugiplaan.plans.trees import (
    plan_tree as plan_tree,
)
from tugiplaan.plans.trees import (
    trees_of as trees_of,
)
from tugiplaan.referrals.queries import facts_by_id
from tugiplaan.rules import facts
from tugiplaan.rules.deadlines import Deadline, quarterly_ratings, yearly_assessments
from tugiplaan.rules.period import FAR_FUTURE
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Audience, Mode


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


def persons_of_goals(provider_id: UUID, goal_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give whose each goal is; one of another provider is left out. One query."""
    found = Goal.objects.filter(provider_id=provider_id, pk__in=list(goal_ids)).order_by("pk")
    return dict(found.values_list("pk", "plan__person_id"))


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
    terms = PlanTerms(since, plan.valid_to, _stay(plan) or (since, plan.valid_to or FAR_FUTURE))
    rated = {(ReviewKind(row.kind), row.period_to) for row in written}
    return PlanDuties(tuple(goals), missing_ratings(terms, rated, until, law))


def _stay(plan: Plan) -> tuple[date, date] | None:
    """Give the first and last day of the stay that a plan is made for."""
    if plan.referral_id is None:
        return None
    return days_of_stay(facts_by_id([plan.referral_id])[plan.referral_id])


def days_of_stay(referral: facts.Referral) -> tuple[date, date] | None:
    """Give the first and last day of a stay; None: nobody came."""
    stay = stay_of(referral)
    return (date.fromordinal(stay[0]), date.fromordinal(stay[1] - 1)) if stay else None


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """From when to when a plan must be rated.

    Attributes:
        since: First day of its first version.
        until: Last day of the version that holds; None: open.
        stay: First and last day of the service, from which the years are counted.
    """

    since: date
    until: date | None
    stay: tuple[date, date]


def missing_ratings(
    terms: PlanTerms, written: Iterable[tuple[ReviewKind, date]], until: date, law: Law
) -> tuple[Deadline, ...]:
    """Say which quarterly ratings and yearly assessments nobody has written.

    Args:
        terms: From when to when the plan must be rated.
        written: Of each rating that holds its kind and the last day that it covers.
        until: What is due later is left out.
        law: The dated law.

    Returns:
        By due day. A quarter or a year is rated once a rating of its kind ends in it.

    Raises:
        NotInForceError: A term was not in force.

    Law: rule R-13; SHS § 85(2)–(3).
    """
    (start, end), rated = terms.stay, list(written)
    quarters = quarterly_ratings(terms.since, min(terms.until or until, until), law)
    wanted = [(ReviewKind.QUARTERLY, row) for row in quarters]
    years = yearly_assessments(start, min(end, until), law)
    wanted += [(ReviewKind.YEARLY, row) for row in years]
    missing = [
        deadline
        for kind, deadline in wanted
        if deadline.due_on <= until
        and not any(kind is one and _rates(day, deadline) for one, day in rated)
    ]
    return tuple(sorted(missing, key=lambda deadline: deadline.due_on))


def _rates(day: date, deadline: Deadline) -> bool:
    return (deadline.first_day or day) <= day <= (deadline.last_day or day)


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
