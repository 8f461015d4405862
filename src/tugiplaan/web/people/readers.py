"""Who has read a person's records and what was done with them, told in sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from tugiplaan.accounts.queries import names_of_users
from tugiplaan.audit.queries import events_about
from tugiplaan.people.queries import Person
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
            events = events.filter(name__in=[*read_names()])
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
                is_reading=name in read_names(),
                times=len(rows),
            )
        )
    return found


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
        "web.person_network_work": _("vaatas võrgustikutööd"),
        "web.person_tasks": _("vaatas ülesandeid"),
        "web.person_summaries": _("vaatas kokkuvõtvaid hinnanguid"),
        "web.summary": _("luges kokkuvõtvat hinnangut"),
        "web.intake_one": _("vaatas suunamist"),
        "web.waiter": _("vaatas koha ootamise lugu"),
        "people.card": _("vaatas inimese andmeid"),
        "delivery.narrative": _("luges päeviku märkmeid"),
        "assessments.assessments": _("luges hindamisi"),
        "documents.read_document": _("avas dokumendi"),
    }


def _written() -> dict[str, str]:
    """Give what doings are called, by the name of their event."""
    return _about_people() | _about_work()


def _about_people() -> dict[str, str]:
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
        "referrals.receive_referral": _("lisas suunamise"),
        "referrals.offer_place": _("pakkus kohta"),
        "referrals.answer_offer": _("pani kirja vastuse kohapakkumisele"),
        "referrals.put_on_waiting_list": _("lisas ootajate nimekirja"),
        "referrals.note_waiting": _("pani kirja, mis ootamise ajal juhtus"),
        "referrals.agree_transfer": _("pani kirja teenuseosutaja vahetuse"),
        "referrals.hand_over": _("pani kirja üleandmispaki üleandmise"),
        "referrals.agree_start": _("leppis kokku teenuse alguse"),
        "referrals.record_arrival": _("märkis saabumise"),
        "referrals.end_stay": _("lõpetas teenuse"),
        "referrals.move": _("märkis kolimise"),
        "referrals.record_absence": _("lisas eemaloleku"),
        "referrals.correct_absence": _("parandas eemaloleku"),
        "referrals.cancel_absence": _("tühistas eemaloleku"),
        "referrals.record_confirmation": _("lisas haigla kinnituse"),
    }


def _about_work() -> dict[str, str]:
    return {
        "plans.draft_plan": _("koostas tegevusplaani"),
        "plans.new_version": _("tegi tegevusplaani uue versiooni"),
        "plans.agree_plan": _("märkis plaani kokkuleppe"),
        "plans.refuse_plan": _("märkis plaanist keeldumise"),
        "plans.close_plan": _("lõpetas plaani"),
        "plans.review_plan": _("kirjutas plaani hinnangu"),
        "plans.correct_review": _("parandas plaani hinnangut"),
        "plans.write_summary": _("kirjutas kokkuvõtva hinnangu"),
        "plans.approve_summary": _("kinnitas kokkuvõtva hinnangu"),
        "plans.record_summary_sent": _("märkis kokkuvõtva hinnangu saadetuks"),
        "plans.correct_summary": _("parandas kokkuvõtvat hinnangut"),
        "assessments.start_assessment": _("alustas hindamist"),
        "assessments.add_answers": _("lisas hindamise vastuseid"),
        "delivery.record": _("pani tunde või päevi kirja"),
        "delivery.record_days": _("pani päevi kirja"),
        "delivery.correct": _("parandas kirjet"),
        "delivery.cancel": _("tühistas kirje"),
        "delivery.record_contact": _("pani võrgustikutöö kirja"),
        "delivery.correct_contact": _("parandas võrgustikutööd"),
        "delivery.cancel_contact": _("tühistas võrgustikutöö"),
        "delivery.ask_specialist": _("küsis nõu väliselt spetsialistilt"),
        "delivery.record_consultation": _("pani konsultatsiooni kirja"),
        "delivery.give_task": _("andis ülesande"),
        "delivery.change_task": _("muutis ülesannet"),
        "delivery.finish_task": _("lõpetas ülesande"),
        "delivery.give_up_task": _("loobus ülesandest"),
        "delivery.write_narrative": _("kirjutas päevikusse"),
        "delivery.report_incident": _("kirjeldas juhtumit"),
        "delivery.start_isolation": _("märkis eraldamise alguse"),
        "delivery.record_movement": _("märkis väljas käimise"),
        "billing.bill_contributions": _("koostas omaosaluse arve"),
        "billing.record_contribution": _("märkis omaosaluse makse"),
        "billing.agree_contribution": _("leppis kokku omaosaluse"),
        "accounts.assign_caseload": _("määras töötaja"),
        "accounts.grant": _("andis õiguse"),
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
