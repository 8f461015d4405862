"""What is wrong with an input file, where, and what was expected, told in every language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_LONGEST_FOUND = 60


class Phrase(NamedTuple):
    """The same words in Estonian, English and Russian."""

    et: str
    en: str
    ru: str


class _Words(NamedTuple):
    line: str
    column: str
    found: str
    nothing: str
    expected: str


_WORDS = {
    "et": _Words("rida", "veerg", "leitud „{found}“", "ei leitud midagi", "oodatakse"),
    "en": _Words("line", "column", "found “{found}”", "found nothing", "expected"),
    "ru": _Words("строка", "столбец", "найдено «{found}»", "ничего не найдено", "ожидается"),
}


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
            language: `et`, `en` or `ru`.

        >>> Problem("days.csv", 3, "kind", "night", Phrase("…", "day or oop", "…")).sentence("en")
        'days.csv, line 3, column kind: found “night”, expected day or oop.'
        """
        words = _WORDS[language]
        where = self.file
        if self.line:
            where += f", {words.line} {self.line}"
        if self.column:
            where += f", {words.column} {self.column}"
        found = _shortened(self.found)
        seen = words.found.format(found=found) if found else words.nothing
        return f"{where}: {seen}, {words.expected} {getattr(self.expected, language)}."

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
