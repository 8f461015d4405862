"""My people today: who they are, what is planned, what was done, and what is left of the month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Q

from tugiplaan.accounts.access import NotAllowedError, Scope, User, scope_of
from tugiplaan.accounts.queries import caseloads_at
from tugiplaan.delivery.queries.done import Done, done_in
from tugiplaan.people.queries import Person
from tugiplaan.plans.queries import Activity as PlannedActivity
from tugiplaan.plans.queries import DayPlan, day_plans
from tugiplaan.plans.queries import PackageLine as PlannedLine
from tugiplaan.plans.schedule import weekdays_of
from tugiplaan.referrals.queries import (
    Absence,
    Referral,
    absences_between,
    active_at,
    active_of,
    active_on,
    is_referred,
)
from tugiplaan.rules.facts import HourRecord as HourFact
from tugiplaan.rules.period import Month
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.stays import counts
from tugiplaan.rules.vocabulary import AbsenceKind, Audience, Service, Variant, VolumeUnit

_MOST_GROUPS = 8


@dataclass(frozen=True, slots=True)
class Visit:
    """An activity of a plan as something to do.

    Attributes:
        schedule: The timetable as the plan writes it.
        weekdays: Those that it names, 0 for Monday; None: it names none.
        is_today: It is planned for the day; where no weekday is named, it may be.
        planned_minutes: A month; None: not said.
    """

    activity_id: UUID
    goal_id: UUID
    text: str
    schedule: str
    weekdays: frozenset[int] | None
    is_today: bool
    planned_minutes: int | None


@dataclass(frozen=True, slots=True)
class Volume:
    """Minutes of a month against what is planned.

    Attributes:
        referral_id: The referral; None for a component.
        component: The component; empty for a referral.
        funder: Who pays the component.
        mode: How the component is given; empty for a referral.
        planned: Minutes a month; None: not said.
        used: Minutes that count, by the rules of the service.
    """

    referral_id: UUID | None
    component: str
    funder: str
    mode: str
    planned: Fraction | None
    used: int


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One of my people on a day.

    Attributes:
        referrals: Those under which the person is served today.
        away: Why the person is away today; None: is there.
        visits: What the plans ask for, what is planned today first.
        done: What was recorded of today already, the latest first.
        last: The last record of the asking user with the person, else of anybody: what a form
            begins with; None: there is none in this month and the one before.
    """

    person: Person
    referrals: tuple[Referral, ...]
    away: AbsenceKind | None
    visits: tuple[Visit, ...]
    volumes: tuple[Volume, ...]
    done: tuple[Done, ...]
    last: Done | None


@dataclass(frozen=True, slots=True)
class GroupBefore:
    """A group session of the asking user, to be repeated.

    Attributes:
        like: One of its records: component, funder, start and minutes.
        person_ids: Who took part, of those whom the user reaches.
    """

    session_id: UUID
    title: str
    like: Done
    person_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class MyDay:
    """A user's day at a provider."""

    day: date
    people: tuple[PersonDay, ...]
    groups: tuple[GroupBefore, ...]


def my_day(
    *, by: User, provider_id: UUID, day: date, on: date, place_id: UUID | None = None
) -> MyDay:
    """Give the people whom a user works with on a day, and all that recording needs.

    Args:
        by: The user: a supervisor's caseload, cases as a deputy too; a manager: all.
        provider_id: At which provider.
        day: The day shown.
        on: Today: by it grants and cases hold.
        place_id: Only those served at this place; None: anywhere.

    Returns:
        People by name and the user's last group sessions, the latest first. At most eight
        queries, however many people there are.

    Raises:
        NotAllowedError: `by` may not record there.
    """
    scope = scope_of(by, "delivery.record", on)
    people, referrals = _people(provider_id, scope, day, place_id, by)
    entries = {*people, *(one.person_id for one in referrals)}
    absences = absences_between(provider_id, [one.pk for one in referrals], day, day)
    plans = day_plans(provider_id, entries, day)
    month = Month.of(day)
    rows = done_in(
        provider_id,
        [one.pk for one in referrals],
        entries,
        [month.plus(-1).period, month.period],
    )
    whose = {one.pk: _standing(one) for one in referrals}
    whose |= {key: key for key in people} | {one.person_id: _standing(one) for one in referrals}
    found = tuple(
        _person_day(
            person,
            tuple(one for one in referrals if _standing(one) == key),
            absences,
            [plan for entry, plan in plans.items() if whose.get(entry) == key],
            _Rows(day, by, [row for row in rows if whose[row.of] == key]),
        )
        for key, person in people.items()
    )
    return MyDay(day, found, _groups(rows, by, whose))


def _standing(referral: Referral) -> UUID:
    return referral.person.merged_into_id or referral.person_id


