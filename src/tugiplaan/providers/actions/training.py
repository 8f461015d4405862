"""The courses and qualifications of workers."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.models import Course, CourseKind, Qualification, Staff


@dataclass(frozen=True, slots=True)
class CourseData:
    """A course that a worker began or passed.

    Attributes:
        kind: A `CourseKind`.
        hours: Of 45 minutes, as on the certificate, >= 1.
        completed_on: The day of the certificate; None: under way.
    """

    kind: str
    hours: int
    started_on: date
    completed_on: date | None = None
    title: str = ""
    certificate: str = ""


class UnableToRecordCourseError(RefusedError):
    """The course cannot be recorded as given."""


def record_course(*, staff: Staff, data: CourseData, by: User, on: date) -> Course:
    """Record that a worker began or passed a course.

    Args:
        staff: Who.
        data: Which course, and when.
        by: Who records.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordCourseError: The kind is unknown, or hours or days cannot be.

    Law: SHS § 86(1), R38 §§ 2–3.
    """
    require(by, "providers.write", staff.provider_id, on)
    wrong = ""
    if data.kind not in CourseKind.values:
        wrong = _("Koolituse liiki „{kind}“ ei ole.").format(kind=data.kind)
    elif data.hours < 1:
        wrong = _("Tunde on vähemalt 1.")
    elif data.completed_on is not None:
        wrong = _wrong_completion(data.started_on, data.completed_on, on)
    if wrong:
        raise UnableToRecordCourseError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))
    row = Course(provider_id=staff.provider_id, staff=staff, **asdict(data))
    with acting(by=by, name="providers.record_course", provider_id=staff.provider_id) as act:
        row.save(force_insert=True)
        act.details["staff"] = staff.pk
    return row


def _wrong_completion(started_on: date, completed_on: date, on: date) -> str:
    if completed_on < started_on:
        return _("Koolituse lõpp on enne algust.")
    return _("Koolituse lõpp on tulevikus.") if completed_on > on else ""


def complete_course(
    *, course: Course, completed_on: date, certificate: str, by: User, on: date
) -> None:
    """Record that a worker passed a course that was under way.

    Args:
        course: Which.
        completed_on: The day of the certificate.
        certificate: Its number; may be empty.
        by: Who records.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordCourseError: It was passed already, or the day cannot be.
    """
    require(by, "providers.write", course.provider_id, on)
    name = "providers.complete_course"
    with acting(by=by, name=name, provider_id=course.provider_id) as act:
        held = Course.objects.select_for_update().get(pk=course.pk)
        wrong = _wrong_completion(held.started_on, completed_on, on)
        if held.completed_on is not None:
            wrong = _("Koolitus on läbitud juba {day}.").format(day=show_day(held.completed_on))
        if wrong:
            raise UnableToRecordCourseError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))
        Course.objects.filter(pk=held.pk).update(completed_on=completed_on, certificate=certificate)
        act.details["staff"] = held.staff_id


@dataclass(frozen=True, slots=True)
class QualificationData:
    """A profession or schooling that counts instead of the course.

    Attributes:
        valid_to: Last day; None: it does not end.
        document: The diploma or certificate.
    """

    name: str
    valid_from: date
    valid_to: date | None = None
    document: str = ""


class UnableToRecordQualificationError(RefusedError):
    """The qualification cannot be recorded as given."""


def record_qualification(
    *, staff: Staff, data: QualificationData, by: User, on: date
) -> Qualification:
    """Record a profession or schooling that counts instead of the course.

    That it is one of those which the regulation accepts is for who records it to say.

    Args:
        staff: Whose.
        data: Which, from when to when.
        by: Who records.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordQualificationError: The name is empty or the days cannot be.

    Law: SHS § 86(1), R38 § 2.
    """
    require(by, "providers.write", staff.provider_id, on)
    wrong = "" if data.name.strip() else _("Kvalifikatsiooni nimetus on vajalik.")
    if data.valid_to is not None and data.valid_to < data.valid_from:
        wrong = _("Viimane päev on enne esimest.")
    if wrong:
        raise UnableToRecordQualificationError(
            _("{wrong} Midagi ei salvestatud.").format(wrong=wrong)
        )
    row = Qualification(provider_id=staff.provider_id, staff=staff, **asdict(data))
    name = "providers.record_qualification"
    with acting(by=by, name=name, provider_id=staff.provider_id) as act:
        row.save(force_insert=True)
        act.details["staff"] = staff.pk
    return row
