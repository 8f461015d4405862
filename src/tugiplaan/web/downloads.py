"""Rows once, shown three ways: as a table on the page, as a spreadsheet, as a CSV file."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from tugiplaan.audit.language import language
from tugiplaan.rules.money import euro
from tugiplaan.web import telling
from tugiplaan.web.lists import paged
from tugiplaan.web.shared import Page

type Value = str | int | Decimal | Fraction | date | None


class Kind(StrEnum):
    """What stands in a column.

    Months are YYYYMM; a length of time is in minutes and becomes hours in a file; a share is of
    one and becomes a percentage.
    """

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MONTH = "month"
    TIME = "time"
    SHARE = "share"


_NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY, Kind.TIME, Kind.SHARE})
_FORMATS = {
    Kind.NUMBER: "General",
    Kind.MONEY: "#,##0.00",
    Kind.DAY: "DD.MM.YYYY",
    Kind.MONTH: "MM.YYYY",
    Kind.TIME: "0.00",
    Kind.SHARE: "0.0%",
}
_MINUTES = 60
_WIDEST = 48
_PER_PAGE = 40
_MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# What a spreadsheet would take for a formula at the beginning of a text.
_FORMULA = re.compile(r"\s*[=+\-@|%]|[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: what its head says and what stands in it."""

    name: str
    kind: Kind = Kind.TEXT

    @property
    def is_number(self) -> bool:
        return self.kind in _NUMERIC


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; `url` is the page of the records that it was counted from."""

    value: Value
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as a page shows it."""

    text: str
    url: str
    column: Column


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with their columns.

    Attributes:
        rows: Each as long as `columns`.
        total: The last row, of sums; empty: none.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()

    @property
    def shown_rows(self) -> list[list[Shown]]:
        return [self._shown(row) for row in self.rows]

    @property
    def shown_total(self) -> list[Shown]:
        return self._shown(self.total)

    def _shown(self, row: Iterable[Cell]) -> list[Shown]:
        return [
            Shown(show(cell.value, column.kind), cell.url, column)
            for cell, column in zip(row, self.columns, strict=False)
        ]


def sheet(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell | Value]], total: Any = ()
) -> Sheet:
    """Make a sheet; a value that leads nowhere may stand without a cell around it."""
    return Sheet(title, tuple(columns), tuple(_cells(row) for row in rows), _cells(total))


def _cells(row: Iterable[Cell | Value]) -> tuple[Cell, ...]:
    return tuple(one if isinstance(one, Cell) else Cell(one) for one in row)


