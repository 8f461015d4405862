"""Reading providers: books and their states."""

from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.providers.models import MonthBook, MonthState


def months_of(provider_id: UUID) -> QuerySet[MonthBook]:
    """Give the books of a provider, the latest month first."""
    return MonthBook.objects.filter(provider_id=provider_id).order_by("-period")


def states_of(provider_id: UUID, period: int) -> QuerySet[MonthState]:
    """Give what became of a month, in the order in which it happened."""
    found = MonthState.objects.filter(provider_id=provider_id, book__period=period)
    return found.order_by("id")
