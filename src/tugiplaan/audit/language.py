"""The language of whom a sentence is for, and days and sums as they are written in it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language

from tugiplaan.rules.explanation import LANGUAGES, show_date, show_money


def language() -> str:
    """Give the active language, one of `rules.explanation.LANGUAGES`; Estonian where none is.

    >>> from django.utils.translation import override
    >>> with override("en"):
    ...     language()
    'en'
    """
    active = (get_language() or "").partition("-")[0]
    return active if active in LANGUAGES else LANGUAGES[0]


def show_day(day: date) -> str:
    """Write a day in the active language.

    >>> show_day(date(2026, 5, 14))
    '14.05.2026'
    """
    return show_date(day, language())


def show_euros(amount: Decimal | Fraction | int) -> str:
    """Write euros in the active language, to the cent, half up.

    >>> show_euros(Decimal("1284.4"))
    '1\\xa0284,40\\xa0€'
    """
    return show_money(amount, language())
