"""A municipality's packages: budget, what is burnt, how the year will end, who waits."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.insight.queries import Package
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, bars
from tugiplaan.web.downloads import Cell, Column, Kind, Sheet, sheet
from tugiplaan.web.funder.room import FunderPage
from tugiplaan.web.links import address
from tugiplaan.web.overview.room import Filter, is_asked

_NOTHING = Decimal("0.00")


class Packages(FunderPage):
    """Everybody's packages of the calendar year."""

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        view = self.view_of_year
        providers = {one.provider_id: one.provider for one in view.months}
        rows = [one for one in view.packages if self._stays(one, set(view.waiting))]
        return {
            "section": "funder",
            "title": _("Komponenditeenuste paketid {year}").format(year=self.desk.day.year),
            "answer": answer(rows, len(view.waiting)),
            "filters": self._filters(view.packages, providers),
            "notices": over(rows),
            "chart": self._chart(rows),
            "sheet": self._sheet(rows, providers),
            "persons": [one.person_id for one in rows],
            "notes": notes(),
            "empty_title": _("Siia tulevad paketid"),
            "empty_text": _("Kui inimesega on pakett kokku lepitud, näed siin eelarvet ja tunde."),
        }

    def _stays(self, one: Package, waiting: set[UUID]) -> bool:
        states = {"waiting": one.person_id in waiting, "over": is_over(one)}
        return (
            is_asked(self.asked("provider"), one.provider_id)
            and is_asked(self.asked("component"), one.component)
            and states.get(self.asked("state"), True)
        )

    def _filters(self, every: Sequence[Package], providers: dict[UUID, str]) -> list[Filter]:
        names = self.component_names
        return [
            *self.funder_filter(),
            self.filter_of(
                "provider",
                _("Teenuseosutaja"),
                {str(one.provider_id): providers.get(one.provider_id, "") for one in every},
            ),
            self.filter_of(
                "component",
                _("Komponent"),
                {one.component: names.get(one.component, one.component) for one in every},
            ),
            self.filter_of(
                *("state", _("Seis")),
                {"waiting": _("ootab algust"), "over": _("läheb üle eelarve")},
            ),
        ]

    def _url(self, one: Package) -> str:
        return address(one.provider_id, "funder_person", one.person_id, funder=self.asked("funder"))

    def _chart(self, rows: Sequence[Package]) -> Chart | None:
        names = self.component_names
        codes = list(dict.fromkeys(one.component for one in rows))
        if not codes:
            return None

        by_code = {code: [one for one in rows if one.component == code] for code in codes}
        urls = [
            address(self.desk.provider_id, "funder", component=code, funder=self.asked("funder"))
            for code in codes
        ]
        series = [
            Series(name, [_sum(by_code[code], of) for code in codes], urls)
            for name, of in (
                (_("eelarve"), "budget"),
                (_("kasutatud"), "burnt"),
                (_("prognoos aasta lõpuks"), "forecast"),
            )
        ]
        words = Words(_("Eelarve, kasutatud ja prognoos"), answer(rows, 0), telling.money)
        return bars(words, [names.get(code, code) for code in codes], series)

    def _sheet(self, rows: Sequence[Package], providers: dict[UUID, str]) -> Sheet:
        return sheet(
            _("Paketid {year}").format(year=self.desk.day.year),
            [
                Column(_("Inimene")),
                Column(_("Komponent")),
                Column(_("Teenuseosutaja")),
                *package_columns(),
            ],
            [
                (
                    Cell(one.person, self._url(one)),
                    self.component_names.get(one.component, one.component),
                    providers.get(one.provider_id, ""),
                    *package_cells(one, self._url(one)),
                )
                for one in rows
            ],
            (
                *(_("Kokku"), "", "", None, None),
                *(_sum(rows, of) for of in ("budget", "burnt", "forecast")),
            ),
        )


def _sum(rows: Sequence[Package], of: str) -> Decimal:
    """Add up the amounts that are known."""
    values = (getattr(one, of) for one in rows)
    return sum((value for value in values if value is not None), _NOTHING)


def package_columns() -> list[Column]:
    """Give the columns of what a package comes to."""
    return [
        Column(_("Kokku lepitud"), Kind.TIME),
        Column(_("Osutatud"), Kind.TIME),
        Column(_("Eelarve"), Kind.MONEY),
        Column(_("Kasutatud"), Kind.MONEY),
        Column(_("Prognoos"), Kind.MONEY),
    ]


def package_cells(one: Package, url: str) -> list[Cell]:
    """Give the cells of `package_columns`."""
    values = (one.planned_minutes, one.delivered_minutes, one.budget, one.burnt, one.forecast)
    return [Cell(value, url if value is not None else "") for value in values]


def is_over(one: Package) -> bool:
    """Say whether a package will cost more than its budget if it goes on so."""
    return one.budget is not None and one.forecast is not None and one.forecast > one.budget


def over(rows: Sequence[Package]) -> list[str]:
    """Warn of packages that will cost more than their budget."""
    count = sum(1 for one in rows if is_over(one))
    if not count:
        return []
    text = ngettext(
        "{n} pakett läheb samas tempos aasta lõpuks üle eelarve.",
        "{n} paketti läheb samas tempos aasta lõpuks üle eelarve.",
        count,
    )
    return [text.format(n=count)]


def answer(rows: Sequence[Package], waiting: int) -> str:
    """Say how many people there are, what the budget is and what of it is burnt."""
    people = len({one.person_id for one in rows})
    budget, burnt = _sum(rows, "budget"), _sum(rows, "burnt")
    text = ngettext(
        "{n} inimene, eelarve {budget}, kasutatud {burnt}.",
        "{n} inimest, eelarve {budget}, kasutatud {burnt}.",
        people,
    ).format(n=people, budget=telling.money(budget), burnt=telling.money(burnt))
    if not waiting:
        return text
    more = ngettext("{n} inimene ootab algust.", "{n} inimest ootab algust.", waiting)
    return f"{text} {more.format(n=waiting)}"


def notes() -> list[str]:
    """Tell how the sums were made."""
    return [
        _(
            "Prognoos = seni osutatud ÷ paketi möödunud päevad × paketi päevad aastas. Summad on "
            "hinnakirja hinnaga; ülempiirid ja rühma jagatud hind selguvad kuu arvestuses. Tühi "
            "lahter tähendab, et mõnel päeval hind puudub või pakett ei ole alanud."
        )
    ]
