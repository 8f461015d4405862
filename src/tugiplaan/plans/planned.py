"""How much time plans foresee: of activities under referrals, and of component packages."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from tugiplaan.plans.models import Activity, PackageLine, Plan, PlanState
from tugiplaan.rules.period import DAY
from tugiplaan.rules.vocabulary import Audience, Mode


def minutes_of_plans(provider_id: UUID) -> dict[UUID, int]:
    """Give the planned minutes a month of each version of a plan, its activities together."""
    rows = Activity.objects.filter(provider_id=provider_id, planned_minutes__isnull=False)
    sums = rows.order_by().values_list("goal__plan_id").annotate(total=Sum("planned_minutes"))
    return dict(sums)


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A line of an agreed package with the plan that it is of.

    Attributes:
        stands_id: The entry that stands for the person, as far as one merge tells.
        version: Number of the version of the plan.
        minutes: Planned, a month.
        valid_from: The first day that both line and version hold.
        valid_to: The last day that both hold; None: open.
    """

    line_id: UUID
    plan_id: UUID
    provider_id: UUID
    stands_id: UUID
    person_name: str
    referral_id: UUID | None
    version: int
    funder: str
    component: str
    mode: Mode
    audience: Audience
    minutes: int
    valid_from: date
    valid_to: date | None


def package_rows(
    day: date, *, provider_id: UUID | None = None, funder: str = ""
) -> list[PackageRow]:
    """Give the lines of agreed component packages, of all versions.

    Args:
        day: Today: what became of a plan later is not looked at.
        provider_id: Only of this provider; None: of all.
        funder: Only of this funder; empty: of all.

    Returns:
        By name, component and beginning. A version ends where a later agreed one of the same
        plan begins. One query.
    """
    wanted = Q() if provider_id is None else Q(provider_id=provider_id)
    rows = (
        PackageLine.objects.filter(wanted & (Q(funder=funder) if funder else Q()))
        .annotate(
            state_now=Subquery(_state("plan", day)),
            next_under=Subquery(_next(day).filter(referral=OuterRef("plan__referral"))[:1]),
            next_alone=Subquery(_next(day).filter(referral__isnull=True)[:1]),
        )
        .filter(state_now=PlanState.State.AGREED)
        .select_related("plan__person")
        .order_by("plan__person__sort_name", "component", "valid_from", "id")
    )
    found = (_row(line) for line in rows)
    return [one for one in found if one.valid_to is None or one.valid_from <= one.valid_to]


def _state(plan: str, day: date) -> QuerySet[PlanState, str]:
    rows = PlanState.objects.filter(plan=OuterRef(plan), day__lte=day).order_by("-id")
    return rows.values_list("state", flat=True)[:1]


def _next(day: date) -> QuerySet[Plan, date]:
    """Give the first days of later agreed versions of a person, the earliest first."""
    later = Plan.objects.filter(
        person=OuterRef("plan__person"), number__gt=OuterRef("plan__number")
    )
    agreed = later.annotate(became=Subquery(_state("pk", day)))
    agreed = agreed.filter(became=PlanState.State.AGREED).order_by("valid_from")
    return agreed.values_list("valid_from", flat=True)


def _row(line: PackageLine) -> PackageRow:
    plan, person = line.plan, line.plan.person
    following = getattr(line, "next_under" if plan.referral_id else "next_alone", None)
    cut = following - DAY if following else None
    ends = [day for day in (line.valid_to, plan.valid_to, cut) if day]
    return PackageRow(
        line_id=line.pk,
        plan_id=plan.pk,
        provider_id=line.provider_id,
        stands_id=person.merged_into_id or person.pk,
        person_name=f"{person.first_name} {person.last_name}",
        referral_id=plan.referral_id,
        version=plan.number,
        funder=line.funder,
        component=line.component,
        mode=Mode(line.mode),
        audience=Audience(line.audience),
        minutes=line.planned_minutes,
        valid_from=max(line.valid_from, plan.valid_from),
        valid_to=min(ends, default=None),
    )
