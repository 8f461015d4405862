"""The records of a provider's month as facts for the rules, read set by set.

However many persons there are, each function asks a fixed number of questions. What is read
by the hundred thousand skips the making of rows and of each value in them: see `raw`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, CharField, Func, IntegerField, Q, QuerySet, Sum, When
from django.db.models.functions import Cast

from tugiplaan.delivery.models import (
    ComponentRecord,
    DayRecord,
    EmptyPlace,
    HourRecord,
    MonthUse,
)
from tugiplaan.rules.facts import DayRecord as UsedDay
from tugiplaan.rules.facts import EmptyPlaces
from tugiplaan.rules.facts import HourRecord as HourFact
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Audience, DayKind

_CHUNK = 10_000
_new = tuple.__new__  # a named tuple's own constructor, in Python, takes twice as long


class DayNumber(Func):
    """The day of the month, computed by the database without a call back into Python."""

    output_field = IntegerField()
    template = "EXTRACT(DAY FROM %(expressions)s)::int"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite keeps a day as text, year-month-day."""
        template = "CAST(substr(%(expressions)s, 9, 2) AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, **context)


# The key by which findings name a record: the one a file brought, else its id.
_KEY = Case(
    When(~Q(code=""), then="code"), default=Cast("id", CharField()), output_field=CharField()
)


