"""What is left under every volume, cap, ceiling and limit of one person's month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tugiplaan.rules.components import Surround, ceiling_uses
from tugiplaan.rules.facts import Contract, Facts
from tugiplaan.rules.money import Exact
from tugiplaan.rules.period import intersect
from tugiplaan.rules.services import HOURS, UNITS
from tugiplaan.rules.settlement.drafts import Books
from tugiplaan.rules.settlement.months import Ledgers
from tugiplaan.rules.settlement.person import parallel_stay
from tugiplaan.rules.stays import (
    Ledger,
    MonthLedger,
    Presence,
    away_days,
    hour_month,
    presences,
    unit_month,
    year_limits,
)
from tugiplaan.rules.stays.units import NonUse
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import AbsenceKind, CeilingPeriod, Kind, Service, VolumeUnit


class LimitKind(StrEnum):
    """What limits or asks for an amount."""

    MINIMUM_VOLUME = "minimum_volume"
    PLANNED_VOLUME = "planned_volume"
    MONTH_CAP = "month_cap"
    MINIMUM_UNITS = "minimum_units"
    MONTH_CEILING = "month_ceiling"
    YEAR_CEILING = "year_ceiling"
    ABSENT_DAYS = "absent_days"
    HOSPITAL_DAYS = "hospital_days"
    NON_USE_MONTHS = "non_use_months"
    HOSPITAL_MONTHS = "hospital_months"

    @property
    def is_needed(self) -> bool:
        """Tell whether it must be reached, rather than not exceeded."""
        return self in (LimitKind.MINIMUM_VOLUME, LimitKind.MINIMUM_UNITS)


class LimitUnit(StrEnum):
    """What a limit counts."""

    MINUTES = "minutes"
    UNITS = "units"
    DAYS = "days"
    MONTHS = "months"
    EUROS = "euros"


@dataclass(frozen=True, slots=True)
class Left:
    """How far a month has come toward one volume, cap, ceiling or limit.

    Attributes:
        subject: Code of the referral; for a ceiling that of the component.
        limit: The most, or the least where `kind.is_needed`; >= 0.
        used: What counts toward it by the facts; may be above the limit.
        funder: Registry code of the funder of a component; empty otherwise.
    """

    kind: LimitKind
    subject: str
    unit: LimitUnit
    limit: Exact
    used: Exact
    funder: str = ""

    @property
    def left(self) -> Exact:
        """What is left under it, or missing to it; never below 0."""
        return max(self.limit - self.used, 0)


def left_of(facts: Facts, law: Law, contract: Contract) -> tuple[Left, ...]:
    """Give what is left under every volume, cap, ceiling and limit of a person's month.

    Args:
        facts: Everything about the person that the month can depend on.
        law: The dated law.
        contract: Settings and component price lists.

    Returns:
        Referrals in the order of their stays, then components that have a record in the month.
        A part month has no minimum.

    Raises:
        NotInForceError: A term was not in force in the month.

    Law: SHS §§ 79(3), 90(3), 93(6), 96(6), 99³(1)–(2); rules R-04…R-07, R-11, R-24.
    """
    books = Books(law, contract, facts.surroundings, facts.month, facts.as_of)
    ledgers = Ledgers()
    found = presences(facts.person, facts.referrals, law)
    left: list[Left] = []
    for presence in found:
        if presence.stay is None:
            continue
        family = presence.referral.kind.family
        if family == HOURS:
            rows = list(_of_hours(presence, books, ledgers))
        elif family == UNITS:
            rows = list(_of_units(presence, books))
        else:
            rows = list(_of_days(presence, books, ledgers))
        # Earlier stays only count toward the year; what is left is told of this month's.
        if intersect(presence.stay, facts.month.span):
            left += rows
    return (*left, *_of_components(facts, books, found))


def _of_hours(presence: Presence, books: Books, ledgers: Ledgers) -> Iterator[Left]:
    referral, month, law = presence.referral, books.month, books.law
    empty = MonthLedger.empty(books.contract.state)
    ledger = ledgers.months.setdefault(referral.service, empty)
    decided = hour_month(presence, month, law, books.contract.state, ledger)
    code, minutes = referral.referral, LimitUnit.MINUTES
    if presence.covers(month.span):
        least = int(decided.minimum.value)
        yield Left(LimitKind.MINIMUM_VOLUME, code, minutes, least, decided.minutes)
    if referral.planned_volume is not None and referral.volume_unit is VolumeUnit.H_MONTH:
        planned = Fraction(referral.planned_volume) * 60
        yield Left(LimitKind.PLANNED_VOLUME, code, minutes, planned, decided.minutes)
    kind, problem = decided.verdict
    now = int(problem is None and kind is Kind.BELOW_MINIMUM)
    most = law.number("non_use_months_in_year", month.first)
    used = ledger.non_use.before_month(month) + now
    yield Left(LimitKind.NON_USE_MONTHS, code, LimitUnit.MONTHS, most, used)
    now = int(problem is None and kind is Kind.HOSPITAL)
    most = law.number("hospital_months_in_year", month.first)
    used = ledger.hospital.before_month(month) + now
    yield Left(LimitKind.HOSPITAL_MONTHS, code, LimitUnit.MONTHS, most, used)


def _of_units(presence: Presence, books: Books) -> Iterator[Left]:
    referral, month, law = presence.referral, books.month, books.law
    code = referral.referral
    decided = unit_month(presence, month, law, NonUse(is_non_use=False, problem=None))
    used = len(decided.payable) + len(decided.over_cap)
    capped = sum(kind in referral.kind.capped for _, kind in decided.payable)
    cap = law.number("units_in_month", month.first)
    capped += len(decided.over_cap)
    yield Left(LimitKind.MONTH_CAP, code, LimitUnit.UNITS, cap, capped)
    if decided.planned is not None:
        yield Left(LimitKind.PLANNED_VOLUME, code, LimitUnit.UNITS, decided.planned, used)
    if referral.service is Service.PNH and presence.covers(month.span):
        at_first = law.terms.spans("pnh_minimum_units", month.span)[:1]
        yield from (
            Left(LimitKind.MINIMUM_UNITS, code, LimitUnit.UNITS, int(least.value), used)
            for _first, _end, least in at_first
            if least is not None
        )


def _of_days(presence: Presence, books: Books, ledgers: Ledgers) -> Iterator[Left]:
    referral, month, law = presence.referral, books.month, books.law
    state, last = books.contract.state, month.last
    ledger = ledgers.days.setdefault(referral.service, Ledger.empty(state))
    away = away_days(presence, state, law, ledger, month.span[1])
    assert presence.stay is not None  # noqa: S101 - told by the caller
    limits = year_limits(state, law, date.fromordinal(presence.stay[0]))
    at_last = away.days.get(last.toordinal())
    counted = at_last.kind if at_last and at_last.problem is None else None
    code, days = referral.referral, LimitUnit.DAYS
    if not referral.kind.absent_is_present:
        used = ledger.absent.before(last) + int(counted is AbsenceKind.ABSENT)
        yield Left(LimitKind.ABSENT_DAYS, code, days, limits.absent_days, used)
    used = ledger.hospital.before(last) + int(counted is AbsenceKind.HOSPITAL)
    yield Left(LimitKind.HOSPITAL_DAYS, code, days, limits.hospital_days, used)


def _of_components(facts: Facts, books: Books, found: list[Presence]) -> Iterator[Left]:
    if not facts.components:
        return
    surround = Surround(books.surroundings.sessions, parallel_stay(found, books))
    prices = books.contract.components
    uses = ceiling_uses(facts.person.person, facts.components, books.month, prices, surround)
    for use in uses:
        is_monthly = use.period is CeilingPeriod.MONTH
        kind = LimitKind.MONTH_CEILING if is_monthly else LimitKind.YEAR_CEILING
        yield Left(kind, use.component, LimitUnit.EUROS, use.ceiling, use.used, use.funder)
