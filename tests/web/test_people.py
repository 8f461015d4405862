"""The list of people and its search."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import make_person, make_provider, make_user
from tugiplaan.accounts.access import User

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]


def test_a_manager_sees_the_people_of_the_provider_by_name(enter: Enter) -> None:
    home, other = make_provider(), make_provider("Võõras OÜ")
    make_person(home, "P1", last_name="Õunapuu")
    make_person(home, "P2", last_name="Zirk")
    make_person(other, "P1", last_name="Võõras")
    client = enter(make_user("Mati Mets", "service_manager", home))
    text = client.get(f"/{home.pk}/people/").content.decode()
    assert text.index("Zirk") < text.index("Õunapuu")
    assert "Võõras" not in text


def test_the_search_finds_without_the_dots_and_htmx_gets_the_part_alone(enter: Enter) -> None:
    home = make_provider()
    make_person(home, "P1", last_name="Õunapuu")
    make_person(home, "P2", last_name="Zirk")
    client = enter(make_user("Mati Mets", "service_manager", home))
    part = client.get(
        f"/{home.pk}/people/?q=ouna", headers={"HX-Request": "true", "HX-Target": "div#found"}
    ).content.decode()
    assert "Õunapuu" in part
    assert "Zirk" not in part
    assert "<html" not in part
    assert part.strip() in client.get(f"/{home.pk}/people/?q=ouna").content.decode()


@pytest.mark.parametrize("people", [1, 20])
def test_the_list_asks_the_same_few_questions(
    enter: Enter, people: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    home = make_provider()
    for number in range(people):
        make_person(home, f"P{number}")
    client = enter(make_user("Mati Mets", "service_manager", home))
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        client.get(f"/{home.pk}/people/")


def test_who_has_no_role_here_finds_nothing(enter: Enter) -> None:
    home, other = make_provider(), make_provider("Võõras OÜ")
    client = enter(make_user("Mati Mets", "service_manager", other))
    assert client.get(f"/{home.pk}/people/").status_code == 404


def test_who_lacks_the_right_is_told_who_has_it(enter: Enter) -> None:
    home = make_provider()
    client = enter(make_user("Aet Arve", "auditor", home))
    answer = client.get(f"/{home.pk}/people/")
    assert answer.status_code == 403
    assert "raamatupidaja" in answer.content.decode()
