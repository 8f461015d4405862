"""What services really cost, beside what was billed and the maximum cost."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.billing.models import ActualCost
from tugiplaan.billing.queries import lines_on_bills
from tugiplaan.people.queries import standing_for
from tugiplaan.rules.coverage import CostComponent
from tugiplaan.rules.money import euro
from tugiplaan.rules.vocabulary import Service

type Key = tuple[Service, int, CostComponent, UUID | None]
"""Service, month as YYYYMM, component, place."""

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class ServiceCost:
    """A service in a month: its cost, what was billed, and the most that could be.

    Attributes:
        costs: Actual cost by component, euros; components without an entry are not in it.
        persons: How many persons stand on bills.
        billed: What was billed and not taken back, euros.
        maximum: What the ceilings of the billed lines come to, euros; rounded once.
        without_ceiling: How much of `billed` has no ceiling and is not in `maximum`.
    """

    service: Service
    costs: dict[CostComponent, Decimal] = field(default_factory=dict)
    persons: int = 0
    billed: Decimal = _NOTHING
    maximum: Decimal = _NOTHING
    without_ceiling: Decimal = _NOTHING

    @property
    def cost(self) -> Decimal:
        """The actual cost, euros."""
        return sum(self.costs.values(), _NOTHING)

    @property
    def uncovered(self) -> Decimal:
        """What of the cost was not billed, euros; below 0: more was billed than it cost."""
        return self.cost - self.billed


def costs_of(provider_id: UUID, period: int) -> QuerySet[ActualCost]:
    """Give the costs of a month that hold, by service, component and place."""
    found = ActualCost.objects.filter(provider_id=provider_id, period=period).current()
    return found.select_related("place").order_by("service", "component", "place__code", "id")


def ends_of(provider_id: UUID, periods: Iterable[int]) -> dict[Key, ActualCost]:
    """Give for each cost of some months its last row: one that holds, or a cancellation."""
    rows = ActualCost.objects.filter(provider_id=provider_id, period__in=set(periods))
    ends = rows.filter(corrected_by__isnull=True).order_by("id")
    return {
        (Service(row.service), row.period, CostComponent(row.component), row.place_id): row
        for row in ends
    }


def cost_beside_maximum(provider_id: UUID, period: int) -> list[ServiceCost]:
    """Set the actual cost of each service beside what was billed and the maximum cost.

    Args:
        provider_id: Whose.
        period: The month, YYYYMM.

    Returns:
        Services with costs or billed lines, in the order of the catalogue. Costs of places and
        of all places together add up: a cost is entered in one way or the other. Component
        services, which are no service of the catalogue, are left out. Three queries.

    Law: SHS § 79(1); R65 §§ 1¹, 2.
    """
    return costs_beside_maximum(provider_id, [period])[period]


def costs_beside_maximum(provider_id: UUID, periods: Iterable[int]) -> dict[int, list[ServiceCost]]:
    """Give `cost_beside_maximum` of several months, in order, with the same three queries."""
    wanted = sorted(set(periods))
    costs: dict[tuple[int, Service], dict[CostComponent, Decimal]] = {}
    rows = ActualCost.objects.filter(provider_id=provider_id, period__in=wanted).current()
    for row in rows.order_by("id"):
        of_service = costs.setdefault((row.period, Service(row.service)), {})
        component = CostComponent(row.component)
        of_service[component] = of_service.get(component, _NOTHING) + row.amount
    billed = _billed(provider_id, wanted)
    return {
        period: [
            _beside(service, costs.get(key, {}), billed.get(key, _Billed()))
            for service in Service
            if (key := (period, service)) in costs or key in billed
        ]
        for period in wanted
    }


@dataclass(slots=True)
class _Billed:
    persons: set[UUID] = field(default_factory=set)
    amount: Decimal = _NOTHING
    ceiling: Fraction = Fraction(0)
    without_ceiling: Decimal = _NOTHING


def _billed(provider_id: UUID, periods: list[int]) -> dict[tuple[int, Service], _Billed]:
    standing = standing_for(provider_id)
    services = {str(service): service for service in Service}
    found: dict[tuple[int, Service], _Billed] = {}
    lines = lines_on_bills(provider_id, periods).filter(component="")
    for period, rate_code, person, ceiling, amount in lines.values_list(
        "statement__period", "rate_code", "person_id", "ceiling", "amount"
    ):
        # A rate code begins with the code of its service: empty places have no referral.
        service = services.get(rate_code.split("_")[0])
        if service is None:
            continue
        sums = found.setdefault((period, service), _Billed())
        sums.amount += amount
        if ceiling:
            sums.ceiling += Fraction(ceiling)
        else:
            sums.without_ceiling += amount
        if person is not None:
            sums.persons.add(standing.get(person, person))
    return found


def _beside(service: Service, costs: dict[CostComponent, Decimal], billed: _Billed) -> ServiceCost:
    return ServiceCost(
        service,
        costs,
        len(billed.persons),
        billed.amount,
        euro(billed.ceiling),
        billed.without_ceiling,
    )
