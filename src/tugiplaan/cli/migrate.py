"""`tugiplaan migrate`: make the tables, or bring them up to date."""

import click

from tugiplaan.cli.database import set_up


@click.command()
@click.option("-q", "--quiet", is_flag=True, help="Say nothing.")
def migrate(*, quiet: bool) -> None:
    """Make the tables of the database, or bring them up to date."""
    set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0 if quiet else 1, interactive=False)
