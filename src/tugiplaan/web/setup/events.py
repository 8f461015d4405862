"""Who did what and when: the events of a provider, and whether their chain is whole."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tugiplaan.accounts.queries import user_names, users_of
from tugiplaan.audit.queries import events_about, events_of, faults, last_number, subjects_of
from tugiplaan.audit.recorder import NO_PROVIDER
from tugiplaan.people.queries import visible_to
from tugiplaan.web.event_words import KINDS, did
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.lists import paged
from tugiplaan.web.setup.shared import PickField, SettingPage, offer

_HOME = ZoneInfo("Europe/Tallinn")
_MOST_NAMED = 3
_MOST_FAULTS = 50


class Filters(Form):
    """Which events; all of it stays in the address."""

    kind = forms.ChoiceField(label=_("Mida"), required=False)
    by = PickField(label=_("Kes"), required=False)
    person = PickField(label=_("Kelle kohta"), required=False)
    since = DayField(label=_("Alates"), required=False)
    until = DayField(label=_("Kuni"), required=False)


class Events(SettingPage):
    """The events of the provider, the latest first."""

    permission = "audit.read"
    template = "web/setup/events.html"
    parts = frozenset({"found"})

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        form = self._filters()
        page = paged(self.request, _filtered(self.desk.provider_id, form))
        events = list(page.object_list)
        users = user_names({event.by_id for event in events})
        subjects = subjects_of(event.pk for event in events)
        people = self._people({one for some in subjects.values() for one in some})
        told = [
            (
                event,
                users.get(event.by_id, "–"),
                did(event.name),
                [people[one] for one in subjects.get(event.pk, [])[:_MOST_NAMED] if one in people],
                len(subjects.get(event.pk, [])),
            )
            for event in events
        ]
        return {"filters": form, "page": page, "told": told}

    def persons_read(self, shown: dict[str, Any]) -> list[UUID]:
        """What was done about one person is part of that person's record."""
        person = shown["filters"].cleaned_data.get("person")
        return [person] if person else []

    def _filters(self) -> Filters:
        form = Filters(self.request.GET)
        offer(form, "kind", KINDS.items(), none=_("kõik"))
        users = users_of(self.desk.provider_id)
        offer(form, "by", ((one.pk, one.name) for one in users), none=_("kõik"))
        people = visible_to(self.desk.user, self.desk.day).filter(provider_id=self.desk.provider_id)
        offer(form, "person", ((one.pk, one) for one in people), none=_("kõik"))
        form.is_valid()
        return form

    def _people(self, persons: set[UUID]) -> dict[UUID, str]:
        found = visible_to(self.desk.user, self.desk.day).filter(
            provider_id=self.desk.provider_id, pk__in=persons
        )
        return {one.pk: str(one) for one in found}

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        """Go through the whole chain and say whether it holds."""
        mine = {self.desk.provider_id, NO_PROVIDER}
        found = [fault for fault in faults() if fault.chain in mine]
        shown = self.read(**ids) | {
            "is_verified": True,
            "faults": found[:_MOST_FAULTS],
            "fault_count": len(found),
            "number": last_number(self.desk.provider_id),
        }
        return self.show(shown)


def _filtered(provider_id: UUID, form: Filters) -> QuerySet[Any]:
    told = form.cleaned_data
    person = told.get("person")
    found = events_about(provider_id, person) if person else events_of(provider_id)
    if told.get("kind"):
        found = found.filter(name__startswith=f"{told['kind']}.")
    if told.get("by"):
        found = found.filter(by_id=told["by"])
    if told.get("since"):
        found = found.filter(at__gte=_begin(told["since"]))
    if told.get("until"):
        found = found.filter(at__lt=_begin(told["until"] + timedelta(days=1)))
    return found


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=_HOME)
