"""Whether a file is UTF-8 text, and where it is not."""

import codecs
from pathlib import Path
from typing import NamedTuple

from tugiplaan.month_folder.problems import Phrase, Problem

_CHUNK = 1 << 20


class Scanned(NamedTuple):
    """What the bytes of a file are like.

    Attributes:
        problem: The first byte that is not text; None: there is none.
        has_quotes: A quote stands somewhere before that.
    """

    problem: Problem | None
    has_quotes: bool


def scan(path: Path, name: str) -> Scanned:
    """Look through a file before it is read: a reader could not tell where it breaks.

    Args:
        path: The file.
        name: What it is called in a problem.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    start, has_quotes = 0, False
    with path.open("rb") as data:
        while True:
            chunk = data.read(_CHUNK)
            has_quotes = has_quotes or b'"' in chunk
            pending = len(decoder.getstate()[0])
            nul = chunk.find(b"\0")
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                at = error.start - pending
                at = at if nul < 0 else min(at, nul)
                return Scanned(_at_byte(path, name, start + at), has_quotes)
            if nul >= 0:
                return Scanned(_at_byte(path, name, start + nul), has_quotes)
            if not chunk:
                return Scanned(None, has_quotes)
            start += len(chunk)


def _at_byte(path: Path, name: str, offset: int) -> Problem:
    with path.open("rb") as data:
        before, byte = data.read(offset), data.read(1)
    lines = before.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    at = len(lines[-1]) + 1
    expected = Phrase(
        f"UTF-8 teksti, aga rea {at}. bait seda ei ole; salvesta fail kodeeringus UTF-8",
        f"UTF-8 text, but byte {at} of the line is not; save the file as UTF-8",
        f"текст в UTF-8, но байт {at} строки не такой; сохраните файл в UTF-8",
    )
    return Problem(name, len(lines), "", f"0x{byte.hex().upper()}", expected)
