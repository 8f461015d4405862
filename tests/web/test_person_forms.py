"""Registering people, mending what is known of them, who is around them, what they agree to."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.cast import make_person, make_user
from tests.plans.room import Room
from tugiplaan.accounts.access import User
from tugiplaan.audit.queries import faults
from tugiplaan.people.models import Consent, NetworkMember, Person, Representative

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

NEW = {"first_name": "Õie", "last_name": "Õispuu", "birth_date": "1990-04-03"}


def at(room: Room, path: str) -> str:
    return f"/{room.provider.pk}/people/{path}"


def test_a_person_is_registered_and_opened(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    answer = client.post(at(room, "register/"), NEW)
    person = Person.objects.get(last_name="Õispuu")
    assert answer.headers["Location"] == at(room, f"{person.pk}/")
    assert "Õie Õispuu on kirjas." in client.get(answer.headers["Location"]).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(enter: Enter) -> None:
    room = Room()
    answer = enter(room.manager).post(at(room, "register/"), NEW | {"identifier": "49004030000"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "kontrollnumber ei klapi" in text
    assert "Midagi ei salvestatud." in text
    assert 'value="Õispuu"' in text
    assert not Person.objects.filter(last_name="Õispuu").exists()


def test_a_supervisor_may_not_register(enter: Enter) -> None:
    room = Room()
    assert enter(room.supervisor).get(at(room, "register/")).status_code == 403
    assert enter(room.supervisor).post(at(room, "register/"), NEW).status_code == 403


def test_an_identity_is_corrected_with_a_reason(enter: Enter) -> None:
    room = Room()
    client, address = enter(room.manager), at(room, f"{room.person.pk}/identity/")
    assert 'value="Maasikas P1"' in client.get(address).content.decode()
    sent = {"first_name": "Mari", "last_name": "Metsmaasikas", "birth_date": "1980-05-17"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"why": "abiellus"}).status_code == 302
    room.person.refresh_from_db()
    assert room.person.last_name == "Metsmaasikas"
    assert room.person.code == "P1"


def test_contacts_are_changed(enter: Enter) -> None:
    room = Room()
    client, address = enter(room.manager), at(room, f"{room.person.pk}/contact/")
    bad = client.post(address, {"phone": "helista", "email": "", "address": "", "language": ""})
    assert bad.status_code == 422
    assert "on muud kui numbrid" in bad.content.decode()
    client.post(address, {"phone": "+372 5123 4567", "language": "ru"})
    assert 'href="tel:+37251234567"' in client.get(at(room, f"{room.person.pk}/")).content.decode()


def test_who_speaks_for_the_person_comes_and_goes(enter: Enter) -> None:
    room = Room()
    client, circle = enter(room.manager), at(room, f"{room.person.pk}/circle/")
    sent = {"kind": "guardian", "name": "Aino Aas", "valid_from": "2026-01-01", "basis": "määrus"}
    assert client.post(circle + "speakers/add/", sent).status_code == 302
    row = Representative.objects.get()
    assert "Aino Aas" in client.get(circle).content.decode()
    end = circle + f"speakers/{row.pk}/end/"
    early = client.post(end, {"last_day": "2025-01-01"})
    assert early.status_code == 422
    assert "lõpp ei saa olla enne seda" in early.content.decode()
    assert client.post(end, {"last_day": "2026-06-30", "why": ""}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == date(2026, 6, 30)


def test_the_network_comes_and_goes(enter: Enter) -> None:
    room = Room()
    client, circle = enter(room.manager), at(room, f"{room.person.pk}/circle/")
    sent = {"name": "Ema Emane", "role": "ema", "valid_from": "2026-01-01"}
    client.post(circle + "network/add/", sent)
    row = NetworkMember.objects.get()
    client.post(circle + f"network/{row.pk}/end/", {"last_day": "2026-06-01"})
    row.refresh_from_db()
    assert row.valid_to == date(2026, 6, 1)


def test_a_consent_is_given_and_taken_back(enter: Enter) -> None:
    room = Room()
    client, circle = enter(room.manager), at(room, f"{room.person.pk}/circle/")
    sent = {
        "purpose": "pildid",
        "scope": "Pildid asutuse lehel.",
        "given_by": "Mari Maasikas",
        "valid_from": "2026-01-01",
    }
    assert client.post(circle + "consents/add/", sent).status_code == 302
    again = client.post(circle + "consents/add/", sent)
    assert again.status_code == 422
    row = Consent.objects.get()
    client.post(circle + f"consents/{row.pk}/withdraw/", {"withdrawn_on": "2026-06-10"})
    row.refresh_from_db()
    assert row.withdrawn_on == date(2026, 6, 10)
    assert list(faults()) == []


def test_a_row_of_another_person_is_not_found(enter: Enter) -> None:
    room = Room()
    other = make_person(room.provider, "P2")
    client = enter(room.manager)
    sent = {"name": "Ema", "role": "ema", "valid_from": "2026-01-01"}
    client.post(at(room, f"{other.pk}/circle/network/add/"), sent)
    row = NetworkMember.objects.get()
    wrong = at(room, f"{room.person.pk}/circle/network/{row.pk}/end/")
    assert client.get(wrong).status_code == 404
    assert client.post(wrong, {"last_day": "2026-06-01"}).status_code == 404


def test_two_entries_of_one_person_are_merged(enter: Enter) -> None:
    room = Room()
    twin = make_person(room.provider, "P2")
    client, address = enter(room.manager), at(room, f"{room.person.pk}/merge/")
    assert client.post(address, {"other": "P9", "why": "sama"}).status_code == 422
    assert client.post(address, {"other": "p2", "why": "sama"}).status_code == 302
    twin.refresh_from_db()
    assert twin.merged_into_id == room.person.pk


@pytest.mark.parametrize("path", ["identity/", "contact/", "merge/", "circle/consents/add/"])
def test_who_only_reads_is_told_who_may(path: str, enter: Enter) -> None:
    room = Room()
    user = make_user("Aita Arve", "accountant", room.provider)
    answer = enter(user).get(at(room, f"{room.person.pk}/{path}"))
    assert answer.status_code == 403
    assert "teenusejuht" in answer.content.decode()
