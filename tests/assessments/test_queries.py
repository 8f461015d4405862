"""Reading assessments and comparing them."""

from datetime import date
from typing import Any

import pytest

from tests.assessments.room import PACK, Room
from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.assessments import actions, queries
from tugiplaan.assessments.actions import Given
from tugiplaan.assessments.models import Answer, View
from tugiplaan.audit.queries import events_about
from tugiplaan.rules.scoring import AnswerChange

pytestmark = pytest.mark.django_db


def _rows(room: Room) -> list[tuple[str, View, str, str]]:
    found = queries.comparison_of(room.provider.pk, [room.person.pk], "OMA")
    assert found is not None
    return [(row.item.code, View(row.view), row.then, row.now) for row in found.rows]


def test_the_latest_two_are_compared_item_by_item() -> None:
    room = Room()
    assert queries.comparison_of(room.provider.pk, [room.person.pk], "OMA") is None
    room.assess(Given("d350", "4"), assessed_on=date(2025, 1, 1))
    first = queries.comparison_of(room.provider.pk, [room.person.pk], "OMA")
    assert first is not None
    assert first.then is None
    room.assess(Given("d350", "3"), Given("kodu", "no"), assessed_on=date(2025, 7, 1))
    room.assess(Given("d350", "2"), Given("d350", "1", View.PERSON), assessed_on=date(2026, 1, 1))
    (wrong,) = Answer.objects.filter(value="2")
    actions.correct_answer(row=wrong, to=Given("d350", "3"), why="viga", **room.who)
    assert _rows(room) == [
        ("d350", View.SPECIALIST, "3", "3"),
        ("d350", View.PERSON, "", "1"),
        ("kodu", View.SPECIALIST, "no", ""),
    ]
    found = queries.comparison_of(room.provider.pk, [room.person.pk], "OMA")
    assert found is not None
    assert [row.change for row in found.rows] == [
        AnswerChange.SAME,
        AnswerChange.NEW,
        AnswerChange.GONE,
    ]


def test_a_new_version_is_compared_by_the_codes_of_its_items() -> None:
    room = Room()
    room.assess(Given("kodu", "no"), assessed_on=date(2025, 7, 1))
    items = [{"code": "uus", "scale": "jah_ei", "view": ["person"]}, PACK["items"][0]]
    room.instrument = room.bring(version="2", items=items)
    room.assess(Given("uus", "yes", View.PERSON))
    assert _rows(room) == [
        ("uus", View.PERSON, "", "yes"),
        ("d350", View.SPECIALIST, "", ""),
        ("d350", View.PERSON, "", ""),
        ("kodu", View.SPECIALIST, "no", ""),
    ]


def test_reading_for_a_page_is_recorded_and_needs_the_right() -> None:
    room = Room()
    older = room.assess(assessed_on=date(2025, 7, 1))
    newer = room.assess()
    room.assess(person_id=make_person(room.provider, "P2").pk)
    mine: dict[str, Any] = {"provider_id": room.provider.pk, "person_ids": [room.person.pk]}
    assert queries.read_assessments_of(**mine, **room.who) == [newer, older]
    event = events_about(room.provider.pk, room.person.pk).first()
    assert event is not None
    assert (event.name, event.by_id) == ("assessments.assessments", room.assessor.pk)
    stranger = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError):
        queries.read_assessments_of(**mine, by=stranger, on=TODAY)


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = Room()
    room.instrument = room.bring(
        version="2", items=[{**PACK["items"][0], "code": f"d{n}"} for n in range(count)]
    )
    answers = [Given(f"d{n}", "1") for n in range(count)]
    for _ in range(count):
        last = room.assess(*answers)
    mine = (room.provider.pk, [room.person.pk])
    with django_assert_num_queries(1):
        assert len({one.instrument for one in queries.assessments_of(*mine)}) == 1
    with django_assert_num_queries(1):
        assert len(queries.answers_of(last)[View.SPECIALIST]) == count
    with django_assert_num_queries(2):
        found = queries.comparison_of(*mine, "OMA")
    assert found is not None
    assert len(found.rows) == 2 * count
    with django_assert_num_queries(1):
        assert len(list(queries.instruments_of(room.provider.pk))) == 2
