"""The tables of providers: places, licences, contracts, the book of each month."""

from tugiplaan.providers.models.books import MonthBook, MonthState
from tugiplaan.providers.models.contracts import BillingTerms, ComponentContract, StateContract
from tugiplaan.providers.models.places import Building, Licence, Place, Provider, SizePeriod
from tugiplaan.providers.models.staff import (
    Course,
    CourseKind,
    Position,
    Qualification,
    Staff,
    Supervision,
)

__all__ = [
    "BillingTerms",
    "Building",
    "ComponentContract",
    "Course",
    "CourseKind",
    "Licence",
    "MonthBook",
    "MonthState",
    "Place",
    "Position",
    "Provider",
    "Qualification",
    "SizePeriod",
    "Staff",
    "StateContract",
    "Supervision",
]
