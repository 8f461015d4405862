"""contract.toml: what it says, what stands there when it says nothing, and what is bad."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.month_folder.files import problems_of, read
from tugiplaan.month_folder.contract import SECTIONS, Section, Setting
from tugiplaan.rules.facts import ComponentContract, Contract, Provider, StateContract
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.vocabulary import (
    AbsenceYear,
    GroupPrice,
    IncrementRounding,
    PartMonthDenominator,
    TeMinimum,
)

WHOLE = """\
[provider]
name = "Maja"
registry_code = "80000001"
vat_number = ""
iban = "EE38"

[state_contract]
valid_from = 2020-01-01
history_from = 2026-01-01
part_month_denominator = "thirty"
absence_year = "calendar_year"
absence_year_limit_days = 100
hospital_year_limit_days = 150
te_minimum = "week_by_week"
pays_unused_pnh_days = false
pays_unused_int_days = false
pays_empty_court_places = true

[[own_price]]
code = "IET"
amount = "200.10"
valid_from = 2026-01-01

[[own_price]]
code = "IET"
amount = 210
valid_from = 2026-07-01
valid_to = 2026-12-31

[[component_contract]]
funder = "75000000"
valid_from = 2025-01-01
minutes_per_hour = 45
increment_minutes = 5
increment_rounding = "up"
group_price = "split"

