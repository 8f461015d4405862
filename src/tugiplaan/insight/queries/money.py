"""The money of a provider over months: where it stands, income, actual cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tugiplaan.accounts.access import User, require_whole
from tugiplaan.billing.costs import ServiceCost, costs_beside_maximum
from tugiplaan.billing.months import MoneyMonth, invoiced_sums, money_months, open_lines
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Service

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Income:
    """What a service, or a component, brought in a month from one funder, euros.

    Attributes:
        service: None: a component of component services, or room costs.
        code: The rate code of a component or of room costs; empty: a service.
        issued: Invoiced, credit notes deducted.
        waiting: Of closed months, not invoiced: it can be, or waits for a summary.
        rate_codes: The codes of the lines that it rests on: with month and funder a filter.
    """

    period: int
    funder: str
    funder_name: str
    service: Service | None
    code: str
    issued: Decimal
    waiting: Decimal
    rate_codes: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        return self.issued + self.waiting


def income(*, provider_id: UUID, months: Iterable[Month], by: User, on: date) -> list[Income]:
    """Give what came of each service in some months, by funder.

    Args:
        provider_id: Whose.
        months: The months, up to 13 for a page.
        by: Who asks; needs `billing.read` at the whole provider.
        on: Today.

    Returns:
        By month, service, component and funder. At most eight queries.

    Raises:
        NotAllowedError: `by` may not.
    """
    require_whole(by, "billing.read", provider_id, on)
    periods = [month.period for month in months]
    names: dict[str, str] = {}
    issued: dict[_Key, dict[str, Decimal]] = {}
    waiting: dict[_Key, dict[str, Decimal]] = {}
    for row in invoiced_sums(provider_id, periods):
        names[row.funder] = row.funder_name
        _add(issued, (row.period, row.funder, *_what(row.rate_code)), row.rate_code, row.amount)
    for line in open_lines(provider_id, periods):
        key = (line.period, line.funder, *_what(line.rate_code))
        _add(waiting, key, line.rate_code, line.amount)
    order = {service: rank for rank, service in enumerate(Service)}
    keys = sorted(
        {*issued, *waiting},
        key=lambda key: (key[0], order[key[2]] if key[2] else len(order), key[3], key[1]),
    )
    return [
        Income(
            period=key[0],
            funder=key[1],
            funder_name=names.get(key[1], ""),
            service=key[2],
            code=key[3],
            issued=sum(issued.get(key, {}).values(), _NOTHING),
            waiting=sum(waiting.get(key, {}).values(), _NOTHING),
            rate_codes=tuple(sorted({*issued.get(key, {}), *waiting.get(key, {})})),
        )
        for key in keys
    ]


type _Key = tuple[int, str, Service | None, str]

_SERVICES = {str(service): service for service in Service}


def _what(rate_code: str) -> tuple[Service | None, str]:
    """Tell a service from a component: a rate code begins with the code of its service."""
    service = _SERVICES.get(rate_code.split("_")[0])
    return (service, "") if service else (None, rate_code)


def _add(sums: dict[_Key, dict[str, Decimal]], key: _Key, rate_code: str, amount: Decimal) -> None:
    of_key = sums.setdefault(key, {})
    of_key[rate_code] = of_key.get(rate_code, _NOTHING) + amount


def money(*, provider_id: UUID, months: Iterable[Month], by: User, on: date) -> list[MoneyMonth]:
    """Give where the money of some months stands: issued, paid, due, held.

    Args:
        provider_id: Whose.
        months: The months.
        by: Who asks; needs `billing.read` at the whole provider.
        on: Today.

    Returns:
        As `billing.months.money_months`; at most twelve queries.

    Raises:
        NotAllowedError: `by` may not.
    """
    require_whole(by, "billing.read", provider_id, on)
    return money_months(provider_id, [month.period for month in months])


def costs(
    *, provider_id: UUID, months: Iterable[Month], by: User, on: date
) -> dict[int, list[ServiceCost]]:
    """Give the actual cost of each service by its components beside the maximum, by month.

    Args:
        provider_id: Whose.
        months: The months.
        by: Who asks; needs `billing.read` at the whole provider.
        on: Today.

    Returns:
        As `billing.costs.costs_beside_maximum`; four queries.

    Raises:
        NotAllowedError: `by` may not.

    Law: SHS § 79(1); R65 §§ 1¹, 2.
    """
    require_whole(by, "billing.read", provider_id, on)
    return costs_beside_maximum(provider_id, [month.period for month in months])
