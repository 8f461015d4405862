"""Worked months: what is given and what is payable, row by row, from the law and the readings."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.rules.case_builder import case, told_finding, told_line
from tests.rules.golden_rows import check_step
from tugiplaan.rules.explanation import LANGUAGES, tell_step
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import FindingCode

FILES = sorted((Path(__file__).parent / "golden").glob("months_*.yaml"))
Row = dict[str, Any]


def rows() -> list[Any]:
    found = []
    for file in FILES:
        for row in yaml.safe_load(file.read_text("utf-8")):
            assert set(row) == {"name", "source", "given", "expect"}, row
            found.append(pytest.param(row, id=row["name"]))
    return found


def months_of(given: Row) -> list[str]:
    """Give the months that a row settles, one or from one to another."""
    first, _, last = str(given["month"]).partition("..")
    month, end = Month.parse(first), Month.parse(last or first)
    found = []
    while month <= end:
        found.append(str(month))
        month = month.plus(1)
    return found


def total(given: Row, month: str) -> Decimal:
    without_month = {name: value for name, value in given.items() if name != "month"}
    settled = case(month, without_month).settled()
    return sum((one.amount for one in settled), Decimal(0))


@pytest.mark.parametrize("row", rows())
def test_a_worked_month(row: Row) -> None:
    given, expect = dict(row["given"]), dict(row["expect"])
    months = months_of(given)
    if len(months) > 1:
        totals = {month: str(total(given, month)) for month in months}
        if "months" in expect:
            assert totals == expect["months"]
        summed = sum((Decimal(amount) for amount in totals.values()), Decimal(0))
        if "earlier" in expect:
            earlier = given | {"known": expect["earlier"]}
            summed -= sum((total(earlier, month) for month in months), Decimal(0))
        assert str(summed) == expect["total"]
        return
    del given["month"]
    settled = case(months[0], given)
    assert [told_line(line) for line in settled.lines()] == expect.get("lines", [])
    findings = [
        told_finding(finding)
        for finding in settled.findings()
        if finding.code is not FindingCode.READING_USED
    ]
    assert findings == expect.get("findings", [])
    assert total(given, months[0]) == Decimal(expect["total"])


@pytest.mark.parametrize("row", rows())
def test_every_worked_month_explains_itself(row: Row) -> None:
    given = dict(row["given"])
    month = months_of(given)[-1]
    del given["month"]
    settled = case(month, given)
    for line in settled.lines():
        for step in line.explanation:
            check_step(step)
    for language in LANGUAGES:
        for line in settled.lines():
            told = [tell_step(step, language) for step in line.explanation]
            assert told
            assert line.law
            assert all("{" not in sentence and "None" not in sentence for sentence in told)
        for finding in settled.findings():
            message = finding.message(language)
            assert "{" not in message
            assert "None" not in message


def test_there_are_rows_of_the_law_and_of_every_reading() -> None:
    sources = " | ".join(str(row.values[0]["source"]) for row in rows())
    for wanted in [f"R-{number:02d}" for number in (*range(1, 13), 18, 22, 23, 24)]:
        assert wanted in sources
    for number in range(1, 13):
        assert f"reading {number}" in sources
