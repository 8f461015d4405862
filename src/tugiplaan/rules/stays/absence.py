"""Days away from community living and round-the-clock care: which are paid, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tugiplaan.rules.facts import StateContract
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import Month, Span, add_months, intersect
from tugiplaan.rules.stays.presence import Presence
from tugiplaan.rules.stays.year import YearCount
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import AbsenceKind, FindingCode

# Where rows of different kinds name the same day, in-patient care says more than mere absence.
_WEIGHT = {AbsenceKind.ABSENT: 0, AbsenceKind.HOSPITAL: 1, AbsenceKind.TUBERCULOSIS: 2}


class AwayDay(NamedTuple):
    """One day away.

    Attributes:
        kind: Why the person is away.
        problem: Why the day is not payable; None: it is.
        spell_first: First day of the spell: touching days of one kind.
    """

    kind: AbsenceKind
    problem: FindingCode | None
    spell_first: int


@dataclass(frozen=True, slots=True)
class Away:
    """The days away under one referral, up to the end of a month.

    Attributes:
        days: Each day away by its ordinal.
        single_days: Days away that count as presence, being one day only.
        over_from: From this day on the service under the referral is over; None: it is not.
        over_since: First day of the spell that ended it.
    """

    days: dict[int, AwayDay]
    single_days: tuple[int, ...] = ()
    over_from: int | None = None
    over_since: int | None = None


class Ledger(NamedTuple):
    """What one person has used of the yearly limits of one service."""

    absent: YearCount
    hospital: YearCount

    @classmethod
    def empty(cls, contract: StateContract) -> "Ledger":
        return cls(YearCount(contract.absence_year), YearCount(contract.absence_year))


@dataclass(frozen=True, slots=True)
class _Limits:
    """The limits in force for one referral."""

    absent_days: int
    hospital_days: int
    spell_months: int
    confirmation_months: int

    @classmethod
    def of(cls, contract: StateContract, law: Law, day: date) -> "_Limits":
        def setting(value: int | None, term: str) -> int:
            return value if value is not None else law.number(term, day)

        return cls(
            setting(contract.absence_year_limit_days, "absence_year_limit_days"),
            setting(contract.hospital_year_limit_days, "hospital_year_limit_days"),
            law.number("absence_months", day),
            law.number("hospital_confirmation_months", day),
        )


class YearLimits(NamedTuple):
    """How many days away are payable within one year."""

    absent_days: int
    hospital_days: int


def year_limits(contract: StateContract, law: Law, day: date) -> YearLimits:
    """Give the limits of a year that a contract and the law set for a stay.

    Args:
        contract: Its own limits go before the dated defaults.
        law: The dated law.
        day: First day of the stay.

    Raises:
        NotInForceError: A limit was not in force.

    Law: SHS § 79(3); open point A-07; reading 3.
    """
    limits = _Limits.of(contract, law, day)
    return YearLimits(limits.absent_days, limits.hospital_days)


def spell_limit(first: date, law: Law) -> tuple[date, DatedValue]:
    """Give the day on which an absence has lasted too long.

    Args:
        first: First day away.
        law: The dated law.

    Returns:
        The same date two months later, clipped to the month's end, and the term. The day
        before is the last payable one.

    Law: SHS §§ 79(3) p 1, 80(1) p 1; open point A-13.

    >>> from tugiplaan.rules.tables import builtin
    >>> spell_limit(date(2025, 12, 31), builtin())[0]
    datetime.date(2026, 2, 28)
    """
    months = law.term("absence_months", first)
    return add_months(first, int(months.value)), months


def away_days(
    presence: Presence, contract: StateContract, law: Law, ledger: Ledger, until: int
) -> Away:
    """Decide every day away of one referral.

    Args:
        presence: The referral's stay.
        contract: Settings: what the year is, and its limits.
        law: The dated law.
        ledger: What the person used of the yearly limits before; the days decided here are
            added to it. Referrals of a service must come in the order of their first day.
        until: Days from this ordinal on are not decided.

    Returns:
        The days away and whether the service is over.

    Law: SHS §§ 79(3)–(4), 80(1) p 1, 80(4)–(6); R65 § 4; rules R-05, R-11, R-12, reading 3.
    """
    stay, referral = presence.stay, presence.referral
    if stay is None or not referral.absences:
        return Away({})
    kinds = _kinds_by_day(presence, stay)
    singles = _single_days(kinds, law)
    for day in singles:
        del kinds[day]
    limits = _Limits.of(contract, law, date.fromordinal(stay[0]))
    over_from, over_since = _over(presence, kinds, law)
    decided: dict[int, AwayDay] = {}
    for spell_first, day, kind in _days_of_spells(kinds):
        if day >= until or not any(first <= day < end for first, end in presence.open):
            continue
        if kind is AbsenceKind.ABSENT and referral.kind.absent_is_present:
            continue
        if over_from is not None and day >= over_from:
            problem: FindingCode | None = FindingCode.SERVICE_OVER
        else:
            problem = _problem(presence, ledger, limits, (spell_first, day, kind))
        decided[day] = AwayDay(kind, problem, spell_first)
    return Away(decided, tuple(day for day in singles if day < until), over_from, over_since)


def _kinds_by_day(presence: Presence, stay: Span) -> dict[int, AbsenceKind]:
    kinds: dict[int, AbsenceKind] = {}
    rows = sorted(presence.referral.absences, key=lambda row: _WEIGHT[row.kind])
    for row in rows:
        if days := intersect((row.first_day.toordinal(), row.last_day.toordinal() + 1), stay):
            for day in range(*days):
                kinds[day] = row.kind
    return kinds


def _single_days(kinds: dict[int, AbsenceKind], law: Law) -> list[int]:
    """Find runs so short that they are presence; a run may be of several kinds."""
    singles: list[int] = []
    run: list[int] = []
    for day in [*sorted(kinds), None]:
        if run and day != run[-1] + 1:
            if len(run) <= law.number("single_day_away", date.fromordinal(run[0])):
                singles += run
            run = []
        if day is not None:
            run.append(day)
    return singles


def _days_of_spells(kinds: dict[int, AbsenceKind]) -> Iterator[tuple[int, int, AbsenceKind]]:
    """Give each day with the first day of its spell: touching days of one kind."""
    spell_first = 0
    for day in sorted(kinds):
        if kinds.get(day - 1) is not kinds[day]:
            spell_first = day
        yield spell_first, day, kinds[day]


def _over(
    presence: Presence, kinds: dict[int, AbsenceKind], law: Law
) -> tuple[int | None, int | None]:
    """Find the first day on which an absence has lasted longer than two months."""
    if presence.referral.kind.absent_is_present:
        return None, None
    limit = 0
    limit_of = -1
    for spell_first, day, kind in _days_of_spells(kinds):
        if kind is not AbsenceKind.ABSENT:
            continue
        if limit_of != spell_first:
            limit_of = spell_first
            limit = spell_limit(date.fromordinal(spell_first), law)[0].toordinal()
        if day >= limit:
            return limit, spell_first
    return None, None


def _problem(
    presence: Presence, ledger: Ledger, limits: _Limits, spell: tuple[int, int, AbsenceKind]
) -> FindingCode | None:
    """Say why one day away is not payable, and count it in its year if it is."""
    spell_first, ordinal, kind = spell
    day = date.fromordinal(ordinal)
    if kind is AbsenceKind.TUBERCULOSIS:
        return None
    if kind is AbsenceKind.ABSENT:
        if ledger.absent.before(day) + 1 > limits.absent_days:
            return FindingCode.ABSENCE_LIMIT
        ledger.absent.add(day)
        return None
    if ledger.hospital.before(day) + 1 > limits.hospital_days:
        return FindingCode.HOSPITAL_LIMIT
    ledger.hospital.add(day)
    confirmed_from = add_months(date.fromordinal(spell_first), limits.confirmation_months)
    if day >= confirmed_from and Month.of(day) not in presence.referral.confirmed_months:
        return FindingCode.HOSPITAL_UNCONFIRMED
    return None
