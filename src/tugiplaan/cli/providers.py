"""Finding the providers that a command is about."""

import sys
from uuid import UUID

import click

from tugiplaan.cli.reading import BAD_INPUT


def find(text: str) -> list[UUID]:
    """Give the providers whose registry code or name is the text; all, where it is empty.

    Ends the command with status 2 where there is none.
    """
    from tugiplaan.providers.queries import provider_names

    names = provider_names()
    wanted = text.casefold()
    found = [
        provider
        for provider, (name, code) in names.items()
        if not text or wanted in (name.casefold(), code)
    ]
    if not found:
        known = ", ".join(f"{name} ({code})" for name, code in list(names.values())[:10])
        click.echo(
            f"Teenuseosutajat {text!r} ei ole. Olemas on: {known or 'mitte ühtegi'}.", err=True
        )
        sys.exit(BAD_INPUT)
    return found


def find_one(text: str) -> UUID:
    """Give the one provider that the text names; ends the command where there are several."""
    found = find(text)
    if len(found) > 1:
        click.echo(f"Teenuseosutajaid on {len(found)}: nimeta üks valikuga --provider.", err=True)
        sys.exit(BAD_INPUT)
    return found[0]
