"""Absences, arrivals, ends and moves on their pages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import TODAY, make_provider, make_user
from tests.referrals.rows import close_month, make_place
from tests.web.house import House
from tugiplaan.accounts.access import User
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.people.models import Person
from tugiplaan.referrals.models import Absence, Confirmation, Move, StayDay

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


@pytest.fixture
def house() -> House:
    return House()


def absent(house: House, client: Client, person: Person, **values: Any) -> Any:
    data = {
        "referral": str(house.referrals[person].pk),
        "kind": "hospital",
        "first_day": "2026-06-02",
        "last_day": "2026-06-10",
        "learned_on": "2026-06-02",
        **values,
    }
    return client.post(f"{house.at}/house/absence/{person.pk}/", data)


def test_an_absence_is_recorded_corrected_and_cancelled(enter: Enter, house: House) -> None:
    client, person = enter(house.worker), house.persons[0]
    assert "Maasikas P0" in client.get(f"{house.at}/house/absence/{person.pk}/").content.decode()
    assert absent(house, client, person).status_code == 302
    row = Absence.objects.get()
    stay = client.get(f"{house.at}/house/stay/{person.pk}/").content.decode()
    assert "02.06.2026–10.06.2026" in stay
    path = f"{house.at}/house/absence/row/{row.pk}/"
    assert 'value="2026-06-10"' in client.get(path).content.decode()
    data = {"kind": "absent", "first_day": "2026-06-02", "last_day": "2026-06-04", "why": "koju"}
    assert client.post(path, data | {"why": ""}).status_code == 422
    assert client.post(path, data).status_code == 302
    (fixed,) = Absence.objects.current()
    assert (fixed.kind, fixed.last_day) == ("absent", date(2026, 6, 4))
    client.post(f"{house.at}/house/absence/row/{fixed.pk}/cancel/", {"why": "oli kohal"})
    assert not Absence.objects.current().exists()
    names = [one.name for one in events_about(house.provider.pk, person.pk)]
    assert "web.stay" in names
    assert list(faults()) == []


def test_an_absence_that_cannot_be_keeps_what_was_typed(enter: Enter, house: House) -> None:
    answer = absent(house, enter(house.worker), house.persons[0], last_day="2026-06-01")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "enne esimest" in text
    assert 'value="2026-06-01"' in text
    assert not Absence.objects.exists()


def test_an_invoiced_month_asks_why(enter: Enter, house: House) -> None:
    close_month(house.provider, 202606, "issued")
    client, person = enter(house.worker), house.persons[0]
    answer = absent(house, client, person)
    assert answer.status_code == 422
    assert "põhjus" in answer.content.decode()
    assert absent(house, client, person, why="teatas hiljem").status_code == 302


def test_the_chip_tells_what_days_away_would_pay(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    asked = {
        "referral": str(house.referrals[house.persons[0]].pk),
        "kind": "absent",
        "first_day": "2026-06-02",
        "last_day": "2026-06-10",
    }
    path = f"{house.at}/house/absence/chip/"
    assert "chip" in client.get(path, asked).content.decode()
    assert client.get(path, asked | {"last_day": ""}).content.decode().strip() == ""
    assert not Absence.objects.exists()


def test_somebody_awaited_arrives(enter: Enter, house: House) -> None:
    person = house.resident("P7", has_come=False)
    client, referral = enter(house.worker), house.referrals[person]
    agreed = {"referral": str(referral.pk), "day": TODAY.isoformat()}
    assert client.post(f"{house.at}/house/agreed/", agreed).status_code == 302
    late = agreed | {"day": "2026-06-20"}
    answer = client.post(f"{house.at}/house/arrival/{person.pk}/", late)
    assert answer.status_code == 422
    assert "tulevikus" in answer.content.decode()
    assert client.post(f"{house.at}/house/arrival/{person.pk}/", agreed).status_code == 302
    rows = StayDay.objects.filter(referral=referral).order_by("kind")
    assert [row.kind for row in rows] == ["agreed", "arrived"]
    path = f"{house.at}/house/day/{rows[1].pk}/"
    assert client.post(path, {"day": "2026-06-14", "why": "tuli varem"}).status_code == 302
    (fixed,) = StayDay.objects.filter(referral=referral, kind="arrived").current()
    assert fixed.day == date(2026, 6, 14)
    client.post(f"{house.at}/house/day/{fixed.pk}/cancel/", {"why": "ei tulnudki"})
    assert not StayDay.objects.filter(referral=referral, kind="arrived").current().exists()


def test_somebody_leaves_with_a_reason_and_it_is_corrected(enter: Enter, house: House) -> None:
    client, person = enter(house.worker), house.persons[0]
    data = {"referral": str(house.referrals[person].pk), "day": "2026-06-12", "reason": "moved"}
    path = f"{house.at}/house/leaving/{person.pk}/"
    assert client.post(path, data | {"reason": ""}).status_code == 422
    assert client.post(path, data).status_code == 302
    row = StayDay.objects.get(kind="ended")
    fix = {"day": "2026-06-13", "reason": "person_wish", "why": "lahkus päev hiljem"}
    assert client.post(f"{house.at}/house/day/{row.pk}/", fix).status_code == 302
    (fixed,) = StayDay.objects.filter(kind="ended").current()
    assert (fixed.day, fixed.reason) == (date(2026, 6, 13), "person_wish")


def test_somebody_moves_to_another_place(enter: Enter, house: House) -> None:
    client, person = enter(house.worker), house.persons[0]
    there = make_place(house.provider, "K2")
    data = {"referral": str(house.referrals[person].pk), "place": str(there.pk)}
    answer = client.post(f"{house.at}/house/moving/", data | {"day": "2026-06-10"})
    assert answer.status_code == 302
    row = Move.objects.get()
    assert "Kodu K2" in client.get(f"{house.at}/house/stay/{person.pk}/").content.decode()
    client.post(f"{house.at}/house/move/{row.pk}/cancel/", {"why": "jäi siia"})
    assert not Move.objects.current().exists()


def test_a_missing_confirmation_is_told_and_recorded(enter: Enter, house: House) -> None:
    client, person = enter(house.worker), house.persons[0]
    absent(house, client, person, first_day="2026-03-02", last_day="2026-06-14")
    text = client.get(f"{house.at}/house/absences/").content.decode()
    assert "Haigla kinnitused, mis on puudu" in text
    data = {
        "referral": str(house.referrals[person].pk),
        "period": "202603",
        "received_on": "2026-06-01",
    }
    answer = client.post(f"{house.at}/house/confirmation/{person.pk}/", data)
    assert answer.status_code == 302
    row = Confirmation.objects.get()
    client.post(f"{house.at}/house/confirmation/{row.pk}/cancel/", {"why": "vale kuu"})
    assert not Confirmation.objects.current().exists()


def test_whose_stays_one_may_not_change_one_does_not_find(enter: Enter, house: House) -> None:
    stranger = house.resident("P9", is_mine=False)
    client = enter(house.worker)
    for path in ("absence", "leaving", "moving", "stay", "confirmation"):
        assert client.get(f"{house.at}/house/{path}/{stranger.pk}/").status_code == 404
    absent(house, enter(house.manager), stranger)
    row = Absence.objects.get()
    assert client.get(f"{house.at}/house/absence/row/{row.pk}/").status_code == 404
    other = make_provider("Teine OÜ")
    client = enter(make_user("Kalle Kask", "service_manager", other))
    assert client.get(f"/{other.pk}/house/absence/row/{row.pk}/").status_code == 404


def test_who_lacks_the_right_is_told_who_has_it(enter: Enter, house: House) -> None:
    client = enter(house.make("Aet Arve", "accountant"))
    answer = client.get(f"{house.at}/house/absence/")
    assert answer.status_code == 403
    assert "tegevusjuhendaja" in answer.content.decode()
    text = client.get(f"{house.at}/house/stay/{house.persons[0].pk}/").content.decode()
    assert "paneb kirja tegevusjuhendaja" in text
