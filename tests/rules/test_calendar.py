"""Working days: the holidays of Estonia, and counting that never lands on a free day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugiplaan.rules.calendar import add_working_days, is_working_day, public_holidays

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
# Easter, midsummer and Christmas draw more free days together than chance would.
near_holidays = st.builds(
    lambda year, day, shift: date(year, *day) + timedelta(days=shift),
    st.integers(2016, 2040),
    st.sampled_from([(1, 1), (2, 24), (4, 15), (5, 1), (6, 23), (8, 20), (12, 24), (12, 31)]),
    st.integers(-6, 6),
)


def test_the_holidays_of_a_year() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 2, 24),
        date(2026, 4, 3),
        date(2026, 4, 5),
        date(2026, 5, 1),
        date(2026, 5, 24),
        date(2026, 6, 23),
        date(2026, 6, 24),
        date(2026, 8, 20),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 4, 3), False),
        (date(2026, 4, 4), False),
        (date(2026, 4, 5), False),
        (date(2026, 4, 6), True),
        (date(2026, 5, 1), False),
        (date(2026, 12, 23), True),
        (date(2026, 12, 31), True),
    ],
)
def test_working_days(day: date, is_working: bool) -> None:
    assert is_working_day(day) is is_working


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2026, 5, 15), 3, date(2026, 5, 20)),
        (date(2026, 6, 22), 1, date(2026, 6, 25)),
        (date(2026, 6, 22), 3, date(2026, 6, 29)),
        (date(2026, 12, 23), 3, date(2026, 12, 30)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 5, 16), 1, date(2026, 5, 18)),
    ],
)
def test_counting_on(day: date, count: int, found: date) -> None:
    assert add_working_days(day, count) == found


@pytest.mark.parametrize("count", [0, -1])
def test_at_least_one_day_is_counted(count: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(date(2026, 5, 15), count)


@given(st.one_of(days, near_holidays), st.integers(1, 45))
def test_the_last_day_works_and_as_many_lie_between(day: date, count: int) -> None:
    found = add_working_days(day, count)
    assert found.weekday() < 5
    assert found not in public_holidays(found.year)
    passed = [day + timedelta(days=at) for at in range(1, (found - day).days + 1)]
    free = sum(other.weekday() >= 5 or other in public_holidays(other.year) for other in passed)
    assert len(passed) - free == count


@given(near_holidays, st.integers(1, 20), st.integers(1, 20))
def test_counting_in_two_parts_is_the_same(day: date, one: int, other: int) -> None:
    assert add_working_days(add_working_days(day, one), other) == add_working_days(day, one + other)
