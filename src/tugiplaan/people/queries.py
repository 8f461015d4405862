"""Finding people within one provider."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tugiplaan.accounts.access import NotAllowedError, Scope, User, require, scope_of
from tugiplaan.accounts.queries import in_force
from tugiplaan.audit.recorder import record_reading
from tugiplaan.people.models import Consent as Consent
from tugiplaan.people.models import NetworkMember, Person, Representative
from tugiplaan.people.models import RepresentativeKind as RepresentativeKind
from tugiplaan.people.names import fold
from tugiplaan.rules import facts

# `Person` is given on to other apps, so that they need not reach for this app's tables.
__all__ = [
    "Consent",
    "Person",
    "PersonCard",
    "card_of",
    "circle_of",
    "consents_ending",
    "consents_given",
    "consents_in_force",
    "person_facts",
    "person_facts_of",
    "persons_of",
    "plain_phone",
    "read_card",
    "require_person",
    "search",
    "speaking_for",
    "standing_for",
    "standing_of",
    "visible_to",
    "within",
]


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


def standing_of(provider_id: UUID, entries: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give for each of some entries of a provider the one that stands for it, itself for most.

    Entries of other providers are left out. One query, two where somebody was merged.
    """
    found = Person.objects.filter(provider_id=provider_id, pk__in=set(entries))
    rows = list(found.values_list("pk", "merged_into"))
    standing = standing_for(provider_id) if any(into for _entry, into in rows) else {}
    return {entry: standing.get(entry, entry) for entry, _into in rows}


def person_facts(provider_id: UUID) -> dict[UUID, facts.Person]:
    """Give the persons of a provider as the rules see them, merged entries left out. One query."""
    rows = Person.objects.filter(provider_id=provider_id, merged_into__isnull=True)
    return _as_facts(rows)


def _as_facts(rows: QuerySet[Person]) -> dict[UUID, facts.Person]:
    columns = ("pk", "code", "first_name", "last_name", "birth_date", "identifier")
    return {
        key: facts.Person(code, first, last, born, identifier, first_pnh)
        for key, code, first, last, born, identifier, first_pnh in rows.values_list(
            *columns, "first_pnh_start"
        )
    }


def person_facts_of(
    provider_id: UUID, person_ids: Iterable[UUID], scope: Scope
) -> dict[UUID, facts.Person]:
    """Give a few persons of a provider as the rules see them, those within a scope. One query."""
    here = Q(provider_id=provider_id, pk__in=list(person_ids), merged_into__isnull=True)
    return _as_facts(Person.objects.filter(here & within(scope)))


def require_person(user: User, permission: str, person: Person, day: date) -> None:
    """Stop what a user may not do with one person.

    Args:
        user: Who acts.
        permission: `app.verb`.
        person: With whom.
        day: Today.

    Raises:
        NotAllowedError: No role of the user holds the permission at the person's provider, or
            it reaches other persons only.
    """
    require(user, permission, person.provider_id, day)
    scope = scope_of(user, permission, day)
    # A role at a place, or of a funder, reaches persons by tables that lie above this one; the
    # rooms above look at those, here it is enough that the role is at this provider.
    if scope.places or scope.funders or scope.funded:
        return
    if not Person.objects.filter(within(scope), pk=person.pk).exists():
        raise NotAllowedError(user, permission)


_DIGITS = re.compile(r"\+?[0-9]{3,}")


def plain_phone(text: str) -> str:
    """Give a number without the spaces, hyphens and brackets that people put in.

    >>> plain_phone("+372 (5) 123-4567")
    '+37251234567'
    """
    return re.sub(r"[\s()\-]", "", text)


