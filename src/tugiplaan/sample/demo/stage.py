"""What all scenes of the demo share: the chance, the days, the houses and who is in them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from tugiplaan.accounts.access import User
from tugiplaan.people.queries import Person
from tugiplaan.referrals.queries import Stay
from tugiplaan.rules.period import Month
from tugiplaan.sample.demo.organisations import Organisation
from tugiplaan.sample.demo.roster import Part
from tugiplaan.sample.names import full_name
from tugiplaan.sample.people import personal_code

BEGAN = date(2023, 12, 1)
"""From this day on the houses of the demo keep their records."""
FIRST_MONTH = Month(2026, 1)
"""The first month with a sourced rate, and the first one with records."""
EARLIEST_DAY = date(2026, 9, 1)
"""Before this day the months of the stories would not be invoiced yet."""
_LEFT_OPEN = 2
_AGES = (22, 59)
_YEAR = 365
_DAY_STARTS, _QUARTER = 9 * 60, 15


class TooEarlyError(Exception):
    """The stories of the demo would lie in the future."""


@dataclass(slots=True)
class Guest:
    """A person at a house of the demo.

    Attributes:
        stays: The referrals with their stays, the part's own first; none for components.
        ended_on: The last day of service; None: still there.
        goals: By referral, None for components: from which day on a version of the plan is in
            force, and its goals.
    """

    part: Part
    person: Person
    stays: list[Stay] = field(default_factory=list)
    ended_on: date | None = None
    goals: dict[UUID | None, list[tuple[date, tuple[UUID, ...]]]] = field(default_factory=dict)

    def goal_of(self, referral_id: UUID | None, day: date) -> UUID | None:
        """Give a goal that something done on a day was for, each in its turn; None: no plan yet."""
        versions = [held for since, held in self.goals.get(referral_id, ()) if since <= day]
        return versions[-1][day.toordinal() % len(versions[-1])] if versions else None


@dataclass(slots=True)
class House:
    """A provider of the demo with all that was made for it.

    Attributes:
        users: By role; who works with people by the code of the worker.
        places: The ids of places by code.
        workers: The ids of workers by code.
    """

    organisation: Organisation
    provider_id: UUID
    users: dict[str, User] = field(default_factory=dict)
    places: dict[str, UUID] = field(default_factory=dict)
    workers: dict[str, UUID] = field(default_factory=dict)
    guests: dict[str, Guest] = field(default_factory=dict)
    _diary: dict[tuple[str, date], int] = field(default_factory=dict)

    def book(self, worker: str, day: date, minutes: int) -> int:
        """Give the next free start in a worker's day, minutes after midnight."""
        start = self._diary.get((worker, day), _DAY_STARTS)
        # To the next quarter of an hour, and one quarter on the way.
        self._diary[worker, day] = start + (-(-minutes // _QUARTER) + 1) * _QUARTER
        return start

    @property
    def director(self) -> User:
        return self.users["director"]

    @property
    def manager(self) -> User:
        return self.users["service_manager"]

    @property
    def accountant(self) -> User:
        return self.users["accountant"]

    def served(self, month: Month) -> list[Guest]:
        """Give who is served on some day of a month, in the order of their parts."""
        return [
            guest
            for guest in self.guests.values()
            if guest.part.arrives <= month.last
            and not guest.part.is_awaited
            and (guest.ended_on is None or month.first <= guest.ended_on)
        ]

    def present(self, day: date) -> list[Guest]:
        """Give who is served on a day, in the order of their parts."""
        return [
            guest
            for guest in self.guests.values()
            if guest.part.arrives <= day
            and not guest.part.is_awaited
            and (guest.ended_on is None or day <= guest.ended_on)
        ]


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who may log in: the role, and where; empty: nowhere in particular."""

    role: str
    email: str
    name: str
    house: str


class Stage:
    """What is shared while the demo is laid.

    Attributes:
        today: The day on which somebody looks at the demo.
        rng: The only source of chance.
        months: From January 2026 to the latest full one.
        issued: Those of them that are closed and invoiced.
        houses: By the key of their organisation.
        logins: Who may log in.
    """

    def __init__(self, today: date, seed: int) -> None:
        """Count the months.

        Args:
            today: The day on which somebody looks, not before `EARLIEST_DAY`.
            seed: The same seed and day, the same demo.

        Raises:
            TooEarlyError: The day is earlier.
        """
        if today < EARLIEST_DAY:
            raise TooEarlyError(
                f"Näidis algab 2026. aasta jaanuarist ja vajab kuid, mis on möödas: vali päev "
                f"alates {EARLIEST_DAY:%d.%m.%Y}. Midagi ei muudetud."
            )
        self.today, self.seed = today, seed
        self.rng = Random(seed)
        self.months: list[Month] = []
        month = FIRST_MONTH
        while month.last < today:
            self.months.append(month)
            month = month.plus(1)
        self.issued = self.months[:-_LEFT_OPEN]
        self.houses: dict[str, House] = {}
        self.logins: list[Login] = []
        self._names: set[tuple[str, str]] = set()
        self._codes: set[str] = set()

    def take_name(self, name: tuple[str, str]) -> None:
        """Let nobody be called so by chance."""
        self._names.add(name)

    def name(self, *, is_woman: bool) -> tuple[str, str]:
        """Draw a name that nobody in the demo has."""
        while True:
            name = full_name(self.rng, is_woman=is_woman)
            if name not in self._names:
                self.take_name(name)
                return name

    def birth_date(self, adult_by: date) -> date:
        """Draw the birth date of somebody of working age on a day."""
        years = self.rng.randrange(*_AGES)
        birthday = adult_by.replace(year=adult_by.year - years, day=1)
        return birthday - timedelta(days=self.rng.randrange(_YEAR))

    def personal_code(self, born: date, *, is_woman: bool) -> str:
        """Make a valid personal code that nobody in the demo has."""
        while True:
            code = personal_code(born, is_woman=is_woman, serial=self.rng.randrange(1, 1000))
            if code not in self._codes:
                self._codes.add(code)
                return code


def period_of(month: Month) -> int:
    """Write a month as YYYYMM."""
    return month.year * 100 + month.month
