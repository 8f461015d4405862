"""Moving on to another provider: the consent, the day, the pack."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.people.queries import consents_in_force
from tugiplaan.referrals.actions import Leaving, Pack, agree_transfer, cancel_transfer, hand_over
from tugiplaan.referrals.queries import transfer_with_id
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.house.fields import text_field
from tugiplaan.web.intake.room import CancelForm, IntakeForm, referral_at
from tugiplaan.web.telling import day as show


class ChangeForm(Form):
    """To whom, when, and with which consent."""

    to_provider = forms.CharField(label=gettext_lazy("Uus teenuseosutaja"), max_length=200)
    moves_on = DayField(label=gettext_lazy("Kolimise päev"))
    consent = forms.ChoiceField(
        label=gettext_lazy("Inimese nõusolek"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Kui sobivat nõusolekut siin ei ole, pane see enne kirja inimese lehel "
            "„Lähedased ja nõusolekud“."
        ),
    )


class Change(IntakeForm):
    """A change of provider, agreed with the person."""

    form_class = ChangeForm
    title = gettext_lazy("Teenuseosutaja vahetus")
    lead = gettext_lazy(
        "Inimene läheb teise teenuseosutaja juurde. Teenuse viimane päev pane kirja eraldi."
    )

    def find(self, **ids: Any) -> Any:
        return referral_at(self.desk, ids["referral_id"])

    def about(self) -> str:
        return f"{self.found.person}"

    def back(self) -> str:
        return self.url("intake_one", self.found.pk)

    def prepare(self, form: Any) -> None:
        person = self.found.person
        rows = consents_in_force(person.merged_into_id or person.pk, self.desk.day)
        form.fields["consent"].choices = [
            (str(one.pk), f"{one.purpose} ({one.given_by}, {show(one.valid_from)})") for one in rows
        ]

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        data = form.cleaned_data
        leaving = Leaving(UUID(data["consent"]), data["to_provider"], data["moves_on"])
        agree_transfer(referral=self.found, leaving=leaving, **self.who)
        return self.done(_("Teenuseosutaja vahetus on kirjas."))


class PackForm(Form):
    """What was handed over, when and to whom."""

    handed_on = DayField(label=gettext_lazy("Millal üle anti"))
    to_whom = forms.CharField(label=gettext_lazy("Kellele"), max_length=200)
    content = text_field(
        gettext_lazy("Mis üle anti"),
        rows=3,
        help_text=gettext_lazy("Näiteks tegevusplaan, hindamised, kokkuvõttev hinnang."),
    )


class HandOver(IntakeForm):
    """The transfer pack was handed over."""

    form_class = PackForm
    title = gettext_lazy("Üleandmispakk üle antud")

    def find(self, **ids: Any) -> Any:
        desk = self.desk
        return transfer_with_id(desk.provider_id, ids["transfer_id"], desk.user, desk.day)

    def about(self) -> str:
        return f"{self.found.referral.person} → {self.found.to_provider}"

    def back(self) -> str:
        return self.url("intake_one", self.found.referral_id)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"handed_on": self.desk.day, "to_whom": self.found.to_provider}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        data = form.cleaned_data
        pack = Pack(data["handed_on"], data["to_whom"], data["content"])
        hand_over(transfer=self.found, pack=pack, **self.who)
        return self.done(_("Üleandmine on kirjas."))


class CancelTransfer(CancelForm):
    """The person does not move after all."""

    title = gettext_lazy("Tühista teenuseosutaja vahetus")

    def find(self, **ids: Any) -> Any:
        desk = self.desk
        return transfer_with_id(desk.provider_id, ids["transfer_id"], desk.user, desk.day)

    def about(self) -> str:
        return f"{self.found.referral.person} → {self.found.to_provider}"

    def back(self) -> str:
        return self.url("intake_one", self.found.referral_id)

    def cancel(self, why: str) -> None:
        cancel_transfer(row=self.found, why=why, **self.who)
