"""Where allauth meets our records: passwords and log-ins are acts of a user."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse

from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import keep_password, record_log_in


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up by themselves; what changes a user goes through `accounts.actions`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        user.password = make_password(password)
        keep_password(user=cast("User", user), hashed=user.password)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **told: Any) -> HttpResponse:
        record_log_in(user=cast("User", user))
        return cast("HttpResponse", super().post_login(request, user, **told))
