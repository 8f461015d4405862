"""Who has read a person's records and what was done with them, told in sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.accounts.queries import names_of_users
from tugiplaan.audit.queries import events_about
from tugiplaan.people.queries import Person
from tugiplaan.web.lists import paged
from tugiplaan.web.people.reach import PersonPage


@dataclass(frozen=True, slots=True)
class Reading:
    """One event about a person, for people."""

    at: datetime
    who: str
    what: str
    why: str
    is_reading: bool


class Readers(PersonPage):
    """Who has read the person's records, the latest first."""

    permission = "people.read"
    template = "web/people/readers.html"

    def tell(self, person: Person) -> dict[str, Any]:
        only = self.request.GET.get("only", "")
        events = events_about(self.desk.provider_id, person.pk)
        if only == "read":
            events = events.filter(name__in=[*read_names()])
        page = paged(self.request, events)
        names = names_of_users({one.by_id for one in page.object_list})
        told = [
            Reading(
                at=one.at,
                who=names.get(one.by_id, _("tundmatu kasutaja")),
                what=sentence_of(one.name),
                why=one.why,
                is_reading=one.name in read_names(),
            )
            for one in page.object_list
        ]
        return {"tab": "readers", "page": page, "readings": told, "only": only}


def sentence_of(name: str) -> str:
    """Say what was read or done, by the name of the event."""
    found = read_names().get(name) or _written().get(name)
    return found or _("{area}: muudatus").format(area=_areas().get(name.partition(".")[0], name))


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
        "people.card": _("vaatas inimese andmeid"),
        "delivery.narrative": _("luges päeviku märkmeid"),
        "assessments.assessments": _("luges hindamisi"),
        "documents.read_document": _("avas dokumendi"),
    }


def _written() -> dict[str, str]:
    return {
        "people.register": _("registreeris inimese"),
        "people.correct_identity": _("parandas isikuandmeid"),
        "people.change_contact": _("muutis kontakte"),
        "people.add_representative": _("lisas esindaja"),
        "people.end_representative": _("lõpetas esindaja"),
        "people.add_network_member": _("lisas inimese võrgustikku"),
        "people.end_network_member": _("lõpetas võrgustiku liikme"),
        "people.give_consent": _("lisas nõusoleku"),
        "people.withdraw_consent": _("võttis nõusoleku tagasi"),
        "people.merge": _("ühendas topeltkirje"),
        "people.undo_merge": _("võttis ühendamise tagasi"),
        "documents.store_document": _("lisas dokumendi"),
        "documents.replace_document": _("asendas dokumendi"),
        "documents.withdraw_document": _("tühistas dokumendi"),
    }


def _areas() -> dict[str, str]:
    """Give what the rooms of the house are called, for events without a sentence."""
    return {
        "people": _("inimese andmed"),
        "referrals": _("suunamised ja eemalolekud"),
        "plans": _("tegevusplaan"),
        "assessments": _("hindamised"),
        "delivery": _("tunnid ja päevad"),
        "documents": _("dokumendid"),
        "billing": _("arved"),
        "accounts": _("õigused"),
        "month_folder": _("sisse loetud andmed"),
        "interoperability": _("sisse loetud andmed"),
    }
