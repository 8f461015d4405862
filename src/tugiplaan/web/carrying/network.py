"""Network work of a person: shown by kind, recorded with its hours, corrected, cancelled."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.delivery.actions.network import cancel_contact, correct_contact, record_contact
from tugiplaan.delivery.queries.network import (
    ContactTold,
    KindSum,
    consultations_of,
    contact_of,
    contacts_of,
    sums_by_kind,
    told_consultations,
    told_contacts,
)
from tugiplaan.people.queries import Person
from tugiplaan.web.carrying.base import OfferPage
from tugiplaan.web.carrying.forms import ContactForm, MendContactForm, WhyOnlyForm
from tugiplaan.web.carrying.labels import (
    Offer,
    component_offers,
    field_name,
    goal_offers,
    kind_hints,
    kind_name,
    member_offers,
    my_worker,
    worker_offers,
)
from tugiplaan.web.lists import paged
from tugiplaan.web.people.reach import PersonPage, entries_of, person_at

COORDINATION = "coordination"
"""The activity of the component record of network work: its kind stays out of bills."""
_MONTHS = timedelta(days=92)


class NetworkWork(PersonPage):
    """What was done around a person, by kind, and whom outside one asked."""

    permission = "plans.read"
    template = "web/carrying/network.html"

    def tell(self, person: Person) -> dict[str, Any]:
        desk, entries = self.desk, entries_of(person)
        kind = self.request.GET.get("kind", "")
        may_read = desk.may("narrative.read")
        rows = contacts_of(desk.provider_id, entries)
        page = paged(self.request, rows.filter(kind=kind) if kind else rows)
        told = told_contacts(desk.provider_id, page.object_list, with_lines=may_read)
        sums = sums_by_kind(desk.provider_id, entries, desk.day - _MONTHS, desk.day)
        asked = consultations_of(desk.provider_id, entries)
        return {
            "tab": "carrying",
            "page": page,
            "rows": [_row(one) for one in told],
            "sums": [(one, kind_name(one.kind)) for one in sums],
            "total": _total(sums),
            "kind": kind,
            "kind_name": kind_name(kind),
            "may_read": may_read,
            "consultations": told_consultations(desk.provider_id, asked),
        }


def _row(one: ContactTold) -> dict[str, Any]:
    row = one.contact
    whom = [str(row.member)] if row.member else []
    whom += [row.with_whom] if row.with_whom else []
    return {
        "told": one,
        "name": kind_name(row.kind),
        "field": field_name(row.field),
        "whom": ", ".join(whom),
    }


def _total(sums: list[KindSum]) -> KindSum:
    return KindSum("", sum(one.count for one in sums), sum(one.minutes for one in sums))


class AddContact(OfferPage):
    """Network work and its hours in one go."""

    permission = "delivery.record"
    form_class = ContactForm
    title = gettext_lazy("Pane võrgustikutöö kirja")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        start = {"day": self.desk.day, "kind": self.request.GET.get("kind", "")}
        return start if self.request.method == "POST" else start | {"worker": my_worker(self.desk)}

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        return _without_lines(self, super().form(data, files, **ids))

    def offers(self) -> dict[str, list[Offer]]:
        desk, person = self.desk, self.person
        return {
            "member": member_offers(desk, person),
            "goal": goal_offers(desk, person),
            "component": component_offers(desk, consultation=False),
            "worker": worker_offers(desk),
        }

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"hints": kind_hints()}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        draft = form.draft
        record_contact(
            person=self.person,
            draft=draft,
            entry=form.entry_of(self.person.pk, draft.day, COORDINATION),
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Võrgustikutöö on kirjas."))


def _without_lines(page: OfferPage, form: Any) -> Any:
    """Leave out the line of the diary for who may not write there."""
    if not page.desk.may("narrative.write"):
        form.fields.pop("text", None)
    return form


class _OneContact(OfferPage):
    told: ContactTold

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        person = person_at(self.desk, ids["person_id"], self.permission)
        found = contact_of(self.desk.provider_id, entries_of(person), ids["contact_id"])
        self.told = found
        return super().form(data, files, **ids)


class CorrectContact(_OneContact):
    """Network work as it should read, and why."""

    permission = "narrative.read"
    form_class = MendContactForm
    title = gettext_lazy("Paranda võrgustikutööd")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.told.contact
        return {
            "day": row.day,
            "kind": row.kind,
            "member": row.member_id,
            "with_whom": row.with_whom,
            "field": row.field,
            "goal": row.goal_id,
            "text": self.told.text,
        }

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        return _without_lines(self, super().form(data, files, **ids))

    def offers(self) -> dict[str, list[Offer]]:
        return {
            "member": member_offers(self.desk, self.person),
            "goal": goal_offers(self.desk, self.person),
        }

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        correct_contact(
            row=self.told.contact,
            draft=form.draft,
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Võrgustikutöö on parandatud; varasem jäi ajalukku alles."))


class CancelContact(_OneContact):
    """Network work that did not happen so."""

    permission = "delivery.correct"
    form_class = WhyOnlyForm
    title = gettext_lazy("Tühista võrgustikutöö")

    def read(self, **ids: Any) -> dict[str, Any]:
        note = _("Koos sellega tühistatakse ka selle tunnid ja rida päevikus.")
        return super().read(**ids) | {"note": note}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        cancel_contact(
            row=self.told.contact,
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Võrgustikutöö on tühistatud."))
