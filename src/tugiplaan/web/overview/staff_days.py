"""Workers that the law asks for at a place, day by day: needed, held, recorded, missing."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.insight.queries import PlaceMonth, StaffDay, staff_days
from tugiplaan.providers.queries import places_of
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.period import Month
from tugiplaan.rules.staffing import Shift, StaffNeed
from tugiplaan.web import telling
from tugiplaan.web.downloads import Column, Kind, Sheet, sheet
from tugiplaan.web.overview.room import Choice, Filter, HousePage, service_letters


class StaffDays(HousePage):
    """A place and month: for each day and service what the law asks for and what is there."""

    template = "web/overview/page.html"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        places = {str(one.pk): one.name for one in places_of(self.desk.provider_id)}
        asked = self.asked("place")
        chosen = asked if asked in places else next(iter(places), "")
        month = self.months[-1]
        rows = self._rows(chosen, month) if chosen else []
        return {
            "title": _("Töötajate normid päeviti"),
            "up": "overview_staff",
            "up_name": _("Töötajad ja kvalifikatsioon"),
            "answer": _answer(rows, telling.month(month.period)),
            "filters": [self.month_filters()[1], _place_filter(places, chosen)],
            "sheet": _sheet(rows, places.get(chosen, "")),
            "notes": [
                _(
                    "Täistöökohad on ametikohtade järgi. Kui seadus loeb korraga kohal olevaid "
                    "töötajaid, on näha, mitut küsitakse; vahetusi siin kirja ei panda, seepärast "
                    "on nende kõrval vaid töötajad, kelle tunnid sel päeval kirjas on."
                )
            ],
            "empty_title": _("Siia tulevad normid"),
            "empty_text": _("Selles kuus ei olnud siin inimesi ega ametikohti."),
        }

    def _rows(self, place: str, month: Month) -> list[StaffDay]:
        try:
            return staff_days(of=PlaceMonth(UUID(place), month), law=self.desk.law, **self.who)
        except NotInForceError:
            return []


def _place_filter(places: dict[str, str], chosen: str) -> Filter:
    choices = (Choice(value, name, value == chosen) for value, name in places.items())
    return Filter("place", _("Koht"), tuple(choices))


def _need(row: StaffDay, shift: Shift) -> StaffNeed | None:
    return next((one for one in row.needs if one.shift is shift), None)


def _needed(row: StaffDay, shift: Shift) -> Any:
    need = _need(row, shift)
    return need.needed if need else None


def _missing(row: StaffDay) -> Any:
    need = _need(row, Shift.FULL_TIME)
    return need.missing if need else None


def _answer(rows: list[StaffDay], month: str) -> str:
    if not rows:
        return _("{month}: siin ei ole midagi näidata.").format(month=month)
    short = {row.day for row in rows if _missing(row)}
    if not short:
        return _("{month}: täistöökohti oli iga päev nii palju, kui norm küsib.").format(
            month=month
        )
    told = ngettext(
        "{month}: täistöökohti oli normist vähem {n} päeval.",
        "{month}: täistöökohti oli normist vähem {n} päeval.",
        len(short),
    )
    return told.format(month=month, n=len(short))


def _sheet(rows: list[StaffDay], place: str) -> Sheet:
    return sheet(
        place,
        [
            Column(_("Päev"), Kind.DAY),
            Column(_("Teenus")),
            Column(_("Inimesi teenusel"), Kind.NUMBER),
            Column(_("Vaja täistöökohti"), Kind.NUMBER),
            Column(_("Täidetud"), Kind.NUMBER),
            Column(_("Puudu"), Kind.NUMBER),
            Column(_("Vaja kohal päeval"), Kind.NUMBER),
            Column(_("Vaja kohal öösel"), Kind.NUMBER),
            Column(_("Töötajaid kirjetel"), Kind.NUMBER),
        ],
        [
            (
                row.day,
                service_letters(row.service),
                row.persons,
                _needed(row, Shift.FULL_TIME),
                row.full_time,
                _missing(row),
                _needed(row, Shift.OUTSIDE_NIGHT),
                _needed(row, Shift.AT_NIGHT),
                row.recorded,
            )
            for row in rows
        ],
    )
