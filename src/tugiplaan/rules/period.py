"""Days and months: half-open periods, calendar months, dates some months later."""

import calendar
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

type Span = tuple[int, int]
"""A half-open run of days as ordinals: `first <= day < end`. The engine's own small change."""

FAR_PAST = date.min
FAR_FUTURE = date.max
DAY = timedelta(days=1)


class Month(NamedTuple):
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """Give the month that a day lies in.

        >>> Month.of(date(2026, 5, 31))
        Month(year=2026, month=5)
        """
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read a month written as YYYY-MM.

        Raises:
            ValueError: The text is no such month.

        >>> Month.parse("2026-05").last
        datetime.date(2026, 5, 31)
        """
        if len(text) != 7 or text[4] != "-" or not (text[:4] + text[5:]).isdecimal():
            raise ValueError(f"a month is written YYYY-MM, for example 2026-05: {text!r}")
        return cls.of(date.fromisoformat(f"{text}-01"))

    @classmethod
    def of_period(cls, period: int) -> "Month":
        """Give the month of a whole number YYYYMM, as tables keep it.

        >>> Month.of_period(202605)
        Month(year=2026, month=5)
        """
        return cls(period // 100, period % 100)

    @property
    def period(self) -> int:
        """The month as a whole number YYYYMM.

        >>> Month(2026, 5).period
        202605
        """
        return self.year * 100 + self.month

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, self.length)

    @property
    def length(self) -> int:
        return _length(self)

    @property
    def span(self) -> Span:
        return _span(self)

    def plus(self, months: int) -> "Month":
        """Count months on or back.

        >>> str(Month(2026, 1).plus(-1))
        '2025-12'
        """
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@lru_cache(maxsize=4096)
def _length(month: Month) -> int:
    return calendar.monthrange(month.year, month.month)[1]


@lru_cache(maxsize=4096)
def _span(month: Month) -> Span:
    first = month.first.toordinal()
    return first, first + month.length


@lru_cache(maxsize=65536)
def add_months(day: date, months: int) -> date:
    """Find the same date some months later or earlier.

    Args:
        day: The date to count from.
        months: How many months on; negative counts back.

    Returns:
        The date with the same number in that month; a number that the month does
        not have becomes its last day.

    >>> add_months(date(2025, 12, 31), 2), add_months(date(2026, 12, 31), -3)
    (datetime.date(2026, 2, 28), datetime.date(2026, 9, 30))
    """
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, month.length))


def intersect(one: Span, other: Span) -> Span | None:
    """Give the days that two runs share, or nothing.

    >>> intersect((1, 5), (3, 9)), intersect((1, 3), (3, 9))
    ((3, 5), None)
    """
    first, end = max(one[0], other[0]), min(one[1], other[1])
    return (first, end) if first < end else None


def clip(spans: list[Span], window: Span) -> list[Span]:
    """Keep the days of some runs that lie in a window, in order.

    >>> clip([(1, 5), (8, 12)], (3, 9))
    [(3, 5), (8, 9)]
    """
    return [shared for span in spans if (shared := intersect(span, window))]


def without(span: Span, holes: list[Span]) -> list[Span]:
    """Take days out of a run.

    Args:
        span: The run of days.
        holes: The days to take out, sorted by their first day; they may overlap.

    Returns:
        What remains, in order.

    >>> without((1, 10), [(0, 2), (4, 6), (5, 7)])
    [(2, 4), (7, 10)]
    """
    first, end = span
    remains: list[Span] = []
    for hole_first, hole_end in holes:
        if first < min(hole_first, end):
            remains.append((first, min(hole_first, end)))
        first = max(first, hole_end)
    if first < end:
        remains.append((first, end))
    return remains


def merged(spans: list[Span]) -> list[Span]:
    """Join runs of days that touch or overlap.

    >>> merged([(5, 7), (1, 3), (3, 4), (6, 9)])
    [(1, 4), (5, 9)]
    """
    joined: list[Span] = []
    for first, end in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((first, end))
    return joined


def length(spans: list[Span]) -> int:
    """Count the days of runs that do not overlap.

    >>> length([(1, 4), (5, 9)])
    7
    """
    return sum(end - first for first, end in spans)
