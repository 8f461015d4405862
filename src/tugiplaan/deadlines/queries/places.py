"""Where there is room: what licences allow, who is served, who is awaited."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tugiplaan.delivery.queries.months import empty_on
from tugiplaan.providers.queries import house_facts, places_of
from tugiplaan.referrals.queries import active_on, awaited
from tugiplaan.rules.facts import Licence
from tugiplaan.rules.staffing import capacity
from tugiplaan.rules.vocabulary import Service, Variant


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """A service at a place on a day.

    Attributes:
        place_id: None: people whose place nobody has written down.
        licensed: How many the licence allows at once; None: no licence is valid.
        served: The referrals under which somebody is served, those away for some days too.
        waiting: The referrals of who is awaited there.
        held: How many court places stand empty: they are kept for who comes by court order.
    """

    place_id: UUID | None
    place: str
    service: Service
    licensed: int | None
    served: tuple[UUID, ...]
    waiting: tuple[UUID, ...]
    held: int = 0

    @property
    def free(self) -> int:
        """How many more may be served today; who is awaited does not take a place yet.

        An empty court place is paid for as such (SHS § 79(1¹)), so it is free for nobody else.
        """
        return max(0, (self.licensed or 0) - len(self.served) - self.held)

    @property
    def over(self) -> int:
        """How many more are served than the licence allows."""
        return max(0, len(self.served) - (self.licensed or 0))


def free_places(provider_id: UUID, day: date) -> list[FreePlaces]:
    """Give for each place and service how many are allowed, served, awaited and free.

    Args:
        provider_id: At which provider.
        day: The day.

    Returns:
        By code of the place and service, people without a known place last. Five queries.

    Law: rules R-09, R-19; SHS §§ 79(1¹), 154.
    """
    places = {one.pk: (one.code, one.name) for one in places_of(provider_id)}
    house = _House(house_facts(provider_id), places, empty_on(provider_id, day))
    served: dict[_Key, list[_Served]] = {}
    for one in active_on(provider_id, day):
        key = (getattr(one, "place_now", None), Service(one.service))
        served.setdefault(key, []).append((one.pk, Variant(one.variant)))
    waiting: dict[_Key, list[UUID]] = {}
    for one in awaited(provider_id, day):
        waiting.setdefault((one.place_id, Service(one.service)), []).append(one.pk)
    order = {service: rank for rank, service in enumerate(Service)}
    keys = sorted(
        {*served, *waiting, *house.allowed(day)},
        key=lambda key: (key[0] is None, house.code(key[0]), order[key[1]]),
    )
    return [house.room(key, served.get(key, ()), waiting.get(key, ()), day) for key in keys]


type _Key = tuple[UUID | None, Service]
type _Served = tuple[UUID, Variant]


@dataclass(frozen=True, slots=True)
class _House:
    licences: tuple[Licence, ...]
    places: dict[UUID, tuple[str, str]]
    """Code and name."""
    empty: dict[UUID, int]
    """Court places that stand empty."""

    def allowed(self, day: date) -> set[_Key]:
        """Give the places and services for which a licence is valid."""
        valid = {(one.place, one.service) for one in self.licences if one.covers(day)}
        return {
            (key, service)
            for key, (known, _) in self.places.items()
            for code, service in valid
            if code == known
        }

    def code(self, place_id: UUID | None) -> str:
        return self.places[place_id][0] if place_id else ""

    def room(
        self, key: _Key, served: Sequence[_Served], waiting: Sequence[UUID], day: date
    ) -> FreePlaces:
        place_id, service = key
        persons = Counter(variant for _, variant in served)
        limit = capacity(self.licences, self.code(place_id), service, persons, day)
        return FreePlaces(
            place_id=place_id,
            place=self.places[place_id][1] if place_id else "",
            service=service,
            licensed=limit.maximum,
            served=tuple(referral for referral, _ in served),
            waiting=tuple(waiting),
            held=self.empty.get(place_id, 0) if place_id and service is Service.OEH else 0,
        )
