"""What is asked when somebody is assessed: a domain in one view, a beginning, a correction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tugiplaan.assessments.actions import Given
from tugiplaan.assessments.queries import View
from tugiplaan.audit.language import language
from tugiplaan.rules.scoring import Domain, Item, Part, ScaleKind, in_words
from tugiplaan.web.forms import DayField, Form

_APART = " – "
_HAS_OWN_TEXT = frozenset({ScaleKind.TEXT})
_MOST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Choice:
    """One value as it is offered.

    Attributes:
        short: What stands on it.
        rest: What it means beyond that, for who cannot see the list of meanings.
        is_explained: A comment is expected with it.
    """

    widget: Any
    short: str
    rest: str
    is_explained: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A question as it is drawn."""

    item: Item
    label: str
    note: str
    choices: tuple[Choice, ...]
    value: BoundField | None
    comment: BoundField | None

    @property
    def is_tick(self) -> bool:
        return self.item.scale.kind is ScaleKind.TICK

    @property
    def is_text(self) -> bool:
        return self.item.scale.kind in _HAS_OWN_TEXT


@dataclass(frozen=True, slots=True)
class PartDrawn:
    """A part as it is drawn.

    Attributes:
        gate: Its main question; None: it has none.
        opens: The answer of the main question that opens the others.
    """

    label: str
    gate: Row | None
    opens: str
    rows: tuple[Row, ...]


def value_field(item: Item) -> forms.Field:
    """Make the field of a value; the action, not the field, holds it against its scale."""
    if item.scale.kind is ScaleKind.TICK:
        return forms.CharField(required=False, widget=forms.CheckboxInput)
    words = [(value, item.told(value, language())) for value in item.scale.values]
    widget = forms.RadioSelect(choices=[("", _t("vastamata")), *words])
    return forms.CharField(required=False, widget=widget)


def _comment_field(item: Item) -> forms.Field:
    rows = 3 if item.scale.kind in _HAS_OWN_TEXT else 2
    return forms.CharField(
        required=False,
        max_length=_MOST_TEXT,
        label=_t("Selgitus"),
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DomainForm(Form):
    """One domain of an instrument in one view."""

    def __init__(
        self, data: Any, *, domain: Domain, view: View, held: Mapping[str, list[str]]
    ) -> None:
        """Make its fields.

        Args:
            data: What was sent; None: nothing.
            domain: What is asked.
            view: In whose view.
            held: Value and comment by question, as the draft has them.
        """
        self.domain, self.view = domain, view
        asked = [item for part in domain.parts for item in _asked(part, view)]
        initial: dict[str, Any] = {}
        for item in asked:
            value, comment = held.get(item.code, ["", ""])
            is_tick = item.scale.kind is ScaleKind.TICK
            initial |= {f"v-{item.code}": value == "yes" if is_tick else value}
            initial |= {f"c-{item.code}": comment}
        super().__init__(data, initial=initial)
        for item in asked:
            if item.scale.values:
                self.fields[f"v-{item.code}"] = value_field(item)
            if item.scale.asks_comment or item.scale.kind in _HAS_OWN_TEXT:
                self.fields[f"c-{item.code}"] = _comment_field(item)

    def parts(self) -> Iterator[PartDrawn]:
        """Give the parts as they are drawn."""
        for part in self.domain.parts:
            gate = part.gate if part.gate and self.view in part.gate.item.views else None
            rows = tuple(self._row(item) for item in part.asked(self.view))
            if rows:
                drawn = self._row(gate.item) if gate else None
                yield PartDrawn(
                    part.label(language()), drawn, part.gate.opens if part.gate else "", rows
                )

    def _row(self, item: Item) -> Row:
        value = self[f"v-{item.code}"] if f"v-{item.code}" in self.fields else None
        comment = self[f"c-{item.code}"] if f"c-{item.code}" in self.fields else None
        is_radio = value is not None and item.scale.kind is not ScaleKind.TICK
        choices = tuple(_choice(item, one) for one in value) if value and is_radio else ()
        note = in_words(item.note, language())
        return Row(item, item.label(language()), note, choices, value, comment)

    def answers(self) -> list[Given]:
        """Give all answers of the domain; what a main question leaves closed is blank."""
        said = {name: str(value or "") for name, value in self.cleaned_data.items()}
        found: list[Given] = []
        for part in self.domain.parts:
            gate = part.gate.item.code if part.gate else ""
            is_open = part.is_open({gate: said.get(f"v-{gate}", "")})
            for item in _asked(part, self.view):
                value, comment = self._typed(item, said)
                is_kept = is_open or item.code == gate
                found.append(
                    Given(item.code, value, self.view, comment)
                    if is_kept
                    else Given(item.code, "", self.view)
                )
        return found

    def _typed(self, item: Item, said: Mapping[str, str]) -> tuple[str, str]:
        value = said.get(f"v-{item.code}", "")
        if item.scale.kind is ScaleKind.TICK:
            value = "yes" if value not in {"", "False"} else ""
        return value, said.get(f"c-{item.code}", "")


def _asked(part: Part, view: View) -> list[Item]:
    gate = [part.gate.item] if part.gate and view in part.gate.item.views else []
    return [*gate, *part.asked(view)]


def _choice(item: Item, widget: Any) -> Choice:
    value, label = widget.data["value"] or "", str(widget.choice_label)
    if not value:
        return Choice(widget, "–", label, is_explained=False)
    short, _apart, rest = label.partition(_APART)
    return Choice(widget, short, rest, item.wants_comment(value))


class BeginForm(Form):
    """With what and for which day somebody is assessed."""

    instrument = forms.ChoiceField(label=_("Millega hinnatakse"), widget=forms.RadioSelect)
    assessed_on = DayField(label=_("Hindamise päev"))
    referral = forms.ChoiceField(label=_("Suunamine"), required=False)


class CorrectForm(Form):
    """Another value or comment in the place of an answer, with the reason."""

    value = forms.CharField(label=_("Vastus"), required=False, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("Selgitus"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = forms.CharField(label=_("Põhjus"), widget=forms.TextInput)


class FileForm(Form):
    """The file of an instrument."""

    file = forms.FileField(
        label=_("Hindamisvahendi fail (YAML või JSON)"),
        help_text=_("Kuni 500 kB. Failis peab olema litsents: millise loaga vahendit kasutad."),
    )

    def text(self) -> str:
        """Give what the file says; what is no text is left out and refused by its reader."""
        given = self.cleaned_data["file"]
        return str(given.read().decode("utf-8-sig", errors="replace"))
