"""How codes, times and days are written on papers, in the language of the paper."""

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language, show_day
from tugiplaan.rules.activities import domains
from tugiplaan.rules.vocabulary import Service, Variant, label

_HOME = ZoneInfo("Europe/Tallinn")
_HOUR = 60


def named(codes: type[StrEnum], code: str) -> str:
    """Give what people see in the place of a code; empty for none."""
    return label(codes(code), language()) if code else ""


def service_words(service: str, variant: str = "") -> str:
    """Give the legal name of a service, with its variant where it has one."""
    found = named(Service, service)
    return f"{found}, {named(Variant, variant)}" if variant else found


def period_words(first: date | None, last: date | None) -> str:
    """Write from when to when; empty where neither is known."""
    if first is None:
        return "" if last is None else _("kuni {last}").format(last=show_day(last))
    if last is None:
        return _("alates {first}").format(first=show_day(first))
    return f"{show_day(first)}–{show_day(last)}"


def day_words(day: date | None) -> str:
    """Write a day; empty for none."""
    return "" if day is None else show_day(day)


def moment_words(moment: datetime | None) -> str:
    """Write a day and the time on the clock in Estonia; empty for none."""
    if moment is None:
        return ""
    here = moment.astimezone(_HOME)
    return _("{day} kell {time}").format(day=show_day(here.date()), time=f"{here:%H:%M}")


def minutes_words(minutes: int | None) -> str:
    """Write a length of time; empty for none.

    >>> minutes_words(90), minutes_words(120), minutes_words(None)
    ('1 h 30 min', '2 h', '')
    """
    if not minutes:
        return ""
    hours, rest = divmod(minutes, _HOUR)
    parts = [
        _("{hours} h").format(hours=hours) if hours else "",
        _("{minutes} min").format(minutes=rest) if rest else "",
    ]
    return " ".join(part for part in parts if part)


def domain_words(domain: int | str) -> str:
    """Name a life domain; one that is not among the seven is told as it stands."""
    number = int(domain) if str(domain).isdigit() else 0
    return domains(language()).get(number, str(domain))
