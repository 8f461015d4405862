"""Incidents and isolation on their pages: the account by permission, the clock, the protocol."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import TODAY, make_provider, make_user
from tests.plans.room import make_worker
from tests.web.house import House
from tugiplaan.accounts.access import User
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.delivery.models import Incident, Isolation
from tugiplaan.web import desk

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


@pytest.fixture
def house() -> House:
    return House()


def report(house: House, client: Client, **values: Any) -> Any:
    data = {
        "person": str(house.persons[0].pk),
        "happened_at": f"{TODAY}T00:01",
        "kind": "kukkumine",
        "text": "Kukkus koridoris.",
        "measures": "Vaatasime üle.",
        "place": str(house.place.pk),
        **values,
    }
    return client.post(f"{house.at}/house/incident/", data)


def test_an_incident_is_reported_corrected_and_cancelled(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    assert report(house, client).status_code == 302
    row = Incident.objects.get()
    assert "Kukkus koridoris." in client.get(f"{house.at}/house/incidents/").content.decode()
    path = f"{house.at}/house/incident/row/{row.pk}/"
    assert "Kukkus koridoris." in client.get(path).content.decode()
    data = {"happened_at": f"{TODAY}T00:01", "kind": "kukkumine", "text": "Kukkus trepil."}
    assert client.post(path, data | {"why": "vale koht"}).status_code == 302
    (fixed,) = Incident.objects.current()
    assert (fixed.text, fixed.person_id) == ("Kukkus trepil.", house.persons[0].pk)
    client.post(f"{house.at}/house/incident/row/{fixed.pk}/cancel/", {"why": "topelt"})
    assert not Incident.objects.current().exists()
    names = {one.name for one in events_about(house.provider.pk, house.persons[0].pk)}
    assert {"web.incidents", "delivery.cancel_incident"} <= names
    assert list(faults()) == []


def test_an_incident_to_come_keeps_what_was_typed(enter: Enter, house: House) -> None:
    late = TODAY + timedelta(days=2)
    answer = report(house, enter(house.worker), happened_at=f"{late}T10:00")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "tulevikus" in text
    assert "Kukkus koridoris." in text
    assert not Incident.objects.exists()


def test_who_may_not_read_narratives_sees_no_account(enter: Enter, house: House) -> None:
    report(house, enter(house.worker))
    row = Incident.objects.get()
    client = enter(house.make("Juhan Juht", "director"))
    text = client.get(f"{house.at}/house/incidents/").content.decode()
    assert "kukkumine" in text
    assert "Kukkus koridoris." not in text
    assert client.get(f"{house.at}/house/incident/row/{row.pk}/").status_code == 403


def test_an_incident_of_somebody_else_is_not_found(enter: Enter, house: House) -> None:
    report(house, enter(house.worker))
    row = Incident.objects.get()
    other = make_provider("Teine OÜ")
    client = enter(make_user("Kalle Kask", "service_manager", other))
    for path in ("", "cancel/"):
        assert client.get(f"/{other.pk}/house/incident/row/{row.pk}/{path}").status_code == 404


class Room:
    """A home with a worker who may decide and watch."""

    def __init__(self, client: Client, house: House) -> None:
        self.client, self.house = client, house
        self.staff = make_worker(house.provider)

    def start(self, minutes_ago: int = 0, **values: Any) -> Any:
        at = desk.now().astimezone(timezone.get_current_timezone())
        data = {
            "referral": str(self.house.referrals[self.house.persons[0]].pk),
            "started_at": f"{at - timedelta(minutes=minutes_ago):%Y-%m-%dT%H:%M}",
            "decided_by": str(self.staff.pk),
            "supervised_by": str(self.staff.pk),
            "situation": "Lõi kaaslast.",
            "reasons": "Ohustas teisi.",
            "is_direct_danger": "on",
            **values,
        }
        return self.client.post(f"{self.house.at}/house/isolation/", data)

    def text(self, path: str) -> str:
        return self.client.get(f"{self.house.at}/house/{path}").content.decode()


def test_an_isolation_starts_its_clock_and_ends(enter: Enter, house: House) -> None:
    room = Room(enter(house.worker), house)
    answer = room.start()
    assert answer.status_code == 302
    row = Isolation.objects.get()
    text = room.text("")
    assert "on eraldatud" in text
    assert "aega jääb" in text
    assert f"/house/isolation/row/{row.pk}/" in text
    page = room.text(f"isolation/row/{row.pk}/")
    assert "Lõpeta hiljemalt kell" in page
    assert "Kiirabi või politsei kutsumine on märkimata." in page
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("minutes", "words"), [(149, "aega jääb"), (155, "hakkab lõppema"), (190, "aeg on läbi")]
)
def test_the_clock_warns_in_time(
    enter: Enter, house: House, minutes: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(enter(house.worker), house)
    room.start()
    row = Isolation.objects.get()
    later = row.started_at + timedelta(minutes=minutes)
    for module in ("home", "isolation"):
        monkeypatch.setattr(f"tugiplaan.web.house.{module}.now", lambda: later)
    text = room.text("")
    assert words in text
    assert ("hakkab lõppema: lõpeta see.</p>" in text) == (minutes == 155)
    assert ("aeg on läbi: lõpeta kohe.</p>" in text) == (minutes == 190)
    path = f"{house.at}/house/isolation/row/{row.pk}/"
    local = later.astimezone(timezone.get_current_timezone())
    data = {
        "ended_at": f"{local:%Y-%m-%dT%H:%M}",
        "situation": "Lõi kaaslast.",
        "reasons": "Ohustas teisi.",
    }
    assert room.client.post(path, data).status_code == 302
    (ended,) = Isolation.objects.current()
    assert ended.ended_at is not None
    assert "on eraldatud" not in room.text("")
    fix = data | {"harm": "ei olnud", "why": "täiendus"}
    assert room.client.post(path, fix).status_code == 302
    (fixed,) = Isolation.objects.current()
    assert fixed.harm == "ei olnud"


def test_nobody_is_isolated_twice_and_what_was_typed_is_kept(enter: Enter, house: House) -> None:
    room = Room(enter(house.worker), house)
    room.start()
    answer = room.start(situation="Karjus.")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "juba kestab" in text
    assert "Karjus." in text
    assert Isolation.objects.count() == 1


def test_who_does_not_get_care_round_the_clock_is_not_offered(enter: Enter) -> None:
    house = House(service="KE")
    client = enter(house.worker)
    text = client.get(f"{house.at}/house/isolation/").content.decode()
    assert "Maasikas P0" not in text


@pytest.mark.parametrize("count", [1, 20])
def test_lists_ask_the_same_few_questions(
    enter: Enter, count: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    house = House(count)
    client = enter(house.manager)
    for person in house.persons:
        report(house, client, person=str(person.pk))
    for path in ("incidents/", "isolations/"):
        with django_assert_max_num_queries(20):
            client.get(f"{house.at}/house/{path}")
