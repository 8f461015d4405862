"""Who works at a provider, and what they have learned."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from tugiplaan.accounts.queries import in_force
from tugiplaan.providers.models import (
    Course,
    CourseKind,
    Position,
    Qualification,
    Staff,
)
from tugiplaan.rules import staffing
from tugiplaan.rules.staffing import Training, norms
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import (
    Service,
    Variant,
)

_WITHOUT_EXTRA_COURSE = Service.IET
_BASIC = frozenset({CourseKind.FULL_260, CourseKind.BASIC_40, CourseKind.REST_220})
_EXTRA = {
    "work_support": CourseKind.WORK_40,
    "large_need": CourseKind.NEED_40,
    "court": CourseKind.COURT_60,
}


def staff_codes(provider_id: UUID) -> dict[UUID, str]:
    """Give the code of each worker of a provider by id."""
    return dict(Staff.objects.filter(provider_id=provider_id).values_list("pk", "code"))


def staff_of(provider_id: UUID, day: date | None = None) -> QuerySet[Staff]:
    """Give who works for a provider, by code, with positions, courses and qualifications.

    Args:
        provider_id: For whom.
        day: Who works on this day; None: all who ever did.
    """
    found = Staff.objects.filter(provider_id=provider_id)
    if day is not None:
        found = found.filter(in_force(day) | Q(valid_from__isnull=True))
    return found.order_by("code").prefetch_related(
        Prefetch("positions", Position.objects.order_by("valid_from", "id")),
        Prefetch("courses", Course.objects.order_by("started_on", "id")),
        Prefetch("qualifications", Qualification.objects.order_by("valid_from", "id")),
    )


def staff_with_course(provider_id: UUID, kind: CourseKind, day: date) -> set[UUID]:
    """Give who of those who work on a day has passed a kind of course by then. One query."""
    passed = Course.objects.filter(
        provider_id=provider_id, kind=kind, completed_on__isnull=False, completed_on__lte=day
    )
    here = Staff.objects.filter(in_force(day) | Q(valid_from__isnull=True))
    return set(
        passed.filter(staff__in=here).values_list("staff_id", flat=True).order_by("staff_id")
    )


@dataclass(frozen=True, slots=True)
class WorkerState:
    """How far a worker is on a day.

    Attributes:
        basic: The basic course alone.
        by_service: For each service of the positions held on the day, in its plain variant.
    """

    staff: Staff
    positions: tuple[Position, ...]
    basic: staffing.Qualification
    by_service: dict[Service, staffing.Qualification]


def staff_states(provider_id: UUID, day: date) -> list[WorkerState]:
    """Give who works for a provider on a day, and how far their training is. Four queries.

    Args:
        provider_id: For whom.
        day: The day.

    Returns:
        By code: what each may do, what is missing, until when.

    Raises:
        NotInForceError: The training rules of that day are not known.

    Law: SHS § 86, R38 §§ 2–3.
    """
    return [state_of_worker(staff, day) for staff in staff_of(provider_id, day)]


def state_of_worker(staff: Staff, day: date) -> WorkerState:
    """Say how far a worker from `staff_of` is on a day."""
    positions = tuple(row for row in staff.positions.all() if _holds(row, day))
    services = sorted({Service(row.service) for row in positions})
    return WorkerState(
        staff=staff,
        positions=positions,
        basic=qualification_on(staff, _WITHOUT_EXTRA_COURSE, Variant.PLAIN, day),
        by_service={
            service: qualification_on(staff, service, Variant.PLAIN, day) for service in services
        },
    )


def qualification_on(
    staff: Staff, service: Service, variant: Variant, day: date
) -> staffing.Qualification:
    """Say what a worker may do in a service on a day, and what is due when.

    Args:
        staff: Who; from `staff_of`, or two queries are made.
        service: The service to be delivered.
        variant: Its variant.
        day: The day.

    Returns:
        The courses with their missing hours and last days; whether the worker may begin, and
        whether under supervision. Where no training has begun, the days are counted from `day`.

    Raises:
        KeyError: The service has no such variant.
        NotInForceError: The training rules of that day are not known.

    Law: SHS § 86(1), (7); R38 §§ 2–3.
    """
    learned = Learned(tuple(staff.courses.all()), tuple(staff.qualifications.all()))
    return qualification_from(learned, service, variant, day)


class Learned(NamedTuple):
    """The courses and qualifications of a worker."""

    courses: tuple[Course, ...]
    qualifications: tuple[Qualification, ...]


def qualification_from(
    learned: Learned, service: Service, variant: Variant, day: date
) -> staffing.Qualification:
    """Say the same as `qualification_on` of what was read already."""
    extra = norms()[service, variant].course
    training = _training(learned, _EXTRA[extra] if extra else None, day)
    return staffing.qualification(training, service, variant, day, builtin())


def training_on(staff: Staff, extra: CourseKind | None, day: date) -> Training:
    """Say what a worker has learned by a day.

    Args:
        staff: Who.
        extra: The extra course that the work asks for; None: none.
        day: The day; a course counts from the day of its certificate.

    Returns:
        The hours of the passed courses, each kind counted once. The training began with the
        first course of the basic kinds; where there is none, on `day`.
    """
    learned = Learned(tuple(staff.courses.all()), tuple(staff.qualifications.all()))
    return _training(learned, extra, day)


def _training(learned: Learned, extra: CourseKind | None, day: date) -> Training:
    begun = [row for row in learned.courses if row.started_on <= day]
    done: dict[str, int] = {}
    for row in begun:
        if row.completed_on is not None and row.completed_on <= day:
            done[row.kind] = max(row.hours, done.get(row.kind, 0))
    basic = [row.started_on for row in begun if row.kind in _BASIC]
    return Training(
        begun_on=min(basic, default=day),
        hours=sum(hours for kind, hours in done.items() if kind in _BASIC),
        extra_hours=done.get(extra, 0) if extra else 0,
        is_exempt=any(_holds(row, day) for row in learned.qualifications),
    )


def _holds(row: Position | Qualification, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
