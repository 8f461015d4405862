"""What the own pages share: whose page it is, and names in plain words."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from tugiplaan.audit.language import language
from tugiplaan.insight.queries import own_persons
from tugiplaan.people.queries import Person
from tugiplaan.pricelists.queries import component_prices_of
from tugiplaan.rules.vocabulary import Service, label
from tugiplaan.web.shared import Page


class OwnPage(Page):
    """A page of a person's own: for them, and for who speaks for them."""

    roles: ClassVar[frozenset[str]] = frozenset({"person"})

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        persons = own_persons(provider_id=desk.provider_id, by=desk.user, on=desk.day)
        person = self._chosen(persons)
        return {
            "person": person,
            "is_self": f"{person.first_name} {person.last_name}" == desk.user.name,
            "others": [one for one in persons if one.pk != person.pk],
            **self.look(person),
        }

    def look(self, person: Person) -> dict[str, Any]:
        """Ask the query of the page and give what its template shows."""
        raise NotImplementedError

    def _chosen(self, persons: list[Person]) -> Person:
        asked = self.request.GET.get("person", "")
        if not persons:
            raise ObjectDoesNotExist
        if not asked:
            return persons[0]
        for one in persons:
            if str(one.pk) == asked:
                return one
        raise Http404

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [shown["person"].pk]


def component_names(provider_id: UUID) -> dict[str, str]:
    """Give the names of components by code, as price lists have them. One query."""
    rows = component_prices_of(provider_id).values_list("component", "name")
    return {code: name for code, name in rows if name}


def service_name(code: str, components: dict[str, str]) -> str:
    """Name a service by its code or by a rate code that begins with it, or a component."""
    first = code.split("_")[0]
    if first in set(Service):
        return label(Service(first), language())
    return components.get(code, code)
