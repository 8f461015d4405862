"""`tugiplaan law`: the dated law on the terminal."""

from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from tugiplaan.cli.reading import refuse
from tugiplaan.cli.words import language_option
from tugiplaan.month_folder import BadInputError, read_rates
from tugiplaan.rules.explanation import show_number
from tugiplaan.rules.legal import DatedValue, NotInForceError
from tugiplaan.rules.packs import lay_over
from tugiplaan.rules.tables import DatedTable, Law, builtin, contribution_ceilings

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def law() -> None:
    """List the dated law, follow one value, compare two days, check a pack of your own."""


def _tables() -> list[tuple[str, DatedTable]]:
    known = builtin()
    return [
        ("maximum cost", known.rates),
        ("own contribution", contribution_ceilings()),
        ("term", known.terms),
    ]


def _value_on(table: DatedTable, name: str, day: date) -> DatedValue | None:
    try:
        return table.on(name, day)
    except NotInForceError:
        return None


@law.command("list")
@click.option("--day", type=_DAY, help="The day to look at; default: today.")
@click.option("--all", "is_all", is_flag=True, help="Every row, those that never bill too.")
@language_option
def list_values(day: datetime | None, is_all: bool, language: str) -> None:
    """List the values in force on a day, or every row."""
    on = day.date() if day else date.today()  # noqa: DTZ011, TID251 - a command may read the clock
    console = Console()
    for title, values in _tables():
        table = _table(title, has_source=False)
        for name in values.names():
            rows = values.rows(name) if is_all else [_value_on(values, name, on)]
            for row in rows:
                _add(table, (name, row), language)
        console.print(table)
        console.print()


@law.command("show")
@click.argument("name")
@language_option
def show_value(name: str, language: str) -> None:
    """Follow NAME, a rate code or a term, over time."""
    tables = [(title, values.rows(name)) for title, values in _tables() if values.rows(name)]
    if not tables:
        known = [known for _, values in _tables() for known in values.names()]
        raise click.BadParameter(f"{name}: known are {', '.join(known)}", param_hint="NAME")
    for title, rows in tables:
        table = _table(title)
        for row in rows:
            _add(table, (name, row), language)
        Console().print(table)


@law.command("diff")
@click.argument("first", type=_DAY)
@click.argument("second", type=_DAY)
@language_option
def diff(first: datetime, second: datetime, language: str) -> None:
    """List what is different on two days, FIRST and SECOND."""
    table = _table(f"{first:%Y-%m-%d} → {second:%Y-%m-%d}")
    for _, values in _tables():
        for name in values.names():
            before = _value_on(values, name, first.date())
            after = _value_on(values, name, second.date())
            if (before and before.value) != (after and after.value):
                _add(table, (name, before), language)
                _add(table, (name, after), language)
    Console().print(table)


@law.command("check")
@click.argument("pack", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@language_option
def check(pack: Path, language: str) -> None:
    """Check PACK, a CSV file of your own rates, and show what it changes."""
    try:
        rates = read_rates(pack, pack.name)
    except BadInputError as error:
        refuse(error.problems, language)
    below = builtin()
    above: Law = lay_over(below, rates)
    table = _table(f"{pack.name}: {len(rates.values)} rows")
    for row in rates.values:
        on = row.valid_from or date.min
        _add(table, (row.name, _value_on(below.rates, row.name, on)), language)
        _add(table, (row.name, _value_on(above.rates, row.name, on)), language)
    Console().print(table)


def _table(title: str, *, has_source: bool = True) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="dim")
    table.add_column("name", overflow="fold")
    table.add_column("value", justify="right", no_wrap=True)
    for column in ("unit", "from", "to", "sure"):
        table.add_column(column, no_wrap=True)
    if has_source:
        table.add_column("source", overflow="fold")
    return table


def _add(table: Table, found: tuple[str, DatedValue | None], language: str) -> None:
    name, row = found
    if row is None:
        table.add_row(name, "–", style="dim")
        return
    cells = [
        name,
        show_number(row.value, language),
        row.unit,
        row.valid_from.isoformat() if row.valid_from else "?",
        row.valid_to.isoformat() if row.valid_to else "",
        str(row.certainty),
        row.source + (f" ({row.pack})" if row.pack else ""),
    ]
    table.add_row(*cells[: len(table.columns)], style=None if row.is_billable else "dim")
