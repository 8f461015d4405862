"""The empty table of hours, to be filled in."""

import csv
import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from tugiplaan.interoperability.hours_sheet import COLUMNS

_USUAL = ("day", "person", "service", "start", "minutes", "worker", "activity")


def csv_template() -> bytes:
    """Give the headings as text that spreadsheets open with all letters whole."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow(
        [str(one.label) for one in COLUMNS if one.name in _USUAL]
    )
    return out.getvalue().encode("utf-8-sig")


def xlsx_template() -> bytes:
    """Give a workbook: the headings to fill in below, and a sheet that says what goes where."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Tunnid")
    sheet.append([str(one.label) for one in COLUMNS if one.name in _USUAL])
    told = book.create_sheet(_("Veerud"))
    told.append([_("Veerg"), _("Mida kirjutada")])
    for column in COLUMNS:
        told.append([str(column.label), str(column.hint)])
    for one in (sheet, told):
        one.freeze_panes = "A2"
        for cell in one[1]:
            cell.font = Font(bold=True)
            one.column_dimensions[cell.column_letter].width = 24
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
