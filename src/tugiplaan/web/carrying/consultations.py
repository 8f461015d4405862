"""Outside specialists: asked, and what they said with its hours."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.delivery.actions.consultations import (
    CONSULTATION,
    Mended,
    ask_specialist,
    correct_consultation,
    record_consultation,
)
from tugiplaan.delivery.queries.network import consultations_of
from tugiplaan.web.carrying.base import OfferPage
from tugiplaan.web.carrying.forms import AnswerForm, MendQuestionForm, QuestionForm
from tugiplaan.web.carrying.labels import Offer, component_offers, my_worker, worker_offers
from tugiplaan.web.people.reach import entries_of, person_at


class Ask(OfferPage):
    """Why an outside specialist is asked, and whom."""

    permission = "plans.write"
    form_class = QuestionForm
    title = gettext_lazy("Küsi nõu väliselt spetsialistilt")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"asked_on": self.desk.day}

    def read(self, **ids: Any) -> dict[str, Any]:
        note = _("Kui meil endal selles asjas kogemust ei ole: planeerimisel või plaani muutes.")
        return super().read(**ids) | {"note": note}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        row = ask_specialist(
            person=self.person, question=form.asked, by=self.desk.user, on=self.desk.day
        )
        return self.done(_("Küsimus on kirjas: {expert}.").format(expert=row.expert))


class _OneConsultation(OfferPage):
    permission = "plans.write"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        person = person_at(self.desk, ids["person_id"], self.permission)
        rows = consultations_of(self.desk.provider_id, entries_of(person))
        self.row = rows.get(pk=ids["consultation_id"])
        return super().form(data, files, **ids)


class CorrectConsultation(_OneConsultation):
    """What was written of a consultation, put right; its day and hours stay."""

    form_class = MendQuestionForm
    title = gettext_lazy("Paranda konsultatsiooni")

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        form = super().form(data, files, **ids)
        if self.row.held_on is None:
            form.fields.pop("outcome")
        return form

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        names = ("stage", "question", "expert", "competence", "asked_on", "outcome")
        return {name: getattr(self.row, name) for name in names}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        correct_consultation(
            row=self.row,
            mended=Mended(question=form.asked, outcome=form.cleaned_data.get("outcome", "")),
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Konsultatsioon on parandatud."))


class RecordAnswer(_OneConsultation):
    """What a specialist said, how long it was, and the component that pays."""

    form_class = AnswerForm
    title = gettext_lazy("Pane konsultatsioon kirja")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        start = {"held_on": self.desk.day}
        return start if self.request.method == "POST" else start | {"worker": my_worker(self.desk)}

    def offers(self) -> dict[str, list[Offer]]:
        return {
            "component": component_offers(self.desk, consultation=True),
            "worker": worker_offers(self.desk),
        }

    def read(self, **ids: Any) -> dict[str, Any]:
        shown = super().read(**ids)
        return shown | {"note": f"{self.row.expert}, {self.row.competence}"}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        answer = form.answer
        record_consultation(
            row=self.row,
            answer=answer,
            entry=form.entry_of(self.person.pk, answer.held_on, CONSULTATION),
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Konsultatsioon on kirjas."))
