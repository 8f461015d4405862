"""A new decision: written down, checked before it is kept, then kept."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tugiplaan.deadlines.queries import free_places
from tugiplaan.referrals.actions import Tried, take_in, try_out
from tugiplaan.referrals.cautions import CautionCode
from tugiplaan.web.intake.checks import checks, seen
from tugiplaan.web.intake.forms import DecisionForm
from tugiplaan.web.intake.room import PERMISSION
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.shared import FormPage

_KNOWN = frozenset(CautionCode)


class NewDecision(FormPage):
    """The form; its first button checks, the second one keeps."""

    permission = PERMISSION
    template = "web/intake/new.html"
    form_class = DecisionForm

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:  # noqa: ARG002
        initial = {"person": self.request.GET.get("person")}
        return DecisionForm(data, files, initial=initial, desk=self.desk)

    def read(self, **ids: Any) -> dict[str, Any]:
        rooms = [
            (one, service_name(one.service))
            for one in free_places(self.desk.provider_id, self.desk.day)
            if one.place_id and one.free
        ]
        return {"section": "intake", "form": self.form(**ids), "rooms": rooms}

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        if request.POST.get("wish") == "keep":
            return super().post(request, **ids)
        form: Any = self.form(request.POST, **ids)
        shown = self.read(**ids)
        if not form.is_valid():
            return self.show(shown | {"form": form}, 422)
        (tried,) = try_out(
            provider_id=self.desk.provider_id,
            intakes=[form.intake(None)],
            by=self.desk.user,
            on=self.desk.day,
        )
        if tried.refusal is not None:
            _refuse(form, tried)
            return self.show(shown | {"form": form}, 422)
        again = self._looked(request, tried)
        return self.show(shown | {"form": again, "checks": checks(tried, self.desk.day)})

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        accepted = {CautionCode(one) for one in form.cleaned_data["seen"].split() if one in _KNOWN}
        recorded = take_in(
            provider_id=self.desk.provider_id,
            intake=form.intake(frozenset(accepted)),  # type: ignore[attr-defined]
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_("Suunamine {code} on vastu võetud.").format(code=recorded.row.code))
        for one in recorded.cautions:
            self.warn(one.text)
        return self.url("intake_one", recorded.row.pk)

    def _looked(self, request: HttpRequest, tried: Tried) -> Any:
        """Give the form again with what was seen written into it."""
        data = request.POST.copy()
        data["seen"] = seen(tried)
        again: Any = self.form(data)
        again.is_valid()
        return again


def _refuse(form: Any, tried: Tried) -> None:
    """Tell what refuses a decision beside its field."""
    field = {"person_id": "person", "variant": "service"}.get(
        name := getattr(tried.refusal, "field", ""), name
    )
    form.add_error(field if field in form.fields else None, str(tried.refusal))
