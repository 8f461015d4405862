"""What changed between two versions of a plan, part by part."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tugiplaan.plans.models import Activity, PackageLine
from tugiplaan.plans.trees import GoalTree, PlanTree


class Change(StrEnum):
    """What became of a part from one version to the next."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pair[T]:
    """A part of a plan in the earlier and in the later version; None: it is not in it."""

    then: T | None
    now: T | None
    change: Change


@dataclass(frozen=True, slots=True)
class GoalPair:
    """A goal in both versions, with its activities."""

    goal: Pair[GoalTree]
    activities: tuple[Pair[Activity], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two versions.

    Attributes:
        texts: Names of the plan's own texts that changed, as its columns are called.
    """

    then: PlanTree
    now: PlanTree
    texts: tuple[str, ...]
    goals: tuple[GoalPair, ...]
    package: tuple[Pair[PackageLine], ...]

    @property
    def count(self) -> int:
        """How many parts changed."""
        pairs = [pair.goal for pair in self.goals]
        parts = [one for pair in self.goals for one in pair.activities]
        rows: list[Change] = [one.change for one in (*pairs, *parts, *self.package)]
        return len(self.texts) + sum(change is not Change.SAME for change in rows)


_TEXTS = ("valid_from", "valid_to", "ability", "recovery_stage", "wishes", "plain")


def changes_between(then: PlanTree, now: PlanTree) -> Changes:
    """Lay two versions of a plan side by side.

    Args:
        then: The earlier version.
        now: The later one.

    Returns:
        Goals meet by life domain and words, else by their number where both are left over;
        activities by their words, lines of packages by component, mode, audience and funder.
    """
    texts = tuple(name for name in _TEXTS if getattr(then.plan, name) != getattr(now.plan, name))
    goals = _meet(then.goals, now.goals, _goal_key, _goal_says)
    return Changes(
        then,
        now,
        texts,
        tuple(GoalPair(pair, _activities(pair)) for pair in goals),
        _meet(then.package, now.package, _line_key, _line_says),
    )


def _activities(pair: Pair[GoalTree]) -> tuple[Pair[Activity], ...]:
    then = pair.then.activities if pair.then else ()
    now = pair.now.activities if pair.now else ()
    return _meet(then, now, _activity_key, _activity_says)


def _meet[T](
    then: Sequence[T],
    now: Sequence[T],
    key: Callable[[T], Hashable],
    says: Callable[[T], Hashable],
) -> tuple[Pair[T], ...]:
    """Pair what has the same key, the later version's order first; what is left stands alone."""
    left = list(then)
    found: list[Pair[T]] = []
    for new in now:
        old = next((one for one in left if key(one) == key(new)), None)
        if old is None:
            found.append(Pair(None, new, Change.NEW))
            continue
        left.remove(old)
        found.append(Pair(old, new, Change.SAME if says(old) == says(new) else Change.OTHER))
    return (*found, *(Pair(old, None, Change.GONE) for old in left))


def _plainly(text: str) -> str:
    return " ".join(text.casefold().split())


def _goal_key(tree: GoalTree) -> Hashable:
    return tree.goal.domain, _plainly(tree.goal.text)


def _goal_says(tree: GoalTree) -> Hashable:
    goal = tree.goal
    return goal.text, goal.origin, goal.due_on, goal.plain


def _activity_key(row: Activity) -> Hashable:
    return row.kind, _plainly(row.text)


def _activity_says(row: Activity) -> Hashable:
    return row.text, row.schedule, row.frequency, row.responsible_id, row.planned_minutes


def _line_key(row: PackageLine) -> Hashable:
    return row.funder, row.component, row.mode, row.audience


def _line_says(row: PackageLine) -> Hashable:
    return row.planned_minutes, row.valid_from, row.valid_to
