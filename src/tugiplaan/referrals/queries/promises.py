"""Offers that nobody answered, and moves to another provider of which nothing was handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value

from tugiplaan.referrals.models import Handover, OfferAnswer, PlaceOffer, Transfer


class PromiseKind(StrEnum):
    """What has begun and waits for its end."""

    OFFER = "offer"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Promise:
    """An offer without an answer, or a move without a handing over.

    Attributes:
        row_id: The offer or the change of provider.
        day: When it was offered; when the person moves.
        person_id: The entry that stands for the person, as far as one merge tells.
        what: The place that is offered; the next provider.
    """

    kind: PromiseKind
    row_id: UUID
    day: date
    person_id: UUID
    person_name: str
    what: str


def promises(
    provider_id: UUID, since: date, persons: Iterable[UUID] | None = None
) -> list[Promise]:
    """Give the offers that nobody has answered and the moves of which nothing was handed over.

    Args:
        provider_id: At which provider.
        since: Offers and moves of this day and later.
        persons: Only of these persons, under whichever entry; None: of all.

    Returns:
        By day. One query.

    Law: SHS §§ 71(5), 83(1) p 11².
    """
    answered = OfferAnswer.objects.filter(provider_id=provider_id).current().order_by()
    handed = Handover.objects.filter(provider_id=provider_id).current().order_by()
    offers = PlaceOffer.objects.filter(provider_id=provider_id, offered_on__gte=since).current()
    open_offers = _theirs(offers, "person", persons).exclude(pk__in=answered.values("offer_id"))
    moves = Transfer.objects.filter(provider_id=provider_id, moves_on__gte=since).current()
    open_moves = _theirs(moves, "referral__person", persons).exclude(
        pk__in=handed.values("transfer_id")
    )
    rows = _columns(open_offers, PromiseKind.OFFER, ("offered_on", "person", "place__name")).union(
        _columns(open_moves, PromiseKind.TRANSFER, ("moves_on", "referral__person", "to_provider")),
        all=True,
    )
    found = [
        Promise(PromiseKind(kind), row_id, day, merged or person, f"{first} {last}", what)
        for kind, row_id, day, person, merged, first, last, what in rows
    ]
    return sorted(found, key=lambda one: (one.day, one.person_name, str(one.row_id)))


def _theirs[T: (PlaceOffer, Transfer)](
    rows: QuerySet[T], path: str, persons: Iterable[UUID] | None
) -> QuerySet[T]:
    if persons is None:
        return rows
    chosen = list(persons)
    theirs = Q(**{f"{path}_id__in": chosen}) | Q(**{f"{path}__merged_into__in": chosen})
    return rows.filter(theirs)


def _columns(
    rows: QuerySet[Any], kind: PromiseKind, names: tuple[str, str, str]
) -> QuerySet[Any, Any]:
    """Name the columns of either table in the same order, as they go by their place."""
    day, person, what = names
    return rows.order_by().values_list(
        Value(kind.value),
        F("id"),
        F(day),
        F(f"{person}_id"),
        F(f"{person}__merged_into"),
        F(f"{person}__first_name"),
        F(f"{person}__last_name"),
        F(what),
    )
