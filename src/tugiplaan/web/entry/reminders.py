"""Letters of what is due: whether one wants them, how early, and that one reads the address."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import confirm_address
from tugiplaan.accounts.queries import has_confirmed_address
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.deadlines.actions import choose_reminders
from tugiplaan.deadlines.queries.reminders import Choice, reminder_choice
from tugiplaan.rules.tables import builtin
from tugiplaan.web.desk import today
from tugiplaan.web.forms import Form

_SALT = "tugiplaan.confirm_address"
_VALID_SECONDS = 3 * 86_400


class ReminderForm(Form):
    """Whether, and how early."""

    is_on = forms.BooleanField(
        label=gettext_lazy("Saada mulle e-kiri, kui midagi on tähtajaks teha"), required=False
    )
    days_ahead = forms.IntegerField(
        label=gettext_lazy("Mitu päeva enne tähtaega"),
        min_value=0,
        help_text=gettext_lazy("0: kirjas on ainult see, mis on täna või juba hiljaks jäänud."),
    )


class Reminders(LoginRequiredMixin, View):
    """One's own letters of what is due."""

    def get(self, request: HttpRequest) -> HttpResponse:
        choice = reminder_choice(_user(request))
        initial = {"is_on": choice.is_on, "days_ahead": choice.days_ahead}
        return self._show(request, ReminderForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        if "letter" in request.POST:
            return _ask_to_confirm(request)
        form = ReminderForm(request.POST)
        if form.is_valid():
            choice = Choice(form.cleaned_data["is_on"], form.cleaned_data["days_ahead"])
            try:
                choose_reminders(choice=choice, by=_user(request), on=today(), law=builtin())
            except RefusedError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Valik on salvestatud."))
                return redirect("reminders")
        return self._show(request, form, 422)

    def _show(self, request: HttpRequest, form: ReminderForm, status: int = 200) -> HttpResponse:
        shown: dict[str, Any] = {
            "form": form,
            "is_confirmed": has_confirmed_address(_user(request)),
        }
        return render(request, "web/entry/reminders.html", shown, status=status)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the page asks for a log-in
    return request.user


def _ask_to_confirm(request: HttpRequest) -> HttpResponse:
    """Send the letter whose link shows that one reads the address."""
    user = _user(request)
    if not settings.CAN_SEND_LETTERS:
        raise Http404
    token = signing.dumps([str(user.pk), user.email], salt=_SALT)
    link = request.build_absolute_uri(reverse("confirm_address", args=(token,)))
    text = _(
        "Tere!\n\nKinnita, et loed seda postkasti: {link}\n\nLink kehtib kolm päeva. "
        "Kui sa seda ei küsinud, ei ole vaja midagi teha."
    ).format(link=link)
    try:
        send_mail(_("Kinnita oma e-posti aadress"), text, None, [user.email])
    except OSError:
        messages.error(
            request, _("Kirja ei õnnestunud saata. Proovi hiljem uuesti või räägi halduriga.")
        )
    else:
        messages.success(
            request, _("Kinnituskiri on saadetud aadressile {email}.").format(email=user.email)
        )
    return redirect("reminders")


class ConfirmAddress(LoginRequiredMixin, View):
    """One came by the link of the letter; programs that try links confirm nothing."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        email = _email_in(token, _user(request))
        return render(request, "web/entry/confirm_address.html", {"email": email})

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        user = _user(request)
        try:
            confirm_address(email=_email_in(token, user), by=user)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("Aadress on kinnitatud. Nüüd saad meeldetuletused sisse lülitada.")
            )
        return redirect("reminders")


def _email_in(token: str, user: User) -> str:
    """Give the address that a link of this user names; another's link opens nothing."""
    try:
        user_id, email = signing.loads(token, salt=_SALT, max_age=_VALID_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    if user_id != str(user.pk):
        raise Http404
    return str(email)
