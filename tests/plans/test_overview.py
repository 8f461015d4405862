"""A person's plans as one page tells them."""

from datetime import date
from typing import Any

import pytest

from tests.cast import TODAY
from tests.plans.room import GOAL, LINE, Room
from tugiplaan.plans.actions import ReviewDraft, ReviewKind, agree_plan, review_plan
from tugiplaan.plans.models import Party, Plan
from tugiplaan.plans.overview import plan_events, planned_by_month, plans_told
from tugiplaan.rules.period import Month

pytestmark = pytest.mark.django_db

MONTHS = [Month(2026, month) for month in range(1, 7)]


def taken_over(room: Room, first: Plan, valid_from: date, **values: Any) -> Plan:
    second = room.following(first, valid_from=valid_from, **values)
    agree_plan(plan=second, party=Party.PERSON, by=room.supervisor, on=valid_from)
    return second


def test_a_plan_has_its_goals_activities_and_latest_ratings() -> None:
    room = Room()
    plan = room.agreed()
    for first, last, text in (
        (date(2026, 1, 20), date(2026, 3, 31), "Algus."),
        (date(2026, 4, 1), date(2026, 6, 10), "Läheb hästi."),
    ):
        draft = ReviewDraft(ReviewKind.QUARTERLY, first, last, text)
        review_plan(plan=plan, draft=draft, **room.who)
    (told,) = plans_told(room.provider.pk, [room.person.pk], TODAY)
    (goal,) = told.goals
    assert (told.service, told.number, goal.text) == ("KE", 1, GOAL.text)
    assert [one.text for one in goal.activities] == ["Koos poes."]
    assert goal.minutes == 90
    assert told.review is not None
    assert told.review.text == "Läheb hästi."


def test_a_goal_knows_itself_under_earlier_versions_and_no_other() -> None:
    room = Room()
    first = room.agreed()
    taken_over(room, first, date(2026, 6, 1))
    (told,) = plans_told(room.provider.pk, [room.person.pk], TODAY)
    (goal,) = told.goals
    assert first.goals.get().pk in goal.same
    assert len(goal.same) == 2


def test_no_plan_in_force_is_no_plan() -> None:
    room = Room()
    room.draft()
    assert plans_told(room.provider.pk, [room.person.pk], TODAY) == ()


def test_time_is_planned_from_the_month_whose_last_day_the_version_covers() -> None:
    room = Room()
    first = room.agreed()
    planned = planned_by_month(room.provider.pk, [room.person.pk], MONTHS, TODAY)
    assert planned == {month.period: 90 for month in MONTHS}
    taken_over(room, first, date(2026, 6, 10), package=[LINE])
    planned = planned_by_month(room.provider.pk, [room.person.pk], MONTHS, TODAY)
    assert planned[202605] == 90
    assert planned[202606] == LINE.planned_minutes


def test_what_became_of_a_plan_is_told_the_latest_first() -> None:
    room = Room()
    room.agreed()
    found = plan_events(room.provider.pk, [room.person.pk], date(2026, 1, 1), TODAY)
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
    assert {"kokku lepitud", "koostatud"} == {one.what for one in found}
    assert plan_events(room.provider.pk, [room.person.pk], date(2025, 1, 1), date(2025, 2, 1)) == []


@pytest.mark.parametrize("count", [1, 20])
def test_the_number_of_questions_does_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = Room()
    plan = room.agreed(goals=[GOAL] * count)
    taken_over(room, plan, date(2026, 6, 1), goals=[GOAL] * count)
    key, persons = room.provider.pk, [room.person.pk]
    with django_assert_num_queries(5):
        assert len(plans_told(key, persons, TODAY)[0].goals) == count
    with django_assert_num_queries(3):
        planned_by_month(key, persons, MONTHS, TODAY)
    with django_assert_num_queries(2):
        plan_events(key, persons, date(2026, 1, 1), TODAY)
