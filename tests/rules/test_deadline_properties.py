"""Deadlines: what holds for every day, and which fact moves which of them, no more and no less."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tugiplaan.rules.calendar import public_holidays
from tugiplaan.rules.deadlines import (
    Deadline,
    DeadlineCode,
    NoticeCase,
    accounting_retention,
    activity_plan,
    authority_notice,
    contract_application,
    contract_signing,
    contribution_debt,
    decision,
    gap_decision,
    new_places,
    notices_for,
    place_offer,
    queue_contact,
    queue_start,
    referral_deadlines,
    retention,
)
from tugiplaan.rules.deadlines.notices import NOTICES
from tugiplaan.rules.facts import Absence, Referral
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason, Service, Variant

LAW = builtin()
FIRST, LAST = date(2026, 1, 1), date(2035, 12, 31)
ONE = timedelta(1)


# A calendar of the tests' own, so that a slip in the rules' calendar has nobody to agree with.


def easter(year: int) -> date:
    """Give Easter Sunday by the rule of Gauss in the form of Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    g = (32 + 2 * e + 2 * (c // 4) - f - c % 4) % 7
    month, day = divmod(f + g - 7 * ((a + 11 * f + 22 * g) // 451) + 114, 31)
    return date(year, month, day + 1)


def holidays_of(year: int) -> set[date]:
    """Give the public holidays by pühade ja tähtpäevade seadus §§ 1–2."""
    fixed = [(1, 1), (2, 24), (5, 1), (6, 23), (6, 24), (8, 20), (12, 24), (12, 25), (12, 26)]
    sunday = easter(year)
    moving = {sunday - 2 * ONE, sunday, sunday + 49 * ONE}
    return {date(year, month, day) for month, day in fixed} | moving


def is_free(day: date) -> bool:
    return day.isoweekday() > 5 or day in holidays_of(day.year)


def working(day: date, count: int) -> date:
    """Count working days on, one by one."""
    while count:
        day += ONE
        count -= not is_free(day)
    return day


def moved_by_months(day: date, months: int) -> date:
    """Give the same day some months on; a day that is missing becomes the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    wanted = day.day
    while True:
        try:
            return date(year, month + 1, wanted)
        except ValueError:
            wanted -= 1


def _edges() -> list[date]:
    """Give the days on which counting goes wrong: ends of months, leap days, around holidays."""
    found: set[date] = set()
    for year in range(FIRST.year, LAST.year + 1):
        for month in range(1, 13):
            first = date(year, month, 1)
            found |= {first, first - ONE, first - 2 * ONE}
        for holiday in holidays_of(year):
            found |= {holiday + ONE * off for off in range(-3, 3)}
    return sorted(day for day in found if FIRST <= day <= LAST)


days = st.one_of(st.dates(FIRST, LAST), st.sampled_from(_edges()))


@pytest.mark.parametrize("year", range(2016, 2051))
def test_the_holidays_are_those_of_the_act(year: int) -> None:
    assert set(public_holidays(year)) == holidays_of(year)


# How each deadline that one day alone decides is counted, told anew.

type Counted = Callable[[date], date]

IN_WORKING_DAYS: dict[Callable[[date], Deadline], int] = {
    lambda day: decision(day, LAW): 40,
    lambda day: place_offer(day, LAW): 10,
    lambda day: gap_decision(day, LAW): 10,
    lambda day: queue_contact(day, LAW): 5,
}
IN_MONTHS: dict[Callable[[date], Deadline], int] = {
    lambda day: queue_start(day, LAW): 1,
    lambda day: new_places(day, LAW): -3,
    lambda day: contract_application(day, LAW): 1,
    lambda day: contract_signing(day, LAW): 3,
    lambda day: contribution_debt(day, LAW): 1,
    lambda day: retention(day, LAW): 120,
    lambda day: accounting_retention(day, LAW): 84,
}


@given(days)
def test_no_term_in_working_days_ends_on_a_weekend_or_a_public_holiday(day: date) -> None:
    found = [(function(day), count) for function, count in IN_WORKING_DAYS.items()]
    found += [(authority_notice(code, day, LAW), 3) for code in NOTICES]
    for deadline, count in found:
        assert not is_free(deadline.due_on), deadline.code
        assert deadline.due_on == working(day, count), deadline.code


@given(days)
def test_what_is_counted_in_the_calendar_is_not_moved_to_a_working_day(day: date) -> None:
    for function, months in IN_MONTHS.items():
        found = function(day)
        assert found.due_on == moved_by_months(day, months), found.code
    assert activity_plan(day, LAW).due_on == day + 30 * ONE


# Which fact moves which deadline.


@dataclass(frozen=True)
class Facts:
    """What is put in about one referral, and what was learned of it."""

    valid_from: date
    valid_to: date
    agreed_start: date | None
    arrived_on: date | None
    ended_on: date | None = None
    end_reason: EndReason | None = None
    service: Service = Service.TTT
    is_released: bool = False
    hospital: tuple[date, date] | None = None
    confirmed: frozenset[Month] = frozenset()
    learned_on: date | None = None
    """When one learned of the wish to end, of the death, of non-use."""

    @property
    def is_early(self) -> bool:
        return self.ended_on is not None and self.ended_on < self.valid_to

    @property
    def window(self) -> date | None:
        if self.agreed_start is None:
            return None
        short = self.service in {Service.IET, Service.TTT, Service.TE}
        length = 10 if self.is_released else 3 if short else 7
        return self.agreed_start + (length - 1) * ONE

    @property
    def served(self) -> tuple[date, date] | None:
        if self.arrived_on is None:
            return None
        start = max(self.arrived_on, self.agreed_start or self.arrived_on, self.valid_from)
        return start, min(self.ended_on or self.valid_to, self.valid_to)


type Basis = Callable[[Facts], object]


def _ratings(facts: Facts) -> object:
    if facts.served is None:
        return None
    first, last = ((day.year, (day.month + 2) // 3) for day in facts.served)
    return (first, last) if first <= last else None


def _years(facts: Facts) -> object:
    if facts.served is None:
        return None
    start, until = facts.served
    count = 0
    while moved_by_months(start, 12 * (count + 1)) - ONE <= until:
        count += 1
    return (start, count) if count else None


def _unconfirmed(facts: Facts) -> object:
    if facts.hospital is None or facts.arrived_on is None:
        return None
    first, last = facts.hospital
    if last < moved_by_months(first, 2):
        return None
    months, month = set(), Month.of(first)
    while month <= Month.of(last):
        months.add(month)
        month = month.plus(1)
    return (months - facts.confirmed) or None


def _summary(facts: Facts) -> object:
    if facts.arrived_on is None:
        return None
    regular = moved_by_months(facts.valid_to, -3)
    is_over = facts.is_early and facts.ended_on is not None and facts.ended_on < regular
    return None if is_over else regular


def _end_notice(facts: Facts) -> object:
    months = 3 if facts.service in {Service.IET, Service.TTT} else 6
    return None if facts.is_early else moved_by_months(facts.valid_to, -months)


def _wish(facts: Facts) -> object:
    if facts.learned_on is not None:
        return working(facts.learned_on, 3)
    wished = facts.is_early and facts.end_reason is EndReason.PERSON_WISH
    return working(facts.ended_on, 3) if wished and facts.ended_on else None


def _death(facts: Facts) -> object:
    if facts.end_reason is not EndReason.DEATH or facts.ended_on is None:
        return None
    return working(facts.ended_on, 3)


def _no_show(facts: Facts) -> object:
    window = facts.window
    if window is None:
        return None
    if any(day is not None and day <= window for day in (facts.arrived_on, facts.ended_on)):
        return None
    return working(window + ONE, 3)


def _job(facts: Facts) -> object:
    if facts.service is not Service.TTT or facts.arrived_on is None:
        return None
    return moved_by_months(facts.arrived_on, 12)


COUNTED_FROM: dict[DeadlineCode, tuple[Basis, str]] = {
    DeadlineCode.TURN_UP: (lambda f: f.window, "agreed_start service is_released"),
    DeadlineCode.ACTIVITY_PLAN: (lambda f: f.arrived_on, "arrived_on"),
    DeadlineCode.QUARTERLY_RATING: (
        _ratings,
        "valid_from valid_to agreed_start arrived_on ended_on",
    ),
    DeadlineCode.YEARLY_ASSESSMENT: (
        _years,
        "valid_from valid_to agreed_start arrived_on ended_on",
    ),
    DeadlineCode.JOB_FOUND: (_job, "arrived_on service"),
    DeadlineCode.HOSPITAL_CONFIRMATION: (_unconfirmed, "arrived_on hospital confirmed"),
    DeadlineCode.SUMMARY_ASSESSMENT: (_summary, "arrived_on valid_to ended_on"),
    DeadlineCode.EARLY_SUMMARY: (
        lambda f: f.ended_on if f.is_early and f.arrived_on else None,
        "arrived_on valid_to ended_on",
    ),
    DeadlineCode.END_NOTICE: (_end_notice, "valid_to ended_on service"),
    DeadlineCode.WISH_TO_END: (_wish, "valid_to ended_on end_reason learned_on"),
    DeadlineCode.NO_SHOW: (_no_show, "agreed_start arrived_on ended_on service is_released"),
    DeadlineCode.DEATH: (_death, "ended_on end_reason"),
}
"""From what each deadline of a referral is counted, and which facts that rests on."""


def found_in(facts: Facts) -> dict[str, list[tuple[date, date | None]]]:
    """Compute every deadline of the facts."""
    absences: tuple[Absence, ...] = ()
    if facts.hospital:
        absences = (Absence("A1", *facts.hospital, AbsenceKind.HOSPITAL),)
    referral = Referral(
        "R1",
        facts.service,
        Variant.PLAIN,
        facts.valid_from,
        facts.valid_from,
        facts.valid_to,
        facts.agreed_start,
        facts.arrived_on,
        facts.ended_on,
        facts.end_reason,
        is_released=facts.is_released,
        absences=absences,
        confirmed_months=facts.confirmed,
    )
    learned = ((DeadlineCode.WISH_TO_END, facts.learned_on),) if facts.learned_on else ()
    case = NoticeCase(referral, date(2100, 1, 1), learned)
    found: dict[str, list[tuple[date, date | None]]] = {}
    for one in (*referral_deadlines(referral, LAW), *notices_for(case, LAW)):
        # The days of the hospital month are part of what it says, not of when it is due.
        first = None if one.code == DeadlineCode.HOSPITAL_CONFIRMATION else one.first_day
        found.setdefault(one.code, []).append((one.due_on, first))
    return found


@st.composite
def cases(draw: st.DrawFn) -> Facts:
    start = draw(days)
    arrived = draw(st.none() | st.integers(0, 20).map(lambda n: start + n * ONE))
    valid_to = start + draw(st.integers(60, 1100)) * ONE
    ended = draw(st.none() | st.dates(start + 30 * ONE, valid_to))
    away = start + draw(st.integers(30, 200)) * ONE
    return Facts(
        valid_from=start,
        valid_to=valid_to,
        agreed_start=draw(st.none() | st.integers(0, 12).map(lambda n: start + n * ONE)),
        arrived_on=arrived,
        ended_on=ended,
        end_reason=draw(st.sampled_from(EndReason)) if ended else None,
        service=draw(st.sampled_from(Service)),
        is_released=draw(st.booleans()),
        hospital=draw(st.none() | st.integers(0, 120).map(lambda n: (away, away + n * ONE))),
        confirmed=frozenset(draw(st.lists(st.integers(0, 6).map(Month.of(away).plus)))),
        learned_on=draw(st.none() | days),
    )


FACTS = tuple(Facts.__dataclass_fields__)


@given(cases(), cases(), st.sampled_from(FACTS))
def test_a_fact_moves_exactly_the_days_that_are_counted_from_it(
    facts: Facts, other: Facts, fact: str
) -> None:
    changed = replace(facts, **{fact: getattr(other, fact)})
    assume(changed != facts)
    assume((changed.ended_on is None) == (changed.end_reason is None))
    before, after = found_in(facts), found_in(changed)
    moved = {code for code in COUNTED_FROM if before.get(code) != after.get(code)}
    counted_anew = {
        code for code, (basis, _) in COUNTED_FROM.items() if basis(facts) != basis(changed)
    }
    assert moved == counted_anew
    assert moved <= {code for code, (_, facts_of) in COUNTED_FROM.items() if fact in facts_of}


@given(cases())
def test_a_referral_has_no_deadline_that_is_not_declared_here(facts: Facts) -> None:
    assert {code for code, (basis, _) in COUNTED_FROM.items() if basis(facts) is not None} == set(
        found_in(facts)
    )


BASE = Facts(
    valid_from=date(2026, 1, 1),
    valid_to=date(2028, 12, 31),
    agreed_start=date(2026, 1, 5),
    arrived_on=date(2026, 1, 9),
    hospital=(date(2026, 3, 20), date(2026, 5, 25)),
)
ENDED = replace(BASE, ended_on=date(2027, 6, 15), end_reason=EndReason.PERSON_WISH)

MOVES: list[tuple[Facts, dict[str, Any], str]] = [
    (BASE, {"agreed_start": date(2026, 1, 6)}, "turn_up no_show"),
    (BASE, {"agreed_start": date(2026, 1, 7)}, "turn_up no_show"),
    (BASE, {"agreed_start": date(2026, 1, 10)}, "turn_up no_show yearly_assessment"),
    (BASE, {"arrived_on": date(2026, 1, 10)}, "activity_plan job_found yearly_assessment"),
    (BASE, {"arrived_on": date(2026, 1, 7)}, "activity_plan job_found yearly_assessment no_show"),
    (BASE, {"valid_from": date(2026, 1, 12)}, "yearly_assessment"),
    (BASE, {"valid_from": date(2026, 4, 1)}, "yearly_assessment quarterly_rating"),
    (BASE, {"valid_to": date(2028, 11, 30)}, "summary_assessment end_notice"),
    (
        BASE,
        {"valid_to": date(2029, 1, 31)},
        "summary_assessment end_notice quarterly_rating yearly_assessment",
    ),
    (BASE, {"service": Service.IET}, "job_found"),
    (BASE, {"service": Service.TE}, "job_found end_notice"),
    (BASE, {"service": Service.KE}, "job_found end_notice turn_up no_show"),
    (BASE, {"is_released": True}, "turn_up no_show"),
    (BASE, {"hospital": (date(2026, 3, 20), date(2026, 5, 19))}, "hospital_confirmation"),
    (BASE, {"hospital": (date(2026, 3, 21), date(2026, 5, 25))}, ""),
    (BASE, {"confirmed": frozenset({Month(2026, 4)})}, "hospital_confirmation"),
    (BASE, {"confirmed": frozenset({Month(2026, 7)})}, ""),
    (BASE, {"learned_on": date(2026, 6, 1)}, "wish_to_end"),
    (ENDED, {"learned_on": date(2027, 6, 14)}, "wish_to_end"),
    (ENDED, {"end_reason": EndReason.DEATH}, "wish_to_end death"),
    (ENDED, {"ended_on": date(2027, 6, 16)}, "wish_to_end early_summary"),
    (ENDED, {"valid_to": date(2029, 12, 31)}, ""),
]


@pytest.mark.parametrize(("facts", "change", "moved"), MOVES)
def test_what_moves_when_one_thing_is_put_in_otherwise(
    facts: Facts, change: dict[str, Any], moved: str
) -> None:
    before, after = found_in(facts), found_in(replace(facts, **change))
    found = {code for code in {*before, *after} if before.get(code) != after.get(code)}
    assert found == set(moved.split())


def test_every_dependency_that_is_declared_was_seen_to_move_or_hold() -> None:
    asked = {fact for _, change, _ in MOVES for fact in change}
    assert asked == set(FACTS)
    seen = {code for _, _, moved in MOVES for code in moved.split()}
    assert seen == {str(code) for code in COUNTED_FROM}
