"""Whose calendar an address opens, and what stands in it: days and counts, no names."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import User
from tugiplaan.deadlines.models import CalendarKey
from tugiplaan.deadlines.tasks import QUIET_KINDS, Task, TaskKind


def digest_of(secret: str) -> str:
    """Give the digest by which the secret of a calendar is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def has_calendar(provider_id: UUID, user: User) -> bool:
    """Tell whether a user's calendar has an address. One query."""
    found = CalendarKey.objects.filter(provider_id=provider_id, user=user)
    return found.exclude(digest="").exists()


@dataclass(frozen=True, slots=True)
class DueOnDay:
    """How many things of one kind are due on a day.

    Attributes:
        kind: None: of a kind that is not named outside the house.
        section: Empty where the kind is not named, or no section asks for it.
    """

    day: date
    kind: TaskKind | None
    count: int
    section: str


def by_day(tasks: Iterable[Task]) -> tuple[DueOnDay, ...]:
    """Count what is due by day and kind: all that leaves the house, with nobody in it."""
    counts = Counter(
        (one.due_on, None, "") if one.kind in QUIET_KINDS else (one.due_on, one.kind, one.section)
        for one in tasks
    )
    return tuple(
        DueOnDay(due_on, kind, count, section)
        for (due_on, kind, section), count in sorted(
            counts.items(), key=lambda one: (one[0][0], one[0][1] or "", one[0][2])
        )
    )


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose calendar it is, and at which provider."""

    user: User
    provider_id: UUID


def whose_calendar(secret: str) -> Whose | None:
    """Give whose calendar a secret opens.

    Args:
        secret: What stands in the address.

    Returns:
        None: nobody has this secret, or who had it is switched off. One query.
    """
    rows = CalendarKey.objects.select_related("user").filter(digest=digest_of(secret))
    key = rows.first()
    if key is None or not key.user.is_active:
        return None
    return Whose(key.user, key.provider_id)
