"""Papers of a person: what can be made, what was made, its files, to whom they went."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import MARKS, make_provider, make_user
from tests.plans.room import Room
from tugiplaan.accounts.access import User
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.documents.models import Paper, PaperSent, Template
from tugiplaan.interoperability.papers.word import builtin_template

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def at(room: Room, path: str = "") -> str:
    return f"/{room.provider.pk}/people/{room.person.pk}/papers/{path}"


def make_at(room: Room, kind: str, about: Any) -> str:
    return at(room, f"make/?kind={kind}&about={about}")


def made(client: Client, room: Room, kind: str, about: Any, **values: Any) -> Paper:
    answer = client.post(make_at(room, kind, about), {"language": "et"} | values)
    assert answer.status_code == 302, answer.content.decode()
    paper = Paper.objects.order_by("-pk").first()
    assert paper is not None
    return paper


def test_a_plan_is_made_shown_and_taken_along(enter: Enter) -> None:
    room = Room()
    plan = room.agreed(wishes="Tahan rahu.")
    client = enter(room.supervisor)
    text = client.get(at(room, "new/")).content.decode()
    assert f"kind=activity_plan&amp;about={plan.pk}" in text
    assert "kind=end_notice" not in text, "a supervisor sends no notices"
    paper = made(client, room, "activity_plan", plan.pk)
    text = client.get(at(room, f"{paper.pk}/")).content.decode()
    assert "Tahan rahu." in text
    assert "Teeb ise süüa." in text
    assert client.get(at(room, f"{paper.pk}/pdf/")).content.startswith(b"%PDF")
    word = client.get(at(room, f"{paper.pk}/docx/"))
    assert word.content.startswith(b"PK")
    assert "tegevusplaan-2026-06-15.docx" in word.headers["Content-Disposition"]
    assert "Tegevusplaan" in client.get(at(room)).content.decode()
    assert Event.objects.filter(name="documents.read_paper").count() == 2
    assert list(faults()) == []


def test_a_notice_is_sent_to_each_and_is_then_settled(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    work = f"/{room.provider.pk}/work/"
    day = "2026-06-15"
    assert "kind=end_notice" in client.get(work).content.decode()
    paper = made(client, room, "end_notice", room.referral.pk)
    assert paper.to_whom == ["person", "authority"]
    assert "saatmata" in client.get(at(room)).content.decode()
    for whom in ("person", "authority"):
        values = {"to_whom": whom, "way": "post", "sent_on": day}
        assert client.post(at(room, f"{paper.pk}/sent/"), values).status_code == 302
    assert "saatmata" not in client.get(at(room)).content.decode()
    assert "kind=end_notice" not in client.get(work).content.decode()
    row = PaperSent.objects.get(to_whom="authority")
    answer = client.post(at(room, f"{paper.pk}/sent/{row.pk}/cancel/"), {"why": "Jäi panemata."})
    assert answer.status_code == 302
    assert "kind=end_notice" in client.get(work).content.decode()
    again = client.post(at(room, f"{paper.pk}/sent/{row.pk}/cancel/"), {"why": "Veel."})
    assert again.status_code == 404
    assert list(faults()) == []


def test_a_sending_before_the_paper_or_after_today_is_refused(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    paper = made(client, room, "end_notice", room.referral.pk)
    for day in ("2026-06-14", "2026-06-16"):
        values = {"to_whom": "person", "way": "hand", "sent_on": day, "receiver": "Mari ise"}
        answer = client.post(at(room, f"{paper.pk}/sent/"), values)
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "Saatmise päev" in text
        assert "Mari ise" in text, "what was typed is kept"
    assert not PaperSent.objects.exists()


def test_a_doubt_without_words_is_refused(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    answer = client.post(make_at(room, "misfit", room.referral.pk), {"language": "et"})
    assert answer.status_code == 422
    assert "ilma selleta ei ütle teade midagi" in answer.content.decode()
    assert not Paper.objects.exists()
    paper = made(client, room, "misfit", room.referral.pk, note="Piisaks vähemast.")
    assert "Piisaks vähemast." in client.get(at(room, f"{paper.pk}/")).content.decode()


def test_the_end_of_the_contract_is_told_from_the_day_that_somebody_names(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    assert "kind=contract_end_notice" in client.get(at(room, "new/")).content.decode()
    address = make_at(room, "contract_end_notice", room.referral.pk)
    assert "Lepingu viimane päev" in client.get(address).content.decode()
    bare = client.post(address, {"language": "et", "note": "Sulgeme maja."})
    assert bare.status_code == 422
    assert "Sulgeme maja." in bare.content.decode(), "what was typed is kept"
    assert not Paper.objects.exists()
    paper = made(client, room, "contract_end_notice", room.referral.pk, ends_on="2027-06-30")
    text = client.get(at(room, f"{paper.pk}/")).content.decode()
    assert "30.06.2027" in text
    assert "30.12.2026" in text
    assert paper.to_whom == ["person", "authority"]


def test_what_is_not_there_or_not_theirs_is_not_found(enter: Enter) -> None:
    room = Room()
    plan = room.agreed()
    paper = made(enter(room.supervisor), room, "activity_plan", plan.pk)
    client = enter(room.manager)
    for address in ("make/", "make/?kind=x", "make/?kind=activity_plan&about=y"):
        assert client.get(at(room, address)).status_code == 404
    other = make_user("Muu", "service_manager", make_provider("Muu OÜ"))
    for path in ("", f"{paper.pk}/", f"{paper.pk}/pdf/", "new/"):
        assert enter(other).get(at(room, path)).status_code == 404
    accountant = enter(make_user("Arvo", "accountant", room.provider))
    assert "DOCX" not in accountant.get(at(room)).content.decode()
    assert accountant.get(at(room, f"{paper.pk}/pdf/")).status_code == 404
    assert (
        enter(room.supervisor).get(make_at(room, "end_notice", room.referral.pk)).status_code == 403
    )


def test_an_own_template_is_tried_first(enter: Enter) -> None:
    room = Room()
    plan = room.agreed()
    director = enter(make_user("Juht", "director", room.provider))
    bring = f"/{room.provider.pk}/papers/templates/bring/"
    file = f"/{room.provider.pk}/papers/templates/file/"
    own = director.get(file).content
    assert own == builtin_template()

    def send(content: bytes) -> Any:
        sent = SimpleUploadedFile("mall.docx", content)
        return director.post(bring, {"kind": "activity_plan", "language": "et", "file": sent})

    answer = send(b"ei ole mall")
    assert answer.status_code == 422
    assert "ei ole DOCX" in answer.content.decode()
    assert not Template.objects.exists()
    assert send(own).status_code == 302
    assert Template.objects.get().version == 1
    listed = director.get(f"/{room.provider.pk}/papers/templates/").content.decode()
    assert "versioon 1" in listed
    paper = made(enter(room.supervisor), room, "activity_plan", plan.pk)
    assert paper.template == Template.objects.get()


@pytest.mark.parametrize("count", [1, 20])
def test_questions_do_not_grow(
    enter: Enter, count: int, django_assert_max_num_queries: Any
) -> None:
    room = Room()
    plan = room.agreed()
    client = enter(room.manager)
    for _ in range(count):
        made(client, room, "plain_plan", plan.pk)
    for path, most in (("", 15), ("new/", 24)):
        with django_assert_max_num_queries(most + MARKS):
            assert client.get(at(room, path)).status_code == 200
