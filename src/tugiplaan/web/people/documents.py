"""A person's documents: adding, reading, replacing and withdrawing them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.documents import actions
from tugiplaan.documents.queries import documents_of, read_document
from tugiplaan.people.queries import Person
from tugiplaan.referrals.actions import Confirmed, record_confirmation
from tugiplaan.referrals.queries import Watched, watched
from tugiplaan.rules.deadlines import missing_confirmations
from tugiplaan.rules.period import Month
from tugiplaan.web.people.forms import (
    ConfirmationForm,
    DocumentForm,
    ReplacementForm,
    WhyOnlyForm,
    file_of,
    offer,
)
from tugiplaan.web.people.labels import document_kind_name, service_name
from tugiplaan.web.people.reach import PersonForm, PersonPage, person_at
from tugiplaan.web.shared import Page
from tugiplaan.web.telling import month as show_month


class Documents(PersonPage):
    """The documents that hold, the latest first."""

    permission = "documents.read"
    template = "web/people/documents.html"

    def tell(self, person: Person) -> dict[str, Any]:
        rows = documents_of(person.provider_id, person.pk)
        named = [(one, document_kind_name(one.kind)) for one in rows]
        return {"tab": "documents", "documents": named}


class Download(Page):
    """The bytes of a document; opening it is written down by the query itself."""

    permission = "documents.read"

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        desk = self.desk
        person = person_at(desk, ids["person_id"], self.permission)
        document = documents_of(person.provider_id, person.pk).get(pk=ids["row_id"])
        content = read_document(document=document, by=desk.user, on=desk.day)
        response = HttpResponse(content, content_type="application/octet-stream")
        response.headers["Content-Disposition"] = _attachment(document.title)
        return response


def _attachment(title: str) -> str:
    return content_disposition_header(as_attachment=True, filename=title) or "attachment"


class _DocumentForm(PersonForm):
    permission = "documents.write"
    back = "person_documents"


class AddDocument(_DocumentForm):
    """A file of the person's."""

    form_class = DocumentForm
    title = gettext_lazy("Lisa dokument")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"kind": self.request.GET.get("kind", "")}

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        row = actions.store_document(
            provider_id=self.desk.provider_id,
            person_id=self.person.pk,
            file=file_of(form),
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Dokument „{title}“ on lisatud.").format(title=row.title))


class _OneDocument(_DocumentForm):
    """A form about one document, which the address names."""

    row: Any

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        self.person = person_at(self.desk, ids["person_id"], self.permission)
        found = documents_of(self.person.provider_id, self.person.pk)
        self.row = found.get(pk=ids["row_id"])
        return super().form(data, files, **ids)


class ReplaceDocument(_OneDocument):
    """A newer version of a document."""

    form_class = ReplacementForm

    def heading(self) -> str:
        return _("Asenda dokument „{title}“").format(title=self.row.title)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"kind": self.row.kind, "title": self.row.title}

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        actions.replace_document(
            document=self.row,
            file=file_of(form),
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Dokument on asendatud; varasem jäi alles."))


class WithdrawDocument(_OneDocument):
    """A document no longer holds."""

    form_class = WhyOnlyForm

    def heading(self) -> str:
        return _("Tühista dokument „{title}“").format(title=self.row.title)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        why, by, on = form.cleaned_data["why"], self.desk.user, self.desk.day
        actions.withdraw_document(document=self.row, why=why, by=by, on=on)
        return self.done(_("Dokument on tühistatud; fail jäi alles."))


class Confirm(_DocumentForm):
    """The confirmation of a month in hospital, with its file where there is one."""

    permission = "referrals.write"
    form_class = ConfirmationForm
    title = gettext_lazy("Haigla kinnitus")
    known: list[Watched]

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        form = super().form(data, files, **ids)
        desk = self.desk
        self.known = watched(desk.provider_id, date.min, [self.person.pk])
        offer(form, "of", _missing(self.known, desk.law))
        return form

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"received_on": self.desk.day}

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        asked, desk = form.cleaned_data, self.desk
        referral_id, _at, period = asked["of"].partition("/")
        referral = next(one.referral for one in self.known if str(one.referral.pk) == referral_id)
        with transaction.atomic():
            document_id: UUID | None = None
            if asked["file"]:
                document_id = actions.store_document(
                    provider_id=desk.provider_id,
                    person_id=self.person.pk,
                    file=file_of(form, "hospital_confirmation"),
                    by=desk.user,
                    on=desk.day,
                ).pk
            record_confirmation(
                referral=referral,
                confirmed=Confirmed(
                    Month.of_period(int(period)), asked["received_on"], document_id
                ),
                by=desk.user,
                on=desk.day,
                why=asked["why"],
            )
        return self.done(_("Haigla kinnitus on kirjas."))


def _missing(known: list[Watched], law: Any) -> list[tuple[str, str]]:
    """Give the months in hospital without a confirmation, each with its referral."""
    return [
        (
            f"{one.referral.pk}/{Month.of(due.first_day).period}",
            f"{show_month(due.first_day)} · {service_name(one.facts.service)}",
        )
        for one in known
        for due in missing_confirmations(one.facts, law)
        if due.first_day
    ]
