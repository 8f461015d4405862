"""Dated values: the price and the terms in force on a day, each with its source."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from importlib import resources
from typing import Any

import yaml

from tugiplaan.rules.legal import Certainty, DatedValue, NotInForceError
from tugiplaan.rules.period import FAR_FUTURE, FAR_PAST, Span

type ValueSpan = tuple[int, int, DatedValue | None]
"""A half-open run of days as ordinals, and the value in force on all of them, if any."""


def load(name: str) -> Any:
    """Read one of the YAML files of the law's data.

    Args:
        name: The file's name without its ending, for example `rates`.
    """
    text = resources.files("tugiplaan.rules").joinpath("data", f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both safe


def _dated_values(table: Mapping[str, Any], number: str) -> list[DatedValue]:
    return [
        DatedValue(
            name=name,
            value=Decimal(row[number]),
            unit=entry["unit"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            source=row["source"],
            certainty=Certainty(row["certainty"]),
            known_from=row.get("known_from"),
            condition=row.get("condition", ""),
            cap=row.get("cap", ""),
        )
        for name, entry in table.items()
        for row in entry["rows"]
    ]


class DatedTable:
    """Named values over time; overlapping rows of one name: the later start counts."""

    def __init__(self, values: Iterable[DatedValue], *, over: "DatedTable | None" = None) -> None:
        """Index the values.

        Args:
            values: All rows; those that may not bill are kept for listing only.
            over: A table that this one lies over: its rows count on the days and names
                for which this table has none.
        """
        self._rows: dict[str, list[DatedValue]] = {}
        for value in values:
            self._rows.setdefault(value.name, []).append(value)
        self._over = over
        self._runs: dict[str, tuple[list[int], list[DatedValue | None]]] = {}
        self._spans: dict[tuple[str, int, int], list[ValueSpan]] = {}

    def names(self) -> list[str]:
        """List the names that have rows, in the order of the data."""
        below = self._over.names() if self._over else []
        return below + [name for name in self._rows if name not in below]

    def rows(self, name: str) -> list[DatedValue]:
        """List all rows of a name, those that never bill too, the upper table's last."""
        return (self._over.rows(name) if self._over else []) + self._rows.get(name, [])

    def on(self, name: str, day: date) -> DatedValue:
        """Give the value in force on a day.

        Args:
            name: A rate code or the name of a term.
            day: The day of service.

        Returns:
            The billable row that covers the day.

        Raises:
            NotInForceError: No billable row covers the day. An older value is never
                carried forward, and a missing one is never zero.

        Law: rule R-01; R65 § 2.
        """
        value = self._at(name, day.toordinal())
        if value is None:
            raise NotInForceError(f"no sourced value of {name} is in force on {day.isoformat()}")
        return value

    def spans(self, name: str, days: Span) -> list[ValueSpan]:
        """Cut a run of days where the value changes.

        Args:
            name: A rate code or the name of a term.
            days: The run of days, half-open ordinals.

        Returns:
            The runs in order, covering all the days; None where nothing is in force.
        """
        key = (name, days[0], days[1])
        found = self._spans.get(key)
        if found is None:
            found = self._spans[key] = self._cut(name, days)
        return found

    def _cut(self, name: str, days: Span) -> list[ValueSpan]:
        starts, values = self._index(name)
        at, end = days
        spans: list[ValueSpan] = []
        place = bisect_right(starts, at) - 1
        while at < end:
            stop = min(end, starts[place + 1]) if place + 1 < len(starts) else end
            spans.append((at, stop, values[place]))
            at, place = stop, place + 1
        return spans

    def _at(self, name: str, day: int) -> DatedValue | None:
        starts, values = self._index(name)
        return values[bisect_right(starts, day) - 1]

    def _index(self, name: str) -> tuple[list[int], list[DatedValue | None]]:
        found = self._runs.get(name)
        if found is None:
            found = self._runs[name] = self._build(name)
        return found

    def _build(self, name: str) -> tuple[list[int], list[DatedValue | None]]:
        """Lay the rows over one another: later start over earlier, this table over the other."""
        layers = [row for row in self._rows.get(name, []) if row.is_billable]
        layers.sort(key=lambda row: row.valid_from or FAR_PAST)
        below = self._over._index(name) if self._over else ([FAR_PAST.toordinal()], [None])
        cuts = set(below[0])
        for row in layers:
            cuts.add((row.valid_from or FAR_PAST).toordinal())
            if row.valid_to is not None and row.valid_to < FAR_FUTURE:
                cuts.add(row.valid_to.toordinal() + 1)
        starts = sorted(cuts)
        values: list[DatedValue | None] = []
        for start in starts:
            day = date.fromordinal(start)
            top = next((row for row in reversed(layers) if row.covers(day)), None)
            values.append(top or below[1][bisect_right(below[0], start) - 1])
        return starts, values


