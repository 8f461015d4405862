"""What was written of a person on some days."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import make_person
from tests.plans.room import Room
from tests.referrals.rows import store
from tugiplaan.delivery.models import Incident, Narrative
from tugiplaan.delivery.queries.story import incidents_between, isolations_between, notes_between

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


def test_notes_are_those_of_the_days_and_the_person_that_hold() -> None:
    room = Room()
    other = make_person(room.provider, "P2")

    def note(day: date, text: str, **values: object) -> Narrative:
        row = Narrative(
            **{"provider": room.provider, "person": room.person, "day": day, "text": text} | values
        )
        store(room.provider, [row])
        return row

    old = note(date(2026, 6, 1), "vale")
    note(date(2026, 6, 1), "õige", corrects=old, why="viga")
    note(date(2026, 6, 30), "viimane")
    note(date(2026, 5, 31), "enne")
    note(date(2026, 6, 5), "teise", person=other)
    found = notes_between(room.provider.pk, [room.person.pk], FIRST, LAST)
    assert [row.text for row in found] == ["viimane", "õige"]


def test_incidents_are_by_the_day_here_and_isolations_are_apart() -> None:
    room = Room()
    late = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)  # 1 June in Estonia
    row = Incident(
        provider=room.provider,
        person=room.person,
        happened_at=late,
        kind="kukkumine",
        text="Kukkus.",
    )
    store(room.provider, [row])
    found = incidents_between(room.provider.pk, [room.person.pk], FIRST, LAST)
    assert [one.kind for one in found] == ["kukkumine"]
    assert not isolations_between(room.provider.pk, [room.person.pk], FIRST, LAST).exists()
