"""What "within one year" counts: payable days and months of one person in one service."""

from bisect import bisect_left, insort
from datetime import date

from tugiplaan.rules.period import DAY, Month, add_months
from tugiplaan.rules.vocabulary import AbsenceYear


class YearCount:
    """Days or months already counted as payable, over all referrals of a service.

    Law: SHS § 79(3) "within one year" (ühe aasta jooksul); open point A-07.
    """

    def __init__(self, year: AbsenceYear) -> None:
        """Start empty.

        Args:
            year: The twelve months that end on the day, or the calendar year.
        """
        self._year = year
        self._counted: list[int] = []

    def before(self, day: date) -> int:
        """Count what lies in the year that ends on a day, without the day itself."""
        if self._year is AbsenceYear.CALENDAR:
            start = date(day.year, 1, 1)
        else:
            start = add_months(day, -12) + DAY
        upto = bisect_left(self._counted, day.toordinal())
        return upto - bisect_left(self._counted, start.toordinal())

    def before_month(self, month: Month) -> int:
        """Count months in the year that ends with a month, without the month itself."""
        first_month = (
            Month(month.year, 1) if self._year is AbsenceYear.CALENDAR else month.plus(-11)
        )
        upto = bisect_left(self._counted, month.first.toordinal())
        return upto - bisect_left(self._counted, first_month.first.toordinal())

    def add(self, day: date) -> None:
        """Count a day, or a month by its first day."""
        insort(self._counted, day.toordinal())
