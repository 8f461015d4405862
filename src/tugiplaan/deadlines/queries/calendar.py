"""Whose calendar an address opens, and what stands in it: days and counts, no names."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import User
from tugiplaan.deadlines.models import CalendarKey
from tugiplaan.deadlines.queries.work import work_list
from tugiplaan.deadlines.tasks import TaskKind
from tugiplaan.rules.tables import Law


def digest_of(secret: str) -> str:
    """Give the digest by which the secret of a calendar is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def has_calendar(provider_id: UUID, user: User) -> bool:
    """Tell whether a user's calendar has an address. One query."""
    found = CalendarKey.objects.filter(provider_id=provider_id, user=user)
    return found.exclude(digest="").exists()


@dataclass(frozen=True, slots=True)
class DueOnDay:
    """How many things of one kind are due on a day."""

    day: date
    kind: TaskKind
    count: int
    section: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A user's calendar at a provider."""

    user: User
    provider_id: UUID
    due: tuple[DueOnDay, ...]


def calendar_of(secret: str, day: date, law: Law) -> Calendar | None:
    """Give the calendar that a secret opens.

    Args:
        secret: What stands in the address.
        day: Today.
        law: The dated law.

    Returns:
        What the user sees in their work list today, by day and kind; None: nobody has this
        secret, or who had it is switched off. Queries as of the work list, and one more.

    Raises:
        NotInForceError: A term was not in force.
    """
    rows = CalendarKey.objects.select_related("user").filter(digest=digest_of(secret))
    key = rows.first()
    if key is None or not key.user.is_active:
        return None
    tasks = work_list(user=key.user, provider_id=key.provider_id, day=day, law=law).tasks
    counts = Counter((task.due_on, task.kind, task.section) for task in tasks)
    return Calendar(
        key.user,
        key.provider_id,
        tuple(
            DueOnDay(due_on, kind, count, section)
            for (due_on, kind, section), count in sorted(counts.items())
        ),
    )
