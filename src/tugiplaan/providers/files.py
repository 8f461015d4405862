"""Places, licences, contracts and workers that come from files and go to files."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import F

from tugiplaan.audit.bringing import Shelf, bringer
from tugiplaan.audit.recorder import Act
from tugiplaan.providers.models import (
    Building,
    ComponentContract,
    Licence,
    Place,
    Provider,
    SizePeriod,
    Staff,
    StateContract,
)
from tugiplaan.rules import facts

bring_buildings = bringer(Shelf(Building, ("code",)))
bring_places = bringer(Shelf(Place, ("code",)))
bring_size_periods = bringer(Shelf(SizePeriod, ("place_id", "first_day")))
bring_licences = bringer(Shelf(Licence, ("code",)))
bring_state_contracts = bringer(Shelf(StateContract, ("valid_from",)))
bring_component_contracts = bringer(Shelf(ComponentContract, ("funder", "valid_from")))
bring_staff = bringer(Shelf(Staff, ("code",)))


def find_provider(given: facts.Provider) -> UUID | None:
    """Give the provider of that registry code, else of that name; None: there is none."""
    found = Provider.objects.all()
    if given.registry_code:
        found = found.filter(registry_code=given.registry_code)
    else:
        found = found.filter(registry_code="", name=given.name)
    return found.order_by("pk").values_list("pk", flat=True).first()


def bring_provider(act: Act, given: facts.Provider) -> tuple[UUID, bool]:
    """Find or make a provider, and bring its data up to date.

    Args:
        act: The act within which it happens.
        given: Who it is.

    Returns:
        Its id, and whether anything changed.
    """
    del act  # the row is tracked: the database keeps its history under the act
    values = {
        "name": given.name,
        "registry_code": given.registry_code,
        "vat_number": given.vat_number,
        "iban": given.iban,
    }
    known = find_provider(given)
    if known is None:
        return Provider.objects.create(**values).pk, True
    row = Provider.objects.get(pk=known)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return row.pk, bool(changed)


def building_ids(provider_id: UUID) -> dict[str, UUID]:
    """Give the id of each building of a provider by its code."""
    return dict(Building.objects.filter(provider_id=provider_id).values_list("code", "pk"))


def places_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of places.csv."""
    rows = Place.objects.filter(provider_id=provider_id).order_by("code")
    for row in rows.values("name", "address", place=F("code"), house=F("building__code")):
        yield {**row, "building": row["house"]}


def size_periods_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of place_periods.csv."""
    rows = SizePeriod.objects.filter(provider_id=provider_id).order_by("place__code", "first_day")
    for row in rows.values("first_day", "last_day", "size_class", code=F("place__code")):
        yield {**row, "place": row["code"]}


def licences_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of licences.csv."""
    rows = Licence.objects.filter(provider_id=provider_id).order_by("code")
    columns = ("service", "valid_from", "valid_to", "max_persons", "target_groups")
    for row in rows.values(*columns, licence=F("code"), place_code=F("place__code")):
        yield {**row, "place": row["place_code"]}
