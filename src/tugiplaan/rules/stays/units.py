"""Day and week care: used units, the monthly cap, planned units that were not used."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tugiplaan.rules.facts import Person, Referral
from tugiplaan.rules.money import Exact
from tugiplaan.rules.period import FAR_PAST, Month, Span, add_months, intersect
from tugiplaan.rules.stays.presence import Block, Presence
from tugiplaan.rules.stays.volumes import in_patient_days
from tugiplaan.rules.stays.year import YearCount
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import DayKind, FindingCode, Service, VolumeUnit

type Used = tuple[int, DayKind]
"""A used unit: the day's ordinal and its kind."""


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """One month of day and week care.

    Attributes:
        payable: Used units that are payable, in date order.
        over_cap: Used units beyond the monthly cap.
        blocked: Used units on days that something blocks, with the block.
        planned_unit: The unit of the referral's volume.
        planned: Planned units of the month; None: not given.
        hospital_units: Planned units that a hospital stay kept from being used: the day and
            how much of a unit falls on it, all of it but for the last.
        unused_units: Planned units that were not used for no such reason.
        unused_problem: Why they are not payable; None: they are.
        is_non_use: A full month below the minimum, after the adaptation time.
    """

    payable: list[Used]
    over_cap: list[Used]
    blocked: list[tuple[Block, Used]]
    planned_unit: DayKind
    planned: Fraction | None
    hospital_units: list[tuple[int, Fraction]]
    unused_units: Exact
    unused_problem: FindingCode | None
    is_non_use: bool


class NonUse(NamedTuple):
    """Whether a month of day and week care was below its minimum, and what that means."""

    is_non_use: bool
    problem: FindingCode | None


def unit_month(presence: Presence, month: Month, law: Law, non_use: NonUse) -> UnitMonth:
    """Decide a month of day and week care.

    Args:
        presence: The referral's stay.
        month: The month.
        law: The dated law.
        non_use: What `non_use_of` says of the month.

    Returns:
        Every used unit of the stay in the month once: payable, over the cap or blocked; and
        the planned units that were not used, whether or not the contract pays them.

    Law: SHS §§ 79(1²), 79(3)–(4¹), 99³(1)–(2); R65 §§ 2(1²)–(1⁵), 2(4¹)–(4²), 4¹, 4⁵; rules
    R-04, R-07, R-11, R-24; reading 5 (open point A-03, A-05, A-26).
    """
    kind = presence.referral.kind
    cap = law.number("units_in_month", month.first)
    free, blocked = _used(presence, month.span)
    payable: list[Used] = []
    over_cap: list[Used] = []
    capped = 0
    for unit in free:
        if unit[1] not in kind.capped:
            payable.append(unit)
        elif capped < cap:
            capped += 1
            payable.append(unit)
        else:
            over_cap.append(unit)
    planned_unit, planned = planned_units(presence.referral)
    hospital, unused = Fraction(0), Fraction(0)
    away: list[int] = []
    if planned is not None and presence.covers(month.span):
        used = len(payable) + len(over_cap)
        room = cap - capped - len(over_cap)
        away = _in_patient_without_unit(presence, month, {day for day, _ in free})
        hospital = max(Fraction(0), min(Fraction(len(away)), planned - used, Fraction(room)))
        unused = max(Fraction(0), min(planned - used - hospital, room - hospital))
    return UnitMonth(
        payable,
        over_cap,
        blocked,
        planned_unit,
        planned,
        _on_days(hospital, away),
        unused,
        non_use.problem,
        non_use.is_non_use,
    )


def planned_units(referral: Referral) -> tuple[DayKind, Fraction | None]:
    """Give the unit and number of units that the referral plans for a month.

    Law: SHS § 71(2) p 7; R65 § 4¹(2); reading 5.
    """
    unit = DayKind.OOP if referral.volume_unit is VolumeUnit.OOP_MONTH else DayKind.DAY
    if referral.planned_volume is None or referral.volume_unit in (
        VolumeUnit.H_MONTH,
        VolumeUnit.H_WEEK,
    ):
        return unit, None
    return unit, Fraction(referral.planned_volume)


