"""`tugiplaan verify`: is the audit whole, and does every row say what was recorded."""

import sys

import click

from tugiplaan.cli.database import connect


@click.command()
def verify() -> None:
    """Go through every chain of events and every row they vouch for; tell each fault."""
    connect()
    from tugiplaan.audit.queries import faults

    count = 0
    for fault in faults():
        count += 1
        click.echo(f"✗ {fault.what} ({fault.event_id or fault.chain})")
    if count:
        click.echo(f"{count} viga. Andmeid on muudetud rakendusest mööda minnes.", err=True)
        sys.exit(1)
    click.echo("Ahelad on terved, kõik read vastavad kirjapandule.")
