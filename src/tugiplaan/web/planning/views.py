"""A person's plan on one page, and two versions of it side by side."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.delivery.queries.records import GoalTime, time_by_goal
from tugiplaan.people.queries import Person
from tugiplaan.plans.actions import Origin, Party
from tugiplaan.plans.changes import changes_between
from tugiplaan.plans.queries import Activity, GoalTree, PlanTree, trees_of
from tugiplaan.plans.standing import PlanLine, VersionTold, plan_lines
from tugiplaan.rules import activities, deadlines
from tugiplaan.rules.facts import PriceList
from tugiplaan.rules.period import Month
from tugiplaan.web import telling
from tugiplaan.web.desk import Desk
from tugiplaan.web.own.room import component_names
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.people.reach import PersonPage, entries_of
from tugiplaan.web.planning.package import PackageTold, package_told, price_list
from tugiplaan.web.planning.room import version_at

_MONTHS_SHOWN = 12
_LAST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """An activity with its statutory name; empty: it is of our own."""

    row: Activity
    kind: str
    section: str


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal with everything about it.

    Attributes:
        minutes: Recorded for it this month.
        year: Recorded for it in the last twelve months.
        planned: Planned, a month.
        last: The last records: day and minutes.
        is_due: Its day has come.
    """

    tree: GoalTree
    domain: str
    origin: str
    activities: tuple[ActivityShown, ...]
    minutes: int
    year: int
    planned: int
    last: tuple[GoalTime, ...]
    is_due: bool


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party and what it said last; None: nothing yet."""

    code: str
    name: str
    answer: Any


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version with its goals, its parties and its package.

    Attributes:
        due: The next quarterly rating: its period and last day; None: all are written.
    """

    told: VersionTold
    tree: PlanTree
    goals: tuple[GoalShown, ...]
    parties: tuple[PartyShown, ...]
    package: PackageTold | None
    due: deadlines.Deadline | None


@dataclass(frozen=True, slots=True)
class LineShown:
    """A plan: what holds, what waits, and all versions."""

    line: PlanLine
    name: str
    held: VersionShown | None
    waiting: VersionShown | None
    is_over: bool


class PlanPage(PersonPage):
    """Goals, what was done for each, ratings, what is due, who agreed; the page of the plan."""

    permission = "plans.read"
    template = "web/planning/plan.html"

    def tell(self, person: Person) -> dict[str, Any]:
        desk, entries = self.desk, entries_of(person)
        lines = plan_lines(desk.provider_id, entries, desk.day)
        chosen = [one for line in lines for one in (line.shown, line.waiting) if one]
        trees = trees_of({one.plan.pk: one.plan for one in chosen}.values())
        since = Month.of(desk.day).plus(1 - _MONTHS_SHOWN).first
        times = time_by_goal(desk.provider_id, entries, since, desk.day)
        has_package = any(tree.package for tree in trees.values())
        prices = price_list(desk.provider_id) if has_package else PriceList()
        seen = Seen(desk, trees, times, prices)
        return {"lines": [seen.line(one) for one in lines]}


@dataclass(frozen=True, slots=True)
class Seen:
    """What a version is laid out from."""

    desk: Desk
    trees: dict[UUID, PlanTree]
    times: list[GoalTime]
    prices: PriceList

    def line(self, line: PlanLine) -> LineShown:
        """Lay a plan out."""
        held = line.in_force
        if held is None and line.waiting is None:
            held = line.versions[0]
        referral = line.referral
        return LineShown(
            line=line,
            name=service_name(referral.service, referral.variant)
            if referral
            else _("komponenditeenused"),
            held=self.version(held) if held else None,
            waiting=self.version(line.waiting) if line.waiting else None,
            is_over=line.in_force is None and line.waiting is None,
        )

    def version(self, told: VersionTold) -> VersionShown:
        """Lay a version out."""
        tree = self.trees[told.plan.pk]
        return VersionShown(
            told=told,
            tree=tree,
            goals=tuple(self.goal(one) for one in tree.goals),
            parties=parties_of(told),
            package=package_told(tree.package, self.desk.day, self.prices),
            due=next_rating(tree, self.desk),
        )

    def goal(self, tree: GoalTree) -> GoalShown:
        """Lay a goal out, with what was done for it under whichever version."""
        goal, day = tree.goal, self.desk.day
        goals = [one for each in self.trees.values() for one in each.goals]
        same = {one.goal.pk for one in goals if _same(one, tree)}
        mine = [one for one in self.times if one.goal_id in same | {goal.pk}]
        now = [one for one in mine if Month.of(one.day) == Month.of(day)]
        return GoalShown(
            tree=tree,
            domain=activities.domains(language()).get(goal.domain, ""),
            origin=origin_name(goal.origin),
            activities=tuple(_activity(row) for row in tree.activities),
            minutes=sum(one.minutes for one in now),
            year=sum(one.minutes for one in mine),
            planned=sum(row.planned_minutes or 0 for row in tree.activities),
            last=tuple(reversed(mine[-_LAST_SHOWN:])),
            is_due=goal.due_on is not None and goal.due_on <= day,
        )


