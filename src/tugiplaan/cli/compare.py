"""`tugiplaan compare`: the same months under two sets of rates."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from tugiplaan.cli.reading import law_for, open_folder
from tugiplaan.cli.summary import service_name
from tugiplaan.cli.words import MonthsType, language_option, say
from tugiplaan.month_folder import MonthFolder
from tugiplaan.rules.explanation import show_money
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle_month
from tugiplaan.rules.tables import Law

type _Sums = dict[tuple[str, str], Decimal]
"""Euros by kind (`service` or `person`) and name."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--month", "months", type=MonthsType(), required=True, help="2026-05 or 2021-04..2021-09"
)
@click.option(
    "--rates", multiple=True, required=True, help="Give it twice: builtin, builtin@DATE, CSV."
)
@language_option
def compare(folder: Path, months: tuple[Month, ...], rates: tuple[str, ...], language: str) -> None:
    """Compare what FOLDER pays under the first and the second --rates."""
    if len(rates) != 2:
        raise click.UsageError("--rates must be given twice: what to compare with what")
    found = open_folder(folder, months[-1], None, language)
    laws = [law_for(spec, found.rates, language) for spec in rates]
    before, after = (_sums(found, law, months) for law in laws)
    console = Console()
    for kind in ("service", "person"):
        console.print()
        console.print(_table(kind, rates, (before, after), language))
    console.print()


def _sums(found: MonthFolder, law: Law, months: tuple[Month, ...]) -> _Sums:
    sums: _Sums = defaultdict(Decimal)
    for month in months:
        persons = [replace(facts, month=month, as_of=month.last) for facts in found.facts]
        for settled in settle_month(persons, found.house, law, found.contract):
            for line in settled.lines:
                sums["service", line.rate_code] += line.amount
                sums["person", line.person] += line.amount
    return sums


def _table(kind: str, rates: tuple[str, ...], sums: tuple[_Sums, _Sums], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(say("rate_code" if kind == "service" else kind, language), no_wrap=True)
    table.add_column("", overflow="fold")
    for title in (*rates, say("difference", language)):
        table.add_column(title, justify="right", no_wrap=True)
    before, after = sums
    names = sorted({name for one, name in (*before, *after) if one == kind})
    for name in names:
        old, new = before.get((kind, name), Decimal(0)), after.get((kind, name), Decimal(0))
        if kind == "person" and old == new:
            continue
        called = service_name(name, language) if kind == "service" else ""
        _add(table, (name or "–", called), old, new, language)
    table.add_section()
    totals = [sum((v for (one, _), v in side.items() if one == kind), Decimal(0)) for side in sums]
    _add(table, (say("total", language), ""), totals[0], totals[1], language)
    return table


def _add(table: Table, names: tuple[str, str], old: Decimal, new: Decimal, language: str) -> None:
    cells = [show_money(amount, language) for amount in (old, new, new - old)]
    table.add_row(*names, *cells, style=None if old == new else "bold")
