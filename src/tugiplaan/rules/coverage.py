"""What the price of a service covers on a day, and what was paid besides in the energy crisis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from tugiplaan.rules.explanation import LANGUAGES, Step
from tugiplaan.rules.legal import Certainty, DatedValue, NotInForceError
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import Law, load
from tugiplaan.rules.vocabulary import Service, label

_SECTION = "R65 § 1¹"


class CostComponent(StrEnum):
    """The six cost components of the maximum cost."""

    PAY_AND_TRAINING = "pay_and_training"
    TRANSPORT = "transport"
    HEALTH_CHECKS = "health_checks"
    OFFICE_AND_COMMUNICATIONS = "office_and_communications"
    MEANS_AND_FURNISHING = "means_and_furnishing"
    MEDICINES_AND_HYGIENE = "medicines_and_hygiene"

    def label(self, language: str) -> str:
        """Name it.

        Args:
            language: One of `rules.explanation.LANGUAGES`.

        >>> CostComponent.TRANSPORT.label("et")
        'transpordikulu'
        """
        return label(self, language)


@dataclass(frozen=True, slots=True)
class CostItem:
    """One item of the list in the regulation.

    Attributes:
        item: Its key.
        component: The component that it belongs to.
        services: The services whose price covers it.
        names: What it is, by language.
        rows: When it was covered, with sources; rows that may not be used too.
    """

    item: str
    component: CostComponent
    services: frozenset[Service]
    names: Mapping[str, str]
    rows: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """Give the row that holds on a day, if any may be used."""
        return next((row for row in self.rows if row.is_billable and row.covers(day)), None)


@dataclass(frozen=True, slots=True)
class Cover:
    """What the price of a service covers of a component on a day.

    Attributes:
        service: The service.
        component: The component.
        items: The items that are covered, in the order of the regulation.
        explanation: One step for each, or the step that says there are none.
    """

    service: Service
    component: CostComponent
    items: tuple[CostItem, ...]
    explanation: tuple[Step, ...]

    @property
    def is_covered(self) -> bool:
        return bool(self.items)


@cache
def cost_items() -> tuple[CostItem, ...]:
    """Give every item of the regulation's list, in its order."""
    return tuple(
        CostItem(
            item=item,
            component=CostComponent(entry["component"]),
            services=frozenset(Service(service) for service in entry["services"]),
            names={language: entry[language] for language in LANGUAGES},
            rows=tuple(
                DatedValue(
                    name=item,
                    value=Decimal(1),
                    unit="yes",
                    valid_from=row["valid_from"],
                    valid_to=row["valid_to"],
                    source=row["source"],
                    certainty=Certainty(row["certainty"]),
                )
                for row in entry["rows"]
            ),
        )
        for item, entry in load("coverage")["items"].items()
    )


@cache
def _first_days() -> dict[Service, date]:
    return {Service(service): day for service, day in load("coverage")["first_days"].items()}


def covers(service: Service, component: CostComponent, day: date) -> Cover:
    """Say what of a cost component the price of a service covers on a day.

    Args:
        service: The service.
        component: The component.
        day: The day of service.

    Returns:
        The items covered; none: the component is not part of the price.

    Raises:
        NotInForceError: The list of the service on that day was not found.

    Law: R65 § 1¹, with the wording from 01.04.2026.

    >>> covers(Service.TTT, CostComponent.MEDICINES_AND_HYGIENE, date(2026, 5, 1)).is_covered
    False
    """
    first_day = _first_days()[service]
    if day < first_day:
        raise NotInForceError(
            f"what the price of {service} covered on {day.isoformat()} was not found; "
            f"the list begins on {first_day.isoformat()}"
        )
    held = [
        (item, row)
        for item in cost_items()
        if item.component is component and service in item.services and (row := item.on(day))
    ]
    steps = tuple(
        Step(
            "covered_item",
            _named(item.names),
            (row,),
            row.source,
        )
        for item, row in held
    )
    if not held:
        names = _named({language: component.label(language) for language in LANGUAGES})
        steps = (Step("not_covered", names, (), _SECTION),)
    return Cover(service, component, tuple(item for item, _ in held), steps)


def _named(names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give a name to a step in every language, as each sentence shows its own."""
    return tuple((f"item_{language}", name) for language, name in names.items())


def coverage_of(service: Service, day: date) -> tuple[Cover, ...]:
    """List what the price of a service covers of all six components on a day.

    Args:
        service: The service.
        day: The day of service.

    Raises:
        NotInForceError: The list of the service on that day was not found.

    Law: R65 § 1¹.
    """
    return tuple(covers(service, component, day) for component in CostComponent)


@dataclass(frozen=True, slots=True)
class Supplement:
    """A supplement to the price.

    Attributes:
        amount: Euros.
        explanation: The steps.
    """

    amount: Decimal
    explanation: tuple[Step, ...]


def energy_supplement(persons: int, month: Month, law: Law) -> Supplement:
    """Compute the energy supplement of a month; it was paid in early 2023 only.

    Args:
        persons: Persons who received community living or round-the-clock care on the last
            day of the month, >= 0.
        month: The month.
        law: The dated law.

    Raises:
        NotInForceError: There was no supplement in the month.
        ValueError: The number of persons is negative.

    Law: rule R-25; R65 § 4⁴.

    >>> from tugiplaan.rules.tables import builtin
    >>> energy_supplement(14, Month(2023, 2), builtin()).amount
    Decimal('1680.00')
    """
    if persons < 0:
        raise ValueError(f"the number of persons must not be negative: {persons}")
    each = law.term("energy_supplement", month.last)
    amount = euro(each.value * persons)
    numbers = (("persons", persons), ("day", month.last), ("rate", each.value), ("amount", amount))
    return Supplement(amount, (Step("energy_supplement", numbers, (each,), each.source),))
