"""A user's own sourced rates, laid over the built-in table; templates of component price lists."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.tables import DatedTable, Law, known_on, load
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, Tier


@dataclass(frozen=True, slots=True)
class RatePack:
    """Rates that a user found and vouches for.

    Attributes:
        name: What the pack is called, usually its file's name.
        values: Its rows, each with a source of its own.
    """

    name: str
    values: tuple[DatedValue, ...]


def lay_over(law: Law, pack: RatePack, *, known: date | None = None) -> Law:
    """Lay a user's rates over the law: on their days they go first.

    Args:
        law: The law below.
        pack: The user's rates.
        known: Leave out rows that were not known on this day; None: all.

    Returns:
        The law with the pack on top; every value that comes from it carries its name.
    """
    values: Iterable[DatedValue] = (replace(value, pack=pack.name) for value in pack.values)
    if known is not None:
        values = known_on(values, known)
    return replace(law, rates=DatedTable(values, over=law.rates), label=f"{law.label}+{pack.name}")


@dataclass(frozen=True, slots=True)
class TemplatePrice:
    """A row of a component price list as somebody published it; nothing bills from here.

    Attributes:
        price: Euros an hour; None: the list names the component without a price.
        ceiling: Euros in the ceiling period; None: none, or not legible.
        valid_from: As stated; None: not stated for certain.
        valid_to: As stated; None: not stated for certain.
        stated: The dates in the words of the source.
        is_sure: No cell of the row was doubtful; only then may it come as confirmed.
    """

    component: str
    mode: Mode
    audience: Audience
    tier: Tier
    name: str
    price: Decimal | None
    ceiling: Decimal | None
    ceiling_period: CeilingPeriod | None
    valid_from: date | None
    valid_to: date | None
    stated: str
    source: str
    is_sure: bool


@cache
def price_templates() -> dict[str, tuple[TemplatePrice, ...]]:
    """Give the component price lists by version.

    Law: none; lists of providers and municipalities (docs/open-points.md).

    >>> [(row.component, str(row.price), row.is_sure) for row in price_templates()["P3"]]
    [('B1', '49.00', False), ('B1b', '49.00', False), ('B2', '80.00', False)]
    """
    return {
        version: tuple(_template(row) for row in rows)
        for version, rows in load("component_prices").items()
    }


def _template(row: dict[str, str | None]) -> TemplatePrice:
    def text(name: str) -> str:
        return row[name] or ""

    amount, _, period = text("ceiling").partition("/")
    return TemplatePrice(
        component=text("component"),
        mode=Mode(text("mode")),
        audience=Audience(text("audience")),
        # The core service (põhiteenus) of later lists is the base of earlier ones.
        tier=Tier.ADDITIONAL if text("tier") == Tier.ADDITIONAL else Tier.BASE,
        name=text("name_et"),
        price=Decimal(text("price")) if text("price") else None,
        ceiling=Decimal(amount) if period else None,
        ceiling_period=CeilingPeriod(period) if period else None,
        valid_from=_sure_date(text("valid_from")),
        valid_to=_sure_date(text("valid_to")),
        stated=f"{text('valid_from')}–{text('valid_to')}",
        source=f"{text('area')}, {text('source')}",
        is_sure=not any("?" in str(cell) for cell in row.values()),
    )


def _sure_date(text: str) -> date | None:
    return None if "?" in text or not text else date.fromisoformat(text)
