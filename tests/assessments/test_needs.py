"""Domains with any need, as goals ask for them."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from tests.assessments.room import DEEP, Room
from tests.cast import TODAY, make_person
from tugiplaan.assessments import queries
from tugiplaan.assessments.actions import Given
from tugiplaan.assessments.models import View
from tugiplaan.people import actions as people

pytestmark = pytest.mark.django_db


def _room() -> Room:
    room = Room()
    room.instrument = room.bring(**DEEP)
    return room


def test_domains_with_any_need_come_with_both_views_and_words() -> None:
    room = _room()
    room.assess(Given("sygav.d350", "4"), assessed_on=date(2025, 1, 1))
    made = room.assess(
        Given("sygav.d350", "0"),
        Given("sygav.d350", "2", View.PERSON, "ei julge"),
        Given("sygav.d710", "9"),
        Given("sygav.e310", "-1"),
        Given("sygav.d845", "0"),
        Given("sygav.tahtis", "", View.PERSON, "oma tuba"),
        Given("sygav.tahtis", "none"),
    )
    found = queries.needs_of(room.person, TODAY)
    (domain,) = found.domains
    assert (domain.code, domain.label, domain.assessment) == ("1", "Suhtlemine", made)
    (item,) = domain.items
    assert (item.code, item.text) == ("sygav.d350", "d350")
    assert (item.specialist, item.person, item.comment) == ("n0", "n2", "ei julge")
    assert found.important == (
        (View.SPECIALIST, "tähtsaim: ei ole"),
        (View.PERSON, "tähtsaim: oma tuba"),
    )
    with override("en"):
        (domain,) = queries.needs_of(room.person, TODAY).domains
    assert (domain.label, domain.items[0].person) == ("Suhtlemine (en)", "n2 (en)")


def test_the_day_chooses_and_merged_entries_count() -> None:
    room = _room()
    other = make_person(room.provider, "P2")
    room.assess(Given("sygav.d845", "3"), assessed_on=date(2025, 1, 1), person_id=other.pk)
    assert queries.needs_of(room.person, TODAY) == queries.Needs((), ())
    who: dict[str, Any] = room.who
    people.merge(kept=room.person, merged=other, why="sama inimene", **who)
    assert [one.code for one in queries.needs_of(room.person, TODAY).domains] == ["5"]
    assert queries.needs_of(room.person, date(2024, 12, 31)).domains == ()


@pytest.mark.parametrize("count", [1, 20])
def test_the_queries_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = _room()
    for day in range(1, count + 1):
        room.assess(Given("sygav.d350", "3"), assessed_on=date(2025, 1, day))
    with django_assert_num_queries(2):
        assert len(queries.needs_of(room.person, TODAY).domains) == 1
