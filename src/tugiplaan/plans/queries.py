"""Reading plans, reviews and summary assessments."""

from collections.abc import Iterable
from uuid import UUID

from tugiplaan.plans.models import Summary


def summaries_done(referral_ids: Iterable[UUID]) -> set[UUID]:
    """Tell which referrals have an approved summary assessment that holds.

    Args:
        referral_ids: The referrals that one asks about.

    Returns:
        Those of them that have one; their last invoice need not wait. One query.

    Law: SHS § 83(1) p 11¹.
    """
    found = Summary.objects.current().filter(
        referral_id__in=list(referral_ids), approved_on__isnull=False
    )
    return set(found.values_list("referral_id", flat=True))
