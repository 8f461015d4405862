"""What a funder of component services asks of all its providers at once."""

from collections.abc import Iterable
from uuid import UUID

from tugiplaan.providers.models import ComponentContract, MonthBook, Provider
from tugiplaan.providers.queries import component_fact
from tugiplaan.rules import facts


def contracts_of_funder(funder: str) -> dict[UUID, tuple[facts.ComponentContract, ...]]:
    """Give the contracts of a funder at each provider, by beginning. One query."""
    rows = ComponentContract.objects.filter(funder=funder).order_by("provider_id", "valid_from")
    found: dict[UUID, list[facts.ComponentContract]] = {}
    for row in rows:
        found.setdefault(row.provider_id, []).append(component_fact(row))
    return {provider: tuple(contracts) for provider, contracts in found.items()}


def names_of(provider_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the names of some providers, in their order. One query."""
    rows = Provider.objects.filter(pk__in=set(provider_ids)).order_by("name", "pk")
    return dict(rows.values_list("pk", "name"))


def states_of_months(
    provider_ids: Iterable[UUID], periods: Iterable[int]
) -> dict[tuple[UUID, int], str]:
    """Give where months of some providers stand; a month without a book is not in it."""
    rows = MonthBook.objects.filter(provider_id__in=set(provider_ids), period__in=set(periods))
    columns = ("provider_id", "period", "state")
    return {
        (key, period): state for key, period, state in rows.values_list(*columns).order_by("pk")
    }
