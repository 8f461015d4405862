"""Carrying a plan out on pages: network work with hours, tasks, consultations."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import MARKS, TODAY, make_provider, make_user
from tests.delivery.network_room import FUNDER, NetworkRoom
from tests.delivery.test_assignments import give
from tests.delivery.test_consultations import ask
from tugiplaan.accounts.access import User
from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.models import (
    Assignment,
    AssignmentEnd,
    ComponentRecord,
    Consultation,
    Contact,
    Narrative,
)

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
DAY = TODAY.isoformat()


class Site:
    """A room with somebody logged in, and the addresses of its person."""

    def __init__(self, enter: Enter, role: str = "supervisor") -> None:
        self.room = NetworkRoom()
        self.client = enter(getattr(self.room, role))
        self.home = f"/{self.room.provider.pk}"
        self.person = f"{self.home}/people/{self.room.person.pk}"

    def text(self, path: str) -> str:
        return self.client.get(f"{self.person}/{path}").content.decode()

    def send(self, path: str, **values: Any) -> Any:
        return self.client.post(f"{self.person}/{path}", values)


@pytest.fixture
def site(enter: Enter) -> Site:
    return Site(enter)


def hours(site: Site, **values: Any) -> dict[str, Any]:
    plain = {
        "entry": new_id(),
        "component": f"component:{FUNDER}:B1:individual:person",
        "minutes": 30,
        "worker": site.room.worker.pk,
    }
    return {**plain, **values}


def test_network_work_and_its_hours_go_in_one_form(site: Site) -> None:
    page = site.text("network-work/add/")
    assert "Kaja Kägu (perearst)" in page
    assert "Teenuse planeerimine" in page
    assert "Väline konsultatsioon" not in page
    answer = site.send(
        "network-work/add/",
        day=DAY,
        kind="health",
        member=site.room.doctor.pk,
        field="health",
        text="Aeg on 3. juulil.",
        **hours(site),
    )
    assert answer.status_code == 302
    assert Contact.objects.get().record_id == ComponentRecord.objects.get().pk
    page = site.text("network-work/")
    assert "tervishoiuga seostamine" in page
    assert "Aeg on 3. juulil." in page
    assert "Kaja Kägu (perearst)" in page
    assert "30" in site.text("network-work/?kind=health")
    assert "Aeg on 3. juulil." not in site.text("network-work/?kind=money")


def test_what_was_typed_stays_when_it_is_refused(site: Site) -> None:
    answer = site.send(
        "network-work/add/", day=DAY, kind="network", text="Räägitud.", entry=new_id()
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kirjuta, kellega" in page
    assert "Räägitud." in page
    assert "Kaja Kägu" in page
    lacking = hours(site, minutes="", worker="")
    page = site.send("network-work/add/", day=DAY, kind="health", **lacking).content.decode()
    assert "Kirjuta, kui kaua" in page
    assert "Vali, kes selle töö tegi" in page
    strange = hours(site, component="hour:x")
    page = site.send("network-work/add/", day=DAY, kind="health", **strange).content.decode()
    assert "Vali komponent loendist" in page
    assert not Contact.objects.exists()
    assert not Narrative.objects.exists()


def test_network_work_is_corrected_and_cancelled_with_a_reason(site: Site) -> None:
    row = site.room.contact()
    path = f"network-work/{row.pk}"
    assert "Leppisime aja kokku." in site.text(f"{path}/correct/")
    sent = {"day": DAY, "kind": "money", "text": "Taotlus."}
    assert site.send(f"{path}/correct/", **sent).status_code == 422
    assert site.send(f"{path}/correct/", why="vale liik", **sent).status_code == 302
    fixed = Contact.objects.current().get()
    assert fixed.kind == "money"
    assert site.client.get(f"{site.person}/{path}/correct/").status_code == 404
    site.send(f"network-work/{fixed.pk}/cancel/", why="topelt")
    assert not Contact.objects.current().exists()


def test_who_may_not_read_the_diary_sees_only_what_kind_it_was(enter: Enter) -> None:
    site = Site(enter)
    row = site.room.contact(member_id=site.room.doctor.pk)
    director = enter(make_user("Dora Direktor", "director", site.room.provider))
    page = director.get(f"{site.person}/network-work/").content.decode()
    assert "tervishoiuga seostamine" in page
    assert "Kaja" not in page
    assert "Leppisime" not in page
    assert director.get(f"{site.person}/network-work/{row.pk}/correct/").status_code == 403
    assert "päevikusse" not in director.get(f"{site.person}/network-work/add/").content.decode()


def test_a_consultation_is_asked_and_answered_with_its_hours(site: Site) -> None:
    asked = {
        "stage": "before",
        "question": "Keeldub abist.",
        "expert": "dr Uus",
        "competence": "psühhiaater",
        "asked_on": DAY,
    }
    assert site.send("network-work/consultations/ask/", **asked).status_code == 302
    row = Consultation.objects.get()
    assert "ootab vastust" in site.text("network-work/")
    path = f"network-work/consultations/{row.pk}/answer/"
    page = site.text(path)
    assert page.index("Väline konsultatsioon") < page.index("Teenuse planeerimine")
    key = f"component:{FUNDER}:B2:individual:provider"
    sent = {"held_on": DAY, "outcome": "Usaldus enne.", **hours(site, component=key)}
    assert site.send(path, **{**sent, "held_on": "2026-05-01"}).status_code == 422
    assert site.send(path, **sent).status_code == 302
    assert ComponentRecord.objects.get().activity == "consultation"
    page = site.text("network-work/")
    assert "40,00\xa0€" in page
    assert "Usaldus enne." in page
    held = Consultation.objects.current().get()
    path = f"network-work/consultations/{held.pk}/correct/"
    assert path in page
    assert "Usaldus enne." in site.text(path)
    fixed = {**asked, "expert": "dr Ene Uus", "outcome": "Usaldus enne kõike.", "why": "täpsustus"}
    bare = site.send(path, **{**fixed, "why": ""})
    assert bare.status_code == 422
    assert "Usaldus enne kõike." in bare.content.decode(), "what was typed is kept"
    refused = site.send(path, **{**fixed, "asked_on": "2030-01-01"})
    assert refused.status_code == 422
    assert "tulevikus" in refused.content.decode()
    assert site.send(path, **fixed).status_code == 302
    page = site.text("network-work/")
    assert "Usaldus enne kõike." in page
    assert "dr Ene Uus" in page
    assert "40,00\xa0€" in page


def test_a_task_is_given_changed_done_and_given_up(site: Site) -> None:
    owner = site.room.supervisor.pk
    sent = {"text": "Helistada", "owner": owner, "due_on": "2026-06-14"}
    refused = site.send("tasks/add/", **sent)
    assert refused.status_code == 422
    assert "möödas" in refused.content.decode()
    assert site.send("tasks/add/", **{**sent, "due_on": "2026-06-20"}).status_code == 302
    row = Assignment.objects.get()
    assert "Helistada" in site.client.get(f"{site.home}/tasks/").content.decode()
    change = {"text": "Kirjutada", "owner": owner, "due_on": "2026-06-21", "why": "ei vasta"}
    site.send(f"tasks/{row.pk}/change/", **change)
    row = Assignment.objects.current().get()
    assert "Kirjutada" in site.text("tasks/")
    assert site.send(f"tasks/{row.pk}/done/", note="Vastus käes.").status_code == 302
    assert "Vastus käes." in site.text("tasks/")
    assert site.send(f"tasks/{row.pk}/give-up/", why="x").status_code == 422
    other = give(site.room)
    site.send(f"tasks/{other.pk}/give-up/", why="Inimene ei soovi.")
    assert AssignmentEnd.objects.filter(outcome="given_up").exists()


def test_mine_and_everybodys_tasks(enter: Enter) -> None:
    site = Site(enter, "manager")
    give(site.room)
    assert "Helistada" not in site.client.get(f"{site.home}/tasks/").content.decode()
    assert "Helistada" in site.client.get(f"{site.home}/tasks/?who=all").content.decode()
    juss = enter(make_user("Juss Juhuslik", "activity_supervisor", site.room.provider))
    assert "Helistada" not in juss.get(f"{site.home}/tasks/?who=all").content.decode()


def test_another_providers_colleague_finds_nothing(enter: Enter) -> None:
    site = Site(enter)
    contact, task, asked = site.room.contact(), give(site.room), ask(site.room)
    stranger = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    client = enter(stranger)
    paths = [
        "network-work/",
        "network-work/add/",
        f"network-work/{contact.pk}/correct/",
        f"network-work/{contact.pk}/cancel/",
        "network-work/consultations/ask/",
        f"network-work/consultations/{asked.pk}/answer/",
        f"network-work/consultations/{asked.pk}/correct/",
        "tasks/",
        "tasks/add/",
        f"tasks/{task.pk}/change/",
        f"tasks/{task.pk}/done/",
        f"tasks/{task.pk}/give-up/",
    ]
    home = stranger_home = make_provider("Kolmas OÜ")
    assert home == stranger_home
    for path in paths:
        assert client.get(f"{site.person}/{path}").status_code == 404, path
        assert client.post(f"{site.person}/{path}").status_code in {404, 405}, path


@pytest.mark.parametrize("count", [1, 20])
def test_the_pages_ask_the_same_few_questions(
    site: Site, count: int, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        site.room.contact(site.room.entry())
        give(site.room)
    with django_assert_max_num_queries(22 + MARKS):
        site.text("network-work/")
    with django_assert_max_num_queries(17 + MARKS):
        site.text("tasks/")
    with django_assert_max_num_queries(10 + MARKS):
        site.client.get(f"{site.home}/tasks/?who=all")


def test_saving_asks_few_questions(site: Site, django_assert_max_num_queries: Any) -> None:
    site.send("network-work/add/", day=DAY, kind="health", text="x", **hours(site))
    with django_assert_max_num_queries(24):
        site.send("network-work/add/", day=DAY, kind="health", text="y", **hours(site))
    assert date.fromisoformat(DAY) == TODAY
