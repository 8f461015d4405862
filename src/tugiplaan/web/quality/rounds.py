"""Rounds: the list, one with its standards, the team, judging, closing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.providers.queries import places_of
from tugiplaan.quality.actions import (
    NewRound,
    close_round,
    start_round,
)
from tugiplaan.quality.catalogue import themes
from tugiplaan.quality.queries import (
    OneStandard,
    OneTheme,
    RoundView,
    improvements_of,
    packs_of,
    round_view,
    rounds_of,
)
from tugiplaan.web.forms import DayField, Form
from tugiplaan.web.lists import paged
from tugiplaan.web.quality.levels import chip_of, told_evidence
from tugiplaan.web.quality.room import QualityForm, QualityPage
from tugiplaan.web.setup.shared import PickField, offer


class Rounds(QualityPage):
    """The rounds, those that go on first, and what waits."""

    template = "web/quality/rounds.html"
    tab = "rounds"

    def look(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        provider_id = self.desk.provider_id
        page = paged(self.request, rounds_of(provider_id))
        going = improvements_of(provider_id).filter(ended_on__isnull=True)
        late = [row for row in going if row.due_on < self.desk.day]
        return {
            "page": page,
            "open": [one for one in page if not hasattr(one, "closing")],
            "closed": [one for one in page if hasattr(one, "closing")],
            "going": len(going),
            "late": len(late),
        }


class RoundForm(Form):
    """What is assessed, over which period."""

    place = PickField(label=_("Mida hinnatakse"), required=False)
    first_day = DayField(label=_("Vaadeldava aja algus"))
    last_day = DayField(label=_("Vaadeldava aja lõpp"))
    pack = PickField(
        label=_("Kriteeriumid"),
        required=False,
        help_text=_("Ilma failita hinnatakse 25 standardit otse."),
    )


class StartRound(QualityForm):
    """Begin to assess a place, or the whole organisation."""

    form_class = RoundForm
    title = _("Alusta hindamist")
    intro = _("Meeskond vaatab ühe koha või kogu asutuse elu teema teema haaval läbi.")
    button = _("Alusta")
    done = _("Hindamine on alanud. Lisa nüüd meeskond.")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        day = self.desk.day
        return {"first_day": day.replace(month=1, day=1), "last_day": day}

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        form = super().form(data, files, **ids)
        provider_id = self.desk.provider_id
        places = ((one.pk, one.name) for one in places_of(provider_id))
        offer(form, "place", places, none=_("Kogu asutus"))
        packs = ((one.pk, str(one)) for one in packs_of(provider_id))
        offer(form, "pack", packs, none=_("Ilma kriteeriumideta"))
        return form

    def act(self, form: forms.Form, **ids: Any) -> str:  # noqa: ARG002
        told = form.cleaned_data
        new = NewRound(told["first_day"], told["last_day"], told["place"], told["pack"])
        row = start_round(provider_id=self.desk.provider_id, new=new, **self.who)
        self.say(str(self.done))
        return self.url("quality_round", row.pk)


class OneRound(QualityPage):
    """A round: who assesses, what was judged, what the records say, what gets better."""

    template = "web/quality/round.html"
    tab = "rounds"

    def look(self, **ids: Any) -> dict[str, Any]:
        view = round_view(self.round(**ids), self.desk.day)
        return {
            "view": view,
            "themes": [(one, chip_of(one.score), _standards(one)) for one in view.themes],
            "evidence": told_evidence(self.desk, view.evidence.items()),
            "next": next_missing(view),
        }


def _standards(theme: OneTheme) -> list[tuple[OneStandard, Any]]:
    return [(one, chip_of(one.score)) for one in theme.standards]


def next_missing(view: RoundView) -> str:
    """Give the number whose page comes next in the walk through a round."""
    lacking = {one if one.count(".") < 2 else one.rpartition(".")[0] for one in view.missing}
    return next((number for number in walk() if number in lacking), "")


def walk() -> list[str]:
    """Give the numbers in the order in which a team goes: standards, then their theme."""
    return [
        number
        for theme in themes()
        for number in [*(one.number for one in theme.standards), theme.number]
    ]


class CloseForm(Form):
    """What the team says of the round as a whole."""

    conclusion = forms.CharField(
        label=_("Meeskonna kokkuvõte"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Mis on hästi, mis vajab muutust ja mida inimesed ise ütlesid."),
    )


class CloseRound(QualityForm):
    """Close a round for ever."""

    form_class = CloseForm
    title = _("Lõpeta hindamine")
    intro = _("Lõpetatud hindamist ei muudeta enam. Tõendite arvud jäävad nii, nagu need täna on.")
    button = _("Lõpeta hindamine")
    done = _("Hindamine on lõpetatud.")
    back = "quality_round"

    def back_url(self, **ids: Any) -> str:
        return self.url(self.back, ids["round_id"])

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        self.round(**ids)
        return super().form(data, files, **ids)

    def save(self, form: forms.Form, **ids: Any) -> None:
        conclusion = form.cleaned_data["conclusion"]
        close_round(round_=self.round(**ids), conclusion=conclusion, **self.who)
