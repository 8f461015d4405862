"""Moves to another provider of which nothing was handed over."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from tugiplaan.referrals.models import Handover, Transfer


def open_moves(
    provider_id: UUID, since: date, persons: Iterable[UUID] | None = None
) -> list[Transfer]:
    """Give the agreed changes of provider of which nothing was handed over.

    Args:
        provider_id: At which provider.
        since: Moves of this day and later.
        persons: Only of these persons, under whichever entry; None: of all.

    Returns:
        With referral and person, by day. One query.

    Law: SHS § 83(1) p 11².
    """
    handed = Handover.objects.filter(provider_id=provider_id).current().order_by()
    moves = Transfer.objects.filter(provider_id=provider_id, moves_on__gte=since).current()
    if persons is not None:
        chosen = list(persons)
        moves = moves.filter(
            Q(referral__person_id__in=chosen) | Q(referral__person__merged_into__in=chosen)
        )
    found = moves.exclude(pk__in=handed.values("transfer_id"))
    return list(found.select_related("referral__person").order_by("moves_on", "pk"))
