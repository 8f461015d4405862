"""Results written to files: every column, sums, explanations, and all or nothing."""

import csv
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugiplaan.month_folder import ResultWriter, results, step_json
from tugiplaan.month_folder.plain import plain_ceiling, plain_exact, plain_quantity
from tugiplaan.month_folder.totals import Totals
from tugiplaan.rules import explanation
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Finding, Line, PersonMonth, result
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import FindingCode, Kind, Unit

MAY = Month(2026, 5)
NAMES = {"lines.csv", "findings.csv", "totals.csv", "explanations.json"}
RATE = DatedValue(
    name="KE",
    value=Decimal("676.00"),
    unit="month",
    valid_from=date(2026, 1, 1),
    valid_to=None,
    source="R65 § 2(4)",
    certainty=Certainty.READ,
    pack="minu.csv",
)
STEP = Step(
    "days",
    (
        *(("quantity", Fraction(20)), ("share", Fraction(2, 3)), ("rate", Decimal("676.00"))),
        *(("half", Fraction(1, 2)), ("day", date(2026, 5, 1)), ("whom", "õde")),
    ),
    (RATE, replace(RATE, valid_from=None, pack="")),
    "SHS § 79(1)",
    "A-01",
)
LINE = Line(
    line="2026-05-R1-1",
    funder="70001975",
    referral="R1",
    person="P1",
    place="K1",
    rate_code="KE",
    component="",
    mode="",
    audience="",
    kind=Kind.PART,
    first_day=date(2026, 5, 1),
    last_day=date(2026, 5, 20),
    quantity=Fraction(20),
    unit=Unit.DAY,
    of_days=31,
    rate=Decimal(676),
    share=Decimal("0.950"),
    own_price=Decimal("600.5"),
    ceiling=Fraction(676 * 20 * 95, 3100),
    exact=Fraction(1201000, 3100),
    amount=Decimal("387.42"),
    law="SHS § 79(1)",
    explanation=(STEP, STEP),
)
HOURS = replace(
    LINE,
    line="2026-05-P2-A1",
    funder="75000000",
    referral="",
    person="P2",
    place="",
    rate_code="A1",
    component="A1",
    mode="group",
    audience="family",
    kind=Kind.COMPONENT,
    quantity=Fraction(7, 12),
    unit=Unit.HOUR,
    of_days=None,
    rate=Decimal("35.125"),
    share=Decimal(1),
    own_price=None,
    ceiling=None,
    amount=Decimal("20.5"),
    explanation=(),
)
FINDING = Finding(
    code=FindingCode.OVER_CAP,
    referral="R1",
    person="P1",
    first_day=date(2026, 5, 24),
    last_day=date(2026, 5, 30),
    quantity=Fraction(7, 2),
    unit=Unit.DAY,
    amount_not_payable=Decimal("320"),
    numbers=(("cap", 23),),
    line="2026-05-R1-1",
)
SENTENCES = {
    "steps": {"days": {"et": "{quantity} päeva, „{whom}“", "en": "{quantity} days"}},
    "findings": {
        code: {"et": "Üle {cap}: {quantity}", "en": "Over {cap}: {quantity}", "law": "SHS § 99³"}
        for code in FindingCode
    },
}


@pytest.fixture(autouse=True)
def _sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = {**explanation.messages(), **SENTENCES}
    for module in (explanation, result):
        monkeypatch.setattr(module, "messages", lambda: sentences)


def month(person: str, *lines: Line, findings: Iterable[Finding] = ()) -> PersonMonth:
    return PersonMonth(person, MAY, lines, tuple(findings))


def written(out: Path, *months: PersonMonth) -> Path:
    with ResultWriter(out) as writer:
        for one in months:
            writer.add(one)
    return out


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_a_line_has_every_column(tmp_path: Path) -> None:
    out = written(tmp_path / "out", month("P1", LINE), month("P2", HOURS))
    first, second = table(out / "lines.csv")
    assert first == {
        "line": "2026-05-R1-1",
        "funder": "70001975",
        "referral": "R1",
        "person": "P1",
        "place": "K1",
        "rate_code": "KE",
        "component": "",
        "mode": "",
        "audience": "",
        "kind": "part",
        "first_day": "2026-05-01",
        "last_day": "2026-05-20",
        "quantity": "20",
        "unit": "day",
        "of_days": "31",
        "rate": "676.00",
        "share": "0.95",
        "own_price": "600.50",
        "ceiling": "414.32",
        "amount": "387.42",
        "law": "SHS § 79(1)",
    }
    assert (second["quantity"], second["unit"], second["of_days"]) == ("0.583333", "h", "")
    assert (second["rate"], second["share"], second["own_price"]) == ("35.125", "1", "")
    assert (second["ceiling"], second["amount"]) == ("", "20.50")
    assert (second["mode"], second["audience"], second["kind"]) == ("group", "family", "component")


