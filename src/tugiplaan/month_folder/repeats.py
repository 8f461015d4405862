"""Keys that occur twice in a file, found without holding all keys of the file."""

from collections.abc import Iterator
from typing import NamedTuple

from tugiplaan.month_folder.sheet import Sheet, is_filled

KEY_SEPARATOR = "\x1f"
_MOST_MARKS = 1 << 26


class Repeat(NamedTuple):
    """A row whose key stands in an earlier row too."""

    line: int
    first_line: int
    row: dict[str, str]
    first_row: dict[str, str]


def repeats(sheet: Sheet, rows: int) -> Iterator[Repeat]:
    """Find the rows of a file whose key occurred before.

    A country's hours in no order would need some hundred bytes for each key. So the first
    pass only marks a byte for the hash of each key; the second compares, exactly, the few
    keys whose byte was marked already.

    Args:
        sheet: The file.
        rows: How many rows it has, about.
    """
    marks = bytearray(min(_MOST_MARKS, 1 << (16 * rows + 1024).bit_length()))
    mask = len(marks) - 1
    suspects: set[int] = set()
    for _, key, _ in _keys(sheet):
        slot = hash(key) & mask
        if marks[slot]:
            suspects.add(slot)
        marks[slot] = 1
    seen: dict[str, tuple[int, list[str]]] = {}
    for line, key, row in _keys(sheet) if suspects else ():
        if hash(key) & mask not in suspects:
            continue
        if key not in seen:
            seen[key] = line, row
            continue
        first_line, first_row = seen[key]
        yield Repeat(line, first_line, sheet.named(row), sheet.named(first_row))


def _keys(sheet: Sheet) -> Iterator[tuple[int, str, list[str]]]:
    """Give the line, key and cells of each row that has all its cells and a key."""
    positions = sheet.positions()[: sheet.table.key]
    width = len(sheet.header)
    with sheet.opened() as source:
        for number, row in enumerate(source.rows):
            if len(row) == width and is_filled(row):
                key = [row[at].strip() for at in positions]
                if all(key):
                    yield source.line(number), KEY_SEPARATOR.join(key), row
