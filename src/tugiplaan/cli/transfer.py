"""`tugiplaan import` and `tugiplaan export`: month folders into the database and out of it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from tugiplaan.cli.database import connect, today
from tugiplaan.cli.reading import BAD_INPUT, refuse
from tugiplaan.cli.words import MonthType
from tugiplaan.month_folder import BadInputError
from tugiplaan.rules.period import Month

if TYPE_CHECKING:
    from tugiplaan.interoperability.month_import import Imported

_FOLDER = click.Path(path_type=Path)


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--month", type=MonthType(), required=True, help="The month it is about.")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--language", type=click.Choice(["et", "en"]), default="et", show_default=True)
def import_(folder: Path, month: Month, *, dry_run: bool, language: str) -> None:
    """Bring a month folder into the database: all of it or nothing, and nothing twice."""
    connect()
    from tugiplaan.accounts.actions import operator
    from tugiplaan.interoperability.month_import import UnableToImportError, import_folder
    from tugiplaan.providers.books import MonthClosedError

    try:
        found = import_folder(folder=folder, month=month, by=operator(), on=today(), is_dry=dry_run)
    except BadInputError as error:
        refuse(error.problems, language)
    except (UnableToImportError, MonthClosedError) as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    _show(found, is_dry=dry_run)


def _show(found: "Imported", *, is_dry: bool) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("", "uusi", "muutunud", "samad"):
        table.add_column(name, justify="left" if not name else "right")
    for change in found.changes:
        table.add_row(change.table, *map(str, (change.added, change.changed, change.same)))
    console = Console()
    console.print(table)
    for change in found.changes:
        for told in change.told:
            console.print(f"  {change.table}: {told}", markup=False, highlight=False)
    if is_dry:
        console.print("Proov: midagi ei muudetud.")
    elif not found.is_kept:
        console.print("Kõik oli juba olemas: midagi ei muudetud.")


@click.command("export")
@click.argument("folder", type=_FOLDER)
@click.option("--month", type=MonthType(), required=True, help="Whose contract is written.")
@click.option("--provider", default="", help="Registry code or name, where there are several.")
def export(folder: Path, month: Month, provider: str) -> None:
    """Write what a provider has into FOLDER, a month folder, new or empty."""
    connect()
    from tugiplaan.accounts.actions import operator
    from tugiplaan.cli.providers import find_one
    from tugiplaan.interoperability.month_export import UnableToExportError, export_folder

    try:
        written = export_folder(
            provider_id=find_one(provider), month=month, folder=folder, by=operator(), on=today()
        )
    except UnableToExportError as error:
        click.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    click.echo(f"{folder}: {sum(written.values())} rida, {len(written)} faili")
