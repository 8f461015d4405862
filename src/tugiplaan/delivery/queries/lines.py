"""Records of a person's month, and one record by its id, for pages that show or mend them."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist

from tugiplaan.accounts.access import User
from tugiplaan.delivery.models import ComponentRecord, DayRecord, HourRecord, Missed
from tugiplaan.delivery.queries.records import components_of, days_of, hours_of
from tugiplaan.people.queries import Person, standing_for, standing_of, visible_to
from tugiplaan.referrals.queries import persons_by_referral, referrals_of

type Record = HourRecord | ComponentRecord | DayRecord


def month_records(
    *, provider_id: UUID, person_id: UUID, period: int, by: User, on: date
) -> tuple[Person, list[Record]]:
    """Give a person and the records of a month that hold, the latest first.

    Args:
        provider_id: At which provider.
        person_id: The person.
        period: The month, YYYYMM.
        by: Who asks.
        on: Today.

    Returns:
        The person and the records, hours and components with who gave them. The number of
        queries does not grow.

    Raises:
        Person.DoesNotExist: `by` may not read this person's records, or there is none here.
    """
    person = visible_to(by, on, "delivery.read").get(provider_id=provider_id, pk=person_id)
    merged = standing_for(provider_id)
    entries = [person.pk, *(entry for entry, kept in merged.items() if kept == person.pk)]
    referrals = [one.pk for one in referrals_of(provider_id, entries)]
    rows: list[Record] = [
        *hours_of(provider_id, referrals, period).select_related("worker", "referral"),
        *components_of(provider_id, entries, period).select_related("worker"),
        *days_of(provider_id, referrals, period).select_related("referral"),
    ]
    rows.sort(key=lambda row: (row.day, getattr(row, "start", None) or 0, row.pk), reverse=True)
    return person, rows


def records_by_id(provider_id: UUID, record_ids: Iterable[UUID]) -> list[Record]:
    """Give records of a provider by their ids; those that are not there are left out.

    At most three queries, none where no ids are given.
    """
    ids = list(record_ids)
    if not ids:
        return []
    return [
        row
        for model in (HourRecord, ComponentRecord, DayRecord)
        for row in model.objects.filter(provider_id=provider_id, pk__in=ids).order_by("pk")
    ]


def record_by_id(
    *, provider_id: UUID, record_id: UUID, by: User, on: date
) -> tuple[Person, Record]:
    """Give one record and whose it is.

    Args:
        provider_id: At which provider.
        record_id: The record; it may be one that no longer holds.
        by: Who asks.
        on: Today.

    Raises:
        ObjectDoesNotExist: There is none here, or `by` may not read this person's records.
    """
    rows = records_by_id(provider_id, [record_id])
    if not rows:
        raise ObjectDoesNotExist
    (row,) = rows
    if isinstance(row, ComponentRecord):
        whose = standing_of(provider_id, [row.person_id])[row.person_id]
    else:
        whose = persons_by_referral(provider_id, [row.referral_id])[row.referral_id]
    reached = visible_to(by, on, "delivery.read").filter(provider_id=provider_id)
    return reached.get(pk=whose), row


def missed_in(provider_id: UUID, session_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Give who was expected in each group session and did not take part. One query."""
    rows = Missed.objects.filter(provider_id=provider_id, session_id__in=list(session_ids))
    found: dict[UUID, list[UUID]] = {}
    for session, person in rows.order_by("id").values_list("session_id", "person_id"):
        found.setdefault(session, []).append(person)
    return found
