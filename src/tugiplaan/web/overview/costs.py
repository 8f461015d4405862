"""What services cost by the six components beside what may be billed at most."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.billing.costs import ServiceCost
from tugiplaan.insight.queries import costs
from tugiplaan.rules.coverage import CostComponent
from tugiplaan.rules.vocabulary import Service
from tugiplaan.web import telling
from tugiplaan.web.charts import Series, Words, bars
from tugiplaan.web.downloads import Cell, Column, Kind, Sheet, sheet
from tugiplaan.web.overview.room import HousePage, is_asked, service_letters, service_name

_NOTHING = Decimal("0.00")
type _Row = tuple[int, ServiceCost]


class Costs(HousePage):
    """Actual cost, billed and the maximum cost, by month and service."""

    template = "web/overview/page.html"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        found = costs(months=self.months, **self.who)
        every = [(period, row) for period, rows in found.items() for row in rows]
        asked = self.asked("service")
        rows = [(period, row) for period, row in every if is_asked(asked, row.service)]
        offered = [(str(row.service), service_name(row.service)) for _period, row in every]
        answer = self._answer([row for _period, row in rows])
        return {
            "title": _("Tegelik kulu ja maksimaalne maksumus"),
            "answer": answer,
            "filters": [*self.month_filters(), self.filter_of("service", _("Teenus"), offered)],
            "chart": _chart([row for _period, row in rows], answer),
            "sheet": self._sheet(rows),
            "notes": [
                _(
                    "Maksimaalne maksumus on arvel olevate ridade ülempiirid kokku. Kulu, mida ei "
                    "ole sisestatud, on tühi, mitte null."
                )
            ],
            "empty_title": _("Siia tulevad kulud"),
            "empty_text": _("Nendes kuudes ei ole sisestatud kulusid ega esitatud arveid."),
        }

    def _answer(self, rows: Sequence[ServiceCost]) -> str:
        if not any(row.costs for row in rows):
            return _("{span}: tegelikke kulusid ei ole veel sisestatud.").format(span=self.span)
        cost = sum((row.cost for row in rows), _NOTHING)
        billed = sum((row.billed for row in rows), _NOTHING)
        text = _("{span}: kulu {cost}, arvetel {billed}.")
        return text.format(span=self.span, cost=telling.money(cost), billed=telling.money(billed))

    def _sheet(self, rows: Sequence[_Row]) -> Sheet:
        def entered(period: int) -> str:
            return self.to("costs", period)

        return sheet(
            _("Tegelik kulu ja maksimaalne maksumus {span}").format(span=self.span),
            [
                Column(_("Teenus")),
                Column(_("Kuu"), Kind.MONTH),
                *(Column(one.label(language()), Kind.MONEY) for one in CostComponent),
                Column(_("Kulu kokku"), Kind.MONEY),
                Column(_("Arvetel"), Kind.MONEY),
                Column(_("Maksimaalne maksumus"), Kind.MONEY),
                Column(_("Inimesi arvetel"), Kind.NUMBER),
            ],
            [
                (
                    service_name(row.service),
                    period,
                    *(Cell(row.costs.get(one), entered(period)) for one in CostComponent),
                    Cell(row.cost if row.costs else None, entered(period)),
                    Cell(row.billed, self._url(period, row)),
                    Cell(row.maximum, self._url(period, row)),
                    Cell(row.persons, self._url(period, row)),
                )
                for period, row in rows
            ],
        )

    def _url(self, period: int, row: ServiceCost) -> str:
        return self.to("month_lines", period, service=row.service)


def _chart(rows: Sequence[ServiceCost], told: str) -> Any:
    services = [one for one in Service if any(row.service is one for row in rows)]

    def total(service: Service, of: str) -> Decimal | None:
        mine = [row for row in rows if row.service is service]
        if of == "cost" and not any(row.costs for row in mine):
            return None  # nobody has entered it, which is not 0
        return sum((getattr(row, of) for row in mine), _NOTHING)

    words = Words(_("Kulu, arved ja maksimaalne maksumus teenuste kaupa"), told, telling.money)
    series = [
        Series(name, [total(one, of) for one in services])
        for name, of in (
            (_("tegelik kulu"), "cost"),
            (_("arvetel"), "billed"),
            (_("maksimaalne maksumus"), "maximum"),
        )
    ]
    return bars(words, [service_letters(one) for one in services], series)
