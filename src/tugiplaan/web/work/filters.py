"""What of the work list is asked for: of one kind, of one person, of one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tugiplaan.deadlines.queries import Task, TaskKind
from tugiplaan.deadlines.tasks import Look
from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.queries import places_by_person
from tugiplaan.web.desk import Desk
from tugiplaan.web.work.sentences import short_of

type Choices = list[tuple[str, str]]
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Filters:
    """What one may choose, and what of it the address names.

    Attributes:
        places: Where the persons of the list are; empty where that is one place or none, as
            there is nothing to choose then.
        by_person: The places of each person.
    """

    kind: str
    person: str
    place: str
    kinds: Choices
    persons: Choices
    places: Choices
    by_person: dict[UUID, frozenset[UUID]]

    def asks_for(self, task: Task) -> bool:
        """Tell whether a task is asked for; what is about nobody is at no place."""
        if self.place:
            where = self.by_person.get(task.person_id, frozenset()) if task.person_id else ()
            if self.place not in map(str, where):
                return False
        return (not self.kind or task.kind == self.kind) and (
            not self.person or str(task.person_id) == self.person
        )


def filters_of(desk: Desk, asked: dict[str, str], tasks: Iterable[Task]) -> Filters:
    """Give what one may choose in a list of tasks. Two queries.

    Args:
        desk: Who looks, and where.
        asked: What the address names: kind, person, place.
        tasks: All that the user sees.
    """
    rows = list(tasks)
    since = Look.on(desk.day, desk.law).since
    by_person = places_by_person(desk.provider_id, since, desk.day)
    known = {one.person_id: one.name for one in rows if one.person_id}
    there = {place for person in known for place in by_person.get(person, ())}
    names = places_of(desk.provider_id).values_list("pk", "name")
    places = [(str(pk), name) for pk, name in names if pk in there]
    kinds = {one.kind for one in rows}
    return Filters(
        kind=asked.get("kind", ""),
        person=asked.get("person", ""),
        place=asked.get("place", ""),
        kinds=[(one.value, short_of(one)) for one in TaskKind if one in kinds],
        persons=sorted(((str(pk), name) for pk, name in known.items()), key=lambda one: one[1]),
        places=places if len(places) >= _SEVERAL else [],
        by_person=by_person,
    )
