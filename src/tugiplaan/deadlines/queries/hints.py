"""What does not hang together in the work with a person: hints to think about, not duties."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from tugiplaan.assessments.queries import worsened
from tugiplaan.delivery.queries.records import GoalTime, time_by_goal
from tugiplaan.plans.histories import GoalInPlan, goals_of_versions
from tugiplaan.rules.services import HOURS, kind_of
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service, Variant


class HintCode(StrEnum):
    """What a hint is about; a page has a sentence for each."""

    NEED_WITHOUT_GOAL = "need_without_goal"
    """A need is seen worse than before, and no goal is in its life domain."""
    GOAL_WITHOUT_HOURS = "goal_without_hours"
    HOURS_WITHOUT_GOAL = "hours_without_goal"
    GOAL_COPIED = "goal_copied"
    """A goal was taken over unchanged from version to version."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Attributes:
        person_id: The entry that stands for the person.
        ids: What it rests on: of a need the two assessments; of a goal the goal, and where it
            was copied the goal of each version; of hours the records.
        text: The goal's text or the instrument's questions, for the sentence.
        numbers: What else the sentence shows, by name.
    """

    code: HintCode
    person_id: UUID
    ids: tuple[UUID, ...]
    text: str
    numbers: tuple[tuple[str, int], ...] = ()


def hints(provider_id: UUID, person_ids: Iterable[UUID], day: date, law: Law) -> tuple[Hint, ...]:
    """Give what does not hang together in the work with some persons.

    Args:
        provider_id: At which provider.
        person_ids: The persons whom one may see, under whichever entry.
        day: Today.
        law: Where the house's habits are kept: how many days without hours make a goal quiet,
            and how often it may be copied.

    Returns:
        By person, then in the order of the codes. Hours for a goal of an earlier version count
        for the same goal taken over. Persons without a plan in force have hints on needs only
        if they have any plan: a missing plan is a duty, not a hint. Four queries.

    Raises:
        NotInForceError: A habit was not kept for the day.
    """
    persons = list(person_ids)
    quiet, copies = law.number("goal_quiet_days", day), law.number("goal_copies", day)
    since = day - timedelta(days=quiet - 1)
    goals = goals_of_versions(provider_id, day, persons)
    times = time_by_goal(provider_id, persons, since, day)
    now = list(_in_force(goals, day))
    found = [
        *_needs(provider_id, persons, now, day),
        *_quiet(goals, now, times, since, quiet),
        *_loose(now, times, quiet),
        *_copied(goals, now, copies),
    ]
    order = list(HintCode)
    found.sort(key=lambda one: (str(one.person_id), order.index(one.code)))
    return tuple(found)


def _line(goal: GoalInPlan) -> tuple[UUID, str]:
    return goal.person_id, str(goal.referral_id)


def _in_force(goals: Iterable[GoalInPlan], day: date) -> Iterator[GoalInPlan]:
    """Keep the goals of the highest agreed version of each plan that covers the day."""
    held = [
        one
        for one in goals
        if one.has_held and one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
    ]
    latest: dict[tuple[UUID, str], int] = {}
    for one in held:
        latest[_line(one)] = max(one.version, latest.get(_line(one), 0))
    return (one for one in held if one.version == latest[_line(one)])


def _same(goal: GoalInPlan) -> tuple[UUID, str, int, str]:
    """Give what makes a goal the same from version to version: its plan, domain and words."""
    return (*_line(goal), goal.domain, " ".join(goal.text.casefold().split()))


def _needs(
    provider_id: UUID, persons: list[UUID], now: list[GoalInPlan], day: date
) -> Iterator[Hint]:
    domains: dict[UUID, set[str]] = {}
    for goal in now:
        domains.setdefault(goal.person_id, set()).add(str(goal.domain))
    for need in worsened(provider_id, persons, day):
        of_person = domains.get(need.person_id)
        if of_person is not None and need.domain not in of_person:
            numbers = (("domain", int(need.domain)),) if need.domain.isdecimal() else ()
            assessments = (need.then.pk, need.now.pk)
            text = ", ".join(need.items)
            code = HintCode.NEED_WITHOUT_GOAL
            yield Hint(code, need.person_id, assessments, text, numbers)


def _quiet(
    goals: Iterable[GoalInPlan],
    now: list[GoalInPlan],
    times: list[GoalTime],
    since: date,
    days: int,
) -> Iterator[Hint]:
    """Find goals that held all the days and for which nobody wrote hours.

    Only of services that are counted in hours: where days are paid, nobody writes hours.
    """
    worked = {time.goal_id for time in times if time.goal_id}
    alive: set[tuple[UUID, str, int, str]] = set()
    held_from: dict[tuple[UUID, str, int, str], date] = {}
    for goal in goals:
        if goal.goal_id in worked:
            alive.add(_same(goal))
        if goal.has_held:
            first = held_from.get(_same(goal), goal.valid_from)
            held_from[_same(goal)] = min(first, goal.valid_from)
    for goal in now:
        if not _is_in_hours(goal.service):
            continue
        if _same(goal) not in alive and held_from[_same(goal)] <= since:
            code = HintCode.GOAL_WITHOUT_HOURS
            yield Hint(code, goal.person_id, (goal.goal_id,), goal.text, (("days", days),))


def _is_in_hours(service: Service | None) -> bool:
    return service is None or kind_of(service, Variant.PLAIN).family == HOURS


def _loose(now: list[GoalInPlan], times: list[GoalTime], days: int) -> Iterator[Hint]:
    """Find hours without a goal of who has a plan with goals."""
    planned = {goal.person_id for goal in now}
    loose = [time for time in times if time.goal_id is None and time.person_id in planned]
    loose.sort(key=lambda time: str(time.person_id))
    for person_id, rows in groupby(loose, key=lambda time: time.person_id):
        found = list(rows)
        minutes = sum(time.minutes for time in found)
        numbers = (("count", len(found)), ("minutes", minutes), ("days", days))
        ids = tuple(time.record_id for time in found)
        yield Hint(HintCode.HOURS_WITHOUT_GOAL, person_id, ids, "", numbers)


def _copied(goals: Iterable[GoalInPlan], now: list[GoalInPlan], copies: int) -> Iterator[Hint]:
    """Find goals that stand unchanged in so many agreed versions after the first, in a row."""
    versions: dict[tuple[UUID, str], list[int]] = {}
    lines: dict[tuple[UUID, str, int, str], dict[int, UUID]] = {}
    for goal in goals:
        if goal.has_held:
            numbers = versions.setdefault(_line(goal), [])
            if goal.version not in numbers:
                numbers.append(goal.version)
            lines.setdefault(_same(goal), {})[goal.version] = goal.goal_id
    for goal in now:
        run: list[UUID] = []
        for number in sorted((n for n in versions[_line(goal)] if n <= goal.version), reverse=True):
            if number not in lines[_same(goal)]:
                break
            run.append(lines[_same(goal)][number])
        if len(run) > copies:
            numbers_shown = (("copies", len(run) - 1),)
            code = HintCode.GOAL_COPIED
            yield Hint(code, goal.person_id, tuple(run), goal.text, numbers_shown)
