"""Recording a grid of days: used days and days away, all of them or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.models import DayRecord
from tugiplaan.delivery.queries.grid import AWAY, USED, DayState
from tugiplaan.people.queries import visible_to
from tugiplaan.providers.books import hold_months, period_of
from tugiplaan.referrals.actions.absences import (
    Away,
    cancel_absence,
    correct_absence,
    record_absence,
)
from tugiplaan.referrals.corrections import begin_or_follow, cancellation, end_of, successor
from tugiplaan.referrals.queries import Absence, Referral, absences_between, facts_of, with_ids
from tugiplaan.rules.facts import Referral as ReferralFact
from tugiplaan.rules.services import UNITS
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.vocabulary import AbsenceKind

_SET = frozenset({*AWAY, *USED, DayState.UNUSED, DayState.PRESENT})
_CORRECTED = "Päevade tabelis muudetud."


class UnableToRecordDaysError(RefusedError):
    """Days of the grid cannot be as given.

    Attributes:
        problems: All that is wrong, a sentence each.
        cells: The same by referral and day.
    """

    def __init__(self, problems: Sequence["DayProblem"]) -> None:
        """Say all that is wrong."""
        self.problems = tuple(dict.fromkeys(one.text for one in problems))
        self.cells = {(one.referral_id, one.day): one.text for one in problems}
        super().__init__(" ".join([*self.problems, _("Midagi ei salvestatud.")]))


@dataclass(frozen=True, slots=True)
class DayProblem:
    """Why a day of a person cannot be as given, as a sentence."""

    referral_id: UUID
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class DayChange:
    """What a day is to be.

    Attributes:
        state: Any but `NOT_HERE`; `UNUSED` and `PRESENT` take away what was recorded.
        id: Made where it is recorded; a used day gets it.
    """

    referral_id: UUID
    day: date
    state: DayState
    id: UUID = field(default_factory=new_id)


def record_days(
    *, provider_id: UUID, changes: Sequence[DayChange], by: User, on: date, why: str = ""
) -> int:
    """Record what days of a grid are: new ones, others than before, or none.

    Args:
        provider_id: At which provider.
        changes: The days that change; sent twice they change nothing the second time.
        by: Who records. What was recorded before needs the right to correct it, absence the
            right to change stays.
        on: Today.
        why: The reason; needed where a month was invoiced.

    Returns:
        How many rows were written.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordDaysError: With all that is wrong.
        MonthClosedError: A month is closed.
        WhyNeededError: A month was invoiced and no reason is given.
    """
    require(by, "delivery.record", provider_id, on)
    found = list(with_ids(provider_id, {change.referral_id for change in changes}))
    referrals = {one.pk: one for one in found}
    known = {one.referral_id: one.facts for one in facts_of(with_ids(provider_id, referrals))}
    reached = set(visible_to(by, on, "delivery.record").values_list("pk", flat=True))
    reached = {
        key
        for key, one in referrals.items()
        if (one.person.merged_into_id or one.person_id) in reached
    }
    problems = [*_twice(changes), *_wrong(changes, known, reached, on)]
    if problems:
        raise UnableToRecordDaysError(problems)
    with transaction.atomic():
        written = _used(provider_id, changes, by, on, why)
        for key, one in referrals.items():
            mine = {row.day: row.state for row in changes if row.referral_id == key}
            written += _away(one, mine, by, on, why)
    return written


def _twice(changes: Iterable[DayChange]) -> list[DayProblem]:
    states: dict[tuple[UUID, date], set[DayState]] = {}
    for change in changes:
        states.setdefault((change.referral_id, change.day), set()).add(change.state)
    text = _("Päev {day} on antud kaks korda ja erinevalt: jäta üks.")
    return [
        DayProblem(key, day, text.format(day=show_day(day)))
        for (key, day), found in sorted(states.items(), key=lambda item: item[0][1])
        if len(found) > 1
    ]


def _wrong(
    changes: Iterable[DayChange],
    known: dict[UUID, ReferralFact],
    reached: set[UUID],
    on: date,
) -> list[DayProblem]:
    problems: list[DayProblem] = []
    for change in sorted(changes, key=lambda row: (row.day, row.id)):
        facts = known.get(change.referral_id)
        day = show_day(change.day)
        if facts is None or change.referral_id not in reached:
            text = _("Üht neist inimestest sinu inimeste seas ei ole.")
            problems.append(DayProblem(change.referral_id, change.day, text))
            continue
        given = {"day": day, "referral": facts.referral}
        stay = stay_of(facts)
        has_units = facts.kind.family == UNITS
        if change.day > on and change.state not in AWAY:
            text = _("Päev {day} ({referral}) on tulevikus.")
        elif stay is None or not stay[0] <= change.day.toordinal() < stay[1]:
            text = _("Päev {day} ({referral}) ei ole teenusel oleku sees.")
        elif change.state not in _SET:
            text = _("Päeva {day} ({referral}) seisu ei saa nii märkida.")
        elif change.state in USED and not has_units:
            text = _("Selle teenuse päevi ({referral}, {day}) ei märgita kasutatuks ükshaaval.")
        else:
            continue
        problems.append(DayProblem(change.referral_id, change.day, text.format(**given)))
    return problems


def _used(provider_id: UUID, changes: Sequence[DayChange], by: User, on: date, why: str) -> int:
    """Write used days: new ones, corrections and cancellations."""
    wanted = {(row.referral_id, row.day): row for row in changes}
    rows = DayRecord.objects.filter(
        provider_id=provider_id,
        period__in={period_of(day) for _key, day in wanted},
        referral_id__in={key for key, _day in wanted},
    )
    with acting(by=by, name="delivery.record_days", provider_id=provider_id, why=why) as act:
        hold_months(provider_id, [day for _key, day in wanted], why=why)
        current = {(row.referral_id, row.day): row for row in rows.current()}
        ended = {(row.referral_id, row.day) for row in rows.filter(is_cancellation=True)}
        new: list[DayRecord] = []
        for key, change in wanted.items():
            before, kind = current.get(key), USED.get(change.state)
            if before is None and kind is None:
                continue
            if before is not None and kind is not None and before.kind == kind:
                continue
            new.append(_row(provider_id, change, before, key in ended, why))
        if any(row.corrects_id for row in new):
            require(by, "delivery.correct", provider_id, on)
        act.store(new)
        act.details["days"] = len(new)
    return len(new)


def _row(
    provider_id: UUID, change: DayChange, before: DayRecord | None, had_one: bool, why: str
) -> DayRecord:
    kind = USED.get(change.state)
    if before is not None:
        reason = why.strip() or _CORRECTED
        if kind is None:
            return cancellation(before, why=reason)
        return successor(before, why=reason, kind=kind)
    row = DayRecord(
        id=change.id,
        provider_id=provider_id,
        referral_id=change.referral_id,
        period=period_of(change.day),
        day=change.day,
        kind=USED[change.state],
    )
    if had_one:
        line = DayRecord.objects.filter(referral_id=change.referral_id, day=change.day)
        return begin_or_follow(row, end_of(line), why)
    return row


def _away(referral: Referral, states: dict[date, DayState], by: User, on: date, why: str) -> int:
    """Write the days away of one referral so that each of the days is what it is to be."""
    if not states:
        return 0
    near = (min(states) - timedelta(days=1), max(states) + timedelta(days=1))
    rows = absences_between(referral.provider_id, [referral.pk], *near).get(referral.pk, [])
    written = 0
    settled: set[date] = set()
    for row in rows:
        kind = AbsenceKind(row.kind)
        days = {row.first_day + timedelta(days=at) for at in range(_length(row))}
        changed = {day for day in days if day in states and AWAY.get(states[day]) is not kind}
        settled |= days - changed
        if changed:
            written += _cut(row, sorted(days - changed), by, on, why)
    for kind in AbsenceKind:
        new = sorted(
            day for day, state in states.items() if AWAY.get(state) is kind and day not in settled
        )
        for first, last in _runs(new):
            record_absence(referral=referral, away=Away(first, last, kind), by=by, on=on, why=why)
            written += 1
    return written


def _length(row: Absence) -> int:
    return (row.last_day - row.first_day).days + 1


def _cut(row: Absence, days: list[date], by: User, on: date, why: str) -> int:
    """Leave of a recorded absence only some of its days."""
    reason = why.strip() or _CORRECTED
    runs = _runs(days)
    if not runs:
        cancel_absence(row=row, by=by, on=on, why=reason)
        return 1
    kind = AbsenceKind(row.kind)
    first, *others = runs
    away = Away(*first, kind, row.learned_on)
    correct_absence(row=row, away=away, by=by, on=on, why=reason)
    for run in others:
        away = Away(*run, kind, row.learned_on)
        record_absence(referral=row.referral, away=away, by=by, on=on, why=reason)
    return len(runs)


def _runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Give runs of touching days, both ends included."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and runs[-1][1] + timedelta(days=1) == day:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