def _used(presence: Presence, days: Span) -> tuple[list[Used], list[tuple[Block, Used]]]:
    """Divide the units of the stay into those on unblocked days and those on blocked ones."""
    free: list[Used] = []
    blocked: list[tuple[Block, Used]] = []
    window = intersect(presence.stay, days) if presence.stay else None
    if window is None:
        return free, blocked
    for record in sorted(presence.referral.days):
        day = record.day.toordinal()
        if not window[0] <= day < window[1]:
            continue
        block = next((one for one in presence.blocks if one.span[0] <= day < one.span[1]), None)
        if block:
            blocked.append((block, (day, record.kind)))
        else:
            free.append((day, record.kind))
    return free, blocked


def _in_patient_without_unit(presence: Presence, month: Month, used: set[int]) -> list[int]:
    spans = in_patient_days(presence, month).values()
    return sorted({day for rows in spans for span in rows for day in range(*span)} - used)


def _on_days(quantity: Fraction, days: list[int]) -> list[tuple[int, Fraction]]:
    """Put units on the first days, one on each, a part of one on the last.

    >>> _on_days(Fraction(3, 2), [4, 6, 7])
    [(4, Fraction(1, 1)), (6, Fraction(1, 2))]
    """
    placed = []
    for day in days:
        if quantity <= 0:
            break
        placed.append((day, min(quantity, Fraction(1))))
        quantity -= 1
    return placed


def adaptation_ends(person: Person, found: list[Presence], law: Law) -> date:
    """Give the day from which the minimum of units a month holds for a person.

    Args:
        person: The person, with the start of the first referral if it is known.
        found: All presences of the person, in order.
        law: The dated law.

    Returns:
        Six months after the agreed start of the person's first referral.

    Law: SHS § 99³(2); open point A-25; reading 5.
    """
    start = person.first_pnh_start
    for presence in found:
        referral = presence.referral
        if start is None and referral.service is Service.PNH:
            start = referral.agreed_start or referral.arrived_on
    if start is None:
        return FAR_PAST
    return add_months(start, law.number("pnh_adaptation_months", max(start, _first_day(law))))


def _first_day(law: Law) -> date:
    return law.terms.rows("pnh_adaptation_months")[0].valid_from or FAR_PAST


def non_use_of(
    presence: Presence,
    month: Month,
    law: Law,
    tested: tuple[date, date],
    year: YearCount,
) -> NonUse:
    """Tell whether a month was below the minimum of units, in a row and within the year.

    Args:
        presence: The referral's stay.
        month: The month.
        law: The dated law.
        tested: Since when the facts are complete, and when the adaptation time ends.
        year: The non-use months of the person in the service before; those of this referral
            are added. Referrals must come in the order of their first day.

    Returns:
        The month's answer. Months in hospital and part months are passed over.

    Law: SHS §§ 79(3) p 1, 99³(1)–(2); rule R-24; reading 5.
    """
    if presence.stay is None:
        return NonUse(is_non_use=False, problem=None)
    known_from, adapted_from = tested
    past = max(Month.of(date.fromordinal(presence.stay[0])), Month.of(known_from))
    if past.first < known_from:
        past = past.plus(1)
    past = min(past, month)
    units: dict[Month, int] = {}
    for day, _ in _used(presence, (past.span[0], month.span[1]))[0]:
        key = Month.of(date.fromordinal(day))
        units[key] = units.get(key, 0) + 1
    in_a_row = 0
    answer = NonUse(is_non_use=False, problem=None)
    while past <= month:
        answer = NonUse(is_non_use=False, problem=None)
        if presence.covers(past.span):
            least = law.terms.spans("pnh_minimum_units", past.span)[0][2]
            is_below = least is not None and units.get(past, 0) < least.value
            if is_below and past.first >= adapted_from:
                if not in_patient_days(presence, past):
                    in_a_row += 1
                    answer = NonUse(True, _non_use_problem(past, in_a_row, law, year))
                    year.add(past.first)
            else:
                in_a_row = 0
        past = past.plus(1)
    return answer


def _non_use_problem(month: Month, in_a_row: int, law: Law, year: YearCount) -> FindingCode | None:
    if in_a_row > law.number("non_use_months_in_row", month.first):
        return FindingCode.NON_USE_LIMIT
    if year.before_month(month) + 1 > law.number("non_use_months_in_year", month.first):
        return FindingCode.NON_USE_LIMIT
    return None
