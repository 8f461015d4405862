"""`tugiplaan demo`: a database of invented houses and people, to try the program with."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console

from tugiplaan.cli.database import set_up, today
from tugiplaan.cli.reading import BAD_INPUT

if TYPE_CHECKING:
    from tugiplaan.sample.demo.stage import Stage

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_IN_USE = (
    "Andmebaasi {path} kasutab praegu keegi teine (näiteks töötav veebiserver). Pane see kinni ja "
    "käivita käsk uuesti. Midagi ei muudetud."
)
_HAS_DATA = (
    "Andmebaasis on juba teenuseosutajaid, kes ei ole näidisest; nende kõrvale näidist ei laota. "
    "Vali teine koht: TUGIPLAAN_DATA=kaust tugiplaan demo. Midagi ei muudetud."
)
_HAS_DEMO = (
    "Näidis on siin juba olemas. Uue selle asemele teeb: tugiplaan demo --fresh. "
    "Midagi ei muudetud."
)
_NOT_SQLITE = (
    "Valik --fresh käib ainult SQLite'i kohta. Tee uus tühi PostgreSQLi andmebaas ja nimeta see "
    "muutujas DATABASE_URL. Midagi ei muudetud."
)


@click.command()
@click.option("--fresh", is_flag=True, help="Put a new demo in the place of an old one (SQLite).")
@click.option("--today", "day", type=_DAY, help="The day on which one looks; default: today.")
@click.option("--seed", type=int, default=7, show_default=True, help="Same seed, same sums.")
def demo(*, fresh: bool, day: datetime | None, seed: int) -> None:
    """Fill an empty database with invented providers, people, plans and invoiced months."""
    set_up()
    stage = stage_on(day.date() if day else today(), seed)
    _refuse_what_is_there(fresh=fresh)
    file = _database_file()
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    if fresh and file is not None and file.exists():
        with _in_place_of(file):
            lay_with_progress(stage)
            _show(stage)
    else:
        lay_with_progress(stage)
        _show(stage)


def stage_on(day: date, seed: int = 7) -> "Stage":
    """Give the stage of a demo as it looks on a day."""
    from tugiplaan.sample.demo.stage import Stage, TooEarlyError

    try:
        return Stage(day, seed)
    except TooEarlyError as error:
        _refuse(str(error))


def _refuse(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(BAD_INPUT)


def _refuse_what_is_there(*, fresh: bool) -> None:
    """End the command where the database holds more than an old demo that may go."""
    from django.db import OperationalError, connection

    from tugiplaan.providers.queries import provider_ids
    from tugiplaan.sample.demo.laying import is_demo

    file = _database_file()
    if fresh and file is None:
        _refuse(_NOT_SQLITE)
    if file is not None and not file.exists():
        return
    try:
        tables = set(connection.introspection.table_names())
    except OperationalError as error:
        _refuse(f"Andmebaasi ei saa avada: {error}. Midagi ei muudetud.")
    if not {"audit_event", "providers_provider"} <= tables:
        if fresh and tables:
            _refuse(_HAS_DATA)
        return
    if is_demo():
        if not fresh:
            _refuse(_HAS_DEMO)
    elif provider_ids() or fresh:
        # An empty database that is no demo may have users: it is filled, never put aside.
        _refuse(
            _HAS_DATA if provider_ids() else "Andmebaas on tühi: käivita ilma valikuta --fresh."
        )


def _database_file() -> Path | None:
    """Give the file of the database; None: it is no SQLite file."""
    from django.db import connection

    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


@contextmanager
def _in_place_of(file: Path) -> Iterator[None]:
    """Let a new database be laid in a file beside the old one, and take its place when whole."""
    from django.db import connection

    new = file.with_name(f"{file.name}.new")
    _take_away(new)
    connection.close()
    _let_go(file)
    connection.settings_dict["NAME"] = str(new)
    try:
        yield
        connection.close()
        _let_go(file)
        _let_go(new)
        new.replace(file)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(file)
        _take_away(new)


def _take_away(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)


def _let_go(file: Path) -> None:
    """Gather a database in its one file; end the command where somebody else has it open.

    Only who is alone with a database can take it out of WAL. So no reader is left with a file
    that is gone, and no journal of the old file lies beside the new one.
    """
    with closing(sqlite3.connect(file, timeout=1)) as opened:
        try:
            (mode,) = opened.execute("PRAGMA journal_mode=DELETE").fetchone()
        except sqlite3.OperationalError:
            mode = ""
    if mode != "delete":
        _refuse(_IN_USE.format(path=file))


def refuse_real_data() -> NoReturn:
    """End the command: there are providers that are not the demo's."""
    _refuse(_HAS_DATA)


def lay_with_progress(stage: "Stage") -> None:
    """Lay a demo and show how far it is."""
    from django.core.management import call_command

    from tugiplaan.sample.demo.laying import lay

    console = Console(stderr=True)
    with console.status("Teen tabelid") as status:
        call_command("migrate", verbosity=0, interactive=False)
        lay(stage, lambda text: status.update(f"Laon näidist · {text}"))


def _show(stage: "Stage") -> None:
    from tugiplaan.cli.demo_tables import show

    show(stage)
