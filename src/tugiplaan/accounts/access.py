"""What a user may do, and whom it reaches: the grants read as one answer."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID

import yaml
from django.utils.translation import gettext as _

from tugiplaan.accounts.models import Caseload, Grant, User
from tugiplaan.audit.language import language

# `User` is given on, so that other apps need not reach for this app's tables.
__all__ = [
    "NotAllowedError",
    "Reach",
    "Role",
    "Scope",
    "User",
    "forget_grants",
    "grants_on",
    "permission_name",
    "remembering_grants",
    "require",
    "require_whole",
    "role_names",
    "role_names_of",
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


@cache
def _permissions() -> dict[str, dict[str, str]]:
    text = resources.files("tugiplaan.accounts").joinpath("permissions.yaml").read_text("utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found


def permission_name(permission: str, language: str) -> str:
    """Say what a permission lets somebody do, as the end of "no right to …".

    Args:
        permission: `app.verb`; one without words of its own is told as "do this".
        language: et, en or ru.
    """
    known = _permissions()
    return known.get(permission, known["*"])[language]


class NotAllowedError(Exception):
    """The user may not do this here."""

    def __init__(self, user: User, permission: str) -> None:
        """Say who may not do what.

        Args:
            user: Who asked.
            permission: What is wanting, `app.verb`.
        """
        self.user = user
        self.permission = permission
        known = roles()
        able = [role for role in known.values() if permission in role.may] or [known["operator"]]
        holders = ", ".join(role.labels[language()] for role in able)
        super().__init__(
            _(
                "Sul ({name}) ei ole õigust {permission}. Õigus on rollidel: "
                "{roles}. Palu juhil see anda. Midagi ei muudetud."
            ).format(
                name=user.name, permission=permission_name(permission, language()), roles=holders
            )
        )


def role_names_of(codes: Iterable[str], language: str) -> dict[str, str]:
    """Give the names of roles by their codes."""
    return {code: roles()[code].labels[language] for code in codes}


def role_names(permission: str, language: str = "et") -> list[str]:
    """Name the roles that hold a permission; the operator, who holds all, is left out."""
    return [role.labels[language] for role in roles().values() if permission in role.may]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where one permission reaches; empty sets reach nothing.

    Attributes:
        everywhere: At every provider.
        providers: All persons of these providers.
        places: Persons served at these places.
        persons: These persons only.
        funders: Persons with services paid by these funders, at every provider.
        funded: Persons with services paid by a funder at one provider: funder and provider.
    """

    everywhere: bool = False
    providers: frozenset[UUID] = frozenset()
    places: frozenset[UUID] = frozenset()
    persons: frozenset[UUID] = frozenset()
    funders: frozenset[str] = frozenset()
    funded: frozenset[tuple[str, UUID]] = frozenset()

    @property
    def is_empty(self) -> bool:
        held = (self.providers, self.places, self.persons, self.funders, self.funded)
        return not self.everywhere and not any(held)

    def reaches(self, provider_id: UUID, person_id: UUID) -> bool:
        """Say whether it reaches a person of a provider by provider or by name.

        Places and funders reach persons through tables that lie above this room.
        """
        held = self.everywhere or provider_id in self.providers
        return held or person_id in self.persons

    def funders_at(self, provider_id: UUID) -> frozenset[str]:
        """Give the funders whose persons it reaches at a provider."""
        return self.funders | {funder for funder, at in self.funded if at == provider_id}

    def providers_of(self, funder: str) -> frozenset[UUID] | None:
        """Give the providers where it reaches the persons of a funder; None: all of them."""
        if self.everywhere or funder in self.funders:
            return None
        return frozenset(at for paying, at in self.funded if paying == funder)


_REMEMBERED: ContextVar[dict[object, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering_grants() -> Iterator[None]:
    """Ask once for what a user holds, however often it is wanted; for one request of a page."""
    token = _REMEMBERED.set({})
    try:
        yield
    finally:
        _REMEMBERED.reset(token)


def forget_grants() -> None:
    """Ask anew for what users hold, as somebody was given or lost something."""
    remembered = _REMEMBERED.get()
    if remembered is not None:
        remembered.clear()


def _once[Found](key: object, find: Callable[[], Found]) -> Found:
    """Give what is remembered under a key, else find it and remember it where that is asked."""
    remembered = _REMEMBERED.get()
    if remembered is None:
        return find()
    if key not in remembered:
        remembered[key] = find()
    found: Found = remembered[key]
    return found


def _holds(row: Grant | Caseload, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def grants_on(user: User, day: date) -> list[Grant]:
    """Give the grants of a user that hold on a day."""
    rows = Grant.objects.filter(user=user).order_by("id").select_related("provider")
    found = _once(("grants", user.pk), lambda: list(rows))
    return [one for one in found if _holds(one, day)]


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
        places=frozenset(g.place_id for g in wide if g.place_id and not g.funder),
        persons=frozenset(persons),
        funders=frozenset(g.funder for g in wide if g.funder and g.provider_id is None),
        # Nothing tells which of a funder's persons are of a place: such a grant reaches nobody.
        funded=frozenset(
            (g.funder, g.provider_id)
            for g in wide
            if g.funder and g.provider_id is not None and not g.place_id
        ),
    )


def _caseload(user: User, day: date) -> list[tuple[UUID, UUID]]:
    rows = Caseload.objects.filter(user=user).order_by("pk")
    found = _once(("caseload", user.pk), lambda: list(rows))
    return [(one.person_id, one.provider_id) for one in found if _holds(one, day)]


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


def require_whole(user: User, permission: str, provider_id: UUID, day: date) -> None:
    """Stop whom a permission does not reach all persons of a provider.

    Args:
        user: Who asks.
        permission: `app.verb`.
        provider_id: Where.
        day: Today.

    Raises:
        NotAllowedError: No grant of the user holds the permission there, or only for a place, a
            funder, the user's own cases or one person.
    """
    scope = scope_of(user, permission, day)
    if not scope.everywhere and provider_id not in scope.providers:
        raise NotAllowedError(user, permission)


def user_of(user_id: UUID) -> User:
    """Give a user by id.

    Raises:
        User.DoesNotExist: There is none.
    """
    return User.objects.get(pk=user_id)
