"""Working days of Estonia: weekends, public holidays, counting working days on."""

from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Give the public holidays (riigipühad ja rahvuspüha) of a year.

    Law: pühade ja tähtpäevade seadus §§ 1–2, as kept by the `holidays` package.

    >>> date(2026, 2, 24) in public_holidays(2026), len(public_holidays(2026))
    (True, 12)
    """
    # Loaded when first needed: it costs as much as the whole rest of a short command.
    import holidays

    return frozenset(holidays.country_holidays("EE", years=year, categories=("public",)))


def is_working_day(day: date) -> bool:
    """Tell whether a day is neither a weekend nor a public holiday.

    >>> is_working_day(date(2026, 5, 1)), is_working_day(date(2026, 5, 4))
    (False, True)
    """
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """Count working days on; the day itself is not counted.

    Args:
        day: The day of the event; it need not be a working day.
        count: How many working days after it, >= 1.

    Returns:
        The working day on which the last of them falls.

    Raises:
        ValueError: `count` is less than one.

    >>> add_working_days(date(2026, 5, 15), 3)
    datetime.date(2026, 5, 20)
    """
    if count < 1:
        raise ValueError(f"at least one working day must be counted: {count}")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
