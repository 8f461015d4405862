"""The house now: who is in and out, what waits, its buttons; and the shift diary."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import TODAY, make_provider, make_user
from tests.web.house import House
from tugiplaan.accounts.access import User
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.delivery.models import HandOver, Movement, ShiftNote

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


@pytest.fixture
def house() -> House:
    return House()


def out(house: House, client: Client, **values: Any) -> Any:
    data = {"id": str(uuid4()), "at": f"{TODAY}T00:01", "where_to": "pood", **values}
    return client.post(f"{house.at}/house/out/{house.persons[0].pk}/", data)


def test_who_goes_out_is_out_until_who_comes_back(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    text = client.get(f"{house.at}/house/whereabouts/").content.decode()
    assert "Majas 2, väljas 0" in text
    assert out(house, client).status_code == 302
    text = client.get(f"{house.at}/house/").content.decode()
    assert "Majas 1, väljas 1" in text
    assert "pood" in text
    back = client.post(f"{house.at}/house/back/{house.persons[0].pk}/")
    assert back.status_code == 302
    assert "Majas 2, väljas 0" in client.get(f"{house.at}/house/").content.decode()
    assert [row.kind for row in Movement.objects.order_by("at")] == ["out", "in"]
    assert list(faults()) == []


def test_going_out_twice_is_refused_with_what_was_typed(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    out(house, client)
    answer = out(house, client, where_to="raamatukogu", at=f"{TODAY}T00:02")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "juba väljas" in text
    assert "raamatukogu" in text
    assert Movement.objects.count() == 1


def test_the_same_form_sent_twice_is_recorded_once(enter: Enter, house: House) -> None:
    client, same = enter(house.worker), str(uuid4())
    assert out(house, client, id=same).status_code == 302
    assert out(house, client, id=same).status_code == 302
    assert Movement.objects.count() == 1


def test_who_is_late_is_told(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    out(house, client, expected_at=f"{TODAY}T00:01")
    assert "pidi tagasi olema" in client.get(f"{house.at}/house/").content.decode()


def test_a_movement_is_corrected_and_cancelled(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    out(house, client)
    row = Movement.objects.get()
    page = client.get(f"{house.at}/house/going/{row.pk}/").content.decode()
    assert "pood" in page
    data = {"at": f"{TODAY}T00:01", "where_to": "apteek", "why": "vale koht"}
    assert client.post(f"{house.at}/house/going/{row.pk}/", data).status_code == 302
    (fixed,) = Movement.objects.current()
    assert fixed.where_to == "apteek"
    nothing = client.post(f"{house.at}/house/going/{fixed.pk}/cancel/", {"why": ""})
    assert nothing.status_code == 422
    client.post(f"{house.at}/house/going/{fixed.pk}/cancel/", {"why": "ei läinud"})
    assert not Movement.objects.current().exists()


def note(house: House, client: Client, **values: Any) -> Any:
    data = {
        "id": str(uuid4()),
        "text": "Rahulik päev.",
        "hand_over": "Aken ei sulgu.",
        "day": TODAY.isoformat(),
        "shift": "day",
        **values,
    }
    return client.post(f"{house.at}/house/diary/?place={house.place.pk}", data)


def test_a_shift_writes_and_the_next_takes_over(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    assert note(house, client, person=str(house.persons[0].pk)).status_code == 302
    row = ShiftNote.objects.get()
    manager = enter(house.manager)
    assert "Aken ei sulgu." in manager.get(f"{house.at}/house/").content.decode()
    assert manager.post(f"{house.at}/house/diary/{row.pk}/take-over/").status_code == 302
    text = manager.get(f"{house.at}/house/").content.decode()
    assert "Kõik on üle võetud." in text
    assert HandOver.objects.get().user == house.manager
    diary = manager.get(f"{house.at}/house/diary/").content.decode()
    assert "Malle Maa võttis üle" in diary
    names = {one.name for one in events_about(house.provider.pk, house.persons[0].pk)}
    assert {"delivery.write_shift_note", "delivery.shift_diary"} <= names
    assert list(faults()) == []


def test_an_empty_note_keeps_what_was_typed(enter: Enter, house: House) -> None:
    answer = note(house, enter(house.worker), text=" ")
    assert answer.status_code == 422
    assert "Aken ei sulgu." in answer.content.decode()
    assert not ShiftNote.objects.exists()


def test_a_note_is_corrected_and_cancelled(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    note(house, client)
    row = ShiftNote.objects.get()
    assert "Rahulik" in client.get(f"{house.at}/house/diary/{row.pk}/").content.decode()
    data = {"day": TODAY.isoformat(), "shift": "night", "text": "Oli lärmi.", "why": "vale vahetus"}
    assert client.post(f"{house.at}/house/diary/{row.pk}/", data).status_code == 302
    (fixed,) = ShiftNote.objects.current()
    assert (fixed.text, fixed.shift) == ("Oli lärmi.", "night")
    client.post(f"{house.at}/house/diary/{fixed.pk}/cancel/", {"why": "topelt"})
    assert not ShiftNote.objects.current().exists()


def test_a_director_sees_the_house_but_not_the_diary(enter: Enter, house: House) -> None:
    client = enter(house.make("Juhan Juht", "director"))
    text = client.get(f"{house.at}/house/").content.decode()
    assert "Ootab ülevõtmist" not in text
    answer = client.get(f"{house.at}/house/diary/")
    assert answer.status_code == 403
    assert "tegevusjuhendaja" in answer.content.decode()


def test_another_providers_colleague_finds_nothing(enter: Enter, house: House) -> None:
    note(house, enter(house.worker))
    row, other = ShiftNote.objects.get(), make_provider("Teine OÜ")
    client = enter(make_user("Kalle Kask", "service_manager", other))
    assert client.get(f"{house.at}/house/").status_code == 404
    for path in (f"house/diary/{row.pk}/", f"house/out/{house.persons[0].pk}/"):
        assert client.get(f"/{other.pk}/{path}").status_code == 404


def test_who_is_not_my_person_is_not_mine_to_send_out(enter: Enter, house: House) -> None:
    stranger = house.resident("P9", is_mine=False)
    client = enter(house.worker)
    assert client.get(f"{house.at}/house/out/{stranger.pk}/").status_code == 404
    assert "Maasikas P9" not in client.get(f"{house.at}/house/whereabouts/").content.decode()


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(
    "path", ["house/", "house/whereabouts/", "house/diary/", "house/absences/"]
)
def test_pages_ask_the_same_few_questions(
    enter: Enter, path: str, count: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    house = House(count)
    client = enter(house.manager)
    client.get(f"{house.at}/house/{path}")
    for person in house.persons:
        note(house, client, person=str(person.pk))
    with django_assert_max_num_queries(20):
        client.get(f"{house.at}/house/{path}")
