"""Which services of one person stand in each other's way, and on which days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from tugiplaan.rules.period import FAR_FUTURE
from tugiplaan.rules.services import may_run_together
from tugiplaan.rules.vocabulary import Service

__all__ = ["Conflict", "Term", "conflicts", "may_run_together"]


@dataclass(frozen=True, slots=True)
class Term:
    """A service of a person from one day to another, both included; open ended without a last."""

    key: str
    service: Service
    first_day: date
    last_day: date | None = None

    @property
    def end(self) -> date:
        return self.last_day or FAR_FUTURE


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two terms that may not run together, and the days that they share, both included."""

    one: str
    other: str
    first_day: date
    last_day: date | None


def conflicts(terms: Sequence[Term]) -> list[Conflict]:
    """Find the pairs of a person's services that may not run together.

    Args:
        terms: The services of one person, in any order.

    Returns:
        One conflict for each barred pair that shares a day, by first shared day and keys.
        Two terms that touch without sharing a day are no conflict.

    Law: rule R-18; SHS §§ 88, 92, 95, 98, 99², 101.

    >>> iet = Term("S1", Service.IET, date(2026, 1, 1))
    >>> ke = Term("S2", Service.KE, date(2026, 3, 1), date(2026, 3, 31))
    >>> [(found.one, found.other, found.first_day.month) for found in conflicts([ke, iet])]
    [('S1', 'S2', 3)]
    """
    found: list[Conflict] = []
    ordered = sorted(terms, key=lambda term: (term.first_day, term.key))
    for one, other in combinations(ordered, 2):
        first, last = max(one.first_day, other.first_day), min(one.end, other.end)
        if first <= last and not may_run_together(one.service, other.service):
            ends = None if last == FAR_FUTURE else last
            found.append(Conflict(one.key, other.key, first, ends))
    return sorted(found, key=lambda conflict: (conflict.first_day, conflict.one, conflict.other))
