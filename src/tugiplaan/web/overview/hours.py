"""Planned, delivered and paid hours beside one another, by month and by person."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.insight.queries import Hours, hours
from tugiplaan.pricelists.queries import component_prices_of
from tugiplaan.rules.period import Month
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, columns
from tugiplaan.web.downloads import Cell, Column, Kind, Sheet, Value, sheet
from tugiplaan.web.overview.room import HousePage, is_asked, month_letters, service_name

_HOUR = 60


class HoursPage(HousePage):
    """What the two pages of hours share: the rows that the address asks for, and names."""

    template = "web/overview/page.html"

    def gather(self) -> tuple[list[Hours], list[Hours], dict[str, str]]:
        """Give all rows, those that stay, and the names of components."""
        every = hours(months=self.months, **self.who)
        prices = component_prices_of(self.desk.provider_id).values_list("component", "name")
        names = {code: name for code, name in prices if name}
        rows = [row for row in every if is_asked(self.asked("service"), code_of(row))]
        return every, rows, names

    def service_filter(self, every: Sequence[Hours], names: dict[str, str]) -> Any:
        """Offer the services and components of which there are hours."""
        offered = [(code_of(row), what(row, names)) for row in every]
        return self.filter_of("service", _("Teenus"), offered)


class HoursOfMonths(HoursPage):
    """Hours by month and service."""

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        every, rows, names = self.gather()
        return {
            "title": _("Planeeritud, tehtud ja tasutud tunnid"),
            "answer": answer(rows, self.span),
            "filters": [*self.month_filters(), self.service_filter(every, names)],
            "chart": self._chart(rows),
            "sheet": self._sheet(rows, names),
            "notes": [
                _(
                    "Planeeritud on kuu viimasel päeval kehtinud plaani tunnid. Tasutud on tunnid "
                    "arvetel; teenustel, mida makstakse kuu või päeva kaupa, see lahter on tühi. "
                    "Avatud kuu tunde ei ole veel arvel."
                )
            ],
            "empty_title": _("Siia tulevad tunnid"),
            "empty_text": _("Nendes kuudes ei ole tunde planeeritud ega kirja pandud."),
        }

    def _people(self, period: int, code: str = "") -> str:
        month = Month.of_period(period)
        asked = {"service": code or self.asked("service")}
        return self.to("overview_hours_people", **{"from": month, "to": month}, **asked)

    def _chart(self, rows: Sequence[Hours]) -> Chart:
        urls = [self._people(month.period) for month in self.months]
        by_month = [[row for row in rows if row.period == one.period] for one in self.months]
        series = [
            Series(_("planeeritud"), [_hours(sum_of(one)[0]) for one in by_month], urls),
            Series(_("tehtud"), [_hours(sum_of(one)[1]) for one in by_month], urls),
            Series(_("tasutud"), [_hours(sum_of(one)[2] or 0) for one in by_month], urls),
        ]
        if all(sum_of(one)[2] is None for one in by_month):
            series.pop()
        words = Words(_("Tunnid kuude kaupa"), answer(rows, self.span), _spoken)
        return columns(words, [month_letters(one) for one in self.months], series)

    def _sheet(self, rows: Sequence[Hours], names: dict[str, str]) -> Sheet:
        groups: dict[tuple[int, str], list[Hours]] = {}
        for row in rows:
            groups.setdefault((row.period, code_of(row)), []).append(row)
        found: list[tuple[Cell | Value, ...]] = []
        for (period, code), group in sorted(groups.items()):
            url = self._people(period, code)
            values = [*sum_of(group), len({row.person_id for row in group})]
            found.append((what(group[0], names), period, *(Cell(one, url) for one in values)))
        return sheet(
            _("Tunnid {span}").format(span=self.span),
            [
                Column(_("Teenus")),
                Column(_("Kuu"), Kind.MONTH),
                *heads(),
                Column(_("Inimesi"), Kind.NUMBER),
            ],
            found,
        )


class HoursOfPeople(HoursPage):
    """Hours of some months person by person."""

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        every, rows, names = self.gather()
        return {
            "title": _("Tunnid inimeste kaupa"),
            "answer": answer(rows, self.span),
            "up": "overview_hours",
            "up_name": _("Tunnid"),
            "filters": [*self.month_filters(), self.service_filter(every, names)],
            "sheet": sheet(
                _("Tunnid inimeste kaupa {span}").format(span=self.span),
                [
                    Column(_("Nimi")),
                    Column(_("Teenus")),
                    Column(_("Kuu"), Kind.MONTH),
                    *heads(),
                    Column(_("Arvel"), Kind.MONEY),
                ],
                [
                    (
                        Cell(row.person, self.to("person", row.person_id)),
                        what(row, names),
                        row.period,
                        *(Cell(one, self._url(row)) for one in sum_of([row])),
                        row.paid or None,
                    )
                    for row in rows
                ],
            ),
            "persons": [row.person_id for row in rows],
            "empty_title": _("Siia tulevad tunnid"),
            "empty_text": _("Nendes kuudes ei ole tunde planeeritud ega kirja pandud."),
        }

    def _url(self, row: Hours) -> str:
        month = Month.of_period(row.period)
        return self.to("person_month", row.person_id, month=month)


def heads() -> list[Column]:
    """Give the columns of what `sum_of` adds up."""
    return [
        Column(_("Planeeritud"), Kind.TIME),
        Column(_("Tehtud"), Kind.TIME),
        Column(_("Tasutud"), Kind.TIME),
    ]


def code_of(row: Hours) -> str:
    """Give the code by which a filter knows the service or component."""
    return str(row.service or row.component)


def what(row: Hours, names: dict[str, str]) -> str:
    """Name the service or the component."""
    return service_name(row.service) if row.service else names.get(row.component, row.component)


def sum_of(rows: Sequence[Hours]) -> tuple[int, int, Fraction | None]:
    """Add up minutes planned, delivered and paid; None: nothing of it is paid by hours."""
    paid = [row.paid_hours for row in rows if row.paid_hours is not None]
    return (
        sum(row.planned_minutes for row in rows),
        sum(row.delivered_minutes for row in rows),
        sum(paid, Fraction(0)) * _HOUR if paid else None,
    )


def answer(rows: Sequence[Hours], span: str) -> str:
    """Say how much was planned, delivered and paid."""
    planned, done, paid = sum_of(rows)
    text = _("{span}: planeeritud {planned}, tehtud {done}.")
    if paid is not None:
        text = _("{span}: planeeritud {planned}, tehtud {done}, arvetel {paid}.")
    return text.format(
        span=span,
        planned=telling.minutes(planned),
        done=telling.minutes(done),
        paid=telling.minutes(round(paid or 0)),
    )


def _hours(minutes: int | Fraction) -> Fraction:
    return Fraction(minutes) / _HOUR


def _spoken(value: Any) -> str:
    return telling.minutes(round(Fraction(value) * _HOUR))
