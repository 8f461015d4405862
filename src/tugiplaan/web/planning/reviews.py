"""Rating how a plan is carried out: each quarter by goal, each year in writing; corrections."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.delivery.queries.records import GoalTime, time_by_goal
from tugiplaan.plans.actions import (
    Outcome,
    ReviewDraft,
    ReviewKind,
    correct_review,
    review_goals,
)
from tugiplaan.plans.queries import GoalTree, PlanTree, Review, duties_of, plan_tree
from tugiplaan.rules.deadlines import Deadline, DeadlineCode
from tugiplaan.web import telling
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.people.reach import entries_of
from tugiplaan.web.planning.room import VersionForm

_WHOLE = "whole"


def _outcome() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("Kuidas eesmärk täitus"),
        choices=[("", "–"), *Outcome.choices],
        required=False,
    )


def _text(label: Any, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, widget=area)


class RatingForm(Form):
    """A rating of the goals and of the whole plan, over some days."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Milline hinnang"), choices=ReviewKind.choices, widget=forms.RadioSelect
    )
    period_from = DayField(label=gettext_lazy("Alates"))
    period_to = DayField(label=gettext_lazy("Kuni"))

    def __init__(self, data: Any, files: Any, *, initial: Any, goals: Sequence[GoalTree]) -> None:
        super().__init__(data, files, initial=initial)
        self.goals = goals
        for tree in goals:
            number = tree.goal.number
            label = _("{number}. {goal}").format(number=number, goal=tree.goal.text)
            self.fields[f"text-{number}"] = _text(label, 3)
            self.fields[f"outcome-{number}"] = _outcome()
        self.fields[_WHOLE] = _text(_("Plaan tervikuna"), 5)

    def drafts(self) -> list[ReviewDraft]:
        """Give the ratings that were written; what is empty is left out."""
        asked = self.cleaned_data
        shared = (ReviewKind(asked["kind"]), asked["period_from"], asked["period_to"])
        found = [
            ReviewDraft(
                *shared,
                text=asked[f"text-{one.goal.number}"],
                goal_id=one.goal.pk,
                outcome=asked[f"outcome-{one.goal.number}"],
            )
            for one in self.goals
            if asked[f"text-{one.goal.number}"].strip() or asked[f"outcome-{one.goal.number}"]
        ]
        if asked[_WHOLE].strip():
            found.append(ReviewDraft(*shared, text=asked[_WHOLE]))
        return found


class Rate(VersionForm):
    """A quarterly or yearly rating, with what was done for each goal already written in."""

    template = "web/planning/rate.html"
    title = gettext_lazy("Hinda plaani")
    tree: PlanTree
    due: tuple[Deadline, ...]

    def find(self, **ids: Any) -> None:
        super().find(**ids)
        self.tree = plan_tree(self.version.plan)
        self.due = duties_of(self.version.plan, self.desk.day, self.desk.law).deadlines

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> RatingForm:
        if not hasattr(self, "tree"):
            self.find(**ids)
        return RatingForm(data, files, initial=self.initial(**ids), goals=self.tree.goals)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        kind, first, last = self._asked()
        shown: dict[str, Any] = {"kind": kind, "period_from": first, "period_to": last}
        if kind == ReviewKind.YEARLY:
            entries = entries_of(self.person)
            times = time_by_goal(self.desk.provider_id, entries, first, last)
            for tree in self.tree.goals:
                shown[f"text-{tree.goal.number}"] = done_for(tree, times)
        return shown

    def _asked(self) -> tuple[ReviewKind, date, date]:
        """Give the rating that is asked for, else the first one that is due, else until today."""
        plan, day = self.version.plan, self.desk.day
        wanted = self.request.GET.get("kind", "")
        for one in self.due:
            kind = kind_of(one)
            if wanted in {"", kind.value} and one.first_day and one.last_day:
                return kind, max(one.first_day, plan.valid_from), min(one.last_day, day)
        kind = ReviewKind(wanted) if wanted in ReviewKind.values else ReviewKind.QUARTERLY
        return kind, min(plan.valid_from, day), day

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {
            "due": [(kind_of(one).label, one) for one in self.due],
            "tree": self.tree,
        }

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        drafts = form.drafts()
        review_goals(plan=self.version.plan, drafts=drafts, by=self.desk.user, on=self.desk.day)
        return self.done(_("Hinnang on kirjas."))


def kind_of(due: Deadline) -> ReviewKind:
    """Say which rating a duty asks for."""
    is_yearly = due.code is DeadlineCode.YEARLY_ASSESSMENT
    return ReviewKind.YEARLY if is_yearly else ReviewKind.QUARTERLY


def done_for(tree: GoalTree, times: Sequence[GoalTime]) -> str:
    """Write what was done for a goal: its activities and the hours given."""
    mine = [one for one in times if one.goal_id == tree.goal.pk]
    names = "; ".join(row.text.rstrip(". ") for row in tree.activities)
    if not mine:
        return _("Tegevused: {names}. Tunde selle eesmärgi kohta kirjas ei ole.").format(
            names=names
        )
    return _("Tegevused: {names}. Tehtud {time}, {count} korral, viimati {day}.").format(
        names=names,
        time=telling.minutes(sum(one.minutes for one in mine)),
        count=len(mine),
        day=telling.day(max(one.day for one in mine)),
    )


class CorrectionForm(Form):
    """Another rating in the place of one."""

    period_from = DayField(label=gettext_lazy("Alates"))
    period_to = DayField(label=gettext_lazy("Kuni"))
    outcome = _outcome()
    text = forms.CharField(
        label=gettext_lazy("Hinnang"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    why = forms.CharField(
        label=gettext_lazy("Miks parandad"),
        help_text=gettext_lazy("Põhjus jääb parandusega koos alles."),
    )


class CorrectRating(VersionForm):
    """A rating corrected with a reason; the old one stays in the history."""

    form_class = CorrectionForm
    title = gettext_lazy("Paranda hinnangut")
    row: Review

    def find(self, **ids: Any) -> None:
        super().find(**ids)
        tree = plan_tree(self.version.plan)
        rows = [*tree.reviews, *(row for goal in tree.goals for row in goal.reviews)]
        found = next((row for row in rows if row.pk == ids["row_id"]), None)
        if found is None:
            raise Review.DoesNotExist
        self.row = found

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.row
        names = ("period_from", "period_to", "outcome", "text")
        return {name: getattr(row, name) for name in names}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        asked = dict(form.cleaned_data)
        why = asked.pop("why")
        draft = ReviewDraft(ReviewKind(self.row.kind), goal_id=self.row.goal_id, **asked)
        correct_review(row=self.row, draft=draft, why=why, by=self.desk.user, on=self.desk.day)
        return self.done(_("Hinnang on parandatud; varasem jäi ajalukku alles."))
