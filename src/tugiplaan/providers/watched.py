"""What runs out at a provider: training, qualifications and licences, in one query."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from tugiplaan.accounts.queries import in_force
from tugiplaan.providers.models import Course, Licence, Position, Qualification
from tugiplaan.providers.queries import Learned, qualification_from
from tugiplaan.rules import staffing
from tugiplaan.rules.vocabulary import Service, Variant


@dataclass(frozen=True, slots=True)
class WatchedWorker:
    """Somebody who works with people on a day.

    Attributes:
        by_service: How far the training for each service of the positions is.
        ending: Of the qualifications that hold, the one that holds longest.
    """

    staff_id: UUID
    name: str
    by_service: dict[Service, staffing.Qualification]
    ending: Qualification | None


@dataclass(frozen=True, slots=True)
class WatchedLicence:
    """The licence of a service at a place that holds longest.

    Attributes:
        valid_to: Its last day; None: until further notice.
    """

    licence_id: UUID
    code: str
    place: str
    service: Service
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class WatchedHouse:
    """What runs out at a provider: workers by code, licences by place and service."""

    workers: tuple[WatchedWorker, ...]
    licences: tuple[WatchedLicence, ...]


def watched_house(provider_id: UUID, day: date) -> WatchedHouse:
    """Give who works with people on a day, how far their training is, and the licences.

    Args:
        provider_id: At which provider.
        day: The day. Who holds no position on it asks for no training.

    Returns:
        Of several licences of a service at a place only the one that ends last. One query.

    Raises:
        NotInForceError: The training rules of that day are not known.

    Law: SHS §§ 86, 151; R38 §§ 2–3.
    """
    rows = list(_rows(provider_id, day))
    positions = [row for row in rows if row[0] == _POSITION]
    positions.sort(key=lambda row: (row[8], str(row[1])))
    services: dict[UUID, set[Service]] = {}
    for row in positions:
        services.setdefault(row[2], set()).add(Service(row[4]))
    names = {row[2]: row[3] or row[8] for row in positions}
    return WatchedHouse(
        tuple(_worker((key, name), services[key], rows, day) for key, name in names.items()),
        _licences(rows),
    )


_COURSE, _QUALIFICATION, _LICENCE, _POSITION = "course", "qualification", "licence", "position"

type _Row = tuple[str, UUID, UUID, str, str, int, date, date | None, str]
"""What it is, its id, its worker or place, kind or name, service, hours, two days, code."""


def _rows(provider_id: UUID, day: date) -> QuerySet[Course, _Row]:
    """Read courses, qualifications, licences and positions of a day with one question."""
    works = Q(staff__valid_from__isnull=True) | Q(staff__valid_from__lte=day)
    stays = Q(staff__valid_to__isnull=True) | Q(staff__valid_to__gte=day)
    positions = Position.objects.filter(in_force(day), works, stays, provider_id=provider_id)
    no_text, no_number = Value("", CharField()), Value(0, IntegerField())
    courses = Course.objects.filter(provider_id=provider_id).order_by()
    qualifications = Qualification.objects.filter(provider_id=provider_id).order_by()
    licences = Licence.objects.filter(provider_id=provider_id).order_by()
    # Columns go by their place, so each of the four names them in the same order.
    return courses.values_list(
        *(Value(_COURSE), "id", "staff_id", Cast("kind", TextField()), no_text),
        *(Cast("hours", IntegerField()), "started_on", "completed_on", no_text),
    ).union(
        qualifications.values_list(
            *(Value(_QUALIFICATION), "id", "staff_id", Cast("name", TextField()), no_text),
            *(no_number, "valid_from", Cast("valid_to", DateField()), no_text),
        ),
        licences.values_list(
            *(Value(_LICENCE), "id", "place_id", Cast("place__name", TextField()), F("service")),
            *(no_number, "valid_from", Cast("valid_to", DateField()), F("code")),
        ),
        positions.order_by().values_list(
            *(Value(_POSITION), "id", "staff_id", Cast("staff__name", TextField()), F("service")),
            *(no_number, "valid_from", Cast("valid_to", DateField()), F("staff__code")),
        ),
        all=True,
    )


def _worker(
    who: tuple[UUID, str], services: set[Service], rows: list[_Row], day: date
) -> WatchedWorker:
    mine = [row for row in rows if row[2] == who[0]]
    learned = Learned(
        tuple(
            Course(id=row[1], kind=row[3], hours=row[5], started_on=row[6], completed_on=row[7])
            for row in mine
            if row[0] == _COURSE
        ),
        tuple(
            Qualification(id=row[1], name=row[3], valid_from=row[6], valid_to=row[7])
            for row in mine
            if row[0] == _QUALIFICATION
        ),
    )
    begun = [row for row in learned.qualifications if row.valid_from <= day]
    return WatchedWorker(
        *who,
        {one: qualification_from(learned, one, Variant.PLAIN, day) for one in sorted(services)},
        max(begun, key=lambda row: (row.valid_to or date.max, str(row.pk)), default=None),
    )


def _licences(rows: list[_Row]) -> tuple[WatchedLicence, ...]:
    found: dict[tuple[UUID, str], _Row] = {}
    for row in rows:
        if row[0] != _LICENCE:
            continue
        before = found.get((row[2], row[4]))
        if before is None or (before[7] or date.max) < (row[7] or date.max):
            found[row[2], row[4]] = row
    licences = [
        WatchedLicence(row[1], row[8], row[3], Service(row[4]), row[7]) for row in found.values()
    ]
    return tuple(sorted(licences, key=lambda one: (one.place, one.service)))
