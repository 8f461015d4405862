"""A person's documents: adding, opening, replacing, withdrawing; the hospital's confirmation."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import make_person
from tests.plans.room import Room
from tests.referrals.rows import close_month, store
from tugiplaan.accounts.access import User
from tugiplaan.audit.models import Event
from tugiplaan.documents.models import Document
from tugiplaan.referrals.models import Absence, Confirmation

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def at(room: Room, path: str = "") -> str:
    return f"/{room.provider.pk}/people/{room.person.pk}/documents/{path}"


def file(content: bytes = b"%PDF-1.4 leht") -> SimpleUploadedFile:
    return SimpleUploadedFile("tõend.pdf", content, content_type="application/pdf")


def add(client: Client, room: Room, **values: Any) -> Any:
    return client.post(at(room, "add/"), {"kind": "health_certificate", "file": file()} | values)


def test_a_document_is_added_opened_and_its_opening_written_down(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    assert add(client, room, dated_on="2026-05-01").status_code == 302
    row = Document.objects.get()
    assert (row.title, row.kind, row.person_id) == (
        "tõend.pdf",
        "health_certificate",
        room.person.pk,
    )
    text = client.get(at(room)).content.decode()
    assert "tervisetõend" in text
    assert "01.05.2026" in text
    answer = client.get(at(room, f"{row.pk}/"))
    assert answer.content == b"%PDF-1.4 leht"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(name="documents.read_document").count() == 1


def test_an_empty_file_is_refused(enter: Enter) -> None:
    room = Room()
    answer = add(enter(room.manager), room, file=file(b""))
    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_a_document_is_replaced_with_a_reason_and_withdrawn(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    add(client, room)
    old = Document.objects.get()
    sent = {"kind": old.kind, "title": "uus tõend", "file": file(b"uus")}
    assert client.post(at(room, f"{old.pk}/replace/"), sent).status_code == 422
    client.post(at(room, f"{old.pk}/replace/"), sent | {"file": file(b"uus"), "why": "vale leht"})
    new = Document.objects.current().get()
    assert (new.title, new.corrects_id) == ("uus tõend", old.pk)
    assert client.get(at(room, f"{old.pk}/")).status_code == 404
    assert client.post(at(room, f"{new.pk}/withdraw/"), {"why": "vale inimene"}).status_code == 302
    assert "Dokumente veel ei ole" in client.get(at(room)).content.decode()


def test_the_document_of_another_person_is_not_found(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    add(client, room)
    row, other = Document.objects.get(), make_person(room.provider, "P2")
    wrong = f"/{room.provider.pk}/people/{other.pk}/documents/{row.pk}/"
    for path in (wrong, wrong + "replace/", wrong + "withdraw/"):
        assert client.get(path).status_code == 404


def away(room: Room) -> None:
    row = Absence(
        provider=room.provider,
        referral=room.referral,
        code="A1",
        first_day=date(2026, 3, 1),
        last_day=date(2026, 5, 31),
        kind="hospital",
    )
    store(room.provider, [row])


def test_the_confirmation_of_a_month_in_hospital_is_written_with_its_file(enter: Enter) -> None:
    room = Room()
    away(room)
    client = enter(room.manager)
    text = client.get(at(room, "confirmation/")).content.decode()
    assert "aprill 2026" in text
    of = f"{room.referral.pk}/202604"
    sent = {"of": of, "received_on": "2026-06-01", "file": file()}
    assert client.post(at(room, "confirmation/"), sent).status_code == 302
    row = Confirmation.objects.get()
    assert row.period == 202604
    assert row.document_id == Document.objects.get(kind="hospital_confirmation").pk
    assert "aprill 2026" not in client.get(at(room, "confirmation/")).content.decode()


def test_where_the_month_refuses_the_file_is_not_kept_either(enter: Enter) -> None:
    room = Room()
    away(room)
    close_month(room.provider, 202604, "closed")
    of = f"{room.referral.pk}/202604"
    sent = {"of": of, "received_on": "2026-06-01", "file": file()}
    answer = enter(room.manager).post(at(room, "confirmation/"), sent)
    assert answer.status_code == 422
    assert not Document.objects.exists()
    assert not Confirmation.objects.exists()


def test_an_invoiced_month_asks_why(enter: Enter) -> None:
    room = Room()
    away(room)
    close_month(room.provider, 202604, "issued")
    of = f"{room.referral.pk}/202604"
    client, sent = enter(room.manager), {"of": of, "received_on": "2026-06-01"}
    assert client.post(at(room, "confirmation/"), sent).status_code == 422
    late = sent | {"why": "tuli hiljem"}
    assert client.post(at(room, "confirmation/"), late).status_code == 302


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_and_saving_ask_few_questions(
    count: int, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    room = Room()
    client = enter(room.supervisor)
    for number in range(count):
        add(client, room, title=f"leht {number}")
    with django_assert_max_num_queries(22):
        client.get(at(room))
    with django_assert_max_num_queries(24):
        add(client, room)
