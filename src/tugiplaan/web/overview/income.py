"""What each service and component brought in, by month and funder."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.insight.queries import Income, income
from tugiplaan.pricelists.queries import component_prices_of
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, columns
from tugiplaan.web.downloads import Cell, Column, Kind, Sheet, sheet
from tugiplaan.web.overview.room import HousePage, is_asked, month_letters, service_name

_NOTHING = Decimal("0.00")


class IncomeOfServices(HousePage):
    """Issued, and closed but not issued, by month, service and funder."""

    template = "web/overview/page.html"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        every = income(months=self.months, **self.who)
        prices = component_prices_of(self.desk.provider_id).values_list("component", "name")
        names = {code: name for code, name in prices if name}
        rows = [
            row
            for row in every
            if is_asked(self.asked("service"), row.service or row.code)
            and is_asked(self.asked("funder"), row.funder)
        ]
        offered = [(str(row.service or row.code), what(row, names)) for row in every]
        funders = [(row.funder, row.funder_name or row.funder) for row in every]
        return {
            "title": _("Sissetulek"),
            "answer": self._answer(rows),
            "filters": [
                *self.month_filters(),
                self.filter_of("service", _("Teenus"), offered),
                self.filter_of("funder", _("Rahastaja"), funders),
            ],
            "chart": self._chart(rows),
            "sheet": self._sheet(rows, names),
            "empty_title": _("Siia tuleb sissetulek"),
            "empty_text": _("Kui mõni kuu on suletud või arveldatud, näed siin selle summasid."),
        }

    def _answer(self, rows: Sequence[Income]) -> str:
        issued = sum((row.issued for row in rows), _NOTHING)
        waiting = sum((row.waiting for row in rows), _NOTHING)
        text = (
            _("{span}: arveid {issued}.")
            if not waiting
            else _("{span}: arveid {issued}, suletud ja veel arveta {waiting}.")
        )
        return text.format(
            span=self.span, issued=telling.money(issued), waiting=telling.money(waiting)
        )

    def _chart(self, rows: Sequence[Income]) -> Chart:
        urls = [self.to_month(month.period) for month in self.months]
        series = [
            Series(
                name,
                [
                    sum((getattr(row, of) for row in rows if row.period == month.period), _NOTHING)
                    for month in self.months
                ],
                urls,
            )
            for name, of in ((_("arvel"), "issued"), (_("suletud, arveta"), "waiting"))
        ]
        if not any(series[1].values):
            series = series[:1]
        words = Words(_("Sissetulek kuude kaupa, eurot"), self._answer(rows), telling.money)
        return columns(words, [month_letters(one) for one in self.months], series, stacked=True)

    def _sheet(self, rows: Sequence[Income], names: dict[str, str]) -> Sheet:
        return sheet(
            _("Sissetulek {span}").format(span=self.span),
            [
                Column(_("Teenus")),
                Column(_("Kuu"), Kind.MONTH),
                Column(_("Rahastaja")),
                Column(_("Arvel"), Kind.MONEY),
                Column(_("Suletud, arveta"), Kind.MONEY),
                Column(_("Kokku"), Kind.MONEY),
            ],
            [
                (
                    what(row, names),
                    row.period,
                    row.funder_name or row.funder,
                    Cell(row.issued, self._url(row)),
                    Cell(row.waiting or None, self._url(row)),
                    Cell(row.total, self._url(row)),
                )
                for row in rows
            ],
            (
                *(_("Kokku"), "", ""),
                sum((row.issued for row in rows), _NOTHING),
                sum((row.waiting for row in rows), _NOTHING),
                sum((row.total for row in rows), _NOTHING),
            ),
        )

    def _url(self, row: Income) -> str:
        return self.to("month_lines", row.period, service=row.service or row.code)


def what(row: Income, names: dict[str, str]) -> str:
    """Name the service or the component; a code without a name stands for itself."""
    return service_name(row.service) if row.service else names.get(row.code, row.code)
