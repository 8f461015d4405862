"""Tables that people send: a spreadsheet, a file of text, or cells that were pasted."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from tugiplaan.audit.refusal import RefusedError

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED_BYTES = 30 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 2000
MOST_COLUMNS = 40
MOST_LETTERS = 500
"""How long the text of a cell may be."""

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class UnableToReadSheetError(RefusedError):
    """The file or text is no table that can be read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands, every cell as text.

    Attributes:
        header: The names of the columns.
        rows: Number of the row in the file and its cells, as many as the header has; rows
            without any text are left out.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def as_text(self) -> str:
        """Write the table so that `read_text` gives it back, row numbers too."""
        out = io.StringIO()
        writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
        writer.writerow(self.header)
        at = 1
        for number, cells in self.rows:
            for _empty in range(at + 1, number):
                writer.writerow([""] * len(self.header))
            writer.writerow(cells)
            at = number
        return out.getvalue()


def read_sheet(data: bytes) -> Sheet:
    """Read a file: XLSX, or text in UTF-8 with commas, semicolons or tabs.

    Args:
        data: The whole file.

    Returns:
        Its first sheet. Of formulas the value counts that the file keeps beside them.

    Raises:
        UnableToReadSheetError: It is too large, not such a file, or has no rows.
    """
    if len(data) > MOST_BYTES:
        raise UnableToReadSheetError(
            _("Fail on suurem kui {most} MB. Jaga see kuude kaupa. Midagi ei salvestatud.").format(
                most=MOST_BYTES // 1024 // 1024
            )
        )
    if data.startswith(_ZIP):
        return _table(_cells_of_workbook(data))
    if data.startswith(_OLD_EXCEL):
        raise UnableToReadSheetError(
            _("See on vana Exceli fail (.xls). Salvesta see kujul .xlsx. Midagi ei salvestatud.")
        )
    return read_text(_decoded(data))


def read_text(text: str) -> Sheet:
    """Read a table from text; the first line tells what stands between the cells.

    Raises:
        UnableToReadSheetError: It is too large or has no rows.
    """
    first = text.lstrip("\n\r").partition("\n")[0]
    between = max(("\t", ";", ","), key=first.count)
    lines = io.StringIO(text.replace("\x00", "\N{REPLACEMENT CHARACTER}"), newline="")
    try:
        return _table(csv.reader(lines, delimiter=between))
    except csv.Error as error:
        raise UnableToReadSheetError(
            _("Teksti ei saanud tabelina lugeda: kontrolli jutumärke. Midagi ei salvestatud.")
        ) from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnableToReadSheetError(
            _(
                "Faili tähed ei ole UTF-8 kujul, täpitähed läheksid katki. Salvesta fail kujul "
                "„CSV UTF-8“ või .xlsx. Midagi ei salvestatud."
            )
        ) from error


def _cells_of_workbook(data: bytes) -> Iterator[Iterable[Any]]:
    refusal = UnableToReadSheetError(
        _("See ei ole loetav .xlsx fail. Ava see ja salvesta uuesti. Midagi ei salvestatud.")
    )
    try:
        _check_unpacked(data)
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        if not book.worksheets:
            raise refusal
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not to be trusted
        yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
    except RefusedError:
        raise
    except Exception as error:
        # A broken file makes the library fail in many ways, all of which mean the same.
        raise refusal from error


def _check_unpacked(data: bytes) -> None:
    """Refuse what would fill the memory: nothing is unpacked beyond the sizes that it names."""
    parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
        raise UnableToReadSheetError(
            _("Fail on lahti pakituna liiga suur. Jaga see kuude kaupa. Midagi ei salvestatud.")
        )


def _table(rows: Iterable[Iterable[Any]]) -> Sheet:
    header: tuple[str, ...] = ()
    found: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in enumerate(rows, start=1):
        texts = [_text(cell) for cell in cells]
        if not any(texts):
            if number - len(found) > MOST_ROWS:
                break
            continue
        if not header:
            header = _header(texts)
            continue
        found.append((number, tuple((texts + [""] * len(header))[: len(header)])))
        if len(found) > MOST_ROWS:
            raise UnableToReadSheetError(
                _("Tabelis on üle {most} rea. Jaga see kuude kaupa. Midagi ei salvestatud.").format(
                    most=MOST_ROWS
                )
            )
    if not found:
        raise UnableToReadSheetError(
            _("Tabelis ei ole ühtegi rida peale päise. Midagi ei salvestatud.")
        )
    return Sheet(header, tuple(found))


def _header(texts: list[str]) -> tuple[str, ...]:
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > MOST_COLUMNS:
        raise UnableToReadSheetError(
            _("Tabelis on üle {most} veeru. Jäta alles vajalikud. Midagi ei salvestatud.").format(
                most=MOST_COLUMNS
            )
        )
    return tuple(texts)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return f"{cell:%Y-%m-%d}" if is_day else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        hours, rest = divmod(int(cell.total_seconds()) // 60, 60)
        return f"{hours}:{rest:02d}"
    if isinstance(cell, float):
        return f"{cell:.6f}".rstrip("0").rstrip(".")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    plain = " ".join(str(cell).split())
    return plain[:MOST_LETTERS]


def plain_cell(text: str) -> str:
    """Write a text so that a spreadsheet shows it and does not reckon it.

    >>> plain_cell("=1+1"), plain_cell("Mari")
    ("'=1+1", 'Mari')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
