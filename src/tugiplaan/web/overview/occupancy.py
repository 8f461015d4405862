"""How full the house was: by place, service and month, and day by day with those who were there."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.insight.queries import OccupancyMonth, occupancy
from tugiplaan.referrals.queries import with_ids
from tugiplaan.rules.period import Month
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, columns, lines
from tugiplaan.web.downloads import Cell, Column, Kind, Sheet, sheet
from tugiplaan.web.overview.room import (
    Filter,
    HousePage,
    is_asked,
    month_letters,
    service_letters,
    service_name,
)


def place_name(row: OccupancyMonth) -> str:
    """Name the place; people whose place nobody wrote down have a name too."""
    return row.place or _("Koht on kirjas märkimata")


class Occupancy(HousePage):
    """Persons there, away and in hospital beside what the licence allows, by month."""

    template = "web/overview/page.html"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        every = occupancy(months=self.months, **self.who)
        rows = [
            row
            for row in every
            if is_asked(self.asked("service"), row.service)
            and is_asked(self.asked("place"), row.place_id)
        ]
        return {
            "title": _("Täituvus"),
            "answer": _answer(rows, self.span),
            "filters": [*self.month_filters(), *self._filters(every)],
            "chart": self._chart(rows),
            "sheet": self._sheet(rows),
            "notes": [
                _(
                    "Päevad on inimeste päevad koos: kümme inimest kolm päeva on 30 päeva. "
                    "Ära olev inimene hoiab oma kohta. Lubatud kohad tulevad tegevusloast. "
                    "Jooksvast kuust on loetud päevad tänaseni."
                )
            ],
            "empty_title": _("Siia tuleb täituvus"),
            "empty_text": _("Nendes kuudes ei olnud kellelgi teenust ega kehtivat tegevusluba."),
        }

    def _filters(self, rows: Sequence[OccupancyMonth]) -> list[Filter]:
        services = [(str(row.service), service_name(row.service)) for row in rows]
        places = [(str(row.place_id or ""), place_name(row)) for row in rows if row.place]
        return [
            self.filter_of("service", _("Teenus"), services),
            self.filter_of("place", _("Koht"), places),
        ]

    def _url(self, row: OccupancyMonth) -> str:
        asked = {"place": row.place_id, "service": row.service}
        return self.to("overview_presence", month=Month.of_period(row.period), **asked)

    def _chart(self, rows: Sequence[OccupancyMonth]) -> Chart:
        urls = [self._month_url(month) for month in self.months]
        series = [
            Series(name, [_per_day(rows, month, what) for month in self.months], urls)
            for name, what in (
                (_("kohal"), "present_days"),
                (_("ära"), "absent_days"),
                (_("haiglas"), "hospital_days"),
            )
        ]
        words = Words(_("Inimesi keskmiselt päevas"), _answer(rows, self.span), _people)
        return columns(words, [month_letters(one) for one in self.months], series, stacked=True)

    def _month_url(self, month: Month) -> str:
        asked = {name: self.asked(name) for name in ("service", "place")}
        return self.to("overview_occupancy", **{"from": month, "to": month}, **asked)

    def _sheet(self, rows: Sequence[OccupancyMonth]) -> Sheet:
        return sheet(
            _("Täituvus {span}").format(span=self.span),
            [
                Column(_("Koht")),
                Column(_("Teenus")),
                Column(_("Kuu"), Kind.MONTH),
                Column(_("Kohal, päevi"), Kind.NUMBER),
                Column(_("Ära, päevi"), Kind.NUMBER),
                Column(_("Haiglas, päevi"), Kind.NUMBER),
                Column(_("Lubatud, päevi"), Kind.NUMBER),
                Column(_("Täidetud"), Kind.SHARE),
            ],
            [
                (
                    place_name(row),
                    service_letters(row.service),
                    row.period,
                    Cell(row.present_days, self._url(row)),
                    Cell(row.absent_days, self._url(row)),
                    Cell(row.hospital_days, self._url(row)),
                    row.licensed_days or None,
                    Cell(row.taken_share, self._url(row)),
                )
                for row in rows
            ],
        )


def _people(value: int | Decimal | Fraction) -> str:
    return telling.number(round(Fraction(value) * 10) / Fraction(10))


def _per_day(rows: Sequence[OccupancyMonth], month: Month, what: str) -> Fraction | None:
    of_month = [row for row in rows if row.period == month.period]
    days = max((len(row.days) for row in of_month), default=0)
    return Fraction(sum(getattr(row, what) for row in of_month), days) if days else None


def _answer(rows: Sequence[OccupancyMonth], span: str) -> str:
    allowed = [row for row in rows if row.licensed_days]
    licensed = sum(row.licensed_days for row in allowed)
    taken = sum(row.present_days + row.absent_days + row.hospital_days for row in allowed)
    if not licensed:
        return _("{span}: lubatud kohti ei ole kirjas.").format(span=span)
    share = telling.number(round(Fraction(100 * taken, licensed)))
    return _("{span}: lubatud kohtadest oli täidetud {share}%.").format(span=span, share=share)


class Presence(HousePage):
    """A service at a place in a month, day by day, and those who were served."""

    template = "web/overview/page.html"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self._row()
        people = with_ids(self.desk.provider_id, row.referrals)
        persons = {one.person.merged_into_id or one.person_id: one.person for one in people}
        title = _("{service}, {place}, {month}").format(
            service=service_letters(row.service),
            place=place_name(row),
            month=telling.month(row.period),
        )
        return {
            "title": title,
            "answer": ngettext(
                "Teenusel oli {n} inimene.", "Teenusel oli {n} inimest.", len(persons)
            ).format(n=len(persons)),
            "up": "overview_occupancy",
            "up_name": _("Täituvus"),
            "chart": _day_chart(row, title),
            "sheet": _day_sheet(row, title),
            "more": sheet(
                _("Kes olid teenusel"),
                [Column(_("Nimi"))],
                [
                    (Cell(str(person), self.to("person", key)),)
                    for key, person in sorted(
                        persons.items(), key=lambda one: bytes(one[1].sort_name)
                    )
                ],
            )
            if not self.file_form
            else None,
        }

    def _row(self) -> OccupancyMonth:
        try:
            month = Month.parse(self.asked("month"))
        except ValueError as error:
            raise Http404 from error
        for row in occupancy(months=[month], **self.who):
            here = str(row.place_id or "") == self.asked("place")
            if here and str(row.service) == self.asked("service"):
                return row
        raise Http404


def _day_chart(row: OccupancyMonth, title: str) -> Chart:
    days = [str(one.day.day) for one in row.days]
    most = max((one.licensed or 0 for one in row.days), default=0)
    told = _("Lubatud on {most}, kohal kõige rohkem {present}.").format(
        most=most, present=max((one.present for one in row.days), default=0)
    )
    series = [
        Series(_("koht täidetud"), [one.taken for one in row.days]),
        Series(_("lubatud"), [one.licensed for one in row.days]),
        Series(_("kohal"), [one.present for one in row.days]),
    ]
    return lines(Words(title, told), days, series)


def _day_sheet(row: OccupancyMonth, title: str) -> Sheet:
    heads = [_("Kohal"), _("Ära"), _("Haiglas"), _("Lubatud")]
    return sheet(
        title,
        [Column(_("Päev"), Kind.DAY), *(Column(name, Kind.NUMBER) for name in heads)],
        [(one.day, one.present, one.absent, one.hospital, one.licensed) for one in row.days],
    )
