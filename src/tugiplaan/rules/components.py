"""Component services: what each record costs, what its ceiling leaves, what blocks it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tugiplaan.rules.facts import (
    ComponentContract,
    ComponentPrice,
    ComponentRecord,
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


@dataclass(frozen=True, slots=True)
class Priced:
    """One record with its price, before rounding.

    Attributes:
        record: The record.
        price: The row of the price list on the day of service; None: there is none.
        hours: Hours after rounding to the increment.
        exact: What the record costs, euros; None: no price is known.
        payable: What of it is payable, euros.
        problem: Why the rest is not payable; None: all is.
        other: The referral whose stay blocks the record, where one does.
        is_billed_elsewhere: A group that is paid once is billed on another person's record.
    """

    record: ComponentRecord
    price: ComponentPrice | None
    hours: Fraction
    exact: Fraction | None
    payable: Fraction
    problem: FindingCode | None = None
    other: str = ""
    is_billed_elsewhere: bool = False


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

    Law: no law but SHS § 79 and the pilot's exclusion of parallel services (dossier ISTE 1.3);
    reading 9.
    """
    last = month.last
    relevant = [row for row in records if row.day.year == month.year and row.day <= last]
    relevant.sort(key=_order)
    used: dict[tuple[str, str, str], Fraction] = {}
    found: list[Priced] = []
    first = month.first
    for record in relevant:
        priced = _price(person, record, prices, surround)
        if priced.problem is None and priced.exact:
            priced = _within_ceiling(priced, prices, used)
        if record.day >= first:
            found.append(priced)
    return found


def _order(row: ComponentRecord) -> tuple[object, ...]:
    start = -1 if row.start is None else row.start
    return (row.day, start, row.mode, row.audience, row.worker, row.record)


def _price(person: str, record: ComponentRecord, prices: PriceList, surround: Surround) -> Priced:
    contract = prices.contract_on(record.funder, record.day)
    none = Fraction(0)
    if contract is None:
        hours = Fraction(record.minutes, _MINUTES_IN_HOUR)
        return Priced(record, None, hours, None, none, FindingCode.NO_COMPONENT_CONTRACT)
    price = prices.price_on(
        record.funder, record.component, record.mode, record.audience, record.day
    )
    hours = Fraction(rounded_minutes(record.minutes, contract), contract.minutes_per_hour)
    if price is None:
        return Priced(record, None, hours, None, none, FindingCode.PRICE_MISSING)
    if _is_billed_elsewhere(person, record, contract, surround.sessions):
        return Priced(record, price, hours, none, none, is_billed_elsewhere=True)
    exact = Fraction(price.price) * hours / _sharers(record, contract, surround.sessions)
    if not price.is_confirmed:
        return Priced(record, price, hours, exact, none, FindingCode.PRICE_UNCONFIRMED)
    if price.tier is Tier.BASE and record.activity == CONTENT:
        return Priced(record, price, hours, exact, none, FindingCode.BASE_CONTENT_WORK)
    if other := surround.parallel(record.day):
        return Priced(record, price, hours, exact, none, FindingCode.PARALLEL_COMPONENT, other)
    return Priced(record, price, hours, exact, exact)


def _is_billed_elsewhere(
    person: str,
    record: ComponentRecord,
    contract: ComponentContract,
    sessions: Mapping[str, Session],
) -> bool:
    if record.mode is not Mode.GROUP or contract.group_price is not GroupPrice.ONCE:
        return False
    session = sessions.get(record.session)
    return session is not None and session.first_person != person


def _sharers(
    record: ComponentRecord, contract: ComponentContract, sessions: Mapping[str, Session]
) -> int:
    """Count by how many the price of a record is divided."""
    if record.mode is not Mode.GROUP or contract.group_price is not GroupPrice.SPLIT:
        return 1
    if record.participants:
        return record.participants
    session = sessions.get(record.session)
    return session.persons if session else 1


def _within_ceiling(
    priced: Priced, prices: PriceList, used: dict[tuple[str, str, str], Fraction]
) -> Priced:
    """Let a record take what the ceiling of its component leaves in the period."""
    record = priced.record
    exact = priced.exact or Fraction(0)
    row = prices.ceiling_on(priced.price, record.day) if priced.price else None
    yearly = (record.funder, record.component, str(record.day.year))
    monthly = (record.funder, record.component, str(Month.of(record.day)))
    payable = exact
    if row and row.ceiling is not None:
        key = monthly if row.ceiling_period is CeilingPeriod.MONTH else yearly
        payable = min(exact, max(Fraction(0), Fraction(row.ceiling) - used.get(key, 0)))
    for key in (yearly, monthly):
        used[key] = used.get(key, Fraction(0)) + payable
    if payable == exact:
        return priced
    return Priced(record, priced.price, priced.hours, exact, payable, FindingCode.OVER_CEILING)
