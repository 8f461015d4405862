"""Assessing a person: filling in, reading then and now, needs and trends; the instruments."""
