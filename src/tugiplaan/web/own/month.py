"""My month: what was agreed, what was done, what it cost and who pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.delivery.queries.done import Done
from tugiplaan.insight.queries import OwnMonth, own_month
from tugiplaan.people.queries import Person
from tugiplaan.rules.period import Month
from tugiplaan.rules.services import authority_code
from tugiplaan.rules.vocabulary import DayKind, label
from tugiplaan.web.own.room import OwnPage, component_names, service_name

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was done on a day, in words."""

    text: str
    minutes: int
    who: str


@dataclass(frozen=True, slots=True)
class DayDone:
    """A day and what was done on it."""

    day: date
    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, for what, how much."""

    name: str
    what: str
    amount: Decimal


class MyMonth(OwnPage):
    """One month; which one stands in the address."""

    permission = "delivery.read"
    template = "web/own/month.html"

    def look(self, person: Person) -> dict[str, Any]:
        month = self._month()
        desk = self.desk
        found = own_month(person=person, period=month.period, by=desk.user, on=desk.day)
        names = component_names(self.desk.provider_id)
        now = Month.of(self.desk.day)
        return {
            "section": "my_month",
            "period": month.period,
            "before": str(month.plus(-1)),
            "after": str(month.plus(1)) if month < now else "",
            "agreed": agreed(found),
            "done": sum(row.minutes for row in found.done),
            "days": list(days_done(found, names)),
            "is_closed": found.costs is not None,
            "payers": payers(found, names),
            "cost": sum((one.amount for one in found.costs or ()), _NOTHING),
            "contribution": found.contribution,
        }

    def _month(self) -> Month:
        now = Month.of(self.desk.day)
        try:
            return min(Month.parse(self.request.GET.get("month", "")), now)
        except ValueError:
            return now


def agreed(found: OwnMonth) -> int:
    """Add up the minutes a month that the plans foresee."""
    return sum(
        sum(line.planned_minutes for line in tree.package)
        + sum(one.planned_minutes or 0 for goal in tree.goals for one in goal.activities)
        for tree in found.plans
    )


def days_done(found: OwnMonth, names: dict[str, str]) -> Iterable[DayDone]:
    """Give what was done day by day, the latest day first."""
    days: dict[date, list[Thing]] = {}
    for row in found.done:
        days.setdefault(row.day, []).append(_thing(row, found.services, names))
    for day in sorted(days, reverse=True):
        yield DayDone(day, tuple(days[day]))


def _thing(row: Done, services: dict[Any, str], names: dict[str, str]) -> Thing:
    if row.kind == "day":
        text = label(DayKind(row.what), language())
    elif row.kind == "component":
        text = row.activity or names.get(row.what, row.what)
    else:
        text = row.activity or service_name(services.get(row.of, ""), names)
    return Thing(text, row.minutes, row.worker)


def payers(found: OwnMonth, names: dict[str, str]) -> list[Payer]:
    """Say who pays for what; the state goes by its own name where no invoice names it."""
    told = {authority_code(): _("Riik")}
    return [
        Payer(
            one.funder_name or told.get(one.funder, one.funder),
            service_name(one.component or one.rate_code, names),
            one.amount,
        )
        for one in found.costs or ()
    ]
