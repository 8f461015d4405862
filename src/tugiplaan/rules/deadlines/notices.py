"""What the authority must be told within three working days of learning it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from tugiplaan.rules.deadlines.deadline import (
    Addressee,
    Deadline,
    DeadlineCode,
    working_days_after,
)
from tugiplaan.rules.deadlines.start import turn_up
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.period import DAY
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import EndReason

NOTICES: Mapping[DeadlineCode, str] = {
    DeadlineCode.WISH_TO_END: "SHS § 80(7) p 1",
    DeadlineCode.NON_USE: "SHS § 80(7) p 2",
    DeadlineCode.NON_USE_IN_YEAR: "SHS § 80(7) p 2¹",
    DeadlineCode.NO_SHOW: "SHS § 80(7) p 3",
    DeadlineCode.DEATH: "SHS § 80(7) p 4",
}
"""The events that the authority is told of, with their section."""


@dataclass(frozen=True, slots=True)
class NoticeCase:
    """What is known about a referral on a day, as far as it can call for a notice.

    Attributes:
        referral: The referral.
        as_of: The day from which one looks.
        learned: The day on which the provider learned of an event, where it was another day
            than the referral shows by itself; events of non-use, which settlement finds, only
            come from here.
    """

    referral: Referral
    as_of: date
    learned: tuple[tuple[DeadlineCode, date], ...] = ()


def authority_notice(code: DeadlineCode, learned_on: date, law: Law) -> Deadline:
    """Say until when the authority is told of an event.

    Args:
        code: One of `NOTICES`.
        learned_on: The day on which the provider learned of it; it is not counted.
        law: The dated law.

    Returns:
        A working day: the third after the day of learning.

    Raises:
        KeyError: The law names no such event.
        NotInForceError: The term was not in force on that day.

    Law: SHS § 80(7).

    >>> from tugiplaan.rules.tables import builtin
    >>> authority_notice(DeadlineCode.NON_USE, date(2026, 5, 15), builtin()).due_on
    datetime.date(2026, 5, 20)
    """
    section = NOTICES[code]
    term = law.term("ska_notice_working_days", learned_on)
    notice = working_days_after(code, learned_on, term, (Addressee.AUTHORITY,))
    return replace(notice, section=section)


def notices_for(case: NoticeCase, law: Law) -> tuple[Deadline, ...]:
    """Say what the authority must be told about a referral, and until when.

    Args:
        case: What is known on a day.
        law: The dated law.

    Returns:
        One notice for each event that had happened by that day, by due day: the wish to
        end early, non-use for more than two months in a row, non-use for more than four
        months in a year, not turning up in time, death.

    Raises:
        NotInForceError: A term was not in force.

    Law: rule R-12; SHS § 80(7).
    """
    learned = dict(case.learned)
    events = {
        DeadlineCode.WISH_TO_END: _wish_to_end(case),
        DeadlineCode.NO_SHOW: _no_show(case, law),
        DeadlineCode.DEATH: _ended(case.referral, EndReason.DEATH),
    }
    notices = []
    for code in NOTICES:
        event = events.get(code)
        learned_on = learned.get(code, event[0] if event else None)
        if learned_on is None or learned_on > case.as_of:
            continue
        notice = authority_notice(code, learned_on, law)
        steps = (event[1], *notice.explanation) if event else notice.explanation
        notices.append(replace(notice, explanation=steps, subject=case.referral.referral))
    return tuple(sorted(notices, key=lambda notice: notice.due_on))


type _Event = tuple[date, Step] | None


def _ended(referral: Referral, reason: EndReason) -> _Event:
    if referral.ended_on is None or referral.end_reason is not reason:
        return None
    numbers = (("ended_on", referral.ended_on), ("valid_to", referral.valid_to))
    return referral.ended_on, Step(f"notice_{reason}", numbers, (), "SHS § 80(7)")


def _wish_to_end(case: NoticeCase) -> _Event:
    event = _ended(case.referral, EndReason.PERSON_WISH)
    return event if event and event[0] < case.referral.valid_to else None


def _no_show(case: NoticeCase, law: Law) -> _Event:
    """Find the day after the window, when nobody came in it."""
    referral, window = case.referral, turn_up(case.referral, law)
    if window is None:
        return None
    came_in_time = referral.arrived_on is not None and referral.arrived_on <= window.due_on
    was_over = referral.ended_on is not None and referral.ended_on <= window.due_on
    if came_in_time or was_over:
        return None
    numbers = (("counted_from", window.counted_from), ("last_day", window.due_on))
    step = Step("notice_no_show", numbers, (), "SHS § 71(6)–(7)", "A-11")
    return window.due_on + DAY, step
