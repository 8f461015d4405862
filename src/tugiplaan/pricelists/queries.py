"""Reading price lists: as pages show them, and as the rules see them."""

from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.month_folder.checks import unit_of
from tugiplaan.month_folder.schema import CONTRACT_FILE, RATES
from tugiplaan.pricelists.models import ComponentPrice, OwnPrice, Rate
from tugiplaan.rules import facts
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.money import CENT
from tugiplaan.rules.packs import RatePack
from tugiplaan.rules.tables import DatedTable
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, Tier


def own_prices_of(provider_id: UUID) -> QuerySet[OwnPrice]:
    """Give a provider's own prices by rate code, the earliest first."""
    return OwnPrice.objects.filter(provider_id=provider_id).order_by("code", "valid_from")


def component_prices_of(provider_id: UUID) -> QuerySet[ComponentPrice]:
    """Give the component price lists by funder and component, the earliest row first."""
    found = ComponentPrice.objects.filter(provider_id=provider_id)
    return found.order_by("funder", "component", "mode", "audience", "valid_from")


def rates_of(provider_id: UUID) -> QuerySet[Rate]:
    """Give the rates that a provider entered by code, the earliest first."""
    return Rate.objects.filter(provider_id=provider_id).order_by("code", "valid_from")


def own_price_facts(provider_id: UUID) -> DatedTable:
    """Give a provider's own prices as the rules see them, the same as from contract.toml."""
    return DatedTable(
        DatedValue(
            name=row.code,
            value=as_written(row.amount),
            unit=unit_of(row.code),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            source=CONTRACT_FILE,
            certainty=Certainty.USER,
        )
        for row in own_prices_of(provider_id)
    )


def component_price_facts(provider_id: UUID) -> tuple[facts.ComponentPrice, ...]:
    """Give the component price lists as the rules see them, unconfirmed rows too.

    The rules never bill by an unconfirmed price, but they say that one is there.
    """
    return tuple(_price_fact(row) for row in component_prices_of(provider_id))


def prices_of_funder(funder: str) -> dict[UUID, tuple[facts.ComponentPrice, ...]]:
    """Give the price lists of a funder at each provider, as `component_price_facts` does."""
    rows = ComponentPrice.objects.filter(funder=funder)
    found: dict[UUID, list[facts.ComponentPrice]] = {}
    for row in rows.order_by("provider_id", "component", "mode", "audience", "valid_from"):
        found.setdefault(row.provider_id, []).append(_price_fact(row))
    return {provider: tuple(prices) for provider, prices in found.items()}


def _price_fact(row: ComponentPrice) -> facts.ComponentPrice:
    return facts.ComponentPrice(
        funder=row.funder,
        component=row.component,
        mode=Mode(row.mode),
        audience=Audience(row.audience),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        tier=Tier(row.tier),
        name=row.name,
        price=as_written(row.price),
        ceiling=None if row.ceiling is None else as_written(row.ceiling),
        ceiling_period=CeilingPeriod(row.ceiling_period) if row.ceiling_period else None,
        version=row.version,
        source=row.source,
        is_confirmed=row.is_confirmed,
    )


def rate_pack(provider_id: UUID) -> RatePack | None:
    """Give the rates that a provider entered, the same as from rates.csv.

    Returns:
        The rates, each with its source and the certainty `user`; None where there are none.
    """
    values = tuple(
        DatedValue(
            name=row.code,
            value=as_written(row.amount),
            unit=row.unit,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            known_from=row.known_from,
            source=row.source,
            certainty=Certainty.USER,
            cap=row.cap,
        )
        for row in rates_of(provider_id)
    )
    return RatePack(RATES.file, values) if values else None


def as_written(amount: Decimal) -> Decimal:
    """Give a stored amount without the zeros that the column adds; nothing is rounded.

    >>> as_written(Decimal("49.000000")), as_written(Decimal("0.125000"))
    (Decimal('49.00'), Decimal('0.125'))
    """
    plain = amount.normalize()
    exponent = plain.as_tuple().exponent
    return plain.quantize(CENT) if isinstance(exponent, int) and exponent > -2 else plain
