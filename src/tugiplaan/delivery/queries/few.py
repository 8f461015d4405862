"""The records of a few persons as facts for the rules, by their keys in the index of months."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from tugiplaan.delivery.models import ComponentRecord, DayRecord, GroupSession, HourRecord
from tugiplaan.rules.facts import ComponentRecord as ComponentFact
from tugiplaan.rules.facts import DayRecord as UsedDay
from tugiplaan.rules.facts import HourRecord as HourFact
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Audience, DayKind, Mode


def periods(since: Month, until: Month) -> list[int]:
    """Give the months from one to another, both included, as YYYYMM.

    >>> periods(Month(2025, 12), Month(2026, 1))
    [202512, 202601]
    """
    found = []
    while since <= until:
        found.append(since.period)
        since = since.plus(1)
    return found


def hours_of_few(
    provider_id: UUID, referral_ids: Iterable[UUID], months: Sequence[int]
) -> dict[UUID, list[HourFact]]:
    """Give the hour records of a few referrals in some months. One query.

    Args:
        provider_id: Whose.
        referral_ids: Which referrals.
        months: Which months, YYYYMM.
    """
    rows = HourRecord.objects.filter(
        provider_id=provider_id, period__in=months, referral_id__in=list(referral_ids)
    ).current()
    columns = (
        *("referral_id", "pk", "code", "day", "start", "minutes", "worker__code", "audience"),
        *("activity", "is_direct"),
    )
    found: dict[UUID, list[HourFact]] = {}
    for referral, pk, code, day, start, minutes, worker, audience, *rest in rows.order_by(
        "period", "id"
    ).values_list(*columns):
        activity, is_direct = rest
        fact = HourFact(
            code or str(pk), day, start, minutes, worker, Audience(audience), activity, is_direct
        )
        found.setdefault(referral, []).append(fact)
    return found


def days_of_few(
    provider_id: UUID, referral_ids: Iterable[UUID], months: Sequence[int]
) -> dict[UUID, list[UsedDay]]:
    """Give the used days of a few referrals in some months. One query."""
    rows = DayRecord.objects.filter(
        provider_id=provider_id, period__in=months, referral_id__in=list(referral_ids)
    ).current()
    found: dict[UUID, list[UsedDay]] = {}
    for referral, day, kind in rows.order_by("day", "id").values_list("referral_id", "day", "kind"):
        found.setdefault(referral, []).append(UsedDay(day, DayKind(kind)))
    return found


def components_of_few(
    provider_id: UUID, person_ids: Iterable[UUID], months: Sequence[int]
) -> dict[UUID, list[ComponentFact]]:
    """Give the component records of a few entries of persons in some months. One query."""
    rows = ComponentRecord.objects.filter(
        provider_id=provider_id, period__in=months, person_id__in=list(person_ids)
    ).current()
    columns = (
        *("person_id", "pk", "code", "session__code", "day", "start", "funder", "component"),
        *("mode", "audience", "minutes", "participants", "worker__code", "activity"),
    )
    found: dict[UUID, list[ComponentFact]] = {}
    for person, pk, code, session, *rest in rows.order_by("period", "id").values_list(*columns):
        day, start, funder, component, mode, audience, minutes, participants, worker, doing = rest
        fact = ComponentFact(
            record=code or str(pk),
            session=session or "",
            day=day,
            start=start,
            funder=funder,
            component=component,
            mode=Mode(mode),
            audience=Audience(audience),
            minutes=minutes,
            participants=participants,
            worker=worker,
            activity=doing,
        )
        found.setdefault(person, []).append(fact)
    return found


def took_part(provider_id: UUID, codes: Iterable[str]) -> set[tuple[str, str]]:
    """Give who took part in some group sessions: session code and person code. One query."""
    rows = ComponentRecord.objects.filter(
        provider_id=provider_id, session__code__in=list(codes)
    ).current()
    columns = ("session__code", "person__code", "person__merged_into__code")
    return {(code, kept or own) for code, own, kept in rows.order_by().values_list(*columns)}


def session_codes(provider_id: UUID, session_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Give the code of each of some group sessions; those not opened yet are left out."""
    rows = GroupSession.objects.filter(provider_id=provider_id, pk__in=list(session_ids))
    return dict(rows.values_list("pk", "code"))