def test_findings_are_numbered_over_all_persons(tmp_path: Path) -> None:
    bare = replace(
        FINDING, person="", referral="", quantity=None, unit=None, amount_not_payable=None, line=""
    )
    out = written(
        tmp_path / "out",
        month("P1", findings=[FINDING]),
        month("", findings=[bare]),
    )
    first, second = table(out / "findings.csv")
    assert first == {
        "finding": "F000001",
        "code": "OVER_CAP",
        "severity": "warning",
        "referral": "R1",
        "person": "P1",
        "line": "2026-05-R1-1",
        "first_day": "2026-05-24",
        "last_day": "2026-05-30",
        "quantity": "3.5",
        "unit": "day",
        "amount_not_payable": "320.00",
        "message_et": "Üle 23: 3,5",
        "message_en": "Over 23: 3.5",
        "law": "SHS § 99³",
    }
    assert second["finding"] == "F000002"
    assert [second[name] for name in ("quantity", "unit", "amount_not_payable")] == ["", "", ""]


def test_totals_by_funder_code_and_unit_with_distinct_persons(tmp_path: Path) -> None:
    again = replace(LINE, line="x", kind=Kind.ABSENCE, quantity=Fraction(1, 2))
    other = replace(LINE, line="y", person="P2", unit=Unit.OOP)
    empty = replace(LINE, line="z", person="", quantity=3)
    out = written(
        tmp_path / "out",
        month("P1", LINE, again),
        month("P2", HOURS, other),
        month("P3"),
        month("", empty),
    )
    text = (out / "totals.csv").read_text("utf-8")
    assert text.splitlines() == [
        "funder,rate_code,persons,quantity,unit,amount",
        "70001975,KE,1,23.5,day,1162.26",
        "70001975,KE,1,20,oop,387.42",
        "75000000,A1,1,0.583333,h,20.50",
        "TOTAL,,2,,,1570.18",
    ]


def test_explanations_hold_the_steps_of_each_line(tmp_path: Path) -> None:
    out = written(tmp_path / "out", month("P1", LINE), month("P2", HOURS))
    found: dict[str, Any] = json.loads((out / "explanations.json").read_text("utf-8"))
    assert list(found) == ["2026-05-R1-1", "2026-05-P2-A1"]
    assert found["2026-05-P2-A1"] == []
    assert found["2026-05-R1-1"] == 2 * [
        {
            "code": "days",
            "text_et": "20 päeva, „õde“",
            "text_en": "20 days",
            "numbers": {
                "quantity": 20,
                "share": "2/3",
                "rate": "676.00",
                "half": "0.5",
                "day": "2026-05-01",
                "whom": "õde",
            },
            "values": [
                {
                    "name": "KE",
                    "value": "676",
                    "unit": "month",
                    "since": "2026-01-01",
                    "source": "R65 § 2(4)",
                    "certainty": "V",
                    "pack": "minu.csv",
                },
                {
                    "name": "KE",
                    "value": "676",
                    "unit": "month",
                    "since": None,
                    "source": "R65 § 2(4)",
                    "certainty": "V",
                    "pack": "",
                },
            ],
            "section": "SHS § 79(1)",
            "reading": "A-01",
        }
    ]


def test_steps_are_told_once_while_they_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Step] = []
    tell = explanation.tell_step

    def count(step: Step, language: str) -> str:
        told.append(step)
        return tell(step, language)

    monkeypatch.setattr(step_json, "tell_step", count)
    monkeypatch.setattr(step_json, "_MOST", 2)
    texts = step_json.StepTexts()
    others = [STEP._replace(section=str(at)) for at in range(3)]
    for step in (STEP, STEP, *others):
        assert json.loads(texts[step])["section"] == step.section
        assert len(texts) <= 2
    assert len(told) == 2 * 4


def test_an_empty_month_has_headers_and_a_total(tmp_path: Path) -> None:
    out = written(tmp_path / "deep" / "er" / "out")
    assert {path.name for path in out.iterdir()} == NAMES
    assert table(out / "lines.csv") == []
    assert json.loads((out / "explanations.json").read_text("utf-8")) == {}
    assert (out / "totals.csv").read_text("utf-8").splitlines()[1:] == ["TOTAL,,0,,,0.00"]


def test_files_are_utf8_without_a_mark_and_with_plain_line_ends(tmp_path: Path) -> None:
    out = written(tmp_path / "out", month("P1", LINE, findings=[FINDING]))
    for path in out.iterdir():
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")
        assert "§".encode() in data or path.name == "totals.csv"


def test_persons_must_come_in_order(tmp_path: Path) -> None:
    with ResultWriter(tmp_path / "out") as writer:
        writer.add(month("P2"))
        writer.add(month(""))
        for person in ("P2", "P1"):
            with pytest.raises(ValueError, match=f"in order: {person} after P2"):
                writer.add(month(person))
        writer.add(month("P3"))


