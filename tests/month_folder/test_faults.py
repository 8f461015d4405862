"""One fault in one cell of one file, for every column that is declared."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.month_folder.files import Files, good, problems_of, read, write
from tugiplaan.month_folder import Problem
from tugiplaan.month_folder.schema import TABLES, Column, Table

WRONG = {
    "date": ["4.05.2026", "20260504", "2026-5-4", "2026-W19-1", "2026-05-04T00:00", "x"],
    "month": ["2026/05", "202605", "2026-5", "5"],
    "time": ["9:30", "0930", "24:00", "09:60", "09:30:00"],
    "whole": ["x", "1.5", "-5", "0", "1e3", "+5", "1_000", "٣", "10000000"],
    "decimal": ["12,50", "-1", "1e3", "NaN", "Infinity", "1_000", "x", ".5", "٣", "1.1234567"],
    "personal_code": ["38001085719", "3800108571", "380010857180", "isikukood", "38013085716"],
    "code": ["NOPE", "0"],
}
IMPOSSIBLE = {
    "date": ["2026-02-30", "2026-13-01", "1899-12-31", "2101-01-01", "0001-01-01"],
    "month": ["2026-13", "2026-00", "1899-12", "2101-01"],
}


class Fault(NamedTuple):
    table: Table
    column: Column
    kind: str
    text: str


def faults() -> Iterator[Fault]:
    """Make every fault that a column can have."""
    for table in TABLES:
        for column in table.columns:
            if column.is_required:
                yield Fault(table, column, "missing", "")
                yield Fault(table, column, "missing", "  ")
            if column.refers_to:
                yield Fault(table, column, "reference", "NOBODY")
            for text in WRONG.get(column.cell.name, []):
                yield Fault(table, column, "wrong", text)
            for text in IMPOSSIBLE.get(column.cell.name, []):
                yield Fault(table, column, "impossible", text)


def named(fault: Fault) -> str:
    return f"{fault.table.file}-{fault.column.name}-{fault.kind}-{fault.text}"


def spoilt(fault: Fault) -> Files:
    files = good()
    files[fault.table.file][1][fault.column.name] = fault.text
    return files


@pytest.mark.parametrize("fault", list(faults()), ids=named)
def test_a_bad_cell_is_told_with_file_line_column_and_what_is_expected(
    tmp_path: Path, fault: Fault
) -> None:
    problems = problems_of(write(tmp_path, spoilt(fault)))
    problem = Problem(
        fault.table.file, 3, fault.column.name, fault.text.strip(), fault.column.expected
    )
    assert problems == (problem,)
    english, estonian, russian = (problem.sentence(language) for language in ("en", "et", "ru"))
    assert english.startswith(f"{fault.table.file}, line 3, column {fault.column.name}: found ")
    assert estonian.startswith(f"{fault.table.file}, rida 3, veerg {fault.column.name}: ")
    assert english.endswith(f", expected {fault.column.expected.en}.")
    assert estonian.endswith(f", oodatakse {fault.column.expected.et}.")
    assert russian.startswith(f"{fault.table.file}, строка 3, столбец {fault.column.name}: ")
    assert russian.endswith(f", ожидается {fault.column.expected.ru}.")


def test_every_column_is_tried() -> None:
    tried = {(fault.table.file, fault.column.name) for fault in faults()}
    all_columns = {(table.file, name) for table in TABLES for name in table.names}
    free_text = {
        *(("places.csv", "address"), ("hours.csv", "activity"), ("components.csv", "activity")),
        *(("components.csv", "session"), ("referrals.csv", "slot"), ("rates.csv", "cap")),
        *(("component_prices.csv", "version"), ("component_prices.csv", "source")),
    }
    assert all_columns - tried == free_text
    assert {fault.kind for fault in faults()} == {"missing", "reference", "wrong", "impossible"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_what_is_expected_names_the_allowed_codes_or_an_example(table: Table) -> None:
    for column in table.columns:
        words = column.expected
        assert words.et
        assert words.en
        if column.refers_to:
            assert column.refers_to in words.en
            assert column.refers_to in words.et
        elif column.cell.name in {"date", "month", "time", "whole", "decimal", "personal_code"}:
            example = words.en.rpartition("for example ")[2].split(" or ")[0]
            column.cell.parse(example)
            assert example in words.et
        elif column.cell.name == "code":
            for code in words.en.partition(": ")[2].replace(",", "").split():
                column.cell.parse(code)
                assert code in words.et


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_a_key_that_occurs_twice_names_the_line_of_the_first(tmp_path: Path, table: Table) -> None:
    files = good()
    files[table.file].append(dict(files[table.file][0]))
    (problem,) = problems_of(write(tmp_path, files))
    key = [files[table.file][0][name] for name in table.key_names]
    assert (problem.file, problem.line) == (table.file, len(files[table.file]) + 1)
    assert problem.column == ", ".join(table.key_names)
    assert problem.found == ", ".join(key)
    assert "line 2 " in problem.expected.en
    assert "real 2" in problem.expected.et


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_a_key_with_blanks_around_it_is_the_same_key(tmp_path: Path, table: Table) -> None:
    files = good()
    name = table.key_names[0]
    again = dict(files[table.file][0])
    again[name] = f" {again[name]} "
    files[table.file].append(again)
    (problem,) = problems_of(write(tmp_path, files))
    assert (problem.file, problem.line) == (table.file, len(files[table.file]) + 1)


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table in TABLES for column in table.columns],
    ids=lambda part: getattr(part, "name", getattr(part, "file", "")),
)
def test_a_column_that_is_not_there_is_missed_only_where_it_is_required(
    tmp_path: Path, table: Table, column: Column
) -> None:
    files = good()
    for row in files[table.file]:
        del row[column.name]
        if column.name.startswith("ceiling"):
            row |= {name: "" for name in row if name.startswith("ceiling")}
    folder = write(tmp_path, files)
    if not column.is_required:
        read(folder)
        return
    (problem,) = problems_of(folder)
    assert (problem.file, problem.line, problem.column) == (table.file, 1, column.name)
    assert problem.expected.en == f"the column {column.name} in the header"
    assert problem.expected.et == f"päises veergu {column.name}"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_a_column_that_is_unknown_or_comes_twice_is_told(tmp_path: Path, table: Table) -> None:
    folder = write(tmp_path, good())
    path = folder / table.file
    header, *rows = path.read_text("utf-8").splitlines()
    first = table.names[0]
    bad = [f"{header},colour,{first}", *(f"{row},," for row in rows)]
    path.write_text("\n".join(bad), "utf-8")
    unknown, twice = problems_of(folder)
    assert (unknown.line, unknown.column, unknown.found) == (1, "colour", "colour")
    assert all(name in unknown.expected.en for name in table.names)
    assert (twice.line, twice.column, twice.expected.en) == (1, first, "each column once")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
@pytest.mark.parametrize("change", [-1, 1])
def test_a_row_with_too_many_or_too_few_cells_is_told(
    tmp_path: Path, table: Table, change: int
) -> None:
    folder = write(tmp_path, good())
    path = folder / table.file
    lines = path.read_text("utf-8").splitlines()
    lines[2] = lines[2] + "," if change > 0 else lines[2].rpartition(",")[0]
    path.write_text("\n".join(lines), "utf-8")
    (problem,) = problems_of(folder)
    width = len(table.columns)
    assert (problem.file, problem.line, problem.column) == (table.file, 3, "")
    assert problem.found == str(width + change)
    assert problem.expected.en == f"{width} cells as in the header"


REVERSED = [
    ("place_periods.csv", "last_day", "first_day"),
    ("licences.csv", "valid_to", "valid_from"),
    ("referrals.csv", "valid_to", "valid_from"),
    ("referrals.csv", "ended_on", "arrived_on"),
    ("absences.csv", "last_day", "first_day"),
    ("empty_places.csv", "last_day", "first_day"),
    ("component_prices.csv", "valid_to", "valid_from"),
    ("rates.csv", "valid_to", "valid_from"),
]


@pytest.mark.parametrize(("file", "later", "earlier"), REVERSED)
def test_an_end_before_its_beginning_is_told(
    tmp_path: Path, file: str, later: str, earlier: str
) -> None:
    files = good()
    row = files[file][1]
    row[earlier], row[later] = "2026-05-06", "2026-05-05"
    (problem,) = problems_of(write(tmp_path, files))
    assert (problem.file, problem.line, problem.column) == (file, 3, later)
    assert problem.found == "2026-05-05"
    assert problem.expected.en == f"a day that is not before {earlier}, 2026-05-06"
    row[later] = "2026-05-06"
    read(write(tmp_path, files))


@pytest.mark.parametrize(
    ("service", "variant", "words"),
    [
        ("KE", "AUT", "an empty cell: the service KE has no variants"),
        ("IET", "ER", "a variant of the service IET: AUT, INT, INTM, or an empty cell"),
        ("OEH", "INT", "a variant of the service OEH: ER, AA, AUT, KM, or an empty cell"),
    ],
)
def test_a_variant_that_the_service_does_not_have_is_told(
    tmp_path: Path, service: str, variant: str, words: str
) -> None:
    files = good()
    files["referrals.csv"][1] |= {"service": service, "variant": variant}
    (problem,) = problems_of(write(tmp_path, files))
    assert (problem.line, problem.column, problem.found) == (3, "variant", variant)
    assert problem.expected.en == words


@pytest.mark.parametrize(
    ("ceiling", "period", "column"),
    [("100", "", "ceiling_period"), ("", "month", "ceiling")],
)
def test_a_ceiling_and_its_period_belong_together(
    tmp_path: Path, ceiling: str, period: str, column: str
) -> None:
    files = good()
    files["component_prices.csv"][1] |= {"ceiling": ceiling, "ceiling_period": period}
    (problem,) = problems_of(write(tmp_path, files))
    assert (problem.line, problem.column, problem.found) == (3, column, "")


def test_a_rate_has_the_unit_of_its_code(tmp_path: Path) -> None:
    files = good()
    files["rates.csv"][1]["unit"] = "ööpäev"
    (problem,) = problems_of(write(tmp_path, files))
    assert (problem.line, problem.column, problem.found) == (3, "unit", "ööpäev")
    assert problem.expected.en == "the unit of the rate PNH_PAEV, day"


def test_all_faults_of_a_run_are_told_at_once_in_the_order_of_files_and_lines(
    tmp_path: Path,
) -> None:
    files = good()
    files["hours.csv"][0] |= {"minutes": "0", "direct": "maybe", "referral": "R9"}
    files["hours.csv"][1]["date"] = "soon"
    files["persons.csv"][1]["birth_date"] = ""
    files["rates.csv"][0]["amount"] = "1 900"
    folder = write(tmp_path, files)
    (folder / "contract.toml").write_text("[provider]\nnmae = 'x'\n", "utf-8")
    told = [(one.file, one.line, one.column) for one in problems_of(folder)]
    assert told == [
        ("contract.toml", 2, "provider.nmae"),
        ("persons.csv", 3, "birth_date"),
        ("hours.csv", 2, "referral"),
        ("hours.csv", 2, "minutes"),
        ("hours.csv", 2, "direct"),
        ("hours.csv", 3, "date"),
        ("rates.csv", 2, "amount"),
    ]


@pytest.mark.parametrize("file", ["persons.csv", "places.csv", "referrals.csv"])
def test_rows_that_refer_to_a_bad_row_are_not_told_as_well(tmp_path: Path, file: str) -> None:
    files = good()
    column = {"persons.csv": "first_name", "places.csv": "name", "referrals.csv": "issued_on"}[file]
    files[file][0][column] = ""
    (problem,) = problems_of(write(tmp_path, files))
    assert (problem.file, problem.line, problem.column) == (file, 2, column)
