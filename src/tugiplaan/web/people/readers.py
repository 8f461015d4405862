"""Who has read a person's records and what was done with them, told in sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tugiplaan.accounts.queries import names_of_users
from tugiplaan.audit.queries import events_about
from tugiplaan.people.queries import Person
from tugiplaan.web.event_words import did
from tugiplaan.web.lists import paged
from tugiplaan.web.people.reach import PersonPage


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody did with a person's records, for people.

    Attributes:
        at: The last time.
        times: How often in a row on that day.
    """

    at: datetime
    who: str
    what: str
    why: str
    is_reading: bool
    times: int


class Readers(PersonPage):
    """Who has read the person's records, the latest first."""

    permission = "people.read"
    template = "web/people/readers.html"

    def tell(self, person: Person) -> dict[str, Any]:
        only = self.request.GET.get("only", "")
        events = events_about(self.desk.provider_id, person.pk)
        if only == "read":
            events = events.filter(Q(name__startswith="web.") | Q(name__in=[*read_names()]))
        page = paged(self.request, events)
        names = names_of_users({one.by_id for one in page.object_list})
        readings = told_readings(page.object_list, names)
        return {"tab": "readers", "page": page, "readings": readings, "only": only}


def told_readings(events: Iterable[Any], names: Mapping[UUID, str]) -> list[Reading]:
    """Tell events; the same thing done again on the same day by the same user is one line.

    Args:
        events: The latest first.
        names: Of the users, by id.
    """
    found = []
    same = groupby(events, key=lambda one: (one.by_id, one.name, one.why, localdate(one.at)))
    for (user_id, name, why, _day), group in same:
        rows = list(group)
        found.append(
            Reading(
                at=rows[0].at,
                who=names.get(user_id, _("tundmatu kasutaja")),
                what=sentence_of(name),
                why=why,
                is_reading=is_reading(name),
                times=len(rows),
            )
        )
    return found


def sentence_of(name: str) -> str:
    """Say what was read or done, by the name of the event."""
    return read_names().get(name) or did(name)


def is_reading(name: str) -> bool:
    """Say whether an event's name tells of reading, not of a change."""
    return name.startswith("web.") or name in read_names()


def read_names() -> dict[str, str]:
    """Give what readings are called, by the name of their event."""
    return {
        "web.person": _("vaatas inimese lehte"),
        "web.person_duties": _("vaatas tähtaegu"),
        "web.person_plan": _("vaatas plaani"),
        "web.person_month": _("vaatas kuud ja tunde"),
        "web.person_assessments": _("vaatas hindamisi"),
        "web.person_timeline": _("vaatas ajajoont"),
        "web.person_notes": _("luges päeviku märkmeid"),
        "web.person_documents": _("vaatas dokumentide loendit"),
        "web.person_circle": _("vaatas lähedasi ja nõusolekuid"),
        "web.person_readers": _("vaatas, kes on lugenud"),
        "web.person_hours": _("vaatas tunnilehte"),
        "web.person_network_work": _("vaatas võrgustikutööd"),
        "web.person_tasks": _("vaatas ülesandeid"),
        "web.person_summaries": _("vaatas kokkuvõtvaid hinnanguid"),
        "web.summary": _("luges kokkuvõtvat hinnangut"),
        "web.intake_one": _("vaatas suunamist"),
        "web.waiter": _("vaatas koha ootamise lugu"),
        "people.card": _("vaatas inimese andmeid"),
        "web.person_papers": _("vaatas koostatud dokumente"),
        "web.person_paper": _("vaatas koostatud dokumenti"),
        "web.person_needs": _("vaatas vajadusi plaani jaoks"),
        "web.person_trend": _("vaatas hindamisi läbi aja"),
        "web.assessment": _("luges hindamist"),
        "web.plan_changes": _("vaatas plaani muudatusi"),
        "documents.read_paper": _("avas koostatud dokumendi"),
        "delivery.narrative": _("luges päeviku märkmeid"),
        "assessments.assessments": _("luges hindamisi"),
        "documents.read_document": _("avas dokumendi"),
    }
