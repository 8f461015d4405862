"""Steps that led to a result: numbers, dated values and sections, told in a person's words."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

import yaml

from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.vocabulary import FindingCode, label, labels

type Shown = Decimal | Fraction | int | str | date
"""A number, code or date that a sentence shows."""

LANGUAGES = ("et", "en", "ru")


class Step(NamedTuple):
    """One step of an explanation.

    Attributes:
        code: Which sentence tells it, a key of `data/messages.yaml` under `steps`.
        numbers: The numbers of the step by name, in order.
        values: The dated values of the law that it used.
        section: Act and section.
        reading: The open point whose reading it takes, for example `A-01`; empty: none.
    """

    code: str
    numbers: tuple[tuple[str, Shown], ...] = ()
    values: tuple[DatedValue, ...] = ()
    section: str = ""
    reading: str = ""


_LISTS = ("Mode", "Audience", "TargetGroup", "Condition")
"""The lists whose labels are words of sentences too."""


@cache
def messages() -> dict[str, Any]:
    """Read the sentences of steps and findings, and the words in them, in every language."""
    merged: dict[str, Any] = {}
    for name in ("messages", "messages_duties"):
        text = (
            resources.files("tugiplaan.rules").joinpath("data", f"{name}.yaml").read_text("utf-8")
        )
        loaded = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both safe
        for section, entries in loaded.items():
            merged.setdefault(section, {}).update(entries)
    for listed in _LISTS:
        merged["words"].update(labels()[listed])
    return merged


def show_money(amount: Decimal | Fraction | int, language: str) -> str:
    """Write euros as people read them.

    Args:
        amount: Euros; shown to the cent, half up.
        language: One of `LANGUAGES`.

    >>> show_money(Decimal("1284.4"), "et"), show_money(Decimal("1284.4"), "en")
    ('1\\xa0284,40\\xa0€', '€1,284.40')
    """
    cents = Decimal(str(_decimal(amount, 2)))
    if language == "en":
        return f"€{cents:,.2f}" if cents >= 0 else f"-€{-cents:,.2f}"
    return f"{cents:,.2f}".replace(",", "\xa0").replace(".", ",") + "\xa0€"


@lru_cache(maxsize=8192)
def show_date(day: date, language: str) -> str:
    """Write a date as people read it.

    >>> show_date(date(2026, 5, 14), "et"), show_date(date(2026, 5, 14), "en")
    ('14.05.2026', '14 May 2026')
    """
    return f"{day.day} {day:%b %Y}" if language == "en" else f"{day:%d.%m.%Y}"


def show_number(number: Decimal | Fraction | int, language: str) -> str:
    """Write a number with as many decimals as it needs, six at most.

    >>> show_number(Fraction(7, 2), "et"), show_number(Decimal("17.50"), "en")
    ('3,5', '17.5')
    """
    text = f"{_decimal(number, 6):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if language == "en" else text.replace(".", ",")


def _decimal(number: Decimal | Fraction | int, places: int) -> Decimal:
    if isinstance(number, Fraction):
        number = Decimal(number.numerator) / Decimal(number.denominator)
    return Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


_MONEY = frozenset(
    {"rate", "amount", "ceiling", "own_price", "price", "limit_amount", "left", "sum"}
)


_WORDS = frozenset({"why", "mode", "audience", "group", "amount"})


def shown(name: str, number: Shown, language: str) -> str:
    """Write one number of a step; its name says whether it is money."""
    if isinstance(number, str):
        words = messages()["words"].get(number) if name in _WORDS else None
        return str(words[language]) if words else number
    if isinstance(number, date):
        return show_date(number, language)
    if name in _MONEY:
        return show_money(number, language)
    return show_number(number, language)


def tell(kind: str, code: str, numbers: Iterable[tuple[str, Shown]], language: str) -> str:
    """Put numbers into the sentence of a step or a finding.

    Args:
        kind: `steps` or `findings`.
        code: The key of the sentence.
        numbers: The numbers by name.
        language: One of `LANGUAGES`.

    Raises:
        KeyError: There is no such sentence, or it wants a number that is not given.
    """
    sentence: str = messages()[kind][code][language]
    return sentence.format(**{name: shown(name, number, language) for name, number in numbers})


def finding_name(code: str, language: str) -> str:
    """Name a finding in a few words.

    >>> finding_name("OVER_CAP", "en")
    'over the monthly cap'
    """
    return label(FindingCode(code), language)


def tell_step(step: Step, language: str) -> str:
    """Tell one step as a sentence."""
    return tell("steps", step.code, step.numbers, language)


def tell_source(value: DatedValue, language: str) -> str:
    """Tell where a dated value comes from and since when it holds.

    >>> from tugiplaan.rules.tables import builtin
    >>> tell_source(builtin().term("absence_share", date(2026, 5, 1)), "en")
    'SHS § 79(4), since 1 Jan 2025'
    """
    since = show_date(value.valid_from, language) if value.valid_from else "?"
    told = messages()["source"]
    words = str(told["since"][language]).format(source=value.source, since=since)
    if value.pack:
        words += " " + str(told["pack"][language]).format(pack=value.pack)
    if value.certainty is Certainty.READING:
        words += " " + str(told["reading"][language])
    return words
