"""The hours sheets of a month for many persons at once, to print and sign."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.delivery.models import ComponentRecord, DayRecord, HourRecord
from tugiplaan.delivery.queries.choices import Sheet, SheetLine
from tugiplaan.delivery.queries.done import Done, done_in
from tugiplaan.people.queries import Person, standing_for
from tugiplaan.people.queries import persons_of as entries_of
from tugiplaan.referrals.queries import referrals_of
from tugiplaan.rules.period import Month


def persons_with_records(provider_id: UUID, period: int) -> QuerySet[Person]:
    """Give the persons of whom anything is recorded in a month, by name.

    Args:
        provider_id: At which provider.
        period: The month, YYYYMM.

    Returns:
        The entries that stand. Two queries, the one for merged entries at once.
    """
    here = {"provider_id": provider_id, "period": period}
    hours = HourRecord.objects.filter(**here).current().values("referral__person_id")
    days = DayRecord.objects.filter(**here).current().values("referral__person_id")
    components = ComponentRecord.objects.filter(**here).current().values("person_id")
    of = Q(pk__in=hours) | Q(pk__in=days) | Q(pk__in=components)
    merged = standing_for(provider_id)
    if merged:
        gone = entries_of(provider_id).filter(of, merged_into__isnull=False)
        of |= Q(pk__in=[merged[entry] for entry in gone.values_list("pk", flat=True)])
    return entries_of(provider_id).filter(of, merged_into__isnull=True)


def sheets_of(provider_id: UUID, persons: Iterable[Person], period: int) -> list[Sheet]:
    """Give the sheets of some persons for a month, as `sheet_of` gives one.

    Who asks must reach all of them; see `sheet_of` for one person and a narrower reach.

    Args:
        provider_id: At which provider.
        persons: Of whom; the entries that stand.
        period: The month, YYYYMM.

    Returns:
        One for each person, in their order. Three queries.
    """
    wanted = list(persons)
    stands = {person.pk: person.pk for person in wanted}
    merged = standing_for(provider_id)
    stands |= {entry: kept for entry, kept in merged.items() if kept in stands}
    referrals = {one.pk: one for one in referrals_of(provider_id, stands)}
    rows: dict[UUID, list[Done]] = {person.pk: [] for person in wanted}
    for row in done_in(provider_id, referrals, stands, [period]):
        entry = row.of if row.kind == "component" else referrals[row.of].person_id
        rows[stands[entry]].append(row)
    codes = {key: one.code for key, one in referrals.items()}
    return [_sheet(person, rows[person.pk], codes, period) for person in wanted]


def _sheet(person: Person, rows: list[Done], codes: dict[UUID, str], period: int) -> Sheet:
    rows.sort(key=lambda row: (row.day, row.start if row.start is not None else -1, row.id))
    minutes: dict[str, int] = {}
    lines = []
    for row in rows:
        if row.kind == "day":
            continue
        subject = row.what if row.kind == "component" else codes[row.of]
        minutes[subject] = minutes.get(subject, 0) + row.minutes
        end = None if row.start is None else row.start + row.minutes
        lines.append(
            SheetLine(
                *(row.day, row.start, end, row.minutes, row.activity, row.worker, subject),
                *(row.audience, row.mode),
            )
        )
    days = tuple((row.day, row.what) for row in rows if row.kind == "day")
    return Sheet(person, Month.of_period(period), tuple(lines), days, minutes)
