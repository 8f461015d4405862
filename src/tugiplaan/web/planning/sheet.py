"""The form of a plan: goals with their activities and lines of a package, as many as one adds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.plans.actions import Origin
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft, PackageDraft, PlanDraft
from tugiplaan.rules.vocabulary import Audience, Mode
from tugiplaan.web.forms import DayField, Form, MoneyField
from tugiplaan.web.telling import number

type Rows = dict[str, Any]
"""What stands in the form, by field; `goals` and `package` are lists of such, `activities` too."""

_MOST_ROWS = 30
_MINUTES = 60
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Offers:
    """What one may choose from.

    Attributes:
        referrals: Referrals without a plan; empty where the plan is of a given one.
        kinds: Statutory activities of the service.
        workers: Who may answer for an activity.
        components: Lines of price lists: funder, component, mode and audience in one value.
    """

    referrals: Sequence[tuple[str, str]]
    domains: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    workers: Sequence[tuple[str, str]]
    components: Sequence[tuple[str, str]]


def hours_of(minutes: int | None) -> str:
    """Write minutes as hours for a field; empty for none."""
    return "" if minutes is None else number(round(minutes / _MINUTES, 2))  # type: ignore[arg-type]


def offer_code(*parts: str) -> str:
    """Write funder, component, mode and audience as one value of a choice."""
    return _SEPARATOR.join(parts)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _choose(form: forms.Form, name: str, choices: Sequence[tuple[str, str]], none: str) -> None:
    field: Any = form.fields[name]
    field.choices = [("", none), *choices]


class HoursField(MoneyField):
    """Hours, with a comma or a point; gives minutes."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_digits", 6)
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> int | None:
        hours = super().clean(value)
        return None if hours is None else round(hours * _MINUTES)


class _NeededText(forms.CharField):
    """A text that is needed; whether it is there the action says, with the whole plan."""

    def validate(self, value: Any) -> None:
        """Let it pass."""


class _NeededChoice(forms.ChoiceField):
    """A choice that is needed; whether it is made the action says."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class GoalForm(Form):
    """A goal."""

    text = _NeededText(label=_("Eesmärk"), widget=_lines(2))
    domain = _NeededChoice(label=_("Eluvaldkond"))
    origin = forms.ChoiceField(
        label=_("Millest lähtub"), required=False, choices=[("", "–"), *Origin.choices]
    )
    due_on = DayField(label=_("Tähtaeg"), required=False)
    plain = forms.CharField(
        label=_("Sama lihtsate sõnadega"),
        required=False,
        widget=_lines(2),
        help_text=_("Nii, nagu inimene seda ise ütleks. Seda näeb ta oma lehel."),
    )


class ActivityForm(Form):
    """What is done for a goal."""

    kind = forms.ChoiceField(label=_("Teenuse tegevus"), required=False)
    text = _NeededText(label=_("Mida tehakse"))
    schedule = forms.CharField(
        label=_("Ajakava"), required=False, max_length=200, help_text=_("Näiteks E, K kell 10.")
    )
    frequency = forms.CharField(label=_("Kui tihti"), required=False, max_length=100)
    responsible = forms.ChoiceField(label=_("Vastutaja"), required=False)
    hours = HoursField(label=_("Tunde kuus"))


class LineForm(Form):
    """A line of a package of components."""

    component = _NeededChoice(label=_("Komponent"))
    hours = HoursField(label=_("Tunde kuus"))
    goal = forms.IntegerField(
        label=_("Eesmärgi number"), required=False, min_value=1, widget=forms.TextInput
    )
    valid_from = DayField(label=_("Alates"), required=False)
    valid_to = DayField(label=_("Kuni"), required=False)


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in the form with its activities."""

    form: GoalForm
    activities: list[ActivityForm]


