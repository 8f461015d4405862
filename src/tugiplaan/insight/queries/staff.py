"""How many workers the law asks for, who is there, and until when they must learn what."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from tugiplaan.accounts.access import User, require_whole
from tugiplaan.providers.queries import WorkerState, staff_states
from tugiplaan.referrals.queries import active_on
from tugiplaan.rules.staffing import Roster, StaffNeed, staff_needs
from tugiplaan.rules.staffing.norms import Shift
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service, Variant


@dataclass(frozen=True, slots=True)
class ServiceStaff:
    """The workers of a service on a day.

    Attributes:
        persons: How many are served, by variant.
        referrals: Under which they are served.
        full_time: Full-time equivalents of the positions held.
        workers: Who holds them.
        needs: What the law asks for. Of full-time posts what is there is known; who is present
            at night or outside it stands in shifts, and nothing is counted as available.
    """

    service: Service
    persons: dict[Variant, int]
    referrals: tuple[UUID, ...]
    full_time: Decimal
    workers: tuple[UUID, ...]
    needs: tuple[StaffNeed, ...]

    @property
    def full_time_need(self) -> StaffNeed | None:
        """What the law asks for in full-time posts; None: it counts who is present."""
        return next((need for need in self.needs if need.shift is Shift.FULL_TIME), None)


@dataclass(frozen=True, slots=True)
class HouseStaff:
    """The workers of a provider on a day.

    Attributes:
        services: In the order of the catalogue.
        workers: How far everybody's training is, by code.
    """

    services: tuple[ServiceStaff, ...]
    workers: tuple[WorkerState, ...]


def staff(*, provider_id: UUID, day: date, law: Law, by: User, on: date) -> HouseStaff:
    """Set the workers that the law asks for in each service beside those who are there.

    Args:
        provider_id: At which provider.
        day: The day to look at.
        law: The dated law.
        by: Who asks; needs `providers.read` at the whole provider.
        on: Today.

    Returns:
        Services with persons served or positions held on the day. Six queries.

    Raises:
        NotAllowedError: `by` may not.
        NotInForceError: A norm, or the training rules of the day, are not known.

    Law: rule R-20; SHS §§ 86, 90(5), 93(7), 96(7), 99(5), 99⁴, 104; R38.
    """
    require_whole(by, "providers.read", provider_id, on)
    served: dict[Service, list[tuple[UUID, Variant]]] = {}
    for one in active_on(provider_id, day):
        served.setdefault(Service(one.service), []).append((one.pk, Variant(one.variant)))
    workers = staff_states(provider_id, day)
    shares: dict[Service, Decimal] = {}
    holders: dict[Service, list[UUID]] = {}
    for worker in workers:
        for post in worker.positions:
            service = Service(post.service)
            shares[service] = shares.get(service, Decimal(0)) + post.full_time_share
            holders.setdefault(service, []).append(worker.staff.pk)
    return HouseStaff(
        tuple(
            _service(
                service,
                served.get(service, []),
                shares.get(service, Decimal(0)),
                tuple(dict.fromkeys(holders.get(service, ()))),
                (day, law),
            )
            for service in Service
            if service in served or service in shares
        ),
        tuple(workers),
    )


def _service(
    service: Service,
    served: list[tuple[UUID, Variant]],
    full_time: Decimal,
    workers: tuple[UUID, ...],
    when: tuple[date, Law],
) -> ServiceStaff:
    persons = Counter(variant for _, variant in served)
    return ServiceStaff(
        service=service,
        persons=dict(persons),
        referrals=tuple(key for key, _ in served),
        full_time=full_time,
        workers=workers,
        needs=staff_needs(service, persons, Roster(full_time=full_time), *when),
    )
