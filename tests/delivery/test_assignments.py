"""Tasks: given, changed, done, given up with a reason; whose they may be."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.plans.room import Room
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.delivery.actions.assignments import (
    TaskDraft,
    UnableToAssignError,
    change_task,
    finish_task,
    give_task,
    give_up_task,
)
from tugiplaan.delivery.models import Assignment, AssignmentEnd
from tugiplaan.delivery.queries.assignments import open_tasks, owners_for, tasks_of

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 20)


def draft(room: Room, **values: Any) -> TaskDraft:
    plain = {"text": "Helistada perearstile", "owner_id": room.supervisor.pk, "due_on": LATER}
    return TaskDraft(**{**plain, **values})


def give(room: Room, **values: Any) -> Assignment:
    return give_task(person=room.person, draft=draft(room, **values), **room.who)


def test_a_task_is_given_handed_on_and_done() -> None:
    room = Room()
    row = give(room, goal_id=room.agreed().goals.get().pk)
    handed = change_task(
        row=row, draft=draft(room, owner_id=room.manager.pk), why="puhkus", **room.who
    )
    known = [room.person.pk]
    assert list(open_tasks(room.provider.pk, known, room.manager.pk)) == [handed]
    assert not open_tasks(room.provider.pk, known, room.supervisor.pk).exists()
    end = finish_task(row=handed, note="Aeg on 3. juulil.", by=room.manager, on=TODAY)
    assert (end.outcome, end.day) == ("done", TODAY)
    assert not open_tasks(room.provider.pk, known).exists()
    names = [event.name for event in events_about(room.provider.pk, room.person.pk)]
    assert names[:3] == ["delivery.finish_task", "delivery.change_task", "delivery.give_task"]
    assert list(faults()) == []


def test_a_task_is_given_up_only_with_a_reason_and_ends_once() -> None:
    room = Room()
    row = give(room)
    with pytest.raises(UnableToAssignError, match="miks ülesandest loobuti"):
        give_up_task(row=row, why=" ", **room.who)
    end = give_up_task(row=row, why="Inimene ei soovi.", **room.who)
    assert (end.outcome, end.note) == ("given_up", "Inimene ei soovi.")
    acts: list[Callable[[], object]] = [
        lambda: finish_task(row=row, **room.who),
        lambda: change_task(row=row, draft=draft(room), why="x", **room.who),
    ]
    for act in acts:
        with pytest.raises(UnableToAssignError, match="juba lõpetatud"):
            act()
    assert AssignmentEnd.objects.count() == 1


def test_a_task_that_was_changed_meanwhile_is_not_ended_unseen() -> None:
    room = Room()
    row = give(room)
    change_task(row=row, draft=draft(room, text="Kirjutada"), why="telefon ei vasta", **room.who)
    with pytest.raises(UnableToAssignError, match="vahepeal"):
        finish_task(row=row, **room.who)
    with pytest.raises(UnableToAssignError, match="vahepeal"):
        change_task(row=row, draft=draft(room), why="x", **room.who)
    assert not AssignmentEnd.objects.exists()


def test_what_cannot_be_is_refused() -> None:
    room = Room()
    stranger = make_user("Juss Juhuslik", "activity_supervisor", room.provider)
    other = make_person(room.provider, "P2")
    bad: list[tuple[dict[str, Any], str]] = [
        ({"text": " "}, "vaja teha"),
        ({"due_on": TODAY - timedelta(1)}, "möödas"),
        ({"owner_id": stranger.pk}, "ei tööta"),
        ({"goal_id": other.pk}, "plaanis"),
    ]
    for values, part in bad:
        with pytest.raises(UnableToAssignError, match=part):
            give(room, **values)
    assert not Assignment.objects.exists()


def test_only_who_plans_with_the_person_gives_or_ends_tasks() -> None:
    room = Room()
    row = give(room)
    room.who["by"] = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    acts: list[Callable[[], object]] = [
        lambda: give(room),
        lambda: change_task(row=row, draft=draft(room), why="x", **room.who),
        lambda: finish_task(row=row, **room.who),
        lambda: give_up_task(row=row, why="x", **room.who),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError):
            act()
    assert Assignment.objects.count() == 1


def test_who_works_with_the_person_or_leads_the_house_may_own_a_task() -> None:
    room = Room()
    make_user("Juss Juhuslik", "activity_supervisor", room.provider)
    make_user("Raivo Raha", "accountant", room.provider)
    make_user("Endine Juht", "director", room.provider, valid_to=date(2026, 1, 1))
    assert owners_for(room.person, TODAY) == [room.supervisor, room.manager]


@pytest.mark.parametrize("count", [1, 20])
def test_the_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = Room()
    for _number in range(count):
        give(room)
    finish_task(row=Assignment.objects.first(), **room.who)  # type: ignore[arg-type]
    known = [room.person.pk]
    with django_assert_num_queries(1):
        rows = list(tasks_of(room.provider.pk, known))
        assert [str(row.person) for row in rows if row.owner == room.supervisor]
    assert hasattr(rows[-1], "end")
    with django_assert_num_queries(1):
        assert len(open_tasks(room.provider.pk, known)) == count - 1
    with django_assert_num_queries(2):
        owners_for(room.person, TODAY)
