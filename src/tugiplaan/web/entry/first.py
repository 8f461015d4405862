"""The very first user of an empty database: whoever started the program and reads its terminal."""

import hmac
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from tugiplaan.accounts.actions import FirstUser, begin
from tugiplaan.accounts.queries import has_somebody_with_a_password
from tugiplaan.audit.language import language
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.web.desk import today
from tugiplaan.web.forms import Form


class FirstForm(Form):
    """Who begins."""

    code = forms.CharField(
        label=gettext_lazy("Kood"),
        help_text=gettext_lazy("See on kirjas aknas, milles programm käivitati."),
    )
    name = forms.CharField(label=gettext_lazy("Sinu nimi"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-post"))
    password = forms.CharField(
        label=gettext_lazy("Parool"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        wanted = first_code()
        if not wanted or not hmac.compare_digest(code.encode(), wanted.encode()):
            raise forms.ValidationError(_("Kood ei klapi. Vaata see aknast, kus programm käib."))
        return code

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password


def first_code() -> str:
    """Give the code that `tugiplaan serve` printed; empty: there is none."""
    file = settings.FIRST_CODE_FILE
    return file.read_text("ascii").strip() if file.exists() else ""


class First(View):
    """Begin: make the operator of an empty database and let them in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if has_somebody_with_a_password():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "web/entry/first.html", {"form": FirstForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FirstForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            who = FirstUser(given["email"], given["name"], language())
            try:
                user = begin(who=who, hashed=make_password(given["password"]), on=today())
            except RefusedError as error:
                form.add_error(None, str(error))
            else:
                settings.FIRST_CODE_FILE.unlink(missing_ok=True)
                login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
                return redirect("home")
        return render(request, "web/entry/first.html", {"form": form}, status=422)
