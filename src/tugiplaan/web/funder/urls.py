"""Addresses of the municipality."""

from django.urls import path

from tugiplaan.web.funder import months, packages
from tugiplaan.web.funder.person import FunderPersonPage

paths = [
    path("funder/", packages.Packages.as_view(), name="funder"),
    path("funder/months/", months.Months.as_view(), name="funder_months"),
    path("funder/people/<uuid:person_id>/", FunderPersonPage.as_view(), name="funder_person"),
]
