"""Reading records for pages and for the actions that write them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from tugiplaan.delivery.entries import ComponentEntry, DayEntry, Entry, HourEntry
from tugiplaan.delivery.models import ComponentRecord, DayRecord, GroupSession, HourRecord
from tugiplaan.people.queries import standing_of
from tugiplaan.providers.queries import staff_codes
from tugiplaan.referrals.queries import persons_by_referral
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Audience, DayKind, Mode


def persons_of(provider_id: UUID, entries: Iterable[Entry]) -> dict[UUID, UUID]:
    """Give the person whom each entry is about, by the entry's id.

    Entries whose referral or person is not the provider's are left out. A person's merged entry
    gives the entry that stands for it. One query for each of referrals and components, one more
    where somebody was merged.
    """
    found = list(entries)
    referrals = {entry.referral_id for entry in found if not isinstance(entry, ComponentEntry)}
    named = {entry.person_id for entry in found if isinstance(entry, ComponentEntry)}
    by_referral = persons_by_referral(provider_id, referrals) if referrals else {}
    stands = standing_of(provider_id, named) if named else {}
    persons: dict[UUID, UUID] = {}
    for entry in found:
        if isinstance(entry, ComponentEntry):
            person = stands.get(entry.person_id)
        else:
            person = by_referral.get(entry.referral_id)
        if person is not None:
            persons[entry.id] = person
    return persons


def workers_of(provider_id: UUID) -> frozenset[UUID]:
    """Give the ids of all workers of a provider."""
    return frozenset(staff_codes(provider_id))


def session_by_id(provider_id: UUID, session_id: UUID) -> GroupSession | None:
    """Give a group session of a provider; None: there is none."""
    return GroupSession.objects.filter(provider_id=provider_id, pk=session_id).first()


def hours_of(provider_id: UUID, referral_ids: Iterable[UUID], period: int) -> QuerySet[HourRecord]:
    """Give the hour records of referrals in a month that hold, by day and start."""
    found = HourRecord.objects.filter(
        provider_id=provider_id, period=period, referral_id__in=list(referral_ids)
    ).current()
    return found.order_by("day", "start", "id")


def components_of(
    provider_id: UUID, person_ids: Iterable[UUID], period: int
) -> QuerySet[ComponentRecord]:
    """Give the component records of persons in a month that hold, by day and start."""
    found = ComponentRecord.objects.filter(
        provider_id=provider_id, period=period, person_id__in=list(person_ids)
    ).current()
    return found.order_by("day", "start", "id")


def days_of(provider_id: UUID, referral_ids: Iterable[UUID], period: int) -> QuerySet[DayRecord]:
    """Give the used days of referrals in a month that hold, by day."""
    found = DayRecord.objects.filter(
        provider_id=provider_id, period=period, referral_id__in=list(referral_ids)
    ).current()
    return found.order_by("day", "id")


class GoalTime(NamedTuple):
    """A record, whose it is, and the goal that it served."""

    record_id: UUID
    person_id: UUID
    referral_id: UUID | None
    day: date
    minutes: int
    goal_id: UUID | None


def time_by_goal(
    provider_id: UUID, persons: Iterable[UUID], first: date, last: date
) -> list[GoalTime]:
    """Give the hours of some persons on some days, each with its goal.

    Args:
        provider_id: At which provider.
        persons: The persons, under whichever entry.
        first: The first day.
        last: The last day.

    Returns:
        Hours under referrals and of components, by day; a person is the entry that stands, as
        far as one merge tells. One query.
    """
    chosen = list(persons)
    months = {"period__gte": Month.of(first).period, "period__lte": Month.of(last).period}
    days = {"day__gte": first, "day__lte": last, "provider_id": provider_id}

    def person(path: str) -> Q:
        return Q(**{f"{path}__in": chosen}) | Q(**{f"{path}__merged_into__in": chosen})

    hours = HourRecord.objects.filter(person("referral__person"), **months, **days)
    components = ComponentRecord.objects.filter(person("person"), **months, **days)
    found = (
        hours.current()
        .order_by()
        .values_list(
            *("id", Coalesce("referral__person__merged_into_id", "referral__person_id")),
            *("referral_id", "day", "minutes", "goal_id"),
        )
        .union(
            components.current()
            .order_by()
            .values_list(
                *("id", Coalesce("person__merged_into_id", "person_id")),
                *(Cast(Value(None), UUIDField()), "day", "minutes", "goal_id"),
            ),
            all=True,
        )
    )
    return sorted((GoalTime(*row) for row in found), key=lambda row: (row.day, str(row.record_id)))


class HourSum(NamedTuple):
    """The minutes given under a referral in a month."""

    period: int
    referral_id: UUID
    person_id: UUID
    minutes: int


def hour_sums(provider_id: UUID, periods: Iterable[int]) -> list[HourSum]:
    """Give the minutes given under each referral in some months, of whatever kind. One query."""
    rows = HourRecord.objects.filter(provider_id=provider_id, period__in=set(periods)).current()
    names = ("period", "referral_id", "referral__person_id")
    sums = rows.order_by(*names).values_list(*names).annotate(total=Sum("minutes"))
    return [HourSum(*row) for row in sums]


class ComponentSum(NamedTuple):
    """Equal component records of a person on a day: so many of so many minutes."""

    provider_id: UUID
    person_id: UUID
    day: date
    funder: str
    component: str
    mode: Mode
    audience: Audience
    minutes: int
    times: int


def component_sums(
    periods: Iterable[int], *, provider_id: UUID | None = None, funder: str = ""
) -> list[ComponentSum]:
    """Give the component records of some months, equal ones of a day together.

    Args:
        periods: The months, YYYYMM.
        provider_id: Only of this provider; None: of all.
        funder: Only of this funder; empty: of all.

    Returns:
        By day; a person is the entry that stands, as far as one merge tells. One query.
    """
    rows = ComponentRecord.objects.filter(period__in=set(periods))
    if provider_id is not None:
        rows = rows.filter(provider_id=provider_id)
    if funder:
        rows = rows.filter(funder=funder)
    names = ("day", "funder", "component", "mode", "audience", "minutes")
    sums = (
        rows.current()
        .annotate(stands=Coalesce("person__merged_into_id", "person_id"))
        .order_by("day", "provider_id", "stands", *names[1:])
        .values_list("provider_id", "stands", *names)
        .annotate(times=Count("id"))
    )
    return [
        ComponentSum(key, person, day, funds, component, Mode(mode), Audience(whom), length, times)
        for key, person, day, funds, component, mode, whom, length, times in sums
    ]


def line_of_corrections(record: HourRecord | ComponentRecord | DayRecord) -> list[UUID]:
    """Give the ids of all versions of a record, the first one first.

    Two questions for each version: corrections of one record are few.
    """
    model = type(record)
    first = record
    while first.corrects_id is not None:
        first = model.objects.get(pk=first.corrects_id)
    line = [first.pk]
    while (later := model.objects.filter(corrects_id=line[-1]).first()) is not None:
        line.append(later.pk)
    return line


def entry_of(record: HourRecord | ComponentRecord | DayRecord) -> Entry:
    """Give what a record says as an entry of the same id, for a form that corrects it."""
    if isinstance(record, DayRecord):
        return DayEntry(
            referral_id=record.referral_id,
            day=record.day,
            kind=DayKind(record.kind),
            id=record.pk,
        )
    timed: dict[str, Any] = {
        "day": record.day,
        "minutes": record.minutes,
        "worker_id": record.worker_id,
        "start": record.start,
        "audience": Audience(record.audience),
        "activity": record.activity,
        "goal_id": record.goal_id,
        "code": record.code,
        "id": record.pk,
    }
    if isinstance(record, HourRecord):
        return HourEntry(referral_id=record.referral_id, is_direct=record.is_direct, **timed)
    return ComponentEntry(
        person_id=record.person_id,
        funder=record.funder,
        component=record.component,
        mode=Mode(record.mode),
        participants=record.participants,
        session_id=record.session_id,
        **timed,
    )


def known_records(
    provider_id: UUID, ids: Iterable[UUID], codes: Iterable[str]
) -> list[HourRecord | ComponentRecord]:
    """Give the first versions of records with these ids or keys of files. Two queries."""
    wanted = Q(pk__in=list(ids)) | Q(code__in=[code for code in codes if code])
    here = Q(provider_id=provider_id, corrects__isnull=True)
    hours = HourRecord.objects.filter(here, wanted).order_by("id")
    components = ComponentRecord.objects.filter(here, wanted).order_by("id")
    return [*hours, *components]
