"""How amounts, days and times are written for people, in the language of the page."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.audit.language import language
from tugiplaan.rules import explanation

_HOME = ZoneInfo("Europe/Tallinn")
_HOUR = 60
_NAMED_DAYS = 14
_WEEKDAYS = {"et": "l, j. F", "en": "l, j F", "ru": "l, j E"}


def money(amount: Decimal | Fraction | int | None) -> str:
    """Write euros; nothing where there is none.

    >>> money(Decimal("1284.4"))
    '1\\xa0284,40\\xa0€'
    """
    return "" if amount is None else explanation.show_money(amount, language())


def number(value: Decimal | Fraction | int | None) -> str:
    """Write a number with as many decimals as it needs.

    >>> number(Decimal("17.50"))
    '17,5'
    """
    return "" if value is None else explanation.show_number(value, language())


def day(value: date | datetime | None) -> str:
    """Write a day.

    >>> day(date(2026, 5, 14))
    '14.05.2026'
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(_HOME).date()
    return explanation.show_date(value, language())


def weekday(value: date) -> str:
    """Write a day with its weekday, as "reede, 22. mai"."""
    spoken = formats.date_format(value, _WEEKDAYS[language()])
    return spoken if language() == "en" else spoken.lower()


def moment(value: datetime | None) -> str:
    """Write a day and the time on the clock.

    >>> moment(datetime(2026, 5, 14, 8, 5, tzinfo=_HOME))
    '14.05.2026 kell 08:05'
    """
    if value is None:
        return ""
    here = value.astimezone(_HOME)
    return _("{day} kell {time}").format(day=day(here.date()), time=f"{here:%H:%M}")


def clock(value: time | datetime | int | None) -> str:
    """Write a time on the clock; a number is minutes after midnight.

    >>> clock(545)
    '09:05'
    """
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value // _HOUR:02d}:{value % _HOUR:02d}"
    if isinstance(value, datetime):
        value = value.astimezone(_HOME)
    return f"{value:%H:%M}"


def minutes(value: int | None) -> str:
    """Write a length of time.

    >>> minutes(90), minutes(45), minutes(120), minutes(0)
    ('1 h 30 min', '45 min', '2 h', '0 min')
    """
    if value is None:
        return ""
    hours, rest = divmod(abs(value), _HOUR)
    parts = [
        _("{hours} h").format(hours=hours) if hours else "",
        _("{minutes} min").format(minutes=rest) if rest or not hours else "",
    ]
    return ("−" if value < 0 else "") + " ".join(part for part in parts if part)


def month(period: int | date) -> str:
    """Write a month, given as YYYYMM or a day of it.

    >>> month(202605)
    'mai 2026'
    """
    first = period if isinstance(period, date) else date(period // 100, period % 100, 1)
    return formats.date_format(first, "F Y").lower()


def days_left(due: date, today: date) -> str:
    """Say how far a day is, as people say it.

    >>> days_left(date(2026, 5, 15), date(2026, 5, 14))
    'homme'
    """
    left = (due - today).days
    if left == 0:
        return _("täna")
    if left == 1:
        return _("homme")
    if left == -1:
        return _("eile")
    if left < 0:
        return ngettext("{n} päev tagasi", "{n} päeva tagasi", -left).format(n=-left)
    return ngettext("{n} päeva pärast", "{n} päeva pärast", left).format(n=left)


def spoken_day(value: date, today: date) -> str:
    """Write a day, with how far it is where it is near."""
    near = abs((value - today).days) <= _NAMED_DAYS
    return f"{day(value)} ({days_left(value, today)})" if near else day(value)


def since(start: datetime, end: datetime) -> str:
    """Write how long it has been."""
    return minutes(int((end - start) / timedelta(minutes=1)))


def initials(name: object) -> str:
    """Give the letters that stand for a face.

    >>> initials("Mari Maasikas"), initials("Õnne-Liis  Kask")
    ('MM', 'ÕK')
    """
    words = str(name).split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"
