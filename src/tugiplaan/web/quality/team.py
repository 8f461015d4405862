"""The team of a round: who joins, who leaves."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tugiplaan.accounts.queries import users_of
from tugiplaan.quality.actions import Member, add_assessor, remove_assessor
from tugiplaan.quality.queries import Perspective, round_of
from tugiplaan.web.forms import Form
from tugiplaan.web.quality.room import QualityForm
from tugiplaan.web.setup.shared import PickField, offer, text
from tugiplaan.web.shared import Act


class MemberForm(Form):
    """Who joins the team, and with whose eyes they look."""

    name = text(_("Nimi"))
    perspective = forms.ChoiceField(
        label=_("Kelle vaade"), choices=Perspective.choices, widget=forms.RadioSelect
    )
    user = PickField(
        label=_("Kasutaja"), required=False, help_text=_("Kui hindaja ka siia sisse logib.")
    )


class Join(QualityForm):
    """Let somebody join the team."""

    form_class = MemberForm
    title = _("Lisa hindaja")
    intro = _("Hea meeskond vaatab eri silmadega: teenuse saaja, lähedane, töötaja, väline.")
    done = _("Hindaja on lisatud.")
    back = "quality_round"

    def back_url(self, **ids: Any) -> str:
        return self.url(self.back, ids["round_id"])

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        self.round(**ids)
        form = super().form(data, files, **ids)
        users = ((one.pk, one.name) for one in users_of(self.desk.provider_id))
        offer(form, "user", users, none=_("Ei logi sisse"))
        return form

    def save(self, form: forms.Form, **ids: Any) -> None:
        told = form.cleaned_data
        member = Member(told["name"], Perspective(told["perspective"]), told["user"])
        add_assessor(round_=self.round(**ids), member=member, **self.who)


class Leave(Act):
    """Take somebody out of the team."""

    permission = "quality.write"

    def act(self, form: forms.Form, **ids: Any) -> str:  # noqa: ARG002
        round_ = round_of(self.desk.provider_id, ids["round_id"])
        assessor = round_.team.select_related("round").get(pk=ids["assessor_id"])
        remove_assessor(assessor=assessor, by=self.desk.user, on=self.desk.day)
        self.say(_t("{name} ei ole enam meeskonnas.").format(name=assessor.name))
        return self.url("quality_round", round_.pk)
