"""The house at a glance: one sentence, and a way to each of its pages."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.insight.queries import OccupancyMonth, money, occupancy, staff
from tugiplaan.rules.period import Month
from tugiplaan.web.overview import money as of_money
from tugiplaan.web.overview import staff as of_staff
from tugiplaan.web.overview.room import HousePage, told


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the house: where it is, what it is called, what it says now."""

    url: str
    icon: str
    name: str
    text: str


class Overview(HousePage):
    """What a director wants to know in a minute."""

    template = "web/overview/home.html"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        now = Month.of(self.desk.day)
        present = now_there(occupancy(months=[now], **self.who))
        sums = [row for row in money(months=self.months, **self.who) if row.state]
        workers = staff(day=self.desk.day, law=self.desk.law, **self.who)
        of_workers = of_staff.answer(workers, self.desk.day)
        of_sums = capfirst(of_money.answer(sums, self.span))
        return {
            "answer": told([present, of_sums, of_workers]),
            "rooms": [
                self._room("overview_occupancy", "bed-double", _("Täituvus"), present),
                self._room("overview_money", "wallet", _("Arved ja laekumine"), of_sums),
                self._room("overview_staff", "users", _("Töötajad"), of_workers),
                self._room(
                    *("overview_income", "trending-up", _("Sissetulek")),
                    _("Mida iga teenus kuude kaupa sisse tõi."),
                ),
                self._room(
                    *("overview_hours", "clock", _("Tunnid")),
                    _("Planeeritud, tehtud ja tasutud tunnid kõrvuti."),
                ),
                self._room(
                    *("overview_costs", "scale", _("Kulu ja maksimaalne maksumus")),
                    _("Tegelik kulu kuue kulukomponendi järgi arvete ja ülempiiri kõrval."),
                ),
            ],
        }

    def _room(self, name: str, icon: str, label: str, text: str) -> Room:
        return Room(self.to(name), icon, label, text)


def now_there(rows: list[OccupancyMonth]) -> str:
    """Say how many are served on the last day that is known, and how many places there are."""
    last = [row.days[-1] for row in rows if row.days]
    taken = sum(day.taken for day in last)
    licensed = sum(day.licensed or 0 for day in last)
    text = ngettext("Teenusel on {n} inimene", "Teenusel on {n} inimest", taken).format(n=taken)
    if not licensed:
        return f"{text}."
    return _("{people}, lubatud kohti on {licensed}.").format(people=text, licensed=licensed)
