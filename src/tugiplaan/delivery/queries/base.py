"""Base components of a provider's price lists, and what stands for one that may not be used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from tugiplaan.delivery.entries import ComponentEntry
from tugiplaan.pricelists.queries import component_price_facts
from tugiplaan.providers.queries import component_contract_facts
from tugiplaan.rules import facts
from tugiplaan.rules.components import CONTENT, Surround, priced_records
from tugiplaan.rules.network_work import consultation_components
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Audience, Mode, Tier


@dataclass(frozen=True, slots=True)
class BaseComponent:
    """A base component that a price list has on a day.

    Attributes:
        price: Euros an hour.
        is_consultation: It pays an outside specialist.
    """

    funder: str
    component: str
    mode: Mode
    audience: Audience
    name: str
    price: Decimal
    is_consultation: bool


def base_components(provider_id: UUID, day: date) -> tuple[BaseComponent, ...]:
    """Give the base components of a provider's price lists on a day, by code. One query."""
    found = {
        (row.funder, row.component, row.mode, row.audience): BaseComponent(
            *(row.funder, row.component, row.mode, row.audience, row.name, row.price),
            is_consultation=row.component in consultation_components(),
        )
        for row in component_price_facts(provider_id)
        if row.tier is Tier.BASE and row.covers(day)
    }
    return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True, slots=True)
class Misplaced:
    """Content work under a base component.

    Attributes:
        name: What the price list calls the base component.
        instead: Names of the additional components of the same funder on the day.
    """

    name: str
    instead: tuple[str, ...]


def misplaced_content(provider_id: UUID, entries: Iterable[ComponentEntry]) -> Misplaced | None:
    """Find content work that is to be recorded under a base component.

    Args:
        provider_id: At which provider.
        entries: What is to be recorded.

    Returns:
        The first of them; None: there is none. One query where there is content work, else none.

    Law: no law; the component descriptions: base components hold no content work.
    """
    contents = [one for one in entries if one.activity == CONTENT]
    if not contents:
        return None
    prices = facts.PriceList(component_price_facts(provider_id))
    for one in contents:
        price = prices.entry_on(one.funder, one.component, one.mode, one.audience, one.day).price
        if price is not None and price.tier is Tier.BASE:
            return Misplaced(price.name or one.component, _additional(provider_id, one))
    return None


def _additional(provider_id: UUID, entry: ComponentEntry) -> tuple[str, ...]:
    names = {
        row.name or row.component
        for row in component_price_facts(provider_id)
        if row.funder == entry.funder and row.tier is Tier.ADDITIONAL and row.covers(entry.day)
    }
    return tuple(sorted(names))


def costs_of(provider_id: UUID, records: Iterable[facts.ComponentRecord]) -> dict[str, Fraction]:
    """Give what records cost by the price lists, ceilings left aside.

    Args:
        provider_id: At which provider.
        records: The records; their keys are unique.

    Returns:
        Euros by key, not rounded; without a price or contract it is left out. Two queries.
    """
    rows = list(records)
    if not rows:
        return {}
    prices = facts.PriceList(
        component_price_facts(provider_id), component_contract_facts(provider_id)
    )
    return {
        row.record: exact
        for row in rows
        for priced in priced_records("", [row], Month.of(row.day), prices, Surround())
        if (exact := priced.exact) is not None
    }
