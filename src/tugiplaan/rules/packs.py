"""A user's own sourced rates, laid over the built-in table and named in every explanation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.tables import DatedTable, Law, known_on


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
