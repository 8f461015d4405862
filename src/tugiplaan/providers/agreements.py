"""What is set up at a provider, as pages list it: houses, contracts and terms over time."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tugiplaan.providers.models import (
    BillingTerms,
    Building,
    ComponentContract,
    CourseKind,
    Licence,
    Place,
    Provider,
    Staff,
    StateContract,
)
from tugiplaan.rules.services import catalogue

# `CourseKind` is given on, so that pages need not reach for this app's tables.
__all__ = [
    "SIZED",
    "CourseKind",
    "Readiness",
    "all_providers",
    "billing_terms_of",
    "buildings_of",
    "provider_of",
    "readiness_of",
    "state_contracts_of",
]


def provider_of(provider_id: UUID) -> Provider:
    """Give a provider.

    Raises:
        Provider.DoesNotExist: There is none.
    """
    return Provider.objects.get(pk=provider_id)


def all_providers() -> QuerySet[Provider]:
    """Give all providers, by name."""
    return Provider.objects.order_by("name", "pk")


def buildings_of(provider_id: UUID) -> QuerySet[Building]:
    """Give the buildings of a provider, by code."""
    return Building.objects.filter(provider_id=provider_id).order_by("code")


def state_contracts_of(provider_id: UUID) -> QuerySet[StateContract]:
    """Give the contracts with the authority, the latest first."""
    return StateContract.objects.filter(provider_id=provider_id).order_by("-valid_from")


def billing_terms_of(provider_id: UUID) -> QuerySet[BillingTerms]:
    """Give how funders are invoiced, by funder, the latest first."""
    found = BillingTerms.objects.filter(provider_id=provider_id)
    return found.order_by("funder_name", "funder", "-valid_from")


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a provider is set up.

    Attributes:
        is_known: Registry code, account and address are there.
        unsized: Places whose licence is for a service that is priced by size, with no size set.
    """

    name: str
    is_known: bool
    places: int
    unsized: int
    licences: int
    state_contracts: int
    component_contracts: int
    billing_terms: int
    staff: int


def readiness_of(provider_id: UUID) -> Readiness:
    """Say how far a provider is set up. One query.

    Raises:
        Provider.DoesNotExist: There is no such provider.
    """
    counted = {
        "places": _count(Place),
        "unsized": _count(Licence, "place", service__in=SIZED, place__size_periods__isnull=True),
        "licences": _count(Licence),
        "state_contracts": _count(StateContract),
        "component_contracts": _count(ComponentContract),
        "billing_terms": _count(BillingTerms),
        "staff": _count(Staff),
    }
    known = ("registry_code", "iban", "address")
    row: dict[str, Any] = (
        Provider.objects.annotate(**counted).values("name", *known, *counted).get(pk=provider_id)
    )
    filled = [row.pop(name) for name in known]
    is_known = all(filled)
    return Readiness(is_known=is_known, **row)


SIZED = frozenset(str(kind.service) for kind in catalogue().values() if kind.is_sized)
"""The services whose price depends on the size class of the place (R65 § 2)."""


def _count(model: type[Model], what: str = "pk", **among: Any) -> Coalesce:
    """Count the rows of a provider, or the different values of a column in them."""
    found = model._default_manager.filter(provider=OuterRef("pk"), **among)
    rows = found.order_by().values("provider")
    number = rows.annotate(number=Count(what, distinct=True)).values("number")
    return Coalesce(Subquery(number), Value(0), output_field=IntegerField())
