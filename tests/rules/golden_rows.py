"""Golden rows: worked examples in YAML, each with a plain sentence and a source, as parameters."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tugiplaan.rules.explanation import LANGUAGES, Step, tell_step
from tugiplaan.rules.legal import DatedValue

_FOLDER = Path(__file__).parent / "golden"


class Row(NamedTuple):
    """One worked example."""

    name: str
    source: str
    rule: str
    given: dict[str, Any]
    expect: dict[str, Any]


def rows_of(file: str) -> list[Row]:
    """Read all rows of a file; a row without a name, a source or an expectation is an error."""
    entries = yaml.safe_load((_FOLDER / f"{file}.yaml").read_text("utf-8"))
    return [Row(**entry) for entry in entries]


def golden(file: str, rule: str) -> list[Any]:
    """Give the rows of one rule as parameters; their names are the names of the tests."""
    found = [pytest.param(row, id=row.name) for row in rows_of(file) if row.rule == rule]
    assert found, f"{file}.yaml has no row of {rule}"
    return found


_READING = re.compile(r"(A-\d\d(, A-\d\d)*)?")
_WITHOUT_SECTION = frozenset(
    {
        "whole_month",
        "days_of_month",
        "units_day",
        "units_oop",
        "component_hours",
        "group_split",
        "group_once",
        "rounded_once",
        "staff_needed",
    }
)


def check_step(step: Step) -> None:
    """A step rests on sections and values that exist, written as they are everywhere."""
    assert isinstance(step.section, str)
    assert "XX" not in step.section
    assert not re.match(r"shs|r65|r38", step.section)
    assert " P " not in step.section
    assert isinstance(step.values, tuple)
    assert all(isinstance(value, DatedValue) for value in step.values)
    assert _READING.fullmatch(step.reading), step.reading
    assert step.section or step.code in _WITHOUT_SECTION, step.code


def tell_all(steps: Iterable[Step]) -> list[str]:
    """Tell steps in every language; a missing sentence, or a hole in one, is an error."""
    steps = list(steps)
    for step in steps:
        check_step(step)
    told = [tell_step(step, language) for step in steps for language in LANGUAGES]
    assert told, "a result explains itself"
    assert all("{" not in sentence and "None" not in sentence for sentence in told)
    return told
