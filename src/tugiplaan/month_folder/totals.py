"""The sums of a settled month by funder and rate code, added up as persons go by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tugiplaan.month_folder.plain import plain_money, plain_quantity
from tugiplaan.rules.facts import Line

_NOTHING = Decimal("0.00")


@dataclass(slots=True)
class _Sum:
    persons: int = 0
    quantity: Fraction | int = 0
    amount: Decimal = _NOTHING


class Totals:
    """Sums of lines. Distinct persons are counted, not remembered: each comes only once."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._sums: dict[tuple[str, str, str], _Sum] = {}
        self._persons = 0

    def add(self, lines: Iterable[Line]) -> None:
        """Add the lines of one person, or those that concern no person."""
        with_person: set[tuple[str, str, str]] = set()
        for line in lines:
            key = (line.funder, line.rate_code, str(line.unit))
            total = self._sums.setdefault(key, _Sum())
            total.quantity += line.quantity
            total.amount += line.amount
            if line.person:
                with_person.add(key)
        for key in with_person:
            self._sums[key].persons += 1
        self._persons += bool(with_person)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give the rows by funder, rate code and unit, and the row of the whole last."""
        for (funder, rate_code, unit), total in sorted(
            self._sums.items(), key=lambda item: item[0]
        ):
            quantity, amount = plain_quantity(total.quantity), plain_money(total.amount)
            yield funder, rate_code, str(total.persons), quantity, unit, amount
        whole = sum((total.amount for total in self._sums.values()), _NOTHING)
        yield "TOTAL", "", str(self._persons), "", "", plain_money(whole)
