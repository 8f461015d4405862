"""Whom a user may see of a provider, for each thing that one may do with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import Scope, User, scopes_of
from tugiplaan.deadlines.tasks import PERMISSIONS, Task
from tugiplaan.referrals.queries import persons_at

READING = (
    *("people.read", "referrals.read", "plans.read", "delivery.read", "billing.read"),
    *("providers.read", "quality.read"),
)
_OF_THE_HOUSE = frozenset({"providers.read", "quality.read"})


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom one permission reaches at a provider.

    Attributes:
        persons: These persons; None: everybody there, and the house itself.
    """

    persons: frozenset[UUID] | None = frozenset()

    @property
    def is_nobody(self) -> bool:
        return self.persons is not None and not self.persons

    def includes(self, person_id: UUID | None) -> bool:
        """Tell whether a person is reached; None asks for the house itself."""
        return self.persons is None or person_id in self.persons


@dataclass(frozen=True, slots=True)
class Sight:
    """Whom a user reaches at a provider, by permission; what is not named reaches nobody."""

    by_permission: dict[str, Whom]

    def whom(self, permission: str) -> Whom:
        """Give whom a permission reaches."""
        return self.by_permission.get(permission, Whom())

    def may_settle(self, task: Task) -> bool:
        """Tell whether the user holds what the action of a task asks for."""
        return self.whom(PERMISSIONS[task.action]).includes(task.person_id)


EVERYTHING = Whom(None)


def sight_of(user: User, provider_id: UUID, day: date) -> Sight:
    """Say whom a user reaches at a provider on a day.

    Returns:
        One query; two for who reaches by caseload; two more for who reaches by places.
    """
    permissions = sorted({*READING, *PERMISSIONS.values()})
    scopes = scopes_of(user, permissions, day)
    at: dict[frozenset[UUID], frozenset[UUID]] = {frozenset(): frozenset()}
    for scope in scopes.values():
        if scope.places not in at:
            at[scope.places] = frozenset(persons_at(provider_id, scope.places, day))
    return Sight({one: _whom(scope, provider_id, at) for one, scope in scopes.items()})


def sight_of_persons(persons: Iterable[UUID]) -> Sight:
    """Look at some persons only, whoever asks."""
    whom = Whom(frozenset(persons))
    return Sight({one: whom for one in READING if one not in _OF_THE_HOUSE})


def _whom(scope: Scope, provider_id: UUID, at: dict[frozenset[UUID], frozenset[UUID]]) -> Whom:
    if scope.everywhere or provider_id in scope.providers:
        return EVERYTHING
    return Whom(scope.persons | at[scope.places])
