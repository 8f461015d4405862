"""The operator's room: all providers, and registering a new one with its first director."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views import View

from tugiplaan.accounts.access import NotAllowedError, User, remembering_grants, require
from tugiplaan.accounts.actions import GrantTerms, add_user, grant
from tugiplaan.accounts.queries import user_by_email
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.actions import register_provider
from tugiplaan.providers.agreements import all_providers
from tugiplaan.web.desk import today
from tugiplaan.web.lists import paged
from tugiplaan.web.setup.provider import ProviderFields, data_of
from tugiplaan.web.setup.shared import text
from tugiplaan.web.setup.users import newcomer_of
from tugiplaan.web.shared import only_reading

_EVERYWHERE = "providers.write"


class _OperatorPage(View):
    """A page of no provider, for whom the permission is granted everywhere."""

    user: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.user = request.user
        with remembering_grants():
            try:
                require(self.user, _EVERYWHERE, None, today())
                return super().dispatch(request, *args, **kwargs)
            except NotAllowedError as error:
                shown = {"holders": [], "permission": error.permission}
                return TemplateResponse(request, "web/no_right.html", shown, status=403)


class Providers(_OperatorPage):
    """All providers, by name."""

    def get(self, request: HttpRequest) -> HttpResponse:
        with only_reading():
            shown = {"page": paged(request, all_providers())}
            return TemplateResponse(request, "web/setup/providers.html", shown).render()


class NewProviderForm(ProviderFields):
    """An organisation and its first director."""

    director_name = text(_("Juhi nimi"))
    director_email = forms.EmailField(label=_("Juhi e-post"))
    director_language = forms.ChoiceField(label=_("Juhi lehtede keel"), choices=settings.LANGUAGES)


class RegisterProvider(_OperatorPage):
    """Register an organisation, with the director who sets up the rest."""

    def get(self, request: HttpRequest) -> HttpResponse:
        with only_reading():
            return self._show(request, NewProviderForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewProviderForm(request.POST)
        if form.is_valid():
            try:
                return HttpResponseRedirect(self._register(form))
            except RefusedError as error:
                form.add_error(None, str(error))
        return self._show(request, form, 422)

    def _show(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        shown = {
            "form": form,
            "title": _("Uus asutus"),
            "intro": _("Juht saab rolli kohe ja teeb ülejäänu ise sammhaaval."),
            "button": _("Registreeri"),
            "back": reverse("operator_providers"),
        }
        return TemplateResponse(request, "web/setup/form.html", shown, status=status).render()

    def _register(self, form: forms.Form) -> str:
        day, told = today(), form.cleaned_data
        with transaction.atomic():
            provider = register_provider(data=data_of(form), by=self.user, on=day)
            known = user_by_email(told["director_email"])
            director = known or self._director(form, provider.pk)
            terms = GrantTerms(role="director", provider_id=provider.pk, valid_from=day)
            grant(user=director, terms=terms, by=self.user, on=day)
        done = _t("{name} on registreeritud, juht on {director}.")
        messages.success(self.request, done.format(name=provider, director=director))
        if known:
            return reverse("setup", args=(provider.pk,))
        return reverse("setup_user_invite", args=(provider.pk, director.pk))

    def _director(self, form: forms.Form, provider_id: UUID) -> User:
        names = ("name", "email", "language")
        told = {name: form.cleaned_data[f"director_{name}"] for name in names}
        newcomer = newcomer_of(told | {"phone": ""})
        return add_user(provider_id=provider_id, newcomer=newcomer, by=self.user, on=today())
