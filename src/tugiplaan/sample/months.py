"""Knows the months a sample covers: the settled one, its two months of history and their days."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

# Fixed public holidays: visits are not written on them, so that the month looks like a real one.
_HOLIDAYS = frozenset(
    {(1, 1), (2, 24), (5, 1), (6, 23), (6, 24), (8, 20), (12, 24), (12, 25), (12, 26)}
)
_HISTORY_MONTHS = 2


@dataclass(frozen=True)
class Month:
    """One calendar month."""

    year: int
    number: int

    @property
    def label(self) -> str:
        """The month as `YYYY-MM`."""
        return f"{self.year:04d}-{self.number:02d}"

    @cached_property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @cached_property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @cached_property
    def days(self) -> tuple[date, ...]:
        """All days in order."""
        return tuple(self.first + timedelta(days=n) for n in range(self.last.day))

    @cached_property
    def weekdays(self) -> tuple[date, ...]:
        """Mondays to Fridays in order, public holidays included."""
        return tuple(day for day in self.days if day.weekday() < 5)

    @cached_property
    def workdays(self) -> tuple[date, ...]:
        """Weekdays that are not fixed public holidays."""
        return tuple(day for day in self.weekdays if (day.month, day.day) not in _HOLIDAYS)

    def day(self, number: int) -> date:
        """Give a day of this month by its number.

        Args:
            number: Day of the month, from 1; too large a number means the last day.

        Returns:
            The day.
        """
        return self.first.replace(day=min(number, self.last.day))

    def shifted(self, months: int) -> "Month":
        """Give the month so many months later.

        Args:
            months: How many; negative means earlier.

        Returns:
            The other month.
        """
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)


class Span:
    """The settled month together with its history.

    Attributes:
        settled: The month to be settled.
        months: The months with complete facts, in order; the last is the settled one.
        history_from: The first day with complete facts.
    """

    def __init__(self, settled: Month) -> None:
        """Lay out the span.

        Args:
            settled: The month to be settled.
        """
        self.settled = settled
        self.months = tuple(settled.shifted(n) for n in range(-_HISTORY_MONTHS, 1))
        self.history_from = self.months[0].first

    @cached_property
    def year_workdays(self) -> tuple[date, ...]:
        """Workdays of the calendar year up to the end of the settled month."""
        months = (Month(self.settled.year, n) for n in range(1, self.settled.number + 1))
        return tuple(day for month in months for day in month.workdays)


def years_later(day: date, years: int) -> date:
    """Give the same date in another year.

    Args:
        day: The day to start from.
        years: How many years later; negative means earlier.

    Returns:
        That date; 29 February becomes 28 February where there is none.
    """
    if (day.month, day.day) == (2, 29) and not calendar.isleap(day.year + years):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)
