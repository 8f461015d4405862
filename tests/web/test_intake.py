"""Taking people in: decisions, offers, stages, and moving on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_licence, make_place, make_referral, store
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.people.actions import Agreement, give_consent
from tugiplaan.people.models import Person
from tugiplaan.referrals.models import (
    Handover,
    OfferAnswer,
    PlaceOffer,
    Referral,
    StayDay,
    Transfer,
)

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
_LIST, _PERSON, _SAVE = 14, 22, 46
# Saving is two acts in one, a newcomer and their decision, each with its event and its checks.


class Room:
    """A house with a licensed place and those who take people in."""

    def __init__(self) -> None:
        self.provider = make_provider()
        self.at = f"/{self.provider.pk}/intake"
        self.manager = make_user("Malle Maa", "service_manager", self.provider)
        self.place = make_place(self.provider)
        make_licence(self.place, service="KE")

    def referral(self, code: str = "P1", **values: Any) -> Referral:
        return make_referral(make_person(self.provider, code), f"S-{code}", **values)

    def decision(self, **values: Any) -> dict[str, Any]:
        return {
            "first_name": "Õie",
            "last_name": "Õun",
            "birth_date": "1990-03-04",
            "code": "SO-7",
            "issued_on": "2026-06-01",
            "service": "KE:",
            "valid_from": "2026-07-01",
            "valid_to": "2028-06-30",
            "purpose": "Elada kogukonnas.",
            "contribution": "Toit ja majutus.",
            "planned_volume": "30",
            "volume_unit": "oop_month",
            "place_id": str(self.place.pk),
            "wish": "check",
            **values,
        }


@pytest.fixture
def room() -> Room:
    return Room()


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_decision_is_checked_and_then_kept(enter: Enter, room: Room) -> None:
    client = enter(room.manager)
    assert "Kontrolli" in _text(client.get(f"{room.at}/new/"))
    checked = client.post(f"{room.at}/new/", room.decision())
    assert checked.status_code == 200
    text = _text(checked)
    assert "Kontrollitud, aga veel salvestamata" in text
    assert ": vaata üle" not in text
    assert not Referral.objects.exists()
    assert not Person.objects.exists()
    kept = client.post(f"{room.at}/new/", room.decision(wish="keep", seen=""))
    referral = Referral.objects.get()
    assert kept.headers["Location"] == f"{room.at}/{referral.pk}/"
    page = _text(client.get(kept.headers["Location"]))
    assert "Õie Õun" in page
    assert "Paku kohta" in page
    names = [one.name for one in events_about(room.provider.pk, referral.person_id)]
    assert "web.intake_one" in names
    assert list(faults()) == []


def test_what_is_unusual_is_looked_at_before_it_is_kept(enter: Enter, room: Room) -> None:
    client = enter(room.manager)
    bare = {"purpose": "", "planned_volume": "", "volume_unit": "", "valid_to": "2032-12-31"}
    unseen = client.post(f"{room.at}/new/", room.decision(**bare, wish="keep", seen=""))
    assert unseen.status_code == 422
    assert "Vaata enne üle" in _text(unseen)
    assert not Referral.objects.exists()
    text = _text(client.post(f"{room.at}/new/", room.decision(**bare)))
    assert "Suunamisotsusest puudub" in text
    assert 'value="incomplete term"' in text
    kept = client.post(
        f"{room.at}/new/", room.decision(**bare, wish="keep", seen="incomplete term nonsense")
    )
    assert kept.status_code == 302
    assert "Suunamisotsusest puudub" in _text(client.get(kept.headers["Location"]))


def test_what_the_decision_does_not_say_is_told_and_stops_nothing(enter: Enter, room: Room) -> None:
    client = enter(room.manager)
    bare = room.decision(contribution="")
    text = _text(client.post(f"{room.at}/new/", bare))
    assert "ei ole kirjas: omaosaluse tasumise tingimus (SHS § 71(2)–(3))" in text
    assert "inimese kontaktandmed" not in text, "the form of a newcomer does not ask for them"
    assert 'value="incomplete' not in text, "nothing is to be accepted"
    assert client.post(f"{room.at}/new/", bare | {"wish": "keep", "seen": ""}).status_code == 302
    referral = Referral.objects.get()
    page = f"{room.at}/{referral.pk}/"
    for part in ("inimese kontaktandmed", "omaosaluse tasumise tingimus"):
        assert f"{part} (SHS § 71(2)–(3))" in _text(client.get(page))
    with acting(by=operator(), name="test.phone", provider_id=room.provider.pk):
        Person.objects.filter(pk=referral.person_id).update(phone="5000 0000")
        Referral.objects.filter(pk=referral.pk).update(contribution="Toit ja majutus.")
    text = _text(client.get(page))
    assert "kirja panemata" not in text
    assert "Toit ja majutus." in text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"valid_to": "2026-06-30"}, "enne, kui algab"),
        ({"birth_date": "2010-01-01"}, "SHS §§ 88"),
        ({"valid_to": "2040-01-01"}, "70"),
        ({"issued_on": "2026-06-16"}, "tulevikus"),
        ({"service": "OEH:KM"}, "kohtumääruse andmeid"),
        ({"first_name": ""}, "Vali inimene nimekirjast"),
        ({"volume_unit": ""}, "mida maht loendab"),
        ({"identifier": "12345"}, "Isikukood"),
    ],
)
def test_a_decision_that_cannot_be_keeps_what_was_typed(
    enter: Enter, room: Room, values: dict[str, str], sentence: str
) -> None:
    client = enter(room.manager)
    for wish in ("check", "keep"):
        answer = client.post(f"{room.at}/new/", room.decision(**values, wish=wish))
        assert answer.status_code == 422
        assert sentence in _text(answer)
        assert 'value="SO-7"' in _text(answer)
    assert not Referral.objects.exists()
    assert not Person.objects.exists()


def test_somebody_who_is_here_is_chosen(enter: Enter, room: Room) -> None:
    client, person = enter(room.manager), make_person(room.provider)
    chosen = {"person": str(person.pk), "first_name": "", "last_name": "", "birth_date": ""}
    assert "selected" in _text(client.get(f"{room.at}/new/?person={person.pk}"))
    kept = client.post(f"{room.at}/new/", room.decision(**chosen, wish="keep"))
    assert kept.status_code == 302
    assert Referral.objects.get().person == person


def test_an_offer_is_made_answered_and_mended(enter: Enter, room: Room) -> None:
    client, referral = enter(room.manager), room.referral()
    offer_at, page_at = f"{room.at}/{referral.pk}/offer/", f"{room.at}/{referral.pk}/"
    asked = {"place": str(room.place.pk), "offered_on": "2026-06-08"}
    early = client.post(offer_at, asked | {"offered_on": "2025-01-01"})
    assert early.status_code == 422
    assert "enne otsust" in _text(early)
    assert client.post(offer_at, asked).status_code == 302
    text = _text(client.get(page_at))
    assert "vastus hiljemalt 22.06.2026 (7 päeva pärast)" in text
    assert "Ootame vastust kohapakkumisele" in _text(client.get(f"{room.at}/"))
    offer = PlaceOffer.objects.get()
    answer_at = f"{room.at}/offer/{offer.pk}/"
    refused = {"answer": "refused", "answered_on": "2026-06-10", "reason": ""}
    assert "miks inimene loobus" in _text(client.post(answer_at, refused))
    assert client.post(answer_at, refused | {"reason": "Kaugel."}).status_code == 302
    again = client.post(answer_at, refused | {"reason": "Kaugel."})
    assert again.status_code == 422
    assert "juba vastatud" in _text(again)
    answer = OfferAnswer.objects.get()
    cancel_at = f"{room.at}/answer/{answer.pk}/cancel/"
    assert "Loobus mõjuva põhjuseta".lower() in _text(client.get(cancel_at)).lower()
    assert client.post(cancel_at, {"why": "vale inimene"}).status_code == 302
    assert client.post(f"{room.at}/offer/{offer.pk}/cancel/", {"why": "viga"}).status_code == 302
    assert "Kohta ei ole veel pakutud" in _text(client.get(page_at))
    assert list(faults()) == []


def test_the_stages_say_what_is_next_and_by_when(enter: Enter, room: Room) -> None:
    client, referral = enter(room.manager), room.referral(place=room.place)
    page_at = f"{room.at}/{referral.pk}/"
    assert "Paku kohta või lepi algus kokku" in _text(client.get(page_at))
    day = date(2026, 6, 12)
    agreed = StayDay(provider=room.provider, referral=referral, kind="agreed", day=day)
    store(room.provider, [agreed])
    text = _text(client.get(page_at))
    assert "Ootame saabumist: 18.06.2026 (3 päeva pärast)" in text
    assert "Mis päevani võib tulla" in text
    arrived = StayDay(provider=room.provider, referral=referral, kind="arrived", day=TODAY)
    store(room.provider, [arrived])
    text = _text(client.get(page_at))
    assert "Teenusel, tähtaeg 31.12.2026" in text
    assert "Läheb teise teenuseosutaja juurde" in text
    ended = StayDay(
        provider=room.provider, referral=referral, kind="ended", day=TODAY, reason="moved"
    )
    store(room.provider, [ended])
    assert "Teenus lõppes 15.06.2026" in _text(client.get(page_at))


def test_somebody_moves_on_with_a_consent_and_a_pack(enter: Enter, room: Room) -> None:
    client, referral = enter(room.manager), room.referral()
    change_at = f"{room.at}/{referral.pk}/transfer/"
    assert "pane see enne kirja" in _text(client.get(change_at))
    agreement = Agreement("Teenuseosutaja vahetus", "Toimik", "Mari", date(2026, 6, 1))
    consent = give_consent(person=referral.person, agreement=agreement, by=room.manager, on=TODAY)
    told = {"to_provider": "Uus OÜ", "moves_on": "2026-07-01", "consent": str(consent.pk)}
    assert client.post(change_at, told | {"consent": ""}).status_code == 422
    assert client.post(change_at, told).status_code == 302
    transfer = Transfer.objects.get()
    paper_at = (
        f"/{room.provider.pk}/people/{referral.person_id}/papers/make/"
        f"?kind=transfer&amp;about={consent.pk}"
    )
    assert paper_at in _text(client.get(f"{room.at}/{referral.pk}/"))
    opened = client.get(paper_at.replace("&amp;", "&"))
    assert opened.status_code == 200
    assert "Üleandmine teisele teenuseosutajale" in _text(opened)
    pack_at = f"{room.at}/transfer/{transfer.pk}/"
    pack = {"handed_on": "2026-06-15", "to_whom": "Jüri Juht", "content": "Plaan"}
    assert "tulevikus" in _text(client.post(pack_at, pack | {"handed_on": "2026-06-16"}))
    assert client.post(pack_at, pack).status_code == 302
    assert Handover.objects.count() == 1
    text = _text(client.get(f"{room.at}/{referral.pk}/"))
    assert "15.06.2026: Jüri Juht" in text
    refused = client.post(f"{room.at}/transfer/{transfer.pk}/cancel/", {"why": "ei"})
    assert "juba üle antud" in _text(refused)


def test_only_who_takes_people_in_sees_the_pages(enter: Enter, room: Room) -> None:
    referral = room.referral()
    worker = make_user("Anu Abi", "activity_supervisor", room.provider)
    assert enter(worker).get(f"{room.at}/").status_code == 403
    director = make_user("Jüri Juht", "director", room.provider)
    assert enter(director).get(f"{room.at}/").status_code == 200
    other = make_provider("Teine OÜ")
    stranger = enter(make_user("Võõras Vaht", "service_manager", other))
    assert stranger.get(f"{room.at}/{referral.pk}/").status_code == 404
    for path in ("", "offer/", "transfer/"):
        address = f"/{other.pk}/intake/{referral.pk}/{path}"
        assert stranger.get(address).status_code == 404
        assert path == "" or stranger.post(address, {}).status_code == 404


@pytest.mark.parametrize("address", ["", "new/", "one", "save"])
def test_a_page_costs_as_much_for_one_as_for_twenty(enter: Enter, room: Room, address: str) -> None:
    client, counts = enter(room.manager), []
    first = room.referral("P000", place=room.place)
    for more in (0, 19):
        for number in range(more):
            room.referral(f"P{number + 1:03d}", place=room.place)
        with CaptureQueriesContext(connection) as asked:
            if address == "save":
                values = room.decision(code=f"SO-{more}", first_name=f"Ave{more}", wish="keep")
                assert client.post(f"{room.at}/new/", values).status_code == 302
            else:
                path = f"{first.pk}/" if address == "one" else address
                assert client.get(f"{room.at}/{path}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= {"": _LIST, "new/": _LIST, "one": _PERSON, "save": _SAVE}[address]
