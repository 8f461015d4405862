"""What an amount and its days may be, in words for whom they are wrong."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

_MOST = Decimal(10) ** 8
_STEP = Decimal("0.000001")


def wrong_amount(amount: Decimal) -> str:
    """Say what is wrong with an amount in euros; empty: nothing."""
    if not amount.is_finite() or not 0 <= amount < _MOST or amount % _STEP:
        return _("Hind on eurodes, vähemalt 0, kuni kuue komakohaga.")
    return ""


def wrong_days(first: date, last: date | None) -> str:
    """Say what is wrong with days, both ends included; empty: nothing."""
    return _("Viimane päev on enne esimest.") if last is not None and last < first else ""


def later(one: date | None, other: date | None) -> date | None:
    """Give the later of two last days; None is no end."""
    return None if one is None or other is None else max(one, other)
