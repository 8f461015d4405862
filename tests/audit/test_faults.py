"""Finding what was changed behind the application's back."""

import pytest
from django.db import models, transaction
from history.backends import get_backend

from tests.audit.rows import raw, unguarded
from tests.cast import make_person, make_provider, make_user
from tugiplaan.audit.models import Event, EventSubject, History
from tugiplaan.audit.queries import Fault, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.models import GroupSession
from tugiplaan.providers.models import Building, Provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider() -> Provider:
    """A provider with a story of three acts."""
    found, user = make_provider(), make_user("Kasutaja")
    person = make_person(found)
    for number in range(3):
        with acting(by=user, name="test.do", provider_id=found.pk) as act:
            act.about(person.pk)
            Building.objects.create(provider=found, code=f"H{number}")
            rows = [GroupSession(provider=found, code=f"R{number}-{part}") for part in range(4)]
            act.store(rows)
    assert list(faults()) == []
    return found


def _tamper(model: type[models.Model], statement: str, *values: object) -> list[Fault]:
    with unguarded(model):
        assert raw(statement.replace("TABLE", model._meta.db_table), *values) >= 1
    return list(faults())


def _sentences(found: list[Fault]) -> list[str]:
    return [fault.what for fault in found]


@pytest.mark.parametrize(
    "change", ["name = 'test.undo'", "why = 'muu'", "details = '{}'", "by_id = id"]
)
def test_a_changed_event_is_found(provider: Provider, change: str) -> None:
    event = Event.objects.get(chain=provider.pk, number=3)
    found = _tamper(Event, f"UPDATE TABLE SET {change} WHERE id = %s", event.pk)
    assert found[0] == Fault(provider.pk, event.pk, "sündmus 3 on muudetud")


def test_an_event_changed_with_its_hash_breaks_the_chain(provider: Provider) -> None:
    event = Event.objects.get(chain=provider.pk, number=3)
    found = _tamper(Event, "UPDATE TABLE SET hash = %s WHERE id = %s", "0" * 64, event.pk)
    assert _sentences(found) == ["sündmus 3 on muudetud", "ahel katkeb numbri 4 juures"]


def test_a_removed_last_event_is_found(provider: Provider) -> None:
    last = Event.objects.get(chain=provider.pk, number=4)
    with unguarded(EventSubject):
        raw("DELETE FROM audit_eventsubject WHERE event_id = %s", last.pk)
    found = _tamper(Event, "DELETE FROM TABLE WHERE id = %s", last.pk)
    assert _sentences(found) == [
        "ahela lõpp (number 4) on kadunud",
        "read ilma sündmuseta",
        "ajalugu ilma sündmuseta",
    ]
    assert found[0].event_id is None


def test_a_removed_middle_event_is_found(provider: Provider) -> None:
    middle = Event.objects.get(chain=provider.pk, number=3)
    with unguarded(EventSubject):
        raw("DELETE FROM audit_eventsubject WHERE event_id = %s", middle.pk)
    found = _tamper(Event, "DELETE FROM TABLE WHERE id = %s", middle.pk)
    assert _sentences(found)[0] == "ahel katkeb numbri 4 juures"


@pytest.mark.parametrize(
    "change", ["change_type = 'D'", "snapshot = '{}'", "changes = '{}'", "object_id = session_id"]
)
def test_a_changed_row_of_history_is_found(provider: Provider, change: str) -> None:
    event = Event.objects.get(chain=provider.pk, number=2)
    found = _tamper(History, f"UPDATE TABLE SET {change} WHERE session_id = %s", event.pk)
    assert found == [Fault(provider.pk, event.pk, "sündmuse 2 ajalugu on muudetud")]


def test_a_removed_row_of_history_is_found(provider: Provider) -> None:
    event = Event.objects.get(chain=provider.pk, number=2)
    found = _tamper(History, "DELETE FROM TABLE WHERE session_id = %s", event.pk)
    assert _sentences(found) == ["sündmuse 2 ajalugu on muudetud"]


def test_history_under_a_made_up_act_is_found(provider: Provider) -> None:
    made_up = new_id()
    with get_backend().session(session_id=made_up), transaction.atomic():
        Building.objects.create(provider=provider, code="H9")
    (fault,) = faults()
    assert (fault.event_id, fault.what) == (made_up, "ajalugu ilma sündmuseta")


@pytest.mark.parametrize("change", ["title = 'muu'", "code = 'X'", "start = 1"])
def test_a_changed_lasting_row_is_found(provider: Provider, change: str) -> None:
    row = GroupSession.objects.get(code="R1-2")
    found = _tamper(GroupSession, f"UPDATE TABLE SET {change} WHERE id = %s", row.pk)
    assert found == [Fault(provider.pk, row.event_id, "sündmuse 3 read on muudetud")]


def test_a_removed_lasting_row_is_found(provider: Provider) -> None:
    row = GroupSession.objects.get(code="R1-2")
    found = _tamper(GroupSession, "DELETE FROM TABLE WHERE id = %s", row.pk)
    assert found == [Fault(provider.pk, row.event_id, "sündmuse 3 read on muudetud")]


def test_a_lasting_row_added_to_an_event_is_found(provider: Provider) -> None:
    event = Event.objects.get(chain=provider.pk, number=3)
    GroupSession.objects.bulk_create([GroupSession(provider=provider, code="X", event_id=event.pk)])
    assert list(faults()) == [Fault(provider.pk, event.pk, "sündmuse 3 read on muudetud")]


def test_a_lasting_row_of_no_event_is_found(provider: Provider) -> None:
    made_up = new_id()
    GroupSession.objects.bulk_create([GroupSession(provider=provider, code="X", event_id=made_up)])
    assert [(fault.event_id, fault.what) for fault in faults()] == [
        (made_up, "read ilma sündmuseta")
    ]
