"""Who works with whom, and who takes whose place for a time."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.accounts.actions import Case, assign_caseload, end_caseload
from tugiplaan.accounts.queries import caseloads_at, users_of
from tugiplaan.people.queries import visible_to
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.setup.places import holds
from tugiplaan.web.setup.shared import PickField, SettingForm, SettingPage, offer


class Cases(SettingPage):
    """Each worker with the people of today and of later."""

    permission = "accounts.caseload"
    template = "web/setup/cases.html"

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        provider_id, day = self.desk.provider_id, self.desk.day
        rows = list(caseloads_at(provider_id, day))
        taken = {row.person_id for row in rows if holds(row, day) == "now"}
        people = visible_to(self.desk.user, day).filter(provider_id=provider_id)
        alone = people.exclude(pk__in=taken)
        held = [
            (user, [(row, holds(row, day)) for row in cases])
            for user, cases in groupby(rows, lambda row: row.user)
        ]
        return {"held": held, "alone": list(alone[:_MOST_NAMED]), "alone_count": alone.count()}


_MOST_NAMED = 20


class CaseForm(Form):
    """Who works with whom, when, in whose place."""

    user = PickField(label=_("Kes"))
    person = PickField(label=_("Kellega töötab"))
    deputy_for = PickField(
        label=_("Kelle asemel"), required=False, help_text=_("Asendamisel peab olema viimane päev.")
    )
    valid_from = DayField(label=_("Alates"))
    valid_to = DayField(label=_("Kuni"), required=False, help_text=_("Tühi: edaspidi."))


class AssignCase(SettingForm):
    """Let a user work with a person, as their own case or as somebody's deputy."""

    permission = "accounts.caseload"
    form_class = CaseForm
    title = _("Kes kellega töötab")
    intro = _("Tegevusjuhendaja näeb inimest ja teeb tema kohta kirjeid ainult neil päevadel.")
    done = _("Salvestatud.")
    back = "setup_cases"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        provider_id, day = self.desk.provider_id, self.desk.day
        users = list(users_of(provider_id).filter(is_active=True))
        people = visible_to(self.desk.user, day).filter(provider_id=provider_id)
        offer(form, "user", ((one.pk, one.name) for one in users))
        offer(form, "person", ((one.pk, one) for one in people))
        offer(form, "deputy_for", ((one.pk, one.name) for one in users), none=_("oma inimene"))
        return form

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        names = ("user", "person", "deputy_for")
        given = {name: self.request.GET.get(name, "") for name in names}
        return given | {"valid_from": self.desk.day}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = form.cleaned_data
        users = users_of(self.desk.provider_id)
        case = Case(
            provider_id=self.desk.provider_id,
            person_id=told["person"],
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            deputy_for=users.get(pk=told["deputy_for"]) if told["deputy_for"] else None,
        )
        user = users.get(pk=told["user"])
        assign_caseload(user=user, case=case, by=self.desk.user, on=self.desk.day)


class EndCaseForm(Form):
    """The last day of working with somebody."""

    last_day = DayField(label=_("Viimane päev"))


class EndCase(SettingForm):
    """End that a user works with a person."""

    permission = "accounts.caseload"
    form_class = EndCaseForm
    title = _("Lõpeta töö inimesega")
    intro = _("Sellega lõpevad ka asendamised.")
    button = _("Lõpetan")
    done = _("Lõpp on salvestatud.")
    back = "setup_cases"

    def case(self, **ids: Any) -> Any:
        """Give the case of the address."""
        return caseloads_at(self.desk.provider_id, self.desk.day).get(pk=ids["case_id"])

    def initial(self, **ids: Any) -> dict[str, Any]:
        self.case(**ids)  # what is not of here has no form
        return {"last_day": self.desk.day}

    def save(self, form: forms.Form, **ids: Any) -> None:
        last_day = form.cleaned_data["last_day"]
        end_caseload(case=self.case(**ids), last_day=last_day, by=self.desk.user, on=self.desk.day)
