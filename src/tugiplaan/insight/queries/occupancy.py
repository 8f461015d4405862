"""Who was there: persons present, away and in hospital by place, service and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from tugiplaan.accounts.access import User, require_whole
from tugiplaan.people.queries import standing_for
from tugiplaan.providers.queries import house_facts, places_of
from tugiplaan.referrals.queries import ReferralFacts, referral_facts
from tugiplaan.rules import facts
from tugiplaan.rules.period import Month, Span, clip, merged, without
from tugiplaan.rules.staffing import capacity
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.vocabulary import AbsenceKind, Service

_HOSPITAL = frozenset({AbsenceKind.HOSPITAL, AbsenceKind.TUBERCULOSIS})


@dataclass(frozen=True, slots=True)
class OccupancyDay:
    """A service at a place on a day.

    Attributes:
        present: Persons who were there.
        absent: Persons away, hospital apart.
        hospital: Persons in hospital or in tuberculosis treatment.
        licensed: How many the licence allows; None: no licence was valid.
    """

    day: date
    present: int
    absent: int
    hospital: int
    licensed: int | None

    @property
    def taken(self) -> int:
        """How many places were taken: who is away keeps the place."""
        return self.present + self.absent + self.hospital


@dataclass(frozen=True, slots=True)
class OccupancyMonth:
    """A service at a place in a month, day by day.

    Attributes:
        place_id: None: people whose place nobody has written down.
        referrals: Under which anybody was served there in the month.
    """

    place_id: UUID | None
    place: str
    service: Service
    period: int
    days: tuple[OccupancyDay, ...]
    referrals: tuple[UUID, ...]

    @property
    def present_days(self) -> int:
        return sum(day.present for day in self.days)

    @property
    def absent_days(self) -> int:
        return sum(day.absent for day in self.days)

    @property
    def hospital_days(self) -> int:
        return sum(day.hospital for day in self.days)

    @property
    def licensed_days(self) -> int:
        return sum(day.licensed or 0 for day in self.days)

    @property
    def taken_share(self) -> Fraction | None:
        """How much of what the licence allows was taken; None: it allowed nothing."""
        taken = self.present_days + self.absent_days + self.hospital_days
        return Fraction(taken, self.licensed_days) if self.licensed_days else None


def occupancy(
    *, provider_id: UUID, months: Iterable[Month], by: User, on: date
) -> list[OccupancyMonth]:
    """Give who was present, away and in hospital at each place, day by day.

    Args:
        provider_id: At which provider.
        months: The months, up to 13 for a page. Days after `on` are left out.
        by: Who asks; needs `referrals.read` at the whole provider.
        on: Today.

    Returns:
        By place, service and month; months in which nobody was there and no licence was valid
        are left out. A person served twice at a place in one service counts once. Nine
        queries.

    Raises:
        NotAllowedError: `by` may not.

    Law: SHS § 154 for what is allowed; the days of a stay are those that settlement counts.
    """
    require_whole(by, "referrals.read", provider_id, on)
    wanted = sorted(set(months))
    places = {one.pk: (one.code, one.name) for one in places_of(provider_id)}
    codes = {key: code for key, (code, _) in places.items()}
    keys = {code: key for key, code in codes.items()}
    names = dict(places.values())
    known = referral_facts(provider_id, standing_for(provider_id), codes, on)
    rooms = _rooms(known)
    licences = house_facts(provider_id)
    for licence in licences:
        rooms.setdefault((licence.place, licence.service), _Room())
    order = {service: rank for rank, service in enumerate(Service)}
    found = []
    for (code, service), room in sorted(
        rooms.items(), key=lambda item: (item[0][0] == "", item[0][0], order[item[0][1]])
    ):
        for month in wanted:
            days = tuple(_days(room, month, on, _Limit(licences, code, service)))
            if any(day.taken or day.licensed for day in days):
                place = (keys.get(code), names.get(code, ""))
                under = room.referrals_in(month.span)
                found.append(OccupancyMonth(*place, service, month.period, days, under))
    return found


type _PersonSpans = dict[UUID, list[Span]]


class _Room:
    """Who was at a place in a service: stays, absences and hospital by person."""

    def __init__(self) -> None:
        self.stays: _PersonSpans = {}
        self.away: _PersonSpans = {}
        self.hospital: _PersonSpans = {}
        self.referrals: list[tuple[Span, UUID]] = []

    def referrals_in(self, span: Span) -> tuple[UUID, ...]:
        found = {key for stay, key in self.referrals if stay[0] < span[1] and span[0] < stay[1]}
        return tuple(sorted(found))

    def counts(self, span: Span) -> tuple[list[int], list[int], list[int]]:
        """Count for each day of a span the persons there, away and in hospital."""
        present, absent, hospital = ([0] * (span[1] - span[0] + 1) for _ in range(3))
        for person, stays in self.stays.items():
            here = clip(merged(stays), span)
            if not here:
                continue
            ill = [
                part for one in here for part in clip(merged(self.hospital.get(person, [])), one)
            ]
            gone = [part for one in here for part in clip(merged(self.away.get(person, [])), one)]
            _add(hospital, ill, span)
            _add(absent, [part for one in gone for part in without(one, ill)], span)
            there = merged([*ill, *gone])
            _add(present, [part for one in here for part in without(one, there)], span)
        return present, absent, hospital


def _add(counts: list[int], spans: Iterable[Span], window: Span) -> None:
    for first, end in spans:
        for day in range(first - window[0], end - window[0]):
            counts[day] += 1


def _rooms(known: Iterable[ReferralFacts]) -> dict[tuple[str, Service], _Room]:
    rooms: dict[tuple[str, Service], _Room] = {}
    for one in known:
        stay = stay_of(one.facts)
        if stay is None:
            continue
        for span, code in at_places(one.facts, stay):
            room = rooms.setdefault((code, one.facts.service), _Room())
            room.stays.setdefault(one.person_id, []).append(span)
            room.referrals.append((span, one.referral_id))
            for absence in one.facts.absences:
                days = (absence.first_day.toordinal(), absence.last_day.toordinal() + 1)
                to = room.hospital if absence.kind in _HOSPITAL else room.away
                to.setdefault(one.person_id, []).extend(clip([days], span))
    return rooms


def at_places(referral: facts.Referral, stay: Span) -> list[tuple[Span, str]]:
    """Cut a stay where the person moved; the first place counts from the beginning."""
    if not referral.places:
        return [(stay, "")]
    starts = [stay[0], *(day.toordinal() for day, _ in referral.places[1:]), stay[1]]
    found = []
    for number, (_, code) in enumerate(referral.places):
        first, end = max(stay[0], starts[number]), min(stay[1], starts[number + 1])
        if first < end:
            found.append(((first, end), code))
    return found


@dataclass(frozen=True, slots=True)
class _Limit:
    licences: tuple[facts.Licence, ...]
    place: str
    service: Service

    def on(self, day: date) -> int | None:
        return capacity(self.licences, self.place, self.service, {}, day).maximum


def _days(room: _Room, month: Month, until: date, limit: _Limit) -> Iterable[OccupancyDay]:
    first, end = month.span
    last = min(end, until.toordinal() + 1)
    if last <= first:
        return
    present, absent, hospital = room.counts((first, last))
    for number in range(last - first):
        day = date.fromordinal(first + number)
        yield OccupancyDay(day, present[number], absent[number], hospital[number], limit.on(day))
