"""Network work of a person: what was done by kind, with its hours and lines; consultations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.delivery.models import ComponentRecord, Consultation, Contact, Narrative
from tugiplaan.delivery.queries.base import costs_of
from tugiplaan.people.queries import Person, standing_of
from tugiplaan.plans.queries import persons_of_goals
from tugiplaan.rules import facts
from tugiplaan.rules.money import euro
from tugiplaan.rules.vocabulary import Audience, Mode


@dataclass(frozen=True, slots=True)
class ContactTold:
    """One piece of network work.

    Attributes:
        text: The private line; empty where there is none or it was not asked for.
        minutes: Its hours as they hold now; None: none are recorded with it.
    """

    contact: Contact
    text: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class KindSum:
    """How often and how long a kind of network work was done.

    Attributes:
        minutes: Only those recorded together with the work.
    """

    kind: str
    count: int
    minutes: int


def contacts_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[Contact]:
    """Give the network work for a person that holds, the latest first.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
    """
    found = Contact.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    rows = found.current().select_related("member", "goal", "person")
    return rows.order_by("-day", "-id")


def told_contacts(
    provider_id: UUID, contacts: Iterable[Contact], *, with_lines: bool
) -> list[ContactTold]:
    """Lay hours and private lines beside network work. Two queries, one without lines.

    Args:
        provider_id: At which provider.
        contacts: What is shown.
        with_lines: Whether who looks may read narratives of the person.
    """
    rows = list(contacts)
    texts: dict[UUID | None, str] = {}
    if with_lines:
        roots = [row.root_id for row in rows]
        lines = Narrative.objects.filter(provider_id=provider_id, record_id__in=roots).current()
        texts = dict(lines.order_by("id").values_list("record_id", "text"))
    records = _holding(provider_id, [row.record_id for row in rows if row.record_id])
    return [
        ContactTold(
            row,
            texts.get(row.root_id, ""),
            records[row.record_id].minutes if row.record_id in records else None,
        )
        for row in rows
    ]


def sums_by_kind(
    provider_id: UUID, person_ids: Iterable[UUID], first: date, last: date
) -> list[KindSum]:
    """Give how often each kind of network work was done for a person on some days.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        first: The first day.
        last: The last day.

    Returns:
        By kind; a kind that was not done is left out. Two queries.
    """
    found = contacts_of(provider_id, person_ids).filter(day__gte=first, day__lte=last)
    sums: dict[str, KindSum] = {}
    for one in told_contacts(provider_id, found, with_lines=False):
        kind = one.contact.kind
        known = sums.get(kind, KindSum(kind, 0, 0))
        sums[kind] = KindSum(kind, known.count + 1, known.minutes + (one.minutes or 0))
    return [sums[kind] for kind in sorted(sums)]


def contact_of(provider_id: UUID, person_ids: Iterable[UUID], contact_id: UUID) -> ContactTold:
    """Give one piece of network work that holds, with its line.

    Raises:
        Contact.DoesNotExist: There is none, or it was corrected.
    """
    row = contacts_of(provider_id, person_ids).get(pk=contact_id)
    return told_contacts(provider_id, [row], with_lines=True)[0]


def _holding(provider_id: UUID, record_ids: Iterable[UUID]) -> dict[UUID, ComponentRecord]:
    """Give the record that holds now for each record, corrected twice at most. One query."""
    ids = set(record_ids)
    if not ids:
        return {}
    line = Q(pk__in=ids) | Q(corrects__in=ids) | Q(corrects__corrects__in=ids)
    rows = ComponentRecord.objects.filter(line, provider_id=provider_id).current()
    found: dict[UUID, ComponentRecord] = {}
    for row in rows.select_related("corrects"):
        before = getattr(row.corrects, "corrects_id", None)
        for key in (row.pk, row.corrects_id, before):
            if key in ids:
                found[key] = row
    return found


@dataclass(frozen=True, slots=True)
class ConsultationTold:
    """A consultation with what it costs by its component.

    Attributes:
        cost: Euros; None: nobody pays, or the price list knows no price.
    """

    row: Consultation
    cost: Decimal | None


def consultations_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[Consultation]:
    """Give the consultations about a person that hold, the latest first."""
    found = Consultation.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    return found.current().select_related("person").order_by("-asked_on", "-id")


def told_consultations(
    provider_id: UUID, consultations: Iterable[Consultation]
) -> list[ConsultationTold]:
    """Lay the cost beside consultations. Three queries where any was billed, else none."""
    rows = list(consultations)
    records = _holding(provider_id, [row.record_id for row in rows if row.record_id])
    costs = costs_of(provider_id, [_fact(key, row) for key, row in records.items()])
    return [
        ConsultationTold(row, euro(cost) if (cost := costs.get(str(row.record_id))) else None)
        for row in rows
    ]


def _fact(key: UUID, row: ComponentRecord) -> facts.ComponentRecord:
    said: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return facts.ComponentRecord(
        record=str(key),
        session="",
        mode=Mode(row.mode),
        audience=Audience(row.audience),
        worker=str(row.worker_id),
        **said,
    )


_SAME = ("day", "start", "funder", "component", "minutes", "participants", "activity")


def is_goal_of(person: Person, goal_id: UUID) -> bool:
    """Tell whether a goal is of a plan of a person, under whichever entry. At most two queries."""
    owner = persons_of_goals(person.provider_id, [goal_id]).get(goal_id)
    if owner is None or owner == person.pk:
        return owner is not None
    return standing_of(person.provider_id, [owner]).get(owner) == person.pk
