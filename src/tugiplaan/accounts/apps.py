"""The accounts app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, their roles, and what each may see and do where."""

    name = "tugiplaan.accounts"
    verbose_name = "Kasutajad ja õigused"
