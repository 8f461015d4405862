"""`tugiplaan remind`: letters of what is due, to who wants them."""

import sys
from contextlib import suppress
from datetime import datetime

import click

from tugiplaan.cli.database import connect
from tugiplaan.cli.reading import BAD_INPUT


@click.command()
@click.option(
    "--today",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="Look from this day; default: today.",
)
def remind(today: datetime | None) -> None:
    """Send each user who asked for it one letter a day of what is due.

    A letter is recorded after it went: breaking off between the two sends it once more on the
    next run, and never not at all. Who got the letter of the day is passed over.
    """
    connect()
    from django.conf import settings
    from django.core.mail import send_mail

    from tugiplaan.accounts.actions import operator
    from tugiplaan.deadlines.actions import UnableToRemindError, record_reminder
    from tugiplaan.deadlines.queries.reminders import reminders_wanted
    from tugiplaan.rules.tables import builtin
    from tugiplaan.web import desk
    from tugiplaan.web.work.letters import letter_of

    if not settings.CAN_SEND_LETTERS:
        click.echo("Kirju ei saa saata: EMAIL_URL on määramata. Midagi ei saadetud.", err=True)
        sys.exit(BAD_INPUT)
    day = today.date() if today else desk.today()
    sent = quiet = gone = failed = 0
    for one in reminders_wanted(day):
        letter = None if one.has_gone else letter_of(one, day, builtin())
        if letter is None:
            gone, quiet = gone + one.has_gone, quiet + (not one.has_gone)
            continue
        try:
            send_mail(letter.subject, letter.text, None, [one.user.email])
        except (OSError, ValueError) as error:  # the server refuses, or the address is no address
            failed += 1
            click.echo(f"✗ {one.user.email}: {error}", err=True)
            continue
        with suppress(UnableToRemindError):  # another run was quicker
            record_reminder(to=one.user, count=letter.count, by=operator(), on=day)
        sent += 1
    click.echo(f"Saadetud: {sent}. Midagi ei olnud tähtajaks teha: {quiet}.")
    if gone:
        click.echo(f"Täna juba saadetud: {gone}.")
    if failed:
        click.echo(f"Saatmata jäi: {failed}. Järgmine käivitus proovib uuesti.", err=True)
        sys.exit(1)
