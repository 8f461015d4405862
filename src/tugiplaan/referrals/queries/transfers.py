"""Changes of provider with what was handed over."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import User
from tugiplaan.referrals.models import Handover, Referral, Transfer
from tugiplaan.referrals.queries.stays import visible_to

_PERMISSION = "referrals.write"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of provider.

    Attributes:
        transfer: The row, with its consent.
        handovers: What was handed over, by day.
    """

    transfer: Transfer
    handovers: tuple[Handover, ...]


def change_of(referral: Referral) -> Change | None:
    """Give the change of provider of a referral, if there is one. Two queries."""
    rows = Transfer.objects.filter(referral=referral).current()
    transfer = rows.select_related("consent").first()
    if transfer is None:
        return None
    handed = Handover.objects.filter(transfer=transfer).current().order_by("handed_on", "id")
    return Change(transfer, tuple(handed))


def transfer_with_id(provider_id: UUID, row_id: UUID, user: User, day: date) -> Transfer:
    """Give a change of provider that holds to who may change it.

    Raises:
        Transfer.DoesNotExist: There is none here, or not within reach.
    """
    mine = visible_to(user, day, _PERMISSION).filter(provider_id=provider_id).values("pk")
    rows = Transfer.objects.current().select_related("referral__person", "consent")
    return rows.get(pk=row_id, referral__in=mine)
