"""Reading the timetable of an activity: on which weekdays it is planned, where the text says so."""

import re
from collections.abc import Iterable

_NAMES = ("esmaspäev", "teisipäev", "kolmapäev", "neljapäev", "reede", "laupäev", "pühapäev")
_LETTERS = "ETKNRLP"
_WORKDAYS, _WEEK = frozenset(range(5)), frozenset(range(7))
_TOKEN = re.compile(r"\b([ETKNRLP])\b(?:\s*[-–]\s*([ETKNRLP])\b)?")


def weekdays_of(schedule: str) -> frozenset[int] | None:
    """Give the weekdays that a timetable names.

    Args:
        schedule: As people write it: letters (`E, K`), ranges (`E–R`), names of days in any
            case form, `tööpäeviti`, `iga päev`.

    Returns:
        Weekdays, 0 for Monday; None: the text names none, so any day may be meant.

    >>> sorted(weekdays_of("E, K kell 10"))
    [0, 2]
    >>> sorted(weekdays_of("E–R hommikul"))
    [0, 1, 2, 3, 4]
    >>> sorted(weekdays_of("esmaspäeviti ja reedel"))
    [0, 4]
    >>> weekdays_of("kaks korda kuus") is None
    True
    """
    text = schedule.lower()
    if "iga päev" in text or "igapäev" in text:
        return _WEEK
    if "tööpäev" in text:
        return _WORKDAYS
    found = {at for at, name in enumerate(_NAMES) if re.search(rf"\b{name}", text)}
    # "reedel", "reedeti": the stem ends in the vowel that the forms keep.
    for first, last in _TOKEN.findall(schedule):
        start = _LETTERS.index(first)
        end = _LETTERS.index(last) if last else start
        found.update(range(start, end + 1) if start <= end else ())
    return frozenset(found) or None


def written(weekdays: Iterable[int], more: str = "") -> str:
    """Write weekdays as a timetable that `weekdays_of` reads.

    >>> written({2, 0}, "kell 10")
    'E, K kell 10'
    """
    days = ", ".join(_LETTERS[day] for day in sorted(set(weekdays)))
    return f"{days} {more}".strip()
