"""What is due for the house: training, qualifications, licences, months, statistics."""

from collections.abc import Iterator
from uuid import UUID

from tugiplaan.deadlines.tasks import Action, Look, Subject, Task, TaskKind, task_of
from tugiplaan.providers.books import awaits_component_close
from tugiplaan.providers.watched import WatchedLicence, WatchedWorker, watched_house
from tugiplaan.rules.deadlines import component_report, statistics
from tugiplaan.rules.period import Month

_TRAINING = "SHS § 86; R38 §§ 2–3"


def house_tasks(provider_id: UUID, look: Look) -> Iterator[Task]:
    """Give what is due for workers, licences and reports.

    Args:
        provider_id: At which provider.
        look: From which day, and how far.

    Returns:
        One query.

    Raises:
        NotInForceError: A term, or the training rules of the day, are not known.

    Law: SHS §§ 83(1) p 12, 86, 151; R38.
    """
    house = watched_house(provider_id, look.day)
    for worker in house.workers:
        yield from _training(worker, look)
        yield from _qualification(worker, look)
    for licence in house.licences:
        yield from _licence(licence, look)
    report = statistics(look.day.year - 1, look.law)
    if look.is_fresh(report.due_on):
        subject = Subject(None, "")
        yield task_of(report, Action.SEND_STATISTICS, subject, ("year", look.day.year - 1))


def month_tasks(provider_id: UUID, look: Look) -> Iterator[Task]:
    """Give the last month of component services until it is closed. One query.

    Args:
        provider_id: At which provider.
        look: From which day.

    Raises:
        NotInForceError: The term was not in force on the last day of the month.

    Law: SHS § 144(5).
    """
    month = Month.of(look.day).plus(-1)
    if awaits_component_close(provider_id, month):
        report = component_report(month, look.law)
        subject = Subject(None, "")
        yield task_of(report, Action.CLOSE_MONTH, subject, ("month", month.period))


def _training(worker: WatchedWorker, look: Look) -> Iterator[Task]:
    seen: set[str] = set()
    for service, state in worker.by_service.items():
        if not state.may_begin and "intro" not in seen:
            seen.add("intro")
            yield Task(
                TaskKind.TRAINING_MISSING, look.day, _TRAINING, Action.RECORD_TRAINING,
                worker.staff_id, None, worker.name, (("service", str(service)),),
            )  # fmt: skip
        for course in state.courses:
            is_open = course.missing_hours and course.due_on and course.course not in seen
            if is_open and course.due_on and course.due_on <= look.papers_until:
                seen.add(course.course)
                numbers = (("course", course.course), ("missing", course.missing_hours))
                yield Task(
                    TaskKind.TRAINING, course.due_on, _TRAINING, Action.RECORD_TRAINING,
                    worker.staff_id, None, worker.name, numbers, course.explanation,
                )  # fmt: skip


def _qualification(worker: WatchedWorker, look: Look) -> Iterator[Task]:
    ending = worker.ending
    if ending is None or ending.valid_to is None or not look.is_recent(ending.valid_to):
        return
    numbers = (("qualification", ending.name), ("valid_to", ending.valid_to))
    yield Task(
        TaskKind.QUALIFICATION_END, ending.valid_to, _TRAINING, Action.RENEW_QUALIFICATION,
        ending.pk, None, worker.name, numbers,
    )  # fmt: skip


def _licence(licence: WatchedLicence, look: Look) -> Iterator[Task]:
    if licence.valid_to is None or not look.is_recent(licence.valid_to):
        return
    numbers = (
        ("licence", licence.code),
        ("service", str(licence.service)),
        ("valid_to", licence.valid_to),
    )
    yield Task(
        TaskKind.LICENCE_END, licence.valid_to, "SHS § 151", Action.RENEW_LICENCE,
        licence.licence_id, None, licence.place, numbers,
    )  # fmt: skip