def search(user: User, text: str, day: date) -> QuerySet[Person]:
    """Find persons by a part of their name, by code, personal code or phone.

    Args:
        user: Who asks.
        text: Beginnings of the words of a name, in any order and in the letters of any language;
            or a whole code; or a personal code; or the last digits of a phone number, three or
            more.
        day: Today.

    Returns:
        Those whom the user may see, in the Estonian order of names; nobody for an empty text.
    """
    wanted = text.strip()
    words = fold(wanted).split()
    if not words:
        return Person.objects.none()
    named = Q()
    for word in words:
        named &= Q(search_name__contains=f" {word}")
    found = named | Q(code__iexact=wanted) | Q(identifier=wanted)
    number = plain_phone(wanted)
    if _DIGITS.fullmatch(number):
        found |= Q(phone__endswith=number)
    return visible_to(user, day).filter(found)


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What the page of one person shows on a day."""

    person: Person
    representatives: tuple[Representative, ...]
    network: tuple[NetworkMember, ...]
    consents: tuple[Consent, ...]


def consents_in_force(person_id: UUID, day: date) -> QuerySet[Consent]:
    """Give what a person agrees to on a day, by purpose."""
    holds = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
    found = Consent.objects.filter(in_force(day), holds, person_id=person_id)
    return found.order_by("purpose", "id")


def consents_ending(
    provider_id: UUID, until: date, persons: Iterable[UUID] | None = None
) -> list[Consent]:
    """Give the consents that end by a day and that no later one of the purpose takes over.

    Args:
        provider_id: At which provider.
        until: The last day that one looks at; what ended before is in, until it is renewed.
        persons: Only of these persons, under whichever entry; None: of all.

    Returns:
        With their persons, by last day; those that were taken back are left out. One query.
    """
    rows = Consent.objects.filter(provider_id=provider_id, withdrawn_on__isnull=True)
    if persons is not None:
        chosen = list(persons)
        rows = rows.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    latest: dict[tuple[UUID, str], Consent] = {}
    for row in rows.select_related("person").order_by("valid_from", "id"):
        latest[row.person.merged_into_id or row.person_id, row.purpose] = row
    ending = [row for row in latest.values() if row.valid_to is not None and row.valid_to <= until]
    return sorted(ending, key=lambda row: (row.valid_to or until, row.person.sort_name))


def consents_given(
    provider_id: UUID, first: date, last: date, persons: Iterable[UUID] | None = None
) -> QuerySet[Consent]:
    """Give the consents that began from one day to another, those taken back later too.

    Args:
        provider_id: At which provider.
        first: The first day.
        last: The last day.
        persons: Only of these persons, under whichever entry; None: of all.
    """
    rows = Consent.objects.filter(
        provider_id=provider_id, valid_from__gte=first, valid_from__lte=last
    )
    if persons is not None:
        chosen = list(persons)
        rows = rows.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    return rows.order_by("valid_from", "id")


def speaking_for(person_id: UUID, day: date) -> QuerySet[Representative]:
    """Give who speaks for a person on a day, by the first day."""
    found = Representative.objects.filter(in_force(day), person_id=person_id)
    return found.order_by("valid_from", "id")


@dataclass(frozen=True, slots=True)
class Circle:
    """Everybody who speaks for a person or is around them, and all consents, also past ones."""

    speakers: QuerySet[Representative]
    network: QuerySet[NetworkMember]
    consents: QuerySet[Consent]


def circle_of(person_id: UUID) -> Circle:
    """Give the circle of a person, what holds first. A query for each when it is read."""
    lasting = F("valid_to").desc(nulls_first=True)
    return Circle(
        speakers=Representative.objects.filter(person_id=person_id).order_by(
            lasting, "valid_from", "id"
        ),
        network=NetworkMember.objects.filter(person_id=person_id).order_by(
            lasting, "role", "name", "id"
        ),
        consents=Consent.objects.filter(person_id=person_id).order_by(
            F("withdrawn_on").desc(nulls_first=True), lasting, "purpose", "id"
        ),
    )


def card_of(person: Person, day: date) -> PersonCard:
    """Give who speaks for a person on a day, who is around them, and what they agree to.

    Three queries.
    """
    around = NetworkMember.objects.filter(in_force(day), person=person)
    return PersonCard(
        person=person,
        representatives=tuple(speaking_for(person.pk, day)),
        network=tuple(around.order_by("role", "name", "id")),
        consents=tuple(consents_in_force(person.pk, day)),
    )


def read_card(*, provider_id: UUID, person_id: UUID, by: User, on: date) -> PersonCard:
    """Give the page of one person to a user, and record that they read it.

    For whom a role at a place or of a funder reaches, the rooms above look the person up by
    their tables, call `card_of` and record the reading themselves.

    Args:
        provider_id: At which provider.
        person_id: Whose page.
        by: Who reads.
        on: Today.

    Returns:
        The person with what `card_of` gives.

    Raises:
        Person.DoesNotExist: There is no such person whom the user may see.
    """
    person = visible_to(by, on).get(provider_id=provider_id, pk=person_id)
    card = card_of(person, on)
    record_reading(by=by, name="people.card", provider_id=provider_id, persons=[person.pk])
    return card
