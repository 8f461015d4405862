"""Providers, their places, and the books of their months."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.providers.models import (
    Licence,
    MonthBook,
    MonthState,
    Place,
    Provider,
    SizePeriod,
)


def months_of(provider_id: UUID) -> QuerySet[MonthBook]:
    """Give the books of a provider, the latest month first."""
    return MonthBook.objects.filter(provider_id=provider_id).order_by("-period")


def states_of(provider_id: UUID, period: int) -> QuerySet[MonthState]:
    """Give what became of a month, in the order in which it happened."""
    found = MonthState.objects.filter(provider_id=provider_id, book__period=period)
    return found.order_by("id")


def place_codes(provider_id: UUID) -> dict[UUID, str]:
    """Give the code of each place of a provider by its id."""
    return dict(Place.objects.filter(provider_id=provider_id).values_list("pk", "code"))


def provider_ids() -> list[UUID]:
    """Give all providers, in the order in which they were registered."""
    return list(Provider.objects.order_by("pk").values_list("pk", flat=True))


def seller_of(provider_id: UUID) -> dict[str, str]:
    """Give what a bill says of who wrote it, as it is today."""
    columns = ("name", "registry_code", "vat_number", "iban", "address", "email")
    return dict(Provider.objects.filter(pk=provider_id).values(*columns).get())


def issued_periods(provider_id: UUID) -> list[int]:
    """Give the months of a provider that were invoiced, YYYYMM, the earliest first."""
    issued = MonthBook.objects.filter(provider_id=provider_id, state=MonthBook.State.ISSUED)
    return list(issued.order_by("period").values_list("period", flat=True))


def provider_names() -> dict[UUID, tuple[str, str]]:
    """Give name and registry code of each provider, by name."""
    rows = Provider.objects.order_by("name", "pk").values_list("pk", "name", "registry_code")
    return {key: (name, code) for key, name, code in rows}


def names_of(provider_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the names of these providers; one that is not there is left out."""
    rows = Provider.objects.filter(pk__in=list(provider_ids)).order_by("name", "pk")
    return dict(rows.values_list("pk", "name"))


def book_states(period: int) -> dict[UUID, str]:
    """Give where a month stands at each provider that has a book of it: open, closed, issued."""
    rows = MonthBook.objects.filter(period=period).order_by("provider_id")
    return dict(rows.values_list("provider_id", "state"))


def places_of(provider_id: UUID) -> QuerySet[Place]:
    """Give the places of a provider with their buildings, by code."""
    found = Place.objects.filter(provider_id=provider_id).select_related("building")
    return found.order_by("code")


def size_periods_of(provider_id: UUID) -> QuerySet[SizePeriod]:
    """Give the size class periods of a provider's places, by place, the earliest first."""
    found = SizePeriod.objects.filter(provider_id=provider_id).select_related("place")
    return found.order_by("place__code", "first_day")


def licences_of(provider_id: UUID) -> QuerySet[Licence]:
    """Give the licences of a provider with their places, by place, service and beginning."""
    found = Licence.objects.filter(provider_id=provider_id).select_related("place")
    return found.order_by("place__code", "service", "valid_from", "code")


def closed_periods(provider_id: UUID, since: int) -> list[int]:
    """Give the months from one on that are closed and not issued, YYYYMM. One query."""
    closed = MonthBook.objects.filter(
        provider_id=provider_id, state=MonthBook.State.CLOSED, period__gte=since
    )
    return list(closed.order_by("period").values_list("period", flat=True))


def book_state(provider_id: UUID, period: int) -> str:
    """Give where a month of a provider stands: open, closed, issued. One query."""
    rows = MonthBook.objects.filter(provider_id=provider_id, period=period)
    return rows.values_list("state", flat=True).first() or MonthBook.State.OPEN


def place_names(provider_id: UUID) -> dict[UUID, str]:
    """Give the names of a provider's places."""
    return dict(Place.objects.filter(provider_id=provider_id).values_list("pk", "name"))
