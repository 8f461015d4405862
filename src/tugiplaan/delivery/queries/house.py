"""What a shift needs to know when it begins: who is where, what waits for it, what happened."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tugiplaan.accounts.access import NotAllowedError, User, scopes_of
from tugiplaan.delivery.models import Incident, ShiftNote
from tugiplaan.delivery.queries.care import OpenIsolation, incidents_since, open_isolations
from tugiplaan.delivery.queries.home import Whereabouts, waiting_hand_overs, whereabouts
from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.queries import active_on
from tugiplaan.rules.tables import Law

_LAST_DAYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PlaceToday:
    """A place where somebody within reach is served today.

    Attributes:
        count: How many within reach.
    """

    place_id: UUID
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class HouseNow:
    """A place as a shift finds it.

    Attributes:
        places: All that one may choose from, by code.
        place: The one looked at; None: nobody within reach is served anywhere.
        people: Who is in and who is out, by name.
        waiting: What was handed over and not taken over by who looks, the oldest first.
        isolations: Those that go on at the provider with persons within reach.
        incidents: Those of the last days with the people of the place, the latest first.
    """

    places: tuple[PlaceToday, ...]
    place: PlaceToday | None
    people: tuple[Whereabouts, ...] = ()
    waiting: tuple[ShiftNote, ...] = ()
    isolations: tuple[OpenIsolation, ...] = ()
    incidents: tuple[Incident, ...] = ()

    @property
    def inside(self) -> list[Whereabouts]:
        return [one for one in self.people if one.is_in]

    @property
    def outside(self) -> list[Whereabouts]:
        """Who went out and is expected back today or some time."""
        return [one for one in self.people if not one.is_in and one.away is None]

    @property
    def away(self) -> list[Whereabouts]:
        """Who is away for whole days."""
        return [one for one in self.people if one.away is not None]

    @property
    def overdue(self) -> list[Whereabouts]:
        return [one for one in self.people if one.is_overdue]


def places_today(*, provider_id: UUID, by: User, on: date) -> list[PlaceToday]:
    """Give the places where somebody within reach is served today, by code.

    Args:
        provider_id: At which provider.
        by: Who asks.
        on: Today.

    Raises:
        NotAllowedError: `by` may not read records there.
    """
    scope = scopes_of(by, ["delivery.read"], on)["delivery.read"]
    if scope.is_empty:
        raise NotAllowedError(by, "delivery.read")
    all_here = scope.everywhere or provider_id in scope.providers
    counts: Counter[UUID] = Counter()
    for one in active_on(provider_id, on):
        place_id: UUID = one.place_now  # type: ignore[attr-defined]  # annotated
        persons = {one.person_id, one.person.merged_into_id}
        if all_here or place_id in scope.places or persons & scope.persons:
            counts[place_id] += 1
    return [
        PlaceToday(place.pk, place.name, counts[place.pk])
        for place in places_of(provider_id)
        if counts[place.pk]
    ]


def chosen(places: Iterable[PlaceToday], place_id: UUID | None) -> PlaceToday | None:
    """Give the place that is named, else the one with the most people, else none."""
    found = list(places)
    named = next((one for one in found if one.place_id == place_id), None)
    return named or max(found, key=lambda one: one.count, default=None)


@dataclass(frozen=True, slots=True)
class HouseOf:
    """Which place is looked at, and when.

    Attributes:
        place_id: None, or one that is not open: the place with the most people.
        now: This moment, with its time zone.
    """

    provider_id: UUID
    place_id: UUID | None
    now: datetime


def house_now(*, of: HouseOf, by: User, on: date, law: Law) -> HouseNow:
    """Give a place as a shift finds it.

    Args:
        of: Which place, and the moment.
        by: Who asks. Who may not read narratives finds nothing waiting.
        on: Today.
        law: The dated law.

    Returns:
        The place with all places to choose from. The number of queries does not grow.

    Raises:
        NotAllowedError: `by` may not read records there.
    """
    provider_id, now = of.provider_id, of.now
    places = tuple(places_today(provider_id=provider_id, by=by, on=on))
    place = chosen(places, of.place_id)
    if place is None:
        return HouseNow(places, None)
    people = whereabouts(provider_id=provider_id, place_id=place.place_id, now=now, by=by, on=on)
    persons = {one.person.pk for one in people}
    return HouseNow(
        places=places,
        place=place,
        people=tuple(people),
        waiting=tuple(_waiting(of, place, by, on)),
        isolations=tuple(isolations_now(provider_id=provider_id, now=now, by=by, on=on, law=law)),
        incidents=tuple(incidents_since(provider_id, on - _LAST_DAYS, persons)),
    )


def _waiting(of: HouseOf, place: PlaceToday, by: User, on: date) -> list[ShiftNote]:
    if scopes_of(by, ["narrative.read"], on)["narrative.read"].is_empty:
        return []
    since = on - _LAST_DAYS
    return waiting_hand_overs(
        provider_id=of.provider_id, place_id=place.place_id, since=since, by=by, on=on
    )


def isolations_now(
    *, provider_id: UUID, now: datetime, by: User, on: date, law: Law
) -> Iterable[OpenIsolation]:
    """Give the isolations that go on with persons within reach, the one to end first first.

    Args:
        provider_id: At which provider.
        now: This moment, with its time zone.
        by: Who asks.
        on: Today.
        law: The dated law.

    Law: rule R-21; SHS § 107(6).
    """
    scope = scopes_of(by, ["delivery.read"], on)["delivery.read"]
    # A role at a place sees all that go on here: whoever is near must be able to end one.
    sees_all = scope.everywhere or provider_id in scope.providers or bool(scope.places)
    for one in open_isolations(provider_id, now, law):
        if sees_all or {one.row.person_id, one.row.person.merged_into_id} & scope.persons:
            yield one
