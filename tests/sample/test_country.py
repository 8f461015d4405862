"""A small country in the database: all there, all whole, the same for the same seed."""

from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, F

from tests.cast import make_provider
from tugiplaan.audit.models import Event, History
from tugiplaan.audit.queries import faults
from tugiplaan.rules.period import Month
from tugiplaan.sample.country import (
    CountryPlan,
    DatabaseNotEmptyError,
    Laid,
    TableChangedError,
    lay,
    records,
)

pytestmark = pytest.mark.django_db

_MONTHS = tuple(Month(2026, 1).plus(number) for number in range(10))
_PLAN = CountryPlan(60, 3_000, _MONTHS, 7)
_TABLES = (
    *("providers.Provider", "providers.Place", "providers.Staff", "people.Person"),
    *("referrals.Referral", "referrals.StayDay", "referrals.Absence", "referrals.Move"),
    *records.LABELS,
)


def _model(label: str) -> Any:
    return apps.get_model(label)


def _rows(label: str) -> list[dict[str, Any]]:
    columns = [f.attname for f in _model(label)._meta.concrete_fields if f.attname != "event_id"]
    return list(_model(label)._base_manager.order_by("pk").values(*columns))


def _indexes(label: str) -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, _model(label)._meta.db_table)
    return {name for name, one in found.items() if one["index"] or one["unique"]}


@pytest.fixture
def laid() -> Laid:
    """The small country."""
    return lay(_PLAN)


def test_there_are_as_many_as_were_asked_for(laid: Laid) -> None:
    found = [_model(label)._base_manager.count() for label in records.LABELS]
    assert found == [laid.hours, laid.components, laid.days]
    assert min(found) > 0
    assert sum(found) == laid.records == 3_000
    assert _model("people.Person")._base_manager.count() == laid.persons == 60
    assert _model("providers.Provider")._base_manager.count() == laid.providers == 12
    assert laid.services == {
        **{"IET": 15, "TE": 12, "TTT": 6, "KE": 12, "OEH": 9},
        **{"PNH": 3, "component": 3},
    }


@pytest.mark.usefixtures("laid")
def test_every_month_has_its_share() -> None:
    counts: dict[int, int] = {}
    for label in records.LABELS:
        rows = _model(label)._base_manager.values_list("period").annotate(count=Count("pk"))
        for period, count in rows:
            counts[period] = counts.get(period, 0) + count
    assert counts == {month.year * 100 + month.month: 300 for month in _MONTHS}


@pytest.mark.usefixtures("laid")
def test_records_agree_with_their_person_and_worker() -> None:
    hours = _model("delivery.HourRecord")._base_manager
    assert not hours.exclude(referral__provider=F("provider")).exists()
    assert not hours.exclude(worker__provider=F("provider")).exists()
    assert not hours.exclude(referral__service__in=records.HOURLY).exists()
    assert not hours.filter(day__week_day__in=[1, 7]).exists()
    assert not hours.exclude(minutes__in=[15, 30, 45, 60]).exists()
    days = _model("delivery.DayRecord")._base_manager
    assert not days.exclude(referral__service="PNH").exists()


@pytest.mark.usefixtures("laid")
def test_no_worker_and_no_person_is_in_two_places_at_once() -> None:
    free: dict[tuple[UUID, str], int] = {}
    columns = ("worker_id", "day", "start", "minutes")
    hours = _model("delivery.HourRecord")._base_manager.values_list(*columns)
    components = _model("delivery.ComponentRecord")._base_manager.values_list(*columns)
    for worker, day, start, minutes in sorted([*hours, *components]):
        assert free.get((worker, str(day)), 0) <= start
        free[worker, str(day)] = start + minutes


@pytest.mark.usefixtures("laid")
def test_records_lie_within_the_stay() -> None:
    stays = _model("referrals.StayDay")._base_manager
    begun = dict(stays.filter(kind="arrived").values_list("referral_id", "day"))
    ended = dict(stays.filter(kind="ended").values_list("referral_id", "day"))
    for label in ("delivery.HourRecord", "delivery.DayRecord"):
        for referral, day in _model(label)._base_manager.values_list("referral_id", "day"):
            assert begun[referral] <= day <= ended.get(referral, day)


def test_the_audit_vouches_for_everything(laid: Laid) -> None:
    assert list(faults()) == []
    event = Event.objects.get(name="sample.lay_country")
    assert event.details["added"]["delivery_hourrecord"][0] == laid.hours
    persons = History.objects.filter(content_type__model="person", session_id=event.pk)
    assert persons.count() == laid.persons


@pytest.mark.usefixtures("laid")
def test_foreign_keys_are_whole() -> None:
    connection.check_constraints()
    for label in records.LABELS:
        for field in _model(label)._meta.concrete_fields:
            if field.is_relation:
                pointing = _model(label)._base_manager.filter(**{f"{field.name}__isnull": False})
                known = field.related_model._base_manager.values("pk")
                assert not pointing.exclude(**{f"{field.attname}__in": known}).exists()


def test_indexes_are_there_again() -> None:
    before = {label: _indexes(label) for label in records.LABELS}
    lay(_PLAN)
    assert {label: _indexes(label) for label in records.LABELS} == before
    assert "delivery_hours_month" in before["delivery.HourRecord"]


def test_the_same_seed_gives_the_same_rows_and_ids() -> None:
    first = _laid_and_taken_back(_PLAN)
    assert _laid_and_taken_back(_PLAN) == first
    other = _laid_and_taken_back(CountryPlan(60, 3_000, _MONTHS, 8))
    assert not {row["id"] for row in first["people.Person"]} & {
        row["id"] for row in other["people.Person"]
    }


def _laid_and_taken_back(plan: CountryPlan) -> dict[str, list[dict[str, Any]]]:
    with transaction.atomic():
        lay(plan)
        found = {label: _rows(label) for label in _TABLES}
        transaction.set_rollback(True)
    return found


def test_nothing_is_laid_beside_what_is_there() -> None:
    provider = make_provider()
    with pytest.raises(DatabaseNotEmptyError, match="empty one"):
        lay(_PLAN)
    assert list(_model("providers.Provider")._base_manager.all()) == [provider]


def test_a_changed_table_fails_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_DAY_COLUMNS", records._DAY_COLUMNS[:-1])
    with pytest.raises(TableChangedError, match=r"DayRecord.*kind"):
        lay(_PLAN)
    assert not _model("providers.Provider")._base_manager.exists()


@pytest.mark.parametrize(
    ("persons", "count", "months", "part"),
    [
        (9, 3_000, _MONTHS, "at least 10"),
        (60, 3_000, (), "2026-01"),
        (60, 3_000, (Month(2025, 12),), "2026-01"),
        (60, 599, _MONTHS, "from 600"),
        (60, 120_001, _MONTHS, "to 120000"),
    ],
)
def test_what_cannot_be_laid_is_refused(
    persons: int, count: int, months: tuple[Month, ...], part: str
) -> None:
    with pytest.raises(ValueError, match=part):
        CountryPlan(persons, count, months, 7)


@pytest.mark.parametrize("persons", [10, 11, 59, 60, 299, 1_000, 10_000, 33_333])
def test_sizes_add_up_to_all_persons(persons: int) -> None:
    sizes = CountryPlan(persons, persons, _MONTHS[:1], 7).sizes()
    assert sum(sizes) == persons
    assert min(sizes) >= 1
    assert sizes == sorted(sizes, reverse=True)
