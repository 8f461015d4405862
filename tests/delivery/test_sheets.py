"""Hours sheets of many persons at once: the same as one by one, with as many questions."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.billing.home import Home, make_home
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.entries import DayEntry, HourEntry
from tugiplaan.delivery.queries.choices import sheet_of
from tugiplaan.delivery.queries.sheets import persons_with_records, sheets_of
from tugiplaan.people.actions import merge
from tugiplaan.rules.vocabulary import Audience, DayKind

pytestmark = pytest.mark.django_db

MAY = 202605
TODAY = date(2026, 6, 15)


def served(count: int) -> Home:
    """A home where so many persons had hours and as many had days in May."""
    home = make_home(f"Kodu {count} OÜ")
    entries: list[Any] = []
    for number in range(count):
        hourly = home.resident(f"I{number}", "IET", arrived=date(2026, 5, 1))
        daily = home.resident(f"D{number}", "PNH", arrived=date(2026, 5, 1))
        for day, start in ((14, 540), (12, 600)):
            entries.append(
                HourEntry(
                    referral_id=hourly.pk, day=date(2026, 5, day), start=start, minutes=90,
                    audience=Audience.PERSON, activity="kodune toetus", worker_id=home.worker.pk,
                )
            )  # fmt: skip
        entries.append(DayEntry(referral_id=daily.pk, day=date(2026, 5, 13), kind=DayKind.OOP))
    record(provider_id=home.provider.pk, entries=entries, by=home.director, on=TODAY)
    return home


def test_each_sheet_is_as_one_by_one() -> None:
    home = served(2)
    here = home.provider.pk
    persons = list(persons_with_records(here, MAY))
    assert [one.code for one in persons] == ["D0", "D1", "I0", "I1"]
    alone = [
        sheet_of(provider_id=here, person_id=one.pk, period=MAY, by=home.director, on=TODAY)
        for one in persons
    ]
    assert sheets_of(here, persons, MAY) == alone
    assert [line.day.day for line in alone[2].lines] == [12, 14]
    assert alone[2].total == 180
    assert alone[0].days == ((date(2026, 5, 13), "oop"),)


def test_only_those_with_records_of_the_month_have_a_sheet() -> None:
    home = served(1)
    home.resident("X1")
    assert persons_with_records(home.provider.pk, MAY).count() == 2
    assert not persons_with_records(home.provider.pk, 202604).exists()
    assert not persons_with_records(make_home("Võõras OÜ").provider.pk, MAY).exists()


def test_a_merged_entry_has_no_sheet_of_its_own() -> None:
    home = served(1)
    home.resident("X1")
    gone, kept = home.persons[0], home.persons[-1]
    merge(merged=gone, kept=kept, why="sama inimene", by=home.director, on=TODAY)
    persons = list(persons_with_records(home.provider.pk, MAY))
    assert [one.code for one in persons] == ["D0", "X1"]
    assert sheets_of(home.provider.pk, persons, MAY)[1].total == 180


def test_sheets_ask_the_same_questions_however_many_there_are() -> None:
    asked = []
    for count in (1, 10):
        home = served(count)
        with CaptureQueriesContext(connection) as context:
            sheets_of(home.provider.pk, persons_with_records(home.provider.pk, MAY), MAY)
        asked.append(len(context))
    assert asked[0] == asked[1] == 5
