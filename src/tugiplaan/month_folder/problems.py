"""What is wrong with an input file, where, and what was expected, told in two languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_LONGEST_FOUND = 60


class Phrase(NamedTuple):
    """The same words in Estonian and in English."""

    et: str
    en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the input.

    Attributes:
        file: Name of the file.
        line: Line of the file, the header being line 1; 0: no one line.
        column: Column or key; empty: the whole line or file.
        found: What stands there; empty: nothing.
        expected: What should stand there, as the object of "expected".
    """

    file: str
    line: int
    column: str
    found: str
    expected: Phrase

    def sentence(self, language: str) -> str:
        """Tell the problem as a sentence.

        Args:
            language: `et` or `en`.

        >>> Problem("days.csv", 3, "kind", "night", Phrase("…", "day or oop")).sentence("en")
        'days.csv, line 3, column kind: found “night”, expected day or oop.'
        """
        is_estonian = language == "et"
        where = self.file
        if self.line:
            where += f", rida {self.line}" if is_estonian else f", line {self.line}"
        if self.column:
            where += f", veerg {self.column}" if is_estonian else f", column {self.column}"
        found = _shortened(self.found)
        if is_estonian:
            found = f"leitud „{found}“" if found else "ei leitud midagi"
            return f"{where}: {found}, oodatakse {self.expected.et}."
        found = f"found “{found}”" if found else "found nothing"
        return f"{where}: {found}, expected {self.expected.en}."

    def __str__(self) -> str:
        return self.sentence("en")


def _shortened(text: str) -> str:
    """Keep a cell on one line of a terminal; what cannot be printed is spelt out."""
    text = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
    return text if len(text) <= _LONGEST_FOUND else text[: _LONGEST_FOUND - 1] + "…"


class BadInputError(ValueError):
    """The input cannot be settled; it carries everything that is wrong, not only the first.

    Attributes:
        problems: All problems of the run, in the order of files and lines.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems; the message has a line for each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
