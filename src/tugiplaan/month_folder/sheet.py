"""A CSV file as rows of cells: its delimiter and header, and on which line a row begins."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from operator import methodcaller
from pathlib import Path

from tugiplaan.month_folder.encoding import scan
from tugiplaan.month_folder.problems import Phrase, Problem
from tugiplaan.month_folder.report import Report
from tugiplaan.month_folder.schema import Table

_DELIMITERS = Phrase(
    "koma või semikooloniga eraldatud veerge",
    "columns separated by , or ;",
    "столбцы через запятую или точку с запятой",
)
_CLOSED = Phrase(
    "et siin avatud jutumärk suletakse samas lahtris; jutumärk lahtri sees kirjutatakse kaks korda",
    "that a quote opened here is closed in the same cell; a quote inside a cell is written twice",
    "закрытие этой кавычки в той же ячейке; кавычка внутри ячейки пишется дважды",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file whose header has been read.

    Attributes:
        header: The names in the header, in the order of the file.
        header_line: The line where the header stands.
        has_quotes: A quote stands somewhere in the file.
        is_whole: The text is UTF-8 throughout; where it is not, broken bytes are replaced.
    """

    path: Path
    table: Table
    delimiter: str
    header: tuple[str, ...]
    header_line: int
    has_quotes: bool
    is_whole: bool

    @contextmanager
    def opened(self) -> "Iterator[Source]":
        """Open the file behind the header."""
        errors = "strict" if self.is_whole else "replace"
        newline = "" if self.has_quotes else None
        with self.path.open(encoding="utf-8-sig", errors=errors, newline=newline) as text:
            for _ in range(self.header_line):
                next(text)
            if self.has_quotes:
                yield QuotedRows(text, self)
            else:
                yield PlainRows(text, self)

    def named(self, row: Sequence[str]) -> dict[str, str]:
        """Give the cells of a row by column, as many as there are."""
        return dict(zip(self.header, row, strict=False))

    def positions(self) -> tuple[int, ...]:
        """Tell where each declared column stands; one that is not there: behind the last."""
        return tuple(
            self.header.index(name) if name in self.header else len(self.header)
            for name in self.table.names
        )


class PlainRows:
    """The rows of a file without quotes: every delimiter and line end parts cells.

    Cutting such lines up takes half as long as `csv.reader`. The last cell keeps its line
    end; it goes with the other blanks around cells.

    Attributes:
        rows: The rows.
        problems: What is wrong with quotes: nothing.
    """

    def __init__(self, text: Iterable[str], sheet: Sheet) -> None:
        """Stand behind the header."""
        self._first = sheet.header_line + 1
        self.rows: Iterator[list[str]] = map(methodcaller("split", sheet.delimiter), text)
        self.problems: list[Problem] = []

    def line(self, number: int) -> int:
        """Tell on which line the row begins that was given last.

        Args:
            number: How many rows have come before it.
        """
        return self._first + number


class QuotedRows:
    """The rows of a file with quotes; a cell may hold delimiters and line ends.

    Attributes:
        rows: The rows that can be told apart.
        problems: One for each row whose quotes do not pair.
    """

    def __init__(self, text: Iterable[str], sheet: Sheet) -> None:
        """Stand behind the header."""
        self._before = sheet.header_line
        self._line = 0
        self._reader = csv.reader(text, delimiter=sheet.delimiter, strict=True)
        self._file = sheet.table.file
        self.rows = self._readable()
        self.problems: list[Problem] = []

    def line(self, _number: int) -> int:
        """Tell on which line the row begins that was given last."""
        return self._line

    def _readable(self) -> Iterator[list[str]]:
        reader = self._reader
        while True:
            self._line = self._before + reader.line_num + 1
            try:
                yield next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.problems.append(Problem(self._file, self._line, "", '"', _CLOSED))
                if "unexpected end" in str(error) or "field larger" in str(error):
                    return  # what follows can no longer be told apart into rows


type Source = PlainRows | QuotedRows


def is_filled(row: Sequence[str]) -> bool:
    """Tell whether anything stands in a row; spreadsheets leave empty rows at the end."""
    return any(cell.strip() for cell in row)


def open_sheet(path: Path, table: Table, report: Report) -> Sheet | None:
    """Read the header of a file.

    Args:
        path: The file; it exists.
        table: What should be in it.
        report: Takes what is wrong with its encoding and header.

    Returns:
        The sheet; None where its rows cannot be read, or there is nothing in the file.
    """
    try:
        return _sheet(path, table, report)
    except OSError as error:
        wanted = Phrase(
            "loetavat faili", "a file that can be read", "файл, который можно прочитать"
        )
        report.add(Problem(table.file, 0, "", str(error.strerror), wanted))
        return None


def _sheet(path: Path, table: Table, report: Report) -> Sheet | None:
    scanned = scan(path, table.file)
    if scanned.problem:
        report.add(scanned.problem)
        if scanned.problem.line == 1:
            return None
    errors = "replace" if scanned.problem else "strict"
    with path.open(encoding="utf-8-sig", errors=errors) as text:
        header_line, first = next(
            ((number, line) for number, line in enumerate(text, 1) if line.strip()), (0, "")
        )
    if not first:
        return None
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        names = next(csv.reader([first], delimiter=delimiter, strict=True))
    except csv.Error:
        report.add(Problem(table.file, header_line, "", '"', _CLOSED))
        return None
    header = tuple(name.strip() for name in names)
    if not _header_is_usable(header, header_line, table, report):
        return None
    is_whole = scanned.problem is None
    return Sheet(path, table, delimiter, header, header_line, scanned.has_quotes, is_whole)


def _header_is_usable(header: tuple[str, ...], line: int, table: Table, report: Report) -> bool:
    """Report what is wrong with a header; tell whether rows can be read under it."""
    for at, name in enumerate(header):
        if name not in table.names:
            report.add(Problem(table.file, line, name, name, _one_of_columns(name, table)))
        elif name in header[:at]:
            once = Phrase("igat veergu üks kord", "each column once", "каждый столбец один раз")
            report.add(Problem(table.file, line, name, name, once))
    missing = [
        column.name for column in table.columns if column.is_required and column.name not in header
    ]
    if len(header) == 1 and missing:
        report.add(Problem(table.file, line, "", header[0], _DELIMITERS))
    for name in missing:
        wanted = Phrase(
            f"päises veergu {name}",
            f"the column {name} in the header",
            f"столбец {name} в заголовке",
        )
        report.add(Problem(table.file, line, name, ", ".join(header), wanted))
    return not missing


def _one_of_columns(name: str, table: Table) -> Phrase:
    listed = ", ".join(table.names)
    close = get_close_matches(name.lower(), table.names, 1)
    if close:
        return Phrase(
            f"veergu {close[0]} või muud neist: {listed}",
            f"the column {close[0]} or another of: {listed}",
            f"столбец {close[0]} или другой из: {listed}",
        )
    return Phrase(
        f"üht neist veergudest: {listed}",
        f"one of the columns: {listed}",
        f"один из столбцов: {listed}",
    )
