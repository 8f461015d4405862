"""The texts of criteria that the organisation brought, and bringing more."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.quality.actions import bring_criteria
from tugiplaan.quality.packs import MOST_BYTES
from tugiplaan.quality.queries import packs_of
from tugiplaan.web.forms import Form
from tugiplaan.web.quality.room import QualityForm


class CriteriaForm(Form):
    """The file."""

    file = forms.FileField(label=_("YAML-fail"))

    def content(self) -> bytes:
        """Give the file; of one that is too big a byte more than there may be."""
        return bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))


class Criteria(QualityForm):
    """The files of criteria, and a form to bring one."""

    form_class = CriteriaForm
    template = "web/quality/criteria.html"
    title = _("Kriteeriumid")
    intro = _(
        "WHO QualityRightsi standardite ja kriteeriumide tekstid kuuluvad WHO-le, seepärast neid "
        "siin ei ole. Kui asutusel on luba, saab need siia failina tuua."
    )
    button = _("Too fail sisse")
    done = _("Kriteeriumid on sisse toodud.")
    back = "quality_criteria"

    def read(self, **ids: Any) -> dict[str, Any]:
        packs = packs_of(self.desk.provider_id)
        return {**super().read(**ids), "packs": packs, "tab": "criteria"}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        data = cast("CriteriaForm", form).content()
        bring_criteria(provider_id=self.desk.provider_id, data=data, **self.who)
