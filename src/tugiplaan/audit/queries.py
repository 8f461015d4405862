"""What the audit tells: events about a person, and whether the chains are whole."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.audit.models import ChainHead, Event, History
from tugiplaan.audit.recorder import event_hash, history_digest, row_text
from tugiplaan.audit.rows import Lasting
from tugiplaan.audit.triggers import lasting_models


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the audit that does not hold.

    Attributes:
        event_id: Where; None: at the end of a chain.
        what: In a sentence.
    """

    chain: UUID
    event_id: UUID | None
    what: str


def events_about(provider_id: UUID, person_id: UUID) -> QuerySet[Event]:
    """Give what was done with and read of a person's records, the latest first."""
    found = Event.objects.filter(chain=provider_id, subjects__person_id=person_id)
    return found.order_by("-number")


def events_of(provider_id: UUID) -> QuerySet[Event]:
    """Give the events of a provider, the latest first."""
    return Event.objects.filter(chain=provider_id).order_by("-number")


def faults() -> Iterator[Fault]:
    """Go through every chain and every row that the events vouch for.

    Yields:
        Each fault: a broken or cut chain, a changed event, rows added, changed or taken away
        behind the application's back.
    """
    digests = _digests_of_rows()
    last: dict[UUID, Event] = {}
    for event in Event.objects.order_by("chain", "number").iterator():
        before = last.get(event.chain)
        number, previous = (before.number, before.hash) if before else (0, "")
        if (event.number, event.previous) != (number + 1, previous):
            yield Fault(event.chain, event.pk, f"ahel katkeb numbri {event.number} juures")
        if event_hash(event) != event.hash:
            yield Fault(event.chain, event.pk, f"sündmus {event.number} on muudetud")
        if history_digest(event.pk) != event.details.get("changed", []):
            yield Fault(event.chain, event.pk, f"sündmuse {event.number} ajalugu on muudetud")
        if digests.pop(event.pk, {}) != event.details.get("added", {}):
            yield Fault(event.chain, event.pk, f"sündmuse {event.number} read on muudetud")
        last[event.chain] = event
    for head in ChainHead.objects.order_by("chain"):
        end = last.get(head.chain)
        if (head.number, head.hash) != ((end.number, end.hash) if end else (0, "")):
            yield Fault(head.chain, None, f"ahela lõpp (number {head.number}) on kadunud")
    for event_id in digests:
        yield Fault(UUID(int=0), event_id, "read ilma sündmuseta")
    orphans = History.objects.exclude(session_id__in=Event.objects.values("pk")).order_by()
    for event_id in orphans.values_list("session_id", flat=True).distinct():
        yield Fault(UUID(int=0), event_id, "ajalugu ilma sündmuseta")


def _digests_of_rows() -> dict[UUID, dict[str, list[Any]]]:
    """Give for each event the count and digest of its lasting rows in each table."""
    found: dict[UUID, dict[str, list[Any]]] = {}
    for model in lasting_models():
        if not issubclass(model, Lasting):
            continue
        running: dict[UUID, tuple[int, Any]] = {}
        # In the order of ids, which rise with time, a table is read once from end to end.
        for row in model._default_manager.order_by("pk").iterator():
            count, digest = running.get(row.event_id, (0, hashlib.sha256()))
            digest.update(row_text(row).encode())
            running[row.event_id] = (count + 1, digest)
        for event_id, (count, digest) in running.items():
            table = model._meta.db_table
            found.setdefault(event_id, {})[table] = [count, digest.hexdigest()]
    return found
