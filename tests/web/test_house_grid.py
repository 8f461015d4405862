"""The grid of days: saved as a set, all problems told beside their days, what was typed kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import make_provider, make_user
from tests.referrals.rows import close_month
from tests.web.house import House
from tugiplaan.accounts.access import User
from tugiplaan.audit.queries import faults
from tugiplaan.referrals.models import Absence

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


@pytest.fixture
def house() -> House:
    return House()


def sent(house: House, at: int, day: str, state: str, was: str = "present") -> dict[str, str]:
    key = f"{house.referrals[house.persons[at]].pk}:{day}"
    return {f"d:{key}": state, f"w:{key}": was}


def post(house: House, client: Client, *changes: dict[str, str], **values: str) -> Any:
    data = {key: value for change in changes for key, value in change.items()} | values
    return client.post(f"{house.at}/house/grid/?month=2026-06", data)


def test_days_away_are_saved_as_a_set(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    page = client.get(f"{house.at}/house/grid/?month=2026-06").content.decode()
    assert page.count("k-present") == 60
    assert "weekend" in page
    assert "holiday" in page
    days = [sent(house, 0, f"2026-06-0{day}", "absent") for day in (2, 3)]
    answer = post(house, client, *days, sent(house, 1, "2026-06-05", "hospital"))
    assert answer.status_code == 302
    rows = Absence.objects.order_by("first_day").values_list("first_day", "last_day", "kind")
    assert list(rows) == [
        (date(2026, 6, 2), date(2026, 6, 3), "absent"),
        (date(2026, 6, 5), date(2026, 6, 5), "hospital"),
    ]
    page = client.get(f"{house.at}/house/grid/?month=2026-06").content.decode()
    assert (page.count("k-absent"), page.count("k-hospital")) == (2, 1)
    assert list(faults()) == []


def test_all_problems_are_told_and_nothing_is_half_written(enter: Enter, house: House) -> None:
    changes = [
        sent(house, 0, "2026-06-02", "absent"),
        sent(house, 0, "2026-06-20", "day"),
        sent(house, 1, "2026-06-03", "oop"),
    ]
    answer = post(house, enter(house.worker), *changes)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "tulevikus" in text
    assert "ei märgita kasutatuks" in text
    assert text.count(" wrong") == 2
    assert text.count("data-was=") == 3
    assert not Absence.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    enter: Enter, house: House
) -> None:
    client = enter(house.worker)
    post(house, client, sent(house, 0, "2026-06-02", "hospital"))
    answer = post(house, client, sent(house, 0, "2026-06-02", "absent"))
    assert answer.status_code == 422
    assert "vahepeal" in answer.content.decode()
    (row,) = Absence.objects.current()
    assert row.kind == "hospital"


def test_sent_twice_changes_nothing_the_second_time(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    for _time in range(2):
        assert post(house, client, sent(house, 0, "2026-06-02", "absent")).status_code == 302
    assert Absence.objects.count() == 1


def test_one_day_and_one_person_are_forms_without_scripts(enter: Enter, house: House) -> None:
    client = enter(house.worker)
    day = client.get(f"{house.at}/house/grid/?day=2026-06-02").content.decode()
    assert day.count("<select id=") == 2
    referral = house.referrals[house.persons[0]].pk
    path = f"{house.at}/house/grid/?month=2026-06&referral={referral}"
    assert client.get(path).content.decode().count("<select id=") == 30
    data = sent(house, 0, "2026-06-02", "absent") | sent(house, 0, "2026-06-03", "present")
    assert client.post(path, data).status_code == 302
    assert Absence.objects.count() == 1


def test_a_closed_month_is_only_looked_at(enter: Enter, house: House) -> None:
    close_month(house.provider, 202606, "closed")
    client = enter(house.worker)
    assert "data-closed" in client.get(f"{house.at}/house/grid/?month=2026-06").content.decode()
    answer = post(house, client, sent(house, 0, "2026-06-02", "absent"))
    assert "suletud" in answer.content.decode()
    assert not Absence.objects.exists()


def test_an_invoiced_month_asks_why(enter: Enter, house: House) -> None:
    close_month(house.provider, 202606, "issued")
    client = enter(house.worker)
    change = sent(house, 0, "2026-06-02", "absent")
    answer = post(house, client, change)
    assert answer.status_code == 422
    assert "põhjus" in answer.content.decode()
    assert post(house, client, change, why="teatas hiljem").status_code == 302
    assert Absence.objects.count() == 1


def test_only_the_own_people_are_there_and_others_are_refused(enter: Enter, house: House) -> None:
    stranger = house.resident("P9", is_mine=False)
    house.persons.append(stranger)
    client = enter(house.worker)
    assert "Maasikas P9" not in client.get(f"{house.at}/house/grid/?month=2026-06").content.decode()
    answer = post(house, client, sent(house, 2, "2026-06-02", "absent"))
    assert answer.status_code == 422
    assert not Absence.objects.exists()
    other = make_provider("Teine OÜ")
    client = enter(make_user("Kalle Kask", "service_manager", other))
    assert client.get(f"{house.at}/house/grid/").status_code == 404


def test_the_month_of_a_person_is_told_when_asked(enter: Enter, house: House) -> None:
    client, person = enter(house.worker), house.persons[0]
    path = f"{house.at}/house/month/{person.pk}/?month=2026-05"
    assert "<html" in client.get(path).content.decode()
    headers = {"HX-Request": "true", "HX-Target": "div#month-verdict"}
    part = client.get(path, headers=headers).content.decode()
    assert "<html" not in part
    assert 'class="chip' in part
    stranger = house.resident("P9", is_mine=False)
    assert client.get(f"{house.at}/house/month/{stranger.pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_grid_asks_the_same_few_questions(
    enter: Enter, count: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    house = House(count)
    client = enter(house.manager)
    with django_assert_max_num_queries(20):
        page = client.get(f"{house.at}/house/grid/?month=2026-06").content
    assert len(page) <= 60_000
