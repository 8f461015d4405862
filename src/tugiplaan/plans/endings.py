"""What is summed up at the end: summary assessments of a person, and the plans they are of."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from tugiplaan.plans.models import Plan as Plan
from tugiplaan.plans.models import PlanState
from tugiplaan.plans.models import Summary as Summary

_HELD = (PlanState.State.AGREED, PlanState.State.CLOSED)


def summaries_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[Summary]:
    """Give the summary assessments of a person that hold, the latest first.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
    """
    found = Summary.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    rows = found.current().select_related("referral", "plan", "written_by", "approved_by")
    return rows.order_by("-written_on", "-id")


_SAYS = (
    *("plan_id", "goals", "done", "need", "needs", "own_view", "advice", "recommendation"),
    "took_part",
)


def same_summary(provider_id: UUID, summary_id: UUID) -> Summary | None:
    """Give the row of a summary assessment that holds and says what an earlier row said.

    Args:
        provider_id: At which provider.
        summary_id: A row, which may have been followed by others: approved, sent, corrected.

    Returns:
        None: it was corrected since, or there is none. Two queries.
    """
    earlier = Summary.objects.filter(provider_id=provider_id, pk=summary_id).first()
    if earlier is None:
        return None
    whose: dict[str, UUID | bool | None] = {"referral_id": earlier.referral_id}
    if earlier.referral_id is None:
        whose = {"referral__isnull": True, "plan_id": earlier.plan_id}
    rows = Summary.objects.filter(provider_id=provider_id, **whose).current()
    row = rows.select_related("person").order_by("-id").first()
    if row is None or any(getattr(row, one) != getattr(earlier, one) for one in _SAYS):
        return None
    return row


def last_agreed(provider_id: UUID, referral_id: UUID, day: date) -> Plan | None:
    """Give the highest version of a referral's plan that was agreed until a day, over or not.

    Args:
        provider_id: At which provider.
        referral_id: The referral.
        day: Today: what became of a plan later is not looked at. One query.
    """
    found = Plan.objects.filter(provider_id=provider_id, referral_id=referral_id)
    return _held(found, day).first()


def plans_without_referral(
    provider_id: UUID, person_ids: Iterable[UUID], day: date
) -> QuerySet[Plan]:
    """Give the versions of a plan of component services that were agreed, the latest first.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        day: Today, as `last_agreed`.
    """
    found = Plan.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    return _held(found.filter(referral__isnull=True), day).select_related("person")


def _held(plans: QuerySet[Plan], day: date) -> QuerySet[Plan]:
    rows = PlanState.objects.filter(plan=OuterRef("pk"), day__lte=day).order_by("-id")
    known = plans.annotate(state_now=Subquery(rows.values("state")[:1]))
    return known.filter(state_now__in=_HELD).order_by("-number")
