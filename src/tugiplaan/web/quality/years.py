"""Year on year: what closed rounds found of each theme and standard. Nothing is averaged."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.providers.queries import places_of
from tugiplaan.quality.catalogue import themes
from tugiplaan.quality.queries import Level, Picture, pictures_of
from tugiplaan.web import telling
from tugiplaan.web.charts import Chart, Series, Words, columns
from tugiplaan.web.downloads import Cell, Column, Sheet, SheetPage, sheet
from tugiplaan.web.links import address
from tugiplaan.web.overview.room import Choice, Filter
from tugiplaan.web.quality.levels import letters_of
from tugiplaan.web.quality.room import QualityPage

_DRAWN = (Level.FULL, Level.PART, Level.BEGUN, Level.NOT)


class Years(QualityPage, SheetPage):
    """The closed rounds of a place, or of the whole organisation, beside one another."""

    template = "web/quality/years.html"
    tab = "years"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        places = [(str(one.pk), one.name) for one in places_of(self.desk.provider_id)]
        asked = self.request.GET.get("place", "")
        chosen = asked if asked in dict(places) else ""
        found = pictures_of(self.desk.provider_id, UUID(chosen) if chosen else None)
        told = _answer(found)
        return {
            "filters": [_filter(places, chosen)],
            "answer": told,
            "chart": _chart(found, told) if found else None,
            "sheet": self._sheet(found),
        }

    def _sheet(self, found: list[Picture]) -> Sheet:
        rows = []
        for theme in themes():
            rows.append((theme.number, theme.label))
            rows += [(one.number, one.label) for one in theme.standards]
        return sheet(
            _("Hinnangud aastate kaupa"),
            [Column(_("Teema või standard")), *(Column(_when(one)) for one in found)],
            [
                (
                    f"{number} {label}",
                    *(
                        Cell(
                            letters_of(one.levels.get(number)),
                            address(self.desk.provider_id, "quality_judge", one.round.pk, number),
                        )
                        for one in found
                    ),
                )
                for number, label in rows
            ],
        )


def _filter(places: Iterable[tuple[str, str]], chosen: str) -> Filter:
    first = Choice("", _("Kogu asutus"), not chosen)
    rest = (Choice(value, name, value == chosen) for value, name in places)
    return Filter("place", _("Koht"), (first, *rest))


def _when(one: Picture) -> str:
    return telling.day(one.round.last_day)


def _answer(found: list[Picture]) -> str:
    if not found:
        return _("Lõpetatud hindamisi siin veel ei ole.")
    last = found[-1]
    told = _("{day}: täielikult saavutatud {full}, osaliselt {part}, alustamata {none}.").format(
        day=_when(last),
        full=last.count(Level.FULL),
        part=last.count(Level.PART),
        none=last.count(Level.NOT),
    )
    if len(found) == 1:
        return told
    before = found[-2]
    return _("{told} Enne seda, {day}, oli täielikult saavutatud {full}.").format(
        told=told, day=_when(before), full=before.count(Level.FULL)
    )


def _chart(found: list[Picture], told: str) -> Chart:
    words = Words(_("Standardeid taseme kaupa"), told)
    series = [
        Series(
            f"{letters_of(level)} {level.label}",
            [one.count(level) for one in found],
        )
        for level in _DRAWN
    ]
    return columns(words, [_when(one) for one in found], series)
