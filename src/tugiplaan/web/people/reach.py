"""One person's pages: who may open them, and all the entries that stand for the person."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from tugiplaan.audit.queries import persons_read_by
from tugiplaan.people.queries import Person, persons_of, standing_for, visible_to
from tugiplaan.referrals.queries import persons_at_places
from tugiplaan.web.desk import Desk
from tugiplaan.web.shared import FormPage, Page

_OPENED = 20


def reached(desk: Desk, permission: str = "people.read") -> QuerySet[Person]:
    """Give the persons of this provider whom who looks reaches, by name."""
    found = visible_to(desk.user, desk.day, permission).filter(provider_id=desk.provider_id)
    at_places = persons_at_places(desk.user, desk.day, permission)
    if at_places:
        served = persons_of(desk.provider_id).filter(pk__in=at_places, merged_into__isnull=True)
        found = (found | served).order_by("sort_name", "id")
    return found


def person_at(desk: Desk, person_id: UUID, permission: str = "people.read") -> Person:
    """Give one person whom who looks reaches.

    Raises:
        Person.DoesNotExist: There is none.
    """
    return reached(desk, permission).get(pk=person_id)


def entries_of(person: Person) -> list[UUID]:
    """Give the entry of a person and those merged into it. One query."""
    standing = standing_for(person.provider_id)
    return [person.pk, *(entry for entry, kept in standing.items() if kept == person.pk)]


class PersonPage(Page):
    """A page of one person; opening it is written down."""

    def tell(self, person: Person) -> dict[str, Any]:  # noqa: ARG002
        """Ask what the page shows of the person."""
        return {}

    def read(self, **ids: Any) -> dict[str, Any]:
        person = person_at(self.desk, ids["person_id"], self.permission)
        return {"section": "people", "person": person} | self.tell(person)

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [shown["person"].pk]


class Panel(PersonPage):
    """A part of the page, and a small page of its own.

    Who has opened the person's page today is written down with that: its parts are one
    reading with it.
    """

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        desk = self.desk
        opened = persons_read_by(desk.provider_id, desk.user.pk, "web.person", desk.day, _OPENED)
        return [one for one in super().persons_read(shown) if one not in opened]


class PersonForm(FormPage):
    """A form about one person.

    Attributes:
        person: Who; found before the form is made.
    """

    person: Person
    template = "web/people/form.html"
    title: ClassVar[Promise | str] = ""
    back: str = "person"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        self.person = person_at(self.desk, ids["person_id"], self.permission)
        return super().form(data, files, **ids)

    def read(self, **ids: Any) -> dict[str, Any]:
        return {
            "section": "people",
            "form": self.form(**ids),
            "person": self.person,
            "title": self.heading(),
            "back": self.url(self.back, self.person.pk),
        }

    def heading(self) -> str:
        """Say what the form is for."""
        return str(self.title)

    def done(self, text: str) -> str:
        """Tell what was done and go back to where the form was opened."""
        self.say(text)
        return self.url(self.back, self.person.pk)
