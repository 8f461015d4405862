"""However many persons there are, a month is read, kept and billed with the same questions."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.billing.home import NOVEMBER, Home, make_home
from tests.billing.test_month_close import issue_again, prepared
from tugiplaan.billing.actions.closing import close
from tugiplaan.billing.facts import read_month
from tugiplaan.billing.queries import (
    billed_lines,
    closed_statement,
    difference,
    invoices_of,
    unbilled,
)
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.entries import DayEntry, HourEntry
from tugiplaan.rules.period import Month

pytestmark = pytest.mark.django_db


def filled(count: int) -> Home:
    """A home with so many persons of each of three services."""
    home = make_home(f"Kodu {count} OÜ")
    entries: list[Any] = []
    for number in range(count):
        home.resident(f"K{number}")
        hourly = home.resident(f"I{number}", "IET", arrived=date(2026, 3, 1))
        daily = home.resident(f"D{number}", "PNH", arrived=date(2026, 3, 1))
        for month in (4, 5):
            entries.append(
                HourEntry(
                    referral_id=hourly.pk,
                    day=date(2026, month, 5),
                    minutes=240,
                    worker_id=home.worker.pk,
                )
            )
            entries.append(DayEntry(referral_id=daily.pk, day=date(2026, month, 5)))
    record(provider_id=home.provider.pk, entries=entries, by=home.director, on=NOVEMBER)
    return home


def questions(do: Any) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        do()
    return len(found)


def counts(size: int) -> list[int]:
    home = filled(size)
    key = home.provider.pk
    works: list[Any] = [
        lambda: read_month(key, Month(2026, 5), date(2026, 5, 31)),
        lambda: prepared(home),
        lambda: close(statement=prepared(home), by=home.accountant, on=NOVEMBER),
        lambda: issue_again(home),
        lambda: unbilled(key, 202605),
        lambda: list(billed_lines(key, 202605)),
        lambda: difference(key, 202605),
        lambda: list(invoices_of(key, 202605)),
        lambda: closed_statement(key, 202605),
    ]
    return [questions(work) for work in works]


def test_the_number_of_questions_does_not_grow_with_the_persons() -> None:
    few, many = counts(1), counts(12)
    assert few == many
    assert few[0] <= 30
