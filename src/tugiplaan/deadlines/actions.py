"""Giving a user the address of their calendar, and taking it back."""

import secrets
from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.deadlines.models import CalendarKey
from tugiplaan.deadlines.queries.calendar import digest_of

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
