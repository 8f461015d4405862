"""What carrying out asks: network work, tasks, consultations."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.actions.assignments import TaskDraft
from tugiplaan.delivery.actions.consultations import Answer, Question, Stage
from tugiplaan.delivery.actions.network import ContactDraft
from tugiplaan.delivery.entries import ComponentEntry
from tugiplaan.web.carrying.labels import Offer, field_offers, kind_offers
from tugiplaan.web.forms import DayField, Form, WhyForm
from tugiplaan.web.today.what import What

_MOST_MINUTES = 24 * 60


def text_field(label: Any, *, rows: int = 3, required: bool = True, **more: Any) -> forms.CharField:
    """Give a field of several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=area, **more)


class OfferedField(forms.UUIDField):
    """One of some rows. What is offered is read only where the form is drawn."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Select, **kwargs)


class OfferForm(Form):
    """A form whose lists are read where it is drawn; the action checks what was chosen.

    Attributes:
        only_with_hours: Fields that make sense only together with hours.
    """

    only_with_hours: ClassVar[tuple[str, ...]] = ()

    def offer(self, **offers: list[Offer]) -> None:
        """Put choices into fields; those that are not required may stay empty."""
        for name, rows in offers.items():
            if name in self.fields:
                field = self.fields[name]
                empty = [("", _("– vali –") if field.required else "–")]
                field.widget.choices = empty + rows

    def without_hours(self) -> None:
        """Leave out the fields of hours, for who has no component that pays them."""
        for name in ("component", "worker", *self.only_with_hours):
            self.fields.pop(name, None)


class _HoursForm(OfferForm):
    """Hours that a component pays, recorded with what was done."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    component = forms.CharField(
        label=gettext_lazy("Tunnid lähevad komponendi alla"),
        required=False,
        widget=forms.Select,
        help_text=gettext_lazy(
            "Vali, kui selle aja eest makstakse. Tunde ei ole vaja teist korda kirja panna."
        ),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Kui kaua, minutites"),
        min_value=1,
        max_value=_MOST_MINUTES,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    worker = OfferedField(label=gettext_lazy("Töötaja"), required=False)

    def clean_component(self) -> What | None:
        key = self.cleaned_data["component"]
        if not key:
            return None
        try:
            return What.of_key(key)
        except ValueError as error:
            raise forms.ValidationError(_("Vali komponent loendist.")) from error

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("component"):
            if found.get("minutes") is None and "minutes" not in self.errors:
                self.add_error("minutes", _("Kirjuta, kui kaua see kestis."))
            if found.get("worker") is None and "worker" not in self.errors:
                self.add_error("worker", _("Vali, kes selle töö tegi."))
        return found

    def entry_of(self, person_id: UUID, day: Any, activity: str) -> ComponentEntry | None:
        """Give the hours that were sent; None: none were."""
        found = self.cleaned_data
        what: What | None = found["component"]
        if what is None:
            return None
        entry = what.entry(
            person_id,
            id=found["entry"],
            day=day,
            minutes=found["minutes"],
            worker_id=found["worker"],
            start=None,
            activity=activity,
            goal_id=found.get("goal"),
        )
        return entry if isinstance(entry, ComponentEntry) else None


