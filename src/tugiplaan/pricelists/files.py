"""Prices and rates that come from files and go to files."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tugiplaan.audit.bringing import Shelf, bringer
from tugiplaan.pricelists.models import ComponentPrice, OwnPrice, Rate

bring_own_prices = bringer(Shelf(OwnPrice, ("code", "valid_from")))
bring_component_prices = bringer(
    Shelf(ComponentPrice, ("component", "funder", "mode", "audience", "valid_from"))
)
bring_rates = bringer(Shelf(Rate, ("code", "valid_from")))


def component_prices_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of component_prices.csv."""
    rows = ComponentPrice.objects.filter(provider_id=provider_id)
    columns = (
        *("funder", "component", "mode", "audience", "valid_from", "valid_to", "version"),
        *("tier", "name", "price", "ceiling", "ceiling_period", "source", "is_confirmed"),
    )
    keys = ("funder", "component", "mode", "audience", "valid_from")
    for row in rows.order_by(*keys).values(*columns):
        yield {**row, "unit": "h", "confirmed": row["is_confirmed"]}


def rates_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of rates.csv."""
    rows = Rate.objects.filter(provider_id=provider_id).order_by("code", "valid_from")
    columns = ("code", "valid_from", "valid_to", "known_from", "unit", "amount", "cap", "source")
    yield from rows.values(*columns)
