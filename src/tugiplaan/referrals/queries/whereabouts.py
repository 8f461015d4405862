"""At which place somebody is served: by the moves and, before them, by the decision."""

from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, UUIDField
from django.db.models.functions import Coalesce

from tugiplaan.referrals.models import Move, Referral


def place_on(day: date) -> Coalesce:
    """Give the id of a referral's place on a day, for a query about referrals."""
    moves = Move.objects.filter(referral=OuterRef("pk")).current()
    latest = moves.filter(from_day__lte=day).order_by("-from_day", "-id").values("place_id")[:1]
    # Where no place is known from the beginning, that of the first move counts from there on.
    first = moves.order_by("from_day", "id").values("place_id")[:1]
    return Coalesce(Subquery(latest), F("place_id"), Subquery(first), output_field=UUIDField())


def places_by_person(provider_id: UUID, since: date, day: date) -> dict[UUID, frozenset[UUID]]:
    """Give the places of persons: where they are served, are awaited or were served last.

    Args:
        provider_id: At which provider.
        since: Left out are terms that ended before this day.
        day: Today.

    Returns:
        By the entry that stands for the person, as far as one merge tells; of a person with
        several referrals the place of each. Who has no known place is left out. One query.
    """
    found = Referral.objects.filter(provider_id=provider_id, valid_to__gte=since)
    rows = found.annotate(place_now=place_on(day)).filter(place_now__isnull=False)
    columns = ("person_id", "person__merged_into_id", "place_now")
    places: dict[UUID, frozenset[UUID]] = {}
    for person_id, merged_into, place_id in rows.order_by("id").values_list(*columns):
        kept = merged_into or person_id
        places[kept] = places.get(kept, frozenset()) | {place_id}
    return places
