"""A plan as a page tells it: each goal with what was done for it, and hours by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tugiplaan.delivery.queries.records import GoalTime, time_by_goal
from tugiplaan.plans.overview import GoalTold, PlanTold, planned_by_month
from tugiplaan.rules.period import Month
from tugiplaan.web.desk import Desk
from tugiplaan.web.people.chart import MonthHours
from tugiplaan.web.people.labels import service_name


@dataclass(frozen=True, slots=True)
class GoalDone:
    """A goal with what was done for it.

    Attributes:
        minutes: Recorded for it this month, under whichever version of the plan.
        last_on: The day of the last record in the months looked at; None: there is none.
        percent: Of the planned time; None: none is planned.
    """

    goal: GoalTold
    minutes: int
    last_on: date | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class PlanDone:
    """A plan with its goals and what was done for them."""

    plan: PlanTold
    service: str
    goals: tuple[GoalDone, ...]


def plans_done(plans: Iterable[PlanTold], times: Iterable[GoalTime], today: date) -> list[PlanDone]:
    """Lay what was done beside the goals for which it was done."""
    known, month = list(times), Month.of(today)
    return [
        PlanDone(
            plan=plan,
            service=service_name(plan.service, plan.variant) if plan.service else "",
            goals=tuple(_done(goal, known, month) for goal in plan.goals),
        )
        for plan in plans
    ]


def _done(goal: GoalTold, times: list[GoalTime], month: Month) -> GoalDone:
    mine = [one for one in times if one.goal_id in goal.same]
    given = sum(one.minutes for one in mine if Month.of(one.day) == month)
    return GoalDone(
        goal=goal,
        minutes=given,
        last_on=max((one.day for one in mine), default=None),
        percent=min(100, given * 100 // goal.minutes) if goal.minutes and times else None,
    )


def hours_by_month(desk: Desk, entries: list[UUID], until: Month, count: int) -> list[MonthHours]:
    """Give the recorded and the planned time of a person's last months. Four queries."""
    months = [until.plus(at - count + 1) for at in range(count)]
    given: dict[int, int] = {}
    for one in time_by_goal(desk.provider_id, entries, months[0].first, until.last):
        period = Month.of(one.day).period
        given[period] = given.get(period, 0) + one.minutes
    planned = planned_by_month(desk.provider_id, entries, months, desk.day)
    return [
        MonthHours(one.period, given.get(one.period, 0), planned.get(one.period)) for one in months
    ]