def show(value: Value, kind: Kind) -> str:
    """Write a value for people; an empty text where there is none.

    >>> show(90, Kind.TIME), show(Fraction(1, 2), Kind.SHARE), show(202605, Kind.MONTH)
    ('1 h 30 min', '50%', 'mai 2026')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return telling.day(value)
    if kind is Kind.MONEY:
        return telling.money(value)
    if kind is Kind.MONTH:
        return telling.month(int(value))
    if kind is Kind.TIME:
        return telling.minutes(round(value))
    if kind is Kind.SHARE:
        return f"{telling.number(round(Fraction(value) * 100))}%"
    return telling.number(_short(value))


def _short(value: int | Decimal | Fraction) -> int | Decimal:
    """Give a fraction with two decimals; what is written with decimals stays as it is."""
    return euro(value) if isinstance(value, Fraction) else value


def as_xlsx(given: Sheet) -> bytes:
    """Give a sheet as a spreadsheet: real numbers and dates, the head stays in sight.

    A text is written as a text whatever it begins with, and with an apostrophe where saving it
    again would make it a formula.
    """
    book = Workbook()
    page: Any = book.active
    page.title = re.sub(r"[\[\]:*?/\\]", " ", given.title)[:31] or "1"
    page.append([harmless(column.name) for column in given.columns])
    for column, cell in zip(given.columns, page[1], strict=True):
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.data_type = "s"
        width = max([len(column.name), 10, *(len(_text(row, cell)) for row in given.rows)])
        page.column_dimensions[get_column_letter(cell.column)].width = min(width + 2, _WIDEST)
    for number, row in enumerate([*given.rows, *([given.total] if given.total else [])], 2):
        for at, (one, column) in enumerate(zip(row, given.columns, strict=False), 1):
            _write(page.cell(number, at), one.value, column.kind)
            if number > len(given.rows) + 1:
                page.cell(number, at).font = Font(bold=True)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _text(row: Sequence[Cell], head: Any) -> str:
    value = row[head.column - 1].value if head.column <= len(row) else None
    return value if isinstance(value, str) else ""


def _write(cell: Any, value: Value, kind: Kind) -> None:
    plain = _plain(value, kind)
    cell.value = plain
    if isinstance(plain, str):
        cell.data_type = "s"
    elif plain is not None:
        cell.number_format = _FORMATS.get(kind, "General")


def _plain(value: Value, kind: Kind) -> str | int | Decimal | date | None:
    """Give a value as a spreadsheet knows it."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        return harmless(_CONTROL.sub("", value))
    if kind is Kind.MONTH:
        return date(int(value) // 100, int(value) % 100, 1)
    if kind is Kind.TIME:
        return euro(Fraction(value) / _MINUTES)
    if kind is Kind.SHARE:
        return Decimal(round(Fraction(value) * 10_000)) / 10_000
    return _short(value)


def as_csv(given: Sheet) -> bytes:
    """Give a sheet as CSV that a spreadsheet of the language opens with a click.

    UTF-8 with its mark; semicolons and decimal commas but in English; a text that a spreadsheet
    would take for a formula gets an apostrophe before it.
    """
    is_english = language() == "en"
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter="," if is_english else ";")
    writer.writerow([harmless(column.name) for column in given.columns])
    for row in [*given.rows, *([given.total] if given.total else [])]:
        writer.writerow(
            [
                _csv(one.value, column.kind, point="." if is_english else ",")
                for one, column in zip(row, given.columns, strict=False)
            ]
        )
    return file.getvalue().encode("utf-8-sig")


def _csv(value: Value, kind: Kind, *, point: str) -> str:
    plain = _plain(value, kind)
    if isinstance(plain, str):
        return plain
    if isinstance(plain, date):
        return f"{plain:%Y-%m}" if kind is Kind.MONTH else plain.isoformat()
    return "" if plain is None else str(plain).replace(".", point)


def harmless(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("Mari")
    ("'=1+1", 'Mari')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def as_file(given: Sheet, form: str) -> HttpResponse:
    """Answer with a sheet as a file, `xlsx` or `csv`."""
    content = as_xlsx(given) if form == "xlsx" else as_csv(given)
    answer = HttpResponse(content, content_type=_MEDIA[form])
    name = f"{slugify(given.title) or 'tugiplaan'}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


class SheetPage(Page):
    """A page whose `sheet` can be taken along: `?file=xlsx` or `?file=csv` in its address.

    A long one is shown page by page; the file has all of it.

    `read` gives it as `sheet`, and as `persons` those who are named in it: whoever takes the file
    has read about them.
    """

    @property
    def file_form(self) -> str:
        """Say which file was asked for; empty: the page."""
        asked = self.request.GET.get("file", "")
        return asked if asked in _MEDIA else ""

    def show(self, shown: dict[str, Any], status: int = 200) -> HttpResponse:
        whole: Sheet | None = shown.get("sheet")
        if whole and self.file_form:
            return as_file(whole, self.file_form)
        if whole and len(whole.rows) > _PER_PAGE:
            page = paged(self.request, whole.rows, _PER_PAGE)
            part = replace(whole, rows=tuple(page.object_list))
            shown = shown | {"sheet": part, "page": page}
        return super().show(shown, status)

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return dict.fromkeys(shown.get("persons", ())) if self.file_form else ()
