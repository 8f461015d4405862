"""The work list: what is due for whom, the filters, free places, hints."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.deadlines.test_work import filled
from tests.plans.room import Room
from tests.referrals.rows import make_licence, make_place, make_referral
from tugiplaan.accounts.access import User
from tugiplaan.deadlines.queries import Action, Task, TaskKind, Urgency
from tugiplaan.web.work.sentences import sentence_of, short_of, told

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

NUMBERS = {
    "counted_from": date(2026, 1, 1),
    "first_day": date(2026, 1, 1),
    "last_day": date(2026, 3, 31),
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2026, 12, 31),
    "started_on": date(2026, 6, 1),
    "version": 2,
    "goal": "Teeb ise süüa.",
    "service": "KE",
    "purpose": "pildid",
    "sum": 120,
    "unpaid": 2,
    "missing": 40,
    "qualification": "tegevusjuhendaja",
    "licence": "L-1",
    "year": 2025,
    "count": 3,
    "place": "Kodu",
    "text": "Helista kohtusse.",
    "owner": "Malle Maa",
    "what": "Vaiksem söögituba",
    "to_provider": "Uus Kodu OÜ",
    "month": 202605,
}


def work(room: Room, query: str = "", path: str = "work/") -> str:
    return f"/{room.provider.pk}/{path}{query}"


@pytest.mark.parametrize("kind", TaskKind)
def test_everything_that_can_be_due_has_a_sentence_and_a_name(kind: TaskKind) -> None:
    task = Task(
        kind=kind,
        due_on=TODAY,
        section="",
        action=Action.DRAFT_PLAN,
        about=None,
        person_id=None,
        name="Mari",
        numbers=tuple(NUMBERS.items()),  # type: ignore[arg-type]  # a number is shown as one
    )
    said = sentence_of(task)
    assert "{" not in said
    assert said.endswith(".")
    assert short_of(kind)


def test_what_is_late_stands_first_with_the_step_that_settles_it(enter: Enter) -> None:
    room = Room()
    text = enter(room.manager).get(work(room)).content.decode()
    assert "1 töö on hilinenud või tänane" in text
    assert "Hilinenud ja täna" in text
    assert "Tegevusplaan tuleb koostada; teenus algas 01.01.2026." in text
    assert f'href="/{room.provider.pk}/people/{room.person.pk}/plan/"' in text
    assert "SHS § 85(1)" in text


def test_a_row_has_a_button_only_for_who_may_do_it() -> None:
    room = Room()
    task = Task(
        kind=TaskKind.REFERRAL_END,
        due_on=TODAY,
        section="",
        action=Action.RECORD_REFERRAL,
        about=None,
        person_id=room.person.pk,
        name="Mari",
        numbers=(("service", "KE"), ("valid_to", TODAY)),
        urgency=Urgency.TODAY,
        may_act=False,
    )
    assert told(task, room.provider.pk, TODAY).url == ""


def test_filters_are_in_the_address(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)
    plan = client.get(work(room, "?kind=activity_plan")).content.decode()
    assert "Tegevusplaan tuleb koostada" in plan
    assert "Teata suunamise lõpust" not in plan
    nobody = make_person(room.provider, "P2").pk
    assert "Kõik on korras" in client.get(work(room, f"?person={nobody}")).content.decode()
    part = client.get(
        work(room, "?kind=end_notice"), headers={"HX-Request": "true", "HX-Target": "div#tasks"}
    ).content.decode()
    assert "<html" not in part
    assert "Teata suunamise lõpust: kogukonnas elamise teenus" in part


def test_a_supervisor_sees_the_caseload_and_no_rooms(enter: Enter) -> None:
    room = Room()
    other = make_person(room.provider, "P2", last_name="Teine")
    make_referral(other, "S2")
    client = enter(room.supervisor)
    text = client.get(work(room)).content.decode()
    assert "Maasikas" in text
    assert "Teine" not in text
    assert "Vabad kohad" not in text
    assert client.get(work(room, "", "work/rooms/")).status_code == 403


def test_free_places_and_who_is_awaited(enter: Enter) -> None:
    room = Room()
    place = make_place(room.provider)
    make_licence(place, service="KE", max_persons=4)
    coming = make_person(room.provider, "P2", last_name="Tulija")
    make_referral(coming, "S2", place=place)
    text = enter(room.manager).get(work(room, "", "work/rooms/")).content.decode()
    assert "Kodu K1" in text
    assert "Tulija" in text
    assert "algus kokku leppimata" in text


def test_hints_link_to_what_they_rest_on(enter: Enter) -> None:
    room = Room("IET")
    room.agreed()
    text = enter(room.supervisor).get(work(room, "", "work/hints/")).content.decode()
    assert "Eesmärgi „Teeb ise süüa.“ heaks ei ole" in text
    assert f"/people/{room.person.pk}/plan/" in text


def test_another_provider_finds_nothing_and_who_may_not_is_told(enter: Enter) -> None:
    room, other = Room(), make_provider("Võõras OÜ")
    stranger = enter(make_user("Võõras Juht", "service_manager", other))
    for path in ("work/", "work/rooms/", "work/hints/"):
        assert stranger.get(work(room, "", path)).status_code == 404
    accountant = enter(make_user("Aita Arve", "accountant", room.provider))
    assert accountant.get(work(room)).status_code == 403


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(
    ("path", "most"), [("work/", 20), ("work/rooms/", 20), ("work/hints/", 12)]
)
def test_the_pages_ask_a_fixed_number_of_questions(
    count: int, path: str, most: int, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    room = filled(count)
    client = enter(room.manager)
    with django_assert_max_num_queries(most):
        assert client.get(work(room, "", path)).status_code == 200
