"""`tugiplaan sample`: people who do not exist, as a month folder or as a whole country."""

import sys
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from tugiplaan.cli.database import connect
from tugiplaan.cli.reading import BAD_INPUT
from tugiplaan.cli.words import MonthsType, MonthType
from tugiplaan.rules.period import Month
from tugiplaan.sample import FolderNotEmptyError, generate

_PERSONS = 42
_PERSONS_OF_COUNTRY = 10_000


@click.command()
@click.argument("out", type=click.Path(path_type=Path), required=False)
@click.option(
    "--persons",
    type=click.IntRange(1),
    show_default=f"{_PERSONS}; {_PERSONS_OF_COUNTRY} with --country",
)
@click.option(
    "--seed", type=int, default=7, show_default=True, help="The same seed, the same sample."
)
@click.option("--month", type=MonthType(), default="2026-05", show_default=True)
@click.option(
    "--records-per-person",
    type=click.IntRange(1, 60),
    help="About so many records for each person.",
)
@click.option("--country", is_flag=True, help="Fill the empty database instead of a folder.")
@click.option(
    "--records", type=int, default=10_000_000, show_default=True, help="With --country only."
)
@click.option(
    "--months",
    type=MonthsType(),
    default="2026-01..2026-10",
    show_default=True,
    help="With --country only.",
)
def sample(
    out: Path | None,
    persons: int | None,
    seed: int,
    month: Month,
    records_per_person: int | None,
    country: bool,
    records: int,
    months: tuple[Month, ...],
) -> None:
    """Make a month folder in OUT, which must be new or empty; or, for measuring, a country."""
    if country == (out is not None):
        raise click.UsageError("Name a folder OUT, or give --country to fill the database.")
    if out is None:
        _country(persons or _PERSONS_OF_COUNTRY, records, months, seed)
        return
    try:
        made = generate(
            persons=persons or _PERSONS,
            seed=seed,
            month=(month.year, month.month),
            out=out,
            records_per_person=records_per_person,
        )
    except (FolderNotEmptyError, ValueError) as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    rows = sum(made.rows.values())
    click.echo(f"{out}: {made.persons} persons, {rows} rows")


def _country(persons: int, records: int, months: tuple[Month, ...], seed: int) -> None:
    """Fill the database and tell how long it took."""
    connect()
    # Only now: the tables can be spoken of once the application is set up.
    from tugiplaan.sample.country import CountryPlan, DatabaseNotEmptyError, lay

    began = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Laying records", total=records)
        try:
            plan = CountryPlan(persons, records, months, seed)
            laid = lay(plan, lambda count: progress.update(task, completed=count))
        except (DatabaseNotEmptyError, ValueError) as error:
            progress.stop()
            click.echo(str(error), err=True)
            sys.exit(BAD_INPUT)
    seconds = time.monotonic() - began
    mix = ", ".join(f"{name} {count}" for name, count in sorted(laid.services.items()))
    click.echo(f"{laid.providers} providers, {laid.persons} persons ({mix})")
    click.echo(
        f"{laid.records} records: {laid.hours} hours, {laid.components} components, "
        f"{laid.days} days; {seconds:.0f} s, {laid.records / seconds:.0f} a second"
    )
