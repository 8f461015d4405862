"""A small good month folder as rows, and how to write it in all the ways a folder may come."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from tugiplaan.month_folder import BadInputError, MonthFolder, Problem, read_folder
from tugiplaan.month_folder.schema import TABLES, Table
from tugiplaan.rules.period import Month

type Row = dict[str, str]
type Files = dict[str, list[Row]]

MAY = Month(2026, 5)
LAST_OF_MAY = date(2026, 5, 31)
BY_FILE = {table.file: table for table in TABLES}


def _rows(file: str, *lines: str) -> list[Row]:
    """Read rows written with | between cells, in the order of the declared columns."""
    names = BY_FILE[file].names
    return [dict(zip(names, line.split("|"), strict=True)) for line in lines]


def good() -> Files:
    """Give rows for every file; nothing refers to a row that is the second of its file."""
    rows = {
        "persons.csv": [
            "P1|38001085718|Mari|Maasikas|1980-01-08|2024-03-01",
            "P2||Jüri|Juurikas|1975-12-31|",
        ],
        "places.csv": ["K1|Kodu|Tartu|B1", "K9|Ait||B9", "K2|Maja||B2"],
        "place_periods.csv": ["K1|2020-01-01|2025-12-31|GT12", "K1|2026-01-01||G10"],
        "licences.csv": [
            "L1|K1|OEH|2020-01-01||12|ordinary er",
            "L2|K1|KE|2020-01-01|2027-01-01|6|",
        ],
        "referrals.csv": [
            "R1|P1|IET|AUT|K1|2025-11-01|2025-12-01|2027-11-30|2025-12-01|2025-12-02|||||||",
            "R2|P1|OEH|AUT||2026-01-01|2026-01-02|2027-01-01|2026-01-02|2026-01-02|2026-05-20"
            "|moved|12.5|h_month|yes|S1|2026-01-01",
        ],
        "moves.csv": ["R1|2026-05-10|K1", "R1|2026-03-01|K2"],
        "absences.csv": [
            "A1|R1|2026-05-01|2026-05-03|absent|2026-05-04",
            "A2|R1|2026-05-06|2026-05-06|hospital|",
        ],
        "confirmations.csv": ["R1|2026-04|2026-05-02", "R1|2026-05|2026-06-02"],
        "hours.csv": [
            "H1|R1|2026-05-04|09:30|45|W1|person|jutt|yes",
            "H2|R1|2026-05-05||1440|W1|family||no",
        ],
        "days.csv": ["R1|2026-05-04|day", "R1|2026-05-05|oop"],
        "empty_places.csv": ["K1|2026-05-01|2026-05-31|2", "K2|2026-05-01|2026-05-01|1"],
        "components.csv": [
            "C1|G1|P1|2026-05-04|10:00|75000000|A1|group|person|60|4|W1|",
            "C2||P1|2026-05-05||75000000|A1|individual|family|30||W2|content",
        ],
        "component_prices.csv": [
            "75000000|A1|group|person|2025-01-01||v4|additional|Toetus|35.50|h|1200"
            "|calendar_year|hinnakiri|yes",
            "75000000|A1|individual|family|2025-01-01|2026-12-31||base|Plaan|30|h||||no",
        ],
        "rates.csv": [
            "OEH_G10|2026-01-01|||month|1900.10||leping 7",
            "PNH_PAEV|2026-01-01|2026-12-31|2025-12-20|päev|70|23|leping 8",
        ],
    }
    return {file: _rows(file, *lines) for file, lines in rows.items()}


def text_of(
    table: Table,
    rows: list[Row],
    *,
    delimiter: str = ",",
    line_end: str = "\n",
    quoting: int = csv.QUOTE_MINIMAL,
) -> str:
    """Write rows as CSV text; the header has the columns of the first row."""
    out = io.StringIO()
    names = list(rows[0]) if rows else list(table.names)
    kind: dict[str, str] = {"delimiter": delimiter, "lineterminator": line_end}
    writer = csv.DictWriter(out, names, quoting=quoting, **kind)  # type: ignore[arg-type] # typeshed's Literal
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def write(folder: Path, files: Files) -> Path:
    """Write the files of a folder."""
    folder.mkdir(exist_ok=True)
    for file, rows in files.items():
        text = text_of(BY_FILE[file], rows)
        (folder / file).write_text(text, encoding="utf-8", newline="")
    return folder


def read(folder: Path, *, skip_bad: bool = False) -> MonthFolder:
    return read_folder(folder, month=MAY, as_of=LAST_OF_MAY, skip_bad=skip_bad)


def problems_of(folder: Path, *, skip_bad: bool = False) -> tuple[Problem, ...]:
    """Read a folder that is bad and give what is said about it."""
    with pytest.raises(BadInputError) as caught:
        read(folder, skip_bad=skip_bad)
    return caught.value.problems
