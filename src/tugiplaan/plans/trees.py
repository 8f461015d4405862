"""Versions of plans with everything in them: goals, activities, packages, states, ratings."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tugiplaan.plans.models import Activity, Goal, PackageLine, Plan, PlanState, Review


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


def plan_tree(plan: Plan) -> PlanTree:
    """Give a version of a plan with everything in it. Five queries."""
    return trees_of([plan])[plan.pk]


def trees_of(plans: Iterable[Plan]) -> dict[UUID, PlanTree]:
    """Give versions of plans with everything in them, by their ids. Five queries in all."""
    chosen = list(plans)
    activities: dict[UUID, list[Activity]] = {}
    rows = Activity.objects.filter(goal__plan__in=chosen).select_related("responsible")
    for row in rows.order_by("id"):
        activities.setdefault(row.goal_id, []).append(row)
    reviews: dict[tuple[UUID, UUID | None], list[Review]] = {}
    for review in Review.objects.filter(plan__in=chosen).current().order_by("-period_to", "-id"):
        reviews.setdefault((review.plan_id, review.goal_id), []).append(review)
    goals: dict[UUID, list[GoalTree]] = {}
    for goal in Goal.objects.filter(plan__in=chosen).order_by("number"):
        told = tuple(reviews.get((goal.plan_id, goal.pk), ()))
        tree = GoalTree(goal, tuple(activities.get(goal.pk, ())), told)
        goals.setdefault(goal.plan_id, []).append(tree)
    package: dict[UUID, list[PackageLine]] = {}
    lines = PackageLine.objects.filter(plan__in=chosen)
    for line in lines.order_by("component", "valid_from", "id"):
        package.setdefault(line.plan_id, []).append(line)
    states: dict[UUID, list[PlanState]] = {}
    for state in PlanState.objects.filter(plan__in=chosen).order_by("id"):
        states.setdefault(state.plan_id, []).append(state)
    return {
        plan.pk: PlanTree(
            plan,
            tuple(goals.get(plan.pk, ())),
            tuple(package.get(plan.pk, ())),
            tuple(states.get(plan.pk, ())),
            tuple(reviews.get((plan.pk, None), ())),
        )
        for plan in chosen
    }
