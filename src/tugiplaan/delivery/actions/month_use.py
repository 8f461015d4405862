"""Keeping what was used in a closed month, so that its records need not be read again."""

from collections.abc import Mapping
from uuid import UUID

from tugiplaan.delivery.models import MonthUse
from tugiplaan.delivery.queries.months import used_minutes
from tugiplaan.rules.services import ServiceKind
from tugiplaan.rules.stays import counts

_BATCH = 5000


def keep_month_use(provider_id: UUID, period: int, kinds: Mapping[UUID, ServiceKind]) -> None:
    """Keep the minutes that count under each referral in a month; anew where they were kept.

    Call it in the transaction that closes the month or corrects it.

    Args:
        provider_id: Whose.
        period: The month, YYYYMM.
        kinds: The service of each referral.
    """
    forget_month_use(provider_id, period)
    minutes: dict[UUID, int] = {}
    for referral, fact in used_minutes(provider_id, period):
        counted = fact.minutes if counts(fact, kinds[referral]) else 0
        minutes[referral] = minutes.get(referral, 0) + counted
    rows = [
        MonthUse(provider_id=provider_id, period=period, referral_id=referral, minutes=total)
        for referral, total in minutes.items()
    ]
    MonthUse.objects.bulk_create(rows, batch_size=_BATCH)


def forget_month_use(provider_id: UUID, period: int) -> None:
    """Forget what was kept of a month: it is open again, its records are read as they are."""
    MonthUse.objects.filter(provider_id=provider_id, period=period).delete()
