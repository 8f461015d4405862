"""Who agreed to a plan and who refused it; the end of a version."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.people.queries import circle_of
from tugiplaan.plans.actions import Party, Said, answer_plan, close_plan
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.people.forms import WhyOnlyForm
from tugiplaan.web.planning.room import VersionForm


class AnswerForm(Form):
    """What a party said to a plan."""

    party = forms.ChoiceField(
        label=gettext_lazy("Kes vastas"), choices=Party.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=gettext_lazy("Nimi"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Esindaja, võrgustikuliikme või töötaja nimi."),
    )
    is_agreed = forms.ChoiceField(
        label=gettext_lazy("Vastus"),
        choices=[("yes", gettext_lazy("nõus")), ("no", gettext_lazy("ei ole nõus"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=gettext_lazy("Miks, või mida lisas"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kui ei ole nõus, kirjuta põhjus inimese sõnadega."),
    )
    day = DayField(label=gettext_lazy("Millal"))

    def said(self) -> Said:
        """Give what was said."""
        asked = self.cleaned_data
        return Said(
            party=Party(asked["party"]),
            is_agreed=asked["is_agreed"] == "yes",
            name=asked["name"],
            day=asked["day"],
            why=asked["why"],
        )


class Answer(VersionForm):
    """What a party said to a version of the plan."""

    form_class = AnswerForm
    template = "web/planning/answer.html"
    title = gettext_lazy("Pane kirja, kes plaaniga nõus on")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"day": self.desk.day, "party": self.request.GET.get("party", Party.PERSON)}

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"circle": circle_of(self.person.pk)}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        said = form.said()
        answer_plan(plan=self.version.plan, said=said, by=self.desk.user, on=self.desk.day)
        if said.is_agreed:
            return self.done(_("Nõusolek on kirjas."))
        return self.done(_("Keeldumine on kirjas koos põhjusega."))


class ClosePlan(VersionForm):
    """The end of a version of the plan."""

    form_class = WhyOnlyForm
    template = "web/planning/answer.html"
    title = gettext_lazy("Lõpeta plaan")

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        close_plan(
            plan=self.version.plan,
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.done(_("Plaan on lõpetatud; kõik, mis selles on, jäi alles."))
