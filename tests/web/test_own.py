"""The own pages: plain words, one's own record only, and what a representative sees."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.billing.home import NOVEMBER, make_home
from tests.billing.test_month_close import closed
from tests.cast import make_person, make_provider, make_user
from tests.insight.test_hours_and_staff import Desk
from tests.plans.room import GOAL, LINE
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Grant
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting, record_reading
from tugiplaan.insight.queries import own_events, own_month, own_persons, own_plan
from tugiplaan.people.models import Person
from tugiplaan.plans.actions import Party, Said, answer_own_plan
from tugiplaan.plans.models import PlanAnswer
from tugiplaan.providers.models import Provider
from tugiplaan.web.own.readers import sentence

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
PAGES = ["own/plan/", "own/month/", "own/readers/"]


def see(client: Client, provider: Provider, page: str) -> str:
    answer = client.get(f"/{provider.pk}/{page}")
    assert answer.status_code == 200, answer.content
    return answer.content.decode().replace("\xa0", " ")


def own_user(person: Person, name: str = "Mari Maasikas P1") -> User:
    return make_user(name, "person", person.provider, person=person)


def also(user: User, person: Person) -> None:
    with acting(by=operator(), name="test.grant"):
        Grant.objects.create(
            user=user, role="person", provider=person.provider, person=person,
            valid_from=date(2024, 1, 1),
        )  # fmt: skip


def test_my_plan_tells_in_plain_words_what_i_want_and_who_helps(enter: Enter) -> None:
    desk = Desk()
    desk.agreed(package=[LINE], plain="Ma tahan ise süüa teha.", wishes="Mulle meeldib supp.")
    text = see(enter(own_user(desk.person)), desk.provider, "own/plan/")
    assert text.index("Ma tahan ise süüa teha.") < text.index("Teeb ise süüa.")
    for part in ("Mulle meeldib supp.", "Koos poes.", "Juta Juhendaja", "toetus: 4 h kuus"):
        assert part in text
    assert "esindajana" not in text


def test_before_the_first_plan_the_page_says_what_will_be_here(enter: Enter) -> None:
    desk = Desk()
    text = see(enter(own_user(desk.person)), desk.provider, "own/plan/")
    assert "Sinu plaani veel ei ole" in text


def test_i_read_a_plan_that_waits_and_say_whether_i_agree(enter: Enter) -> None:
    desk = Desk()
    goal = replace(GOAL, plain="Ma keedan ise suppi.", due_on=date(2026, 12, 31))
    plan = desk.draft(goals=[goal])
    client = enter(own_user(desk.person))
    text = see(client, desk.provider, "own/plan/")
    assert "See plaan ootab vastust." in text
    assert "Ma keedan ise suppi." in text
    assert "hiljemalt 31.12.2026" in text
    address = f"/{desk.provider.pk}/own/plan/{plan.pk}/answer/"
    client.post(address, {"is_agreed": "no", "why": ""})
    assert "Keeldumise põhjus on vajalik" in see(client, desk.provider, "own/plan/")
    client.post(address, {"is_agreed": "no", "why": "liiga vara hommikul"})
    assert "Sina ei ole nõus" in see(client, desk.provider, "own/plan/")
    client.post(address, {"is_agreed": "yes"})
    text = see(client, desk.provider, "own/plan/")
    assert "Sina oled nõus" in text
    assert "See plaan ootab vastust." not in text
    said = PlanAnswer.objects.order_by("id").values_list("party", "is_agreed", "why")
    assert list(said) == [("person", False, "liiga vara hommikul"), ("person", True, "")]
    assert list(faults()) == []


def test_a_representative_answers_in_the_own_name_and_a_stranger_not_at_all(enter: Enter) -> None:
    desk = Desk()
    plan = desk.draft()
    address = f"/{desk.provider.pk}/own/plan/{plan.pk}/answer/"
    other = make_person(desk.provider, "P2")
    stranger = enter(own_user(other, "Võõras Inimene"))
    assert stranger.post(address, {"is_agreed": "yes"}).status_code == 404
    assert enter(desk.manager).post(address, {"is_agreed": "yes"}).status_code == 403
    assert not PlanAnswer.objects.exists()
    guardian = own_user(desk.person, "Eha Eestkostja")
    enter(guardian).post(address, {"is_agreed": "yes"})
    row = PlanAnswer.objects.get()
    assert (row.party, row.name) == ("representative", "Eha Eestkostja")
    with pytest.raises(NotAllowedError):
        answer_own_plan(
            plan=plan, said=Said(Party.PERSON, is_agreed=True), by=own_user(other, "Kõrval"),
            on=date(2026, 6, 15),
        )  # fmt: skip


def test_my_month_tells_what_was_agreed_and_done(enter: Enter) -> None:
    desk = Desk()
    desk.agreed()
    desk.hour(date(2026, 5, 4), 45)
    client = enter(own_user(desk.person))
    text = see(client, desk.provider, "own/month/?month=2026-05")
    assert "Minu kuu: mai 2026" in text
    assert "<strong>1 h 30 min</strong>" in text
    assert "<strong>45 min</strong>" in text
    assert "Esmaspäev, 4. mai" in text
    assert "Sinuga oli Töötaja T1." in text
    assert "ei ole veel valmis" in text
    assert "Minu kuu: juuni 2026" in see(client, desk.provider, "own/month/?month=2099-01")
    assert "Minu kuu: juuni 2026" in see(client, desk.provider, "own/month/?month=abc")


def test_a_closed_month_tells_what_it_costs_and_who_pays(enter: Enter, settings: Any) -> None:
    settings.TODAY = NOVEMBER
    home = make_home()
    home.resident("P1")
    home.resident("P2")
    closed(home)
    text = see(enter(own_user(home.persons[0])), home.provider, "own/month/?month=2026-05")
    assert "<strong>676,00 €</strong>. Maksab Riik." in text
    assert "Selles kuus ei ole sulle arvet tehtud." in text


def test_who_read_my_data_is_told_by_day_in_sentences(enter: Enter) -> None:
    desk = Desk()
    user = own_user(desk.person)
    for _time in range(2):
        record_reading(
            by=desk.manager, name="web.person_plan", provider_id=desk.provider.pk,
            persons=[desk.person.pk],
        )  # fmt: skip
    other = make_person(desk.provider, "P2")
    record_reading(
        by=desk.director, name="web.person", provider_id=desk.provider.pk, persons=[other.pk]
    )
    client = enter(user)
    text = see(client, desk.provider, "own/readers/")
    assert "Sinu andmeid on lugenud 1 inimene." in text
    assert "<strong>Malle Maa</strong> luges sinu plaani (2 korda)." in text
    assert "Jaan Juht" not in text
    desk.agreed()
    assert "kinnitas sinu plaani" in see(client, desk.provider, "own/readers/")
    assert "kinnitas" not in see(client, desk.provider, "own/readers/?only=read")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("web.person_hours", "vaatas sinu lehte"),
        ("web.something", "vaatas sinu andmeid"),
        ("billing.close", "arvestas sinu kuu arveid"),
        ("unknown.thing", "muutis sinu andmeid"),
    ],
)
def test_an_event_without_a_sentence_of_its_own_has_one_of_its_kind(name: str, told: str) -> None:
    assert sentence(name) == told


def test_reading_ones_own_record_is_recorded_and_looking_at_readers_is_not(enter: Enter) -> None:
    desk = Desk()
    user = own_user(desk.person)
    client = enter(user)
    for page in PAGES:
        see(client, desk.provider, page)
    names = set(Event.objects.filter(by_id=user.pk).values_list("name", flat=True))
    assert names == {"web.my_plan", "web.my_month"}
    assert "Sinu konto" in see(client, desk.provider, "own/readers/")


def test_a_representative_knows_whose_page_it_is_and_goes_to_the_other(enter: Enter) -> None:
    desk = Desk()
    second = make_person(desk.provider, "P2")
    user = own_user(desk.person, "Ene Esindaja")
    also(user, second)
    client = enter(user)
    text = see(client, desk.provider, "own/plan/")
    assert "See on Mari Maasikas P1 leht. Sina vaatad seda tema esindajana." in text
    assert f"?person={second.pk}" in text
    text = see(client, desk.provider, f"own/plan/?person={second.pk}")
    assert "See on Mari Maasikas P2 leht." in text


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_the_own_page_of_another(enter: Enter, page: str) -> None:
    desk = Desk()
    other, strange = make_person(desk.provider, "P2"), make_provider("Teine OÜ")
    client = enter(own_user(desk.person))
    here = f"/{desk.provider.pk}/{page}"
    for asked in (other.pk, make_person(strange, "P3").pk, "x"):
        assert client.get(f"{here}?person={asked}").status_code == 404
    assert client.get(f"/{strange.pk}/{page}").status_code == 404
    assert enter(desk.director).get(here).status_code == 403


def test_the_queries_themselves_stop_who_has_no_own_view() -> None:
    desk = Desk()
    given: dict[str, Any] = {"person": desk.person, "by": desk.director, "on": date(2026, 6, 15)}
    assert own_persons(provider_id=desk.provider.pk, by=desk.director, on=given["on"]) == []
    with pytest.raises(NotAllowedError):
        own_plan(**given)
    with pytest.raises(NotAllowedError):
        own_month(period=202605, **given)
    with pytest.raises(NotAllowedError):
        own_events(**given)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_pages_ask_the_same_few_questions(
    enter: Enter, rows: int, django_assert_max_num_queries: Any
) -> None:
    desk = Desk()
    desk.agreed()
    for number in range(rows):
        desk.hour(date(2026, 5, 1 + number), 30)
        record_reading(
            by=desk.manager, name="web.person", provider_id=desk.provider.pk,
            persons=[desk.person.pk],
        )  # fmt: skip
    client = enter(own_user(desk.person))
    for page in ("own/plan/", "own/month/?month=2026-05", "own/readers/"):
        with django_assert_max_num_queries(42):
            see(client, desk.provider, page)
