"""How far a worker's training is, and until when it must be done."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import add_months
from tugiplaan.rules.staffing.norms import norms
from tugiplaan.rules.tables import Law, load
from tugiplaan.rules.vocabulary import Service, Variant

_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Training:
    """What a worker has learned.

    Attributes:
        begun_on: The day on which the training began.
        hours: Hours of the basic course done, the introductory part included.
        extra_hours: Hours of the extra course done.
        is_exempt: A degree or qualification that the regulation accepts in its place.
    """

    begun_on: date
    hours: int = 0
    extra_hours: int = 0
    is_exempt: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """How far a course is, and until when it must be done.

    Attributes:
        course: `basic`, or which extra course.
        hours: Hours that it asks for.
        missing_hours: Hours that are not done.
        due_on: The last day to finish it; None where the regulation names no time.
        explanation: The steps.
    """

    course: str
    hours: int
    missing_hours: int
    due_on: date | None
    explanation: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Qualification:
    """How far a worker's training is on a day; whom to let work people decide.

    Attributes:
        courses: The basic course, unless exempt, and the extra course that the work needs.
        may_begin: At least the introductory part is done, or the worker is exempt.
        needs_supervision: A course is not finished: the worker works under supervision.
        overdue: The courses whose time has passed unfinished.
    """

    courses: tuple[Course, ...]
    may_begin: bool
    needs_supervision: bool
    overdue: tuple[Course, ...]


def qualification(
    training: Training, service: Service, variant: Variant, day: date, law: Law
) -> Qualification:
    """Say how far a worker's training for a service is.

    Args:
        training: What the worker has learned.
        service: The service to be delivered.
        variant: Its variant.
        day: The day from which one looks.
        law: The dated law.

    Returns:
        Each course with the hours that are missing and the last day to finish it.

    Raises:
        KeyError: The service has no such variant.
        NotInForceError: The training rules of that day were not found.

    Law: SHS § 86(1), (7); regulation 38 §§ 2–3.

    >>> from tugiplaan.rules.tables import builtin
    >>> new = Training(begun_on=date(2026, 2, 2), hours=40)
    >>> found = qualification(new, Service.KE, Variant.PLAIN, date(2026, 5, 1), builtin())
    >>> found.courses[0].missing_hours, found.courses[0].due_on, found.may_begin
    (220, datetime.date(2028, 2, 2), True)
    """
    intro = law.term("course_intro_hours", day)
    courses = []
    if not training.is_exempt:
        terms = (law.term("course_hours", day), law.term("course_years", day))
        courses.append(_course("basic", training.begun_on, training.hours, terms))
    extra = norms()[service, variant].course
    if extra:
        entry = load_courses()[extra]
        years = law.term(entry["years"], day) if "years" in entry else None
        terms_extra = (law.term(entry["hours"], day), years)
        courses.append(_course(extra, training.begun_on, training.extra_hours, terms_extra))
    unfinished = tuple(course for course in courses if course.missing_hours)
    return Qualification(
        courses=tuple(courses),
        may_begin=training.is_exempt or training.hours >= intro.value,
        needs_supervision=bool(unfinished),
        overdue=tuple(row for row in unfinished if row.due_on is not None and row.due_on < day),
    )


class TrainingCaution(StrEnum):
    """What to tell while a worker records; nothing of it refuses the record."""

    MAY_NOT_BEGIN = "may_not_begin"
    OVERDUE = "overdue"
    UNSUPERVISED = "unsupervised"


def training_cautions(found: Qualification, *, is_supervised: bool) -> tuple[TrainingCaution, ...]:
    """Say what is wrong with a worker's working as they do.

    Args:
        found: How far the training is on the day.
        is_supervised: Somebody is named who supervises the worker on the day.

    Returns:
        That the introductory part is not done; that the time of a course ran out; that a course
        is not finished and nobody supervises. Each once, in this order.

    Law: SHS § 86(1); regulation 38 §§ 2–3.
    """
    cautions = []
    if not found.may_begin:
        cautions.append(TrainingCaution.MAY_NOT_BEGIN)
    if found.overdue:
        cautions.append(TrainingCaution.OVERDUE)
    if found.needs_supervision and not is_supervised:
        cautions.append(TrainingCaution.UNSUPERVISED)
    return tuple(cautions)


@cache
def load_courses() -> dict[str, dict[str, str]]:
    """Give the extra courses: the terms of their hours and years."""
    return dict(load("staffing")["courses"])


def _course(
    course: str, begun_on: date, done: int, terms: tuple[DatedValue, DatedValue | None]
) -> Course:
    hours, years = terms
    needed = int(hours.value)
    numbers = (("hours", needed), ("done", done), ("missing", max(0, needed - done)))
    steps = [Step(f"course_{course}", numbers, (hours,), hours.source)]
    due_on = None
    if years is not None:
        due_on = add_months(begun_on, _MONTHS_IN_YEAR * int(years.value))
        due_numbers = (("counted_from", begun_on), ("years", years.value), ("due_on", due_on))
        steps.append(Step("course_due", due_numbers, (years,), years.source))
    return Course(course, needed, max(0, needed - done), due_on, tuple(steps))
