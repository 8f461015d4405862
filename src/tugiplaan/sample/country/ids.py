"""Ids that rise and are the same for the same seed, in the form of UUIDv7."""

from itertools import count
from random import Random
from uuid import UUID

# Milliseconds of 2026-01-01 00:00 UTC: rows that are really made get higher ids.
_BEGINNING = 1_767_225_600_000


class Ids:
    """Gives ids, each higher than those before."""

    def __init__(self, seed: int) -> None:
        """Begin.

        Args:
            seed: Two seeds give different ids.
        """
        tail = Random(seed).getrandbits(60)
        self._tail = f"{0x8 + (tail >> 58):x}{tail & ((1 << 60) - 1):015x}"[:16]
        self._numbers = count()

    def text(self) -> str:
        """Give the next id as 32 hexadecimal digits."""
        number = next(self._numbers)
        return f"{_BEGINNING + (number >> 12):012x}7{number & 0xFFF:03x}{self._tail}"

    def new(self) -> UUID:
        """Give the next id.

        >>> ids = Ids(7)
        >>> one, two = ids.new(), ids.new()
        >>> (one < two, one.version, one == Ids(7).new())
        (True, 7, True)
        """
        return UUID(self.text())


def dashed(text: str) -> str:
    """Write an id of 32 digits as people do.

    >>> dashed("0" * 32)
    '00000000-0000-0000-0000-000000000000'
    """
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
