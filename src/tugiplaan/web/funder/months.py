"""Providers' months as their funder sees them: where each stands, issued, paid."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.insight.queries import ProviderMonthState
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, columns
from tugiplaan.web.downloads import Cell, Column, Kind, sheet
from tugiplaan.web.funder.room import FunderPage
from tugiplaan.web.links import address
from tugiplaan.web.overview.money import state_names
from tugiplaan.web.overview.room import is_asked, month_letters

_NOTHING = Decimal("0.00")


class Months(FunderPage):
    """The months of the year by provider."""

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        view = self.view_of_year
        asked = self.asked("provider")
        rows = [one for one in view.months if is_asked(asked, one.provider_id)]
        states = state_names()
        offered = {str(one.provider_id): one.provider for one in view.months}
        return {
            "section": "funder_months",
            "title": _("Teenuseosutajate kuud {year}").format(year=self.desk.day.year),
            "answer": answer(rows),
            "filters": [
                *self.funder_filter(),
                self.filter_of("provider", _("Teenuseosutaja"), offered),
            ],
            "chart": _chart(rows),
            "sheet": sheet(
                _("Kuud {year}").format(year=self.desk.day.year),
                [
                    Column(_("Teenuseosutaja")),
                    Column(_("Kuu"), Kind.MONTH),
                    Column(_("Seis")),
                    Column(_("Arvel"), Kind.MONEY),
                    Column(_("Makstud"), Kind.MONEY),
                    Column(_("Maksmata"), Kind.MONEY),
                ],
                [
                    (
                        Cell(one.provider, self._url(one)),
                        one.period,
                        states.get(one.state, one.state),
                        one.issued,
                        one.paid,
                        one.issued - one.paid,
                    )
                    for one in rows
                ],
            ),
            "empty_title": _("Siia tulevad kuud"),
            "empty_text": _("Kui mõnel teenuseosutajal on sinuga leping, näed siin tema kuid."),
        }

    def _url(self, one: ProviderMonthState) -> str:
        asked = {"provider": one.provider_id, "funder": self.asked("funder")}
        return address(self.desk.provider_id, "funder", **asked)


def answer(rows: Sequence[ProviderMonthState]) -> str:
    """Say what was issued and what of it is unpaid."""
    issued = sum((one.issued for one in rows), _NOTHING)
    unpaid = issued - sum((one.paid for one in rows), _NOTHING)
    text = _("Sel aastal on arveid {issued}, neist maksmata {unpaid}.")
    return text.format(issued=telling.money(issued), unpaid=telling.money(unpaid))


def _chart(rows: Sequence[ProviderMonthState]) -> Chart | None:
    periods = sorted({one.period for one in rows})
    if not periods:
        return None

    def total(period: int, of: str) -> Decimal:
        return sum((getattr(one, of) for one in rows if one.period == period), _NOTHING)

    series = [
        Series(_("arvel"), [total(period, "issued") for period in periods]),
        Series(_("makstud"), [total(period, "paid") for period in periods]),
    ]
    words = Words(_("Arved ja maksed kuude kaupa, eurot"), answer(rows), telling.money)
    return columns(words, [month_letters(period) for period in periods], series)
