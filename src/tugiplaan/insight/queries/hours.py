"""Planned against delivered against paid, by month, service and person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from tugiplaan.accounts.access import User, require_whole
from tugiplaan.billing.months import paid_hours
from tugiplaan.delivery.queries.records import component_sums, hour_sums
from tugiplaan.people.names import sort_key
from tugiplaan.people.queries import person_facts, standing_for
from tugiplaan.plans.histories import histories
from tugiplaan.plans.planned import minutes_of_plans, package_rows
from tugiplaan.plans.queries import days_of_stay
from tugiplaan.referrals.queries import kinds_of_referrals, watched
from tugiplaan.rules.period import Month
from tugiplaan.rules.services import HOURS, ServiceKind
from tugiplaan.rules.vocabulary import Service

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a person in a month, under a referral or of a component.

    Attributes:
        person_id: The entry that stands for the person.
        referral_id: With person and month what one clicks through to; None: a component.
        service: Of the referral; None: a component.
        component: Empty: a service.
        planned_minutes: As the plan says that is in force on the last day of the month, for who
            is served in it; of services that are counted in hours.
        delivered_minutes: As recorded, whatever of it counts.
        paid_hours: On bills; None: the service is paid by months or days, not by hours.
        paid: Euros on bills, for whatever they stand.
    """

    period: int
    person_id: UUID
    person: str
    referral_id: UUID | None
    service: Service | None
    funder: str
    component: str
    planned_minutes: int = 0
    delivered_minutes: int = 0
    paid_hours: Fraction | None = None
    paid: Decimal = _NOTHING


def hours(*, provider_id: UUID, months: Iterable[Month], by: User, on: date) -> list[Hours]:
    """Set planned, delivered and paid hours beside one another.

    Args:
        provider_id: At which provider.
        months: The months, up to 13 for a page.
        by: Who asks; needs `delivery.read` and `billing.read` at the whole provider.
        on: Today: of plans what they have become until today.

    Returns:
        By month, name, service and component; only services and components of which something
        was planned, delivered in hours, or paid by hours. Fourteen queries.

    Raises:
        NotAllowedError: `by` may not.
    """
    require_whole(by, "delivery.read", provider_id, on)
    require_whole(by, "billing.read", provider_id, on)
    wanted = sorted(set(months))
    periods = [month.period for month in wanted]
    table = _Table(standing_for(provider_id), kinds_of_referrals(provider_id))
    _plan(table, provider_id, wanted, on)
    for row in hour_sums(provider_id, periods):
        key = table.key(row.period, row.person_id, row.referral_id, "", "")
        table.add(key, delivered=row.minutes)
    for sums in component_sums(periods, provider_id=provider_id):
        period = Month.of(sums.day).period
        key = table.key(period, sums.person_id, None, sums.funder, sums.component)
        table.add(key, delivered=sums.minutes * sums.times)
    for paid in paid_hours(provider_id, periods):
        referral = None if paid.component else paid.referral_id
        funder = paid.funder if paid.component else ""
        key = table.key(paid.period, paid.person_id, referral, funder, paid.component)
        table.pay(key, paid.hours, paid.amount)
    known = person_facts(provider_id)
    names = {key: f"{one.first_name} {one.last_name}" for key, one in known.items()}
    ranks = {key: sort_key(one.last_name, one.first_name) for key, one in known.items()}
    return sorted(
        (replace(row, person=names.get(row.person_id, "")) for row in table.rows()),
        key=lambda row: (
            *(row.period, ranks.get(row.person_id, ""), str(row.person_id)),
            *(str(row.service), row.funder, row.component),
        ),
    )


def _plan(table: "_Table", provider_id: UUID, months: list[Month], on: date) -> None:
    minutes = minutes_of_plans(provider_id)
    plans = histories(provider_id, on).plans
    packages = package_rows(on, provider_id=provider_id)
    # Where days are paid nobody writes hours: there a plan foresees none to compare.
    stays = {
        one.referral.pk: days_of_stay(one.facts)
        for one in watched(provider_id, months[0].first)
        if one.facts.kind.family == HOURS
    }
    for month in months:
        for plan in plans:
            version = plan.in_force(month.last)
            planned = minutes.get(version.plan_id) if version else None
            stay = stays.get(plan.referral_id) if plan.referral_id else None
            if planned and stay and stay[0] <= month.last and month.first <= stay[1]:
                key = table.key(month.period, plan.person_id, plan.referral_id, "", "")
                table.add(key, planned=planned)
        for row in packages:
            if row.valid_from <= month.last and (
                row.valid_to is None or month.last <= row.valid_to
            ):
                key = table.key(month.period, row.stands_id, None, row.funder, row.component)
                table.add(key, planned=row.minutes)


type _Key = tuple[int, UUID, UUID | None, str, str]


class _Table:
    """The rows while they are gathered."""

    def __init__(self, standing: dict[UUID, UUID], kinds: dict[UUID, ServiceKind]) -> None:
        self._standing, self._kinds = standing, kinds
        self._rows: dict[_Key, Hours] = {}

    def key(
        self, period: int, person: UUID, referral: UUID | None, funder: str, component: str
    ) -> _Key:
        return period, self._standing.get(person, person), referral, funder, component

    def _row(self, key: _Key) -> Hours:
        period, person, referral, funder, component = key
        service = self._kinds[referral].service if referral in self._kinds else None
        return self._rows.get(key) or Hours(
            period, person, "", referral, service, funder, component
        )

    def add(self, key: _Key, *, planned: int = 0, delivered: int = 0) -> None:
        row = self._row(key)
        self._rows[key] = replace(
            row,
            planned_minutes=row.planned_minutes + planned,
            delivered_minutes=row.delivered_minutes + delivered,
        )

    def pay(self, key: _Key, paid: Fraction | None, amount: Decimal) -> None:
        row = self._row(key)
        hours = row.paid_hours if paid is None else (row.paid_hours or Fraction(0)) + paid
        self._rows[key] = replace(row, paid_hours=hours, paid=row.paid + amount)

    def rows(self) -> Iterable[Hours]:
        """Give the rows that are about hours."""
        return [
            row
            for row in self._rows.values()
            if row.planned_minutes or row.delivered_minutes or row.paid_hours is not None
        ]
