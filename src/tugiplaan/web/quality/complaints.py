"""The register of complaints; with a permission of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tugiplaan.providers.queries import places_of
from tugiplaan.quality.actions import (
    Answered,
    NewComplaint,
    answer_complaint,
    record_complaint,
    set_complaint_term,
)
from tugiplaan.quality.queries import Complaint, complaint_days, complaint_of, complaints_of
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.lists import paged
from tugiplaan.web.quality.room import QualityForm, QualityPage
from tugiplaan.web.setup.shared import PickField, offer, text

_PERMISSION = "quality.complaints"


class Complaints(QualityPage):
    """The register, the latest first, and how many wait for an answer."""

    permission = _PERMISSION
    template = "web/quality/complaints.html"
    tab = "complaints"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        rows = complaints_of(self.desk.provider_id)
        waiting = list(rows.filter(answered_on__isnull=True).values_list("answer_by", flat=True))
        return {
            "page": paged(self.request, rows),
            "waiting": len(waiting),
            "late": sum(day < self.desk.day for day in waiting),
            "days": complaint_days(self.desk.provider_id),
        }


class ComplaintForm(Form):
    """A complaint as it came."""

    received_on = DayField(label=_("Saadud"))
    complainant = text(_("Kellelt"), required=False, hint=_("Tühi: nimetu kaebus."))
    place = PickField(label=_("Mis koha kohta"), required=False)
    about = forms.CharField(label=_("Mille kohta"), widget=forms.Textarea(attrs={"rows": 4}))
    answer_by = DayField(label=_("Vastame hiljemalt"), required=False)


class RecordComplaint(QualityForm):
    """Record a complaint."""

    permission = _PERMISSION
    form_class = ComplaintForm
    title = _("Pane kaebus kirja")
    intro = _("Kirjuta nii, nagu inimene ütles. Kaebust näevad ainult need, kel on selleks õigus.")
    done = _("Kaebus on kirjas.")
    back = "quality_complaints"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"received_on": self.desk.day}

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        provider_id = self.desk.provider_id
        places = ((one.pk, one.name) for one in places_of(provider_id))
        offer(form, "place", places, none=_("Mitte ühegi kindla koha"))
        days = complaint_days(provider_id)
        form.fields["answer_by"].help_text = (
            ngettext(
                "Tühi: {n} päeva jooksul, nagu teie asutus on otsustanud.",
                "Tühi: {n} päeva jooksul, nagu teie asutus on otsustanud.",
                days,
            ).format(n=days)
            if days
            else _t("Seadus tähtaega ei nimeta: vali ise.")
        )
        return form

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = dict(form.cleaned_data)
        new = NewComplaint(place_id=told.pop("place"), **told)
        record_complaint(provider_id=self.desk.provider_id, new=new, **self.who)


class AnswerForm(Form):
    """What was answered."""

    answered_on = DayField(label=_("Vastatud"))
    outcome = forms.ChoiceField(
        label=_("Tulemus"), choices=Complaint.Outcome.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(label=_("Vastus"), widget=forms.Textarea(attrs={"rows": 5}))


class OneComplaint(QualityForm):
    """A complaint, and its answer."""

    permission = _PERMISSION
    form_class = AnswerForm
    template = "web/quality/complaint.html"
    title = _("Kaebus")
    button = _("Salvesta vastus")
    done = _("Vastus on kirjas.")
    back = "quality_complaints"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"answered_on": self.desk.day}

    def row(self, **ids: Any) -> Complaint:
        """Give the complaint of the address."""
        return complaint_of(self.desk.provider_id, ids["complaint_id"])

    def read(self, **ids: Any) -> dict[str, Any]:
        return {**super().read(**ids), "row": self.row(**ids)}

    def save(self, form: forms.Form, **ids: Any) -> None:
        told = form.cleaned_data
        answered = Answered(told["answered_on"], told["answer"], Complaint.Outcome(told["outcome"]))
        answer_complaint(complaint=self.row(**ids), answered=answered, **self.who)


class TermForm(Form):
    """In how many days the house answers."""

    days = forms.IntegerField(label=_("Päevi"), min_value=1, max_value=365)


class SetTerm(QualityForm):
    """Set in how many days the house answers complaints."""

    permission = _PERMISSION
    form_class = TermForm
    title = _("Kaebustele vastamise aeg")
    intro = _("Seadus aega ei nimeta: selle otsustab asutus ise. Uus aeg kehtib uutele kaebustele.")
    done = _("Vastamise aeg on määratud.")
    back = "quality_complaints"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"days": complaint_days(self.desk.provider_id)}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        days = form.cleaned_data["days"]
        set_complaint_term(provider_id=self.desk.provider_id, days=days, **self.who)
