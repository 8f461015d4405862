"""What was written of a person on some days, for a page that records who read it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.delivery.models import Incident, Isolation, Narrative


def notes_between(
    provider_id: UUID, person_ids: Iterable[UUID], first: date, last: date
) -> QuerySet[Narrative]:
    """Give the notes of a person that hold, the latest first.

    Who shows them asks for `narrative.read` of the person, and records the reading.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        first: The first day.
        last: The last day.
    """
    found = Narrative.objects.filter(
        provider_id=provider_id, person_id__in=list(person_ids), day__gte=first, day__lte=last
    )
    return found.current().order_by("-day", "-id")


def incidents_between(
    provider_id: UUID, person_ids: Iterable[UUID], first: date, last: date
) -> QuerySet[Incident]:
    """Give the incidents of a person that hold, the latest first; arguments as `notes_between`."""
    found = Incident.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    days = found.filter(happened_at__date__gte=first, happened_at__date__lte=last)
    return days.current().select_related("place").order_by("-happened_at", "-id")


def isolations_between(
    provider_id: UUID, person_ids: Iterable[UUID], first: date, last: date
) -> QuerySet[Isolation]:
    """Give the isolations of a person that hold, the latest first; as `notes_between`."""
    found = Isolation.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    days = found.filter(started_at__date__gte=first, started_at__date__lte=last)
    return days.current().order_by("-started_at", "-id")
