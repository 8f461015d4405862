"""The facts of contracts: settings with the authority, own prices, component price lists."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from tugiplaan.rules.period import FAR_PAST
from tugiplaan.rules.tables import DatedTable
from tugiplaan.rules.vocabulary import (
    AbsenceYear,
    Audience,
    CeilingPeriod,
    GroupPrice,
    IncrementRounding,
    Mode,
    PartMonthDenominator,
    TeMinimum,
    Tier,
)


@dataclass(frozen=True, slots=True)
class Provider:
    """Who delivers and invoices."""

    name: str = ""
    registry_code: str = ""
    vat_number: str = ""
    iban: str = ""


@dataclass(frozen=True, slots=True)
class StateContract:
    """Settings of the contract with the authority; what the law leaves open stands here.

    Attributes:
        valid_from: First day of the contract.
        history_from: From here on the facts are complete; None: from the month settled on.
        absence_year_limit_days: Payable absence days in a year; None: the dated default.
        hospital_year_limit_days: Payable hospital days in a year; None: the dated default.
    """

    valid_from: date = FAR_PAST
    history_from: date | None = None
    part_month_denominator: PartMonthDenominator = PartMonthDenominator.CALENDAR_DAYS
    absence_year: AbsenceYear = AbsenceYear.ROLLING
    absence_year_limit_days: int | None = None
    hospital_year_limit_days: int | None = None
    te_minimum: TeMinimum = TeMinimum.MONTH_TOTAL
    pays_unused_pnh_days: bool = True
    pays_unused_int_days: bool = True
    pays_empty_court_places: bool = False


@dataclass(frozen=True, slots=True)
class ComponentContract:
    """Settings of a contract with a funder of component services.

    Attributes:
        minutes_per_hour: How long the hour of the price list is, >= 1.
        increment_minutes: Each record is rounded to a multiple of this, >= 1.
    """

    funder: str
    valid_from: date
    minutes_per_hour: int = 60
    increment_minutes: int = 15
    increment_rounding: IncrementRounding = IncrementRounding.NEAREST
    group_price: GroupPrice = GroupPrice.PER_PARTICIPANT


@dataclass(frozen=True, slots=True)
class ComponentPrice:
    """One row of a price list: euros an hour, from day to day, both included."""

    funder: str
    component: str
    mode: Mode
    audience: Audience
    valid_from: date
    valid_to: date | None
    tier: Tier
    name: str
    price: Decimal
    ceiling: Decimal | None = None
    ceiling_period: CeilingPeriod | None = None
    version: str = ""
    source: str = ""
    is_confirmed: bool = True
    exact: Fraction = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "exact", Fraction(self.price))

    def covers(self, day: date) -> bool:
        """Tell whether the price is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class ListEntry(NamedTuple):
    """What a price list and its contract say of one component on one day."""

    price: ComponentPrice | None
    ceiling: ComponentPrice | None
    contract: ComponentContract | None


class PriceList:
    """Component prices and contracts, found by what was done, for whom, and on which day."""

    def __init__(
        self, prices: Iterable[ComponentPrice] = (), contracts: Iterable[ComponentContract] = ()
    ) -> None:
        """Index the rows; their order does not matter."""
        self.prices = tuple(prices)
        self.contracts = tuple(contracts)
        self._found: dict[tuple[str, str, Mode, Audience, date], ListEntry] = {}

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, Mode, Audience], list[ComponentPrice]]:
        found: dict[tuple[str, str, Mode, Audience], list[ComponentPrice]] = {}
        for price in sorted(self.prices, key=lambda row: row.valid_from, reverse=True):
            key = (price.funder, price.component, price.mode, price.audience)
            found.setdefault(key, []).append(price)
        return found

    @cached_property
    def _ceilings(self) -> dict[tuple[str, str], list[ComponentPrice]]:
        found: dict[tuple[str, str], list[ComponentPrice]] = {}
        for price in self.prices:
            if price.ceiling is not None:
                found.setdefault((price.funder, price.component), []).append(price)
        for rows in found.values():
            rows.sort(key=lambda row: (row.valid_from, row.mode, row.audience), reverse=True)
        return found

    @cached_property
    def _contracts(self) -> dict[str, tuple[list[date], list[ComponentContract]]]:
        found: dict[str, tuple[list[date], list[ComponentContract]]] = {}
        for contract in sorted(self.contracts, key=lambda row: row.valid_from):
            starts, rows = found.setdefault(contract.funder, ([], []))
            starts.append(contract.valid_from)
            rows.append(contract)
        return found

    def entry_on(
        self, funder: str, component: str, mode: Mode, audience: Audience, day: date
    ) -> ListEntry:
        """Give price, ceiling and contract on the day of service, each None if there is none.

        Of overlapping prices the later start counts; of contracts the latest that has begun.
        A ceiling is one for a person, funder and component, whatever the mode: the price's own
        row goes first.
        """
        key = (funder, component, mode, audience, day)
        entry = self._found.get(key)
        if entry is None:
            rows = self._by_key.get((funder, component, mode, audience), ())
            price = next((row for row in rows if row.covers(day)), None)
            ceiling = self._ceiling_on(price, day) if price else None
            entry = self._found[key] = ListEntry(price, ceiling, self._contract_on(funder, day))
        return entry

    def _ceiling_on(self, price: ComponentPrice, day: date) -> ComponentPrice | None:
        if price.ceiling is not None:
            return price
        for row in self._ceilings.get((price.funder, price.component), ()):
            if row.covers(day):
                return row
        return None

    def _contract_on(self, funder: str, day: date) -> ComponentContract | None:
        starts, rows = self._contracts.get(funder, ([], []))
        at = bisect_right(starts, day) - 1
        return rows[at] if at >= 0 else None


@dataclass(frozen=True, eq=False)
class Contract:
    """Everything that is agreed about money.

    Attributes:
        own_prices: The provider's own prices by rate code, where they are below the ceiling.
        components: Prices and contracts of component services.
    """

    provider: Provider = field(default_factory=Provider)
    state: StateContract = field(default_factory=StateContract)
    own_prices: DatedTable = field(default_factory=lambda: DatedTable(()))
    components: PriceList = field(default_factory=PriceList)
