"""Finding people within one provider."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.accounts.access import Scope, User, scope_of
from tugiplaan.people.models import Person
from tugiplaan.rules import facts


def visible_to(user: User, day: date, permission: str = "people.read") -> QuerySet[Person]:
    """Give the persons whom a user may see, entries merged into others left out.

    Args:
        user: Who asks.
        day: Today.
        permission: What the user wants to do with them.

    Returns:
        Persons in the Estonian order of names.
    """
    found = Person.objects.filter(merged_into__isnull=True)
    return found.filter(within(scope_of(user, permission, day))).order_by("sort_name", "id")


def within(scope: Scope) -> Q:
    """Give the condition that a person lies within a scope."""
    if scope.everywhere:
        return Q()
    # Places and funders reach persons through referrals and records, which are rooms above this
    # one: their queries give those persons; here a scope reaches by provider and by name.
    return Q(provider_id__in=scope.providers) | Q(pk__in=scope.persons)


def persons_of(provider_id: UUID) -> QuerySet[Person]:
    """Give all entries of a provider, merged ones too, in the Estonian order of names."""
    return Person.objects.filter(provider_id=provider_id).order_by("sort_name", "id")


def standing_for(provider_id: UUID) -> dict[UUID, UUID]:
    """Give for each entry of a provider that was merged the one that stands for it.

    Returns:
        Merged entry to the entry that stands, however many steps lie between.
    """
    rows = Person.objects.filter(provider_id=provider_id, merged_into__isnull=False)
    into = {entry: kept for entry, kept in rows.values_list("pk", "merged_into") if kept}
    found: dict[UUID, UUID] = {}
    for entry in into:
        stands = into[entry]
        while stands in into:
            stands = into[stands]
        found[entry] = stands
    return found


def person_facts(provider_id: UUID) -> dict[UUID, facts.Person]:
    """Give the persons of a provider as the rules see them, merged entries left out. One query."""
    rows = Person.objects.filter(provider_id=provider_id, merged_into__isnull=True)
    columns = ("pk", "code", "first_name", "last_name", "birth_date", "identifier")
    return {
        key: facts.Person(code, first, last, born, identifier, first_pnh)
        for key, code, first, last, born, identifier, first_pnh in rows.values_list(
            *columns, "first_pnh_start"
        )
    }
