"""The work list in one's own calendar: a secret address, days and counts, no names."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.cast import make_provider, make_user
from tests.plans.room import Room
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.deadlines.models import CalendarKey

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


def page(room: Room) -> str:
    return f"/{room.provider.pk}/work/calendar/"


def address(client: Client, room: Room) -> str:
    answer = client.post(page(room), {"make": ""})
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text.split('readonly value="http://testserver')[1].split('"')[0]


def events(text: bytes) -> list[tuple[str, Any]]:
    found = Calendar.from_ical(text)
    return [(str(one["summary"]), one.decoded("dtstart")) for one in found.walk("VEVENT")]


def test_a_calendar_shows_what_is_due_and_nobody(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    assert "Sul ei ole kalendri aadressi." in client.get(page(room)).content.decode()
    secret = address(client, room)
    answer = Client().get(secret)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    days = [(title, day.isoformat()) for title, day in events(answer.content)]
    assert days == [
        ("tegevusplaani koostamine", "2026-01-31"),
        ("teenuse lõppemisest teatamine", "2026-06-30"),
    ]
    assert b"Maasikas" not in answer.content
    assert "Sul on kalendri aadress." in client.get(page(room)).content.decode()
    assert secret.split("/")[-1].removesuffix(".ics") not in CalendarKey.objects.get().digest
    assert list(faults()) == []


def test_a_renewed_or_dropped_address_opens_nothing(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    first = address(client, room)
    second = address(client, room)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert client.post(page(room), {"drop": ""}).status_code == 302
    assert Client().get(second).status_code == 404
    assert Client().get("/calendar/.ics").status_code == 404
    assert Client().get("/calendar/x.ics").status_code == 404


def test_who_is_switched_off_or_has_no_role_any_more_sees_nothing(enter: Enter) -> None:
    room = Room()
    secret = address(enter(room.manager), room)
    with acting(by=operator(), name="test.switch_off"):
        room.manager.is_active = False
        room.manager.save()
    assert Client().get(secret).status_code == 404
    stranger = make_user("Muu", "service_manager", make_provider("Muu OÜ"))
    assert enter(stranger).post(page(room), {"make": ""}).status_code == 404
    accountant = make_user("Arvo", "accountant", room.provider)
    assert enter(accountant).post(page(room), {"make": ""}).status_code == 403