def trees(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else b"folder"
        for path in folder.rglob("*")
    }


class StopError(Exception):
    """Something goes wrong in the middle."""


def fail_while_adding(out: Path) -> None:
    with ResultWriter(out) as writer:
        writer.add(month("P1", LINE, findings=[FINDING]))
        raise StopError


def fail_in_a_line(out: Path) -> None:
    bad: Any = replace(LINE, explanation=(STEP._replace(code="none"),))
    written(out, month("P1", LINE), month("P2", bad))


def fail_at_the_totals(out: Path) -> None:
    def stop(_totals: Totals) -> None:
        raise StopError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Totals, "rows", stop)
        written(out, month("P1", LINE))


def fail_at_the_move(out: Path) -> None:
    def stop(_from: Path, _to: Path) -> None:
        raise OSError("no")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", stop)
        written(out, month("P1", LINE))


def fail_at_the_start(out: Path) -> None:
    def stop(_writer: ResultWriter, _name: str, _columns: object) -> None:
        raise OSError("no")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ResultWriter, "_table", stop)
        written(out)


def fail_on_interrupt(out: Path) -> None:
    with ResultWriter(out) as writer:
        writer.add(month("P1", LINE))
        raise KeyboardInterrupt


FAILURES = [
    fail_while_adding,
    fail_in_a_line,
    fail_at_the_totals,
    fail_at_the_move,
    fail_at_the_start,
    fail_on_interrupt,
]


@pytest.mark.parametrize("fail", FAILURES)
@pytest.mark.parametrize("is_there", [True, False])
def test_a_failure_leaves_everything_as_it_was(
    tmp_path: Path, fail: Callable[[Path], None], is_there: bool
) -> None:
    out = tmp_path / "deep" / "out"
    if is_there:
        written(out, month("P0", replace(LINE, person="P0")))
        (out / "notes.txt").write_text("mine", "utf-8")
    before = trees(tmp_path)
    with pytest.raises((StopError, KeyError, OSError, KeyboardInterrupt)):
        fail(out)
    assert trees(tmp_path) == before


def test_results_replace_older_ones_and_leave_other_files(tmp_path: Path) -> None:
    out = written(tmp_path / "out", month("P0", replace(LINE, person="P0")))
    (out / "notes.txt").write_text("mine", "utf-8")
    written(out, month("P2", HOURS))
    assert [row["person"] for row in table(out / "lines.csv")] == ["P2"]
    assert {path.name for path in out.iterdir()} == NAMES | {"notes.txt"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_nothing_is_in_place_before_the_end(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with ResultWriter(out) as writer:
        writer.add(month("P1", LINE))
        assert not out.exists()
    assert out.exists()


@pytest.mark.parametrize("name", ["", "totals.csv"])
def test_a_target_that_cannot_be_is_refused_before_anything_is_written(
    tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    if name:
        (out / name).mkdir(parents=True)
    else:
        out.write_text("a file", "utf-8")
    before = trees(tmp_path)
    with pytest.raises((NotADirectoryError, IsADirectoryError), match=r"is (not )?a folder"):
        written(out)
    assert trees(tmp_path) == before


def test_the_columns_are_those_of_the_interface() -> None:
    assert ",".join(results.LINE_COLUMNS) == (
        "line,funder,referral,person,place,rate_code,component,mode,audience,kind,first_day,"
        "last_day,quantity,unit,of_days,rate,share,own_price,ceiling,amount,law"
    )
    assert ",".join(results.FINDING_COLUMNS) == (
        "finding,code,severity,referral,person,line,first_day,last_day,quantity,unit,"
        "amount_not_payable,message_et,message_en,law"
    )
    assert results.TOTAL_COLUMNS == ("funder", "rate_code", "persons", "quantity", "unit", "amount")


fractions = st.fractions(min_value=-1000, max_value=10**6, max_denominator=10**7)


@given(number=st.one_of(fractions, st.integers(-1000, 10**6)))
def test_a_quantity_is_right_to_half_a_millionth(number: Fraction | int) -> None:
    text = plain_quantity(number)
    assert abs(Fraction(text) - number) <= Fraction(1, 2_000_000)
    assert text == "0" or not text.endswith((".", "-"))
    assert "." not in text or not text.endswith("0")
    assert text != "-0"


@given(number=fractions)
def test_an_exact_number_can_be_reckoned_with_again(number: Fraction) -> None:
    assert Fraction(plain_exact(number)) == number


def test_half_a_cent_and_half_a_millionth_go_up() -> None:
    assert plain_ceiling(Fraction(1, 200)) == "0.01"
    assert plain_quantity(Fraction(1, 2_000_000)) == "0.000001"
    assert plain_quantity(Fraction(-1, 4_000_000)) == "0"
