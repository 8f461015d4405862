"""`tugiplaan check`: is a month folder good, before anything is settled."""

from pathlib import Path

import click

from tugiplaan.cli.reading import open_folder
from tugiplaan.cli.words import MonthType, language_option, say
from tugiplaan.rules.period import Month


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--month", type=MonthType(), default="2026-01", help="Any month; the check is the same for all."
)
@language_option
def check(folder: Path, month: Month, language: str) -> None:
    """Check FOLDER without settling it: exit 0 if it is good, 2 with every bad row if not."""
    found = open_folder(folder, month, None, language)
    click.echo(say("good", language, persons=len(found.facts), folder=folder))
