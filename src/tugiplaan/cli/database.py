"""Opening the database for a command."""

import os
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import click

from tugiplaan.cli.reading import BAD_INPUT

_HOME = ZoneInfo("Europe/Tallinn")


def today() -> date:
    """Give today's date in Estonia."""
    return datetime.now(_HOME).date()


def set_up() -> None:
    """Make the application ready; the database may not have tables yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tugiplaan.config.settings")
    import django

    django.setup()


def connect() -> None:
    """Make the application ready and see that the database has its tables.

    Ends the command with status 2 where it has not, or where there is no database.
    """
    set_up()
    from django.db import OperationalError, connection

    try:
        tables = connection.introspection.table_names()
    except OperationalError as error:
        where = connection.settings_dict["NAME"]
        click.echo(f"The database {where} cannot be opened: {error}", err=True)
        click.echo("See DATABASE_URL and TUGIPLAAN_DATA. Nothing was changed.", err=True)
        sys.exit(BAD_INPUT)
    if "audit_event" not in tables:
        click.echo("The database has no tables yet. Make them with: tugiplaan migrate", err=True)
        sys.exit(BAD_INPUT)
