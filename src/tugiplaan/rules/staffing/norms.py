"""How many workers the law asks for in a service, and how many are missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import ceil

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.tables import Law, load
from tugiplaan.rules.vocabulary import Service, Variant


class Counted(StrEnum):
    """What a norm counts."""

    FULL_TIME = "full_time"
    OUTSIDE_NIGHT = "outside_night"
    ROUND_THE_CLOCK = "round_the_clock"
    GROUPS = "groups"


class Shift(StrEnum):
    """What a need is about: contracts, or workers present at some time of the day."""

    FULL_TIME = "full_time"
    OUTSIDE_NIGHT = "outside_night"
    AT_NIGHT = "at_night"


@dataclass(frozen=True, slots=True)
class StaffNorm:
    """How many persons one worker may have in a service.

    Attributes:
        counted: What is counted.
        persons: The term of persons for each worker, or in each group.
        workers: The term of workers in each group; empty: one for the persons.
        workers_at_night: The term of workers in each group at night; empty: none.
        extra: The term of workers besides, outside night, as needed; empty: none.
        may_use_care_worker: A care worker may stand in for one.
        course: The extra course that the work needs; empty: none.
        section: Act and section.
    """

    counted: Counted
    persons: str
    workers: str
    workers_at_night: str
    extra: str
    may_use_care_worker: bool
    course: str
    section: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is there.

    Attributes:
        full_time: Activity supervisors in full-time equivalents.
        outside_night: Activity supervisors present at once outside night.
        at_night: Activity supervisors present at once at night.
        care_workers: Care workers present round the clock.
    """

    full_time: Decimal = Decimal(0)
    outside_night: int = 0
    at_night: int = 0
    care_workers: int = 0


@dataclass(frozen=True, slots=True)
class StaffNeed:
    """What the law asks for and what is there.

    Attributes:
        shift: What it is about.
        needed: Workers that the law asks for; full-time equivalents may be a fraction.
        by_need: Workers that it asks for besides, as the persons' needs demand.
        available: Workers who are there.
        explanation: The steps that led to the need.
    """

    shift: Shift
    needed: Fraction
    by_need: int
    available: Fraction
    explanation: tuple[Step, ...]

    @property
    def whole(self) -> int:
        """The need in whole persons, the stricter reading of a fraction."""
        return ceil(self.needed)

    @property
    def missing(self) -> Fraction:
        return max(Fraction(0), self.needed - self.available)

    @property
    def missing_whole(self) -> Fraction:
        return max(Fraction(0), self.whole - self.available)

    @property
    def missing_by_need(self) -> Fraction:
        return max(Fraction(0), self.whole + self.by_need - self.available)


@cache
def norms() -> dict[tuple[Service, Variant], StaffNorm]:
    """Give the norm of every service in every variant."""
    return {
        (Service(service), Variant(variant)): StaffNorm(
            counted=Counted(entry["counted"]),
            persons=entry["persons"],
            workers=entry.get("workers", ""),
            workers_at_night=entry.get("workers_at_night", ""),
            extra=entry.get("extra", ""),
            may_use_care_worker=entry.get("care_worker", False),
            course=entry.get("course", ""),
            section=entry["section"],
        )
        for service, variants in load("staffing")["norms"].items()
        for variant, entry in variants.items()
    }


def staff_needs(
    service: Service, persons: Mapping[Variant, int], roster: Roster, day: date, law: Law
) -> tuple[StaffNeed, ...]:
    """Say how many workers a service needs on a day.

    Args:
        service: The service.
        persons: How many are served, by variant, each >= 0.
        roster: Who is there.
        day: The day.
        law: The dated law.

    Returns:
        One need for each shift that the law counts; none when nobody is served. Shares of
        the variants are added before they are rounded up.

    Raises:
        KeyError: The service has no such variant.
        NotInForceError: A norm was not in force on the day.
        ValueError: A number of persons is negative.

    Law: rule R-20; SHS §§ 90(5), 93(7), 96(7), 99(5), 99⁴, 104; R65 § 2(1¹), (5¹).

    >>> from tugiplaan.rules.tables import builtin
    >>> day, roster = date(2026, 5, 1), Roster(full_time=Decimal(2))
    >>> need, = staff_needs(Service.IET, {Variant.PLAIN: 23}, roster, day, builtin())
    >>> need.needed, need.whole, need.missing
    (Fraction(23, 10), 3, Fraction(3, 10))
    """
    if any(count < 0 for count in persons.values()):
        raise ValueError(f"numbers of persons must not be negative: {dict(persons)}")
    served = [(norms()[service, variant], persons[variant]) for variant in sorted(persons)]
    count = _Count(day, law)
    for norm, number in served:
        if number:
            count.add(norm, number)
    return count.needs(roster)


