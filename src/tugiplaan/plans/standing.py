"""How a person's plans stand: each with all its versions, what holds, what waits for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery

from tugiplaan.plans.models import Party, Plan, PlanAnswer, PlanState
from tugiplaan.referrals.queries import Referral


@dataclass(frozen=True, slots=True)
class VersionTold:
    """A version of a plan, what became of it, and what was said to it.

    Attributes:
        answers: Everything that was said, in order.
    """

    plan: Plan
    state: PlanState.State
    answers: tuple[PlanAnswer, ...]

    @property
    def standing(self) -> dict[Party, PlanAnswer]:
        """What each party said last."""
        return {Party(one.party): one for one in self.answers}

    @property
    def is_closed(self) -> bool:
        return self.state == PlanState.State.CLOSED


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan with all its versions: of one referral, or of component services without one.

    Attributes:
        versions: The latest first; at least one.
        in_force: The version that holds on the day; None: none does.
    """

    referral: Referral | None
    versions: tuple[VersionTold, ...]
    in_force: VersionTold | None

    @property
    def waiting(self) -> VersionTold | None:
        """The latest version, where it is neither agreed nor closed: it waits for an answer."""
        latest = self.versions[0]
        waits = {PlanState.State.DRAFTED, PlanState.State.REFUSED}
        return latest if latest.state in waits else None

    @property
    def shown(self) -> VersionTold:
        """What a page shows: what holds, else the latest."""
        return self.in_force or self.versions[0]


def plan_lines(provider_id: UUID, person_ids: Iterable[UUID], day: date) -> tuple[PlanLine, ...]:
    """Give the plans of a person with all their versions.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        day: Today.

    Returns:
        Those in force first, the later beginning first. Two queries.
    """
    entries = list(person_ids)
    rows = PlanState.objects.filter(plan=OuterRef("pk"), day__lte=day).order_by("-id")
    plans = (
        Plan.objects.filter(provider_id=provider_id, person_id__in=entries)
        .annotate(state_now=Subquery(rows.values("state")[:1]))
        .select_related("referral", "person")
        .order_by("-number", "-id")
    )
    said: dict[UUID, list[PlanAnswer]] = {}
    answers = PlanAnswer.objects.filter(provider_id=provider_id, plan__person_id__in=entries)
    for one in answers.order_by("id"):
        said.setdefault(one.plan_id, []).append(one)
    found: dict[UUID | None, list[VersionTold]] = {}
    for plan in plans:
        state = PlanState.State(getattr(plan, "state_now", None) or PlanState.State.DRAFTED)
        told = VersionTold(plan, state, tuple(said.get(plan.pk, ())))
        found.setdefault(plan.referral_id, []).append(told)
    lines = [_line(versions, day) for versions in found.values()]
    return tuple(sorted(lines, key=_order, reverse=True))


def _line(versions: list[VersionTold], day: date) -> PlanLine:
    holds = [one for one in versions if one.state == PlanState.State.AGREED and _covers(one, day)]
    return PlanLine(versions[0].plan.referral, tuple(versions), holds[0] if holds else None)


def _covers(one: VersionTold, day: date) -> bool:
    plan = one.plan
    return plan.valid_from <= day and (plan.valid_to is None or day <= plan.valid_to)


def _order(line: PlanLine) -> tuple[bool, date, str]:
    plan = line.shown.plan
    return line.in_force is not None, plan.valid_from, str(plan.pk)
