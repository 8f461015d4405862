"""Offering a place, and what the person answers."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.actions import (
    Offering,
    Reply,
    answer_offer,
    cancel_answer,
    cancel_offer,
    offer_place,
)
from tugiplaan.referrals.queries import (
    Answer,
    PlaceOffer,
    answer_due,
    answer_with_id,
    offer_with_id,
    waiter_with_id,
)
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.house.fields import text_field
from tugiplaan.web.intake.room import CancelForm, IntakeForm, referral_at
from tugiplaan.web.telling import day as show


class OfferForm(Form):
    """Which place, and when it was offered."""

    place = forms.ChoiceField(label=gettext_lazy("Koht"))
    offered_on = DayField(label=gettext_lazy("Millal pakuti"))


class OfferPlace(IntakeForm):
    """A place offered under a decision."""

    form_class = OfferForm
    title = gettext_lazy("Paku kohta")
    lead = gettext_lazy("Vastamise aeg algab pakkumise päevale järgnevast tööpäevast.")

    def find(self, **ids: Any) -> Any:
        return referral_at(self.desk, ids["referral_id"])

    def about(self) -> str:
        return f"{self.found.person}"

    def back(self) -> str:
        return self.url("intake_one", self.found.pk)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        place_id = getattr(self.found, "place_id", None)
        return {"offered_on": self.desk.day, "place": str(place_id or "")}

    def prepare(self, form: Any) -> None:
        rows = places_of(self.desk.provider_id)
        form.fields["place"].choices = [(str(one.pk), one.name or one.code) for one in rows]

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        data = form.cleaned_data
        recorded = offer_place(
            to=self.found, offering=Offering(UUID(data["place"]), data["offered_on"]), **self.who
        )
        due = answer_due(recorded.row, self.desk.law)
        text = _("Pakkumine on kirjas.")
        if due:
            text = _("Pakkumine on kirjas. Vastust ootame kuni {day}.").format(day=show(due.due_on))
        return self.done(text, recorded.cautions)


class OfferToWaiter(OfferPlace):
    """A place offered from the waiting list."""

    def find(self, **ids: Any) -> Any:
        desk = self.desk
        found = waiter_with_id(desk.provider_id, ids["waiting_id"], desk.user, desk.day, desk.law)
        return found.waiting

    def back(self) -> str:
        return self.url("waiter", self.found.pk)


class AnswerForm(Form):
    """What was answered, when and why."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Mida inimene vastas"), choices=Answer.choices, widget=forms.RadioSelect
    )
    answered_on = DayField(label=gettext_lazy("Millal"))
    reason = text_field(
        gettext_lazy("Miks inimene loobus"),
        rows=2,
        required=False,
        help_text=gettext_lazy(
            "Inimese enda sõnadega. Mõjuva põhjuseta loobunu ei jää ootajate nimekirja (SHS § 76)."
        ),
    )


class AnswerOffer(IntakeForm):
    """The answer to an offer."""

    form_class = AnswerForm
    title = gettext_lazy("Vastus kohapakkumisele")

    def find(self, **ids: Any) -> PlaceOffer:
        desk = self.desk
        return offer_with_id(desk.provider_id, ids["offer_id"], desk.user, desk.day)

    def about(self) -> str:
        return f"{self.found.person}: {self.found.place}, {show(self.found.offered_on)}"

    def back(self) -> str:
        return _home_of(self, self.found)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"answered_on": self.desk.day}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        data = form.cleaned_data
        reply = Reply(Answer(data["answer"]), data["answered_on"], data["reason"])
        answer_offer(offer=self.found, reply=reply, **self.who)
        return self.done(_("Vastus on kirjas."))


class CancelOffer(CancelForm):
    """An offer that was not made, or was taken back."""

    title = gettext_lazy("Võta pakkumine tagasi")

    def find(self, **ids: Any) -> PlaceOffer:
        desk = self.desk
        return offer_with_id(desk.provider_id, ids["offer_id"], desk.user, desk.day)

    def about(self) -> str:
        return f"{self.found.person}: {self.found.place}, {show(self.found.offered_on)}"

    def back(self) -> str:
        return _home_of(self, self.found)

    def cancel(self, why: str) -> None:
        cancel_offer(row=self.found, why=why, **self.who)


class CancelAnswer(CancelForm):
    """An answer that was recorded wrongly."""

    title = gettext_lazy("Tühista vastus")

    def find(self, **ids: Any) -> Any:
        desk = self.desk
        return answer_with_id(desk.provider_id, ids["answer_id"], desk.user, desk.day)

    def about(self) -> str:
        row = self.found
        return f"{row.offer.person}: {row.get_answer_display()}, {show(row.answered_on)}"

    def back(self) -> str:
        return _home_of(self, self.found.offer)

    def cancel(self, why: str) -> None:
        cancel_answer(row=self.found, why=why, **self.who)


def _home_of(page: IntakeForm, offer: PlaceOffer) -> str:
    """Give the page of what an offer was made under."""
    if offer.referral_id:
        return page.url("intake_one", offer.referral_id)
    return page.url("waiter", offer.waiting_id)
