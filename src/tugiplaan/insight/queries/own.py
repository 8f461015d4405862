"""What a person sees of their own: the plan, a month, and who read about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from tugiplaan.accounts.access import NotAllowedError, Reach, User, grants_on, roles
from tugiplaan.accounts.queries import names_of_users, supervisors_of
from tugiplaan.audit.queries import events_about
from tugiplaan.billing.debts import ContributionMonth, contribution_months
from tugiplaan.billing.queries import closed_statement, invoices_of, lines_of
from tugiplaan.delivery.queries.done import Done, done_in
from tugiplaan.people.queries import Person, card_of, persons_of, standing_for
from tugiplaan.plans.queries import PlanTree, plan_tree, plans_in_force
from tugiplaan.referrals.queries import referrals_of
from tugiplaan.rules.period import Month

_EVENTS = 500


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """The plans of a person that are in force, and the people who help.

    Attributes:
        plans: By first day.
        helpers: Names of those who work with the person, first the own, then deputies.
        representatives: Names of those who speak for the person.
        network: Name and role of those around the person.
    """

    plans: tuple[PlanTree, ...]
    helpers: tuple[str, ...]
    representatives: tuple[str, ...]
    network: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What somebody pays for a person in a month, euros.

    Attributes:
        funder: Registry code of who pays.
        funder_name: As on its invoices; empty: none was issued in the month.
    """

    funder: str
    funder_name: str
    rate_code: str
    component: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class OwnMonth:
    """A month of a person.

    Attributes:
        services: The service of each referral by its id.
        plans: The plans that were in force on the last day of the month, or until today.
        done: What was recorded, by day and start.
        costs: Of the month as it was closed last; None: it is not closed yet.
        contribution: The own contribution of the month; None: nothing was billed.
    """

    services: dict[UUID, str]
    plans: tuple[PlanTree, ...]
    done: tuple[Done, ...]
    costs: tuple[Cost, ...] | None
    contribution: ContributionMonth | None


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """Something that somebody did with the records of a person, or read.

    Attributes:
        name: What, as app.verb.
        by_id: Who.
    """

    at: datetime
    name: str
    by_id: UUID
    by_name: str
    why: str


def own_persons(*, provider_id: UUID, by: User, on: date) -> list[Person]:
    """Give the persons at a provider whose own view a user has: themselves, or who is spoken for.

    Args:
        provider_id: At which provider.
        by: Who asks.
        on: Today.

    Returns:
        The entries that stand, in the Estonian order of names. Two queries; nobody for one who
        has no such role.
    """
    own = [one for one in grants_on(by, on) if roles()[one.role].reach is Reach.SELF]
    chosen = {one.person_id for one in own if one.provider_id in {None, provider_id}}
    if not by.is_active or not chosen:
        return []
    standing = standing_for(provider_id)
    wanted = {standing.get(key, key) for key in chosen if key is not None}
    return list(persons_of(provider_id).filter(pk__in=wanted))


def own_plan(*, person: Person, by: User, on: date) -> OwnPlan:
    """Give a person the plans in force today.

    Args:
        person: One of `own_persons`.
        by: Who asks; has the person's own view.
        on: Today.

    Returns:
        The plans with everything in them. Seven queries, and five for each plan in force, of
        which there is one for a referral.

    Raises:
        NotAllowedError: It is not the user's own view.

    Law: SHS § 85.
    """
    entries = _entries(person, by, on)
    plans = plans_in_force(person.provider_id, entries, on)
    card = card_of(person, on)
    helpers = supervisors_of(person.provider_id, person.pk, on)
    return OwnPlan(
        plans=tuple(plan_tree(plan) for plan in plans),
        helpers=tuple(dict.fromkeys(row.user.name for row in helpers)),
        representatives=tuple(row.name for row in card.representatives),
        network=tuple((row.name, row.role) for row in card.network),
    )


def own_month(*, person: Person, period: int, by: User, on: date) -> OwnMonth:
    """Give a person one month: what was agreed, done and paid.

    Args:
        person: One of `own_persons`.
        period: The month, YYYYMM.
        by: Who asks; has the person's own view.
        on: Today.

    Returns:
        The month. Ten queries, and five for each plan in force.

    Raises:
        NotAllowedError: It is not the user's own view.
    """
    entries = _entries(person, by, on)
    provider_id = person.provider_id
    month = Month.of_period(period)
    referrals = {one.pk: str(one.service) for one in referrals_of(provider_id, entries)}
    plans = plans_in_force(provider_id, entries, max(month.first, min(month.last, on)))
    done = done_in(provider_id, referrals, entries, [period])
    billed = contribution_months(provider_id, entries)
    return OwnMonth(
        services=referrals,
        plans=tuple(plan_tree(plan) for plan in plans),
        done=tuple(sorted(done, key=lambda row: (row.day, row.start or 0, row.id))),
        costs=_costs(provider_id, period, entries),
        contribution=next((one for one in billed if one.period == period), None),
    )


def own_events(*, person: Person, by: User, on: date) -> list[OwnEvent]:
    """Give what was done with and read of a person's records.

    Args:
        person: One of `own_persons`.
        by: Who asks; has the person's own view.
        on: Today.

    Returns:
        The last 500, the latest first. Three queries, and one for each entry of the person.

    Raises:
        NotAllowedError: It is not the user's own view.
    """
    entries = _entries(person, by, on)
    found = [
        event for entry in entries for event in events_about(person.provider_id, entry)[:_EVENTS]
    ]
    once = sorted({one.pk: one for one in found}.values(), key=lambda one: -one.number)[:_EVENTS]
    names = names_of_users({one.by_id for one in once})
    return [
        OwnEvent(one.at, one.name, one.by_id, names.get(one.by_id, ""), one.why) for one in once
    ]


def _entries(person: Person, by: User, on: date) -> list[UUID]:
    """Give the entries of a person, where the user has their own view."""
    held = {one.pk for one in own_persons(provider_id=person.provider_id, by=by, on=on)}
    if person.pk not in held:
        raise NotAllowedError(by, "people.read")
    standing = standing_for(person.provider_id)
    return [person.pk, *(entry for entry, kept in standing.items() if kept == person.pk)]


def _costs(provider_id: UUID, period: int, entries: Iterable[UUID]) -> tuple[Cost, ...] | None:
    statement = closed_statement(provider_id, period)
    if statement is None:
        return None
    invoices = invoices_of(provider_id, period)
    names = dict(invoices.order_by("issued_on", "id").values_list("funder", "funder_name"))
    sums: dict[tuple[str, str, str], Decimal] = {}
    lines = lines_of(statement).filter(person_id__in=list(entries))
    for funder, code, component, amount in lines.values_list(
        "funder", "rate_code", "component", "amount"
    ):
        key = (funder, code, component)
        sums[key] = sums.get(key, Decimal("0.00")) + amount
    return tuple(
        Cost(funder, names.get(funder, ""), code, component, amount)
        for (funder, code, component), amount in sums.items()
    )
