"""Reading what a house did over months: occupancy, money, hours, staff; and a funder's view."""

from tugiplaan.insight.queries.funder import FunderView, Package, ProviderMonthState, funder_view
from tugiplaan.insight.queries.hours import Hours, hours
from tugiplaan.insight.queries.money import Income, costs, income, money
from tugiplaan.insight.queries.occupancy import OccupancyDay, OccupancyMonth, occupancy
from tugiplaan.insight.queries.staff import HouseStaff, ServiceStaff, staff

__all__ = [
    "FunderView",
    "Hours",
    "HouseStaff",
    "Income",
    "OccupancyDay",
    "OccupancyMonth",
    "Package",
    "ProviderMonthState",
    "ServiceStaff",
    "costs",
    "funder_view",
    "hours",
    "income",
    "money",
    "occupancy",
    "staff",
]