class _AboutContact(OfferForm):
    """What was done, with whom, in which field, for which goal."""

    day = DayField(label=gettext_lazy("Päev"))
    kind = forms.ChoiceField(label=gettext_lazy("Mida tegite"), choices=kind_offers)
    member = OfferedField(
        label=gettext_lazy("Kellega võrgustikust"),
        required=False,
    )
    with_whom = forms.CharField(
        label=gettext_lazy("Või kellega veel"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Kui seda inimest võrgustikus ei ole: nimi või amet."),
    )
    field = forms.ChoiceField(
        label=gettext_lazy("Valdkond"),
        required=False,
        choices=lambda: [("", "–"), *field_offers()],
    )
    goal = OfferedField(label=gettext_lazy("Eesmärk"), required=False)
    text = text_field(
        gettext_lazy("Mida rääkisite ja kokku leppisite"),
        required=False,
        help_text=gettext_lazy("Läheb päevikusse: seda loevad need, kes inimesega töötavad."),
    )

    @property
    def draft(self) -> ContactDraft:
        found = self.cleaned_data
        return ContactDraft(
            day=found["day"],
            kind=found["kind"],
            field=found["field"],
            member_id=found["member"],
            with_whom=found["with_whom"],
            goal_id=found["goal"],
            text=found.get("text", ""),
            why=found.get("why", ""),
        )


class ContactForm(_HoursForm, _AboutContact, WhyForm):
    """Network work and its hours in one go."""

    only_with_hours = ("minutes", "why")
    field_order = (
        *("day", "kind", "member", "with_whom", "field", "text", "goal"),
        *("component", "minutes", "worker", "why", "entry"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"entry": new_id()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class MendContactForm(_AboutContact):
    """Network work as it should read, and why it changes."""

    why = text_field(gettext_lazy("Miks muudad?"), rows=2)


class WhyOnlyForm(Form):
    """A reason."""

    why = text_field(gettext_lazy("Miks?"), rows=2)


class TaskForm(OfferForm):
    """What is to be done, by whom and by when."""

    text = forms.CharField(
        label=gettext_lazy("Mida on vaja teha"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = OfferedField(label=gettext_lazy("Kes teeb"))
    due_on = DayField(label=gettext_lazy("Mis päevaks"))
    goal = OfferedField(label=gettext_lazy("Eesmärk"), required=False)

    @property
    def draft(self) -> TaskDraft:
        found = self.cleaned_data
        return TaskDraft(
            text=found["text"],
            owner_id=found["owner"],
            due_on=found["due_on"],
            goal_id=found["goal"],
        )


class ChangeTaskForm(TaskForm):
    """A task as it should read, and why it changes."""

    why = text_field(gettext_lazy("Miks muudad?"), rows=2)


class NoteForm(Form):
    """What came of a task."""

    note = text_field(gettext_lazy("Mis sellest sai"), rows=2, required=False)


class QuestionForm(Form):
    """Why an outside specialist is asked, and whom."""

    stage = forms.ChoiceField(label=gettext_lazy("Millal"), choices=Stage.choices)
    question = text_field(gettext_lazy("Miks küsite ja mida tahate teada"), rows=4)
    expert = forms.CharField(label=gettext_lazy("Spetsialist"), max_length=200)
    competence = forms.CharField(
        label=gettext_lazy("Pädevus"),
        max_length=200,
        help_text=gettext_lazy("Mis teeb temast spetsialisti, näiteks psühhiaater."),
    )
    asked_on = DayField(label=gettext_lazy("Millal küsisite"))

    @property
    def asked(self) -> Question:
        found = self.cleaned_data
        return Question(
            stage=Stage(found["stage"]),
            asked_on=found["asked_on"],
            question=found["question"],
            expert=found["expert"],
            competence=found["competence"],
        )


class MendQuestionForm(QuestionForm):
    """A consultation put right, with the reason."""

    outcome = text_field(gettext_lazy("Mida spetsialist soovitas"), rows=4)
    why = forms.CharField(label=gettext_lazy("Põhjus"))


class AnswerForm(_HoursForm):
    """What came of a consultation, how long it was, and who pays."""

    held_on = DayField(label=gettext_lazy("Millal toimus"))
    outcome = text_field(gettext_lazy("Mida spetsialist soovitas"), rows=4)
    field_order = ("held_on", "outcome", "minutes", "component", "worker", "entry")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"entry": new_id()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["minutes"].required = True

    @property
    def answer(self) -> Answer:
        found = self.cleaned_data
        return Answer(held_on=found["held_on"], minutes=found["minutes"], outcome=found["outcome"])


class SentForm(Form):
    """When a summary assessment went to the authority."""

    sent_on = DayField(label=gettext_lazy("Millal saadeti"))
