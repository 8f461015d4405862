"""Knows the price list of component services that the sample's municipality has agreed to."""

from dataclasses import dataclass
from datetime import date

from tugiplaan.sample.folder import Folder

FUNDER = "75000000"
PRICES_FROM = date(2025, 1, 1)
_PRICES_TO = date(2026, 12, 31)
_SOURCE = "hinnakiri P4"
CEILING = 2280
CEILING_COMPONENT = "C4"
CEILING_COMPONENT_PRICE = 40
UNCONFIRMED_COMPONENT = "B1b"


@dataclass(frozen=True)
class Component:
    """A component with its hourly prices.

    Attributes:
        code: Its code on the price list.
        name: Its Estonian name.
        individual: The price of an hour alone, for the person and, save for the core, the family.
        group: The price of an hour in a group, or `None` where there are no groups.
    """

    code: str
    name: str
    individual: int
    group: int | None


COMPONENTS = (
    Component("B1", "Põhiteenus", 55, None),
    Component("C1", "Sotsiaalsete suhete komponent", 50, 25),
    Component("C2", "Vaimse tervise komponent", 55, 30),
    Component("C3", "Füüsilise tervise komponent", 50, 25),
    Component("C4", "Hõivatuse komponent", CEILING_COMPONENT_PRICE, 25),
    Component("C5", "Vaba aja ja huvitegevuse komponent", 40, 20),
)


def write_prices(folder: Folder) -> None:
    """Write the price list.

    Args:
        folder: Where to.
    """
    for component in COMPONENTS:
        tier = "base" if component.code == "B1" else "additional"
        has_ceiling = component.code == CEILING_COMPONENT
        limits = (CEILING, "calendar_year") if has_ceiling else (None, "")
        for mode, audience, price in _offers(component):
            key = (FUNDER, component.code, mode, audience, PRICES_FROM, _PRICES_TO)
            cost = (component.name, f"{price}.00", "h")
            folder.add("component_prices", (*key, "P4", tier, *cost, *limits, _SOURCE, "yes"))
    _write_unconfirmed(folder)


def _offers(component: Component) -> list[tuple[str, str, int]]:
    offers = [("individual", "person", component.individual)]
    if component.group is not None:
        offers.append(("individual", "family", component.individual))
        offers.append(("group", "person", component.group))
    return offers


def _write_unconfirmed(folder: Folder) -> None:
    # In the older list one price cell may stand for two rows, and its last day is not known:
    # nobody has confirmed the second row, so that records of it cannot be paid.
    key = (FUNDER, UNCONFIRMED_COMPONENT, "individual", "person", date(2023, 1, 1), None)
    cost = ("P3", "base", "Tegevusplaani elluviimise tagamine", "49.00", "h", None, "")
    folder.add("component_prices", (*key, *cost, "hinnakiri P3", "no"))
