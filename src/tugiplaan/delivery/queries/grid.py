"""The month of a home as a grid: people by days, each day with what it was."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from tugiplaan.accounts.access import NotAllowedError, User, scope_of
from tugiplaan.delivery.models import DayRecord
from tugiplaan.people.queries import Person
from tugiplaan.providers.books import State, book_state
from tugiplaan.providers.queries import place_codes
from tugiplaan.referrals.queries import ReferralFacts, facts_of, overlapping
from tugiplaan.rules.period import Month
from tugiplaan.rules.services import MONTH, UNITS
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.vocabulary import AbsenceKind, DayKind, Service


class DayState(StrEnum):
    """What a day of a person was."""

    DAY = "day"
    OOP = "oop"
    UNUSED = "unused"
    PRESENT = "present"
    ABSENT = "absent"
    HOSPITAL = "hospital"
    TUBERCULOSIS = "tuberculosis"
    NOT_HERE = "not_here"


AWAY = {
    DayState.ABSENT: AbsenceKind.ABSENT,
    DayState.HOSPITAL: AbsenceKind.HOSPITAL,
    DayState.TUBERCULOSIS: AbsenceKind.TUBERCULOSIS,
}
USED = {DayState.DAY: DayKind.DAY, DayState.OOP: DayKind.OOP}
_STATE_OF = {kind: state for state, kind in [*AWAY.items(), *USED.items()]}


@dataclass(frozen=True, slots=True)
class GridRow:
    """A person's month under one referral.

    Attributes:
        has_units: Days are recorded as used units; else only absence is.
        days: What each day of the month was, the first one first.
    """

    referral_id: UUID
    code: str
    service: Service
    person: Person
    has_units: bool
    days: tuple[DayState, ...]

    def count(self, state: DayState) -> int:
        """Count the days of a state."""
        return self.days.count(state)


@dataclass(frozen=True, slots=True)
class DayGrid:
    """People by days.

    Attributes:
        is_closed: The month is closed and nothing of it may change.
        is_issued: It was invoiced: a change needs a reason.
    """

    month: Month
    rows: tuple[GridRow, ...]
    is_closed: bool
    is_issued: bool


@dataclass(frozen=True, slots=True)
class GridOf:
    """Which grid.

    Attributes:
        place_id: Only this place; None: all.
        service: Only this service; None: all that are counted by days.
    """

    period: int
    place_id: UUID | None = None
    service: Service | None = None


def day_grid(*, provider_id: UUID, of: GridOf, by: User, on: date) -> DayGrid:
    """Give the grid of a month.

    Args:
        provider_id: At which provider.
        of: Which month, place and service.
        by: Who asks.
        on: Today.

    Returns:
        Everybody within reach who is served there on a day of the month, by name. The number
        of queries does not grow.

    Raises:
        NotAllowedError: `by` may not read records there.
    """
    scope = scope_of(by, "delivery.read", on)
    if scope.is_empty:
        raise NotAllowedError(by, "delivery.read")
    month = Month.of_period(of.period)
    found = overlapping(provider_id, month.first, month.last)
    if not (scope.everywhere or provider_id in scope.providers):
        if not scope.persons and of.place_id not in scope.places:
            raise NotAllowedError(by, "delivery.read")
        if of.place_id not in scope.places:
            found = found.filter(person_id__in=scope.persons)
    known = {one.referral_id: one for one in facts_of(found)}
    used = used_days(provider_id, list(known), of.period)
    place = place_codes(provider_id).get(of.place_id, "") if of.place_id else None
    rows = []
    for referral in found.select_related("person").order_by("person__sort_name", "code"):
        one = known[referral.pk]
        days = states_of(one, used.get(referral.pk, {}), month, place)
        kind = one.facts.kind
        wanted = kind.family in (MONTH, UNITS) if of.service is None else True
        is_it = of.service in (None, kind.service) and wanted
        if is_it and any(state is not DayState.NOT_HERE for state in days):
            facts = one.facts
            rows.append(
                GridRow(
                    *(referral.pk, facts.referral, facts.service, referral.person),
                    *(kind.family == UNITS, days),
                )
            )
    state = book_state(provider_id, of.period)
    return DayGrid(month, tuple(rows), state == State.CLOSED, state == State.ISSUED)


def used_days(
    provider_id: UUID, referral_ids: list[UUID], period: int
) -> dict[UUID, dict[date, DayRecord]]:
    """Give the used days of referrals in a month that hold. One query."""
    rows = DayRecord.objects.filter(
        provider_id=provider_id, period=period, referral_id__in=referral_ids
    ).current()
    found: dict[UUID, dict[date, DayRecord]] = {}
    for row in rows.order_by("day", "id"):
        found.setdefault(row.referral_id, {})[row.day] = row
    return found


def states_of(
    one: ReferralFacts, used: dict[date, DayRecord], month: Month, place: str | None
) -> tuple[DayState, ...]:
    """Give what each day of a month was under a referral.

    Args:
        one: The referral with its stay.
        used: Its used days.
        month: The month.
        place: Only days at the place of this code count; None: at any.
    """
    facts = one.facts
    stay = stay_of(facts)
    there = DayState.UNUSED if facts.kind.family == UNITS else DayState.PRESENT
    states = []
    for at in range(*month.span):
        day = date.fromordinal(at)
        is_elsewhere = place is not None and facts.place_on(day) != place
        if stay is None or is_elsewhere or not stay[0] <= at < stay[1]:
            states.append(DayState.NOT_HERE)
        elif day in used:
            states.append(_STATE_OF[DayKind(used[day].kind)])
        else:
            away = [row.kind for row in facts.absences if row.first_day <= day <= row.last_day]
            # In-patient care says more than mere absence, as the rules read it.
            away.sort(key=lambda kind: kind is AbsenceKind.ABSENT)
            states.append(_STATE_OF[away[0]] if away else there)
    return tuple(states)
