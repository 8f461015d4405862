"""Reading what a house did over months; what a funder sees, and what a person of their own."""

from tugiplaan.insight.queries.funder import (
    Delivered,
    FunderPerson,
    FunderView,
    Package,
    ProviderMonthState,
    funder_person,
    funder_view,
)
from tugiplaan.insight.queries.hours import Hours, hours
from tugiplaan.insight.queries.money import Income, costs, income, money
from tugiplaan.insight.queries.occupancy import OccupancyDay, OccupancyMonth, occupancy
from tugiplaan.insight.queries.own import (
    Cost,
    OwnEvent,
    OwnMonth,
    OwnPlan,
    own_events,
    own_month,
    own_persons,
    own_plan,
)
from tugiplaan.insight.queries.staff import HouseStaff, ServiceStaff, staff
from tugiplaan.insight.queries.staff_days import PlaceMonth, StaffDay, staff_days

__all__ = [
    "Cost",
    "Delivered",
    "FunderPerson",
    "FunderView",
    "Hours",
    "HouseStaff",
    "Income",
    "OccupancyDay",
    "OccupancyMonth",
    "OwnEvent",
    "OwnMonth",
    "OwnPlan",
    "Package",
    "PlaceMonth",
    "ProviderMonthState",
    "ServiceStaff",
    "StaffDay",
    "costs",
    "funder_person",
    "funder_view",
    "hours",
    "income",
    "money",
    "occupancy",
    "own_events",
    "own_month",
    "own_persons",
    "own_plan",
    "staff",
    "staff_days",
]
