"""The facts of people's cases: persons, referrals, and what was recorded for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tugiplaan.rules.period import Month
from tugiplaan.rules.services import ServiceKind, kind_of
from tugiplaan.rules.vocabulary import (
    AbsenceKind,
    Audience,
    DayKind,
    EndReason,
    Mode,
    Service,
    SizeClass,
    TargetGroup,
    Variant,
    VolumeUnit,
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person who receives services.

    Attributes:
        person: The code by which the facts name the person.
        first_pnh_start: Agreed start of the very first day-and-week-care referral, if known.
    """

    person: str
    first_name: str
    last_name: str
    birth_date: date
    personal_code: str = ""
    first_pnh_start: date | None = None

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class HourRecord(NamedTuple):
    """Time that a worker gave under a referral. A tuple: a country has millions a year.

    Attributes:
        record: The key of the record; empty for equal records counted together.
        start: Minutes after midnight; None when not recorded.
        minutes: Length, >= 1.
        is_direct: Given directly, not as travel or paper work.
        times: How many equal records this one stands for.
    """

    record: str
    day: date
    start: int | None
    minutes: int
    worker: str
    audience: Audience
    activity: str
    is_direct: bool
    times: int = 1


class DayRecord(NamedTuple):
    """One used unit of day and week care."""

    day: date
    kind: DayKind


class ComponentRecord(NamedTuple):
    """Time given under a component of the component model.

    Attributes:
        session: The group session that it belongs to; empty: none.
        start: Minutes after midnight; None when not recorded.
        minutes: Length, >= 1.
        participants: How many took part; None when not recorded.
    """

    record: str
    session: str
    day: date
    start: int | None
    funder: str
    component: str
    mode: Mode
    audience: Audience
    minutes: int
    participants: int | None
    worker: str
    activity: str


@dataclass(frozen=True, slots=True)
class Absence:
    """Full days away, both ends included."""

    absence: str
    first_day: date
    last_day: date
    kind: AbsenceKind
    learned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """The authority's decision that a person gets a service here, and what followed.

    Attributes:
        places: Where the person is served: (from day, place), sorted; the first counts
            from the beginning.
        planned_volume: The recommended volume of the referral.
        is_released: From compulsory or involuntary treatment: ten days to turn up.
        slot: The new autism place that the person takes.
        slot_new_from: Since when that place is new.
        confirmed_months: Months of hospital stay for which a confirmation was received.
    """

    referral: str
    service: Service
    variant: Variant
    issued_on: date
    valid_from: date
    valid_to: date
    agreed_start: date | None = None
    arrived_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None
    planned_volume: Decimal | None = None
    volume_unit: VolumeUnit | None = None
    is_released: bool = False
    slot: str = ""
    slot_new_from: date | None = None
    places: tuple[tuple[date, str], ...] = ()
    absences: tuple[Absence, ...] = ()
    confirmed_months: frozenset[Month] = frozenset()
    hours: tuple[HourRecord, ...] = ()
    days: tuple[DayRecord, ...] = ()
    kind: ServiceKind = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", kind_of(self.service, self.variant))

    def place_on(self, day: date) -> str:
        """Give the place where the person is served on a day; empty when not known."""
        place = self.places[0][1] if self.places else ""
        for from_day, later in self.places:
            if from_day <= day:
                place = later
        return place


@dataclass(frozen=True, slots=True)
class PlacePeriod:
    """The size class of a place, from day to day, both included."""

    first_day: date
    last_day: date | None
    size_class: SizeClass


class Session(NamedTuple):
    """A group session: the person whose code sorts first, and how many have a record."""

    first_person: str
    persons: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a person's month depends on beyond the person.

    Attributes:
        size_classes: The size class periods of each place.
        new_place_months: For each new autism place the months that are paid at the price of
            a new place, over all its referrals.
        sessions: Group sessions by their code.
    """

    size_classes: Mapping[str, tuple[PlacePeriod, ...]] = field(default_factory=dict)
    new_place_months: Mapping[str, frozenset[Month]] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)

    def size_class_on(self, place: str, day: date) -> SizeClass | None:
        """Give the size class of a place on a day; of overlapping periods the later start."""
        found: PlacePeriod | None = None
        for period in self.size_classes.get(place, ()):
            covers = period.first_day <= day and (period.last_day is None or day <= period.last_day)
            if covers and (found is None or found.first_day <= period.first_day):
                found = period
        return found.size_class if found else None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one person that a month can depend on.

    Attributes:
        person: The person.
        month: The month to settle.
        as_of: The day from which one looks: a window that closes later is still open.
        referrals: All referrals of the person at this provider, earlier ones too.
        components: All component records of the person, earlier months too.
        surroundings: Places, new places and group sessions.
    """

    person: Person
    month: Month
    as_of: date
    referrals: tuple[Referral, ...] = ()
    components: tuple[ComponentRecord, ...] = ()
    surroundings: Surroundings = field(default_factory=Surroundings)


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence for a service at a place, days both included."""

    licence: str
    place: str
    service: Service
    valid_from: date
    valid_to: date | None
    max_persons: int
    target_groups: frozenset[TargetGroup] = frozenset()

    def covers(self, day: date) -> bool:
        """Tell whether the licence is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class EmptyPlaces:
    """Court places that stood empty, days both included."""

    place: str
    first_day: date
    last_day: date
    count: int


@dataclass(frozen=True, slots=True)
class House:
    """What concerns a provider's places, not one person.

    Attributes:
        licences: Its licences.
        empty_places: Its empty court places.
    """

    licences: tuple[Licence, ...] = ()
    empty_places: tuple[EmptyPlaces, ...] = ()
