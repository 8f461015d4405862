"""The waiting list: its order and why, who is put on it, what happens to who waits."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.accounts.access import require_whole
from tugiplaan.deadlines.queries import FreePlaces, free_places
from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.actions import (
    Happening,
    Turn,
    cancel_waiting_event,
    note_waiting,
    put_on_waiting_list,
)
from tugiplaan.referrals.queries import (
    Waiter,
    WaitingKind,
    waiter_with_id,
    waiting_event_with_id,
    waiting_list,
)
from tugiplaan.rules.vocabulary import Service
from tugiplaan.web.desk import Desk
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.house.fields import choices_of, text_field
from tugiplaan.web.intake.room import PERMISSION, CancelForm, IntakeForm
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.people.reach import reached
from tugiplaan.web.shared import Page
from tugiplaan.web.telling import day as show


@dataclass(frozen=True, slots=True)
class Queue:
    """One list: a service in a county, with the room that there is.

    Attributes:
        rows: Who waits, in order, each with why they are where they are.
        free: The places of the service in the county, with what is free.
        vacant: How many of them are free.
    """

    service: str
    county: str
    rows: tuple[tuple[Waiter, str], ...]
    free: tuple[FreePlaces, ...]
    vacant: int


class WholePage(Page):
    """A page for who reaches the whole provider."""

    permission = PERMISSION

    def _seat(self, request: HttpRequest, provider_id: UUID) -> Desk:
        desk = super()._seat(request, provider_id)
        require_whole(desk.user, PERMISSION, provider_id, desk.day)
        return desk


class WaitingList(WholePage):
    """Who waits, by service and county."""

    template = "web/intake/waiting.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        counties = {one.pk: one.county for one in places_of(desk.provider_id)}
        rooms = free_places(desk.provider_id, desk.day)
        waiters = waiting_list(desk.provider_id, desk.law)
        queues = [
            _queue(list(rows), rooms, counties)
            for _key, rows in groupby(
                waiters, lambda one: (one.waiting.service, one.waiting.county.casefold())
            )
        ]
        return {"section": "intake", "queues": queues, "count": len(waiters)}


def _queue(rows: list[Waiter], rooms: list[FreePlaces], counties: dict[UUID, str]) -> Queue:
    first = rows[0].waiting
    county = first.county.casefold()
    here = tuple(
        one
        for one in rooms
        if one.service == first.service
        and one.place_id
        and counties.get(one.place_id, "").casefold() == county
    )
    told = tuple((one, why_here(one)) for one in rows)
    vacant = sum(one.free for one in here)
    return Queue(service_name(first.service), first.county, told, here, vacant)


def why_here(waiter: Waiter) -> str:
    """Say why somebody is where they are in the line."""
    since = _("otsus {day}").format(day=show(waiter.waiting.since))
    event = waiter.group_event
    if event is None or event.group is None:
        return since
    return _("eelisjärjekorra rühm {group}: {reason} Siis {since}").format(
        group=event.group, reason=event.reason.rstrip(".") + ".", since=since
    )


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story of somebody who waits."""

    day: date
    icon: str
    text: str
    reason: str = ""
    event_id: UUID | None = None


class WaiterPage(WholePage):
    """One turn with all that happened, so that the order can be explained."""

    template = "web/intake/waiter.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        desk = self.desk
        found = waiter_with_id(desk.provider_id, ids["waiting_id"], desk.user, desk.day, desk.law)
        return {
            "section": "intake",
            "waiter": found,
            "service": service_name(found.waiting.service),
            "why": why_here(found),
            "story": sorted(_story(found), key=lambda one: one.day, reverse=True),
        }

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:
        return [shown["waiter"].person_id]


_ICONS = {"group": "flag", "unreachable": "phone", "removed": "log-out", "placed": "check"}


def _story(waiter: Waiter) -> list[Told]:
    """Tell everything that happened, oldest first."""
    rows = [Told(waiter.waiting.since, "file-text", _("Otsus: sellest päevast loeb järjekord"))]
    for event in waiter.events:
        text = event.get_kind_display().capitalize()
        if event.kind == WaitingKind.GROUP:
            text = _("Eelisjärjekorra rühm {group}").format(group=event.group or "–")
        elif event.tried_from:
            text = _("Ei saadud kätte, püüti alates {day}").format(day=show(event.tried_from))
        rows.append(Told(event.day, _ICONS[event.kind], text, event.reason, event.pk))
    for one in waiter.offers:
        place = one.offer.place
        rows.append(
            Told(one.offer.offered_on, "home", _("Pakuti kohta: {place}").format(place=place))
        )
        if one.answer:
            text = one.answer.get_answer_display().capitalize()
            rows.append(Told(one.answer.answered_on, "handshake", text, one.answer.reason))
    return rows


