"""Calendars and reminders of the work list: given, taken back, sent."""

import secrets
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.accounts.queries import has_confirmed_address
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.deadlines.models import CalendarKey, Reminder, ReminderChoice
from tugiplaan.deadlines.queries.calendar import digest_of
from tugiplaan.deadlines.queries.reminders import Choice
from tugiplaan.rules.tables import Law

_BYTES = 32


def make_calendar_key(*, provider_id: UUID, by: User, on: date) -> str:
    """Make the secret of a user's own calendar; an earlier one no longer opens it.

    Args:
        provider_id: Whose work the calendar shows.
        by: Whose calendar it is.
        on: Today.

    Returns:
        The secret, told once: only its digest is kept.

    Raises:
        NotAllowedError: The user sees no work list there.
    """
    require(by, "plans.read", provider_id, on)
    secret = secrets.token_urlsafe(_BYTES)
    _store(provider_id, by, digest_of(secret), "deadlines.make_calendar_key")
    return secret


def drop_calendar_key(*, provider_id: UUID, by: User, on: date) -> None:
    """Let the address of a user's own calendar open nothing any more.

    Args:
        provider_id: At which provider.
        by: Whose calendar it is.
        on: Today.

    Raises:
        NotAllowedError: The user sees no work list there.
    """
    require(by, "plans.read", provider_id, on)
    _store(provider_id, by, "", "deadlines.drop_calendar_key")


def _store(provider_id: UUID, by: User, digest: str, name: str) -> None:
    with acting(by=by, name=name, provider_id=provider_id):
        CalendarKey.objects.update_or_create(
            provider_id=provider_id, user=by, defaults={"digest": digest}
        )


class UnableToRemindError(RefusedError):
    """Reminders cannot be as wanted."""


def choose_reminders(*, choice: Choice, by: User, on: date, law: Law) -> None:
    """Choose whether one gets letters of what is due, and how early.

    Args:
        choice: What one wants; at most as many days ahead as the work list looks.
        by: Who chooses, for themselves.
        on: Today.
        law: Where the house's habits are kept.

    Raises:
        UnableToRemindError: The days are too many, or letters are wanted at an address that
            nobody has confirmed.
    """
    most = law.number("work_ahead_days", on)
    if not 0 <= choice.days_ahead <= most:
        raise UnableToRemindError(
            _("Päevi ette saab olla 0 kuni {most}. Midagi ei muudetud.").format(most=most)
        )
    if choice.is_on and not has_confirmed_address(by):
        raise UnableToRemindError(
            _("E-posti aadress on kinnitamata: küsi enne kinnituskiri. Midagi ei muudetud.")
        )
    with acting(by=by, name="deadlines.choose_reminders"):
        ReminderChoice.objects.update_or_create(
            user=by, defaults={"is_on": choice.is_on, "days_ahead": choice.days_ahead}
        )


def record_reminder(*, to: User, count: int, by: User, on: date) -> Reminder:
    """Record that the letter of a day went to a user, after it went.

    Args:
        to: Who got it.
        count: How many things it told of; at least one.
        by: Who sent it.
        on: The day.

    Raises:
        UnableToRemindError: The letter of the day is recorded already.
    """
    row = Reminder(user=to, day=on, count=count)
    try:
        with acting(by=by, name="deadlines.record_reminder") as act:
            act.store([row])
    except IntegrityError as error:
        raise UnableToRemindError(_("Täna on meeldetuletus juba saadetud.")) from error
    return row
