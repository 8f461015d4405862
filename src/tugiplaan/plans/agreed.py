"""How many plans were agreed in a period, for who looks at a house and not at a person."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.plans.models import Plan, PlanState


def plans_agreed(
    provider_id: UUID, first: date, last: date, persons: Iterable[UUID] | None = None
) -> QuerySet[Plan]:
    """Give the plans that somebody agreed to from one day to another, each once.

    Args:
        provider_id: At which provider.
        first: The first day.
        last: The last day.
        persons: Only of these persons, under whichever entry; None: of all.
    """
    agreed = PlanState.objects.filter(
        provider_id=provider_id, state=PlanState.State.AGREED, day__gte=first, day__lte=last
    )
    rows = Plan.objects.filter(provider_id=provider_id, pk__in=agreed.values("plan"))
    if persons is not None:
        chosen = list(persons)
        rows = rows.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    return rows.order_by("valid_from", "id")
