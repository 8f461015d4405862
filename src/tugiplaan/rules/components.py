"""Component services: what each record costs, what its ceiling leaves, what blocks it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tugiplaan.rules.facts import (
    ComponentContract,
    ComponentPrice,
    ComponentRecord,
    ListEntry,
    PriceList,
    Session,
)
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import (
    CeilingPeriod,
    FindingCode,
    GroupPrice,
    IncrementRounding,
    Mode,
    Tier,
)

CONTENT = "content"
"""The activity code of content work with the person."""

_MINUTES_IN_HOUR = 60
_NO_SESSIONS: Mapping[str, Session] = {}


class Priced(NamedTuple):
    """One record with its price, before rounding.

    Attributes:
        record: The record.
        entry: Price, ceiling and contract on the day of service.
        minutes: Length after rounding to the increment.
        divisor: Minutes of an hour times the persons who share the price: price × minutes ÷
            divisor is what the record costs.
        problem: Why it is not payable, or not all of it; None: all is.
        other: The referral whose stay blocks the record, where one does.
        left: What its ceiling left for it, euros, when that is less than it costs.
        is_billed_elsewhere: A group that is paid once is billed on another person's record.
    """

    record: ComponentRecord
    entry: ListEntry
    minutes: int
    divisor: int
    problem: FindingCode | None = None
    other: str = ""
    left: Fraction | None = None
    is_billed_elsewhere: bool = False

    @property
    def price(self) -> ComponentPrice | None:
        return self.entry.price

    @property
    def hours(self) -> Fraction:
        """Delivered hours of the price list."""
        contract = self.entry.contract
        return Fraction(self.minutes, contract.minutes_per_hour if contract else _MINUTES_IN_HOUR)

    @property
    def exact(self) -> Fraction | None:
        """What the record costs, euros; None: no price is known."""
        price = self.entry.price
        return price.exact * Fraction(self.minutes, self.divisor) if price else None

    @property
    def payable(self) -> Fraction:
        """What of it is payable, euros."""
        if self.is_billed_elsewhere:
            return Fraction(0)
        if self.problem is None:
            return self.exact or Fraction(0)
        return self.left or Fraction(0)


class Surround(NamedTuple):
    """What a record's price depends on beyond the record.

    Attributes:
        sessions: Group sessions by their code.
        parallel: Gives the referral in whose stay a day lies; empty: none.
    """

    sessions: Mapping[str, Session] = _NO_SESSIONS
    parallel: Callable[[date], str] = lambda _day: ""


def rounded_minutes(minutes: int, contract: ComponentContract) -> int:
    """Round the length of a record to the contract's increment.

    Args:
        minutes: Length as recorded, >= 1.
        contract: The increment and its rounding; `nearest` takes half up.

    Law: no law; contract setting (reading 9).

    >>> contract = ComponentContract("75000000", date(2026, 1, 1), increment_minutes=15)
    >>> rounded_minutes(22, contract), rounded_minutes(23, contract)
    (15, 30)
    """
    step = contract.increment_minutes
    if contract.increment_rounding is IncrementRounding.UP:
        return -(-minutes // step) * step
    if contract.increment_rounding is IncrementRounding.DOWN:
        return minutes // step * step
    return (2 * minutes + step) // (2 * step) * step


def priced_records(
    person: str,
    records: Iterable[ComponentRecord],
    month: Month,
    prices: PriceList,
    surround: Surround,
) -> list[Priced]:
    """Price a person's component records of a month.

    Args:
        person: The person's code: who pays for a group that is paid once.
        records: All records of the person; those of earlier months of the calendar year take
            from yearly ceilings, later ones are left alone.
        month: The month.
        prices: Price lists and contracts.
        surround: Group sessions, and the stays in state services.

    Returns:
        The month's records in the order in which they take from ceilings.

    Law: no law but SHS § 79 and the pilot's exclusion of parallel services (docs/open-points.md);
    reading 9.
    """
    year = _priced_year(person, records, month, prices, surround)
    return [row for row in year if row.record.day >= month.first]


def _priced_year(
    person: str,
    records: Iterable[ComponentRecord],
    month: Month,
    prices: PriceList,
    surround: Surround,
) -> list[Priced]:
    """Price the records of a calendar year up to the end of a month, ceilings applied."""
    last = month.last
    relevant = [row for row in records if row.day.year == month.year and row.day <= last]
    relevant.sort(key=_order)
    priced = [_price(person, record, prices, surround) for record in relevant]
    if any(row.entry.ceiling is not None for row in priced):
        priced = _within_ceilings(priced)
    return priced


class CeilingUse(NamedTuple):
    """What a person has taken from the ceiling of a component in its period, euros."""

    funder: str
    component: str
    period: CeilingPeriod
    ceiling: Fraction
    used: Fraction


def ceiling_uses(
    person: str,
    records: Iterable[ComponentRecord],
    month: Month,
    prices: PriceList,
    surround: Surround,
) -> list[CeilingUse]:
    """Give what a person has taken from each ceiling until the end of a month.

    Args: as `priced_records`.

    Returns:
        One row for each funder and component that the person has records of in the month and
        that has a ceiling, by funder and component; only what is payable takes from it.

    Law: no law; the price list (reading 9).
    """
    year = _priced_year(person, records, month, prices, surround)
    rows = {
        (row.record.funder, row.record.component): (
            row.entry.ceiling.ceiling_period,
            Fraction(row.entry.ceiling.ceiling),
        )
        for row in year
        if row.record.day >= month.first
        and row.entry.ceiling is not None
        and row.entry.ceiling.ceiling is not None
    }
    uses: list[CeilingUse] = []
    for (funder, component), (counted, most) in sorted(rows.items(), key=lambda item: item[0]):
        is_monthly = counted is CeilingPeriod.MONTH
        period = CeilingPeriod.MONTH if is_monthly else CeilingPeriod.CALENDAR_YEAR
        since = month.first if is_monthly else date(month.year, 1, 1)
        used = sum(
            (
                row.payable
                for row in year
                if (row.record.funder, row.record.component) == (funder, component)
                and row.record.day >= since
            ),
            Fraction(0),
        )
        uses.append(CeilingUse(funder, component, period, most, used))
    return uses


def _order(row: ComponentRecord) -> tuple[object, ...]:
    start = -1 if row.start is None else row.start
    return (row.day, start, row.mode, row.audience, row.worker, row.record)


def _price(person: str, record: ComponentRecord, prices: PriceList, surround: Surround) -> Priced:
    entry = prices.entry_on(
        record.funder, record.component, record.mode, record.audience, record.day
    )
    price, _, contract = entry
    if contract is None:
        problem = FindingCode.NO_COMPONENT_CONTRACT
        return Priced(
            record, ListEntry(None, None, None), record.minutes, _MINUTES_IN_HOUR, problem
        )
    minutes = rounded_minutes(record.minutes, contract)
    divisor = contract.minutes_per_hour
    if price is None:
        return Priced(record, entry, minutes, divisor, FindingCode.PRICE_MISSING)
    if record.mode is Mode.GROUP and contract.group_price is not GroupPrice.PER_PARTICIPANT:
        if _is_billed_elsewhere(person, record, contract, surround.sessions):
            return Priced(record, entry, minutes, divisor, is_billed_elsewhere=True)
        divisor *= _sharers(record, contract, surround.sessions)
    if not price.is_confirmed:
        return Priced(record, entry, minutes, divisor, FindingCode.PRICE_UNCONFIRMED)
    if price.tier is Tier.BASE and record.activity == CONTENT:
        return Priced(record, entry, minutes, divisor, FindingCode.BASE_CONTENT_WORK)
    if other := surround.parallel(record.day):
        return Priced(record, entry, minutes, divisor, FindingCode.PARALLEL_COMPONENT, other)
    return Priced(record, entry, minutes, divisor)


def _is_billed_elsewhere(
    person: str,
    record: ComponentRecord,
    contract: ComponentContract,
    sessions: Mapping[str, Session],
) -> bool:
    if contract.group_price is not GroupPrice.ONCE:
        return False
    session = sessions.get(record.session)
    return session is not None and session.first_person != person


def _sharers(
    record: ComponentRecord, contract: ComponentContract, sessions: Mapping[str, Session]
) -> int:
    """Count by how many the price of a group record is divided."""
    if contract.group_price is not GroupPrice.SPLIT:
        return 1
    if record.participants:
        return record.participants
    session = sessions.get(record.session)
    return session.persons if session else 1


def cost(rows: Iterable[Priced]) -> Fraction:
    """Add up what records cost, whether or not it is payable; those without a price add nothing."""
    minutes: dict[tuple[Fraction, int], int] = {}
    for row in rows:
        if row.entry.price is not None:
            key = (row.entry.price.exact, row.divisor)
            minutes[key] = minutes.get(key, 0) + row.minutes
    return sum(
        (price * Fraction(total, divisor) for (price, divisor), total in minutes.items()),
        Fraction(0),
    )


def _within_ceilings(priced: list[Priced]) -> list[Priced]:
    """Let records take what the ceiling of their component leaves, in their order."""
    by_component: dict[tuple[str, str], list[int]] = {}
    for at, row in enumerate(priced):
        if row.problem is None and not row.is_billed_elsewhere:
            key = (row.record.funder, row.record.component)
            by_component.setdefault(key, []).append(at)
    found = list(priced)
    for places in by_component.values():
        rows = [priced[at] for at in places]
        least = min(
            (
                row.entry.ceiling.ceiling
                for row in rows
                if row.entry.ceiling and row.entry.ceiling.ceiling is not None
            ),
            default=None,
        )
        # Most often the whole year stays below the lowest ceiling: then nothing is cut.
        if least is not None and cost(rows) > least:
            for at, row in zip(places, _cut(rows), strict=True):
                found[at] = row
    return found


def _cut(rows: list[Priced]) -> list[Priced]:
    used: dict[str, Fraction] = {}
    found: list[Priced] = []
    for row in rows:
        year, month = str(row.record.day.year), str(Month.of(row.record.day))
        exact = row.exact or Fraction(0)
        ceiling = row.entry.ceiling
        payable = exact
        if ceiling and ceiling.ceiling is not None:
            period = month if ceiling.ceiling_period is CeilingPeriod.MONTH else year
            left = Fraction(ceiling.ceiling) - used.get(period, Fraction(0))
            payable = min(exact, max(Fraction(0), left))
        for period in (year, month):
            used[period] = used.get(period, Fraction(0)) + payable
        cut = payable < exact
        found.append(row._replace(problem=FindingCode.OVER_CEILING, left=payable) if cut else row)
    return found
