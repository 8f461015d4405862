"""A package of components on a page: what each line costs, its ceiling, what it may hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.plans.queries import PackageLine
from tugiplaan.pricelists.queries import component_price_facts
from tugiplaan.providers.queries import component_contract_facts
from tugiplaan.rules.activities import component_content, said
from tugiplaan.rules.facts import ComponentPrice, PriceList
from tugiplaan.rules.forecast import LineForecast, PlannedLine, package_forecast
from tugiplaan.rules.money import euro
from tugiplaan.rules.vocabulary import (
    Audience,
    CeilingPeriod,
    FindingCode,
    Mode,
    Tier,
    label,
)
from tugiplaan.web import telling


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of a package in words and euros.

    Attributes:
        price: Of an hour; None: there is none in the list on that day.
        month: Of a whole month; None: no price.
        year: Of the calendar year, before the ceiling; None: no price.
        warning: What to look at; empty: nothing.
        holds: What it may hold.
        not_holds: What it may not.
    """

    name: str
    how: str
    minutes: int
    price: Decimal | None
    month: Decimal | None
    year: Decimal | None
    ceiling: str
    warning: str
    is_base: bool
    holds: tuple[str, ...]
    not_holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupTold:
    """Base or additional components with their sums; a sum of lines without a price is None."""

    name: str
    lines: tuple[LineTold, ...]
    month: Decimal | None
    year: Decimal | None


@dataclass(frozen=True, slots=True)
class PackageTold:
    """A package: its groups, what it costs, and what of it can be paid.

    Attributes:
        payable: Of the calendar year, after ceilings and without what has no confirmed price.
    """

    groups: tuple[GroupTold, ...]
    month: Decimal | None
    year: Decimal | None
    payable: Decimal
    of_year: int

    @property
    def warnings(self) -> list[str]:
        """What to look at, line by line."""
        return [
            f"{line.name}: {line.warning}"
            for group in self.groups
            for line in group.lines
            if line.warning
        ]


def price_list(provider_id: UUID) -> PriceList:
    """Give the price lists and contracts of a provider. Two queries."""
    return PriceList(component_price_facts(provider_id), component_contract_facts(provider_id))


def offered(prices: PriceList, day: date) -> list[ComponentPrice]:
    """Give what the price lists offer on a day, base components first."""
    held = [row for row in prices.prices if row.covers(day)]
    return sorted(held, key=lambda row: (row.tier != Tier.BASE, row.component, row.mode))


def offer_name(row: ComponentPrice) -> str:
    """Name a row of a price list where one chooses it, with its price."""
    said_ = _("{name}, {how}: {price} tund").format(
        name=row.name or row.component,
        how=_how(row.mode, row.audience),
        price=telling.money(row.price),
    )
    return said_ if row.is_confirmed else _("{said} (hind kinnitamata)").format(said=said_)


def package_told(lines: Iterable[PackageLine], day: date, prices: PriceList) -> PackageTold | None:
    """Tell a package of a plan; None: it has no lines."""
    planned = [
        PlannedLine(
            *(one.funder, one.component, Mode(one.mode), Audience(one.audience)),
            *(one.planned_minutes, one.valid_from, one.valid_to),
        )
        for one in lines
    ]
    return told(planned, day, prices) if planned else None


def told(planned: Sequence[PlannedLine], day: date, prices: PriceList) -> PackageTold:
    """Tell planned lines with their sums, as the rules count them."""
    rows = package_forecast(planned, day, prices)
    tiers = {Tier.BASE: _("Baastoetus"), Tier.ADDITIONAL: _("Lisatoetus")}
    groups = [
        _group(name, [row for row in rows if _tier(row) is tier]) for tier, name in tiers.items()
    ]
    return PackageTold(
        groups=tuple(group for group in groups if group.lines),
        month=_sum([row.month for row in rows]),
        year=_sum([row.year for row in rows]),
        payable=euro(sum((row.payable for row in rows), Fraction(0))),
        of_year=day.year,
    )


def _group(name: str, rows: list[LineForecast]) -> GroupTold:
    return GroupTold(
        name=name,
        lines=tuple(_line(row) for row in rows),
        month=_sum([row.month for row in rows]),
        year=_sum([row.year for row in rows]),
    )


def _line(row: LineForecast) -> LineTold:
    price, line = row.entry.price, row.line
    name = (price.name if price else "") or line.component
    content = component_content(name, _tier(row))
    return LineTold(
        name=name,
        how=_how(line.mode, line.audience),
        minutes=line.minutes,
        price=price.price if price else None,
        month=_euro(row.month),
        year=_euro(row.year),
        ceiling=_ceiling(row),
        warning=_warning(row),
        is_base=_tier(row) is Tier.BASE,
        holds=tuple(said(words, language()) for words in content.holds),
        not_holds=tuple(said(words, language()) for words in content.not_holds),
    )


def _tier(row: LineForecast) -> Tier:
    return row.entry.price.tier if row.entry.price else Tier.ADDITIONAL


def _how(mode: Mode, audience: Audience) -> str:
    return f"{label(mode, language())}, {label(audience, language())}"


def _ceiling(row: LineForecast) -> str:
    ceiling = row.entry.ceiling
    if ceiling is None or ceiling.ceiling is None:
        return ""
    amount = telling.money(ceiling.ceiling)
    if ceiling.ceiling_period is CeilingPeriod.MONTH:
        return _("{amount} kuus").format(amount=amount)
    return _("{amount} aastas").format(amount=amount)


def _warning(row: LineForecast) -> str:
    price = row.entry.price
    if price is None:
        return _("sellel päeval hinda ei ole; summat me ei arva")
    if not price.is_confirmed:
        return _("hind on kinnitamata: kinnita see enne, kui arvestad")
    if row.problem is FindingCode.OVER_CEILING and row.year is not None:
        return _("kavas {planned} aastas, lagi laseb tasuda {payable}").format(
            planned=telling.money(euro(row.year)), payable=telling.money(euro(row.payable))
        )
    if row.problem is FindingCode.NO_COMPONENT_CONTRACT:
        return _("rahastajaga ei ole lepingut")
    return ""


def _euro(amount: Fraction | None) -> Decimal | None:
    return None if amount is None else euro(amount)


def _sum(amounts: list[Fraction | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return euro(sum(known, Fraction(0))) if len(known) == len(amounts) else None
