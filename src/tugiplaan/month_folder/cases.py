"""A person's facts while the files are read, and what becomes of them at the end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from tugiplaan.month_folder.schema import REFERRALS
from tugiplaan.rules.facts import (
    Absence,
    ComponentRecord,
    DayRecord,
    HourRecord,
    Person,
    Referral,
)
from tugiplaan.rules.period import FAR_PAST, Month

_first = itemgetter(0)
_FIELDS = tuple(
    {"released_from_compulsory_treatment": "is_released"}.get(name, name)
    for name in REFERRALS.names[2:]
)


class Registry[Thing](dict[str, Thing]):
    """The things of a file by their key, for the files that refer to them.

    Attributes:
        is_open: Not all keys of the file could be read: any key may be among them.
    """

    def __init__(self, make: Callable[[str], Thing]) -> None:
        """Start empty.

        Args:
            make: Makes a stand-in for a key of which nothing else is known.
        """
        super().__init__()
        self.is_open = False
        self._make = make

    def find(self, key: str) -> Thing:
        """Give the thing of a key.

        Raises:
            KeyError: There is none.
        """
        found = self.get(key)
        if found is not None:
            return found
        if not self.is_open:
            raise KeyError(key)
        return self.stand_in(key)

    def stand_in(self, key: str) -> Thing:
        """Register a key whose row is bad, so that references to it are not bad as well."""
        return self.setdefault(key, self._make(key))


@dataclass(slots=True)
class Case:
    """One person.

    Attributes:
        person: None as long as the row was not good.
        attended: Group sessions of which only bad rows tell.
    """

    code: str
    person: Person | None = None
    drafts: list["Draft"] = field(default_factory=list)
    components: list[ComponentRecord] = field(default_factory=list)
    attended: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A referral with what has been read for it so far. Small, as a country has many.

    Attributes:
        code: Its key.
        cells: The values of its row from the service on; None: the row was not good.
        place: Where the person is served at first; empty: not known.
        slot: The new autism place that the person takes; empty: none.
    """

    code: str
    case: Case
    cells: tuple[Any, ...] | None = None
    place: str = ""
    slot: str = ""
    moves: tuple[tuple[date, str], ...] = ()
    absences: tuple[Absence, ...] = ()
    confirmed: tuple[Month, ...] = ()
    hours: list[HourRecord] = field(default_factory=list)
    days: list[DayRecord] = field(default_factory=list)

    def referral(self) -> Referral:
        """Make the referral; its moves and days by date, its other records by key."""
        fields = dict(zip(_FIELDS, self.cells or (), strict=True))
        initial = [(FAR_PAST, self.place)] if self.place else []
        self.hours.sort(key=_first)
        self.days.sort(key=_first)
        return Referral(
            referral=self.code,
            places=(*initial, *sorted(self.moves)),
            absences=tuple(sorted(self.absences, key=attrgetter("absence"))),
            confirmed_months=frozenset(self.confirmed),
            hours=tuple(self.hours),
            days=tuple(self.days),
            **{name: value for name, value in fields.items() if name != "place"},
        )
