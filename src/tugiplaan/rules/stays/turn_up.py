"""How long a person may take to turn up, and what is paid when nobody comes."""

from dataclasses import dataclass
from datetime import date, timedelta

from tugiplaan.rules.facts import Referral
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import Span, intersect
from tugiplaan.rules.tables import Law


@dataclass(frozen=True, slots=True)
class NoShow:
    """Days that are paid although the person never came.

    Attributes:
        days: From the agreed start, as many as the window has, up to the end of the referral.
        in_term: Those of them that lie within the term; None: none does.
        window: The window, days.
        closes_on: The last day of the window.
        is_closed: Nobody can turn up any more.
    """

    days: Span
    in_term: Span | None
    window: DatedValue
    closes_on: date
    is_closed: bool


def turn_up_days(referral: Referral, law: Law) -> DatedValue:
    """Give within how many days a person must turn up, the agreed day being the first.

    Args:
        referral: A referral with an agreed start.
        law: The dated law.

    Returns:
        3, 7 or 10 days.

    Law: SHS §§ 71(6)–(7), 79(2).
    """
    day = referral.agreed_start or referral.valid_from
    if referral.is_released:
        return law.term("turn_up_days_compulsory", day)
    return law.term(referral.kind.turn_up, day)


def no_show(referral: Referral, as_of: date, law: Law) -> NoShow | None:
    """Find the days that are paid for a person who never came.

    Args:
        referral: A referral.
        as_of: The day from which one looks.
        law: The dated law.

    Returns:
        The days, or None if the person came, no start was agreed or no day is left.

    Law: SHS § 79(2), (4); rule R-08, reading 2.
    """
    if referral.arrived_on is not None or referral.agreed_start is None:
        return None
    window = turn_up_days(referral, law)
    closes_on = referral.agreed_start + timedelta(days=int(window.value) - 1)
    last = min(closes_on, referral.ended_on or closes_on)
    if referral.agreed_start > last:
        return None
    days = (referral.agreed_start.toordinal(), last.toordinal() + 1)
    term = (referral.valid_from.toordinal(), referral.valid_to.toordinal() + 1)
    return NoShow(days, intersect(days, term), window, closes_on, is_closed=closes_on <= as_of)
