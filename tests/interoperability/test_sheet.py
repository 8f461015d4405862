"""Reading tables that people send: good ones, broken ones, hostile ones."""

import io
import zipfile
from datetime import date, time

import pytest
from openpyxl import Workbook

from tugiplaan.interoperability import sheet as tables
from tugiplaan.interoperability.hours_sheet import (
    COLUMNS,
    READERS,
    WrongCellError,
    guess_columns,
    read_hours,
)
from tugiplaan.interoperability.sheet import UnableToReadSheetError, read_sheet, read_text


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_as_it_looks() -> None:
    found = read_sheet(
        workbook(
            ("Päev", "Algus", "Tunde"), (date(2026, 5, 4), time(9, 30), 1.5), (), ("x", 2, 3.0)
        )
    )
    assert found.header == ("Päev", "Algus", "Tunde")
    assert found.rows == ((2, ("2026-05-04", "09:30", "1.5")), (4, ("x", "2", "3")))


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_text_is_read_whatever_stands_between_and_comes_back_with_its_row_numbers(
    between: str,
) -> None:
    text = f"\n\npäev{between}kes\n4.5.2026{between}Mari\n\n5.5.2026{between}Õie"
    found = read_text(text)
    assert found.rows == ((4, ("4.5.2026", "Mari")), (6, ("5.5.2026", "Õie")))
    assert read_text(found.as_text()) == found


def test_a_cell_with_tabs_and_quotes_comes_back_as_it_was() -> None:
    found = read_text('päev;mis\n4.5.2026;"ütles ""tere""\nja läks"')
    assert found.rows[0][1] == ("4.5.2026", 'ütles "tere" ja läks')
    assert read_text(found.as_text()) == found


def test_a_formula_is_never_reckoned() -> None:
    found = read_sheet(workbook(("päev", "minutid"), ("4.5.2026", "=20+25"), ("=HYPERLINK(1)", 1)))
    assert [cells for _row, cells in found.rows] == [("4.5.2026", ""), ("", "1")]
    assert tables.plain_cell("=cmd|' /C calc'!A0").startswith("'=")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"p\xe4ev,kes\n1,2", "UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"PK\x03\x04 broken", "loetav .xlsx"),
        (b"", "ühtegi rida"),
        ("päev,kes\n".encode(), "ühtegi rida"),
        (b"a\n" * (tables.MOST_BYTES // 2 + 1), "MB"),
        (b"a\n" * (tables.MOST_ROWS + 3), "rea"),
        (b",".join([b"a"] * 50) + b"\n1", "veeru"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(UnableToReadSheetError, match=said):
        read_sheet(data)


def test_text_in_utf_16_as_a_spreadsheet_writes_it_is_read() -> None:
    assert read_sheet("päev\tkes\n1\tÕie".encode("utf-16")).rows == ((2, ("1", "Õie")),)


def _packed(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnableToReadSheetError, match="lahti pakituna"):
        read_sheet(_packed("xl/worksheets/sheet1.xml", tables.MOST_UNPACKED_BYTES + 1))
    with pytest.raises(UnableToReadSheetError, match="loetav"):
        read_sheet(_packed("xl/anything.xml", 10))


_SHEET = (
    "<worksheet><sheetData><row><c t='inlineStr'><is><t>&k;</t></is></c></row></sheetData>"
    "</worksheet>"
)


def test_entities_that_grow_are_refused() -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10)
    )
    good = workbook(("päev", "kes"), ("1", "2"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            body = old.read(info)
            if info.filename.endswith("sheet1.xml"):
                body = f"{laughs}]>{_SHEET}".encode()
            new.writestr(info.filename, body)
    with pytest.raises(UnableToReadSheetError, match="loetav"):
        read_sheet(out.getvalue())


def test_a_sheet_whose_only_cell_is_far_below_does_not_take_forever() -> None:
    book = Workbook()
    book.active.cell(row=1, column=1, value="päev")
    book.active.cell(row=1_000_000, column=1, value="x")
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnableToReadSheetError, match="ühtegi rida"):
        read_sheet(out.getvalue())


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (
            "Kuupäev|Nimi|Teenus|Algus|Lõpp|Tegevusjuhendaja|Märkus",
            "day|person|service|start|end|worker|",
        ),
        ("Date|Client|Hours|Staff|What", "day|person|hours|worker|activity"),
        ("Дата|Имя|Минуты|Сотрудник|Услуга", "day|person|minutes|worker|service"),
        ("Kestus (min)|Kestus||Isikukood", "minutes|||person"),
    ],
)
def test_headings_are_guessed_in_three_languages(headings: str, columns: str) -> None:
    assert guess_columns(headings.split("|")) == tuple(columns.split("|"))


def test_every_label_of_a_column_is_a_heading_of_it() -> None:
    assert guess_columns([str(one.label) for one in COLUMNS]) == tuple(one.name for one in COLUMNS)
    assert guess_columns([one.name for one in COLUMNS]) == tuple(one.name for one in COLUMNS)


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        ("day", ["4.5.2026", "04/05/2026", "2026-05-04", "2026-05-04 00:00"], ["31.2.2026"]),
        ("day", ["14.05.2026"], ["5.4", "1.1.1800", "homme"]),
        ("start", ["9:30", "09.30", "9"], ["24:00", "9:60", "x"]),
        ("minutes", ["45", "45 min"], ["0", "1441", "-5", "4,5"]),
        ("hours", ["1,5", "1.5", "1:30", "2 h"], ["0", "25", "0,333", "x", "1e3", "NaN"]),
        ("direct", ["jah", "No", "да", "1"], ["võib-olla"]),
        ("participants", ["6"], ["0", "x"]),
        ("service", ["ÖEH", "oeh", "ööpäevaringne erihooldusteenus", "supported living"], ["abi"]),
        ("audience", ["pere", "family", "семья"], ["koer"]),
        ("mode", ["rühm", "üksi", "group"], ["kaks"]),
    ],
)  # fmt: skip
def test_cells_are_read_as_people_write_them(column: str, good: list[str], bad: list[str]) -> None:
    for text in good:
        READERS[column](text)
    for text in bad:
        with pytest.raises(WrongCellError):
            READERS[column](text)


def test_an_hour_and_a_third_is_eighty_minutes_where_it_is_written_so() -> None:
    assert read_hours("1,333333") == 80
