"""Recording, correcting, moving and cancelling what was done."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.billing.home import NOVEMBER, Home, make_home
from tests.cast import make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.actions.records import (
    UnableToCorrectError,
    UnableToRecordError,
    cancel,
    correct,
    open_session,
    record,
)
from tugiplaan.delivery.entries import ComponentEntry, DayEntry, Entry, HourEntry, SessionEntry
from tugiplaan.delivery.models import ComponentRecord, DayRecord, HourRecord
from tugiplaan.delivery.queries.records import (
    components_of,
    days_of,
    hours_of,
    line_of_corrections,
)
from tugiplaan.referrals.models import Referral
from tugiplaan.rules.vocabulary import DayKind, Mode

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 6)


@pytest.fixture
def home() -> Home:
    return make_home()


def hour(home: Home, referral: Referral, **values: Any) -> HourEntry:
    given = {"day": DAY, "minutes": 45, "worker_id": home.worker.pk, "start": 600, **values}
    return HourEntry(referral_id=referral.pk, **given)


def recorded(home: Home, *entries: Entry, **more: Any) -> list[Any]:
    given = {"by": home.director, "on": NOVEMBER, **more}
    return record(provider_id=home.provider.pk, entries=entries, **given)


def test_hours_are_recorded_with_an_event(home: Home) -> None:
    referral = home.resident("P1", "IET")
    rows = recorded(home, hour(home, referral), hour(home, referral, day=date(2026, 10, 7)))
    assert list(hours_of(home.provider.pk, [referral.pk], 202610)) == rows
    event = events_of(home.provider.pk)[0]
    assert (event.name, event.by_id) == ("delivery.record", home.director.pk)
    assert event.details["added"]["delivery_hourrecord"][0] == 2
    assert list(faults()) == []


def test_sending_twice_records_once(home: Home) -> None:
    referral = home.resident("P1", "IET")
    entry = hour(home, referral)
    first = recorded(home, entry)
    events = events_of(home.provider.pk).count()
    assert recorded(home, entry) == first
    assert events_of(home.provider.pk).count() == events
    more = recorded(home, entry, hour(home, referral))
    assert more[0] == first[0]
    assert HourRecord.objects.count() == 2


def test_a_group_session_is_recorded_in_one_go(home: Home) -> None:
    home.resident("P1", "IET")
    home.resident("P2", "IET")
    session = SessionEntry(day=DAY, start=600, title="Kokandus", note="küpsetasime")
    opened = open_session(
        provider_id=home.provider.pk, session=session, by=home.director, on=NOVEMBER
    )
    again = open_session(
        provider_id=home.provider.pk, session=session, by=home.director, on=NOVEMBER
    )
    assert opened == again
    entries = [
        ComponentEntry(
            person_id=person.pk,
            day=DAY,
            minutes=90,
            worker_id=home.worker.pk,
            funder="75000000",
            component="C1",
            mode=Mode.GROUP,
            participants=2,
            session_id=opened.pk,
        )
        for person in home.persons
    ]
    recorded(home, *entries)
    persons = [person.pk for person in home.persons]
    found = components_of(home.provider.pk, persons, 202610)
    assert {row.session_id for row in found} == {opened.pk}
    assert found.count() == 2


def test_the_code_of_another_session_is_refused(home: Home) -> None:
    open_session(
        provider_id=home.provider.pk,
        session=SessionEntry(code="R1"),
        by=home.director,
        on=NOVEMBER,
    )
    with pytest.raises(UnableToRecordError, match="R1"):
        open_session(
            provider_id=home.provider.pk, session=SessionEntry(code="R1"), by=home.director,
            on=NOVEMBER,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"day": date(2026, 11, 23)}, "tulevikus"),
        ({"minutes": 0}, "0 minutit"),
        ({"minutes": 1441}, "1441 minutit"),
        ({"start": 1440}, "Algusaeg"),
        ({"start": -1}, "Algusaeg"),
        ({"worker_id": UUID(int=5)}, "töötajat"),
        ({"referral_id": UUID(int=5)}, "inimest"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_recorded(
    home: Home, change: dict[str, Any], part: str
) -> None:
    good = hour(home, home.resident("P1", "IET"))
    with pytest.raises(UnableToRecordError, match=part):
        recorded(home, good, replace(good, id=UUID(int=9), **change))
    assert not HourRecord.objects.exists()


def test_a_supervisor_records_for_the_own_people_and_for_a_deputys(home: Home) -> None:
    mine, others = home.resident("P1", "IET"), home.resident("P2", "IET")
    supervisor = make_user("Tiiu Tamm", "activity_supervisor", home.provider)
    with pytest.raises(UnableToRecordError, match="asendus"):
        recorded(home, hour(home, mine), by=supervisor)
    with acting(by=operator(), name="test.case"):
        Caseload.objects.create(
            provider=home.provider,
            user=supervisor,
            person=home.persons[0],
            valid_from=date(2026, 1, 1),
        )
    assert len(recorded(home, hour(home, mine), by=supervisor)) == 1
    with pytest.raises(UnableToRecordError, match="asendus"):
        recorded(home, hour(home, others), by=supervisor)
    with acting(by=operator(), name="test.deputy"):
        Caseload.objects.create(
            provider=home.provider,
            user=supervisor,
            person=home.persons[1],
            valid_from=date(2026, 11, 20),
            valid_to=date(2026, 11, 30),
            deputy_for=home.director,
        )
    assert len(recorded(home, hour(home, others), by=supervisor)) == 1


def test_a_colleague_elsewhere_may_not_record(home: Home) -> None:
    referral = home.resident("P1", "IET")
    with pytest.raises(NotAllowedError):
        recorded(home, hour(home, referral), by=make_home("Teine OÜ").director)


def test_the_same_day_is_used_once(home: Home) -> None:
    referral = home.resident("P1", "PNH")
    entry = DayEntry(referral_id=referral.pk, day=DAY)
    (row,) = recorded(home, entry)
    with pytest.raises(UnableToRecordError, match="juba olemas"):
        recorded(home, DayEntry(referral_id=referral.pk, day=DAY, kind=DayKind.DAY))
    assert list(days_of(home.provider.pk, [referral.pk], 202610)) == [row]


def test_a_correction_takes_the_place_and_keeps_the_old(home: Home) -> None:
    referral = home.resident("P1", "IET")
    (row,) = recorded(home, hour(home, referral, minutes=45))
    new = correct(
        of=row,
        entry=hour(home, referral, minutes=60),
        why="kell oli vale",
        by=home.director,
        on=NOVEMBER,
    )
    assert list(hours_of(home.provider.pk, [referral.pk], 202610)) == [new]
    assert line_of_corrections(row) == line_of_corrections(new) == [row.pk, new.pk]
    assert HourRecord.objects.get(pk=row.pk).minutes == 45
    with pytest.raises(UnableToCorrectError, match="parandas seda kirjet juba"):
        correct(of=row, entry=hour(home, referral), why="veel", by=home.director, on=NOVEMBER)
    assert list(faults()) == []


def test_a_cancelled_record_does_not_hold_and_can_be_put_back(home: Home) -> None:
    referral = home.resident("P1", "PNH")
    (row,) = recorded(home, DayEntry(referral_id=referral.pk, day=DAY))
    gone = cancel(of=row, why="ei olnud kohal", by=home.director, on=NOVEMBER)
    assert not days_of(home.provider.pk, [referral.pk], 202610).exists()
    with pytest.raises(UnableToCorrectError, match="juba tühistatud"):
        cancel(of=gone, why="veel", by=home.director, on=NOVEMBER)
    back = correct(
        of=gone,
        entry=DayEntry(referral_id=referral.pk, day=DAY),
        why="oli siiski",
        by=home.director,
        on=NOVEMBER,
    )
    assert list(days_of(home.provider.pk, [referral.pk], 202610)) == [back]
    assert DayRecord.objects.count() == 3


def test_a_correction_needs_a_reason_and_the_same_kind(home: Home) -> None:
    referral = home.resident("P1", "IET")
    (row,) = recorded(home, hour(home, referral))
    with pytest.raises(UnableToCorrectError, match="põhjus"):
        correct(of=row, entry=hour(home, referral), why="", by=home.director, on=NOVEMBER)
    with pytest.raises(UnableToCorrectError, match="põhjus"):
        cancel(of=row, why=" ", by=home.director, on=NOVEMBER)
    with pytest.raises(UnableToCorrectError, match="sama liiki"):
        correct(
            of=row,
            entry=DayEntry(referral_id=referral.pk, day=DAY),
            why="x",
            by=home.director,
            on=NOVEMBER,
        )
    with pytest.raises(NotAllowedError):
        cancel(of=row, why="x", by=make_home("Teine OÜ").director, on=NOVEMBER)


@pytest.mark.parametrize("count", [1, 20])
def test_reading_records_takes_one_question(
    home: Home, count: int, django_assert_num_queries: Any
) -> None:
    referral = home.resident("P1", "IET")
    recorded(home, *(hour(home, referral, start=n * 60) for n in range(count)))
    with django_assert_num_queries(1):
        assert len(hours_of(home.provider.pk, [referral.pk], 202610)) == count
    with django_assert_num_queries(1):
        list(days_of(home.provider.pk, [referral.pk], 202610))
    with django_assert_num_queries(1):
        list(components_of(home.provider.pk, [home.persons[0].pk], 202610))
    assert not ComponentRecord.objects.exists()
