"""What the audit tells: events about a person, and whether the chains are whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from tugiplaan.audit.models import ChainHead, Event, EventSubject, History
from tugiplaan.audit.recorder import Digest, event_hash, history_digest
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


def last_number(provider_id: UUID) -> int:
    """Give the number of the last event in a provider's chain; 0: there is none."""
    head = ChainHead.objects.filter(chain=provider_id).values_list("number", flat=True).first()
    return head or 0


def wrote_after(provider_id: UUID, number: int, apart_from: str) -> bool:
    """Tell whether anything of a provider was written after an event.

    Args:
        provider_id: Whose chain.
        number: The event's number.
        apart_from: Events whose names begin so are passed over.
    """
    later = Event.objects.filter(chain=provider_id, number__gt=number)
    later = later.exclude(name__startswith=apart_from)
    return any("added" in details or "changed" in details for details in _details(later))


def _details(events: QuerySet[Event]) -> Iterator[dict[str, Any]]:
    yield from events.order_by("number").values_list("details", flat=True).iterator()


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
            yield Fault(
                event.chain,
                event.pk,
                _("ahel katkeb numbri {number} juures").format(number=event.number),
            )
        if event_hash(event) != event.hash:
            yield Fault(
                event.chain, event.pk, _("sündmus {number} on muudetud").format(number=event.number)
            )
        if history_digest(event.pk) != event.details.get("changed", []):
            yield Fault(
                event.chain,
                event.pk,
                _("sündmuse {number} ajalugu on muudetud").format(number=event.number),
            )
        if digests.pop(event.pk, {}) != event.details.get("added", {}):
            yield Fault(
                event.chain,
                event.pk,
                _("sündmuse {number} read on muudetud").format(number=event.number),
            )
        last[event.chain] = event
    for head in ChainHead.objects.order_by("chain"):
        end = last.get(head.chain)
        if (head.number, head.hash) != ((end.number, end.hash) if end else (0, "")):
            yield Fault(
                head.chain,
                None,
                _("ahela lõpp (number {number}) on kadunud").format(number=head.number),
            )
    for event_id in digests:
        yield Fault(UUID(int=0), event_id, _("read ilma sündmuseta"))
    orphans = History.objects.exclude(session_id__in=Event.objects.values("pk")).order_by()
    for event_id in orphans.values_list("session_id", flat=True).distinct():
        yield Fault(UUID(int=0), event_id, _("ajalugu ilma sündmuseta"))


def _digests_of_rows() -> dict[UUID, dict[str, list[Any]]]:
    """Give for each event the count and digest of its lasting rows in each table."""
    found: dict[UUID, dict[str, list[Any]]] = {}
    for model in lasting_models():
        if not issubclass(model, Lasting):
            continue
        running: dict[UUID, Digest] = {}
        for row in model._default_manager.order_by("pk").iterator():
            running.setdefault(row.event_id, Digest()).add(row)
        for event_id, digest in running.items():
            found.setdefault(event_id, {})[model._meta.db_table] = digest.told
    return found


def has_event(name: str) -> bool:
    """Say whether something was ever done, by the name of its event."""
    return Event.objects.filter(name=name).exists()


def subjects_of(event_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Give the persons whom events concern, by event."""
    rows = EventSubject.objects.filter(event_id__in=list(event_ids)).order_by("id")
    found: dict[UUID, list[UUID]] = {}
    for event_id, person_id in rows.values_list("event_id", "person_id"):
        found.setdefault(event_id, []).append(person_id)
    return found


def persons_read_by(
    provider_id: UUID, user_id: UUID, name: str, since: date, count: int
) -> list[UUID]:
    """Give whose records a user read last.

    Args:
        provider_id: At which provider.
        user_id: Who read.
        name: The name of the reading.
        since: Not before this day.
        count: How many persons at most.

    Returns:
        The persons, the last one first. One query.
    """
    last = EventSubject.objects.filter(
        event__chain=provider_id, event__by_id=user_id, event__name=name, event__at__date__gte=since
    )
    rows = last.order_by().values_list("person_id").annotate(at=Max("event__number"))
    return [person for person, _at in rows.order_by("-at")[:count]]
