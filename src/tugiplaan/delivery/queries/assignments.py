"""Tasks given to somebody, and who may be given one."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tugiplaan.accounts.access import Reach, User, roles
from tugiplaan.accounts.queries import grants_at, in_force, supervisors_of
from tugiplaan.delivery.models import Assignment as Assignment
from tugiplaan.people.queries import Person

_DOES = "plans.write"


def tasks_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[Assignment]:
    """Give the tasks of persons, open ones by their day, then those that are over.

    Args:
        provider_id: At which provider.
        person_ids: The entries of persons whom who asks may see.

    Returns:
        With person, owner, goal and end. One query.
    """
    found = Assignment.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    rows = found.current().select_related("person", "owner", "goal", "end")
    return rows.order_by(F("end__day").desc(nulls_first=True), "due_on", "id")


def open_tasks(
    provider_id: UUID, person_ids: Iterable[UUID], owner_id: UUID | None = None
) -> QuerySet[Assignment]:
    """Give the tasks of persons that are neither done nor given up, by their day.

    Args:
        provider_id: At which provider.
        person_ids: The entries of persons whom who asks may see.
        owner_id: Only those of this user; None: of all.
    """
    found = tasks_of(provider_id, person_ids).filter(end__isnull=True)
    if owner_id is not None:
        found = found.filter(owner_id=owner_id)
    return found.order_by("due_on", "id")


def tasks_due(
    provider_id: UUID, until: date, persons: Iterable[UUID] | None = None
) -> QuerySet[Assignment]:
    """Give the open tasks that are due by a day, the late ones too.

    Args:
        provider_id: At which provider.
        until: The last due day.
        persons: Only for these persons, under whichever entry; None: for all.

    Returns:
        With person and owner, by their day. One query.
    """
    found = Assignment.objects.filter(provider_id=provider_id, due_on__lte=until)
    if persons is not None:
        chosen = list(persons)
        found = found.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    rows = found.current().filter(end__isnull=True).select_related("person", "owner")
    return rows.order_by("due_on", "id")


def owners_for(person: Person, day: date) -> list[User]:
    """Give who may be given a task for a person: who works with them, and who leads the house.

    Args:
        person: The person.
        day: Today.

    Returns:
        Each user once, by name. Two queries.
    """
    leading = grants_at(person.provider_id).filter(in_force(day), place__isnull=True, funder="")
    known = {
        row.user_id: row.user
        for row in leading
        if roles()[row.role].reach is Reach.ALL and roles()[row.role].allows(_DOES)
    }
    known |= {row.user_id: row.user for row in supervisors_of(person.provider_id, person.pk, day)}
    return sorted((one for one in known.values() if one.is_active), key=lambda one: one.name)