def known_on(values: Iterable[DatedValue], day: date) -> list[DatedValue]:
    """Keep what anybody could know on a day.

    Args:
        values: Rows of one table.
        day: The day from which one looks.

    Returns:
        The rows known on that day. A row that a later row ended, which was not known yet,
        runs on.

    Law: rule R-23; the act RT I, 08.10.2021, 1 applies from 01.04.2021.
    """
    everything = list(values)
    kept = [row for row in everything if row.is_known_on(day)]
    unknown_starts = {
        (row.name, row.valid_from)
        for row in everything
        if row.is_billable and not row.is_known_on(day)
    }
    return [
        replace(row, valid_to=None)
        if row.valid_to and (row.name, row.valid_to + timedelta(days=1)) in unknown_starts
        else row
        for row in kept
    ]


@cache
def builtin_rates() -> tuple[DatedValue, ...]:
    """Give every row of the maximum costs of regulation 65, those that never bill too."""
    return tuple(_dated_values(load("rates"), "amount"))


@cache
def builtin_terms() -> tuple[DatedValue, ...]:
    """Give every term, share, limit and minimum volume."""
    return tuple(_dated_values(load("terms"), "value"))


@cache
def contribution_ceilings() -> DatedTable:
    """Give the highest own contribution by service.

    Law: state budget act of 2026 § 2(5).
    """
    return DatedTable(_dated_values(load("contribution_ceilings"), "amount"))


@dataclass(frozen=True, eq=False)
class Law:
    """The dated law: maximum costs and terms.

    Attributes:
        rates: Maximum costs by rate code, euros a month, day or day-and-night.
        terms: Terms, shares, limits and minimum volumes by name.
        label: What the law is called in a comparison, for example `builtin@2021-09-30`.
    """

    rates: DatedTable
    terms: DatedTable
    label: str = "builtin"

    @cached_property
    def terms_since(self) -> date:
        """The first day that any term is known for; older stays are read by the terms of it."""
        starts = (row.valid_from for name in self.terms.names() for row in self.terms.rows(name))
        return min(start for start in starts if start is not None)

    def term(self, name: str, day: date) -> DatedValue:
        """Give a term in force on a day.

        Args:
            name: The name of the term.
            day: The day; one before `terms_since` counts as that day, so that a stay which
                began long ago can be settled today.

        Raises:
            NotInForceError: It was not in force, or what held then was not found.

        >>> builtin().term("absence_share", date(2026, 5, 1)).value
        Decimal('0.95')
        """
        return self.terms.on(name, max(day, self.terms_since))

    def number(self, name: str, day: date) -> int:
        """Give the whole number that a term has on a day.

        Raises:
            NotInForceError: It was not in force.
            ValueError: It is no whole number; a share must not be cut to zero.

        >>> builtin().number("units_in_month", date(2026, 5, 1))
        23
        """
        value = self.term(name, day).value
        if value % 1:
            raise ValueError(f"{name} is {value}, not a whole number")
        return int(value)


@cache
def builtin(known: date | None = None) -> Law:
    """Give the built-in law.

    Args:
        known: Leave out rates that nobody could know yet on this day; None: all.
    """
    rates = builtin_rates() if known is None else tuple(known_on(builtin_rates(), known))
    label = "builtin" if known is None else f"builtin@{known.isoformat()}"
    return Law(rates=DatedTable(rates), terms=DatedTable(builtin_terms()), label=label)
