"""The shift diary, who goes out and comes back, and cancelling what was written."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_place, make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.delivery.actions import care, home
from tugiplaan.delivery.actions.cancelling import UnableToCancelError, cancel_written
from tugiplaan.delivery.actions.home import (
    Going,
    Shift,
    UnableToHandOverError,
    UnableToRecordMovementError,
)
from tugiplaan.delivery.models import HandOver, Incident, Movement, Narrative, ShiftKind, ShiftNote
from tugiplaan.delivery.models import MovementKind as Way
from tugiplaan.delivery.queries.home import diary_of, waiting_hand_overs, whereabouts
from tugiplaan.people.models import Person
from tugiplaan.referrals.models import Absence, StayDay

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)


class House:
    """A home with a manager and two persons."""

    def __init__(self, count: int = 2) -> None:
        self.provider = make_provider()
        self.place = make_place(self.provider)
        self.manager = make_user("Malle Maa", "service_manager", self.provider)
        self.night = make_user("Niina Öö", "service_manager", self.provider)
        self.who: dict[str, Any] = {"by": self.manager, "on": TODAY}
        self.persons = [self.resident(f"P{n}") for n in range(count)]

    def resident(self, code: str) -> Person:
        person = make_person(self.provider, code)
        self.referral = make_referral(person, f"S-{code}", service="OEH", place=self.place)
        day = date(2026, 1, 1)
        row = StayDay(provider=self.provider, referral=self.referral, kind="arrived", day=day)
        store(self.provider, [row])
        return person

    def shift(self, **values: Any) -> Shift:
        plain = Shift(self.place.pk, TODAY, ShiftKind.DAY, "Rahulik päev.", "Anna Marile rohi.")
        return replace(plain, id=values.pop("id", uuid4()), **values)

    def write(self, **values: Any) -> ShiftNote:
        return home.write_shift_note(
            provider_id=self.provider.pk, shift=self.shift(**values), **self.who
        )

    def going(self, kind: Way, minutes: int = 0, **values: Any) -> Going:
        at = NOW - timedelta(hours=3) + timedelta(minutes=minutes)
        return replace(Going(self.persons[0].pk, self.place.pk, kind, at), id=uuid4(), **values)

    def move(self, kind: Way, minutes: int = 0, **values: Any) -> Movement:
        return home.record_movement(
            provider_id=self.provider.pk,
            going=self.going(kind, minutes, **values),
            now=NOW,
            **self.who,
        )

    def where(self, **values: Any) -> list[Any]:
        given: dict[str, Any] = {**self.who, "now": NOW, **values}
        return whereabouts(provider_id=self.provider.pk, place_id=self.place.pk, **given)

    def read(self, **values: Any) -> list[ShiftNote]:
        given = {**self.who, "since": TODAY, **values}
        return diary_of(provider_id=self.provider.pk, place_id=self.place.pk, **given)

    def waiting(self, **values: Any) -> list[ShiftNote]:
        given = {**self.who, "since": TODAY, **values}
        return waiting_hand_overs(provider_id=self.provider.pk, place_id=self.place.pk, **given)


@pytest.fixture
def house() -> House:
    return House()


def test_a_shift_hands_over_and_the_next_takes_over(house: House) -> None:
    shift = house.shift(person_id=house.persons[0].pk)
    note = home.write_shift_note(provider_id=house.provider.pk, shift=shift, **house.who)
    again = home.write_shift_note(provider_id=house.provider.pk, shift=shift, **house.who)
    assert again == note
    assert [event.name for event in events_about(house.provider.pk, house.persons[0].pk)] == [
        "delivery.write_shift_note"
    ]
    assert house.waiting(by=house.night) == [note]
    taken = home.take_over(note=note, now=NOW, by=house.night, on=TODAY)
    assert home.take_over(note=note, now=NOW, by=house.night, on=TODAY) == taken
    assert house.waiting(by=house.night) == []
    (read,) = house.read()
    assert [row.user for row in read.taken_over.all()] == [house.night]
    assert "delivery.shift_diary" in {
        event.name for event in events_about(house.provider.pk, house.persons[0].pk)
    }
    assert list(faults()) == []


def test_a_moment_of_another_zone_is_the_same_moment(house: House) -> None:
    going = replace(house.going(Way.OUT), at=NOW.astimezone(ZoneInfo("Europe/Tallinn")))
    given = {"provider_id": house.provider.pk, "going": going, "now": NOW, **house.who}
    home.record_movement(**given)
    assert Movement.objects.get().at == NOW
    assert list(faults()) == []


def test_a_corrected_note_is_taken_over_anew(house: House) -> None:
    note = house.write()
    home.take_over(note=note, now=NOW, by=house.night, on=TODAY)
    fixed = home.correct_shift_note(
        row=note, shift=house.shift(hand_over="Anna Jürile rohi."), why="vale nimi", **house.who
    )
    assert house.waiting(by=house.night) == [fixed]
    with pytest.raises(UnableToHandOverError, match="parandatud"):
        home.take_over(note=note, now=NOW, by=house.night, on=TODAY)
    with pytest.raises(UnableToHandOverError, match="põhjust"):
        home.correct_shift_note(row=fixed, shift=house.shift(), why="", **house.who)
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": " "}, "tühi"),
        ({"day": TODAY + timedelta(days=1)}, "tulevikus"),
        ({"place_id": uuid4()}, "siin ei ole"),
        ({"person_id": uuid4()}, "siin ei ole"),
    ],
)
def test_a_note_that_cannot_be(house: House, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UnableToHandOverError, match=sentence):
        house.write(**values)
    assert not ShiftNote.objects.exists()


def test_who_is_in_and_who_is_out(house: House) -> None:
    assert [one.is_in for one in house.where()] == [True, True]
    out = house.going(Way.OUT, expected_at=NOW - timedelta(hours=1), where_to="pood")
    row = home.record_movement(provider_id=house.provider.pk, going=out, now=NOW, **house.who)
    again = home.record_movement(provider_id=house.provider.pk, going=out, now=NOW, **house.who)
    assert again == row
    first, second = house.where()
    assert (first.is_in, first.is_overdue, first.movement) == (False, True, row)
    assert second.is_in
    house.move(Way.IN, 60)
    assert [one.is_in for one in house.where()] == [True, True]
    away = Absence(
        provider=house.provider, referral=house.referral, code="E1", first_day=TODAY,
        last_day=TODAY, kind="hospital",
    )  # fmt: skip
    store(house.provider, [away])
    assert [one.away for one in house.where()] == [None, "hospital"]
    assert list(faults()) == []


def test_movements_that_cannot_be(house: House) -> None:
    with pytest.raises(UnableToRecordMovementError, match="ei ole kirjas kui väljas"):
        house.move(Way.IN)
    house.move(Way.OUT)
    with pytest.raises(UnableToRecordMovementError, match="juba väljas"):
        house.move(Way.OUT, 10)
    with pytest.raises(UnableToRecordMovementError, match="hilisem"):
        house.move(Way.IN, -10)
    with pytest.raises(UnableToRecordMovementError, match="tulevikus"):
        house.move(Way.IN, 600)
    with pytest.raises(UnableToRecordMovementError, match="Tagasi oodatakse"):
        house.move(Way.IN, 10, expected_at=NOW)
    with pytest.raises(UnableToRecordMovementError, match="siin ei ole"):
        house.move(Way.IN, 10, place_id=uuid4())
    assert Movement.objects.count() == 1


def test_a_movement_is_corrected_and_cancelled(house: House) -> None:
    row = house.move(Way.OUT)
    more: dict[str, Any] = {"now": NOW, "by": house.manager}
    fixed = home.correct_movement(
        row=row, going=house.going(Way.OUT, 5, where_to="arst"), why="vale koht", **more
    )
    with pytest.raises(UnableToRecordMovementError, match="tühista"):
        home.correct_movement(row=fixed, going=house.going(Way.IN), why="vale", **more)
    with pytest.raises(UnableToRecordMovementError, match="vahepeal"):
        home.correct_movement(row=row, going=house.going(Way.OUT), why="vale", **more)
    assert house.where()[0].movement == fixed
    cancel_written(row=fixed, why="ei läinud", **house.who)
    assert [one.is_in for one in house.where()] == [True, True]
    assert list(faults()) == []


def test_what_was_written_is_cancelled_once_with_a_reason(house: House) -> None:
    key, person = house.provider.pk, house.persons[0].pk
    happening = care.Happening(person, NOW, "kukkumine", "Kukkus.")
    incident = care.report_incident(provider_id=key, happening=happening, **house.who)
    written = care.write_narrative(
        provider_id=key, note=care.Note(person, TODAY, "Käis poes."), **house.who
    )
    note = house.write()
    for row in (incident, written, note):
        with pytest.raises(UnableToCancelError, match="põhjust"):
            cancel_written(row=row, why=" ", **house.who)
        cancel_written(row=row, why="vale inimene", **house.who)
        with pytest.raises(UnableToCancelError, match="vahepeal"):
            cancel_written(row=row, why="vale inimene", **house.who)
    assert not Incident.objects.current().exists()
    assert not Narrative.objects.current().exists()
    assert house.read() == []
    assert list(faults()) == []


def test_strangers_do_not_write_nor_read(house: House) -> None:
    note, out = house.write(person_id=house.persons[0].pk), house.move(Way.OUT)
    strangers = [
        make_user("Võõras", "service_manager", make_provider("Teine OÜ")),
        make_user("Mart Vald", "municipality", house.provider, funder="75014913"),
        make_user("Mari Ise", "person", house.provider, person=house.persons[1]),
    ]
    for user in strangers:
        who: dict[str, Any] = {"by": user, "on": TODAY}
        key = house.provider.pk
        with pytest.raises(NotAllowedError):
            home.write_shift_note(provider_id=key, shift=house.shift(), **who)
        with pytest.raises(NotAllowedError):
            home.record_movement(provider_id=key, going=house.going(Way.IN, 5), now=NOW, **who)
        with pytest.raises(NotAllowedError):
            home.take_over(note=note, now=NOW, **who)
        with pytest.raises(NotAllowedError):
            house.read(**who)
        with pytest.raises(NotAllowedError):
            house.waiting(**who)
        for row in (note, out):
            with pytest.raises(NotAllowedError):
                cancel_written(row=row, why="x", **who)
    for user in strangers[:2]:
        with pytest.raises(NotAllowedError):
            house.where(by=user)
    assert len(house.where(by=strangers[2])) == 1
    juta = make_user("Juta", "activity_supervisor", house.provider)
    assert house.read(by=juta) == []


@pytest.mark.parametrize("count", [1, 20])
def test_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    house = House(count)
    for person in house.persons:
        house.move(Way.OUT, person_id=person.pk)
        house.write(person_id=person.pk)
    with django_assert_num_queries(5):
        assert len(house.where()) == count
    with django_assert_num_queries(5):
        assert len(house.waiting()) == count
