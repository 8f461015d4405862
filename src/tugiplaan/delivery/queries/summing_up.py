"""What a summary assessment is drafted from: goals, ratings, hours, network work, assessments."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tugiplaan.assessments.queries import Comparison, assessments_of, comparison_of
from tugiplaan.delivery.queries.network import KindSum, sums_by_kind
from tugiplaan.delivery.queries.records import GoalTime, time_by_goal
from tugiplaan.plans.endings import Plan
from tugiplaan.plans.histories import goals_of_versions
from tugiplaan.plans.queries import GoalTree, PlanTree, plan_tree


@dataclass(frozen=True, slots=True)
class GoalBasis:
    """A goal with what there is to judge it by.

    Attributes:
        goal: With its activities and ratings, the latest first.
        minutes: Recorded for it over the time of the plan, under whichever version.
    """

    goal: GoalTree
    minutes: int


@dataclass(frozen=True, slots=True)
class SummaryBasis:
    """What a summary assessment rests on.

    Attributes:
        plan: The version that is summed up; None: there was none.
        minutes: All recorded hours of the time, also those without a goal.
        network: Network work by kind.
        comparisons: Of each instrument the latest assessment beside the one before it.
    """

    first_day: date
    last_day: date
    plan: PlanTree | None
    goals: tuple[GoalBasis, ...]
    minutes: int
    network: tuple[KindSum, ...]
    comparisons: tuple[Comparison, ...]

    @property
    def done(self) -> tuple[str, ...]:
        """The activities of the plan, each once, in the order of the goals."""
        texts = [one.text for goal in self.goals for one in goal.goal.activities]
        return tuple(dict.fromkeys(texts))


@dataclass(frozen=True, slots=True)
class SummedUp:
    """Of what a summary assessment is.

    Attributes:
        plan: The version; None: there was none.
        referral_id: None: component services.
        first_day: Of the time that is summed up.
        last_day: As `first_day`.
    """

    plan: Plan | None
    referral_id: UUID | None
    first_day: date
    last_day: date


def draft_summary(provider_id: UUID, person_ids: Iterable[UUID], of: SummedUp) -> SummaryBasis:
    """Gather what a summary assessment is written from.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person; who asks may see them.
        of: What is summed up.

    Returns:
        Hours count where they are of the referral, or of components where there is none. The
        number of queries depends only on how many instruments were used.

    Law: SHS § 83(1) p 11, 11¹.
    """
    entries = list(person_ids)
    tree = plan_tree(of.plan) if of.plan else None
    times = [
        one
        for one in time_by_goal(provider_id, entries, of.first_day, of.last_day)
        if one.referral_id == of.referral_id
    ]
    codes = assessments_of(provider_id, entries).order_by("instrument__code")
    found = [
        comparison_of(provider_id, entries, code)
        for code in codes.values_list("instrument__code", flat=True).distinct()
    ]
    return SummaryBasis(
        first_day=of.first_day,
        last_day=of.last_day,
        plan=tree,
        goals=_goals(provider_id, tree, times, of.last_day) if tree else (),
        minutes=sum(one.minutes for one in times),
        network=tuple(sums_by_kind(provider_id, entries, of.first_day, of.last_day)),
        comparisons=tuple(one for one in found if one is not None),
    )


def _goals(
    provider_id: UUID, tree: PlanTree, times: list[GoalTime], day: date
) -> tuple[GoalBasis, ...]:
    """Lay the hours beside each goal; an earlier version's goal of the same words counts too."""
    plan = tree.plan
    minutes: Counter[str] = Counter()
    texts = {
        one.goal_id: one.text
        for one in goals_of_versions(provider_id, day, [plan.person_id])
        if one.referral_id == plan.referral_id
    }
    for time in times:
        if time.goal_id in texts:
            minutes[texts[time.goal_id]] += time.minutes
    return tuple(GoalBasis(one, minutes[one.goal.text]) for one in tree.goals)
