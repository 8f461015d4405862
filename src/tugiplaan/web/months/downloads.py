"""The lines of a month as a spreadsheet or CSV: numbers and days as such, nothing that runs."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from tugiplaan.audit.recorder import record_reading
from tugiplaan.billing.review import StatementLine, lines_told
from tugiplaan.month_folder.plain import plain_decimal, plain_quantity
from tugiplaan.web.months.lines import show_line, shown_statement
from tugiplaan.web.months.names import component_names, unit_name
from tugiplaan.web.months.room import MoneyPage
from tugiplaan.web.shared import only_reading

type Cell = str | date | Decimal | int | None

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|")
"""With these a spreadsheet may take a text for something to run."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MONEY, _DAY = "0.00", "dd.mm.yyyy"
_WIDTHS = (8, 24, 14, 16, 30, 20, 18, 12, 12, 10, 10, 10, 10, 12, 12, 12, 30)


def harmless(text: str) -> str:
    """Give a text that no spreadsheet runs as a formula.

    >>> harmless("=1+1"), harmless("Mari")
    ("'=1+1", 'Mari')
    """
    return f"'{text}" if text.startswith(_RUNS) else text


def _headings() -> list[str]:
    return [
        _("Rida"), _("Inimene"), _("Inimese kood"), _("Suunamine"), _("Teenus"), _("Liik"),
        _("Määra kood"), _("Alates"), _("Kuni"), _("Kogus"), _("Ühik"), _("Kuu päevi"),
        _("Määr"), _("Osa"), _("Ülempiir"), _("Summa"), _("Õiguslik alus"),
    ]  # fmt: skip


def _cells(row: StatementLine, components: dict[str, str]) -> list[Cell]:
    shown = show_line(row, components)
    ceiling = Decimal(plain_quantity(Fraction(row.ceiling))) if row.ceiling else None
    return [
        row.number,
        str(row.person) if row.person else "",
        row.person.code if row.person else "",
        row.referral.code if row.referral else "",
        shown.service,
        shown.detail,
        row.rate_code,
        row.first_day,
        row.last_day,
        Decimal(plain_quantity(Fraction(row.quantity))),
        unit_name(row.unit),
        row.of_days,
        Decimal(row.rate),
        Decimal(row.share) if row.share else None,
        ceiling,
        row.amount,
        row.law,
    ]


def as_csv(rows: Iterable[list[Cell]]) -> bytes:
    """Write rows as CSV: UTF-8 with a mark for spreadsheets, semicolons, days in ISO.

    Args:
        rows: Cells; the first row is the headings.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return plain_decimal(cell) if cell.as_tuple().exponent != -2 else f"{cell:.2f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else str(cell)


def as_xlsx(rows: Iterable[list[Cell]], title: str) -> bytes:
    """Write rows as a spreadsheet: numbers are numbers and days are days; texts never run.

    Args:
        rows: Cells; the first row is the headings.
        title: Name of the sheet.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, cell, is_head=number == 0) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Cell, *, is_head: bool) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.value = harmless(value)
        cell.data_type = "s"
    elif isinstance(value, date):
        cell.number_format = _DAY
    elif isinstance(value, Decimal) and value.as_tuple().exponent == -2:
        cell.number_format = _MONEY
    if is_head:
        cell.font = Font(bold=True)
    return cell


class Download(MoneyPage):
    """The lines of a month as a file."""

    template = ""

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        here, period = self.desk.provider_id, ids["period"]
        with only_reading():
            lines = list(lines_told(shown_statement(here, period)))
            components = component_names(here)
            rows: list[list[Cell]] = [[*_headings()]]
            rows += [_cells(row, components) for row in lines]
        persons = {row.person_id for row in lines if row.person_id}
        record_reading(
            by=self.desk.user, name="web.download_lines", provider_id=here, persons=list(persons)
        )
        name = f"{period // 100}-{period % 100:02d}"
        if ids["kind"] == "xlsx":
            return _file(as_xlsx(rows, name), _XLSX, f"{name}.xlsx")
        return _file(as_csv(rows), "text/csv; charset=utf-8", f"{name}.csv")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
