"""The page of the plan, and making a plan and its versions."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import MARKS, TODAY, make_person, make_provider, make_user
from tests.plans.room import GOAL, LINE, Room, make_worker
from tugiplaan.accounts.access import User
from tugiplaan.audit.queries import faults
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft
from tugiplaan.plans.models import Goal, Plan, PlanAnswer, PlanState, Review

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


def at(room: Room, path: str = "") -> str:
    return f"/{room.provider.pk}/people/{room.person.pk}/plan/{path}"


def sent(room: Room, **values: str) -> dict[str, str]:
    """Give what a browser sends for a plan with one goal and one activity."""
    plain = {
        "do": "save",
        "referral": str(room.referral.pk),
        "valid_from": "2026-06-01",
        "valid_to": "",
        "ability": "Oskab lugeda.",
        "recovery_stage": "taastumas",
        "wishes": "Tahab aeda.",
        "plain": "Ma teen ise süüa.",
        "goals-count": "1",
        "g0-text": "Teeb ise suppi.",
        "g0-domain": "7",
        "g0-origin": "wish",
        "g0-due_on": "2026-12-31",
        "g0-plain": "Ma keedan suppi.",
        "g0-count": "1",
        "g0a0-kind": "KE-2",
        "g0a0-text": "Koos poes.",
        "g0a0-schedule": "E, K",
        "g0a0-frequency": "kord nädalas",
        "g0a0-hours": "1,5",
        "package-count": "0",
    }
    return {**plain, **values}


def test_a_plan_is_made_with_everything_in_it(enter: Enter) -> None:
    room = Room()
    worker = make_worker(room.provider)
    client = enter(room.supervisor)
    text = client.get(at(room, "draft/")).content.decode()
    assert "isiklike ja igapäevaelu oskuste kujundamine" in text
    assert 'data-keep="plan_draft"' in text
    answer = client.post(at(room, "draft/"), sent(room, **{"g0a0-responsible": str(worker.pk)}))
    assert answer.status_code == 302, answer.content.decode()
    plan = Plan.objects.get()
    assert (plan.ability, plan.recovery_stage, plan.plain) == (
        "Oskab lugeda.", "taastumas", "Ma teen ise süüa.",
    )  # fmt: skip
    goal = Goal.objects.get()
    assert (goal.domain, goal.origin, goal.plain) == (7, "wish", "Ma keedan suppi.")
    row = goal.activities.get()
    assert (row.kind, row.frequency, row.planned_minutes) == ("KE-2", "kord nädalas", 90)
    assert row.responsible == worker
    shown = client.get(at(room)).content.decode()
    for part in ("Teeb ise suppi.", "Ma keedan suppi.", "SHS § 97 lg 3 p 2", "ootab vastust"):
        assert part in shown
    assert list(faults()) == []


def test_rows_are_added_and_taken_away_without_script_and_nothing_typed_is_lost(
    enter: Enter,
) -> None:
    room = Room()
    client = enter(room.supervisor)
    answer = client.post(at(room, "draft/"), sent(room, do="add-goal"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="g1-text"' in text
    for kept in ("Teeb ise suppi.", "Oskab lugeda.", "Koos poes.", 'value="1,5"', "2026-12-31"):
        assert kept in text
    more = client.post(at(room, "draft/"), sent(room, do="add-activity-0")).content.decode()
    assert 'name="g0a1-text"' in more
    two = {"goals-count": "2", "g1-text": "Teine", "g1-count": "0"}
    less = client.post(at(room, "draft/"), sent(room, do="drop-goal-0", **two)).content.decode()
    assert "Teeb ise suppi." not in less
    assert "Teine" in less
    for button in ("drop-goal-9", "drop-activity-0-7", "add-activity-8", "jama", "", "drop-line-0"):
        again = client.post(at(room, "draft/"), sent(room, do=button)).content.decode()
        assert "Teeb ise suppi." in again or button == ""
    assert Plan.objects.count() <= 1


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"g0-text": "", "g0-domain": "", "g0-origin": "", "g0-due_on": "", "g0-plain": "",
          "g0-count": "0"}, "vähemalt üht eesmärki"),
        ({"g0-domain": ""}, "1. eesmärgil puudub eluvaldkond"),
        ({"valid_to": "2026-05-01"}, "enne, kui algab"),
        ({"valid_to": "2031-01-01"}, "Plaan ei saa kesta kauem kui suunamine"),
        ({"valid_from": "2031-01-01", "g0-due_on": ""}, "plaan ei saa alata"),
        ({"g0-due_on": "2026-05-01"}, "tähtaeg 01.05.2026 on enne plaani algust"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    values: dict[str, str], part: str, enter: Enter
) -> None:
    room = Room()
    answer = enter(room.supervisor).post(at(room, "draft/"), sent(room, **values))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert part in text
    assert "Midagi ei salvestatud" in text
    assert "Oskab lugeda." in text
    assert not Plan.objects.exists()


def test_hours_that_are_no_number_are_told_where_they_stand(enter: Enter) -> None:
    room = Room()
    answer = enter(room.supervisor).post(at(room, "draft/"), sent(room, **{"g0a0-hours": "palju"}))
    assert answer.status_code == 422
    assert 'id="id_g0a0-hours_error"' in answer.content.decode()


def test_a_new_version_begins_as_a_copy_and_the_old_one_stays(enter: Enter) -> None:
    room = Room()
    first = room.agreed(package=[LINE])
    client = enter(room.supervisor)
    text = client.get(at(room, f"{first.pk}/version/")).content.decode()
    assert "Teeb ise süüa." in text
    assert 'value="1,5"' in text
    version = sent(room, **{"g0-text": "Teeb ise süüa."})
    del version["referral"]
    answer = client.post(at(room, f"{first.pk}/version/"), version)
    assert answer.status_code == 302, answer.content.decode()
    second = Plan.objects.get(number=2)
    page = client.get(at(room)).content.decode()
    assert "2. versioon ootab vastust." in page
    assert "Seni kehtib 1. versioon." in page
    changes = client.get(at(room, f"{second.pk}/changes/")).content.decode()
    assert "Võrreldes 1. versiooniga" in changes
    assert "Koos poes." in changes
    assert "ära jäetud" in changes
    alone = client.get(at(room, f"{first.pk}/changes/")).content.decode()
    assert "ei ole midagi võrrelda" in alone
    asked = client.get(at(room, f"{first.pk}/changes/?with=2")).content.decode()
    assert "Võrreldes 2. versiooniga" in asked


def test_each_party_answers_and_a_refusal_of_the_person_holds(enter: Enter) -> None:
    room = Room()
    plan = room.draft()
    client = enter(room.supervisor)
    address = at(room, f"{plan.pk}/answer/")
    assert "Tegevusplaani 1. versioon" in client.get(address + "?party=network").content.decode()
    refusal = {"party": "person", "is_agreed": "no", "day": TODAY.isoformat()}
    bare = client.post(address, refusal)
    assert bare.status_code == 422
    assert "Keeldumise põhjus on vajalik" in bare.content.decode()
    late = client.post(address, refusal | {"why": "palju", "day": "2026-12-31"})
    assert "on tulevikus" in late.content.decode()
    assert client.post(address, refusal | {"why": "liiga palju tegevusi"}).status_code == 302
    agreed = {"party": "provider", "is_agreed": "yes", "day": TODAY.isoformat(), "name": "Juta"}
    assert client.post(address, agreed).status_code == 302
    assert PlanState.objects.last().state == "refused"  # type: ignore[union-attr]  # there is one
    page = client.get(at(room)).content.decode()
    assert "liiga palju tegevusi" in page
    client.post(address, refusal | {"is_agreed": "yes"})
    assert PlanState.objects.last().state == "agreed"  # type: ignore[union-attr]
    client.post(address, {**refusal, "party": "network", "why": "ema kahtleb"})
    assert PlanState.objects.last().state == "agreed"  # type: ignore[union-attr]
    assert PlanAnswer.objects.count() == 4
    assert list(faults()) == []


def test_a_closed_plan_takes_no_answer_and_no_rating(enter: Enter) -> None:
    room = Room()
    plan = room.agreed()
    client = enter(room.supervisor)
    assert client.post(at(room, f"{plan.pk}/close/"), {"why": ""}).status_code == 422
    assert client.post(at(room, f"{plan.pk}/close/"), {"why": "kolis ära"}).status_code == 302
    assert "See plaan praegu ei kehti." in client.get(at(room)).content.decode()
    agreed = {"party": "person", "is_agreed": "yes", "day": TODAY.isoformat()}
    answer = client.post(at(room, f"{plan.pk}/answer/"), agreed | {"name": "Mari Maasikas"})
    assert answer.status_code == 422
    for kept in ("on lõpetatud: tee uus versioon. Midagi ei muudetud.", "Mari Maasikas"):
        assert kept in answer.content.decode()
    rating = {"kind": "quarterly", "period_from": "2026-01-20", "period_to": "2026-03-31"}
    rated = client.post(at(room, f"{plan.pk}/rate/"), rating | {"whole": "Hästi."})
    assert rated.status_code == 422
    for kept in ("on lõpetatud, seda hinnata ei saa", "Hästi.", "2026-03-31"):
        assert kept in rated.content.decode()
    assert not Review.objects.exists()


def test_a_rating_of_a_time_that_ends_before_it_begins_keeps_what_was_typed(enter: Enter) -> None:
    room = Room()
    plan = room.agreed()
    times = {"kind": "quarterly", "period_from": "2026-03-31", "period_to": "2026-01-20"}
    answer = enter(room.supervisor).post(
        at(room, f"{plan.pk}/rate/"), times | {"whole": "Läks hästi."}
    )
    assert answer.status_code == 422
    for kept in ("peab algama enne lõppu", "Midagi ei salvestatud", "Läks hästi.", "2026-01-20"):
        assert kept in answer.content.decode()
    assert not Review.objects.exists()


def test_goals_are_rated_in_one_go_and_a_rating_is_corrected(enter: Enter) -> None:
    room = Room()
    plan = room.agreed(goals=[GOAL, GoalDraft("Käib ujumas.", 6)])
    client = enter(room.supervisor)
    address = at(room, f"{plan.pk}/rate/")
    text = client.get(address).content.decode()
    assert 'value="2026-01-20"' in text
    assert 'value="2026-03-31"' in text
    rating = {
        "kind": "quarterly", "period_from": "2026-01-20", "period_to": "2026-03-31",
        "text-1": "Keedab ise.", "outcome-1": "partly", "text-2": "", "whole": "Läheb.",
    }  # fmt: skip
    assert "tühi" in client.post(address, rating | {"text-1": ""}).content.decode()
    empty = {"text-1": "", "outcome-1": "", "whole": ""}
    assert client.post(address, rating | empty).status_code == 422
    assert not Review.objects.exists()
    assert client.post(address, rating).status_code == 302
    assert Review.objects.count() == 2
    row = Review.objects.get(goal__isnull=False)
    assert row.outcome == "partly"
    fix = {"period_from": "2026-01-20", "period_to": "2026-03-31", "text": "Keedab juba.",
           "outcome": "met"}  # fmt: skip
    correct = at(room, f"{plan.pk}/ratings/{row.pk}/correct/")
    assert "Keedab ise." in client.get(correct).content.decode()
    assert client.post(correct, fix).status_code == 422
    assert client.post(correct, fix | {"why": "jäi kirja panemata"}).status_code == 302
    page = client.get(at(room)).content.decode()
    assert "Keedab juba." in page
    assert "jäi kirja panemata" in page
    assert client.get(correct).status_code == 404
    assert list(faults()) == []


def test_a_yearly_assessment_begins_with_what_was_done(enter: Enter) -> None:
    room = Room()
    plan = room.agreed()
    text = enter(room.supervisor).get(at(room, f"{plan.pk}/rate/?kind=yearly")).content.decode()
    assert "Tegevused: Koos poes. Tunde selle eesmärgi kohta kirjas ei ole." in text


def test_others_find_nothing_and_readers_may_not_write(enter: Enter) -> None:
    room = Room()
    plan = room.agreed()
    stranger = enter(make_user("Võõras Juht", "service_manager", make_provider("Teine OÜ")))
    other = enter(make_user("Jaan Juhendaja", "activity_supervisor", room.provider))
    paths = ["", "draft/", *(f"{plan.pk}/{one}/" for one in ("version", "changes", "answer",
                                                             "close", "rate"))]  # fmt: skip
    for path in paths:
        assert stranger.get(at(room, path)).status_code == 404
        assert other.get(at(room, path)).status_code == 404
    theirs = make_person(room.provider, "P2")
    foreign = f"/{room.provider.pk}/people/{theirs.pk}/plan/{plan.pk}/rate/"
    assert enter(room.manager).get(foreign).status_code == 404


@pytest.mark.parametrize("many", [1, 20])
def test_the_pages_ask_the_same_few_questions(
    enter: Enter, many: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    room = Room()
    goals = [
        GoalDraft(f"Eesmärk {at_}.", 7, activities=[ActivityDraft("x", planned_minutes=30)])
        for at_ in range(many)
    ]
    plan = room.agreed(goals=goals, package=[LINE])
    for number in range(many if many == 1 else 5):
        plan = room.following(plan, goals=goals, valid_from=date(2026, 2, 1 + number))
    client = enter(room.manager)
    with django_assert_max_num_queries(24 + MARKS):
        assert client.get(at(room)).status_code == 200
    with django_assert_max_num_queries(24 + MARKS):
        client.get(at(room, f"{plan.pk}/changes/"))
    with django_assert_max_num_queries(24 + MARKS):
        client.get(at(room, f"{plan.pk}/version/"))
