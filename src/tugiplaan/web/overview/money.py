"""Where the money of each month stands: issued, paid, waiting, held."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.billing.months import MoneyMonth
from tugiplaan.insight.queries import money
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, columns
from tugiplaan.web.downloads import Cell, Column, Kind, Sheet, sheet
from tugiplaan.web.overview.room import HousePage, month_letters

_NOTHING = Decimal("0.00")


def state_names() -> dict[str, str]:
    """Say where a month stands, by the state of its book."""
    return {
        "": _("alustamata"),
        "open": _("avatud"),
        "closed": _("suletud"),
        "issued": _("arveldatud"),
    }


class Money(HousePage):
    """Issued, paid, still to come, not issued and held, by month."""

    template = "web/overview/page.html"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        rows = money(months=self.months, **self.who)
        known = [row for row in rows if row.state]
        return {
            "title": _("Arved ja laekumine"),
            "answer": answer(known, self.span),
            "filters": self.month_filters(),
            "chart": self._chart(known),
            "sheet": self._sheet(known),
            "notes": [
                _(
                    "Arveta on suletud kuu read, mille saab arvele panna. Kinni on read, mis "
                    "ootavad kokkuvõtvat hinnangut."
                )
            ],
            "empty_title": _("Siia tulevad kuude arved"),
            "empty_text": _("Kui esimene kuu on alanud, näed siin, mis on arvel ja mis laekunud."),
        }

    def _chart(self, rows: Sequence[MoneyMonth]) -> Chart:
        urls = [self.to_month(row.period) for row in rows]
        series = [
            Series(_("laekunud"), [row.paid for row in rows], urls),
            Series(_("laekumata"), [max(row.open, _NOTHING) for row in rows], urls),
            Series(_("arveta"), [row.due for row in rows], urls),
            Series(_("kinni"), [row.held for row in rows], urls),
        ]
        words = Words(_("Kuude raha, eurot"), answer(rows, self.span), telling.money)
        return columns(words, [month_letters(row.period) for row in rows], series, stacked=True)

    def _sheet(self, rows: Sequence[MoneyMonth]) -> Sheet:
        heads = [_("Suletud summa"), _("Arvetel"), _("Kreeditarvetel"), _("Laekunud")]
        heads += [_("Laekumata"), _("Arveta"), _("Kinni")]
        states = state_names()
        return sheet(
            _("Arved ja laekumine {span}").format(span=self.span),
            [
                Column(_("Kuu"), Kind.MONTH),
                Column(_("Seis")),
                *(Column(name, Kind.MONEY) for name in heads),
            ],
            [
                (
                    Cell(row.period, url := self.to_month(row.period)),
                    states.get(row.state, row.state),
                    *(
                        Cell(value, url)
                        for value in (row.closed, row.issued, row.credited, row.paid)
                    ),
                    *(Cell(value, url) for value in (row.open, row.due, row.held)),
                )
                for row in rows
            ],
        )


def answer(rows: Sequence[MoneyMonth], span: str) -> str:
    """Say what is still to come, to be issued and held."""
    to_come = sum((row.open for row in rows), _NOTHING)
    due = sum((row.due for row in rows), _NOTHING)
    held = sum((row.held for row in rows), _NOTHING)
    text = _("{span}: laekumata {open}, arvele panemata {due}, kinni {held}.")
    if not (to_come or due or held):
        text = _("{span}: kõik, mis on suletud, on arvel ja laekunud.")
    parts = [
        text.format(
            span=span,
            open=telling.money(to_come),
            due=telling.money(due),
            held=telling.money(held),
        )
    ]
    unclosed = [telling.month(row.period) for row in rows if row.state == "open"]
    if unclosed:
        parts.append(_("Sulgemata: {months}.").format(months=", ".join(unclosed)))
    return " ".join(parts)
