"""What recording asks: one person's visit, a group session, a correction."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.delivery.actions.together import MissedKind
from tugiplaan.delivery.entries import Entry, SessionEntry
from tugiplaan.rules.vocabulary import Audience
from tugiplaan.web.forms import DayField, Form, WhyForm
from tugiplaan.web.today.naming import activity_codes, activity_name, audience_name
from tugiplaan.web.today.what import What

_MOST_MINUTES = 24 * 60
_HOUR = 60


class WhatField(forms.CharField):
    """One choice of what was done, by its key."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            return What.of_key(value)
        except ValueError as error:
            raise forms.ValidationError(_("Vali, mida tegite.")) from error


class _Timed(Form):
    """What a visit and a session have in common."""

    day = DayField(label=gettext_lazy("Päev"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Kui kaua"), min_value=1, max_value=_MOST_MINUTES, required=False
    )
    other_minutes = forms.IntegerField(
        label=gettext_lazy("Muu kestus, minutites"),
        min_value=1,
        max_value=_MOST_MINUTES,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    fact = forms.CharField(label=gettext_lazy("Mida tegite?"), required=False, max_length=200)
    start = forms.TimeField(
        label=gettext_lazy("Algus"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    worker = forms.UUIDField(
        label=gettext_lazy("Kes oli abiks"),
        error_messages={"required": gettext_lazy("Vali töötaja, kes abi andis.")},
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["length"] = found.get("other_minutes") or found.get("minutes")
        start = found.get("start")
        found["start_minute"] = start.hour * _HOUR + start.minute if start else None
        return found

    def needs_length(self, found: dict[str, Any]) -> None:
        """Ask how long it was where no field said it wrongly."""
        if not found["length"] and not {"minutes", "other_minutes"} & set(self.errors):
            self.add_error("minutes", _("Vali, kui kaua see kestis."))


class VisitForm(_Timed, WhyForm):
    """One person's visit: what, how long, a line of what was done."""

    entry = forms.UUIDField(widget=forms.HiddenInput)
    what = WhatField(error_messages={"required": gettext_lazy("Vali, mida tegite.")})
    activity = forms.CharField(required=False, max_length=200)
    audience = forms.ChoiceField(label=gettext_lazy("Kellega"), required=False)
    goal = forms.UUIDField(label=gettext_lazy("Eesmärk"), required=False)
    line = forms.CharField(
        label=gettext_lazy("Päevikusse"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audience: Any = self.fields["audience"]
        audience.choices = [("", _("nagu tavaliselt"))] + [(a, audience_name(a)) for a in Audience]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        what = found.get("what")
        if what and what.kind != "day":
            self.needs_length(found)
        if found.get("fact") and found.get("activity") in activity_codes():
            sentence = _("„{activity}“ läheb kirja just nii. Oma rida kirjuta päevikusse.")
            self.add_error("fact", sentence.format(activity=activity_name(found["activity"])))
        return found

    def entry_of(self, person_id: Any) -> Entry:
        """Give the entry of what was sent, once it is valid."""
        found = self.cleaned_data
        what: What = found["what"]
        return what.entry(
            person_id,
            id=found["entry"],
            day=found["day"],
            minutes=found["length"],
            worker_id=found["worker"],
            start=found["start_minute"],
            activity=found["fact"] or found["activity"],
            goal_id=found["goal"],
            audience=Audience(found["audience"]) if found["audience"] else None,
        )


class MendForm(VisitForm):
    """A correction: as a visit, with its reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = True
        self.fields["why"].help_text = _("Näiteks: vale kestus, vale inimene.")


class CancelForm(Form):
    """Why a record does not hold."""

    why = forms.CharField(
        label=gettext_lazy("Miks kirje ei kehti?"),
        error_messages={"required": gettext_lazy("Kirjuta põhjus, siis saab kirje tühistada.")},
    )


class GroupForm(_Timed, WhyForm):
    """A group session. Who is who stands in fields that the page makes for each face."""

    session = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Rühma nimi"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        try:
            data: Any = self.data
            members = [_member(data, text) for text in data.getlist("who")]
        except ValueError:
            self.add_error(None, _("Rühma liikmeid ei saanud lugeda. Ava rühm uuesti."))
            return found
        found["members"] = members
        if any(member["what"].kind != "day" for member in members if member["is_in"]):
            self.needs_length(found)
        if not any(member["is_in"] for member in members):
            self.add_error(None, _("Keegi ei võtnud osa, kirja pole midagi panna."))
        return found

    @property
    def session_of(self) -> SessionEntry:
        """Give the session of what was sent."""
        found = self.cleaned_data
        return SessionEntry(
            id=found["session"],
            day=found["day"],
            start=found["start_minute"],
            title=found["title"],
            note=found["fact"],
        )

    def entries(self) -> list[tuple[Any, Entry]]:
        """Give each person who took part, with the entry."""
        found = self.cleaned_data
        same = {
            "day": found["day"],
            "minutes": found["length"],
            "worker_id": found["worker"],
            "start": found["start_minute"],
            "activity": found["fact"],
            "goal_id": None,
        }
        return [
            (one["person"], one["what"].entry(one["person"], id=one["entry"], **same))
            for one in found["members"]
            if one["is_in"]
        ]

    def missed(self) -> list[tuple[Any, MissedKind]]:
        """Give who was expected and did not come, and why."""
        return [
            (one["person"], one["reason"])
            for one in self.cleaned_data["members"]
            if one["is_expected"] and not one["is_in"]
        ]

    def lines(self) -> list[tuple[Any, Any, str]]:
        """Give the private lines: entry, person, text."""
        return [
            (one["entry"], one["person"], one["line"])
            for one in self.cleaned_data["members"]
            if one["is_in"] and one["line"]
        ]


def _member(data: Any, text: str) -> dict[str, Any]:
    """Read one face: `person entry what`, and the fields that bear the person's id.

    Raises:
        ValueError: It is none.
    """
    uuid = forms.UUIDField()
    person, entry, key = text.split(" ", 2)
    try:
        ids = uuid.clean(person), uuid.clean(entry)
    except forms.ValidationError as error:
        raise ValueError(text) from error
    return {
        "person": ids[0],
        "entry": ids[1],
        "what": What.of_key(key),
        "is_in": person in data.getlist("in"),
        "is_expected": person in data.getlist("expected"),
        "reason": MissedKind(data.get(f"reason-{person}") or MissedKind.OTHER),
        "line": data.get(f"line-{person}", "").strip(),
    }
