"""Providers: places, licences, contracts, staff, and the book of each month."""
