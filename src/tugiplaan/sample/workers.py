"""Knows the invented staff and their diaries: who is where when, and nobody twice at one time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import NamedTuple

OPENS = 8 * 60
CLOSES = 20 * 60

_CLOCK = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(CLOSES))

# For each day the minute from which a person or worker is free again.
Diary = dict[date, int]


class Slot(NamedTuple):
    """A visit in a worker's diary."""

    person: str
    day: date
    start: int


@dataclass
class Worker:
    """A member of staff.

    Attributes:
        code: The staff code.
        persons: How many persons have been given to this worker.
        diary: When the worker is free.
        slots: The visits of the settled month.
    """

    code: str
    persons: int = 0
    diary: Diary = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)


class Staff:
    """Gives people workers; a worker whose list is full is let go of, diary and all."""

    def __init__(self, rng: Random) -> None:
        """Start with nobody employed.

        Args:
            rng: The sample's source of chance.
        """
        self._rng = rng
        self._count = 0
        self._teams: dict[str, Worker] = {}

    def assign(self, team: str, *, persons: int) -> Worker:
        """Give one more person a worker.

        Args:
            team: What the worker does; each team fills one worker after another.
            persons: How many persons a worker of this team serves.

        Returns:
            The worker.
        """
        worker = self._teams.get(team)
        if worker is None or worker.persons >= persons:
            self._count += 1
            worker = self._teams[team] = Worker(f"T{self._count:02d}")
        worker.persons += 1
        return worker

    def book(self, worker: Worker, diary: Diary, day: date, minutes: int) -> int | None:
        """Find the next time of a day that suits a worker and a person, and take it.

        Args:
            worker: Who goes.
            diary: The diary of the person visited.
            day: On which day.
            minutes: For how long.

        Returns:
            The start in minutes after midnight, or `None` when the day is full.
        """
        of_worker = worker.diary
        start = of_worker.get(day, OPENS) + 15 * int(self._rng.random() * 4)
        start = max(start, diary.get(day, OPENS))
        if start + minutes > CLOSES:
            return None
        of_worker[day] = diary[day] = start + minutes
        return start

    def book_group(
        self, worker: Worker, diaries: Sequence[Diary], day: date, minutes: int
    ) -> int | None:
        """Find the next time of a day that suits a worker and several persons, and take it.

        Args:
            worker: Who leads the group.
            diaries: The diaries of the persons in it.
            day: On which day.
            minutes: For how long.

        Returns:
            The start in minutes after midnight, or `None` when the day is full.
        """
        common = {day: max(diary.get(day, OPENS) for diary in diaries)}
        start = self.book(worker, common, day, minutes)
        if start is not None:
            for diary in diaries:
                diary[day] = common[day]
        return start


def clock(minute: int | None) -> str:
    """Write a time of day.

    Args:
        minute: Minutes after midnight, before closing time, or `None` when it was not noted.

    Returns:
        `HH:MM`, or an empty string.
    """
    return "" if minute is None else _CLOCK[minute]
