"""The work list: what is due, where there is room, what does not hang together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.deadlines.queries import (
    FreePlaces,
    Task,
    Urgency,
    free_places,
    hints,
)
from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.queries import waiting_arrivals
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.people.reach import reached
from tugiplaan.web.shared import Page
from tugiplaan.web.work.filters import filters_of
from tugiplaan.web.work.gathering import all_work
from tugiplaan.web.work.sentences import Told, ToldHint, told, told_hint


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks under one heading."""

    name: str
    rows: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A place and service with its room, in words."""

    place: str
    service: str
    room: FreePlaces


class Work(Page):
    """What is due, by urgency; filters stay in the address."""

    permission = "plans.read"
    template = "web/work/list.html"
    parts = frozenset({"tasks"})

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        found = all_work(
            user=desk.user, provider_id=desk.provider_id, day=desk.day, law=desk.law
        ).tasks
        filters = filters_of(desk, self.request.GET.dict(), found)
        chosen = [task for task in found if filters.asks_for(task)]
        return {
            "section": "work",
            "groups": _groups(chosen, self),
            "urgent": sum(task.urgency in _NOW for task in chosen),
            "week": sum(task.urgency is Urgency.THIS_WEEK for task in chosen),
            "count": len(chosen),
            "filters": filters,
        }


_NOW = (Urgency.OVERDUE, Urgency.TODAY)


def _groups(tasks: Iterable[Task], page: Page) -> list[Group]:
    desk = page.desk
    rows = [told(task, desk.provider_id, desk.day) for task in tasks]
    headings = [
        (_("Hilinenud ja täna"), _NOW),
        (_("Sel nädalal"), (Urgency.THIS_WEEK,)),
        (_("Hiljem"), (Urgency.LATER,)),
    ]
    groups = (
        Group(name, tuple(row for row in rows if row.task.urgency in urgencies))
        for name, urgencies in headings
    )
    return [group for group in groups if group.rows]


class Rooms(Page):
    """Free places and who is awaited."""

    permission = "referrals.write"
    template = "web/work/rooms.html"
    parts = frozenset({"rooms"})

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        rooms = [
            Room(one.place or _("koht teadmata"), service_name(one.service), one)
            for one in free_places(desk.provider_id, desk.day)
        ]
        names: dict[UUID, str] = dict(places_of(desk.provider_id).values_list("pk", "name"))
        waiting = [
            (
                one,
                service_name(one.referral.service),
                names.get(one.referral.place_id or UUID(int=0)),
            )
            for one in waiting_arrivals(desk.provider_id, desk.day, desk.law)
        ]
        return {"section": "work", "rooms": rooms, "waiting": waiting}


class Hints(Page):
    """What does not hang together: to think about, not duties."""

    permission = "plans.read"
    template = "web/work/hints.html"
    parts = frozenset({"hints"})

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        names = {one.pk: str(one) for one in reached(desk, self.permission)}
        by_person: dict[UUID, list[ToldHint]] = {}
        for one in hints(desk.provider_id, names, desk.day, desk.law):
            by_person.setdefault(one.person_id, []).append(told_hint(one, desk.provider_id))
        rows = [(pk, name, by_person[pk]) for pk, name in names.items() if pk in by_person]
        return {"section": "work", "hints": rows}
