"""The shift diary: written, corrected, cancelled, and taken over by the next shift."""

from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.audit.refusal import RefusedError
from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.actions.cancelling import cancel_written
from tugiplaan.delivery.actions.home import (
    Shift,
    correct_shift_note,
    take_over,
    write_shift_note,
)
from tugiplaan.delivery.queries import written
from tugiplaan.delivery.queries.home import ShiftKind, diary_of
from tugiplaan.delivery.queries.house import PlaceToday, chosen, places_today
from tugiplaan.people.queries import Person
from tugiplaan.web.desk import Desk, now
from tugiplaan.web.forms import DayField
from tugiplaan.web.house.fields import DeskForm, id_of, text_field
from tugiplaan.web.house.incidents import reached
from tugiplaan.web.house.pages import CancelPage, HousePage, RowPage
from tugiplaan.web.shared import Act, only_reading
from tugiplaan.web.telling import day as show

_SHOWN = timedelta(days=14)
_DAY_BEGINS, _NIGHT_BEGINS = 8, 20


def place_at(desk: Desk, asked: UUID | None) -> tuple[list[PlaceToday], PlaceToday | None]:
    """Give the places to choose from and the one that an address names, or the largest."""
    places = places_today(provider_id=desk.provider_id, by=desk.user, on=desk.day)
    return places, chosen(places, asked)


def shift_now(today: date) -> dict[str, Any]:
    """Give the shift that goes on: a night counts to the day on which it began."""
    hour = int(f"{now().astimezone():%H}")
    if hour < _DAY_BEGINS:
        return {"day": today - timedelta(days=1), "shift": ShiftKind.NIGHT}
    return {"day": today, "shift": ShiftKind.NIGHT if hour >= _NIGHT_BEGINS else ShiftKind.DAY}


class ShiftForm(DeskForm):
    """What happened in a shift, and what it hands over."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = text_field(gettext_lazy("Mis toimus?"))
    hand_over = text_field(
        gettext_lazy("Järgmisele vahetusele"),
        rows=2,
        required=False,
        help_text=gettext_lazy("Mida peab järgmine vahetus teadma või tegema?"),
    )
    person = forms.ModelChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Kelle kohta"),
        required=False,
        empty_label=gettext_lazy("Kogu maja"),
    )
    day = DayField(label=gettext_lazy("Vahetuse päev"))
    shift = forms.ChoiceField(label=gettext_lazy("Vahetus"), choices=ShiftKind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "person" in self.fields:
            people = reached(self.desk, "narrative.write")
            self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def shift_at(self, place_id: UUID) -> Shift:
        """Give what was typed, as of a place."""
        data = self.cleaned_data
        person = data.get("person")
        return Shift(
            place_id=place_id,
            day=data["day"],
            shift=ShiftKind(data["shift"]),
            text=data["text"],
            hand_over=data["hand_over"],
            person_id=person.pk if person else None,
            id=data.get("id") or new_id(),
        )


class CorrectShiftForm(ShiftForm):
    """The right text, and why it changes."""

    id = None  # type: ignore[assignment]  # left out
    person = None  # type: ignore[assignment]  # left out
    why = text_field(gettext_lazy("Miks muudad?"), rows=2)


class Diary(HousePage):
    """The diary of a place, the latest first, with a form for the next note."""

    permission = "narrative.read"
    form_class = ShiftForm
    template = "web/house/diary.html"
    title = gettext_lazy("Vahetuse päevik")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"id": new_id(), **shift_now(self.desk.day)}

    def read(self, **ids: Any) -> dict[str, Any]:
        places, place = place_at(self.desk, id_of(self.request.GET.get("place")))
        shown = {"places": places, "place": place, "notes": self._notes(place)}
        return super().read(**ids) | shown

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        # That the diary was read is written down by its query, so only the drawing is guarded.
        shown = self.read(**ids)
        with only_reading():
            return self.show(shown)

    def _notes(self, place: PlaceToday | None) -> list[Any]:
        desk = self.desk
        if place is None:
            return []
        given = {"provider_id": desk.provider_id, **self.who}
        return diary_of(place_id=place.place_id, since=desk.day - _SHOWN, **given)

    def act(self, form: ShiftForm, **ids: Any) -> HttpResponse | str:  # type: ignore[override]  # noqa: ARG002
        desk = self.desk
        asked = id_of(self.request.GET.get("place"))
        _places, place = place_at(desk, asked)
        if place is None:
            raise RefusedError(_("Siin ei ole kohta, mille päevikut pidada."))
        shift = form.shift_at(place.place_id)
        write_shift_note(provider_id=desk.provider_id, shift=shift, by=desk.user, on=desk.day)
        self.say(_("Märge on päevikus."))
        return f"{self.url('diary')}?place={place.place_id}"


class CorrectNote(RowPage):
    """Another text in the place of a note; who took it over reads it anew."""

    permission = "narrative.write"
    form_class = CorrectShiftForm
    title = gettext_lazy("Paranda päeviku märget")
    lead = gettext_lazy("Kes märke juba üle võttis, loeb parandatut uuesti.")
    after = "diary"
    names: ClassVar[tuple[str, ...]] = ("day", "shift", "text", "hand_over")

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        given = {"provider_id": desk.provider_id, **self.who}
        return written.note(note_id=row_id, **given)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.row
        return {name: getattr(row, name) for name in self.names}

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"person": self.row.person}

    def about(self) -> str:
        return str(self.row.person or "")

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:
        return [shown["person"].pk] if shown["person"] else []

    def act(self, form: CorrectShiftForm, **ids: Any) -> HttpResponse | str:  # type: ignore[override]  # noqa: ARG002
        row = self.row
        who = {"why": form.cleaned_data["why"], **self.who}
        correct_shift_note(row=row, shift=form.shift_at(row.place_id), **who)
        return self.tell(_("Märge on parandatud."))


class CancelNote(CancelPage):
    """A note that does not hold."""

    permission = "narrative.write"
    after = "diary"

    def find(self, row_id: UUID) -> Any:
        desk = self.desk
        given = {"provider_id": desk.provider_id, **self.who}
        return written.note(note_id=row_id, **given)

    def about(self) -> str:
        row = self.row
        return f"{show(row.day)}, {row.get_shift_display()}: {row.text}"

    def cancel(self, why: str) -> None:
        cancel_written(row=self.row, why=why, **self.who)


class TakeOver(Act):
    """One has read what a shift handed over."""

    permission = "narrative.read"

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        desk = self.desk
        given: dict[str, Any] = {"by": desk.user, "on": desk.day}
        note_id = ids["row_id"]
        note = written.note(provider_id=desk.provider_id, note_id=note_id, **given)
        take_over(note=note, now=now(), **given)
        self.say(_("Võtsid üle: järgmisele vahetusele enam ei meenuta."))
        return self.where_from()
