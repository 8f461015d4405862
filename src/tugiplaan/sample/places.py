"""Knows the invented provider's houses: where they stand, their licences, who fits in."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tugiplaan.sample.folder import Folder
from tugiplaan.sample.months import Month

_OPEN_SINCE = date(2019, 1, 1)
_TOWNS = (
    "Viljandi", "Rakvere", "Võru", "Paide", "Põltsamaa", "Haapsalu", "Tartu", "Jõgeva", "Türi",
    "Valga", "Pärnu", "Jõhvi", "Kuressaare", "Rapla", "Põlva", "Narva", "Elva", "Keila",
)  # fmt: skip
_HOUSES = (
    "Metstulbi", "Linavästriku", "Vihmapiisa", "Kukeharja", "Ööbikusalu", "Rohutirtsu", "Karukella",
    "Tuulelohe", "Käbihiire", "Nurmenuku", "Kiilisilma", "Pääsusilma", "Vaarikavälu", "Kuldsambla",
    "Hõbepaju", "Sookaela", "Merisiilu", "Jäälinnu", "Kullerkuku", "Sinivooru", "Mesimummu",
    "Okasmetsa", "Piibelehe", "Šokolaadikivi", "Žasmiini",
)  # fmt: skip
_STREETS = (
    "Vaarikapõllu tee", "Kuldkala põik", "Vanaõue tänav", "Sõnajalavälja tee", "Õhtutähe tänav",
    "Kolmveski tee", "Hallikraavi tänav", "Tuisutuule põik", "Mesilasrivi tänav",
    "Ämblikuvõrgu tee", "Üheksavälja tänav",
)  # fmt: skip
_EMPTY_COURT_PLACE_SHARE = 0.15


@dataclass(frozen=True)
class HouseKind:
    """What houses of one kind have in common.

    Attributes:
        label: The Estonian word in the house's name.
        services: The services each place in it is licensed for.
        seats: The licence's maximum, and so many persons the sample places there.
        places: How many separately working groups one building has.
        size_class: The size class of round-the-clock care, empty elsewhere.
        groups: The target groups on the licence.
    """

    label: str
    services: tuple[str, ...]
    seats: int
    places: int = 1
    size_class: str = ""
    groups: str = ""


HOUSE_KINDS: dict[str, HouseKind] = {
    "centre": HouseKind("tugikeskus", ("IET", "TTT", "TE"), 40),
    "iet_autism": HouseKind("päevarühm", ("IET",), 6),
    "ke": HouseKind("kogukonnamaja", ("KE",), 14),
    "day_care": HouseKind("päeva- ja nädalahoid", ("PNH", "IET"), 12),
    "GT12": HouseKind("hooldusmaja", ("OEH",), 24, 1, "GT12", "ordinary er aa"),
    "LE12": HouseKind("kodu", ("OEH",), 12, 1, "LE12", "ordinary er aa"),
    "G10": HouseKind("peremaja", ("OEH",), 10, 3, "G10", "ordinary er aa"),
    "G6": HouseKind("pererühmade maja", ("OEH",), 6, 4, "G6", "ordinary er aa"),
    "autism": HouseKind("autismimaja", ("OEH",), 6, 1, "G6", "aut"),
    "court": HouseKind("turvamaja", ("OEH",), 20, 1, "GT12", "km"),
    "small": HouseKind("väike pererühm", ("OEH",), 2, 1, "G6", "ordinary er aa"),
}


@dataclass
class _OpenHouse:
    """The house of a kind that is filling up."""

    building: str
    name: str
    address: str
    places: int = 0
    place: str = ""
    taken: int = 0


class Places:
    """Opens places as people come, so that none but the small one is ever overfull."""

    def __init__(self, rng: Random, folder: Folder, month: Month) -> None:
        """Start with no place open.

        Args:
            rng: The sample's source of chance.
            folder: Where the rows of places, their periods and licences go.
            month: The month to be settled.
        """
        self._rng = rng
        self._folder = folder
        self._month = month
        self._filling: dict[str, _OpenHouse] = {}
        self._buildings = 0
        self._licences = 0
        self._has_house_that_shrank = False
        self._has_one_too_many = False

    def seat(self, kind: str, *, since: date = _OPEN_SINCE) -> str:
        """Give one more person a place.

        Args:
            kind: A key of `HOUSE_KINDS`.
            since: The first day of the place if it has to be opened.

        Returns:
            The code of a place of that kind with room for one more.
        """
        details = HOUSE_KINDS[kind]
        house = self._filling.get(kind)
        if house is None or (house.taken == details.seats and house.places == details.places):
            house = self._filling[kind] = self._build(details)
        if not house.place or house.taken == details.seats:
            self._open_place(kind, house, since)
        house.taken += 1
        return house.place

    def new_autism_place(self, since: date) -> str:
        """Open a place for persons on the autism spectrum that did not exist before.

        Args:
            since: Its first day.

        Returns:
            The code of the place; nobody else is placed there.
        """
        self._filling.pop("autism", None)
        place = self.seat("autism", since=since)
        # The others on the spectrum came earlier than this place: they must not follow.
        del self._filling["autism"]
        return place

    def overfill_small_place(self) -> str:
        """Put one person more into the small place than its licence allows.

        Returns:
            The code of the place. The seat is not counted: two more persons may be seated there.
        """
        if "small" not in self._filling:
            self.seat("small")
            self._filling["small"].taken = 0
        self._has_one_too_many = True
        return self._filling["small"].place

    @property
    def is_small_place_overfull(self) -> bool:
        """Whether more persons live in the small place than its licence allows."""
        house = self._filling.get("small")
        is_full = house is not None and house.taken == HOUSE_KINDS["small"].seats
        return is_full and self._has_one_too_many

    def _build(self, details: HouseKind) -> _OpenHouse:
        number = self._buildings
        self._buildings += 1
        house = _HOUSES[number % len(_HOUSES)]
        town = _TOWNS[(number * 5 + number // len(_HOUSES)) % len(_TOWNS)]
        round_number = number // (len(_HOUSES) * len(_TOWNS))
        name = f"{house} {details.label}" + (f" {round_number + 1}" if round_number else "")
        address = f"{_STREETS[number % len(_STREETS)]} {self._rng.randrange(1, 60)}, {town}"
        return _OpenHouse(f"H{number + 1:03d}", name, address)

    def _open_place(self, kind: str, house: _OpenHouse, since: date) -> None:
        details = HOUSE_KINDS[kind]
        house.places += 1
        house.taken = 0
        house.place = f"{house.building}-{house.places}"
        name = house.name if details.places == 1 else f"{house.name}, {house.places}. rühm"
        self._folder.add("places", (house.place, name, house.address, house.building))
        for service in details.services:
            self._licences += 1
            licence = f"L{self._licences:04d}"
            row = (licence, house.place, service, since, None, details.seats, details.groups)
            self._folder.add("licences", row)
        if details.size_class:
            self._write_size(house, details.size_class, since)
        if kind == "court":
            self._write_empty_court_places(house)

    def _write_size(self, house: _OpenHouse, size_class: str, since: date) -> None:
        if size_class == "LE12" and not self._has_house_that_shrank:
            # One family-sized house used to be a large one: a size class has a history.
            self._has_house_that_shrank = True
            changed_on = date(self._month.year, 1, 1)
            row = (house.place, since, changed_on - timedelta(days=1), "GT12")
            self._folder.add("place_periods", row)
            since = changed_on
        self._folder.add("place_periods", (house.place, since, None, size_class))

    def _write_empty_court_places(self, house: _OpenHouse) -> None:
        is_first = not self._folder.rows["empty_places"]
        if is_first or self._rng.random() < _EMPTY_COURT_PLACE_SHARE:
            first, last = self._month.day(9), self._month.day(self._rng.randrange(15, 25))
            self._folder.add("empty_places", (house.place, first, last, 1))
