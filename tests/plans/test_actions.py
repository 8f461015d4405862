"""Drafting plans, agreeing on them, closing and reviewing them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.plans.room import GOAL, LINE, Room, make_worker
from tests.referrals.rows import make_referral
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.plans import actions, queries
from tugiplaan.plans.actions import ReviewDraft, UnableToPlanError, UnableToReviewError
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft
from tugiplaan.plans.models import (
    Activity,
    Goal,
    PackageLine,
    Party,
    Plan,
    PlanState,
    Review,
    ReviewKind,
)

pytestmark = pytest.mark.django_db

QUARTER = ReviewDraft(ReviewKind.QUARTERLY, date(2026, 1, 20), date(2026, 3, 31), "Läks hästi.")


def test_a_drafted_plan_is_whole_and_leaves_an_event() -> None:
    room = Room()
    worker = make_worker(room.provider)
    goal = replace(GOAL, activities=[ActivityDraft("Koos poes.", responsible_id=worker.pk)])
    second = GoalDraft(" Käib trennis. ", 6, origin="soov", due_on=TODAY)
    plan = room.draft(goals=[goal, second], package=[replace(LINE, goal=2)])
    assert (plan.number, plan.valid_to) == (1, room.referral.valid_to)
    assert list(Goal.objects.order_by("number").values_list("number", "text", "domain")) == [
        (1, "Teeb ise süüa.", 7),
        (2, "Käib trennis.", 6),
    ]
    assert Activity.objects.get().responsible == worker
    line = PackageLine.objects.get()
    assert (line.planned_minutes, line.goal and line.goal.number) == (240, 2)
    event = events_about(room.provider.pk, room.person.pk).first()
    assert event is not None
    assert (event.name, event.details["number"]) == ("plans.draft_plan", 1)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"goals": []}, "vähemalt üht eesmärki"),
        ({"goals": [GOAL, replace(GOAL, domain=0)]}, "2. eesmärgil puudub eluvaldkond"),
        ({"goals": [replace(GOAL, domain=8)]}, "1. eesmärgil puudub eluvaldkond"),
        ({"goals": [replace(GOAL, text=" ")]}, "sõnastamata"),
        ({"goals": [replace(GOAL, activities=[ActivityDraft(" ")])]}, "kirjeldamata"),
        (
            {"goals": [replace(GOAL, activities=[ActivityDraft("x", planned_minutes=-1)])]},
            "alla nulli",
        ),
        (
            {"goals": [replace(GOAL, activities=[ActivityDraft("x", responsible_id=uuid4())])]},
            "töötajat ei ole",
        ),
        ({"valid_to": date(2026, 1, 19)}, "enne, kui algab"),
        ({"package": [replace(LINE, component=" ")]}, "komponenti ja rahastajat"),
        ({"package": [replace(LINE, planned_minutes=0)]}, "vähemalt üks minut"),
        ({"package": [replace(LINE, valid_to=date(2025, 1, 1))]}, "lõpeb enne"),
        ({"package": [replace(LINE, goal=2)]}, "eesmärki 2 plaanis ei ole"),
        ({"package": [replace(LINE, goal=0)]}, "eesmärki 0 plaanis ei ole"),
        ({"package": [LINE, LINE]}, "kaks korda"),
        ({"person_id": uuid4()}, "inimest siin ei ole"),
        ({"referral_id": uuid4()}, "suunamist ei ole"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(values: dict[str, Any], part: str) -> None:
    room = Room()
    with pytest.raises(UnableToPlanError, match=part) as refused:
        room.draft(**values)
    assert "Midagi ei salvestatud" in str(refused.value)
    assert (Plan.objects.count(), Goal.objects.count(), PlanState.objects.count()) == (0, 0, 0)


def test_who_belongs_elsewhere_is_refused() -> None:
    room = Room()
    foreign = make_worker(make_provider("Teine OÜ"))
    other = make_referral(make_person(room.provider, "P2"), "S2")
    theirs = [replace(GOAL, activities=[ActivityDraft("x", responsible_id=foreign.pk)])]
    for values, part in (
        ({"goals": theirs}, "teise teenuseosutaja töötaja"),
        ({"referral_id": other.pk}, "teise inimese"),
    ):
        with pytest.raises(UnableToPlanError, match=part):
            room.draft(**values)
    assert not Plan.objects.exists()


def test_a_new_version_leaves_the_old_one_untouched() -> None:
    room = Room()
    plan = room.agreed()
    with pytest.raises(UnableToPlanError, match="uus versioon"):
        room.draft()
    second = room.following(plan, valid_from=date(2026, 6, 1), goals=[GOAL, GOAL])
    third = room.following(plan, valid_from=date(2026, 7, 1))
    assert [one.number for one in (plan, second, third)] == [1, 2, 3]
    assert Goal.objects.filter(plan=plan).count() == 1
    assert queries.plans_in_force(room.provider.pk, [room.person.pk], TODAY) == [plan]
    with pytest.raises(UnableToPlanError, match="sama inimese ja suunamise"):
        room.following(plan, referral_id=None)
    without = room.draft(referral_id=None)
    assert (without.number, without.valid_to) == (1, None)
    with pytest.raises(UnableToPlanError, match="uus versioon"):
        room.draft(referral_id=None)
    assert list(faults()) == []


def test_a_plan_is_agreed_refused_and_closed() -> None:
    room = Room()
    plan = room.draft()
    assert queries.state_of(plan, TODAY) == PlanState.State.DRAFTED
    actions.agree_plan(plan=plan, party=Party.PERSON, **room.who)
    assert queries.state_of(plan, TODAY) == PlanState.State.AGREED
    refuse: dict[str, Any] = {"plan": plan, "party": Party.REPRESENTATIVE, **room.who}
    with pytest.raises(UnableToPlanError, match="põhjus"):
        actions.refuse_plan(why=" ", **refuse)
    actions.refuse_plan(why="liiga palju", **refuse)
    assert queries.state_of(plan, TODAY) == PlanState.State.REFUSED
    with pytest.raises(UnableToPlanError, match="põhjus"):
        actions.close_plan(plan=plan, why="", **room.who)
    actions.close_plan(plan=plan, why="kolis ära", **room.who)
    acts: list[Callable[[], object]] = [
        lambda: actions.agree_plan(plan=plan, party=Party.PERSON, **room.who),
        lambda: actions.refuse_plan(why="ei", **refuse),
        lambda: actions.close_plan(plan=plan, why="veel", **room.who),
    ]
    for act in acts:
        with pytest.raises(UnableToPlanError, match="lõpetatud"):
            act()
    rows = PlanState.objects.order_by("id").values_list("state", "party", "why")
    assert list(rows) == [
        ("drafted", "", ""),
        ("agreed", "person", ""),
        ("refused", "representative", "liiga palju"),
        ("closed", "", "kolis ära"),
    ]
    names = [event.name for event in events_about(room.provider.pk, room.person.pk)][:3]
    assert names == ["plans.close_plan", "plans.refuse_plan", "plans.agree_plan"]
    assert list(faults()) == []


def test_a_review_is_kept_and_corrected() -> None:
    room = Room()
    plan = room.agreed()
    goal = Goal.objects.get()
    row = actions.review_plan(plan=plan, draft=replace(QUARTER, goal_id=goal.pk), **room.who)
    assert (row.written_on, row.goal) == (TODAY, goal)
    fixed = actions.correct_review(row=row, draft=QUARTER, why="kogu plaan", **room.who)
    assert list(Review.objects.current()) == [fixed]
    assert fixed.goal_id is None
    with pytest.raises(UnableToReviewError, match="vahepeal"):
        actions.correct_review(row=row, draft=QUARTER, why="veel", **room.who)
    with pytest.raises(UnableToReviewError, match="põhjust"):
        actions.correct_review(row=fixed, draft=QUARTER, why="", **room.who)
    event = events_about(room.provider.pk, room.person.pk).first()
    assert event is not None
    assert event.name == "plans.correct_review"
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"text": " "}, "tühi"),
        ({"period_to": date(2026, 1, 19)}, "enne lõppu"),
        ({"period_to": TODAY + timedelta(1)}, "möödas"),
        ({"goal_id": uuid4()}, "eesmärki selles plaanis"),
    ],
)
def test_a_review_that_cannot_be_is_refused(values: dict[str, Any], part: str) -> None:
    room = Room()
    plan = room.agreed()
    with pytest.raises(UnableToReviewError, match=part):
        actions.review_plan(plan=plan, draft=replace(QUARTER, **values), **room.who)
    assert not Review.objects.exists()


def test_a_closed_plan_cannot_be_reviewed() -> None:
    room = Room()
    plan = room.agreed()
    actions.close_plan(plan=plan, why="lõpp", **room.who)
    with pytest.raises(UnableToReviewError, match="lõpetatud"):
        actions.review_plan(plan=plan, draft=QUARTER, **room.who)
    assert not Review.objects.exists()


def test_a_stranger_may_not() -> None:
    room = Room()
    plan = room.agreed()
    row = actions.review_plan(plan=plan, draft=QUARTER, **room.who)
    counts = (Plan.objects.count(), PlanState.objects.count(), Review.objects.count())
    room.who["by"] = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    acts: list[Callable[[], object]] = [
        lambda: room.draft(referral_id=None),
        lambda: room.following(plan),
        lambda: actions.agree_plan(plan=plan, party=Party.PERSON, **room.who),
        lambda: actions.refuse_plan(plan=plan, party=Party.PERSON, why="x", **room.who),
        lambda: actions.close_plan(plan=plan, why="x", **room.who),
        lambda: actions.review_plan(plan=plan, draft=QUARTER, **room.who),
        lambda: actions.correct_review(row=row, draft=QUARTER, why="x", **room.who),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError, match="Kalle Kask"):
            act()
    assert counts == (Plan.objects.count(), PlanState.objects.count(), Review.objects.count())
