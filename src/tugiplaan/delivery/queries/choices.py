"""What a record form offers for a person, what is used most first; the month's hours sheet."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import NotAllowedError, User, scope_of
from tugiplaan.delivery.queries.done import Done, done_in
from tugiplaan.people.queries import Person, standing_for, within
from tugiplaan.plans.queries import day_plans
from tugiplaan.providers.queries import staff_of
from tugiplaan.referrals.queries import Referral, active_of, referrals_of
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Audience, Mode

_MONTHS = 3


@dataclass(frozen=True, slots=True)
class ComponentChoice:
    """A component of a person's package, or one recorded before."""

    funder: str
    component: str
    mode: Mode
    audience: Audience


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal of a plan in force."""

    goal_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class WorkerChoice:
    """Somebody who works here on the day.

    Attributes:
        is_me: The asking user.
    """

    worker_id: UUID
    name: str
    is_me: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What a record form offers, each list in the order of use.

    Attributes:
        referrals: Those under which the person is served on the day.
        activities: Texts of the plans' activities and of records before.
        minutes: Lengths used before, the most frequent first.
        last: The last record that the form may begin with; None: none.
    """

    referrals: tuple[Referral, ...]
    components: tuple[ComponentChoice, ...]
    activities: tuple[str, ...]
    goals: tuple[GoalChoice, ...]
    workers: tuple[WorkerChoice, ...]
    minutes: tuple[int, ...]
    last: Done | None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a month's hours sheet.

    Attributes:
        start: Minutes after midnight; None: not recorded.
        end: As `start`; above 1440 where it goes over midnight.
        what: The activity.
        subject: Code of the referral or of the component.
    """

    day: date
    start: int | None
    end: int | None
    minutes: int
    what: str
    who: str
    subject: str
    audience: str
    mode: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A month's hours sheet to print and sign.

    Attributes:
        lines: By day and start.
        days: Used days of day and week care, by day: the day and its kind.
        minutes: Minutes by referral or component.
    """

    person: Person
    month: Month
    lines: tuple[SheetLine, ...]
    days: tuple[tuple[date, str], ...]
    minutes: dict[str, int]

    @property
    def total(self) -> int:
        """All minutes."""
        return sum(self.minutes.values())


def choices_of(*, provider_id: UUID, person_id: UUID, day: date, by: User, on: date) -> Choices:
    """Give what a record form offers for a person.

    Args:
        provider_id: At which provider.
        person_id: The person.
        day: The day to be recorded.
        by: Who records: what they used comes before what others used.
        on: Today.

    Returns:
        The choices by how often they were used in three months, then as plans name them. The
        number of queries does not grow.

    Raises:
        NotAllowedError: `by` may not record there, or not with this person.
    """
    _person(provider_id, person_id, by, "delivery.record", on)
    entries = _entries(provider_id, person_id)
    referrals = list(active_of(provider_id, [person_id], day))
    month = Month.of(day)
    periods = [month.plus(-back).period for back in range(_MONTHS)]
    rows = done_in(provider_id, [one.pk for one in referrals], entries, periods)
    plans = list(day_plans(provider_id, entries, day).values())
    activities = [one for plan in plans for one in plan.activities]
    packages = [
        ComponentChoice(one.funder, one.component, Mode(one.mode), Audience(one.audience))
        for plan in plans
        for one in plan.package
    ]
    goals = [GoalChoice(one.goal_id, one.goal.text) for one in activities]
    texts = [one.text for one in activities]
    texts += [row.activity for row in rows if row.activity]
    mine = _Use(by, [row for row in rows if row.kind != "day"])
    lengths = [row.minutes for row in mine.rows]
    return Choices(
        referrals=tuple(mine.sort(referrals, lambda row: row.of, lambda one: one.pk)),
        components=tuple(mine.sort([*packages, *_before(rows)], _component_of, lambda one: one)),
        activities=tuple(mine.sort(texts, lambda row: row.activity, lambda one: one)),
        goals=tuple(mine.sort(goals, lambda row: row.goal_id, lambda one: one.goal_id)),
        workers=_workers(provider_id, day, mine),
        minutes=tuple(mine.sort(lengths, lambda row: row.minutes, lambda one: one)),
        last=next(iter([row for row in mine.rows if mine.is_mine(row)] or mine.rows), None),
    )


