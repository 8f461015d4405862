"""The grid of days: people by days, saved as a set; one day or one person works without scripts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.verdict import month_verdict
from tugiplaan.delivery.actions.days import UnableToRecordDaysError, record_days
from tugiplaan.delivery.queries.grid import DayGrid, GridOf, day_grid
from tugiplaan.delivery.queries.house import places_today
from tugiplaan.people.queries import visible_to
from tugiplaan.providers.books import period_of
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Service
from tugiplaan.web.house.cells import NOTHING, Typed, grid_shown, overtaken, read_typed
from tugiplaan.web.house.fields import choices_of
from tugiplaan.web.shared import Page
from tugiplaan.web.verdicts import chip_of_month


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a grid names.

    Attributes:
        day: Only this day, as a form.
        referral_id: Only this person's month, as a form.
    """

    month: Month
    place_id: UUID | None
    service: Service | None
    day: date | None
    referral_id: UUID | None

    @property
    def is_form(self) -> bool:
        return self.day is not None or self.referral_id is not None


def asked_of(query: Any, today: date) -> Asked:
    """Read the address of a grid; what cannot be is left out."""
    day = _read(date.fromisoformat, query.get("day"))
    month = _read(lambda text: Month.of(date.fromisoformat(f"{text}-01")), query.get("month"))
    return Asked(
        month=Month.of(day) if day else month or Month.of(today),
        place_id=_read(UUID, query.get("place")),
        service=_read(Service, query.get("service")),
        day=day,
        referral_id=_read(UUID, query.get("referral")),
    )


def _read(of: Any, text: str | None) -> Any:
    try:
        return of(text) if text else None
    except ValueError:
        return None


class Grid(Page):
    """A month of a home or a day service, one row a person."""

    permission = "delivery.record"
    template = "web/house/grid.html"
    typed: Typed = NOTHING
    problems: dict[tuple[UUID, date], str]
    error: str = ""

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        asked = asked_of(self.request.GET, desk.day)
        grid = self.grid(asked)
        shown = grid_shown(grid, desk.day, self.typed, getattr(self, "problems", {}))
        rows = [row for row in shown.rows if asked.referral_id in (None, row.referral_id)]
        places = places_today(provider_id=desk.provider_id, by=desk.user, on=desk.day)
        return {
            "section": "house",
            "asked": asked,
            "grid": grid,
            "shown": shown,
            "rows": rows,
            "error": self.error,
            "why": self.request.POST.get("why", ""),
            "places": places,
            "services": choices_of(Service),
            "before": asked.month.plus(-1),
            "after": asked.month.plus(1),
        }

    def grid(self, asked: Asked) -> DayGrid:
        """Ask what is recorded."""
        desk = self.desk
        of = GridOf(period_of(asked.month.first), asked.place_id, asked.service)
        return day_grid(provider_id=desk.provider_id, of=of, by=desk.user, on=desk.day)

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        self.typed = read_typed(request.POST)
        self.problems = overtaken(self.grid(asked_of(request.GET, self.desk.day)), self.typed)
        if self.problems:
            self.error = _("Midagi ei salvestatud: vaata märgitud päevad üle.")
        else:
            try:
                return self._save(request)
            except UnableToRecordDaysError as error:
                self.problems = error.cells
                self.error = _("Midagi ei salvestatud: vaata märgitud päevad üle.")
            except RefusedError as error:
                self.error = str(error)
        return self.show(self.read(**ids), status=422)

    def _save(self, request: HttpRequest) -> HttpResponse:
        desk = self.desk
        changes = self.typed.changes()
        record_days(
            provider_id=desk.provider_id,
            changes=changes,
            by=desk.user,
            on=desk.day,
            why=request.POST.get("why", ""),
        )
        n = len(changes)
        text = ngettext("{n} päev on salvestatud.", "{n} päeva on salvestatud.", n).format(n=n)
        messages.success(request, text)
        return HttpResponseRedirect(request.get_full_path())


class MonthOf(Page):
    """What a person's month pays as recorded so far, asked for from the grid."""

    permission = "delivery.read"
    template = "web/house/month.html"
    parts = frozenset({"month-verdict"})

    def read(self, **ids: Any) -> dict[str, Any]:
        desk, person_id = self.desk, ids["person_id"]
        month = asked_of(self.request.GET, desk.day).month
        person = visible_to(desk.user, desk.day, "delivery.read").get(
            pk=person_id, provider_id=desk.provider_id
        )
        verdict = month_verdict(
            provider_id=desk.provider_id,
            person_id=person_id,
            period=period_of(month.first),
            by=desk.user,
            on=desk.day,
        )
        chip = chip_of_month(verdict)
        return {"section": "house", "person": person, "month": month, "chip": chip, "is_open": True}

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:
        return [shown["person"].pk]
