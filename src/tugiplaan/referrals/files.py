"""Referrals and stays that come from files and go to files."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from tugiplaan.audit.bringing import Shelf, bringer
from tugiplaan.referrals.models import Absence, Confirmation, Move, Referral, StayDay
from tugiplaan.rules.period import Month

bring_referrals = bringer(Shelf(Referral, ("code",)))
bring_stay_days = bringer(Shelf(StayDay, ("referral_id", "kind")))
bring_moves = bringer(Shelf(Move, ("referral_id", "from_day")))
bring_absences = bringer(Shelf(Absence, ("code",)))
bring_confirmations = bringer(Shelf(Confirmation, ("referral_id", "period")))


def referral_ids(provider_id: UUID) -> dict[str, UUID]:
    """Give the id of each referral of a provider by its code."""
    return dict(Referral.objects.filter(provider_id=provider_id).values_list("code", "pk"))


def referrals_out(
    provider_id: UUID, standing: Mapping[UUID, UUID], persons: Mapping[UUID, str]
) -> Iterator[dict[str, Any]]:
    """Give the rows of referrals.csv.

    Args:
        provider_id: Whose referrals.
        standing: For an entry merged into another the one that stands for it.
        persons: Code of each entry by id.
    """
    stays: dict[UUID, dict[str, Any]] = {}
    for row in StayDay.objects.filter(provider_id=provider_id).current():
        stay = stays.setdefault(row.referral_id, {})
        stay[_STAY_COLUMNS[row.kind]] = row.day
        if row.reason:
            stay["end_reason"] = row.reason
    columns = (
        *("id", "person_id", "service", "variant", "issued_on", "valid_from", "valid_to"),
        *("planned_volume", "volume_unit", "is_released", "slot", "slot_new_from"),
    )
    rows = Referral.objects.filter(provider_id=provider_id).order_by("code")
    for found in rows.values(*columns, referral=F("code"), place_code=F("place__code")):
        person = standing.get(found["person_id"], found["person_id"])
        yield {
            **found,
            **stays.get(found["id"], {}),
            "person": persons[person],
            "place": found["place_code"],
            "released_from_compulsory_treatment": found["is_released"],
        }


_STAY_COLUMNS = {"agreed": "agreed_start", "arrived": "arrived_on", "ended": "ended_on"}


def moves_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of moves.csv."""
    rows = Move.objects.filter(provider_id=provider_id).current()
    rows = rows.order_by("referral__code", "from_day")
    for row in rows.values("from_day", code=F("referral__code"), place_code=F("place__code")):
        yield {**row, "referral": row["code"], "place": row["place_code"]}


def absences_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of absences.csv."""
    rows = Absence.objects.filter(provider_id=provider_id).current().order_by("code")
    columns = ("first_day", "last_day", "kind", "learned_on")
    for row in rows.values(*columns, absence=F("code"), of=F("referral__code")):
        yield {**row, "referral": row["of"]}


def confirmations_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of confirmations.csv."""
    rows = Confirmation.objects.filter(provider_id=provider_id).current()
    rows = rows.order_by("referral__code", "period")
    for row in rows.values("period", "received_on", code=F("referral__code")):
        month = Month.of_period(row["period"])
        yield {**row, "referral": row["code"], "month": month}