def raw(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a `values_list` as the database's driver does, values unconverted.

    Ids so come as text from SQLite and as UUID from PostgreSQL: as keys both do, see `raw_id`.
    """
    sql, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while found := cursor.fetchmany(_CHUNK):
            yield from found


def raw_id() -> Callable[[UUID], Any]:
    """Give what makes of an id that which `raw` gives for it."""
    if connection.vendor == "sqlite":
        return lambda value: value.hex
    return lambda value: value


def hours_in_month(
    provider_id: UUID, month: Month, workers: Mapping[UUID, str]
) -> dict[UUID, list[HourFact]]:
    """Give the hour records of a month by referral.

    Args:
        provider_id: Whose.
        month: The month.
        workers: Code of each worker by id.

    Returns:
        For each referral with records, its records in the order of their keys.
    """
    current = HourRecord.objects.filter(provider_id=provider_id, period=month.period).current()
    rows = current.values_list(
        "referral_id", _KEY, DayNumber("day"), "start", "minutes", "worker_id", "audience",
        "activity", "is_direct",
    )  # fmt: skip
    key = raw_id()
    names = {key(worker): code for worker, code in workers.items()}
    days = [month.first, *(month.first.replace(day=n) for n in range(1, month.length + 1))]
    audiences = {str(audience): audience for audience in Audience}
    found: dict[Any, list[HourFact]] = defaultdict(list)
    for referral, record, day, start, minutes, worker, audience, activity, direct in raw(rows):
        values = (
            record, days[day], start, minutes, names[worker], audiences[audience], activity,
            bool(direct), 1,
        )  # fmt: skip
        found[referral].append(_new(HourFact, values))
    return _by_id(found)


def _by_id(found: dict[Any, list[Any]]) -> dict[UUID, list[Any]]:
    for records in found.values():
        records.sort(key=_first)
    return {
        key if isinstance(key, UUID) else UUID(hex=key): records for key, records in found.items()
    }


def _first(record: tuple[Any, ...]) -> Any:
    return record[0]


def hours_before(provider_id: UUID, month: Month, since: Month) -> dict[UUID, list[HourFact]]:
    """Give what was used in earlier months, one fact for all that is equal to the rules.

    Of closed months the minutes that count were kept at the closing; of others they are added
    up here by what the rules look at. In earlier months the rules ask for the sum only.

    Args:
        provider_id: Whose.
        month: The month that is settled; it is left out.
        since: The first month asked for.

    Returns:
        For each referral its facts, each on the first day of its month.
    """
    first, end = since.period, month.period
    found: dict[UUID, list[HourFact]] = defaultdict(list)
    kept = MonthUse.objects.filter(provider_id=provider_id, period__gte=first, period__lt=end)
    closed = set(kept.order_by().values_list("period", flat=True).distinct())
    for referral, period, minutes in kept.values_list("referral_id", "period", "minutes"):
        day = Month.of_period(period).first
        found[referral].append(
            HourFact("", day, None, minutes, "", Audience.PERSON, "", is_direct=True)
        )
    rows = (
        HourRecord.objects.filter(provider_id=provider_id, period__gte=first, period__lt=end)
        .exclude(period__in=closed)
        .current()
        .values("referral_id", "period", "audience", "activity", "is_direct")
        .annotate(total=Sum("minutes"))
        .order_by("referral_id", "period", "audience", "activity", "is_direct")
    )
    for row in rows:
        day = Month.of_period(row["period"]).first
        found[row["referral_id"]].append(
            HourFact(
                *("", day, None, row["total"], "", Audience(row["audience"]), row["activity"]),
                is_direct=row["is_direct"],
            )
        )
    return found


def days_until(provider_id: UUID, month: Month, since: Month) -> dict[UUID, list[UsedDay]]:
    """Give the used units of day and week care from a month on until the end of another."""
    current = DayRecord.objects.filter(
        provider_id=provider_id, period__gte=since.period, period__lte=month.period
    ).current()
    found: dict[UUID, list[UsedDay]] = defaultdict(list)
    for referral, day, kind in current.order_by("day", "id").values_list(
        "referral_id", "day", "kind"
    ):
        found[referral].append(UsedDay(day, DayKind(kind)))
    return found


def components_until(
    provider_id: UUID, month: Month, capped: Sequence[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Give the component records of a month, and of its year those under a ceiling.

    Args:
        provider_id: Whose.
        month: The month that is settled.
        capped: Funder and component of every price with a ceiling: only of these do earlier
            months matter, because they have taken from it.

    Returns:
        The values of each record, by person and key.
    """
    wanted = Q(period=month.period)
    for funder, component in sorted(set(capped)):
        wanted |= Q(
            funder=funder,
            component=component,
            period__gte=month.year * 100 + 1,
            period__lt=month.period,
        )
    current = ComponentRecord.objects.filter(wanted, provider_id=provider_id).current()
    names = (
        "person_id", "session__code", "day", "start", "funder", "component", "mode", "audience",
        "minutes", "participants", "worker_id", "activity",
    )  # fmt: skip
    return list(current.order_by("person_id", "id").values(*names, key=_KEY))


def empty_places(provider_id: UUID, place_codes: Mapping[UUID, str]) -> tuple[EmptyPlaces, ...]:
    """Give the empty court places of a provider, by place and day."""
    rows = EmptyPlace.objects.filter(provider_id=provider_id).current()
    found = [
        EmptyPlaces(place_codes[place], first, last, count)
        for place, first, last, count in rows.values_list(
            "place_id", "first_day", "last_day", "count"
        )
    ]
    return tuple(sorted(found, key=lambda empty: (empty.place, empty.first_day)))


def sessions_until(provider_id: UUID, month: Month, *, whole_year: bool) -> list[tuple[str, UUID]]:
    """Give who took part in group sessions: session code and person, each pair once.

    Args:
        provider_id: Whose.
        month: The month that is settled.
        whole_year: Sessions of earlier months of its year too.
    """
    first = month.year * 100 + 1 if whole_year else month.period
    current = ComponentRecord.objects.filter(
        provider_id=provider_id,
        period__gte=first,
        period__lte=month.period,
        session__isnull=False,
    ).current()
    return list(current.order_by().values_list("session__code", "person_id").distinct())


def used_minutes(provider_id: UUID, period: int) -> list[tuple[UUID, HourFact]]:
    """Give what was used under each referral in a month, equal facts together.

    Args:
        provider_id: Whose.
        period: The month, YYYYMM.

    Returns:
        Referral and a fact with the minutes of all records that are equal to the rules.
    """
    rows = (
        HourRecord.objects.filter(provider_id=provider_id, period=period)
        .current()
        .order_by()
        .values_list("referral_id", "audience", "activity", "is_direct")
        .annotate(total=Sum("minutes"))
    )
    day = Month.of_period(period).first
    return [
        (
            referral,
            HourFact(
                *("", day, None, total, "", Audience(audience), activity), is_direct=is_direct
            ),
        )
        for referral, audience, activity, is_direct, total in rows
    ]


def empty_on(provider_id: UUID, day: date) -> dict[UUID, int]:
    """Give how many court places stand empty on a day, by place. One query."""
    rows = EmptyPlace.objects.filter(
        provider_id=provider_id, first_day__lte=day, last_day__gte=day
    ).current()
    return dict(rows.order_by().values_list("place_id").annotate(total=Sum("count")))