[[component_contract]]
funder = "75000001"
valid_from = 2025-01-01
"""


def contract(folder: Path, text: str) -> Contract:
    (folder / "contract.toml").write_text(text, "utf-8")
    return read(folder).contract


def told(folder: Path, text: str) -> list[tuple[int, str, str]]:
    """Give line, column and what was found of each problem."""
    (folder / "contract.toml").write_text(text, "utf-8")
    return [(one.line, one.column, one.found) for one in problems_of(folder, skip_bad=True)]


@pytest.mark.parametrize("text", [None, "", "\ufeff# nothing\r\n"])
def test_without_words_everything_has_its_default(tmp_path: Path, text: str | None) -> None:
    found = read(tmp_path).contract if text is None else contract(tmp_path, text)
    assert found.provider == Provider()
    assert found.state == StateContract()
    assert found.own_prices.names() == []
    assert found.components.contracts == ()


def test_everything_that_is_said_is_taken(tmp_path: Path) -> None:
    found = contract(tmp_path, WHOLE)
    assert found.provider == Provider("Maja", "80000001", "", "EE38")
    assert found.state == StateContract(
        valid_from=date(2020, 1, 1),
        history_from=date(2026, 1, 1),
        part_month_denominator=PartMonthDenominator.THIRTY,
        absence_year=AbsenceYear.CALENDAR,
        absence_year_limit_days=100,
        hospital_year_limit_days=150,
        te_minimum=TeMinimum.WEEK_BY_WEEK,
        pays_unused_pnh_days=False,
        pays_unused_int_days=False,
        pays_empty_court_places=True,
    )
    assert found.components.contracts == (
        ComponentContract(
            *("75000000", date(2025, 1, 1), 45, 5),
            increment_rounding=IncrementRounding.UP,
            group_price=GroupPrice.SPLIT,
        ),
        ComponentContract("75000001", date(2025, 1, 1)),
    )
    first = DatedValue(
        name="IET",
        value=Decimal("200.10"),
        unit="month",
        valid_from=date(2026, 1, 1),
        valid_to=None,
        source="contract.toml",
        certainty=Certainty.USER,
    )
    assert found.own_prices.rows("IET")[0] == first
    assert found.own_prices.on("IET", date(2026, 6, 30)) == first
    assert found.own_prices.on("IET", date(2026, 7, 1)).value == 210
    assert found.own_prices.on("IET", date(2027, 1, 1)) == first


def wrong_values(setting: Setting) -> list[str]:
    """Give values of other types and codes, as TOML."""
    wrong = ["[1]", "{a = 1}", "1.5"]
    for candidate, value in {
        '"x"': "x",
        "-1": -1,
        "true": True,
        "99999": 99999,
        "2026-05-04T10:00:00": None,
        "1850-01-01": date(1850, 1, 1),
    }.items():
        try:
            setting.read(value)
        except (ValueError, KeyError, TypeError):
            wrong.append(candidate)
    return wrong


def settings() -> Iterator[tuple[Section, Setting, str]]:
    for section in SECTIONS:
        for setting in section.settings:
            for value in wrong_values(setting):
                yield section, setting, value


@pytest.mark.parametrize(
    ("section", "setting", "value"),
    list(settings()),
    ids=lambda part: part if isinstance(part, str) else part.name,
)
def test_a_wrong_value_is_told_with_its_line(
    tmp_path: Path, section: Section, setting: Setting, value: str
) -> None:
    text = WHOLE.replace("amount = 210\nvalid_from = 2026-07-01\nvalid_to = 2026-12-31\n", "")
    text = text.replace('[[own_price]]\ncode = "IET"\n\n', "")
    if setting.name == "valid_to":
        text = text.replace("2026-01-01\n\n[[comp", "2026-01-01\nvalid_to = 2026-01-01\n\n[[comp")
    assert text.count("[[own_price]]") == 1 or "own_price" not in section.name
    header = f"[[{section.name}]]" if section.is_list else f"[{section.name}]"
    before, after = text.split(header + "\n", 1)
    changed = re.sub(rf"(?m)^{setting.name} = .*$", f"{setting.name} = {value}", after, count=1)
    assert changed != after
    line = f"{before}{header}\n{changed}".splitlines().index(f"{setting.name} = {value}") + 1
    (tmp_path / "contract.toml").write_text(f"{before}{header}\n{changed}", "utf-8")
    (problem,) = problems_of(tmp_path)
    assert (problem.file, problem.line) == ("contract.toml", line)
    assert problem.column == f"{section.name}.{setting.name}"
    assert problem.expected == setting.expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('code = "IET"\namount = 210', "amount = 210", (24, "own_price.code", "")),
        ('amount = "200.10"', "", (19, "own_price.amount", "")),
        ("amount = 210", "amount = 210.5", (26, "own_price.amount", "210.5")),
        ("amount = 210", 'amount = "210,50"', (26, "own_price.amount", "210,50")),
        ("amount = 210", "amount = -210", (26, "own_price.amount", "-210")),
        ("amount = 210", "amount = true", (26, "own_price.amount", "true")),
        ('code = "IET"\namount = 210', 'code = "OEH"', (25, "own_price.code", "OEH")),
        ("= 2026-12-31", "= 2026-06-30", (28, "own_price.valid_to", "2026-06-30")),
        ("2026-07-01", "2026-01-01", (25, "own_price.code", "IET")),
        ('"75000001"', '"75000000"', (39, "component_contract.funder", "75000000")),
        ('"75000001"', '" "', (39, "component_contract.funder", " ")),
        ("_hour = 45", "_hour = 0", (33, "component_contract.minutes_per_hour", "0")),
        ("days = 100", "days = true", (12, "state_contract.absence_year_limit_days", "true")),
        ("increment_minutes", "increment", (34, "component_contract.increment", "increment")),
        ("[provider]", "[provder]", (1, "provder", "provder")),
        ("pnh_days = false", 'pnh_days = "no"', (15, "state_contract.pays_unused_pnh_days", "no")),
        ("= 2020-01-01", '= "2020-01-01"', (8, "state_contract.valid_from", "2020-01-01")),
    ],
)
def test_what_is_bad_is_told_with_line_key_and_value(
    tmp_path: Path, old: str, new: str, expected: tuple[int, str, str]
) -> None:
    assert old in WHOLE
    found = told(tmp_path, WHOLE.replace(old, new, 1))
    assert expected in found
    assert len(found) <= 2


def test_a_repeated_table_names_the_first(tmp_path: Path) -> None:
    told(tmp_path, WHOLE.replace("2026-07-01", "2026-01-01"))
    (problem,) = problems_of(tmp_path)
    assert problem.expected.en == "each (code, valid_from) once; line 19 has this one"
    assert problem.expected.et == "iga (code, valid_from) üks kord; sama on juba real 19"


def test_a_float_is_asked_to_be_quoted(tmp_path: Path) -> None:
    told(tmp_path, WHOLE.replace("amount = 210", "amount = 210.5"))
    (problem,) = problems_of(tmp_path)
    assert problem.expected.en.endswith('quoted: "1240.10"')
    assert "jutumärkides" in problem.expected.et


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("provider = 1\n", 1, "provider"),
        ("# a\n[own_price]\ncode = 'IET'\n", 2, "own_price"),
        ("own_price = [1]\n", 1, "own_price"),
        ("[[provider]]\nname = 'x'\n", 1, "provider"),
    ],
)
def test_a_table_of_the_wrong_form_is_told(
    tmp_path: Path, text: str, line: int, column: str
) -> None:
    ((found_line, found_column, _),) = told(tmp_path, text)
    assert (found_line, found_column) == (line, column)


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("[provider]\nname = Maja\n", 2, "name = Maja"),
        ("[provider]\nname = 'a'\nname = 'b'\n", 3, "name = 'b'"),
        ("[provider", 1, "[provider"),
    ],
)
def test_text_that_is_not_toml_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, found: str
) -> None:
    assert told(tmp_path, text) == [(line, "", found)]


def test_a_byte_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "contract.toml").write_bytes(b"[provider]\nname = '\xfc'\n")
    (problem,) = problems_of(tmp_path)
    assert (problem.line, problem.found) == (2, "0xFC")
