"""`tugiplaan sample`: a month folder of people who do not exist."""

import sys
from pathlib import Path

import click

from tugiplaan.cli.reading import BAD_INPUT
from tugiplaan.cli.words import MonthType
from tugiplaan.rules.period import Month
from tugiplaan.sample import FolderNotEmptyError, generate


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--persons", type=click.IntRange(1), default=42, show_default=True)
@click.option(
    "--seed", type=int, default=7, show_default=True, help="The same seed, the same folder."
)
@click.option("--month", type=MonthType(), default="2026-05", show_default=True)
@click.option(
    "--records-per-person",
    type=click.IntRange(1, 60),
    help="About so many records for each person.",
)
def sample(
    out: Path, persons: int, seed: int, month: Month, records_per_person: int | None
) -> None:
    """Make a month folder in OUT, which must be new or empty."""
    try:
        made = generate(
            persons=persons,
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