def _same(one: GoalTree, other: GoalTree) -> bool:
    return (one.goal.domain, one.goal.text.casefold()) == (
        other.goal.domain,
        other.goal.text.casefold(),
    )


def _activity(row: Activity) -> ActivityShown:
    found = activities.activity(row.kind)
    return ActivityShown(
        row, found.name(language()) if found else "", found.section if found else ""
    )


def origin_name(code: str) -> str:
    """Say from where a goal comes; empty where nobody said."""
    return str(dict(Origin.choices).get(code, code))


def parties_of(told: VersionTold) -> tuple[PartyShown, ...]:
    """Give each party with what it said last."""
    said = told.standing
    return tuple(PartyShown(one.value, str(one.label), said.get(one)) for one in Party)


def next_rating(tree: PlanTree, desk: Desk) -> deadlines.Deadline | None:
    """Give the first quarter until now that nobody has rated in this version; None: none."""
    plan = tree.plan
    last = min(plan.valid_to or desk.day, desk.day)
    rated = [row.period_to for row in tree.reviews]
    rated += [row.period_to for goal in tree.goals for row in goal.reviews]
    for one in deadlines.quarterly_ratings(plan.valid_from, last, desk.law):
        first, until = one.first_day or plan.valid_from, one.last_day or one.due_on
        if not any(first <= day <= until for day in rated):
            return one
    return None


class Changes(PersonPage):
    """A version beside the one before it, or beside another one that is asked for."""

    permission = "plans.read"
    template = "web/planning/changes.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        self.plan_id: UUID = ids["plan_id"]
        return super().read(**ids)

    def tell(self, person: Person) -> dict[str, Any]:
        line, version = version_at(self.desk, person, self.plan_id)
        before = self._before(line, version)
        trees = trees_of([version.plan, *([before.plan] if before else [])])
        now = trees[version.plan.pk]
        found = changes_between(trees[before.plan.pk], now) if before else None
        return {
            "line": line,
            "version": version,
            "before": before,
            "changes": found,
            "names": component_names(self.desk.provider_id) if found and found.package else {},
            "domains": activities.domains(language()),
            "texts": _texts(found) if found else [],
        }

    def _before(self, line: PlanLine, version: VersionTold) -> VersionTold | None:
        asked = self.request.GET.get("with", "")
        for one in line.versions:
            if asked and str(one.plan.number) == asked:
                return one
        return next((one for one in line.versions if one.plan.number < version.plan.number), None)


def _texts(found: Any) -> list[tuple[str, Any, Any]]:
    names = {
        "valid_from": _("Kehtib alates"),
        "valid_to": _("Kuni"),
        "ability": _("Mida inimene oskab ja suudab"),
        "recovery_stage": _("Taastumisaste"),
        "wishes": _("Soovid ja huvid"),
        "plain": _("Plaan lihtsate sõnadega"),
    }
    return [
        (names[one], _shown(getattr(found.then.plan, one)), _shown(getattr(found.now.plan, one)))
        for one in found.texts
    ]


def _shown(value: Any) -> Any:
    return telling.day(value) if isinstance(value, date) else value or "–"
