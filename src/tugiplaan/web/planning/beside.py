"""What is known beside the form of a plan: referrals, needs, the last version, hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from tugiplaan.assessments.queries import Needs, needs_of
from tugiplaan.audit.language import language
from tugiplaan.people.queries import Person
from tugiplaan.plans.standing import VersionTold, plan_lines
from tugiplaan.providers.queries import staff_of
from tugiplaan.referrals.queries import Referral, referrals_of
from tugiplaan.rules.activities import activities_of, domains
from tugiplaan.rules.facts import PriceList
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Service
from tugiplaan.web.desk import Desk
from tugiplaan.web.people.chart import MonthHours
from tugiplaan.web.people.labels import service_name, volume_unit_name
from tugiplaan.web.people.plan import hours_by_month
from tugiplaan.web.planning.package import offer_name, offered
from tugiplaan.web.planning.sheet import Offers, offer_code
from tugiplaan.web.telling import day as show_day
from tugiplaan.web.telling import number

_MONTHS = 3


@dataclass(frozen=True, slots=True)
class ReferralTold:
    """A referral in words: what the plan must serve."""

    referral: Referral
    name: str
    volume: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside the form.

    Attributes:
        last: The version that the new one follows; None: this is the first.
        hours: Recorded and planned time of the last months.
    """

    referrals: tuple[ReferralTold, ...]
    needs: Needs | None
    last: VersionTold | None
    hours: tuple[MonthHours, ...]


def referral_told(row: Referral) -> ReferralTold:
    """Tell a referral with its volume."""
    volume = ""
    if row.planned_volume is not None:
        volume = f"{number(row.planned_volume.normalize())} {volume_unit_name(row.volume_unit)}"
    return ReferralTold(row, service_name(row.service, row.variant), volume.strip())


def known_beside(
    desk: Desk, person: Person, entries: list[UUID], last: VersionTold | None
) -> Beside:
    """Ask what is known of a person, as far as the user may see it."""
    referrals = referrals_of(desk.provider_id, entries).filter(valid_to__gte=desk.day)
    return Beside(
        tuple(referral_told(one) for one in referrals) if desk.may("referrals.read") else (),
        needs_of(person, desk.day) if desk.may("assessments.read") else None,
        last,
        tuple(hours_by_month(desk, entries, Month.of(desk.day), _MONTHS)),
    )


def without_plan(desk: Desk, entries: list[UUID]) -> list[Referral]:
    """Give the referrals that go on and have no plan yet. Three queries."""
    planned = {
        one.referral.pk
        for one in plan_lines(desk.provider_id, entries, desk.day)
        if one.referral is not None
    }
    rows = referrals_of(desk.provider_id, entries).filter(valid_to__gte=desk.day)
    return [one for one in rows if one.pk not in planned]


def referral_choices(rows: Iterable[Referral]) -> list[tuple[str, str]]:
    """Give referrals to choose one: the service and its last day."""
    return [
        (str(one.pk), f"{service_name(one.service, one.variant)}, {show_day(one.valid_to)}")
        for one in rows
    ]


def offers(
    desk: Desk,
    services: Iterable[str],
    prices: PriceList,
    referrals: Sequence[tuple[str, str]] = (),
) -> Offers:
    """Gather what one may choose from in the form. One query.

    Args:
        desk: Where.
        services: Codes of the services whose statutory activities are offered.
        prices: Price lists, for the package.
        referrals: Referrals that the plan may be made for.
    """
    spoken = language()
    chosen = [Service(code) for code in dict.fromkeys(services)]
    workers = staff_of(desk.provider_id, desk.day).prefetch_related(None)
    return Offers(
        referrals=referrals,
        domains=[(str(at), f"{at}. {name}") for at, name in domains(spoken).items()],
        kinds=[(one.code, one.name(spoken)) for each in chosen for one in activities_of(each)],
        workers=[(str(one.pk), str(one)) for one in workers],
        components=[
            (offer_code(one.funder, one.component, one.mode, one.audience), offer_name(one))
            for one in offered(prices, desk.day)
        ],
    )
