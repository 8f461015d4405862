"""Records that come from files and go to files."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, Q, When
from django.db.models.functions import Cast

from tugiplaan.audit.bringing import Shelf, bringer
from tugiplaan.delivery.models import (
    ComponentRecord,
    DayRecord,
    EmptyPlace,
    GroupSession,
    HourRecord,
)

bring_sessions = bringer(Shelf(GroupSession, ("code",)))
bring_hours = bringer(Shelf(HourRecord, ("code",)))
bring_components = bringer(Shelf(ComponentRecord, ("code",)))
bring_days = bringer(Shelf(DayRecord, ("referral_id", "day")))
bring_empty_places = bringer(Shelf(EmptyPlace, ("place_id", "first_day")))


def session_ids(provider_id: UUID) -> dict[str, UUID]:
    """Give the id of each group session of a provider by its code."""
    return dict(GroupSession.objects.filter(provider_id=provider_id).values_list("code", "pk"))


_KEY = Case(When(~Q(code=""), then="code"), default=Cast("id", CharField()))
_TIMED = ("start", "minutes", "audience", "activity")


def hours_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of hours.csv."""
    rows = HourRecord.objects.filter(provider_id=provider_id).current()
    names = {"of": F("referral__code"), "by": F("worker__code"), "record": _KEY}
    for row in rows.order_by("code", "id").values(*_TIMED, "day", "is_direct", **names).iterator():
        yield {
            **row,
            "referral": row["of"],
            "date": row["day"],
            "worker": row["by"],
            "direct": row["is_direct"],
        }


def components_out(
    provider_id: UUID, standing: Mapping[UUID, UUID], persons: Mapping[UUID, str]
) -> Iterator[dict[str, Any]]:
    """Give the rows of components.csv.

    Args:
        provider_id: Whose records.
        standing: For an entry merged into another the one that stands for it.
        persons: Code of each entry by id.
    """
    rows = ComponentRecord.objects.filter(provider_id=provider_id).current()
    columns = (*_TIMED, "day", "person_id", "funder", "component", "mode", "participants")
    names = {"in_session": F("session__code"), "by": F("worker__code"), "record": _KEY}
    for row in rows.order_by("code", "id").values(*columns, **names).iterator():
        yield {
            **row,
            "session": row["in_session"],
            "person": persons[standing.get(row["person_id"], row["person_id"])],
            "date": row["day"],
            "worker": row["by"],
        }


def days_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of days.csv."""
    rows = DayRecord.objects.filter(provider_id=provider_id).current()
    rows = rows.order_by("referral__code", "day")
    for row in rows.values("day", "kind", of=F("referral__code")).iterator():
        yield {**row, "referral": row["of"], "date": row["day"]}


def empty_places_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of empty_places.csv."""
    rows = EmptyPlace.objects.filter(provider_id=provider_id).current()
    rows = rows.order_by("place__code", "first_day")
    for row in rows.values("first_day", "last_day", "count", code=F("place__code")):
        yield {**row, "place": row["code"]}
