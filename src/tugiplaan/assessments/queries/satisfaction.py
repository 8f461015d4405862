"""How many people said how content they are, for who looks at a house and not at a person."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.assessments.models import Assessment

SATISFACTION = "RAHULOLU"
"""The built-in questionnaire (`rules/data/instruments/satisfaction.yaml`)."""


def satisfaction_said(
    provider_id: UUID, first: date, last: date, persons: Iterable[UUID] | None = None
) -> QuerySet[Assessment]:
    """Give the answered questionnaires on satisfaction from one day to another.

    Args:
        provider_id: At which provider.
        first: The first day.
        last: The last day.
        persons: Only of these persons, under whichever entry; None: of all.
    """
    rows = Assessment.objects.filter(
        provider_id=provider_id,
        instrument__code=SATISFACTION,
        assessed_on__gte=first,
        assessed_on__lte=last,
    )
    if persons is not None:
        chosen = list(persons)
        rows = rows.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    return rows.order_by("assessed_on", "id")
