"""No page without a second step: a passkey, or a password with a code from an app."""

from collections.abc import Callable
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.recorder import acting

_HAS = "has_second_step"
_OPEN = ("account", "language", "help", "manifest", "home")


def remember_second_step(request: HttpRequest) -> None:
    """Note for this log-in that there was a second step, or that none is wanted (the demo)."""
    request.session[_HAS] = True


def has_second_step(user: User) -> bool:
    """Say whether a user has a passkey or a code from an app."""
    return bool(is_mfa_enabled(user))


def forget_second_step(*, user: User, provider_id: UUID, by: User) -> None:
    """Take away every second step of a user who has lost it.

    Args:
        user: Who has lost a phone or a key.
        provider_id: In whose record it is written.
        by: Who helps.
    """
    with acting(by=by, name="accounts.forget_second_step", provider_id=provider_id) as act:
        Authenticator.objects.filter(user=user).delete()
        act.details["user"] = user.pk


class RequireSecondStep:
    """Ask who has only a password to add a second step before anything else."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before `respond`."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._respond(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Send to the second step whoever has none yet, but to the pages that lead there."""
        del view, args, kwargs
        if not settings.SECOND_STEP or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        route = request.resolver_match.route if request.resolver_match else ""
        if name in _OPEN or route.startswith(("log-in/", "two-steps/", "sessions/")):
            return None
        if request.session.get(_HAS):
            return None
        if is_mfa_enabled(request.user):
            remember_second_step(request)
            return None
        messages.warning(
            request,
            _("Enne tööle asumist lisa teine samm: pääsuvõti või kood telefoni äpist."),
        )
        return redirect(reverse("mfa_index"))
