"""Tasks given to people and offers of places in the work list: to whom, and until when."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.deadlines.test_work import day_of
from tests.plans.room import Room
from tests.referrals.rows import make_licence, make_place, make_referral, store
from tugiplaan.accounts.models import User
from tugiplaan.audit.queries import faults
from tugiplaan.deadlines.queries import Action, Task, TaskKind, due_of_person, work_list
from tugiplaan.deadlines.queries.calendar import by_day
from tugiplaan.delivery.actions.assignments import TaskDraft, finish_task, give_task
from tugiplaan.delivery.models import Assignment
from tugiplaan.people.actions import merge
from tugiplaan.people.models import Person
from tugiplaan.referrals.actions.offers import Offering, Reply, answer_offer, offer_place
from tugiplaan.referrals.models import PlaceOffer, Referral
from tugiplaan.referrals.queries import Answer, places_by_person
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db


def of_kind(user: User, room: Room, kind: TaskKind, day: date = TODAY) -> list[Task]:
    found = work_list(user=user, provider_id=room.provider.pk, day=day, law=builtin())
    return [one for one in found.tasks if one.kind is kind]


def given(room: Room, due_on: date = TODAY) -> Assignment:
    draft = TaskDraft(text="Helista kohtusse.", owner_id=room.supervisor.pk, due_on=due_on)
    return give_task(person=room.person, draft=draft, **room.who)


def test_a_task_is_work_until_it_is_done() -> None:
    room = Room()
    row = given(room)
    (task,) = of_kind(room.supervisor, room, TaskKind.ASSIGNMENT)
    assert (task.about, task.person_id, task.due_on) == (row.pk, room.person.pk, TODAY)
    assert (task.action, task.may_act, task.section) == (Action.FINISH_TASK, True, "")
    assert dict(task.numbers) == {"text": "Helista kohtusse.", "owner": "Juta Juhendaja"}
    much_later = TODAY + timedelta(800)
    assert of_kind(room.manager, room, TaskKind.ASSIGNMENT, much_later)
    finish_task(row=row, **room.who)
    assert of_kind(room.manager, room, TaskKind.ASSIGNMENT, much_later) == []
    assert list(faults()) == []


def test_a_task_shows_as_far_ahead_as_the_house_looks() -> None:
    room = Room()
    ahead = builtin().number("work_ahead_days", TODAY)
    given(room, TODAY + timedelta(ahead))
    given(room, TODAY + timedelta(ahead + 1))
    assert len(of_kind(room.manager, room, TaskKind.ASSIGNMENT)) == 1


def test_a_task_reaches_who_works_with_the_person_and_never_the_person() -> None:
    room = Room()
    given(room)
    stranger = make_user("Võõras Juht", "service_manager", make_provider("Teine OÜ"))
    other = make_user("Teine Juhendaja", "activity_supervisor", room.provider)
    person = make_user("Mari Maasikas", "person", room.provider, person=room.person)
    for user in (stranger, other, person):
        assert of_kind(user, room, TaskKind.ASSIGNMENT) == []
    shown = due_of_person(
        provider_id=room.provider.pk, person_ids=[room.person.pk], day=TODAY, law=builtin()
    )
    assert TaskKind.ASSIGNMENT not in [one.kind for one in shown]


def test_a_task_of_a_merged_entry_is_about_the_entry_that_stands() -> None:
    room = Room()
    given(room)
    kept = make_person(room.provider, "P2")
    merge(kept=kept, merged=room.person, why="sama inimene", by=room.manager, on=TODAY)
    (task,) = of_kind(room.manager, room, TaskKind.ASSIGNMENT)
    assert task.person_id == kept.pk


def offered(room: Room, on: date = TODAY) -> tuple[PlaceOffer, Person, Referral]:
    person = make_person(room.provider, "P17")
    referral = make_referral(person, "S17")
    place = make_place(room.provider)
    make_licence(place, service="KE")
    offer = offer_place(to=referral, offering=Offering(place.pk, on), by=room.manager, on=TODAY).row
    return offer, person, referral


def test_an_offer_waits_ten_working_days_for_its_answer() -> None:
    room = Room()
    offer, person, _ = offered(room)
    (task,) = of_kind(room.manager, room, TaskKind.PLACE_OFFER)
    assert task.due_on == date(2026, 7, 1)  # the example of rules.deadlines.place_offer
    assert (task.about, task.person_id) == (offer.pk, person.pk)
    assert (task.action, task.may_act) == (Action.ANSWER_OFFER, True)
    assert task.section.startswith("SHS § 71(5)")
    shown = {"counted_from": TODAY, "place": "Kodu K1", "service": "KE"}
    assert dict(task.numbers) == shown
    reply = Reply(Answer.ACCEPTED, TODAY)
    answer_offer(offer=offer, reply=reply, by=room.manager, on=TODAY)
    assert of_kind(room.manager, room, TaskKind.PLACE_OFFER) == []


def test_who_has_come_has_answered_and_an_old_offer_has_no_term() -> None:
    room = Room()
    _, _, referral = offered(room)
    day_of(referral, "arrived", TODAY)
    assert of_kind(room.manager, room, TaskKind.PLACE_OFFER) == []
    late = make_referral(make_person(room.provider, "P8"), "S8", valid_from=date(2025, 1, 1))
    row = PlaceOffer(
        provider=room.provider, person=late.person, referral=late, service="KE",
        place=make_place(room.provider, "K2"), offered_on=date(2025, 12, 31),
    )  # fmt: skip
    store(room.provider, [row])
    assert of_kind(room.manager, room, TaskKind.PLACE_OFFER) == []


def test_a_decision_waits_for_a_place_until_one_is_offered_or_a_start_agreed() -> None:
    room = Room()
    assert of_kind(room.manager, room, TaskKind.START_OPEN) == [], "who has come waits for nothing"
    person = make_person(room.provider, "P7")
    referral = make_referral(person, "S7", valid_from=date(2026, 6, 20))
    (task,) = of_kind(room.manager, room, TaskKind.START_OPEN)
    assert (task.due_on, task.about, task.person_id) == (date(2026, 6, 20), referral.pk, person.pk)
    assert (task.action, task.may_act, task.section) == (Action.AGREE_START, True, "")
    assert of_kind(room.supervisor, room, TaskKind.START_OPEN) == []
    day_of(referral, "agreed", date(2026, 6, 22))
    assert of_kind(room.manager, room, TaskKind.START_OPEN) == []
    offered(room)
    assert of_kind(room.manager, room, TaskKind.START_OPEN) == [], "the offer is the work"
    over = make_referral(make_person(room.provider, "P9"), "S9", valid_to=date(2026, 6, 14))
    later = make_referral(make_person(room.provider, "P10"), "S10", valid_from=date(2026, 7, 16))
    assert of_kind(room.manager, room, TaskKind.START_OPEN) == [], (over, later)


def test_offers_are_the_work_of_who_may_answer_them() -> None:
    room = Room()
    offered(room)
    assert of_kind(room.supervisor, room, TaskKind.PLACE_OFFER) == []
    stranger = make_user("Võõras Juht", "service_manager", make_provider("Teine OÜ"))
    assert of_kind(stranger, room, TaskKind.PLACE_OFFER) == []


def test_what_leaves_the_house_is_counted_by_day_and_kind() -> None:
    room = Room()
    given(room)
    given(room)
    found = by_day(of_kind(room.manager, room, TaskKind.ASSIGNMENT))
    assert [(one.day, one.kind, one.count) for one in found] == [(TODAY, TaskKind.ASSIGNMENT, 2)]
    assert "Helista" not in repr(found)


def test_a_person_is_at_the_place_of_the_day(django_assert_num_queries: Any) -> None:
    room = Room()
    first, second = make_place(room.provider, "K1"), make_place(room.provider, "K2")
    person = make_person(room.provider, "P7")
    make_referral(person, "S7", place=first)
    make_referral(person, "S8", place=second)
    make_referral(
        person, "S9", place=second, valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 1)
    )
    with django_assert_num_queries(1):
        found = places_by_person(room.provider.pk, date(2025, 1, 1), TODAY)
    assert found == {person.pk: frozenset({first.pk, second.pk})}


@pytest.mark.parametrize("count", [1, 20])
def test_given_work_asks_no_more_questions(count: int, django_assert_num_queries: Any) -> None:
    room = Room()
    offered(room)
    for _ in range(count):
        given(room)
    with django_assert_num_queries(15):
        assert len(of_kind(room.manager, room, TaskKind.ASSIGNMENT)) == count
