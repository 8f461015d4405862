"""What the work is measured against: plain reading of the files, bare products of the lines."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tugiplaan.rules.facts import Line

_DATES = (
    "date", "first_day", "last_day", "valid_from", "valid_to", "issued_on", "agreed_start",
    "arrived_on", "ended_on", "birth_date", "learned_on", "received_on", "from_day",
    "first_pnh_start", "slot_new_from",
)  # fmt: skip
_WHOLE = ("minutes", "participants", "max_persons", "count")
_DECIMAL = ("price", "ceiling", "planned_volume", "amount")
_CENT = Decimal("0.01")


def _text(cell: str) -> str:
    return cell


def _converter(column: str) -> Callable[[str], object]:
    if column in _DATES:
        return date.fromisoformat
    if column in _WHOLE:
        return int
    if column in _DECIMAL:
        return Decimal
    return _text


def read_typed(folder: Path) -> int:
    """Read every CSV file of a folder with the standard csv module and typed cells.

    Returns:
        How many rows there were.
    """
    rows = 0
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream)
            typed = [_converter(column) for column in next(reader)]
            kept = [
                [convert(cell) if cell else None for convert, cell in zip(typed, row, strict=True)]
                for row in reader
            ]
            rows += len(kept)
    return rows


def bare_products(lines: list[Line]) -> Decimal:
    """Multiply rate, days and share of each line with Decimal, and round: nothing else."""
    total = Decimal(0)
    for line in lines:
        quantity = Decimal(line.quantity.numerator) / Decimal(line.quantity.denominator)
        amount = line.rate * quantity * line.share
        if line.of_days:
            amount /= line.of_days
        total += amount.quantize(_CENT, ROUND_HALF_UP)
    return total