class _Count:
    """Adds up what the norms ask for: shares of a worker, whole groups, extra workers."""

    def __init__(self, day: date, law: Law) -> None:
        self._day, self._law = day, law
        self._shares = dict.fromkeys(Counted, Fraction(0))
        self._groups = dict.fromkeys((Shift.OUTSIDE_NIGHT, Shift.AT_NIGHT), 0)
        self._extra: DatedValue | None = None
        self._replaces: DatedValue | None = None
        self._steps: dict[Shift, list[Step]] = {shift: [] for shift in Shift}

    def add(self, norm: StaffNorm, number: int) -> None:
        """Count the persons of one variant."""
        per = self._law.term(norm.persons, self._day)
        if norm.counted is Counted.GROUPS:
            self._add_groups(norm, number, per)
            return
        share = number / per.exact
        self._shares[norm.counted] += share
        numbers = (("persons", number), ("per", per.value), ("share", share))
        step = Step(f"staff_{norm.counted}", numbers, (per,), norm.section)
        for shift in _SHIFTS[norm.counted]:
            self._steps[shift].append(step)
        if norm.extra:
            self._extra = self._law.term(norm.extra, self._day)
        if norm.may_use_care_worker:
            self._replaces = self._law.term("staff_care_worker_replaces", self._day)

    def _add_groups(self, norm: StaffNorm, number: int, per: DatedValue) -> None:
        groups = ceil(number / per.exact)
        shifts = ((Shift.OUTSIDE_NIGHT, norm.workers), (Shift.AT_NIGHT, norm.workers_at_night))
        for shift, name in shifts:
            if name:
                workers = self._law.term(name, self._day)
                self._groups[shift] += groups * int(workers.value)
                numbers = (("persons", number), ("groups", groups), ("workers", workers.value))
                step = Step("staff_groups", numbers, (per, workers), norm.section)
                self._steps[shift].append(step)

    def needs(self, roster: Roster) -> tuple[StaffNeed, ...]:
        """Give the need of each shift that anything was counted for."""
        around = ceil(self._shares[Counted.ROUND_THE_CLOCK])
        outside = ceil(self._shares[Counted.OUTSIDE_NIGHT])
        needed = {
            Shift.FULL_TIME: self._shares[Counted.FULL_TIME],
            Shift.OUTSIDE_NIGHT: Fraction(around + outside + self._groups[Shift.OUTSIDE_NIGHT]),
            Shift.AT_NIGHT: Fraction(around + self._groups[Shift.AT_NIGHT]),
        }
        stand_in = min(roster.care_workers, int(self._replaces.value)) if self._replaces else 0
        available = {
            Shift.FULL_TIME: Fraction(roster.full_time),
            Shift.OUTSIDE_NIGHT: Fraction(roster.outside_night + stand_in),
            Shift.AT_NIGHT: Fraction(roster.at_night + stand_in),
        }
        return tuple(
            StaffNeed(
                shift=shift,
                needed=needed[shift],
                by_need=self._by_need(shift),
                available=available[shift],
                explanation=(
                    *self._steps[shift],
                    *self._last_steps(shift, needed[shift], stand_in),
                ),
            )
            for shift in Shift
            if needed[shift]
        )

    def _by_need(self, shift: Shift) -> int:
        return int(self._extra.value) if self._extra and shift is Shift.OUTSIDE_NIGHT else 0

    def _last_steps(self, shift: Shift, needed: Fraction, stand_in: int) -> list[Step]:
        steps = [Step("staff_needed", (("needed", needed), ("whole", ceil(needed))))]
        if self._extra and self._by_need(shift):
            extra = (("extra", self._extra.value),)
            steps.append(Step("staff_extra", extra, (self._extra,), self._extra.source))
        if self._replaces and stand_in:
            instead = (("extra", stand_in),)
            source = self._replaces.source
            steps.append(Step("staff_care_worker", instead, (self._replaces,), source))
        return steps


_SHIFTS = {
    Counted.FULL_TIME: (Shift.FULL_TIME,),
    Counted.OUTSIDE_NIGHT: (Shift.OUTSIDE_NIGHT,),
    Counted.ROUND_THE_CLOCK: (Shift.OUTSIDE_NIGHT, Shift.AT_NIGHT),
}
