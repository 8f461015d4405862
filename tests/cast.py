"""The fixed cast of the tests that need a database: users, their providers, and a factory."""

from datetime import date
from typing import Any

from django.conf import settings

from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Grant, User
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person
from tugiplaan.people.names import search_key, sort_key
from tugiplaan.providers.models import Provider

TODAY = date(2026, 6, 15)
MARKS = 2 if "postgresql" in settings.DATABASES["default"]["ENGINE"] else 0
"""How many questions of recording a reading only tell PostgreSQL who acts."""


def make_provider(name: str = "Kodu OÜ", **values: Any) -> Provider:
    """Make a provider."""
    with acting(by=operator(), name="test.make_provider"):
        return Provider.objects.create(name=name, **values)


def make_user(name: str, role: str = "", provider: Provider | None = None, **grant: Any) -> User:
    """Make a user, with one grant where a role is named."""
    user = User(email=f"{name.lower().replace(' ', '.')}@example.ee", name=name)
    with acting(by=operator(), name="test.make_user"):
        user.save(force_insert=True)
        if role:
            grant.setdefault("valid_from", date(2024, 1, 1))
            Grant.objects.create(user=user, role=role, provider=provider, **grant)
    return user


def make_person(provider: Provider, code: str = "P1", **values: Any) -> Person:
    """Make a person of a provider."""
    values.setdefault("first_name", "Mari")
    values.setdefault("last_name", f"Maasikas {code}")
    values.setdefault("birth_date", date(1980, 5, 17))
    values["sort_name"] = sort_key(values["last_name"], values["first_name"])
    values["search_name"] = search_key(values["first_name"], values["last_name"])
    with acting(by=operator(), name="test.make_person", provider_id=provider.pk):
        return Person.objects.create(provider=provider, code=code, **values)
