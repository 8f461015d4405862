"""The waiting list and the table of decisions on their pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import make_person, make_provider, make_user
from tests.referrals.rows import close_month
from tests.web.test_intake import Room, _text
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person
from tugiplaan.providers.models import Place
from tugiplaan.referrals.models import PlaceOffer, Referral, Waiting, WaitingEvent

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
_LIST = 14
_HEAD = "Otsuse number;Inimene;Eesnimi;Perekonnanimi;Sünniaeg;Teenus;Otsuse kuupäev;Alates;Kuni"
_GOOD = "SO-1;;Õie;Õun;04.03.1990;KE;01.06.2026;01.07.2026;30.06.2028"


@pytest.fixture
def room() -> Room:
    return Room()


def turn(person: Person, **values: Any) -> dict[str, Any]:
    return {
        "person": str(person.pk),
        "service": "KE",
        "county": "Viljandimaa",
        "since": "2026-02-02",
        "group": "",
        "group_reason": "",
        **values,
    }


def enlist(client: Client, room: Room, code: str, **values: Any) -> Waiting:
    person = make_person(room.provider, code)
    sent = client.post(f"{room.at}/waiting/add/", turn(person, **values))
    assert sent.status_code == 302, _text(sent)
    return Waiting.objects.get(person=person)


def test_the_list_says_who_is_where_and_why(enter: Enter, room: Room) -> None:
    client = enter(room.manager)
    assert "Praegu ei oota keegi" in _text(client.get(f"{room.at}/waiting/"))
    enlist(client, room, "P1")
    enlist(client, room, "P2", since="2026-05-05", group="2", group_reason="Vanem suri")
    text = _text(client.get(f"{room.at}/waiting/"))
    assert "2 inimest ootab kohta" in text
    listed = text[text.index("Viljandimaa") :]
    assert listed.index("Maasikas P2") < listed.index("Maasikas P1")
    assert "eelisjärjekorra rühm 2: Vanem suri. Siis otsus 05.05.2026" in text
    assert "vabu kohti ei ole" in text
    assert list(faults()) == []


def test_free_places_of_the_county_stand_beside_the_list(enter: Enter, room: Room) -> None:
    with acting(by=operator(), name="test.move_place", provider_id=room.provider.pk):
        Place.objects.filter(pk=room.place.pk).update(county="viljandimaa")
    client = enter(room.manager)
    first = enlist(client, room, "P1")
    text = _text(client.get(f"{room.at}/waiting/"))
    assert "10 vaba kohta" in text
    assert f"waiting/{first.pk}/offer/" in text


def test_a_turn_that_cannot_be_keeps_what_was_typed(enter: Enter, room: Room) -> None:
    client, person = enter(room.manager), make_person(room.provider)
    answer = client.post(f"{room.at}/waiting/add/", turn(person, group="3"))
    assert answer.status_code == 422
    assert "Kirjuta, miks inimene kuulub" in _text(answer)
    assert 'value="Viljandimaa"' in _text(answer)
    assert not Waiting.objects.exists()


def test_a_story_is_told_so_that_the_order_can_be_explained(enter: Enter, room: Room) -> None:
    client = enter(room.manager)
    one = enlist(client, room, "P1")
    page_at = f"{room.at}/waiting/{one.pk}/"
    told = {"kind": "unreachable", "day": "2026-06-15", "reason": "Ei vasta", "group": ""}
    short = client.post(f"{page_at}note/", told | {"tried_from": "2026-06-10"})
    assert "5 tööpäeva" in _text(short)
    assert client.post(f"{page_at}note/", told | {"tried_from": "2026-06-05"}).status_code == 302
    offer = {"place": str(room.place.pk), "offered_on": "2026-06-15"}
    assert client.post(f"{page_at}offer/", offer).status_code == 302
    text = _text(client.get(page_at))
    assert "Ei saadud kätte, püüti alates 05.06.2026" in text
    assert "Pakuti kohta: Kodu K1" in text
    assert "vastus hiljemalt 01.07.2026" in text
    names = [row.name for row in events_about(room.provider.pk, one.person_id)]
    assert "web.waiter" in names
    event = WaitingEvent.objects.get()
    cancel_at = f"{room.at}/waiting/event/{event.pk}/cancel/"
    assert client.post(cancel_at, {"why": "Vastas ikka"}).status_code == 302
    assert "Ei saadud kätte" not in _text(client.get(page_at))
    answer_at = f"{room.at}/offer/{PlaceOffer.objects.get().pk}/"
    said = {"answer": "refused", "answered_on": "2026-06-15", "reason": "Ei soovi"}
    sent = client.post(answer_at, said)
    assert sent.headers["Location"] == page_at
    assert "enam ei oota" in _text(client.get(page_at))
    assert "Praegu ei oota keegi" in _text(client.get(f"{room.at}/waiting/"))
    assert list(faults()) == []


def test_a_grant_for_a_place_does_not_open_the_whole_list(enter: Enter, room: Room) -> None:
    one = enlist(enter(room.manager), room, "P1")
    local = make_user("Kohalik", "service_manager", room.provider, place=room.place)
    client = enter(local)
    for path in ("", "add/", f"{one.pk}/"):
        assert client.get(f"{room.at}/waiting/{path}").status_code == 403
    assert client.get(f"{room.at}/waiting/{one.pk}/note/").status_code == 404
    other = make_provider("Teine OÜ")
    stranger = enter(make_user("Võõras Vaht", "service_manager", other))
    for path in ("", "note/", "offer/"):
        assert stranger.get(f"/{other.pk}/intake/waiting/{one.pk}/{path}").status_code == 404


def test_the_list_costs_as_much_for_one_as_for_twenty(enter: Enter, room: Room) -> None:
    client, counts = enter(room.manager), []
    enlist(client, room, "P000")
    for more in (0, 19):
        for number in range(more):
            enlist(client, room, f"P{number + 1:03}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{room.at}/waiting/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= _LIST


def upload(client: Client, room: Room, *rows: str) -> Any:
    data = "\n".join([_HEAD, *rows]).encode()
    file = SimpleUploadedFile("otsused.csv", data, "text/csv")
    return client.post(f"{room.at}/table/", {"file": file})


def keep(client: Client, room: Room, *rows: str) -> Any:
    table = "\n".join([_HEAD, *rows])
    return client.post(f"{room.at}/table/", {"table": table, "wish": "keep"})


def test_a_table_is_looked_through_and_taken_in_once(enter: Enter, room: Room) -> None:
    client, person = enter(room.manager), make_person(room.provider)
    known = f"SO-2;{person.code};;;;igapäevaelu toetamine;2026-06-01;2026-07-01;2028-06-30"
    text = _text(upload(client, room, _GOOD, known.replace("igapäevaelu toetamine", "IET")))
    assert "Uusi: 2. Juba olemas: 0. Vigaseid: 0." in text
    assert "Õie Õun" in text
    assert "Uus, vaata üle" in text
    assert not Referral.objects.exists()
    rows = (_GOOD, known.replace("igapäevaelu toetamine", "IET"))
    assert keep(client, room, *rows).status_code == 302
    assert Referral.objects.count() == 2
    again = keep(client, room, *rows)
    assert again.status_code == 422
    assert "kõik on juba kirjas" in _text(again)
    assert "Juba olemas: 2" in _text(upload(client, room, *rows))
    assert Referral.objects.count() == 2
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (_GOOD.replace("KE", "XX"), "Veerg „Teenus“: leitud „XX“"),
        (_GOOD.replace("01.06.2026", "eile"), "leitud „eile“, oodatakse päeva"),
        (_GOOD.replace("SO-1", ""), "Veerg „Otsuse number“: ei leitud midagi"),
        (_GOOD.replace("04.03.1990", ""), "uue inimese nime ja sünniaega"),
        (_GOOD.replace("30.06.2028", "30.06.2026"), "enne, kui algab"),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_kept(
    enter: Enter, room: Room, row: str, sentence: str
) -> None:
    client = enter(room.manager)
    other = _GOOD.replace("SO-1", "SO-9")
    text = _text(upload(client, room, row, other))
    assert sentence in text
    assert "Vigaseid: 1" in text
    kept = keep(client, room, row, other)
    assert kept.status_code == 422
    assert "Paranda need failis" in _text(kept)
    assert not Referral.objects.exists()
    assert not Person.objects.exists()


def test_a_table_without_its_columns_is_refused(enter: Enter, room: Room) -> None:
    client = enter(room.manager)
    answer = client.post(f"{room.at}/table/", {"pasted": "Nimi;Teenus\nMari;KE"})
    assert answer.status_code == 422
    assert "Tabelist puuduvad veerud: Otsuse number" in _text(answer)
    assert client.post(f"{room.at}/table/", {}).status_code == 422


def test_a_decision_from_an_invoiced_month_asks_why(enter: Enter, room: Room) -> None:
    client = enter(room.manager)
    close_month(room.provider, 202607, "issued")
    text = _text(upload(client, room, _GOOD))
    assert "on juba arveldatud" in text
    assert "kirjuta põhjus ja vaata uuesti läbi" in text
    table = {"table": "\n".join([_HEAD, _GOOD]), "why": "Otsus tuli hilja"}
    looked = _text(client.post(f"{room.at}/table/", table))
    assert "Võta vastu 1 otsus" in looked
    assert 'value="Otsus tuli hilja"' in looked
    assert client.post(f"{room.at}/table/", table | {"wish": "keep"}).status_code == 302
    assert Referral.objects.count() == 1


def test_two_of_a_name_are_told_apart_by_their_code(enter: Enter, room: Room) -> None:
    client = enter(room.manager)
    for code in ("A1", "A2"):
        make_person(room.provider, code, first_name="Õie", last_name="Õun")
    assert "ühe inimese isikukoodi või koodi" in _text(upload(client, room, _GOOD))
    assert keep(client, room, _GOOD.replace(";;Õie", ";A2;Õie")).status_code == 302
    assert Referral.objects.get().person.code == "A2"
