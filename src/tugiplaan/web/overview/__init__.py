"""The house over months: occupancy, money, hours, staff, as charts and tables."""
