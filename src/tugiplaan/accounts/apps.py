"""The accounts app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, their roles, and what each may see and do where."""

    name = "tugiplaan.accounts"
    verbose_name = _("Kasutajad ja õigused")
