"""Improvements: what gets better, who sees to it, and what came of it."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.quality.actions import NewImprovement, end_improvement, plan_improvement
from tugiplaan.quality.catalogue import standards
from tugiplaan.quality.queries import improvement_of, improvements_of, rounds_of
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.lists import paged
from tugiplaan.web.quality.room import QualityForm, QualityPage
from tugiplaan.web.setup.shared import text


class Improvements(QualityPage):
    """All improvements, those that go on first."""

    template = "web/quality/improvements.html"
    tab = "improvements"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        rows = improvements_of(self.desk.provider_id)
        going = [row for row in rows if row.ended_on is None]
        return {
            "page": paged(self.request, rows),
            "going": len(going),
            "late": sum(row.due_on < self.desk.day for row in going),
        }


class ImprovementForm(Form):
    """What gets better, who sees to it, by when."""

    what = forms.CharField(label=_("Mida teeme"), widget=forms.Textarea(attrs={"rows": 3}))
    owner = text(_("Kes vastutab"))
    due_on = DayField(label=_("Tähtaeg"))
    number = forms.ChoiceField(label=_("Mis standardi kohta"), required=False)
    round = forms.UUIDField(required=False, widget=forms.HiddenInput)


class PlanImprovement(QualityForm):
    """Plan that something gets better."""

    form_class = ImprovementForm
    title = _("Lisa parendus")
    done = _("Parendus on lisatud.")
    back = "quality_improvements"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        asked = self.request.GET
        return {
            "number": asked.get("number", ""),
            "round": asked.get("round", ""),
            "owner": self.desk.user.name,
        }

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        field = cast("forms.ChoiceField", form.fields["number"])
        known = [(one.number, f"{one.number} {one.label}") for one in standards().values()]
        field.choices = [("", _("Mitte ühegi")), *known]
        return form

    def act(self, form: forms.Form, **ids: Any) -> str:  # noqa: ARG002
        told = dict(form.cleaned_data)
        round_id = told.pop("round")
        new = NewImprovement(**told, round_id=round_id)
        plan_improvement(provider_id=self.desk.provider_id, new=new, **self.who)
        self.say(str(self.done))
        return self.came_from(round_id)

    def came_from(self, round_id: UUID | None) -> str:
        """Give the round that it came from, else the list."""
        if round_id and rounds_of(self.desk.provider_id).filter(pk=round_id).exists():
            return self.url("quality_round", round_id)
        return self.url(self.back)


class EndForm(Form):
    """Whether it is done, and what came of it."""

    end = forms.ChoiceField(
        label=_("Kuidas läks"),
        choices=[("done", _("Tehtud")), ("given_up", _("Loobusime"))],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("Mis sellest sai või miks loobusime"), widget=forms.Textarea(attrs={"rows": 3})
    )


class EndImprovement(QualityForm):
    """Record that an improvement is done, or was given up."""

    form_class = EndForm
    template = "web/quality/improvement.html"
    title = _("Parendus")
    done = _("Parendus on lõpetatud.")
    back = "quality_improvements"

    def row(self, **ids: Any) -> Any:
        """Give the improvement of the address."""
        return improvement_of(self.desk.provider_id, ids["improvement_id"])

    def read(self, **ids: Any) -> dict[str, Any]:
        row = self.row(**ids)
        standard = standards().get(row.number)
        return {**super().read(**ids), "row": row, "standard": standard}

    def save(self, form: forms.Form, **ids: Any) -> None:
        told = form.cleaned_data
        end_improvement(
            improvement=self.row(**ids),
            is_done=told["end"] == "done",
            outcome=told["outcome"],
            **self.who,
        )
