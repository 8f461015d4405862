"""What the authority must be told within three working days of learning it."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tugiplaan.rules.deadlines.deadline import (
    MONTHS_IN_YEAR,
    Addressee,
    Deadline,
    DeadlineCode,
    working_days_after,
)
from tugiplaan.rules.deadlines.start import turn_up
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Absence, Referral, StateContract
from tugiplaan.rules.period import DAY, Month, Span, add_months, clip, length, merged
from tugiplaan.rules.services import MONTH
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import AbsenceKind, AbsenceYear, EndReason

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
        referral: The referral with its stay and absences.
        as_of: The day from which one looks.
        used_months: For services that are not counted by absence: each full month, and
            whether its minimum volume was reached; a month that is not listed is passed over.
        earlier_absences: Absences in the same service under the person's earlier referrals.
        learned: The day on which the provider learned of an event, where it was another day
            than the event shows by itself.
        state: Settings of the contract with the authority: what "one year" means.
    """

    referral: Referral
    as_of: date
    used_months: tuple[tuple[Month, bool], ...] = ()
    earlier_absences: tuple[Absence, ...] = ()
    learned: tuple[tuple[DeadlineCode, date], ...] = ()
    state: StateContract = field(default_factory=StateContract)


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
        **_non_use(case, law),
    }
    notices = []
    for code, event in events.items():
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


def _non_use(case: NoticeCase, law: Law) -> dict[DeadlineCode, _Event]:
    """Find when two months in a row, and four months in a year, were passed."""
    kind = case.referral.kind
    if kind.absent_is_present:
        return {}
    if kind.family == MONTH:
        in_row = _absent_in_row(case, law)
        in_year = _absent_in_year(case, law, before=in_row[0] if in_row else date.max)
    else:
        in_row = _months_in_row(case, law)
        in_year = _months_in_year(case, law, before=in_row[0] if in_row else date.max)
    return {DeadlineCode.NON_USE: in_row, DeadlineCode.NON_USE_IN_YEAR: in_year}


def _spans(absences: Iterable[Absence]) -> list[Span]:
    return merged([(row.first_day.toordinal(), row.last_day.toordinal() + 1) for row in absences])


def _spells(absences: Sequence[Absence], case: NoticeCase, law: Law) -> list[Span]:
    """Give the spells of plain absence so far; a run of one day, of any kind, is presence."""
    last_day = min(case.as_of, case.referral.valid_to, case.referral.ended_on or date.max)
    single = law.number("single_day_away", case.as_of)
    runs = clip(
        [run for run in _spans(absences) if length([run]) > single], (0, last_day.toordinal() + 1)
    )
    absent = _spans(row for row in absences if row.kind is AbsenceKind.ABSENT)
    return [spell for run in runs for spell in clip(absent, run)]


def _absent_in_row(case: NoticeCase, law: Law) -> _Event:
    """Find the first day on which an absence has lasted longer than two months."""
    own = case.referral.absences
    for first, end in _spells(own, case, law):
        first_day = date.fromordinal(first)
        limit = law.term("absence_months", first_day)
        passed = add_months(first_day, int(limit.value))
        if passed.toordinal() < end:
            learned = [
                row.learned_on
                for row in own
                if row.learned_on and first_day <= row.first_day <= passed
            ]
            numbers = (("first_day", first_day), ("months", limit.value), ("over_from", passed))
            step = Step("notice_non_use", numbers, (limit,), limit.source, "A-13")
            return max([passed, *learned]), step
    return None


def _absent_in_year(case: NoticeCase, law: Law, *, before: date) -> _Event:
    """Find the first day on which more than four months of a year were absence."""
    known = [*case.earlier_absences, *case.referral.absences]
    own = _spells(case.referral.absences, case, law)
    days = [day for first, end in _spells(known, case, law) for day in range(first, end)]
    term = law.term("absence_year_limit_days", case.as_of)
    limit = case.state.absence_year_limit_days
    limit = int(term.value) if limit is None else limit
    for at, ordinal in enumerate(days):
        day = date.fromordinal(ordinal)
        year_from = _year_from(day, case.state.absence_year)
        count = at + 1 - bisect_left(days, year_from.toordinal())
        if count > limit and day < before and clip(own, (ordinal, ordinal + 1)):
            numbers = (("year_from", year_from), ("days", count), ("limit", limit), ("day", day))
            return day, Step("notice_non_use_in_year_days", numbers, (term,), term.source, "A-07")
    return None


def _year_from(day: date, year: AbsenceYear) -> date:
    """Give the first day of the year that ends on a day, or of its calendar year."""
    if year is AbsenceYear.CALENDAR:
        return date(day.year, 1, 1)
    return add_months(day, -MONTHS_IN_YEAR) + DAY


def _months_in_row(case: NoticeCase, law: Law) -> _Event:
    """Find the day after the third full month in a row below the minimum volume."""
    limit = law.term("non_use_months_in_row", case.as_of)
    row: list[Month] = []
    for month, is_used in sorted(case.used_months):
        row = [] if is_used else [*row, month]
        if len(row) > limit.value:
            numbers = (("month", str(row[0])), ("months", limit.value), ("last_month", str(month)))
            step = Step("notice_non_use_months", numbers, (limit,), limit.source, "A-28")
            return month.last + DAY, step
    return None


def _months_in_year(case: NoticeCase, law: Law, *, before: date) -> _Event:
    """Find the day after the fifth full month of a year below the minimum volume."""
    limit = law.term("non_use_months_in_year", case.as_of)
    unused = [month for month, is_used in sorted(case.used_months) if not is_used]
    for at, month in enumerate(unused):
        is_calendar = case.state.absence_year is AbsenceYear.CALENDAR
        year_from = Month(month.year, 1) if is_calendar else month.plus(1 - MONTHS_IN_YEAR)
        count = at + 1 - bisect_left(unused, year_from)
        if count > limit.value and month.last + DAY < before:
            numbers = (("month", str(month)), ("months", count), ("limit", limit.value))
            step = Step("notice_non_use_in_year_months", numbers, (limit,), limit.source, "A-07")
            return month.last + DAY, step
    return None
