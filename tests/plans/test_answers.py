"""What each party says to a plan, what comes of it, and versions laid side by side."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.plans.room import GOAL, LINE, Room
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.plans import actions
from tugiplaan.plans.actions import Party, Said, UnableToPlanError
from tugiplaan.plans.changes import Change, changes_between
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft
from tugiplaan.plans.models import PlanAnswer, PlanState
from tugiplaan.plans.queries import plan_tree, state_of
from tugiplaan.plans.standing import plan_lines

pytestmark = pytest.mark.django_db
YES, NO = True, False


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ([(Party.PERSON, YES)], "agreed"),
        ([(Party.PROVIDER, YES)], "agreed"),
        ([(Party.NETWORK, YES)], "drafted"),
        ([(Party.NETWORK, NO)], "drafted"),
        ([(Party.PERSON, NO)], "refused"),
        ([(Party.PERSON, NO), (Party.PROVIDER, YES)], "refused"),
        ([(Party.PERSON, NO), (Party.PERSON, YES)], "agreed"),
        ([(Party.REPRESENTATIVE, NO), (Party.PERSON, YES)], "refused"),
        ([(Party.REPRESENTATIVE, NO), (Party.PERSON, YES), (Party.REPRESENTATIVE, YES)], "agreed"),
        ([(Party.PERSON, YES), (Party.REPRESENTATIVE, NO)], "refused"),
        ([(Party.PERSON, YES), (Party.NETWORK, NO)], "agreed"),
        ([(Party.PERSON, YES), (Party.PROVIDER, NO)], "refused"),
    ],
)
def test_a_plan_holds_unless_the_person_or_who_speaks_for_them_is_against_it(
    said: list[tuple[Party, bool]], state: str
) -> None:
    room = Room()
    plan = room.draft()
    for party, is_agreed in said:
        words = Said(party, is_agreed=is_agreed, why="" if is_agreed else "ei sobi")
        actions.answer_plan(plan=plan, said=words, **room.who)
    assert state_of(plan, TODAY) == state
    assert PlanAnswer.objects.count() == len(said)
    assert list(faults()) == []


def test_an_answer_keeps_its_day_its_name_and_an_event() -> None:
    room = Room()
    plan = room.draft()
    day = TODAY - timedelta(2)
    said = Said(Party.REPRESENTATIVE, is_agreed=True, name=" Eha ", day=day, why="telefonis")
    row = actions.answer_plan(plan=plan, said=said, **room.who)
    assert (row.name, row.day, row.why) == ("Eha", day, "telefonis")
    assert state_of(plan, day) == PlanState.State.AGREED
    event = events_about(room.provider.pk, room.person.pk).first()
    assert event is not None
    assert event.name == "plans.agree_plan"
    late = replace(said, day=TODAY + timedelta(1))
    with pytest.raises(UnableToPlanError, match="on tulevikus"):
        actions.answer_plan(plan=plan, said=late, **room.who)
    assert PlanAnswer.objects.count() == 1


def test_only_ones_own_plan_is_answered_as_ones_own() -> None:
    room = Room()
    plan = room.draft()
    said = Said(Party.PERSON, is_agreed=True)
    foreign = make_user("Kalle Kask", "director", make_provider("Teine OÜ"))
    for by in (foreign, room.manager, room.supervisor):
        with pytest.raises(NotAllowedError):
            actions.answer_own_plan(plan=plan, said=said, by=by, on=TODAY)
    own = make_user("Mari Maasikas P1", "person", room.provider, person=room.person)
    with pytest.raises(NotAllowedError):
        actions.answer_plan(plan=plan, said=said, by=own, on=TODAY)
    assert actions.answer_own_plan(plan=plan, said=said, by=own, on=TODAY).is_agreed
    assert state_of(plan, TODAY) == PlanState.State.AGREED
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"valid_to": date(2031, 1, 1)}, "Plaan ei saa kesta kauem kui suunamine"),
        ({"valid_from": date(2031, 1, 1)}, "plaan ei saa alata"),
        ({"goals": [replace(GOAL, due_on=date(2026, 1, 19))]}, "on enne plaani algust"),
        ({"goals": [replace(GOAL, due_on=date(2035, 1, 1))]}, "on pärast plaani lõppu"),
    ],
)
def test_a_plan_stays_in_the_term_of_its_referral(values: dict[str, Any], part: str) -> None:
    room = Room()
    with pytest.raises(UnableToPlanError, match=part) as refused:
        room.draft(**values)
    assert "Midagi ei salvestatud" in str(refused.value)
    last = room.referral.valid_to
    assert room.draft(valid_to=last).valid_to == last


def test_the_lines_of_plans_say_what_holds_and_what_waits() -> None:
    room = Room()
    first = room.agreed()
    second = room.following(first, valid_from=date(2026, 6, 1))
    (line,) = plan_lines(room.provider.pk, [room.person.pk], TODAY)
    assert line.in_force is not None
    assert line.waiting is not None
    assert [line.in_force.plan, line.waiting.plan] == [first, second]
    assert line.shown == line.in_force
    assert line.in_force.standing[Party.PERSON].is_agreed
    actions.agree_plan(plan=second, party=Party.PERSON, **room.who)
    room.draft(referral_id=None)
    both = plan_lines(room.provider.pk, [room.person.pk], TODAY)
    assert [one.referral for one in both] == [room.referral, None]
    assert [one.waiting is None for one in both] == [True, False]
    actions.close_plan(plan=second, why="lõpp", **room.who)
    line = plan_lines(room.provider.pk, [room.person.pk], TODAY)[0]
    assert line.in_force is not None
    assert line.in_force.plan == first
    assert line.versions[0].is_closed


@pytest.mark.parametrize("many", [1, 20])
def test_lines_and_trees_ask_the_same_few_questions(
    many: int, django_assert_num_queries: Any
) -> None:
    room = Room()
    plan = room.agreed(goals=[replace(GOAL, text=f"Eesmärk {at}") for at in range(many)])
    for _ in range(1 if many == 1 else 4):
        plan = room.following(plan)
    with django_assert_num_queries(2):
        lines = plan_lines(room.provider.pk, [room.person.pk], TODAY)
    with django_assert_num_queries(5):
        plan_tree(lines[0].shown.plan)


def test_versions_stand_side_by_side_and_nothing_of_them_is_lost() -> None:
    room = Room()
    walk = ActivityDraft("Jalutab.", schedule="E", planned_minutes=60)
    first = room.agreed(
        goals=[GOAL, GoalDraft("Käib õues.", 3, activities=[walk]), GoalDraft("Laulab.", 6)],
        package=[LINE],
        wishes="aed",
    )
    second = room.following(
        first,
        goals=[
            GoalDraft("Käib  õues.", 3, due_on=date(2026, 12, 31),
                      activities=[replace(walk, schedule="E, K"), ActivityDraft("Ujub.")]),
            GOAL,
            GoalDraft("Maalib.", 6),
        ],
        package=[replace(LINE, planned_minutes=300), replace(LINE, component="C1")],
        wishes="aed ja lilled",
    )  # fmt: skip
    found = changes_between(plan_tree(first), plan_tree(second))
    told = [(pair.goal.now or pair.goal.then, pair.goal.change) for pair in found.goals]
    assert [(one.goal.text, change) for one, change in told if one] == [
        ("Käib  õues.", Change.OTHER),
        ("Teeb ise süüa.", Change.SAME),
        ("Maalib.", Change.NEW),
        ("Laulab.", Change.GONE),
    ]
    assert [one.change for one in found.goals[0].activities] == [Change.OTHER, Change.NEW]
    assert [one.change for one in found.package] == [Change.NEW, Change.OTHER]
    assert found.texts == ("wishes",)
    assert found.count == 1 + 3 + 2 + 2
    same = changes_between(plan_tree(first), plan_tree(first))
    assert same.count == 0


def test_goals_are_rated_together_or_not_at_all() -> None:
    room = Room()
    plan = room.agreed()
    goal = plan.goals.get()
    whole = actions.ReviewDraft(
        actions.ReviewKind.QUARTERLY, date(2026, 1, 20), date(2026, 3, 31), "Läheb."
    )
    good = replace(whole, goal_id=goal.pk, outcome=actions.Outcome.PARTLY)
    with pytest.raises(actions.UnableToReviewError, match="tühi"):
        actions.review_goals(plan=plan, drafts=[], **room.who)
    with pytest.raises(actions.UnableToReviewError, match="tühi"):
        actions.review_goals(plan=plan, drafts=[good, replace(whole, text=" ")], **room.who)
    assert not plan.reviews.exists()
    rows = actions.review_goals(plan=plan, drafts=[whole, good], **room.who)
    assert [row.outcome for row in rows] == ["", "partly"]
    assert len({row.event_id for row in rows}) == 1
    assert list(faults()) == []
