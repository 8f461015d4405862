"""What a user may do, and whom it reaches: the grants read as one answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

import yaml
from django.db.models import Q

from tugiplaan.accounts.models import Caseload, Grant, User

# `User` is given on, so that other apps need not reach for this app's tables.
__all__ = [
    "NotAllowedError",
    "Reach",
    "Role",
    "Scope",
    "User",
    "require",
    "roles",
    "scope_of",
    "scopes_of",
    "user_of",
]


class Reach(StrEnum):
    """Which persons a grant reaches."""

    ALL = "all"
    CASELOAD = "caseload"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Role:
    """A role of roles.yaml.

    Attributes:
        labels: Its name by language.
        may: Its permissions, `app.verb`; `*`: all.
    """

    code: str
    labels: dict[str, str]
    reach: Reach
    may: frozenset[str]

    def allows(self, permission: str) -> bool:
        """Tell whether the role holds a permission."""
        return permission in self.may or "*" in self.may


@cache
def roles() -> dict[str, Role]:
    """Give all roles by their code."""
    text = resources.files("tugiplaan.accounts").joinpath("roles.yaml").read_text("utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return {
        code: Role(code, row["label"], Reach(row["reach"]), frozenset(row["may"]))
        for code, row in found.items()
    }


class NotAllowedError(Exception):
    """The user may not do this here."""

    def __init__(self, user: User, permission: str) -> None:
        """Say who may not do what.

        Args:
            user: Who asked.
            permission: What is wanting, `app.verb`.
        """
        holders = ", ".join(
            role.labels["et"] for role in roles().values() if permission in role.may
        )
        super().__init__(
            f"Sul ({user.name}) ei ole selleks õigust ({permission}). "
            f"Õigus on rollidel: {holders or 'haldur'}. Palu juhil see anda. Midagi ei muudetud."
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one permission reaches; empty sets reach nothing.

    Attributes:
        everywhere: At every provider.
        providers: All persons of these providers.
        places: Persons served at these places.
        persons: These persons only.
        funders: Persons with services paid by these funders.
    """

    everywhere: bool = False
    providers: frozenset[UUID] = frozenset()
    places: frozenset[UUID] = frozenset()
    persons: frozenset[UUID] = frozenset()
    funders: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (
            self.everywhere or self.providers or self.places or self.persons or self.funders
        )


def grants_on(user: User, day: date) -> list[Grant]:
    """Give the grants of a user that hold on a day."""
    holds = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return list(Grant.objects.filter(holds, user=user, valid_from__lte=day).order_by("id"))


def scope_of(user: User, permission: str, day: date) -> Scope:
    """Say where a user holds a permission on a day.

    Args:
        user: The user; one who is switched off reaches nothing.
        permission: `app.verb`.
        day: The day.

    Returns:
        The reach of all grants together. Two queries, whatever they are.
    """
    return scopes_of(user, [permission], day)[permission]


def scopes_of(user: User, permissions: Iterable[str], day: date) -> dict[str, Scope]:
    """Say where a user holds each of some permissions on a day.

    Args:
        user: The user; one who is switched off reaches nothing.
        permissions: Each `app.verb`.
        day: The day.

    Returns:
        For each permission the reach of all grants together. Two queries, whatever they are.
    """
    wanted = tuple(permissions)
    if not user.is_active:
        return dict.fromkeys(wanted, Scope())
    held = grants_on(user, day)
    has_cases = any(roles()[grant.role].reach is Reach.CASELOAD for grant in held)
    cases = _caseload(user, day) if has_cases else []
    return {
        permission: _scope([g for g in held if roles()[g.role].allows(permission)], cases)
        for permission in wanted
    }


def _scope(held: list[Grant], cases: list[tuple[UUID, UUID]]) -> Scope:
    # Only the roles that reach by caseload: a case left over at another provider counts no more.
    at = {g.provider_id for g in held if roles()[g.role].reach is Reach.CASELOAD}
    persons = {g.person_id for g in held if g.person_id}
    persons |= {person for person, provider in cases if None in at or provider in at}
    wide = [g for g in held if roles()[g.role].reach is Reach.ALL]
    return Scope(
        everywhere=any(g.provider_id is None and not g.funder for g in wide),
        providers=frozenset(
            g.provider_id for g in wide if g.provider_id and not g.place_id and not g.funder
        ),
        places=frozenset(g.place_id for g in wide if g.place_id),
        persons=frozenset(persons),
        funders=frozenset(g.funder for g in wide if g.funder),
    )


def _caseload(user: User, day: date) -> list[tuple[UUID, UUID]]:
    holds = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    rows = Caseload.objects.filter(holds, user=user, valid_from__lte=day)
    return list(rows.order_by("pk").values_list("person_id", "provider_id"))


def require(user: User, permission: str, provider_id: UUID | None, day: date) -> None:
    """Stop what a user may not do anywhere at a provider.

    Args:
        user: Who acts.
        permission: `app.verb`.
        provider_id: Where; None: at every provider.
        day: Today.

    Raises:
        NotAllowedError: No grant of the user holds the permission there.
    """
    if user.is_active:
        for grant in grants_on(user, day):
            here = grant.provider_id is None or grant.provider_id == provider_id
            if here and roles()[grant.role].allows(permission):
                return
    raise NotAllowedError(user, permission)


def user_of(user_id: UUID) -> User:
    """Give a user by id.

    Raises:
        User.DoesNotExist: There is none.
    """
    return User.objects.get(pk=user_id)
