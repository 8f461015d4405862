"""Isolation: worked examples on the clock of Tallinn, and the fields of the protocol."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.golden_rows import Row, golden, tell_all
from tugiplaan.rules.isolation import (
    Isolation,
    IsolationIssue,
    Protocol,
    minutes_between,
    missing_fields,
    review,
)
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service

LAW = builtin()
TALLINN = ZoneInfo("Europe/Tallinn")
FULL = Protocol(*(["written"] * len(fields(Protocol))))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TALLINN)


START = moment("2026-05-04T10:00:00")
GOOD = Isolation(
    service=Service.OEH,
    started_at=START,
    ended_at=moment("2026-05-04T10:30:00"),
    supervised_by="Kask",
    is_direct_danger=True,
    was_calmed_first=True,
    called=True,
    has_decision=True,
    has_representative=True,
    representative_told=True,
    was_explained=True,
    protocol=FULL,
)


@pytest.mark.parametrize("row", golden("isolation", "isolation"))
def test_isolation(row: Row) -> None:
    facts = dict(row.given)
    now = moment(facts.pop("now", "2026-12-31T00:00:00"))
    times: dict[str, Any] = {
        "started_at": moment(facts.pop("started_at")),
        "ended_at": moment(facts.pop("ended_at")) if "ended_at" in facts else None,
    }
    if "service" in facts:
        facts["service"] = Service(facts["service"])
    found = review(replace(GOOD, **times, **facts), now, LAW)
    assert found.minutes == Fraction(row.expect["minutes"])
    assert found.minutes_left == 180 - found.minutes
    assert list(found.codes) == row.expect["issues"]
    for _, step in found.issues:
        tell_all([step])


def test_everything_wrong_is_told_the_gravest_first() -> None:
    worst = Isolation(
        Service.IET,
        START,
        START + timedelta(hours=4),
        is_excluded_by_doctor=True,
        has_representative=True,
    )
    found = review(worst, START + timedelta(days=1), LAW)
    assert list(found.codes) == [
        issue for issue in IsolationIssue if issue is not IsolationIssue.SOON_TOO_LONG
    ]
    assert all(step.section for _, step in found.issues)
    tell_all(step for _, step in found.issues)


@pytest.mark.parametrize("field", [field.name for field in fields(Protocol)])
@pytest.mark.parametrize("empty", ["", "  \n"])
def test_every_field_of_the_protocol_must_be_filled(field: str, empty: str) -> None:
    protocol = replace(FULL, **{field: empty})
    assert missing_fields(protocol, is_over=True) == (field,)
    found = review(replace(GOOD, protocol=protocol), START, LAW)
    assert (found.codes, found.missing_fields) == ((IsolationIssue.PROTOCOL_INCOMPLETE,), (field,))


def test_while_it_lasts_the_end_may_be_empty_and_the_protocol_may_wait() -> None:
    protocol = replace(FULL, ended="")
    assert missing_fields(protocol, is_over=False) == ()
    running = replace(GOOD, ended_at=None, protocol=Protocol())
    found = review(running, START + timedelta(minutes=5), LAW)
    assert found.codes == ()
    assert "ended" not in found.missing_fields
    assert len(found.missing_fields) == len(fields(Protocol)) - 1


def test_too_long_is_told_while_it_lasts_too() -> None:
    found = review(replace(GOOD, ended_at=None), START + timedelta(minutes=181), LAW)
    assert found.codes == (IsolationIssue.TOO_LONG,)
    assert found.minutes_left == -1


def test_nobody_is_taken_to_have_a_representative() -> None:
    found = review(Isolation(Service.OEH, START, START), START, LAW)
    assert IsolationIssue.REPRESENTATIVE_NOT_TOLD not in found.codes


def test_times_need_a_zone() -> None:
    naive = datetime(2026, 5, 4, 10)  # noqa: DTZ001 - it is the point of the test
    for times in ((naive, START), (START, naive)):
        with pytest.raises(ValueError, match="time zone"):
            minutes_between(*times)


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        minutes_between(START, START - timedelta(seconds=1))
    assert minutes_between(START, START) == 0


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - zones come below
    st.integers(0, 60 * 60 * 8),
)
def test_minutes_are_those_that_passed_whatever_the_wall_says(
    start: datetime, seconds: int
) -> None:
    begun = start.replace(tzinfo=UTC)
    ended = begun + timedelta(seconds=seconds)
    assert minutes_between(begun.astimezone(TALLINN), ended.astimezone(TALLINN)) == Fraction(
        seconds, 60
    )
