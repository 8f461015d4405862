"""People that come from files and go to files."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tugiplaan.audit.bringing import Shelf, bringer
from tugiplaan.people.models import Person

bring_persons = bringer(Shelf(Person, ("code",), derived=("sort_name", "search_name")))


def person_ids(provider_id: UUID) -> dict[str, UUID]:
    """Give the id of each entry of a provider by its code."""
    return dict(Person.objects.filter(provider_id=provider_id).values_list("code", "pk"))


def persons_out(provider_id: UUID) -> Iterator[dict[str, Any]]:
    """Give the rows of persons.csv. Entries merged into others are told by those."""
    rows = Person.objects.filter(provider_id=provider_id, merged_into__isnull=True)
    for row in rows.order_by("code"):
        is_personal_code = row.identifier_type == "national" and row.identifier_country == "EE"
        yield {
            "person": row.code,
            "personal_code": row.identifier if is_personal_code else "",
            "first_name": row.first_name,
            "last_name": row.last_name,
            "birth_date": row.birth_date,
            "first_pnh_start": row.first_pnh_start,
        }
