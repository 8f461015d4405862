"""Which plan is in force, what is due for it, what the package says."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY
from tests.plans.room import GOAL, LINE, Room
from tugiplaan.plans import actions, queries
from tugiplaan.plans.actions import ReviewDraft
from tugiplaan.plans.models import Party, Plan, ReviewKind
from tugiplaan.rules.deadlines import DeadlineCode
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Audience, Mode

pytestmark = pytest.mark.django_db


def _in_force(room: Room, day: date) -> list[int]:
    plans = queries.plans_in_force(room.provider.pk, [room.person.pk], day)
    return [plan.number for plan in plans]


def test_the_latest_agreed_version_that_covers_the_day_is_in_force() -> None:
    room = Room()
    plan = room.agreed()
    second = room.following(plan, valid_from=date(2026, 6, 1), valid_to=date(2026, 8, 31))
    third = room.following(plan, valid_from=date(2026, 6, 1))
    assert [one.number for one in queries.versions_of(plan)] == [3, 2, 1]
    actions.agree_plan(plan=second, party=Party.PERSON, **room.who)
    assert [_in_force(room, day) for day in (date(2026, 1, 19), date(2026, 1, 20))] == [[], [1]]
    assert [_in_force(room, day) for day in (TODAY - timedelta(1), TODAY)] == [[1], [2]]
    assert [_in_force(room, date(2026, *day)) for day in ((8, 31), (9, 1))] == [[2], [1]]
    actions.agree_plan(plan=third, party=Party.PERSON, **room.who)
    assert _in_force(room, TODAY) == [3]
    actions.refuse_plan(plan=third, party=Party.PERSON, why="ei sobi", **room.who)
    assert _in_force(room, TODAY) == [2]
    actions.close_plan(plan=second, why="asendatud", **room.who)
    assert _in_force(room, TODAY) == [1]
    assert _in_force(room, date(2027, 1, 1)) == []


def test_a_plan_of_a_referral_and_one_without_stand_side_by_side() -> None:
    room = Room()
    room.agreed()
    room.agreed(referral_id=None, valid_from=date(2026, 2, 1))
    found = queries.plans_in_force(room.provider.pk, [room.person.pk], TODAY)
    assert [plan.referral for plan in found] == [room.referral, None]


def test_the_tree_of_a_plan_has_everything_in_order() -> None:
    room = Room()
    plan = room.agreed(goals=[GOAL, replace(GOAL, text="Teine.")], package=[LINE])
    goal = queries.plan_tree(plan).goals[1].goal
    draft = ReviewDraft(ReviewKind.QUARTERLY, date(2026, 1, 20), date(2026, 3, 31), "hea")
    whole = actions.review_plan(plan=plan, draft=draft, **room.who)
    of_goal = actions.review_plan(plan=plan, draft=replace(draft, goal_id=goal.pk), **room.who)
    tree = queries.plan_tree(plan)
    assert [one.goal.text for one in tree.goals] == ["Teeb ise süüa.", "Teine."]
    assert [one.reviews for one in tree.goals] == [(), (of_goal,)]
    assert [activity.text for activity in tree.goals[0].activities] == ["Koos poes."]
    assert [state.state for state in tree.states] == ["drafted", "agreed"]
    assert ([line.component for line in tree.package], tree.reviews) == (["toetus"], (whole,))


def _due(plan: Plan, until: date) -> list[tuple[DeadlineCode, date]]:
    duties = queries.duties_of(plan, until, builtin())
    return [(one.code, one.due_on) for one in duties.deadlines]


def test_quarters_and_years_without_a_rating_are_due() -> None:
    room = Room()
    plan = room.agreed()
    quarter, year = DeadlineCode.QUARTERLY_RATING, DeadlineCode.YEARLY_ASSESSMENT
    first, second = (quarter, date(2026, 3, 31)), (quarter, date(2026, 6, 30))
    assert _due(plan, date(2026, 3, 30)) == []
    assert _due(plan, date(2026, 3, 31)) == [first]
    assert _due(plan, date(2026, 6, 30)) == [first, second]
    draft = ReviewDraft(ReviewKind.QUARTERLY, date(2026, 1, 20), date(2026, 3, 31), "hea")
    actions.review_plan(plan=plan, draft=draft, **room.who)
    assert _due(plan, date(2026, 6, 30)) == [second]
    following = room.following(plan, valid_from=date(2026, 5, 1))
    assert _due(following, date(2026, 6, 30)) == [second]
    yearly = replace(draft, kind=ReviewKind.YEARLY, period_to=date(2026, 6, 1))
    actions.review_plan(plan=plan, draft=yearly, **room.who)
    assert _due(following, date(2026, 6, 30)) == [second]
    late = [(quarter, date(2026, 9, 30)), (quarter, date(2026, 12, 31))]
    assert _due(following, date(2027, 1, 1)) == [second, *late]
    assert year not in {code for code, _ in _due(following, date(2027, 1, 1))}


def test_the_year_runs_from_the_start_of_the_stay() -> None:
    room = Room()
    plan = room.agreed()
    year = (DeadlineCode.YEARLY_ASSESSMENT, date(2027, 1, 1))
    assert year in _due(plan, date(2027, 1, 1))
    assert year not in _due(plan, date(2026, 12, 31))
    without = room.agreed(referral_id=None, valid_from=date(2025, 1, 20))
    later = (DeadlineCode.YEARLY_ASSESSMENT, date(2026, 1, 20))
    assert later in _due(without, TODAY)


def test_goals_whose_day_has_come_are_due() -> None:
    room = Room()
    goals = [replace(GOAL, due_on=TODAY + timedelta(days)) for days in (1, 0, -1)]
    plan = room.agreed(goals=goals)
    due = queries.duties_of(plan, TODAY, builtin()).goals
    assert [goal.number for goal in due] == [3, 2]


def test_the_package_of_a_day_adds_up_by_component() -> None:
    room = Room()
    lines = [
        LINE,
        replace(LINE, valid_from=date(2026, 2, 1), planned_minutes=60),
        replace(LINE, component="alus", valid_to=TODAY - timedelta(1)),
        replace(LINE, component="rühm", mode=Mode.GROUP, valid_from=TODAY + timedelta(1)),
    ]
    room.agreed(package=lines)
    room.agreed(referral_id=None, package=[LINE])
    found = queries.package_on(room.provider.pk, [room.person.pk], TODAY)
    assert found == (
        queries.Planned("75014913", "toetus", Mode.INDIVIDUAL, Audience.PERSON, 240 + 60 + 240),
    )
    day = TODAY - timedelta(1)
    names = [one.component for one in queries.package_on(room.provider.pk, [room.person.pk], day)]
    assert names == ["alus", "toetus"]


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = Room()
    lines = [replace(LINE, component=f"c{n:02d}") for n in range(count)]
    plan = room.agreed(goals=[replace(GOAL, due_on=TODAY)] * count, package=lines)
    draft = ReviewDraft(ReviewKind.QUARTERLY, date(2026, 1, 20), date(2026, 3, 31), "hea")
    for _ in range(count):
        actions.review_plan(plan=plan, draft=draft, **room.who)
    mine = (room.provider.pk, [room.person.pk], TODAY)
    with django_assert_num_queries(1):
        assert [one.referral for one in queries.plans_in_force(*mine)] == [room.referral]
    with django_assert_num_queries(5):
        assert len(queries.plan_tree(plan).goals) == count
    with django_assert_num_queries(2):
        assert len(queries.package_on(*mine)) == count
    with django_assert_num_queries(10):
        assert len(queries.duties_of(plan, TODAY, builtin()).goals) == count
