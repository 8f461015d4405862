"""How a folder may be written, and what of its form is bad: bytes, quotes, headers, names."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.month_folder.files import BY_FILE, good, problems_of, read, text_of, write
from tugiplaan.month_folder import BadInputError, Problem, encoding, read_folder, read_rates
from tugiplaan.month_folder.problems import Phrase
from tugiplaan.rules.period import Month

FORMS = [
    (delimiter, line_end, quoting, encoded)
    for delimiter in (",", ";")
    for line_end in ("\n", "\r\n", "\r")
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)
    for encoded in ("utf-8", "utf-8-sig")
]


@pytest.mark.parametrize(("delimiter", "line_end", "quoting", "encoded"), FORMS)
def test_every_form_of_csv_says_the_same(
    tmp_path: Path, delimiter: str, line_end: str, quoting: int, encoded: str
) -> None:
    files = good()
    expected = read(write(tmp_path / "plain", files))
    folder = tmp_path / "other"
    folder.mkdir()
    for file, rows in files.items():
        text = text_of(BY_FILE[file], rows, delimiter=delimiter, line_end=line_end, quoting=quoting)
        (folder / file).write_text(text, encoding=encoded, newline="")
    found = read(folder)
    assert found.facts == expected.facts
    assert found.house == expected.house
    assert found.rates == expected.rates
    assert found.contract.components.prices == expected.contract.components.prices


def test_columns_may_stand_in_any_order_and_cells_have_blanks_around(tmp_path: Path) -> None:
    files = good()
    expected = read(write(tmp_path / "plain", files))
    turned = {
        file: [
            {f" {name} ": f"\t{cell} " for name, cell in reversed(list(row.items()))}
            for row in rows
        ]
        for file, rows in files.items()
    }
    assert read(write(tmp_path / "turned", turned)).facts == expected.facts


def test_a_cell_may_hold_delimiters_quotes_and_line_ends(tmp_path: Path) -> None:
    files = good()
    name = 'Mari, "Mann"; \r\n Liis'
    files["persons.csv"][0]["first_name"] = name
    files["persons.csv"].append({"person": "P1"} | files["persons.csv"][1] | {"person": "P1"})
    folder = write(tmp_path, files)
    (problem,) = problems_of(folder)
    assert (problem.file, problem.line, problem.found) == ("persons.csv", 5, "P1")
    assert "line 2 " in problem.expected.en
    write(tmp_path, files | {"persons.csv": files["persons.csv"][:2]})
    assert read(folder).facts[0].person.first_name == name


def test_empty_rows_say_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, good())
    expected = read(folder).facts
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        header = text.splitlines()[0]
        empty = "," * header.count(",")
        path.write_text(f"\n\n{text}\n{empty}\n   \n", "utf-8")
    assert read(folder).facts == expected


def test_lines_are_counted_with_empty_ones_and_those_inside_cells(tmp_path: Path) -> None:
    folder = write(tmp_path, {"persons.csv": good()["persons.csv"]})
    path = folder / "persons.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(["", header, "", rows[0], ",,,,,x", rows[1], "x,,,,,"]), "utf-8")
    assert {one.line for one in problems_of(folder)} == {5, 7}
    quoted = rows[0].replace("Mari", '"Mari\nLiis"')
    path.write_text("\n".join(["", header, "", quoted, ",,,,,x", rows[1], "x,,,,,"]), "utf-8")
    assert {one.line for one in problems_of(folder)} == {6, 8}


@pytest.mark.parametrize("text", ["", "\ufeff", "\n \n"])
def test_an_empty_file_is_as_one_that_is_not_there(tmp_path: Path, text: str) -> None:
    for file in BY_FILE:
        (tmp_path / file).write_text(text, "utf-8")
    found = read(tmp_path)
    assert found.facts == ()
    assert found.rates is not None
    assert found.rates.values == ()
    (tmp_path / "rates.csv").unlink()
    assert read(tmp_path).rates is None


def test_a_header_without_rows_is_good(tmp_path: Path) -> None:
    assert read(write(tmp_path, {file: [] for file in BY_FILE})).facts == ()


@pytest.mark.parametrize("chunk", [1, 2, 3, 1 << 20])
@pytest.mark.parametrize(
    ("broken", "found"),
    [(b"J\xfcri", "0xFC"), (b"J\xc3", "0xC3"), (b"J\x00ri", "0x00"), (b"\xe2\x82", "0xE2")],
)
def test_a_byte_that_is_not_utf8_is_told_with_line_and_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: bytes, found: str, chunk: int
) -> None:
    monkeypatch.setattr(encoding, "_CHUNK", chunk)
    path = write(tmp_path, good()) / "persons.csv"
    path.write_bytes(path.read_bytes().replace("Jüri".encode(), broken))
    at = path.read_bytes().splitlines()[2].index(bytes.fromhex(found[2:])) + 1
    problem = problems_of(tmp_path)[0]
    assert (problem.file, problem.line, problem.found) == ("persons.csv", 3, found)
    assert f"byte {at} of the line" in problem.expected.en
    assert f"rea {at}. bait" in problem.expected.et
    assert problems_of(tmp_path, skip_bad=True)[0] == problem


def test_a_character_cut_off_at_the_end_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, good()) / "places.csv"
    path.write_bytes(path.read_bytes().rstrip() + b"\xc3")
    (problem,) = problems_of(tmp_path)
    assert (problem.line, problem.found) == (4, "0xC3")


@pytest.mark.parametrize("encoded", ["utf-16", "utf-16-le"])
def test_a_file_in_utf16_is_told_once_and_what_refers_to_it_is_left_alone(
    tmp_path: Path, encoded: str
) -> None:
    path = write(tmp_path, good()) / "referrals.csv"
    path.write_text(path.read_text("utf-8"), encoding=encoded)
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.line) == ("referrals.csv", 1)


def test_other_faults_are_told_beside_a_broken_byte(tmp_path: Path) -> None:
    files = good()
    files["persons.csv"][1]["birth_date"] = "x"
    path = write(tmp_path, files) / "persons.csv"
    path.write_bytes(path.read_bytes().replace("Jüri".encode(), b"J\xfcri"))
    assert [(one.line, one.column) for one in problems_of(tmp_path)] == [(3, ""), (3, "birth_date")]


def test_a_quote_that_is_not_closed_is_told_where_it_opens(tmp_path: Path) -> None:
    path = write(tmp_path, good()) / "referrals.csv"
    path.write_text(path.read_text("utf-8").replace("R1,", '"R1,'), "utf-8")
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.line, problem.found) == ("referrals.csv", 2, '"')
    assert "closed in the same cell" in problem.expected.en


def test_a_quote_closed_inside_a_cell_is_told_and_the_next_rows_are_read(tmp_path: Path) -> None:
    files = good()
    files["persons.csv"] += [{**files["persons.csv"][1], "person": "P3", "birth_date": "x"}]
    path = write(tmp_path, files) / "persons.csv"
    path.write_text(path.read_text("utf-8").replace("Mari", '"Ma"ri'), "utf-8")
    assert [(one.line, one.column) for one in problems_of(tmp_path)] == [(2, ""), (4, "birth_date")]


def test_a_cell_without_end_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, good()) / "hours.csv"
    path.write_text(path.read_text("utf-8") + '"' + "x" * 200_000, "utf-8")
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.line) == ("hours.csv", 4)


def test_a_broken_quote_in_the_header_is_told(tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_text('"referral,date,kind\nR1,2026-05-01,day\n', "utf-8")
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.line) == ("days.csv", 1)


def test_a_file_with_another_delimiter_is_told(tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_text("referral\tdate\tkind\n", "utf-8")
    assert "columns separated by , or ;" in {one.expected.en for one in problems_of(tmp_path)}


def test_a_close_column_name_is_suggested(tmp_path: Path) -> None:
    (tmp_path / "days.csv").write_text("referral,Date,kind\n", "utf-8")
    unknown = problems_of(tmp_path)[0]
    assert unknown.expected.en == "the column date or another of: referral, date, kind"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path / "none")
    assert problem.file == str(tmp_path / "none")
    assert problem.sentence("en").endswith("found nothing, expected a folder that exists.")
    assert problem.sentence("et").endswith("ei leitud midagi, oodatakse olemasolevat kausta.")
    assert problem.sentence("ru").endswith("ничего не найдено, ожидается существующая папка.")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("person.csv", "the file name persons.csv"),
        ("Hours.CSV", "the file name hours.csv"),
        ("zzz.csv", "one of the file names: persons.csv"),
        ("contracts.toml", "the file name contract.toml"),
    ],
)
def test_a_file_whose_name_is_probably_misspelt_is_told(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / name).write_text("", "utf-8")
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.line) == (name, 0)
    assert problem.expected.en.startswith(words)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("README.md", ".persons.csv", "lines.csv", "totals.csv", "pyproject.toml"):
        (tmp_path / name).write_text("whatever", "utf-8")
    assert read(tmp_path).facts == ()


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "persons.csv").mkdir()
    (tmp_path / "rates.csv").mkdir()
    (tmp_path / "contract.toml").mkdir()
    assert {(one.file, one.expected.en) for one in problems_of(tmp_path)} == {
        ("contract.toml", "a file that can be read"),
        ("persons.csv", "a file that can be read"),
        ("rates.csv", "a file that can be read"),
    }
    with pytest.raises(BadInputError, match="a file that can be read"):
        read_rates(tmp_path / "rates.csv")


def test_a_problem_stays_on_one_short_line() -> None:
    problem = Problem("a.csv", 1, "b", "x\ny" + "z" * 99, Phrase("üht", "one", "одно"))
    assert str(problem) == "a.csv, line 1, column b: found “x\\ny" + "z" * 55 + "…”, expected one."
    error = BadInputError([problem, problem])
    assert str(error) == f"{problem}\n{problem}"


def test_rates_of_a_file_of_its_own(tmp_path: Path) -> None:
    folder = write(tmp_path, good())
    pack = read_rates(folder / "rates.csv")
    assert pack.name == "rates.csv"
    assert pack.values == (read(folder).rates or pack).values
    assert read_rates(folder / "rates.csv", "minu").name == "minu"
    with pytest.raises(BadInputError, match=r"none\.csv: found nothing, expected a file of rates"):
        read_rates(folder / "none.csv")
    (folder / "rates.csv").write_text("code\nKE\n", "utf-8")
    with pytest.raises(BadInputError, match="the column amount in the header"):
        read_rates(folder / "rates.csv")


cells = st.text("ab ,;\"\n\r'\t-0", max_size=4)


@given(names=st.lists(cells.filter(str.strip), min_size=1, max_size=6))
def test_whatever_stands_in_a_name_comes_back(
    names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("names")
    rows = [
        {"person": f"P{at}", "first_name": name, "last_name": "x", "birth_date": "1980-01-01"}
        for at, name in enumerate(names)
    ]
    write(folder, {"persons.csv": rows})
    found = read_folder(folder, month=Month(2026, 5), as_of=Month(2026, 5).last)
    assert [facts.person.first_name for facts in found.facts] == [name.strip() for name in names]
