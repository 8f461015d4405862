"""What a municipality sees: its people, their packages, providers' months, who waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from tugiplaan.accounts.access import NotAllowedError, User, scope_of
from tugiplaan.billing.months import funder_sums
from tugiplaan.delivery.queries.records import ComponentSum, component_sums
from tugiplaan.plans.planned import PackageRow, package_rows
from tugiplaan.pricelists.queries import prices_of_funder
from tugiplaan.providers.funders import contracts_of_funder, names_of, states_of_months
from tugiplaan.rules.components import rounded_minutes
from tugiplaan.rules.facts import PriceList
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import Month, Span, intersect, length, merged
from tugiplaan.rules.vocabulary import Audience, Mode

_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Package:
    """The package of one component of a person in a calendar year.

    Attributes:
        person_id: The entry that stands for the person at the provider.
        planned_minutes: From the agreed lines, whole months as they say, others by their days.
        delivered_minutes: Recorded so far in the year, rounded as the contract says.
        forecast_minutes: `delivered_minutes` ÷ days of the package gone × days of the package
            in the year; the days on which lines hold. None: it has not begun.
        budget: `planned_minutes` at list prices, euros; None: a price is missing.
        burnt: `delivered_minutes` at list prices, euros; None: a price is missing. Ceilings,
            and groups that share a price, are settled by the month and not looked at here.
        forecast: `burnt` carried on in the same line, euros.
        lines: The lines of packages that the plan rests on.
    """

    provider_id: UUID
    person_id: UUID
    person: str
    component: str
    first_day: date
    last_day: date
    planned_minutes: Fraction
    delivered_minutes: int
    forecast_minutes: Fraction | None
    budget: Decimal | None
    burnt: Decimal | None
    forecast: Decimal | None
    lines: tuple[UUID, ...]

    @property
    def is_unused(self) -> bool:
        """Agreed, and nobody has recorded anything yet this year."""
        return self.delivered_minutes == 0


@dataclass(frozen=True, slots=True)
class ProviderMonthState:
    """A provider's month as its funder sees it, euros.

    Attributes:
        state: Of the book: open, closed, issued; empty: there is no book.
        issued: Invoiced to this funder, credit notes deducted.
        paid: What came for these invoices.
    """

    provider_id: UUID
    provider: str
    period: int
    state: str
    issued: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class FunderView:
    """Everything that a municipality pays for, in a calendar year until a day.

    Attributes:
        packages: By name and component.
        months: By provider and month, those of the year until today.
    """

    funder: str
    packages: tuple[Package, ...]
    months: tuple[ProviderMonthState, ...]

    @property
    def persons(self) -> dict[UUID, str]:
        """Its people by name."""
        return {one.person_id: one.person for one in self.packages}

    @property
    def waiting(self) -> dict[UUID, str]:
        """Those of its people for whom nothing of what was agreed has begun, by name."""
        begun = {one.person_id for one in self.packages if not one.is_unused}
        return {key: name for key, name in self.persons.items() if key not in begun}


@dataclass(frozen=True, slots=True)
class Delivered:
    """Equal records of a person on a day that a funder pays for: so many of so many minutes."""

    day: date
    component: str
    mode: Mode
    audience: Audience
    minutes: int
    times: int


@dataclass(frozen=True, slots=True)
class FunderPerson:
    """A person of a funder at a provider.

    Attributes:
        packages: Of the calendar year, by component.
        delivered: In one month, by day.
        minutes: Recorded by component and month (YYYYMM), in the year until today.
    """

    person: str
    packages: tuple[Package, ...]
    delivered: tuple[Delivered, ...]
    minutes: dict[tuple[str, int], int]


def funder_person(
    *, view: FunderView, provider_id: UUID, person_id: UUID, period: int, on: date
) -> FunderPerson:
    """Give a municipality one of its people: the packages, and what was delivered in a month.

    Args:
        view: What `funder_view` gave the one who asks.
        provider_id: At which provider.
        person_id: The entry that stands for the person.
        period: The month, YYYYMM, of the year of the view.
        on: Today.

    Returns:
        The person. One query.

    Raises:
        ObjectDoesNotExist: The view has no such person at the provider.
    """
    packages = tuple(
        one for one in view.packages if (one.provider_id, one.person_id) == (provider_id, person_id)
    )
    if not packages:
        raise ObjectDoesNotExist
    months = [Month(on.year, number).period for number in range(1, on.month + 1)]
    rows = component_sums([*months, period], provider_id=provider_id, funder=view.funder)
    mine = [one for one in rows if one.person_id == person_id and one.day <= on]
    minutes: dict[tuple[str, int], int] = {}
    for one in mine:
        key = (one.component, Month.of(one.day).period)
        minutes[key] = minutes.get(key, 0) + one.minutes * one.times
    delivered = tuple(
        Delivered(one.day, one.component, one.mode, one.audience, one.minutes, one.times)
        for one in mine
        if Month.of(one.day).period == period
    )
    return FunderPerson(packages[0].person, packages, delivered, minutes)


def funder_view(*, funder: str, by: User, on: date) -> FunderView:
    """Give a municipality its component services of this calendar year.

    Args:
        funder: Its registry code.
        by: Who asks; needs `billing.read` for this funder, or everywhere.
        on: Today.

    Returns:
        Packages of all its providers that the user's grants reach, budget and forecast; months
        of these providers. Nine queries at most.

    Raises:
        NotAllowedError: `by` may not.

    Law: no law but contracts and price lists (docs/open-points.md).
    """
    within = scope_of(by, "billing.read", on).providers_of(funder)
    if within is not None and not within:
        raise NotAllowedError(by, "billing.read")
    months = [Month(on.year, number) for number in range(1, on.month + 1)]
    periods = [month.period for month in months]
    year = date(on.year, 1, 1).toordinal(), date(on.year + 1, 1, 1).toordinal()
    rows = [
        row
        for row in package_rows(on, funder=funder)
        if _within(row, year) and _reaches(within, row.provider_id)
    ]
    records = [one for one in component_sums(periods, funder=funder) if one.day <= on]
    prices = prices_of_funder(funder)
    contracts = contracts_of_funder(funder)
    desks = {key: PriceList(prices.get(key, ()), contracts.get(key, ())) for key in contracts}
    known = {*(row.provider_id for row in rows), *contracts}
    providers = sorted(key for key in known if _reaches(within, key))
    return FunderView(
        funder,
        _packages(rows, records, desks, (year, on)),
        _months(funder, providers, periods),
    )


def _reaches(within: frozenset[UUID] | None, provider_id: UUID) -> bool:
    return within is None or provider_id in within


def _within(row: PackageRow, year: Span) -> Span | None:
    end = row.valid_to.toordinal() + 1 if row.valid_to else year[1]
    return intersect((row.valid_from.toordinal(), end), year)


type _Key = tuple[UUID, UUID, str]
"""Provider, person, component."""


def _packages(
    rows: Iterable[PackageRow],
    records: Iterable[ComponentSum],
    desks: dict[UUID, PriceList],
    when: tuple[Span, date],
) -> tuple[Package, ...]:
    planned: dict[_Key, list[PackageRow]] = {}
    for row in rows:
        planned.setdefault((row.provider_id, row.stands_id, row.component), []).append(row)
    done: dict[_Key, list[ComponentSum]] = {}
    for one in records:
        done.setdefault((one.provider_id, one.person_id, one.component), []).append(one)
    return tuple(
        _package(key, lines, done.get(key, []), (desks.get(key[0], PriceList()), *when))
        for key, lines in planned.items()
    )


def _package(
    key: _Key,
    rows: list[PackageRow],
    records: list[ComponentSum],
    setting: tuple[PriceList, Span, date],
) -> Package:
    prices, year, on = setting
    spans = merged([span for row in rows if (span := _within(row, year))])
    until = on.toordinal() + 1
    gone = length([part for span in spans if (part := intersect(span, (year[0], until)))])
    whole = length(spans)
    planned, delivered = _Priced(prices), _Priced(prices)
    for row in rows:
        for month, minutes in _by_month(row, year):
            planned.add(row, max(month.first, row.valid_from), minutes)
    for one in records:
        rounded = delivered.rounded(one)
        delivered.add(one, one.day, Fraction(rounded * one.times))
    carried = Fraction(whole, gone) if gone else None
    burnt = delivered.amount
    return Package(
        *key[:2],
        person=rows[0].person_name,
        component=key[2],
        first_day=date.fromordinal(spans[0][0]),
        last_day=date.fromordinal(spans[-1][1] - 1),
        planned_minutes=planned.minutes,
        delivered_minutes=int(delivered.minutes),
        forecast_minutes=delivered.minutes * carried if carried else None,
        budget=None if planned.amount is None else euro(planned.amount),
        burnt=None if burnt is None else euro(burnt),
        forecast=None if burnt is None or not carried else euro(burnt * carried),
        lines=tuple(row.line_id for row in rows),
    )


def _by_month(row: PackageRow, year: Span) -> Iterable[tuple[Month, Fraction]]:
    """Cut a line into months: a whole month as it says, others by their days."""
    span = _within(row, year)
    if span is None:
        return
    first = Month.of(date.fromordinal(span[0]))
    for number in range(_MONTHS_IN_YEAR):
        month = first.plus(number)
        part = intersect(span, month.span)
        if part is None:
            return
        yield month, row.minutes * Fraction(part[1] - part[0], month.length)


class _Priced:
    """Adds minutes up, and what they cost at list prices."""

    def __init__(self, prices: PriceList) -> None:
        self._prices = prices
        self.minutes = Fraction(0)
        self.amount: Fraction | None = Fraction(0)

    def rounded(self, one: ComponentSum) -> int:
        """Round the length of a record as its contract says."""
        contract = self._prices.entry_on(*_what(one), one.day).contract
        return rounded_minutes(one.minutes, contract) if contract else one.minutes

    def add(self, of: PackageRow | ComponentSum, day: date, minutes: Fraction) -> None:
        self.minutes += minutes
        entry = self._prices.entry_on(*_what(of), day)
        if entry.price is None or entry.contract is None or self.amount is None:
            self.amount = None
            return
        self.amount += entry.price.exact * minutes / entry.contract.minutes_per_hour


def _what(of: PackageRow | ComponentSum) -> tuple[str, str, Mode, Audience]:
    return of.funder, of.component, of.mode, of.audience


def _months(
    funder: str, providers: list[UUID], periods: list[int]
) -> tuple[ProviderMonthState, ...]:
    names = names_of(providers)
    states = states_of_months(providers, periods)
    sums = funder_sums(funder, periods)
    nothing = Decimal("0.00"), Decimal("0.00")
    return tuple(
        ProviderMonthState(
            key, name, period, states.get((key, period), ""), *sums.get((key, period), nothing)
        )
        for key, name in names.items()
        for period in periods
    )
