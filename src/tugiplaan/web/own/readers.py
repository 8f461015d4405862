"""Who read my data, and who wrote them: events told in plain sentences, by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.insight.queries import OwnEvent, own_events
from tugiplaan.people.queries import Person
from tugiplaan.web.desk import home_day
from tugiplaan.web.own.room import OwnPage

_MINE = "web.my_"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody did on a day, in words, and how many times."""

    who: str
    text: str
    times: int
    is_reading: bool


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day with what was done on it."""

    day: date
    told: tuple[Told, ...]


class MyReaders(OwnPage):
    """Each day, the latest first: who read and who wrote about the person."""

    permission = "audit.read"
    template = "web/own/readers.html"

    def look(self, person: Person) -> dict[str, Any]:
        events = own_events(person=person, by=self.desk.user, on=self.desk.day)
        only = self.request.GET.get("only", "")
        shown = [one for one in events if only != "read" or is_reading(one.name)]
        own = self.desk.user
        people = {one.by_id for one in events if is_reading(one.name) and one.by_id != own.pk}
        return {
            "section": "my_readers",
            "days": list(days_told(shown, own.pk)),
            "readers": len(people),
            "only": only,
        }

    def persons_read(self, shown: dict[str, Any]) -> Iterable[Any]:  # noqa: ARG002
        # Looking at who looked is no reading of the record itself.
        return ()


def days_told(events: Iterable[OwnEvent], own: Any) -> Iterable[DayTold]:
    """Tell events by day; equal ones of a day together."""
    for day, of_day in groupby(events, key=lambda one: home_day(one.at)):
        counts: dict[tuple[str, str, bool], int] = {}
        for one in of_day:
            who = _("Sinu konto") if one.by_id == own else one.by_name or _("Keegi meie asutusest")
            key = (who, sentence(one.name), is_reading(one.name))
            counts[key] = counts.get(key, 0) + 1
        yield DayTold(
            day, tuple(Told(who, text, times, read) for (who, text, read), times in counts.items())
        )


def is_reading(name: str) -> bool:
    """Say whether an event is a reading: of a page, or of a record that keeps its own account."""
    return name.startswith("web.") or name in _readings()


def sentence(name: str) -> str:
    """Say in plain words what an event was."""
    pages = _pages()
    if name.startswith("web."):
        page = name.removeprefix("web.")
        best = max((one for one in pages if page.startswith(one)), key=len, default="")
        return pages.get(best) or _("vaatas sinu andmeid")
    app, _dot, _verb = name.partition(".")
    return (
        _readings().get(name) or _acts().get(name) or _apps().get(app) or _("muutis sinu andmeid")
    )


def _pages() -> dict[str, str]:
    """By the beginning of the name of a page."""
    return {
        "my_plan": _("vaatas sinu plaani sinu enda lehel"),
        "my_month": _("vaatas sinu kuud sinu enda lehel"),
        "funder": _("vaatas sinu tunde ja raha, sest maksab selle abi eest"),
        "overview": _("võttis kaasa tabeli, kus on ka sinu tunnid"),
        "person": _("vaatas sinu lehte"),
        "person_plan": _("luges sinu plaani"),
        "person_plan_panel": _("luges sinu plaani"),
        "plan_changes": _("luges sinu plaani"),
        "person_month": _("vaatas sinu kuud"),
        "person_assessments": _("luges sinu hinnanguid"),
        "month": _("vaatas sinu kuu arvestust"),
        "record": _("vaatas, mis on sinuga tehtu kohta kirjas"),
    }


def _readings() -> dict[str, str]:
    return {
        "people.card": _("vaatas sinu andmeid"),
        "delivery.narrative": _("luges sinu päeviku märkmeid"),
        "delivery.shift_diary": _("luges kodu päevikut"),
        "assessments.assessments": _("luges sinu hinnanguid"),
    }


def _acts() -> dict[str, str]:
    return {
        "delivery.record": _("pani kirja, mida te koos tegite"),
        "delivery.record_days": _("pani kirja sinu päevad"),
        "delivery.correct": _("parandas, mis on kirja pandud"),
        "delivery.cancel": _("tühistas, mis oli kirja pandud"),
        "delivery.write_narrative": _("kirjutas sinust märkme"),
        "delivery.report_incident": _("pani kirja juhtumi"),
        "delivery.start_isolation": _("pani kirja eraldamise"),
        "delivery.record_movement": _("pani kirja, kas oled kodus või väljas"),
        "delivery.open_session": _("pani kirja ühise tegevuse"),
        "plans.draft_plan": _("koostas sinu plaani"),
        "plans.new_version": _("tegi sinu plaanist uue versiooni"),
        "plans.agree_plan": _("kinnitas sinu plaani"),
        "plans.refuse_plan": _("pani kirja, et plaan ei sobi"),
        "plans.close_plan": _("lõpetas sinu plaani"),
        "plans.review_plan": _("hindas, kuidas plaan läheb"),
        "people.register": _("lisas sind meie inimeste hulka"),
        "people.change_contact": _("muutis sinu kontaktandmeid"),
        "people.give_consent": _("pani kirja sinu nõusoleku"),
        "people.withdraw_consent": _("pani kirja, et võtsid nõusoleku tagasi"),
        "people.add_representative": _("lisas sinu esindaja"),
        "people.add_network_member": _("lisas sulle lähedase inimese andmed"),
        "people.merge": _("pani sinu topelt andmed kokku"),
        "accounts.assign_caseload": _("määras, kes sinuga töötab"),
        "accounts.end_caseload": _("määras, kes sinuga enam ei tööta"),
        "accounts.grant": _("andis kellelegi õiguse sinu lehte vaadata"),
        "referrals.receive_referral": _("pani kirja sinu suunamisotsuse"),
        "referrals.offer_place": _("pakkus sulle kohta"),
        "referrals.answer_offer": _("pani kirja, mida sa kohapakkumisele vastasid"),
        "referrals.put_on_waiting_list": _("lisas sind ootajate nimekirja"),
        "referrals.agree_transfer": _("pani kirja, et lähed teise teenuseosutaja juurde"),
        "referrals.hand_over": _("andis sinu paberid uuele teenuseosutajale"),
        "referrals.agree_start": _("leppis kokku, millal teenus algab"),
        "referrals.record_arrival": _("pani kirja, et teenus algas"),
        "referrals.record_absence": _("pani kirja, et olid ära"),
        "referrals.end_stay": _("pani kirja, et teenus lõppes"),
    }


def _apps() -> dict[str, str]:
    return {
        "accounts": _("muutis, kes sinu andmeid näeb"),
        "people": _("muutis sinu andmeid"),
        "referrals": _("muutis sinu teenuse andmeid"),
        "assessments": _("hindas, millist abi vajad"),
        "plans": _("muutis sinu plaani"),
        "delivery": _("pani kirja midagi sinu kohta"),
        "documents": _("lisas või muutis sinu dokumenti"),
        "billing": _("arvestas sinu kuu arveid"),
    }
