"""Days and months: arithmetic that keeps count of every day."""

import calendar
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugiplaan.rules.period import (
    Month,
    Span,
    add_months,
    clip,
    intersect,
    length,
    merged,
    without,
)

days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
# A short line of days: runs often touch, overlap and share their ends.
points = st.integers(1, 24)
spans = st.tuples(points, points).map(lambda ends: (min(ends), max(ends) + 1))


def days_of(runs: list[Span]) -> set[int]:
    return {day for first, end in runs for day in range(first, end)}


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 12, 31), -3, date(2026, 9, 30)),
        (date(2027, 5, 31), -3, date(2027, 2, 28)),
        (date(2027, 3, 14), -3, date(2026, 12, 14)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_the_same_date_some_months_on(day: date, months: int, found: date) -> None:
    assert add_months(day, months) == found


@given(days, st.integers(-600, 600))
def test_a_date_is_clipped_to_the_month_and_never_moved_into_the_next(
    day: date, months: int
) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    last = calendar.monthrange(found.year, found.month)[1]
    assert found.day == min(day.day, last)


@given(days, st.integers(-60, 60), st.integers(-60, 60))
def test_later_by_more_months_is_never_earlier(day: date, one: int, other: int) -> None:
    assert (one <= other) == (add_months(day, one) <= add_months(day, other))


class TestMonth:
    @pytest.mark.parametrize(
        ("text", "month"),
        [("2026-05", Month(2026, 5)), ("2024-02", Month(2024, 2)), ("1999-12", Month(1999, 12))],
    )
    def test_reads_and_writes_itself(self, text: str, month: Month) -> None:
        assert Month.parse(text) == month
        assert str(month) == text

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2026",
            "2026-5",
            "2026-13",
            "2026-00",
            "0000-01",
            "26-05",
            "2026/05",
            "2026-05-01",
            "+026-05",
            "2026-+5",
            "abcd-ef",
            " 2026-05",
        ],
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"."):
            Month.parse(text)

    def test_the_message_says_what_is_expected(self) -> None:
        with pytest.raises(ValueError, match="YYYY-MM"):
            Month.parse("May 2026")

    @given(days)
    def test_knows_its_days(self, day: date) -> None:
        month = Month.of(day)
        assert month.first <= day <= month.last
        assert month.length == (month.last - month.first).days + 1
        assert month.span == (month.first.toordinal(), month.last.toordinal() + 1)
        assert Month.of(month.last + timedelta(days=1)) == month.plus(1)

    @given(days, st.integers(-500, 500))
    def test_on_and_back_is_where_it_was(self, day: date, months: int) -> None:
        month = Month.of(day)
        assert month.plus(months).plus(-months) == month
        assert (month.plus(months) >= month) == (months >= 0)


@given(spans, spans)
def test_the_shared_days_are_those_in_both(one: Span, other: Span) -> None:
    shared = intersect(one, other)
    assert days_of([shared] if shared else []) == days_of([one]) & days_of([other])


def test_touching_runs_share_nothing() -> None:
    assert intersect((1, 3), (3, 5)) is None


@given(st.lists(spans, max_size=6), spans)
def test_clipping_keeps_the_days_of_the_window(runs: list[Span], window: Span) -> None:
    clipped = clip(runs, window)
    assert days_of(clipped) == days_of(runs) & days_of([window])
    assert all(first < end for first, end in clipped)


@given(spans, st.lists(spans, max_size=6))
def test_what_is_left_and_what_was_taken_are_all_the_days(span: Span, holes: list[Span]) -> None:
    left = without(span, sorted(holes))
    assert days_of(left) == days_of([span]) - days_of(holes)
    assert length(left) == len(days_of(left))
    assert all(first < end for first, end in left)
    assert left == sorted(left)


@given(st.lists(spans, max_size=8))
def test_joined_runs_have_the_same_days_once(runs: list[Span]) -> None:
    joined = merged(runs)
    assert days_of(joined) == days_of(runs)
    assert length(joined) == len(days_of(runs))
    for one, other in pairwise(joined):
        assert one[1] < other[0]


@given(st.permutations([(1, 3), (3, 4), (6, 9), (5, 7), (12, 13)]))
def test_the_order_of_the_runs_does_not_matter(runs: list[Span]) -> None:
    assert merged(runs) == [(1, 4), (5, 9), (12, 13)]
