"""The work list of one place among several; improvements, tasks and offers with their links."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.deadlines.test_given_work import given, offered
from tests.deadlines.test_work import day_of
from tests.plans.room import Room
from tests.referrals.rows import make_place, make_referral
from tests.web.test_calendar import address, events
from tests.web.test_work import work
from tugiplaan.accounts.access import User
from tugiplaan.deadlines.queries import Task, TaskKind
from tugiplaan.quality.actions import NewImprovement, end_improvement, plan_improvement
from tugiplaan.rules.tables import builtin
from tugiplaan.web.work.gathering import all_work

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
QUIET = NewImprovement(what="Vaiksem söögituba", owner="Malle Maa", due_on=TODAY)


def improvements(user: User, room: Room) -> list[Task]:
    found = all_work(user=user, provider_id=room.provider.pk, day=TODAY, law=builtin()).tasks
    return [one for one in found if one.kind is TaskKind.IMPROVEMENT]


def test_an_improvement_is_work_of_who_leads_the_whole_house_until_it_ends() -> None:
    room = Room()
    who: dict[str, Any] = {"by": room.manager, "on": TODAY}
    row = plan_improvement(provider_id=room.provider.pk, new=QUIET, **who)
    later = NewImprovement(what="Uus köök", owner="Malle Maa", due_on=TODAY + timedelta(300))
    plan_improvement(provider_id=room.provider.pk, new=later, **who)
    (task,) = improvements(room.manager, room)
    assert (task.about, task.due_on, task.name) == (row.pk, TODAY, "Malle Maa")
    assert (task.person_id, task.may_act) == (None, True)
    place = make_place(room.provider)
    at_place = make_user("Kohajuht Kaur", "service_manager", room.provider, place=place)
    stranger = make_user("Võõras Juht", "service_manager", make_provider("Teine OÜ"))
    for user in (room.supervisor, at_place, stranger):
        assert improvements(user, room) == []
    end_improvement(improvement=row, is_done=True, outcome="Uued lambid.", **who)
    assert improvements(room.manager, room) == []


def test_each_leads_to_the_page_where_it_is_done(enter: Enter) -> None:
    room = Room()
    row = given(room)
    offer, _, _ = offered(room)
    better = plan_improvement(provider_id=room.provider.pk, new=QUIET, by=room.manager, on=TODAY)
    client = enter(room.manager)
    text = client.get(work(room)).content.decode()
    base = f"/{room.provider.pk}"
    for path in (
        f"{base}/people/{room.person.pk}/tasks/{row.pk}/done/",
        f"{base}/intake/offer/{offer.pk}/",
        f"{base}/quality/improvements/{better.pk}/",
    ):
        assert f'href="{path}"' in text
        assert client.get(path).status_code == 200
    assert "Ülesanne „Helista kohtusse.“, vastutab Juta Juhendaja." in text
    assert "Koht „Kodu K1“ (kogukonnas elamise teenus) on pakutud 15.06.2026" in text
    assert "Parendus „Vaiksem söögituba“." in text


def test_the_calendar_counts_them_and_names_nobody(enter: Enter) -> None:
    room = Room()
    given(room)
    given(room)
    offered(room)
    plan_improvement(provider_id=room.provider.pk, new=QUIET, by=room.manager, on=TODAY)
    content = Client().get(address(enter(room.manager), room)).content
    titles = [title for title, _ in events(content)]
    assert "ülesanne (2)" in titles
    assert "parendus" in titles
    assert "vastus kohapakkumisele" in titles
    people = (room.person, room.manager, room.supervisor)
    names = " ".join(str(one) for one in people).split()
    shown = content.decode()
    for secret in (*names, "P1", "P17", "Helista", "Vaiksem", "Kodu", str(room.person.pk)):
        assert secret not in shown


def two_places(room: Room) -> tuple[str, str]:
    first, second = make_place(room.provider, "K1"), make_place(room.provider, "K2")
    for code, place, name in (("P7", first, "Esimene"), ("P8", second, "Teine")):
        person = make_person(room.provider, code, last_name=name)
        referral = make_referral(person, f"S-{code}", place=place)
        day_of(referral, "arrived", date(2026, 1, 1))
    return str(first.pk), str(second.pk)


def test_who_leads_several_places_sees_one_of_them(enter: Enter) -> None:
    room = Room()
    first, second = two_places(room)
    client = enter(room.manager)
    every = client.get(work(room)).content.decode()
    assert 'name="place"' in every
    assert "Esimene" in every
    assert "Teine" in every
    text = client.get(
        work(room, f"?place={second}"), headers={"HX-Request": "true", "HX-Target": "tasks"}
    ).content.decode()
    assert "Teine" in text
    assert "Esimene" not in text
    assert "Maasikas" not in text  # at no known place
    assert "Kogu maja tööd" in text
    assert "Esimene" in client.get(work(room, f"?place={first}")).content.decode()
    assert "Kõik on korras" in client.get(work(room, "?place=x")).content.decode()


def test_where_there_is_one_place_nothing_is_chosen(enter: Enter) -> None:
    room = Room()
    assert 'name="place"' not in enter(room.manager).get(work(room)).content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_improvements_cost_one_question(count: int, django_assert_num_queries: Any) -> None:
    room = Room()
    for _ in range(count):
        plan_improvement(provider_id=room.provider.pk, new=QUIET, by=room.manager, on=TODAY)
    with django_assert_num_queries(16):
        assert len(improvements(room.manager, room)) == count
