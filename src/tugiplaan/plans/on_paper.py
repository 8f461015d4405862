"""One plan, rating or summary of a person by its id, as papers tell it."""

from collections.abc import Iterable
from uuid import UUID

from tugiplaan.plans.models import Plan
from tugiplaan.plans.models import Review as Review  # given on to papers
from tugiplaan.plans.models import ReviewKind as ReviewKind


def plan_with_id(provider_id: UUID, person_ids: Iterable[UUID], plan_id: UUID) -> Plan:
    """Give a version of a plan of a person, with its referral. One query.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        plan_id: Which.

    Raises:
        ObjectDoesNotExist: The person has none with this id there.
    """
    found = Plan.objects.select_related("referral").filter(person_id__in=list(person_ids))
    return found.get(pk=plan_id, provider_id=provider_id)


def ratings_of(provider_id: UUID, person_ids: Iterable[UUID]) -> list[Review]:
    """Give the ratings of a person's plans that hold, the latest first. One query.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.

    Returns:
        Each with its goal, its plan and the plan's referral.
    """
    rows = Review.objects.filter(provider_id=provider_id, plan__person_id__in=list(person_ids))
    return list(
        rows.current()
        .select_related("goal", "plan__referral")
        .order_by("-period_to", "kind", "goal__number", "id")
    )
