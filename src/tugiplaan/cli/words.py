"""What the command itself says on the terminal, in Estonian and English."""

from typing import Any

import click

from tugiplaan.rules.period import Month

_TEXTS = {
    "settled": ("{name} · {month} · {persons} inimest", "{name} · {month} · {persons} persons"),
    "payable": ("Tasutakse {amount}", "Payable {amount}"),
    "not_payable": ("Ei tasuta {amount}", "Not payable {amount}"),
    "service": ("Teenus", "Service"),
    "rate_code": ("Määr", "Rate"),
    "persons": ("Inimesi", "Persons"),
    "quantity": ("Kogus", "Quantity"),
    "unit": ("Ühik", "Unit"),
    "amount": ("Summa", "Amount"),
    "total": ("Kokku", "Total"),
    "finding": ("Leid", "Finding"),
    "count": ("Kordi", "Count"),
    "held": ("Ei tasuta", "Not payable"),
    "meaning": ("Mida see tähendab", "What it means"),
    "blocks": ("takistab", "blocks"),
    "warning": ("vaata", "look"),
    "info": ("info", "info"),
    "written": ("Kirjutatud kausta {out}", "Written to {out}"),
    "bad_input": (
        "{count} viga sisendis. Midagi ei kirjutatud. Paranda read ja käivita uuesti.",
        "{count} problems in the input. Nothing was written. Mend the rows and run again.",
    ),
    "left_out": (
        "Vigaste ridade tõttu jäid arvestusest välja: {persons}.",
        "Left out because of bad rows: {persons}.",
    ),
    "settling": ("Arvestan", "Settling"),
    "no_referral": (
        "Suunamist {referral} selles kaustas ei ole.",
        "There is no referral {referral} in this folder.",
    ),
    "nothing": ("Sel kuul ei ole midagi tasuda.", "Nothing is payable this month."),
    "good": (
        "Kaust on korras: {persons} inimest, {folder}.",
        "The folder is good: {persons} persons, {folder}.",
    ),
    "more": ("… ja veel {count}", "… and {count} more"),
    "difference": ("Vahe", "Difference"),
    "person": ("Inimene", "Person"),
    "line": ("Rida {line}", "Line {line}"),
    "fix_first": ("Esmalt lahenda need", "Mend these first"),
    "day": ("p", "d"),
    "oop": ("ööp", "nights"),
    "h": ("h", "h"),
    "unknown_amount": ("teadmata", "not known"),
    "next": (
        "Edasi: tugiplaan settle {folder} --month {month} --explain {referral}",
        "Next: tugiplaan settle {folder} --month {month} --explain {referral}",
    ),
}


def say(key: str, language: str, **numbers: object) -> str:
    """Give a text in a language, with its numbers filled in."""
    return _TEXTS[key][0 if language == "et" else 1].format(**numbers)


class MonthType(click.ParamType[Month]):
    """A month written as YYYY-MM."""

    name = "YYYY-MM"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Month:
        if isinstance(value, Month):
            return value
        try:
            return Month.parse(value)
        except ValueError:
            self.fail(f"{value!r}: a month is written YYYY-MM, for example 2026-05", param, ctx)


class MonthsType(click.ParamType[tuple[Month, ...]]):
    """A month, or months from one to another: 2021-04..2021-09."""

    name = "YYYY-MM[..YYYY-MM]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Month, ...]:
        if isinstance(value, tuple):
            return value
        first_text, _, last_text = str(value).partition("..")
        first = MonthType().convert(first_text, param, ctx)
        last = MonthType().convert(last_text, param, ctx) if last_text else first
        if last < first:
            self.fail(f"{value!r}: the first month comes after the last", param, ctx)
        months = [first]
        while months[-1] < last:
            months.append(months[-1].plus(1))
        return tuple(months)


language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["et", "en"]),
    default="et",
    show_default=True,
    envvar="TUGIPLAAN_LANG",
    help="Language of what is printed.",
)
