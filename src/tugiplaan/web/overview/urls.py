"""Addresses of the house over months."""

from django.urls import path

from tugiplaan.web.overview import costs, home, hours, income, money, occupancy, staff, staff_days

paths = [
    path("overview/", home.Overview.as_view(), name="overview"),
    path("overview/occupancy/", occupancy.Occupancy.as_view(), name="overview_occupancy"),
    path("overview/presence/", occupancy.Presence.as_view(), name="overview_presence"),
    path("overview/income/", income.IncomeOfServices.as_view(), name="overview_income"),
    path("overview/costs/", costs.Costs.as_view(), name="overview_costs"),
    path("overview/hours/", hours.HoursOfMonths.as_view(), name="overview_hours"),
    path("overview/hours/people/", hours.HoursOfPeople.as_view(), name="overview_hours_people"),
    path("overview/staff/", staff.Staff.as_view(), name="overview_staff"),
    path("overview/staff/days/", staff_days.StaffDays.as_view(), name="overview_staff_days"),
    path("overview/money/", money.Money.as_view(), name="overview_money"),
]
