"""The frozen inputs and results that every rule speaks: case, contract, lines, findings."""

from tugiplaan.rules.facts.case import (
    Absence,
    ComponentRecord,
    DayRecord,
    EmptyPlaces,
    Facts,
    HourRecord,
    House,
    Licence,
    Person,
    PlacePeriod,
    Referral,
    Session,
    Surroundings,
)
from tugiplaan.rules.facts.contract import (
    ComponentContract,
    ComponentPrice,
    Contract,
    ListEntry,
    PriceList,
    Provider,
    StateContract,
)
from tugiplaan.rules.facts.result import Finding, Line, PersonMonth, exact_sum

__all__ = [
    "Absence",
    "ComponentContract",
    "ComponentPrice",
    "ComponentRecord",
    "Contract",
    "DayRecord",
    "EmptyPlaces",
    "Facts",
    "Finding",
    "HourRecord",
    "House",
    "Licence",
    "Line",
    "ListEntry",
    "Person",
    "PersonMonth",
    "PlacePeriod",
    "PriceList",
    "Provider",
    "Referral",
    "Session",
    "StateContract",
    "Surroundings",
    "exact_sum",
]
