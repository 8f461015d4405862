"""The catalogue: each special care service, how it is counted, what may run beside it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from tugiplaan.rules.tables import load
from tugiplaan.rules.vocabulary import (
    Audience,
    DayKind,
    Service,
    SizeClass,
    TargetGroup,
    Unit,
    Variant,
)

MONTH, HOURS, UNITS = "month", "hours", "units"


@dataclass(frozen=True, slots=True)
class ServiceKind:
    """One service in one variant.

    Attributes:
        service: The statutory service.
        variant: The price variant.
        family: `month`: a price a month, absence by days; `hours`: a price a month, a minimum
            volume of hours; `units`: a price a day or day-and-night.
        section: Where the service stands in the act.
        price_section: Where its maximum cost stands in the regulation.
        turn_up: The term that says within how many days a person must turn up.
        end_notice: The term that says how long ahead the end must be told.
        minimum: The term of the minimum volume of hours; empty where there is none.
        counted: With whom an hour must be spent to count toward the minimum.
        not_counted: Activities whose hours never count.
        is_weekly: The minimum volume is written as hours a week.
        is_sized: The price depends on the size class of the place.
        capped: The kinds of units that the monthly cap counts.
        target_group: What the licence of the place must name.
        has_new_place: A new place has a price of its own in its first months.
        absent_is_present: Absence that is not in hospital counts as presence.
    """

    service: Service
    variant: Variant
    family: str
    section: str
    price_section: str
    turn_up: str
    end_notice: str
    minimum: str
    counted: frozenset[Audience]
    not_counted: frozenset[str]
    is_weekly: bool
    is_sized: bool
    capped: frozenset[DayKind]
    target_group: TargetGroup | None
    has_new_place: bool
    absent_is_present: bool

    @property
    def stem(self) -> str:
        """The rate code without size class or unit, for example `OEH_ER`."""
        return f"{self.service}_{self.variant}" if self.variant else str(self.service)

    @property
    def is_court_ordered(self) -> bool:
        return self.variant is Variant.KM

    def rate_code(self, detail: SizeClass | Unit | None = None) -> str:
        """Name the row of the price table.

        Args:
            detail: The size class of the place, or the unit used.

        >>> kind_of(Service.OEH, Variant.ER).rate_code(SizeClass.G6)
        'OEH_ER_G6'
        >>> kind_of(Service.PNH, Variant.PLAIN).rate_code(Unit.DAY)
        'PNH_PAEV'
        """
        if detail is None:
            return self.stem
        return f"{self.stem}_{_SUFFIX.get(detail, detail)}"


_SUFFIX: dict[str, str] = {Unit.OOP: "OOP", Unit.DAY: "PAEV"}
NEW_PLACE_SUFFIX = "UUS"


def _kind(service: str, entry: dict[str, Any], variant: str, own: dict[str, Any]) -> ServiceKind:
    return ServiceKind(
        service=Service(service),
        variant=Variant(variant),
        family=own.get("family", entry["family"]),
        section=entry["section"],
        price_section=entry["price_section"],
        turn_up=own.get("turn_up", entry["turn_up"]),
        end_notice=entry["end_notice"],
        minimum=own.get("minimum", ""),
        counted=frozenset(Audience(audience) for audience in entry.get("counted", ())),
        not_counted=frozenset(entry.get("not_counted", ())),
        is_weekly=entry.get("weekly", False),
        is_sized=own.get("sized", False),
        capped=frozenset(DayKind(unit) for unit in own.get("capped", ())),
        target_group=TargetGroup(own["target_group"]) if "target_group" in own else None,
        has_new_place=own.get("new_place", False),
        absent_is_present=own.get("absent_is_present", False),
    )


@cache
def catalogue() -> dict[tuple[Service, Variant], ServiceKind]:
    """Give all services with their variants, in the order of the act."""
    return {
        (Service(service), Variant(variant)): _kind(service, entry, variant, own)
        for service, entry in load("services")["services"].items()
        for variant, own in entry["variants"].items()
    }


def kind_of(service: Service, variant: Variant) -> ServiceKind:
    """Find a service in a variant.

    Raises:
        KeyError: The service has no such variant.
    """
    return catalogue()[service, variant]


@cache
def authority_code() -> str:
    """Give the registry code of the authority that pays for referrals (SKA)."""
    return str(load("services")["authority"]["registry_code"])


@cache
def compatible_pairs() -> frozenset[frozenset[Service]]:
    """Give the pairs of services that may run at the same time; every other pair is barred.

    Law: SHS §§ 88, 92, 95, 98, 99², 101.
    """
    return frozenset(
        frozenset(Service(service) for service in pair) for pair in load("services")["compatible"]
    )


def may_run_together(one: Service, other: Service) -> bool:
    """Tell whether a person may receive two services on the same day.

    Args:
        one: A service.
        other: Another; the same service twice may not run together.

    Law: rule R-18; SHS §§ 88, 92, 95, 98, 99², 101.

    >>> may_run_together(Service.IET, Service.TTT), may_run_together(Service.KE, Service.IET)
    (True, False)
    """
    return frozenset((one, other)) in compatible_pairs()


@cache
def rate_codes() -> frozenset[str]:
    """Give every rate code that exists, with or without a price."""
    codes: set[str] = set()
    for kind in catalogue().values():
        if kind.family == UNITS:
            codes |= {kind.rate_code(Unit.DAY), kind.rate_code(Unit.OOP)}
        elif kind.is_sized:
            codes |= {kind.rate_code(size) for size in SizeClass}
        else:
            codes.add(kind.stem)
        if kind.has_new_place:
            codes.add(f"{kind.stem}_{NEW_PLACE_SUFFIX}")
    return frozenset(codes)