class PlanSheet(Form):
    """The whole form. What is checked here is only how things are written; the action judges."""

    referral = forms.ChoiceField(label=_("Mille kohta plaan on"), required=False)
    valid_from = DayField(label=_("Kehtib alates"))
    valid_to = DayField(
        label=_("Kuni"),
        required=False,
        help_text=_("Tühjaks jättes kehtib plaan suunamise lõpuni."),
    )
    ability = forms.CharField(
        label=_("Mida inimene oskab ja suudab"), required=False, widget=_lines(3)
    )
    recovery_stage = forms.CharField(label=_("Taastumisaste"), required=False, max_length=100)
    wishes = forms.CharField(label=_("Soovid ja huvid"), required=False, widget=_lines(3))
    plain = forms.CharField(
        label=_("Plaan lihtsate sõnadega"),
        required=False,
        widget=_lines(3),
        help_text=_("Paar lauset, mille inimene ise läbi loeb."),
    )

    def __init__(self, data: Any, *, initial: Rows, offers: Offers) -> None:
        super().__init__(data, initial=initial)
        self.offers = offers
        rows = initial if data is None else typed(data)
        # One goal with one activity stands open from the beginning.
        goals = rows.get("goals") or ([{}] if data is None else [])
        self.goals = [self._goal(data, at, goal) for at, goal in enumerate(goals)]
        self.package = [self._line(data, at, one) for at, one in enumerate(rows.get("package", []))]
        if offers.referrals:
            _choose(self, "referral", offers.referrals, str(_("ilma suunamiseta: komponendid")))
        else:
            del self.fields["referral"]

    def _goal(self, data: Any, at: int, row: Rows) -> GoalRow:
        form = GoalForm(data, prefix=f"g{at}", initial=row)
        _choose(form, "domain", self.offers.domains, str(_("vali")))
        activities = row.get("activities") or ([{}] if data is None else [])
        return GoalRow(form, [self._activity(data, at, n, one) for n, one in enumerate(activities)])

    def _activity(self, data: Any, at: int, number_: int, row: Rows) -> ActivityForm:
        form = ActivityForm(data, prefix=f"g{at}a{number_}", initial=row)
        _choose(form, "kind", self.offers.kinds, str(_("muu tegevus")))
        _choose(form, "responsible", self.offers.workers, "–")
        return form

    def _line(self, data: Any, at: int, row: Rows) -> LineForm:
        form = LineForm(data, prefix=f"p{at}", initial=row)
        _choose(form, "component", self.offers.components, str(_("vali")))
        return form

    def is_valid(self) -> bool:
        rows: list[forms.Form] = [self, *self.package]
        for goal in self.goals:
            rows += [goal.form, *goal.activities]
        # Every row is asked, so that each shows what is wrong with it.
        wrong = [form for form in rows if not form.is_bound or form.errors]
        return not wrong

    def draft(self, person_id: UUID, referral_id: UUID | None) -> PlanDraft:
        """Give what was asked for as a draft; rows that nobody filled in are left out."""
        head = self.cleaned_data
        chosen = head.get("referral")
        return PlanDraft(
            person_id=person_id,
            referral_id=UUID(chosen) if chosen else referral_id,
            valid_from=head["valid_from"],
            valid_to=head["valid_to"],
            ability=head["ability"],
            recovery_stage=head["recovery_stage"],
            wishes=head["wishes"],
            plain=head["plain"],
            goals=[self._goal_draft(row) for row in self.goals if _is_filled(row)],
            package=self.lines(head["valid_from"]),
        )

    def lines(self, first: date) -> list[PackageDraft]:
        """Give the lines of the package that are filled in and can be read."""
        return [
            _line_draft(form.cleaned_data, first)
            for form in self.package
            if form.is_valid() and any(form.cleaned_data.values())
        ]

    def _goal_draft(self, row: GoalRow) -> GoalDraft:
        asked = row.form.cleaned_data
        names = dict(self.offers.kinds)
        return GoalDraft(
            text=asked["text"],
            domain=int(asked["domain"] or 0),
            origin=asked["origin"],
            due_on=asked["due_on"],
            plain=asked["plain"],
            activities=[
                _activity_draft(form.cleaned_data, names)
                for form in row.activities
                if any(form.cleaned_data.values())
            ],
        )


def _is_filled(row: GoalRow) -> bool:
    forms_ = [row.form, *row.activities]
    return any(value for form in forms_ for value in form.cleaned_data.values())


def _activity_draft(asked: dict[str, Any], names: Mapping[str, str]) -> ActivityDraft:
    return ActivityDraft(
        text=asked["text"] or names.get(asked["kind"], ""),
        kind=asked["kind"],
        schedule=asked["schedule"],
        frequency=asked["frequency"],
        responsible_id=UUID(asked["responsible"]) if asked["responsible"] else None,
        planned_minutes=asked["hours"],
    )


def _line_draft(asked: dict[str, Any], first: date) -> PackageDraft:
    parts = (asked["component"] or _SEPARATOR * 3).split(_SEPARATOR)
    funder, component, mode, audience = parts
    return PackageDraft(
        funder=funder,
        component=component,
        mode=Mode(mode or Mode.INDIVIDUAL),
        audience=Audience(audience or Audience.PERSON),
        planned_minutes=asked["hours"] or 0,
        valid_from=asked["valid_from"] or first,
        valid_to=asked["valid_to"],
        goal=asked["goal"],
    )


def typed(data: Any) -> Rows:
    """Give what was typed, as it was sent, in the shape of what stands in the form."""

    def row(form: type[Form], prefix: str = "") -> Rows:
        return {name: data.get(prefix + name, "") for name in form.base_fields}

    def count(name: str) -> int:
        text = data.get(name, "")
        return min(int(text), _MOST_ROWS) if text.isdecimal() else 0

    goals = [
        row(GoalForm, f"g{at}-")
        | {"activities": [row(ActivityForm, f"g{at}a{n}-") for n in range(count(f"g{at}-count"))]}
        for at in range(count("goals-count"))
    ]
    package = [row(LineForm, f"p{at}-") for at in range(count("package-count"))]
    return row(PlanSheet) | {"goals": goals, "package": package}


def changed(rows: Rows, button: str) -> Rows:
    """Give what stands in the form after a button that adds or takes away a row.

    Args:
        rows: What was typed.
        button: `add-goal`, `add-line`, `add-activity-<goal>`, `drop-goal-<goal>`,
            `drop-line-<line>` or `drop-activity-<goal>-<activity>`, counted from 0.

    Returns:
        The rows; as they were where the button names none of them.
    """
    verb, what, *numbers = [*button.split("-"), "", ""]
    places = [int(one) for one in numbers if one.isdecimal()]
    goals, package = rows["goals"], rows["package"]
    lists = {"goal": goals, "line": package}
    if what == "activity" and places and places[0] < len(goals):
        lists["activity"] = goals[places.pop(0)]["activities"]
    chosen = lists.get(what)
    if chosen is None:
        return rows
    if verb == "add" and len(chosen) < _MOST_ROWS:
        chosen.append({})
    elif verb == "drop" and places and places[0] < len(chosen):
        del chosen[places[0]]
    return rows