class TurnForm(Form):
    """Who waits, for what, and since when."""

    person: Any = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Kes"), empty_label=gettext_lazy("Vali inimene")
    )
    service = forms.ChoiceField(label=gettext_lazy("Teenus"))
    county = forms.CharField(
        label=gettext_lazy("Maakond"),
        max_length=40,
        help_text=gettext_lazy("Maakond, kus inimene kohta soovib."),
    )
    since = DayField(label=gettext_lazy("Otsuse kuupäev"))
    group = forms.IntegerField(
        label=gettext_lazy("Eelisjärjekorra rühm"),
        required=False,
        min_value=0,
        help_text=gettext_lazy(
            "Rühma number määruse nr 70 § 3 järgi; kui rühma ei ole, jäta tühi."
        ),
    )
    group_reason = text_field(gettext_lazy("Miks see rühm"), rows=2, required=False)


class Enlist(IntakeForm):
    """Put somebody on the waiting list."""

    form_class = TurnForm
    title = gettext_lazy("Lisa ootajate nimekirja")
    lead = gettext_lazy(
        "See on teie maja nimekiri. Ametlikku järjekorda peab Sotsiaalkindlustusamet."
    )

    def find(self, **ids: Any) -> Any:  # noqa: ARG002
        require_whole(self.desk.user, PERMISSION, self.desk.provider_id, self.desk.day)
        return reached(self.desk)

    def back(self) -> str:
        return self.url("waiting_list")

    def prepare(self, form: Any) -> None:
        form.fields["person"].queryset = self.found
        form.fields["service"].choices = choices_of(Service)

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        data = form.cleaned_data
        turn = Turn(
            person_id=data["person"].pk,
            service=Service(data["service"]),
            county=data["county"],
            since=data["since"],
            group=data["group"],
            group_reason=data["group_reason"],
        )
        put_on_waiting_list(provider_id=self.desk.provider_id, turn=turn, **self.who)
        return self.done(_("{person} on ootajate nimekirjas.").format(person=data["person"]))


class NoteForm(Form):
    """What happened, when and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Mis juhtus"), choices=WaitingKind.choices, widget=forms.RadioSelect
    )
    day = DayField(label=gettext_lazy("Millal"))
    group = forms.IntegerField(
        label=gettext_lazy("Uus rühm"),
        required=False,
        min_value=0,
        help_text=gettext_lazy("Ainult rühma muutmisel; kui rühma enam ei ole, jäta tühi."),
    )
    tried_from = DayField(
        label=gettext_lazy("Esimene katse"),
        required=False,
        help_text=gettext_lazy("Ainult siis, kui inimest ei saadud kätte."),
    )
    reason = text_field(
        gettext_lazy("Selgitus"),
        rows=3,
        help_text=gettext_lazy("Selle järgi saab järjekorda hiljem selgitada."),
    )


class NoteWaiting(IntakeForm):
    """Something that changes the turn of who waits, or ends the waiting."""

    form_class = NoteForm
    title = gettext_lazy("Pane kirja, mis juhtus")

    def find(self, **ids: Any) -> Any:
        desk = self.desk
        return waiter_with_id(
            desk.provider_id, ids["waiting_id"], desk.user, desk.day, desk.law
        ).waiting

    def about(self) -> str:
        return f"{self.found.person}"

    def back(self) -> str:
        return self.url("waiter", self.found.pk)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"day": self.desk.day}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        data = form.cleaned_data
        happening = Happening(
            kind=WaitingKind(data["kind"]),
            day=data["day"],
            reason=data["reason"],
            group=data["group"],
            tried_from=data["tried_from"],
        )
        note_waiting(waiting=self.found, happening=happening, **self.who)
        return self.done(_("Kirjas."))


class CancelEvent(CancelForm):
    """Something that did not happen while somebody waited."""

    def find(self, **ids: Any) -> Any:
        desk = self.desk
        return waiting_event_with_id(desk.provider_id, ids["event_id"], desk.user, desk.day)

    def about(self) -> str:
        row = self.found
        return f"{row.waiting.person}: {row.get_kind_display()}, {show(row.day)}"

    def back(self) -> str:
        return self.url("waiter", self.found.waiting_id)

    def cancel(self, why: str) -> None:
        cancel_waiting_event(row=self.found, why=why, **self.who)
