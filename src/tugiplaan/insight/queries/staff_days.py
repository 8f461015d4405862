"""How many workers the law asks for at a place day by day, beside posts held and records made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tugiplaan.accounts.access import User, require_whole
from tugiplaan.delivery.queries.records import hours_of
from tugiplaan.insight.queries.occupancy import at_places
from tugiplaan.people.queries import standing_for
from tugiplaan.providers.queries import place_codes, staff_of
from tugiplaan.referrals.queries import ReferralFacts, referral_facts
from tugiplaan.rules.period import Month, Span
from tugiplaan.rules.staffing import Roster, StaffNeed, staff_needs
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service, Variant


@dataclass(frozen=True, slots=True)
class StaffDay:
    """The workers of a service at a place on a day.

    Attributes:
        persons: How many are served, those away for some days too.
        full_time: Full-time equivalents of the positions held there.
        recorded: How many workers gave hours that are recorded; no shifts are kept, so that
            nothing says who was there at once.
        needs: What the law asks for.
    """

    day: date
    service: Service
    persons: int
    full_time: Decimal
    recorded: int
    needs: tuple[StaffNeed, ...]


@dataclass(frozen=True, slots=True)
class PlaceMonth:
    """Which place, which month."""

    place_id: UUID
    month: Month


@dataclass(frozen=True, slots=True)
class _Served:
    """Under which referral somebody was served at the place, and on which days."""

    referral_id: UUID
    service: Service
    variant: Variant
    days: Span


def staff_days(
    *, provider_id: UUID, of: PlaceMonth, law: Law, by: User, on: date
) -> list[StaffDay]:
    """Set the workers that the law asks for at a place beside those there are, day by day.

    Args:
        provider_id: At which provider.
        of: Which place, which month. Days after `on` are left out.
        law: The dated law.
        by: Who asks; needs `providers.read` at the whole provider.
        on: Today.

    Returns:
        By day and service, where anybody was served or a position held. Thirteen queries,
        however long the month.

    Raises:
        NotAllowedError: `by` may not.
        NotInForceError: A norm was not in force on one of the days.

    Law: rule R-20; SHS §§ 90(5), 93(7), 96(7), 99(5), 99⁴, 104.
    """
    require_whole(by, "providers.read", provider_id, on)
    codes = place_codes(provider_id)
    known = referral_facts(provider_id, standing_for(provider_id), codes, on)
    served = list(_served(known, codes.get(of.place_id, "")))
    shares = _Shares(provider_id, of.place_id)
    recorded = _recorded(provider_id, served, of.month)
    found = []
    first, end = of.month.span
    for number in range(first, min(end, on.toordinal() + 1)):
        day = date.fromordinal(number)
        here = [one for one in served if one.days[0] <= number < one.days[1]]
        for service in Service:
            persons = Counter(one.variant for one in here if one.service is service)
            full_time = shares.on(service, day)
            if persons or full_time:
                needs = staff_needs(service, persons, Roster(full_time=full_time), day, law)
                workers = recorded.get((day, service), set())
                found.append(
                    StaffDay(day, service, persons.total(), full_time, len(workers), needs)
                )
    return found


def _served(known: Iterable[ReferralFacts], code: str) -> Iterable[_Served]:
    for one in known:
        stay = stay_of(one.facts)
        if stay is None:
            continue
        for days, place in at_places(one.facts, stay):
            if place == code:
                yield _Served(one.referral_id, one.facts.service, one.facts.variant, days)


class _Shares:
    """The positions at a place."""

    def __init__(self, provider_id: UUID, place_id: UUID) -> None:
        self._posts = [
            post
            for worker in staff_of(provider_id)
            for post in worker.positions.all()
            if post.place_id == place_id
        ]

    def on(self, service: Service, day: date) -> Decimal:
        """Add up what is held in a service on a day."""
        held = (
            post.full_time_share
            for post in self._posts
            if post.service == service
            and post.valid_from <= day
            and (post.valid_to is None or day <= post.valid_to)
        )
        return sum(held, Decimal(0))


def _recorded(
    provider_id: UUID, served: list[_Served], month: Month
) -> dict[tuple[date, Service], set[UUID]]:
    """Give who gave recorded hours on each day in each service. One query."""
    services = {one.referral_id: one.service for one in served}
    found: dict[tuple[date, Service], set[UUID]] = {}
    rows = hours_of(provider_id, services, month.period)
    for day, referral_id, worker_id in rows.values_list("day", "referral_id", "worker_id"):
        found.setdefault((day, services[referral_id]), set()).add(worker_id)
    return found
