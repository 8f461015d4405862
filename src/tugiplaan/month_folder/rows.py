"""The rows of a file as typed values: quick where all is well, exact where something is wrong."""

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from tugiplaan.month_folder.cells import Converter
from tugiplaan.month_folder.problems import Phrase, Problem
from tugiplaan.month_folder.repeats import KEY_SEPARATOR, repeats
from tugiplaan.month_folder.report import Report
from tugiplaan.month_folder.sheet import Sheet, Source, is_filled

type References = Mapping[str, Callable[[str], Any]]
"""For each file that others refer to: what finds the thing of a key, or raises KeyError."""

type BadRow = Callable[[Mapping[str, str]], None]
"""Is told the cells of a row that is not good, by column."""

BAD_CELL = (ValueError, KeyError)
"""What the lookup of a cell in its column raises when it is no such value."""


class Rows:
    """Reads one file: gives its good rows and reports the others.

    Iterating gives the typed values of each good row. The files with millions of rows go
    through `cells`, look each cell up in its column themselves, and hand a row whose lookup
    fails to `examine`; that takes half the time.

    Attributes:
        columns: For each declared column the values by their text. The key of a file with
            one key column needs no lookup: it comes stripped and is not empty.
        has_lost_rows: Not every row could be told apart; keys may be missing.
    """

    def __init__(
        self,
        sheet: Sheet,
        references: References,
        report: Report,
        on_bad: BadRow | None = None,
    ) -> None:
        """Make ready to read.

        Args:
            sheet: The file.
            references: Where the keys of other files are found.
            report: Takes what is wrong.
            on_bad: Is told of each row that is not given.
        """
        self.columns = [
            Converter(
                references[column.refers_to] if column.refers_to else column.cell.parse,
                column.cell,
                is_required=column.is_required,
            )
            for column in sheet.table.columns
        ]
        self.has_lost_rows = False
        self._sheet = sheet
        self._table = sheet.table
        self._report = report
        self._on_bad = on_bad
        self._source: Source | None = None
        self._number = 0

    def __iter__(self) -> Iterator[list[Any]]:
        """Give the values of each good row, in the order of the declared columns."""
        names, checks = self._table.names, self._table.checks
        for cells in self.cells():
            try:
                values = [column[cell] for column, cell in zip(self.columns, cells, strict=True)]
            except BAD_CELL:
                self.examine(cells)
                continue
            if checks:
                row = dict(zip(names, values, strict=True))
                if any(check(row) for check in checks):
                    self.examine(cells)
                    continue
            yield values

    def cells(self) -> Iterator[list[str]]:
        """Give the cells of each row that has as many as the header, in the declared order.

        Keys that rise need not be remembered. They are compared by length first, as counters
        are often written without leading zeros. Where they do not rise, the file is looked
        through once more.
        """
        width, pick, key_width = len(self._sheet.header), self._picker(), self._table.key
        last, last_size, are_rising = "", 0, True
        with self._sheet.opened() as source:
            self._source = source
            for self._number, row in enumerate(source.rows):
                if len(row) != width:
                    self._report_width(row)
                    continue
                cells = pick(row) if pick else row
                if key_width == 1:
                    key = cells[0] = cells[0].strip()
                    if not key:
                        self.examine(cells)
                        continue
                else:
                    key = KEY_SEPARATOR.join(cells[:key_width])
                if are_rising:
                    size = len(key)
                    if size > last_size or (size == last_size and key > last):
                        last, last_size = key, size
                    else:
                        are_rising = False
                yield cells
            for problem in source.problems:
                self.has_lost_rows = True
                self._report.add(problem)
        is_padded = any(column.is_padded for column in self.columns[:key_width])
        if not are_rising or is_padded:
            self._report_repeats(self._number)

    def examine(self, cells: list[str]) -> None:
        """Report everything that is wrong with the row that was given last.

        Args:
            cells: Its cells, in the declared order.
        """
        if not is_filled(cells):
            return
        named = dict(zip(self._table.names, cells, strict=True))
        values: dict[str, Any] = {}
        for column, converter in zip(self._table.columns, self.columns, strict=True):
            try:
                values[column.name] = converter[named[column.name]]
            except BAD_CELL:
                self._report_cell(named, column.name, column.expected)
        for check in self._table.checks:
            found = check(values)
            if found:
                self._report_cell(named, *found)
        if self._on_bad:
            self._on_bad(named)

    def _picker(self) -> Callable[[list[str]], list[str]] | None:
        """Make what puts the cells of a row into the declared order; None: they are in it."""
        positions, width = self._sheet.positions(), len(self._sheet.header)
        if positions == tuple(range(width)):
            return None
        pick = itemgetter(*positions)
        return lambda row: list(pick([*row, ""]))

    def _line(self) -> int:
        return self._source.line(self._number) if self._source else 0

    def _report_width(self, row: list[str]) -> None:
        if not is_filled(row):
            return
        width = len(self._sheet.header)
        named = self._sheet.named(row)
        expected = Phrase(
            f"{width} lahtrit nagu päises",
            f"{width} cells as in the header",
            f"{width} ячеек, как в заголовке",
        )
        problem = Problem(self._table.file, self._line(), "", str(len(row)), expected)
        self._report.add_row(problem, self._table, named, has_slipped=True)
        if self._on_bad:
            self._on_bad(named)

    def _report_cell(self, named: Mapping[str, str], column: str, expected: Phrase) -> None:
        found = named[column].strip()
        problem = Problem(self._table.file, self._line(), column, found, expected)
        self._report.add_row(problem, self._table, named)

    def _report_repeats(self, rows: int) -> None:
        names = self._table.key_names
        for repeat in repeats(self._sheet, rows):
            expected = Phrase(
                f"võtit, mida failis veel ei ole; see on juba real {repeat.first_line}",
                f"a key that is not in the file yet; line {repeat.first_line} has this one",
                f"ключ, которого в файле ещё нет; он уже есть в строке {repeat.first_line}",
            )
            found = ", ".join(repeat.row[name].strip() for name in names)
            problem = Problem(self._table.file, repeat.line, ", ".join(names), found, expected)
            self._report.add_row(problem, self._table, repeat.row)
            self._report.touch(self._table, repeat.first_row)
