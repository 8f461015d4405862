"""A month under the rates in force beside the same month under others: what if."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from tugiplaan.billing.facts import month_of, read_month
from tugiplaan.billing.review import service_of
from tugiplaan.billing.settling import settle_provider
from tugiplaan.people.queries import Person, persons_of
from tugiplaan.rules.facts import Line
from tugiplaan.rules.packs import RatePack, lay_over

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sum under the rates in force and under the others, euros."""

    now: Decimal
    other: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more under the others, euros."""
        return self.other - self.now


@dataclass(frozen=True, slots=True)
class Comparison:
    """A month under two sets of rates.

    Attributes:
        services: By code of service or component, in order.
        persons: By name, those of whom the sums differ.
        total: All together.
    """

    services: dict[str, Pair]
    persons: tuple[tuple[Person, Pair], ...]
    total: Pair


@dataclass(frozen=True, slots=True)
class Other:
    """With what a month is compared.

    Attributes:
        known: By what was known of the law on this day; None: by all that is known.
        pack: Rates that lie over everything else; None: none.
    """

    known: date | None = None
    pack: RatePack | None = None


def compare(provider_id: UUID, period: int, other: Other) -> Comparison:
    """Settle a month twice, with nothing kept.

    Args:
        provider_id: Whose month.
        period: The month, YYYYMM.
        other: The other rates.

    Returns:
        The sums side by side.
    """
    month = month_of(period)
    given = read_month(provider_id, month, month.last)
    beside = given
    if other.known is not None:
        beside = read_month(provider_id, month, month.last, known=other.known)
    if other.pack is not None:
        beside = replace(beside, law=lay_over(beside.law, other.pack, known=other.known))
    now, then = settle_provider(given).lines, settle_provider(beside).lines
    by_service = _pairs(_by_service(now), _by_service(then))
    by_person = _pairs(_by_person(now), _by_person(then))
    codes = {code: pair for code, pair in by_person.items() if code and pair.difference}
    named = persons_of(provider_id).filter(code__in=codes, merged_into__isnull=True)
    total = Pair(_sum(line.amount for line in now), _sum(line.amount for line in then))
    return Comparison(by_service, tuple((one, codes[one.code]) for one in named), total)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)


def _by_service(lines: Iterable[Line]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        code = service_of(line.rate_code)
        found[code] = found.get(code, _NOTHING) + line.amount
    return found


def _by_person(lines: Iterable[Line]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.person] = found.get(line.person, _NOTHING) + line.amount
    return found


def _pairs(now: dict[str, Decimal], other: dict[str, Decimal]) -> dict[str, Pair]:
    return {
        code: Pair(now.get(code, _NOTHING), other.get(code, _NOTHING))
        for code in sorted({*now, *other})
    }
