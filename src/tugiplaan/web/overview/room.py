"""What the pages of the house share: who may see them, months and filters in the address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import require_whole
from tugiplaan.audit.language import language
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Service, label, short_label
from tugiplaan.web import telling
from tugiplaan.web.downloads import SheetPage
from tugiplaan.web.links import address

STAFF = frozenset({"accountant", "director", "service_manager", "auditor", "operator"})
_OFFERED = 24
_MOST = 13
_USUAL = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a filter offers."""

    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the address: its name, what it is called, what it offers."""

    name: str
    label: str
    choices: tuple[Choice, ...]


class HousePage(SheetPage):
    """A page about the whole provider; for staff whose role reaches all of it."""

    permission = "billing.read"
    roles: ClassVar[frozenset[str]] = STAFF

    def read(self, **ids: Any) -> dict[str, Any]:
        require_whole(self.desk.user, self.permission, self.desk.provider_id, self.desk.day)
        return {"section": "overview", **self.look(**ids)}

    def look(self, **ids: Any) -> dict[str, Any]:
        """Ask the query of the page and give what its template shows."""
        raise NotImplementedError

    @property
    def who(self) -> dict[str, Any]:
        """Say at which provider who asks on which day, as queries want it."""
        return {"provider_id": self.desk.provider_id, "by": self.desk.user, "on": self.desk.day}

    @cached_property
    def months(self) -> list[Month]:
        """Give the months that the address names, at most 13, in order; else the last six."""
        last = _month(self.request.GET.get("to", "")) or Month.of(self.desk.day)
        first = _month(self.request.GET.get("from", "")) or last.plus(1 - _USUAL)
        if first > last:
            first, last = last, first
        found = [last]
        while found[-1] != first and len(found) < _MOST:
            found.append(found[-1].plus(-1))
        return found[::-1]

    @property
    def span(self) -> str:
        """Say which months are looked at."""
        first, last = self.months[0], self.months[-1]
        if first == last:
            return telling.month(first.period)
        return _("{first} – {last}").format(
            first=telling.month(first.period), last=telling.month(last.period)
        )

    def month_filters(self) -> list[Filter]:
        """Offer the months of the last two years."""
        now = Month.of(self.desk.day)
        offered = [now.plus(-back) for back in range(_OFFERED)]

        def choose(chosen: Month) -> tuple[Choice, ...]:
            known = offered if chosen in offered else [*offered, chosen]
            return tuple(
                Choice(str(one), telling.month(one.period), one == chosen) for one in known
            )

        return [
            Filter("from", _("Alates"), choose(self.months[0])),
            Filter("to", _("Kuni"), choose(self.months[-1])),
        ]

    def filter_of(self, name: str, label: str, offered: Iterable[tuple[str, str]]) -> Filter:
        """Offer all, or one of some things of which the address may name one."""
        asked = self.request.GET.get(name, "")
        first = Choice("", _("Kõik"), not asked)
        rest = (Choice(value, text, value == asked) for value, text in dict(offered).items())
        return Filter(name, label, (first, *rest))

    def asked(self, name: str) -> str:
        """Give what the address asks of a filter."""
        return self.request.GET.get(name, "")

    def to(self, name: str, *ids: Any, **asked: Any) -> str:
        """Give the address of a page of this provider."""
        return address(self.desk.provider_id, name, *ids, **asked)

    def to_month(self, period: int) -> str:
        """Give the address of a month's board."""
        return self.to("month", period)


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None


def month_letters(month: Month | int) -> str:
    """Write a month short, for below a bar: its number and year.

    >>> month_letters(202605)
    '5/26'
    """
    period = month if isinstance(month, int) else month.period
    return f"{period % 100}/{period // 100 % 100:02d}"


def service_name(service: Service | None) -> str:
    """Give the name of a service in the language of the page."""
    return label(service, language()) if service else ""


def service_letters(service: Service) -> str:
    """Give the letters by which people know a service."""
    return short_label(service, language())


def is_asked(asked: str, value: object) -> bool:
    """Say whether a row stays when a filter asks for a value; nothing asked: all stay."""
    return not asked or asked == str(value or "")


def told(parts: Sequence[str]) -> str:
    """Put sentences together."""
    return " ".join(part for part in parts if part)
