"""The language of whom a sentence is for."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import deactivate_all, override

from tugiplaan.audit.language import language, show_day, show_euros


@pytest.mark.parametrize(
    ("active", "spoken"),
    [("et", "et"), ("en", "en"), ("ru", "ru"), ("en-gb", "en"), ("fi", "et")],
)
def test_the_active_language_is_spoken_or_estonian(active: str, spoken: str) -> None:
    with override(active):
        assert language() == spoken


def test_where_no_language_is_active_it_is_estonian() -> None:
    with override("en"):
        deactivate_all()
        assert language() == "et"


def test_days_and_sums_are_written_in_it() -> None:
    day, amount = date(2026, 5, 14), Decimal("1284.4")
    with override("en"):
        assert (show_day(day), show_euros(amount)) == ("14 May 2026", "€1,284.40")
    with override("ru"):
        assert (show_day(day), show_euros(amount)) == ("14.05.2026", "1\xa0284,40\xa0€")
