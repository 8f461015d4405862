"""What is due for stays: coming, telling the authority, confirmations, the end of the term."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from tugiplaan.deadlines.tasks import Action, Look, Subject, Task, TaskKind, task_of
from tugiplaan.referrals.queries import Watched
from tugiplaan.rules.deadlines import (
    Deadline,
    DeadlineCode,
    NoticeCase,
    end_notice,
    job_found,
    missing_confirmations,
    notices_for,
    turn_up,
)
from tugiplaan.rules.vocabulary import EndReason

_EVENTS = {
    EndReason.PERSON_WISH: DeadlineCode.WISH_TO_END,
    EndReason.DEATH: DeadlineCode.DEATH,
}


type Settled = Mapping[tuple[str, UUID], date]
"""By kind of a notice and its referral, the day on which it had gone to everybody."""


def stay_tasks(known: Iterable[Watched], settled: Settled, look: Look) -> Iterator[Task]:
    """Give what is due for referrals and their stays.

    Args:
        known: The referrals to look at.
        settled: The notices that went out.
        look: From which day, and how far.

    Raises:
        NotInForceError: A term was not in force.

    Law: SHS §§ 71(6)–(7), 80(4)–(7), 83(1) p 8, 93(3)–(5).
    """
    for one in known:
        yield from _start(one, settled, look)
        yield from _notices(one, settled, look)
        yield from _confirmations(one, look)
        yield from _end(one, settled, look)


def subject_of(one: Watched) -> Subject:
    """Give the referral that a task is about, with its person."""
    return Subject(one.referral.pk, one.person_name, one.person_id)


def _start(one: Watched, settled: Settled, look: Look) -> Iterator[Task]:
    stay, who = one.facts, subject_of(one)
    if stay.ended_on is not None or stay.valid_to < look.day:
        return
    window = turn_up(stay, look.law)
    if stay.arrived_on is None and window is not None and window.due_on <= look.until:
        action = Action.RECORD_ARRIVAL if look.day <= window.due_on else Action.END_STAY
        yield task_of(window, action, who)
    job = job_found(stay, look.law)
    # Whether a job was accepted is written nowhere, so it is asked around its day only.
    if job is not None and look.is_fresh(job.due_on) and not _has_gone(job, one, settled):
        yield task_of(job, Action.SEND_NOTICE, who)


def _notices(one: Watched, settled: Settled, look: Look) -> Iterator[Task]:
    reason = one.facts.end_reason
    code = _EVENTS.get(reason) if reason else None
    learned = ((code, one.learned_on),) if code and one.learned_on else ()
    case = NoticeCase(one.facts, look.day, learned)
    for notice in notices_for(case, look.law):
        if look.is_open(notice.due_on) and not _has_gone(notice, one, settled):
            yield task_of(notice, Action.SEND_NOTICE, subject_of(one))


def _has_gone(notice: Deadline, one: Watched, settled: Settled) -> bool:
    return (str(notice.code), one.referral.pk) in settled


def _confirmations(one: Watched, look: Look) -> Iterator[Task]:
    for missing in missing_confirmations(one.facts, look.law):
        if look.since <= missing.due_on <= look.until:
            yield task_of(missing, Action.RECORD_CONFIRMATION, subject_of(one))


def _end(one: Watched, settled: Settled, look: Look) -> Iterator[Task]:
    stay, who = one.facts, subject_of(one)
    if stay.arrived_on is None or stay.ended_on is not None:
        return
    last = (("valid_to", stay.valid_to), ("service", str(stay.service)))
    notice = end_notice(stay, look.law)
    if look.is_open(notice.due_on) and not _has_gone(notice, one, settled):
        yield task_of(notice, Action.SEND_NOTICE, who, *last)
    if look.day <= stay.valid_to <= look.papers_until:
        yield Task(
            kind=TaskKind.REFERRAL_END,
            due_on=stay.valid_to,
            section="SHS § 70(6)",
            action=Action.RECORD_REFERRAL,
            about=who.about,
            person_id=who.person_id,
            name=who.name,
            numbers=last,
        )
