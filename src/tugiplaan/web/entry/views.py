"""The home page, the account, the language."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from tugiplaan.accounts.access import grants_on, role_names_of, roles
from tugiplaan.accounts.actions import choose_language
from tugiplaan.audit.language import language as spoken_language
from tugiplaan.providers.queries import names_of, provider_names
from tugiplaan.web.desk import desk_at, today
from tugiplaan.web.language import LANGUAGES


def back_to(request: HttpRequest, otherwise: str = "/") -> str:
    """Give the page of this site that a form names as `next`, else another."""
    asked = request.POST.get("next", "")
    here = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(asked, here, require_https=request.is_secure())
    return asked if is_ours else otherwise


class Home(LoginRequiredMixin, View):
    """The way to one's first page; who works at several providers chooses one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        grants = grants_on(request.user, today())  # type: ignore[arg-type]  # logged in
        everywhere = any(one.provider_id is None for one in grants)
        names = (
            {pk: name for pk, (name, _code) in provider_names().items()}
            if everywhere
            else names_of({one.provider_id for one in grants if one.provider_id})
        )
        if len(names) == 1:
            return redirect("provider_home", next(iter(names)))
        shown = {
            "names": sorted(names.items(), key=lambda one: one[1]),
            "has_a_role": bool(grants),
            "may_register": any(
                one.provider_id is None and roles()[one.role].allows("providers.write")
                for one in grants
            ),
        }
        return render(request, "web/entry/home.html", shown)


class ProviderHome(LoginRequiredMixin, View):
    """The first page of one's role at a provider."""

    def get(self, request: HttpRequest, provider_id: UUID) -> HttpResponse:
        desk = desk_at(request.user, provider_id, today())  # type: ignore[arg-type]  # logged in
        if desk is None or not desk.links:
            return redirect("home")
        return redirect(desk.links[0].name, provider_id)


class Account(LoginRequiredMixin, TemplateView):
    """What one may change about oneself, and what one may do where."""

    template_name = "web/entry/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        grants = grants_on(self.request.user, today())  # type: ignore[arg-type]  # logged in
        names = names_of({one.provider_id for one in grants if one.provider_id})
        labels = role_names_of({one.role for one in grants}, spoken_language())
        held = [
            (labels[one.role], names.get(one.provider_id) if one.provider_id else "", one)
            for one in grants
        ]
        return super().get_context_data(held=held, **kwargs)


class ChooseLanguage(View):
    """Change the language: of the user, or before the log-in of this browser."""

    def post(self, request: HttpRequest) -> HttpResponse:
        language = request.POST.get("language", "")
        answer = HttpResponseRedirect(back_to(request, reverse("home")))
        if language not in LANGUAGES:
            return answer
        if request.user.is_authenticated:
            choose_language(language=language, by=request.user)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86400, samesite="Lax"
        )
        return answer


class KeepSession(LoginRequiredMixin, View):
    """Stay logged in for another working day."""

    def post(self, request: HttpRequest) -> HttpResponse:
        request.session.set_expiry(settings.SESSION_COOKIE_AGE)
        messages.success(request, _("Jääd sisse logituks."))
        return HttpResponseRedirect(back_to(request, request.headers.get("Referer", "/")))


class Help(TemplateView):
    """How to find one's way, and the shortcuts."""

    template_name = "web/entry/help.html"


def closed(request: HttpRequest) -> HttpResponse:
    """Keep a page of allauth shut that would change users past `accounts.actions`."""
    raise Http404(request.path)


def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    """Describe the web application to a phone that installs it."""
    return JsonResponse(
        {
            "name": "Tugiplaan",
            "short_name": "Tugiplaan",
            "start_url": reverse("home"),
            "display": "standalone",
            "background_color": "#f9f9f9",
            "theme_color": "#005aa3",
            "icons": [
                {"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
                *(
                    {
                        "src": static(f"web/icon-{size}.png"),
                        "sizes": f"{size}x{size}",
                        "type": "image/png",
                        "purpose": "any maskable",
                    }
                    for size in (192, 512)
                ),
            ],
        },
        content_type="application/manifest+json",
    )