def _people(
    provider_id: UUID, scope: Scope, day: date, place_id: UUID | None, by: User
) -> tuple[dict[UUID, Person], list[Referral]]:
    """Give the people within reach by name, and the referrals that serve them on the day."""
    is_wide = scope.everywhere or provider_id in scope.providers
    if not is_wide and not scope.persons and not scope.places:
        raise NotAllowedError(by, "delivery.record")
    if place_id is not None:
        referrals = list(active_at(provider_id, place_id, day))
    elif is_wide:
        referrals = list(active_on(provider_id, day))
    else:
        at_places = [
            one for place in sorted(scope.places) for one in active_at(provider_id, place, day)
        ]
        referrals = at_places + list(active_of(provider_id, scope.persons, day))
    if not is_wide:
        here = scope.places if place_id is None else scope.places & {place_id}
        referrals = [
            one
            for one in referrals
            if _standing(one) in scope.persons or getattr(one, "place_now", None) in here
        ]
    keys = {_standing(one) for one in referrals}
    wanted = Person.objects.filter(provider_id=provider_id, merged_into__isnull=True)
    # Who gets component services only has no referral, and so no place.
    if place_id is not None:
        wanted = wanted.filter(pk__in=keys)
    else:
        cases = caseloads_at(provider_id, day).filter(valid_from__lte=day).order_by()
        others = cases.values("person_id") if is_wide else scope.persons
        wanted = wanted.filter(Q(pk__in=keys) | Q(~is_referred(), pk__in=others))
    people = {person.pk: person for person in wanted.order_by("sort_name", "id")}
    return people, referrals


@dataclass(frozen=True, slots=True)
class _Rows:
    """A person's records of this month and the one before, the latest first."""

    day: date
    by: User
    rows: list[Done]

    @property
    def of_day(self) -> tuple[Done, ...]:
        return tuple(row for row in self.rows if row.day == self.day)

    @property
    def of_month(self) -> list[Done]:
        month = Month.of(self.day)
        return [row for row in self.rows if Month.of(row.day) == month]

    @property
    def last(self) -> Done | None:
        timed = [row for row in self.rows if row.kind != "day"]
        mine = [row for row in timed if row.worker_user_id == self.by.pk]
        return next(iter(mine or timed), None)


def _person_day(
    person: Person,
    referrals: tuple[Referral, ...],
    absences: dict[UUID, list[Absence]],
    plans: list[DayPlan],
    rows: _Rows,
) -> PersonDay:
    kinds = [AbsenceKind(row.kind) for one in referrals for row in absences.get(one.pk, ())]
    visits = sorted(
        (_visit(activity, rows.day) for plan in plans for activity in plan.activities),
        key=lambda visit: (visit.weekdays is None, not visit.is_today),
    )
    volumes = [_of_referral(one, rows.of_month) for one in referrals if _has_hours(one)]
    volumes += [_of_component(line, rows.of_month) for plan in plans for line in plan.package]
    return PersonDay(
        person=person,
        referrals=referrals,
        away=kinds[0] if kinds else None,
        visits=tuple(visits),
        volumes=tuple(volumes),
        done=rows.of_day,
        last=rows.last,
    )


def _visit(activity: PlannedActivity, day: date) -> Visit:
    weekdays = weekdays_of(activity.schedule)
    return Visit(
        activity_id=activity.pk,
        goal_id=activity.goal_id,
        text=activity.text,
        schedule=activity.schedule,
        weekdays=weekdays,
        is_today=weekdays is None or day.weekday() in weekdays,
        planned_minutes=activity.planned_minutes,
    )


def _has_hours(referral: Referral) -> bool:
    return bool(kind_of(Service(referral.service), Variant(referral.variant)).counted)


def _of_referral(referral: Referral, rows: Iterable[Done]) -> Volume:
    kind = kind_of(Service(referral.service), Variant(referral.variant))
    used = sum(
        row.minutes
        for row in rows
        if row.kind == "hour" and row.of == referral.pk and counts(_fact(row), kind)
    )
    is_monthly = referral.volume_unit == VolumeUnit.H_MONTH
    planned = referral.planned_volume if is_monthly else None
    minutes = Fraction(planned) * 60 if planned is not None else None
    return Volume(referral.pk, "", "", "", minutes, used)


def _fact(row: Done) -> HourFact:
    return HourFact(
        *(str(row.id), row.day, row.start, row.minutes, row.worker, Audience(row.audience)),
        *(row.activity, row.is_direct),
    )


def _of_component(line: PlannedLine, rows: Iterable[Done]) -> Volume:
    key = (line.component, line.funder, line.mode, line.audience)
    used = sum(row.minutes for row in rows if (row.what, row.funder, row.mode, row.audience) == key)
    planned = Fraction(line.planned_minutes)
    return Volume(None, line.component, line.funder, line.mode, planned, used)


def _groups(rows: Iterable[Done], by: User, whose: dict[UUID, UUID]) -> tuple[GroupBefore, ...]:
    found: dict[UUID, list[Done]] = {}
    for row in rows:
        if row.session_id is not None and row.worker_user_id == by.pk:
            found.setdefault(row.session_id, []).append(row)
    return tuple(
        GroupBefore(session, some[0].session, some[0], tuple({whose[row.of]: None for row in some}))
        for session, some in list(found.items())[:_MOST_GROUPS]
    )
