"""The doors of the demo: one log-in for each role, without a password.

These addresses exist only where TUGIPLAAN_DEMO is set, and open only a database that is the
demo's own: neither a setting nor a database alone lets anybody in.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views import View

from tugiplaan.accounts.access import User, grants_on, role_names_of
from tugiplaan.accounts.queries import users_who_may_log_in
from tugiplaan.audit.language import language as spoken_language
from tugiplaan.audit.queries import has_event
from tugiplaan.providers.queries import names_of
from tugiplaan.web.desk import today
from tugiplaan.web.entry.second_step import remember_second_step


class _OnlyInDemo(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO or not has_event("sample.demo"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class Doors(_OnlyInDemo):
    """Everybody in the demo, by provider and role."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = []
        for user in users_who_may_log_in():
            grants = grants_on(user, today())
            if grants:
                rows.append((user, grants[0]))
        names = names_of({one.provider_id for _, one in rows if one.provider_id})
        labels = role_names_of({one.role for _, one in rows}, spoken_language())
        doors = [
            (user, labels[one.role], names[one.provider_id] if one.provider_id else "")
            for user, one in rows
        ]
        doors.sort(key=lambda door: (door[2], door[1], door[0].name))
        return render(request, "web/entry/demo.html", {"doors": doors})


class Enter(_OnlyInDemo):
    """Come in as one of them."""

    def post(self, request: HttpRequest, user_id: UUID) -> HttpResponse:
        user = get_object_or_404(User, pk=user_id, is_active=True)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        remember_second_step(request)
        return redirect("home")
