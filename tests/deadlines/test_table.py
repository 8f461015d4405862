"""The table of deadlines: each kind is in it, and each function, worked row and page is there."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests.rules.golden_rows import rows_of
from tugiplaan.deadlines.queries import TaskKind
from tugiplaan.rules import deadlines
from tugiplaan.rules.deadlines import DeadlineCode
from tugiplaan.rules.vocabulary import Service

_ROOT = Path(__file__).parents[2]
_DOC = _ROOT / "docs" / "deadlines.md"
_CODE = re.compile(r"`([^`]+)`")
_NONE = "–"


def table(heading: str) -> list[dict[str, str]]:
    """Read the rows of the table below a heading, by the names of its columns."""
    _, _, rest = _DOC.read_text("utf-8").partition(f"\n## {heading}\n")
    assert rest, heading
    lines = [line for line in rest.partition("\n## ")[0].splitlines() if line.startswith("|")]
    names, _line, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(names, row, strict=True)) for row in rows]


def named(text: str) -> list[str]:
    return _CODE.findall(text)


OF_THE_LAW = table("What the law gives a day")
OF_THE_HOUSE = table("What the house looks at beside them")
ELSEWHERE = table("Limits in time that other rules keep")
WITHOUT_A_DAY = table("What the law asks for without a day")
PAGES = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}


def test_each_deadline_of_the_law_stands_in_the_table_once_in_the_order_of_the_code() -> None:
    assert [named(row["deadline"]) for row in OF_THE_LAW] == [[str(one)] for one in DeadlineCode]


def test_each_kind_of_work_stands_in_one_of_the_tables() -> None:
    of_law = [code for row in OF_THE_LAW for code in named(row["work"])]
    of_house = [code for row in OF_THE_HOUSE for code in named(row["work"])]
    assert sorted(of_law + of_house) == sorted(str(kind) for kind in TaskKind)
    assert not {*of_house} & {str(code) for code in DeadlineCode}
    for row in OF_THE_LAW:
        assert row["work"] in {_NONE, row["deadline"]}


@pytest.mark.parametrize("row", OF_THE_LAW, ids=lambda row: row["deadline"])
def test_a_deadline_has_a_section_a_function_and_worked_rows(row: dict[str, str]) -> None:
    assert re.match(r"(SHS|R\d\d|RPS) ?", row["section"])
    (function,) = named(row["function"])
    assert function in deadlines.__all__
    (rule,) = named(row["row"])
    rule, _, code = rule.partition("/")
    found = [one for one in rows_of("deadlines") if one.rule == rule]
    if code:
        found = [one for one in found if one.given["code"] == code]
    if rule == "summary":
        (name,) = named(row["deadline"])
        found = [one for one in found if name in one.expect["codes"]]
    assert found, row["row"]


def test_each_worked_row_is_of_a_deadline_in_the_table() -> None:
    rules = {rule.partition("/")[0] for row in OF_THE_LAW for rule in named(row["row"])}
    # Rows of non-use go the whole way, from the day of learning through the case.
    assert {one.rule for one in rows_of("deadlines")} == rules | {"non_use"}
    told = {one.given["code"] for one in rows_of("deadlines") if one.rule == "notice"}
    assert told == {str(code) for code in deadlines.notices.NOTICES}


def test_six_services_have_their_notice_of_the_end() -> None:
    rows = [one for one in rows_of("deadlines") if one.rule == "end_notice"]
    assert {one.given["service"] for one in rows} == {str(service) for service in Service}


@pytest.mark.parametrize(
    "cell",
    [row["page"] for row in (*OF_THE_LAW, *OF_THE_HOUSE)]
    + [row["how one does it here"] for row in WITHOUT_A_DAY],
)
def test_the_pages_that_are_named_are_there(cell: str) -> None:
    assert cell
    for name in named(cell):
        assert name in PAGES or name == "misfit" or find_spec(f"tugiplaan.{name}"), name


def test_who_has_work_sees_it_in_the_work_list() -> None:
    assert {row["page"] for row in OF_THE_LAW if row["work"] != _NONE} == {"`work`"}
    assert {row["page"] for row in OF_THE_HOUSE} == {"`work`"}


def test_the_rooms_and_rows_that_keep_other_limits_are_there() -> None:
    for row in OF_THE_HOUSE:
        assert all(find_spec(f"tugiplaan.{name}") for name in named(row["from"]))
    for row in ELSEWHERE:
        for name in named(row["room in `rules/`"]):
            assert find_spec(f"tugiplaan.rules.{name.replace('/', '.')}"), name
        for name in named(row["worked rows"]):
            assert (_ROOT / "tests/rules/golden" / name).is_file()