def _workers(provider_id: UUID, day: date, use: "_Use") -> tuple[WorkerChoice, ...]:
    found = [
        WorkerChoice(one.pk, one.name or one.code, one.user_id == use.by.pk)
        for one in staff_of(provider_id, day).prefetch_related(None)
    ]
    in_order = use.sort(found, lambda row: row.worker_id, lambda one: one.worker_id)
    return tuple(sorted(in_order, key=lambda one: not one.is_me))


@dataclass(frozen=True, slots=True)
class _Use:
    by: User
    rows: list[Done]

    def is_mine(self, row: Done) -> bool:
        return row.worker_user_id == self.by.pk

    def sort[T](
        self,
        found: Iterable[T],
        used: Callable[[Done], Hashable],
        key: Callable[[T], Hashable],
    ) -> list[T]:
        """Give each thing once: what the user used most first, then others, then as given."""
        mine = Counter(used(row) for row in self.rows if self.is_mine(row))
        all_ = Counter(used(row) for row in self.rows)
        once = {key(one): one for one in reversed(list(found))}
        in_order = list(reversed(list(once.values())))
        in_order.sort(key=lambda one: (-mine[key(one)], -all_[key(one)]))
        return in_order


def _component_of(row: Done) -> Hashable:
    if row.kind != "component":
        return None
    return ComponentChoice(row.funder, row.what, Mode(row.mode), Audience(row.audience))


def _before(rows: Iterable[Done]) -> list[ComponentChoice]:
    return [
        ComponentChoice(row.funder, row.what, Mode(row.mode), Audience(row.audience))
        for row in rows
        if row.kind == "component"
    ]


def _entries(provider_id: UUID, person_id: UUID) -> list[UUID]:
    merged = standing_for(provider_id)
    return [person_id, *(entry for entry, kept in merged.items() if kept == person_id)]


def _person(provider_id: UUID, person_id: UUID, by: User, permission: str, on: date) -> Person:
    scope = scope_of(by, permission, on)
    here = Person.objects.filter(within(scope), provider_id=provider_id, pk=person_id)
    person = here.first() if not scope.is_empty else None
    if person is None:
        raise NotAllowedError(by, permission)
    return person


def sheet_of(*, provider_id: UUID, person_id: UUID, period: int, by: User, on: date) -> Sheet:
    """Give a person's month as a sheet to print and sign.

    Args:
        provider_id: At which provider.
        person_id: The person.
        period: The month, YYYYMM.
        by: Who asks.
        on: Today.

    Returns:
        The records that hold, by day and start, with their totals.

    Raises:
        NotAllowedError: `by` may not read records there, or not this person's.
    """
    person = _person(provider_id, person_id, by, "delivery.read", on)
    entries = _entries(provider_id, person_id)
    referrals = {one.pk: one.code for one in referrals_of(provider_id, entries)}
    rows = sorted(
        done_in(provider_id, referrals, entries, [period]),
        key=lambda row: (row.day, row.start if row.start is not None else -1, row.id),
    )
    timed = [row for row in rows if row.kind != "day"]
    minutes: dict[str, int] = {}
    lines = []
    for row in timed:
        subject = row.what if row.kind == "component" else referrals[row.of]
        minutes[subject] = minutes.get(subject, 0) + row.minutes
        end = row.start + row.minutes if row.start is not None else None
        lines.append(
            SheetLine(
                *(row.day, row.start, end, row.minutes, row.activity, row.worker, subject),
                *(row.audience, row.mode),
            )
        )
    days = tuple((row.day, row.what) for row in rows if row.kind == "day")
    return Sheet(person, Month.of_period(period), tuple(lines), days, minutes)
