"""Rows as a table, a spreadsheet and a CSV file: real values, no formulas."""

import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from tugiplaan.web.downloads import Cell, Column, Kind, as_csv, as_file, as_xlsx, sheet

COLUMNS = [
    Column("Nimi"),
    Column("Kuu", Kind.MONTH),
    Column("Päev", Kind.DAY),
    Column("Summa", Kind.MONEY),
    Column("Aeg", Kind.TIME),
    Column("Osa", Kind.SHARE),
    Column("Arv", Kind.NUMBER),
]
ROW: list[Any] = [
    *("Õie", 202605, date(2026, 5, 14), Decimal("1284.40")),
    *(90, Fraction(1, 3), Fraction(7, 2)),
]
GIVEN = sheet("Tunnid: mai", COLUMNS, [ROW], ["Kokku", None, None, Decimal("1284.40")])


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).active


def test_the_table_writes_values_as_people_read_them() -> None:
    (row,) = GIVEN.shown_rows
    assert [cell.text.replace("\xa0", " ") for cell in row] == [
        *("Õie", "mai 2026", "14.05.2026", "1 284,40 €", "1 h 30 min", "33%", "3,5"),
    ]
    assert [cell.column.is_number for cell in row] == [False] * 3 + [True] * 4


def test_the_spreadsheet_has_real_numbers_and_dates_below_a_head_that_stays() -> None:
    page = opened(as_xlsx(GIVEN))
    name, month, day, money, time, share, number = (cell.value for cell in page[2])
    assert (name, month.date(), day.date()) == ("Õie", date(2026, 5, 1), date(2026, 5, 14))
    assert (money, time, number) == (pytest.approx(1284.4), 1.5, 3.5)
    assert share == pytest.approx(0.3333)
    assert page.freeze_panes == "A2"
    assert (page["A1"].value, page["A3"].value, page["D3"].value) == (
        *("Nimi", "Kokku"),
        pytest.approx(1284.4),
    )
    assert page["C2"].number_format == "DD.MM.YYYY"
    assert ":" not in page.title


@pytest.mark.parametrize(
    "text", ["=1+1", "+372", "-1", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "|calc", "=HYPERLINK(1)"]
)
def test_no_text_becomes_a_formula(text: str) -> None:
    given = sheet(text, [Column(text)], [[text]])
    page = opened(as_xlsx(given))
    for cell in (page["A1"], page["A2"]):
        assert cell.data_type == "s"
        assert str(cell.value).startswith("'")
    rows = list(csv.reader(StringIO(as_csv(given).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows == [[f"'{text}"], [f"'{text}"]]


def test_control_letters_do_not_break_the_file() -> None:
    given = sheet("x", [Column("a")], [["a\x00\x0bb"]])
    assert opened(as_xlsx(given))["A2"].value == "ab"


def test_csv_opens_with_a_click_in_the_language_of_the_page() -> None:
    found = as_csv(GIVEN)
    assert found.startswith(b"\xef\xbb\xbf")
    head, row, total, _end = found.decode("utf-8-sig").split("\r\n")
    assert head == "Nimi;Kuu;Päev;Summa;Aeg;Osa;Arv"
    assert row == "Õie;2026-05;2026-05-14;1284,40;1,50;0,3333;3,50"
    assert total == "Kokku;;;1284,40"
    with translation.override("en"):
        assert b"2026-05,2026-05-14,1284.40,1.50" in as_csv(GIVEN)


def test_a_negative_number_is_no_formula() -> None:
    given = sheet("x", [Column("a", Kind.MONEY)], [[Cell(Decimal("-5.00"))]])
    assert as_csv(given).decode("utf-8-sig").split("\r\n")[1] == "-5,00"


def test_the_file_is_named_by_its_title() -> None:
    answer = as_file(GIVEN, "csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tunnid-mai.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert (
        "tugiplaan.xlsx" in as_file(sheet("Ж", COLUMNS, []), "xlsx").headers["Content-Disposition"]
    )
