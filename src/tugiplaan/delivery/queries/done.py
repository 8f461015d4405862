"""What was done with some persons: hours, component hours and days as lines of one kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, CharField, IntegerField, UUIDField, Value

from tugiplaan.delivery.models import ComponentRecord, DayRecord, HourRecord


@dataclass(frozen=True, slots=True)
class Done:
    """One record, of whatever kind.

    Attributes:
        kind: `component`, `hour` or `day`.
        of: The person of a component record, else the referral.
        minutes: How long; 0 for a day.
        what: The component; the kind of a used day; empty for hours.
        session_id: The group session; None: none.
    """

    kind: str
    id: UUID
    of: UUID
    day: date
    start: int | None
    minutes: int
    activity: str
    audience: str
    what: str
    funder: str
    mode: str
    goal_id: UUID | None
    worker_id: UUID | None
    worker: str
    worker_user_id: UUID | None
    session_id: UUID | None
    session: str
    participants: int | None
    is_direct: bool


_SAME: tuple[str, ...] = ("start", "minutes", "activity", "audience")
_WORKER: tuple[str, ...] = ("goal_id", "worker_id", "worker__name", "worker__user_id")


def done_in(
    provider_id: UUID,
    referral_ids: Iterable[UUID],
    person_ids: Iterable[UUID],
    periods: Sequence[int],
) -> list[Done]:
    """Give what was done with some persons in some months.

    Args:
        provider_id: At which provider.
        referral_ids: Their referrals: of hours and days.
        person_ids: Their entries: of component hours.
        periods: The months, YYYYMM.

    Returns:
        The records that hold, the latest first. One query.
    """
    here: dict[str, Any] = {"provider_id": provider_id, "period__in": list(periods)}
    theirs = {**here, "referral_id__in": list(referral_ids)}
    components = ComponentRecord.objects.filter(**here, person_id__in=list(person_ids)).current()
    # First what has every column with its kind: a database takes the kinds from there.
    first: list[Any] = [Value("component", CharField()), "id", "person_id", "day", *_SAME]
    first += ["component", "funder", "mode", *_WORKER, "session_id", "session__title"]
    first += ["participants", Value(value=True, output_field=BooleanField())]
    text, no_id, no_number = Value(""), Value(None, UUIDField()), Value(None, IntegerField())
    second: list[Any] = [Value("hour", CharField()), "id", "referral_id", "day", *_SAME]
    second += [text, text, text, *_WORKER, no_id, text, no_number, "is_direct"]
    third: list[Any] = [Value("day", CharField()), "id", "referral_id", "day", no_number]
    third += [Value(0, IntegerField()), text, text, "kind", text, text, no_id, no_id, text]
    third += [no_id, no_id, text, no_number, Value(value=True, output_field=BooleanField())]
    rows = components.values_list(*first).union(
        HourRecord.objects.filter(**theirs).current().values_list(*second),
        DayRecord.objects.filter(**theirs).current().values_list(*third),
        all=True,
    )
    found = [_done(row) for row in rows]
    found.sort(key=lambda one: (one.day, one.start or 0, one.id), reverse=True)
    return found


def _done(row: Sequence[Any]) -> Done:
    values: list[Any] = list(row)
    for at in _TEXTS:
        values[at] = values[at] or ""
    return Done(*values)


_TEXTS = (6, 7, 8, 9, 10, 13, 16)
