"""Judging one standard with its criteria, or one theme, and going on to the next."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _t

from tugiplaan.quality.actions import Found, record_scores
from tugiplaan.quality.queries import Level, OneStandard, OneTheme, Round, RoundView, round_view
from tugiplaan.web.forms import Form
from tugiplaan.web.quality.levels import Chip, chip_of, level_choices, told_evidence
from tugiplaan.web.quality.room import QualityForm
from tugiplaan.web.quality.rounds import walk


class ScoreForm(Form):
    """A level and a note for each of some numbers."""

    def __init__(self, *args: Any, numbers: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = numbers
        for number, label in numbers.items():
            self.fields[key("level", number)] = forms.ChoiceField(
                label=label, choices=level_choices, widget=forms.RadioSelect, required=False
            )
            self.fields[key("note", number)] = forms.CharField(
                label=_t("Mida nägime ja kuulsime: {number}").format(number=number),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def found(self) -> dict[str, Found]:
        """Give what was judged; what has no level is left out."""
        told = self.cleaned_data
        return {
            number: Found(Level(told[key("level", number)]), told[key("note", number)].strip())
            for number in self.numbers
            if told[key("level", number)]
        }


def key(what: str, number: str) -> str:
    """Give the name of a field: `level` or `note` of a number."""
    return f"{what}_{number.replace('.', '_')}"


class Judge(QualityForm):
    """Judge a standard or a theme. Seen with `quality.read`, also of a closed round."""

    permission = "quality.read"
    template = "web/quality/judge.html"
    form_class = ScoreForm
    back = "quality_round"

    def view(self, **ids: Any) -> RoundView:
        """Give the round, read once for a request."""
        if not hasattr(self, "_view"):
            self._view = round_view(self.round(**ids), self.desk.day)
        return self._view

    def one(self, **ids: Any) -> OneStandard | OneTheme:
        """Give the standard or theme of the address.

        Raises:
            Round.DoesNotExist: There is none.
        """
        found = of_number(self.view(**ids), ids["number"])
        if found is None:
            raise Round.DoesNotExist
        return found

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        one = self.one(**ids)
        label = _t("Teema {number} tase") if isinstance(one, OneTheme) else _t("{number} tase")
        rows = [] if isinstance(one, OneTheme) else one.criteria
        labels = {each.number: f"{each.number} {each.text}" for each, _score in rows}
        labels[ids["number"]] = label.format(number=ids["number"])
        scores = {each.number: score for each, score in rows} | {ids["number"]: one.score}
        initial = {}
        for number, score in scores.items():
            if score is not None:
                initial[key("level", number)] = score.level
                initial[key("note", number)] = score.note
        return ScoreForm(data, files, initial=initial, numbers=labels)

    def read(self, **ids: Any) -> dict[str, Any]:
        view, one, number = self.view(**ids), self.one(**ids), ids["number"]
        steps = walk()
        at = steps.index(number)
        return {
            "section": "quality",
            "form": self.form(**ids),
            "view": view,
            "one": one,
            "number": number,
            "label": one.theme.label if isinstance(one, OneTheme) else one.standard.label,
            "chip": chip_of(one.score),
            "rows": _rows(one),
            "evidence": _evidence(self, one),
            "improvements": [row for row in view.improvements if row.number == number],
            "before": steps[at - 1] if at else "",
            "after": steps[at + 1] if at + 1 < len(steps) else "",
            "may_judge": view.closing is None and self.desk.may("quality.write"),
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        record_scores(round_=self.round(**ids), found=cast("ScoreForm", form).found(), **self.who)
        steps = walk()
        at = steps.index(ids["number"]) + 1
        self.say(_t("{number} on salvestatud.").format(number=ids["number"]))
        if at < len(steps):
            return self.url("quality_judge", ids["round_id"], steps[at])
        return self.url("quality_round", ids["round_id"])


def of_number(view: RoundView, number: str) -> OneStandard | OneTheme | None:
    """Give the standard or theme of a round with a number; None: there is none."""
    for theme in view.themes:
        if theme.theme.number == number:
            return theme
        for one in theme.standards:
            if one.standard.number == number:
                return one
    return None


def _rows(one: OneStandard | OneTheme) -> list[tuple[str, str, Chip, str]]:
    """Give what lies below: standards of a theme, criteria of a standard; with their chips."""
    if isinstance(one, OneTheme):
        below = [(each.standard.number, each.standard.label, each.score) for each in one.standards]
    else:
        below = [(each.number, each.text, score) for each, score in one.criteria]
    return [
        (number, label, chip_of(score), score.note if score else "")
        for number, label, score in below
    ]


def _evidence(page: Judge, one: OneStandard | OneTheme) -> list[tuple[str, str]]:
    if isinstance(one, OneStandard):
        return told_evidence(page.desk, one.evidence)
    counted = {kind: count for each in one.standards for kind, count in each.evidence}
    return told_evidence(page.desk, counted.items())
