"""Recording what is done: one transaction, one event, chained to the one before it."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from history.backends import get_backend

from tugiplaan.audit.models import ChainHead, Event, EventSubject, History
from tugiplaan.audit.rows import Lasting, new_id

NO_PROVIDER = UUID(int=0)
_BATCH = 2000


class Actor(Protocol):
    """Who does something: a user."""

    @property
    def pk(self) -> Any: ...


class Digest:
    """How many rows there are and what they say together, in whatever order they come."""

    def __init__(self) -> None:
        """Begin with none."""
        self.count = 0
        self._sum = 0

    def add(self, row: Lasting) -> None:
        """Take a row in."""
        self.add_text(row_text(row))

    def add_text(self, text: str) -> None:
        """Take a row in by its `row_text`, where somebody who writes millions has made it."""
        self.count += 1
        self._sum += int.from_bytes(hashlib.sha256(text.encode()).digest())

    @property
    def told(self) -> list[Any]:
        """The count, and the sum of the rows' SHA-256 modulo 2²⁵⁶."""
        return [self.count, f"{self._sum % (1 << 256):064x}"]


class Act:
    """One act while it happens.

    Attributes:
        id: The id of its event; lasting rows carry it.
        at: The moment that its event will bear.
        details: What the event is to say; plain values.
    """

    def __init__(self, by: Actor, at: datetime) -> None:
        """Begin.

        Args:
            by: The user who acts.
            at: The moment.
        """
        self.id = new_id()
        self.by = by
        self.at = at
        self.details: dict[str, Any] = {}
        self._persons: dict[UUID, None] = {}
        self._digests: dict[str, Digest] = {}

    def about(self, *persons: UUID) -> None:
        """Name persons whom the act concerns; each then finds it among the events about them."""
        self._persons.update(dict.fromkeys(persons))

    def store[M: Lasting](self, rows: Sequence[M]) -> Sequence[M]:
        """Add lasting rows of one table, and their digest to the event.

        Args:
            rows: New rows of one table.

        Returns:
            The rows, with their event.
        """
        if not rows:
            return rows
        model = type(rows[0])
        for row in rows:
            row.event_id = self.id
        model._default_manager.bulk_create(rows, batch_size=_BATCH)
        digest = self.digest_of(model._meta.db_table)
        for row in rows:
            digest.add(row)
        return rows

    def digest_of(self, table: str) -> Digest:
        """Give the digest of the rows added to a table, for who writes them without `store`."""
        return self._digests.setdefault(table, Digest())

    def finish(self, *, name: str, chain: UUID, why: str) -> Event:
        """Write the event; called by `acting`."""
        details = dict(self.details)
        if self._digests:
            details["added"] = {
                table: digest.told for table, digest in sorted(self._digests.items())
            }
        changed = history_digest(self.id)
        if changed:
            details["changed"] = changed
        details["persons"] = sorted(str(person) for person in self._persons)
        plain = json.loads(json.dumps(details, cls=DjangoJSONEncoder))
        event = Event(
            id=self.id, chain=chain, at=self.at, by_id=self.by.pk, name=name, why=why, details=plain
        )
        _chain(event)
        subjects = [EventSubject(event=event, person_id=person) for person in self._persons]
        EventSubject.objects.bulk_create(subjects, batch_size=_BATCH)
        return event


@contextmanager
def acting(
    *, by: Actor, name: str, provider_id: UUID | None = None, why: str = ""
) -> Iterator[Act]:
    """Do something in one transaction and record it; where it fails, nothing of it remains.

    Args:
        by: The user who acts.
        name: What is done, as app.verb.
        provider_id: The provider in whose chain it is recorded; None: of no provider.
        why: The reason, where one was given.

    Yields:
        The act: takes lasting rows, the persons concerned and details. Rows of tracked tables
        that are written meanwhile are kept by the database under its id.
    """
    # The audit is the one place that reads the clock by itself: its time must not be chosen.
    act = Act(by, timezone.now())
    backend = get_backend()
    outside = backend.current_session
    try:
        with transaction.atomic():
            session = backend.session(session_id=act.id, session_date=act.at.isoformat())
            # The inner block takes an error of the database upon itself, so that the session can
            # still be closed and the error, not one about closing, reaches the caller.
            with session, transaction.atomic():
                yield act
            act.finish(name=name, chain=provider_id or NO_PROVIDER, why=why)
    finally:
        # Also where closing failed: a later act must not fall back into the session of this one.
        backend.current_session = outside


def record_reading(
    *, by: Actor, name: str, provider_id: UUID, persons: Iterable[UUID], why: str = ""
) -> None:
    """Record that somebody read the records of persons.

    Args:
        by: Who read.
        name: What was read, as app.noun.
        provider_id: At which provider.
        persons: Whose records.
        why: The purpose, where one was given.
    """
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        act.about(*persons)


def row_text(row: Lasting) -> str:
    """Give a row's columns as one canonical line of text."""
    # Through the column's own type, so that a row just made and one read back are the same.
    plain = {
        field.attname: _as_stored(field, getattr(row, field.attname))
        for field in row._meta.concrete_fields
    }
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)


def _as_stored(field: "models.Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, models.DecimalField) and value is not None:
        return f"{Decimal(value):.{field.decimal_places}f}"
    found = field.to_python(value)
    # The same moment may be made in any zone; read back it is in UTC.
    is_moment = isinstance(found, datetime) and found.tzinfo is not None
    return found.astimezone(UTC) if is_moment else found


def history_digest(event_id: UUID) -> list[Any]:
    """Give the count and SHA-256 of the history rows of an event; empty where there are none."""
    digest, count = hashlib.sha256(), 0
    rows = History.objects.filter(session_id=event_id).order_by("id")
    columns = ("change_type", "content_type__model", "object_id", "snapshot", "changes")
    for row in rows.values_list(*columns).iterator():
        text = json.dumps(row, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
        digest.update(text.encode())
        count += 1
    return [count, digest.hexdigest()] if count else []


def event_hash(event: Event) -> str:
    """Give the SHA-256 of an event over everything it says and the hash before it."""
    said = [
        *(str(event.id), str(event.chain), event.number, event.at.timestamp(), str(event.by_id)),
        *(event.name, event.why, event.details, event.previous),
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _chain(event: Event) -> None:
    """Put the event at the end of its chain; two at once wait for one another here."""
    heads = ChainHead.objects.select_for_update().filter(chain=event.chain)
    head = heads.first()
    if head is None:  # the first event of a chain; whoever comes second waits for its head
        ChainHead.objects.bulk_create([ChainHead(chain=event.chain)], ignore_conflicts=True)
        head = heads.get()
    event.number, event.previous = head.number + 1, head.hash
    event.hash = event_hash(event)
    Event.objects.bulk_create([event])
    ChainHead.objects.filter(chain=event.chain).update(number=event.number, hash=event.hash)
