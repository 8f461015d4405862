"""A municipality's pages: its own people only, at the providers of its grants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import make_person, make_provider, make_user
from tests.insight.test_funder import OTHER, Parish
from tests.plans.room import LINE
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload, Grant
from tugiplaan.audit.models import Event
from tugiplaan.audit.recorder import acting

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
PAGES = ["funder/", "funder/months/"]


def parish_with_package() -> Parish:
    parish = Parish()
    parish.agreed(referral_id=None, package=[LINE])
    parish.component(date(2026, 5, 4), 60)
    return parish


def clerk(parish: Parish, funder: str = LINE.funder, name: str = "Vald Valler") -> User:
    return make_user(name, "municipality", parish.provider, funder=funder)


def see(client: Client, parish: Parish, page: str) -> str:
    answer = client.get(f"/{parish.provider.pk}/{page}")
    assert answer.status_code == 200, answer.content
    return answer.content.decode().replace("\xa0", " ")


def test_packages_tell_budget_burnt_and_forecast_and_lead_to_the_person(enter: Enter) -> None:
    parish = parish_with_package()
    text = see(enter(clerk(parish)), parish, "funder/")
    assert "1 inimene, eelarve 1 366,45 €, kasutatud 30,00 €." in text
    assert f"/{parish.provider.pk}/funder/people/{parish.person.pk}/" in text
    assert "Prognoos = seni osutatud" in text
    assert "Mari Maasikas P1" in text


def test_who_waits_is_counted_and_found_by_the_filter(enter: Enter) -> None:
    parish = Parish()
    parish.agreed(referral_id=None, package=[LINE])
    client = enter(clerk(parish))
    assert "1 inimene ootab algust." in see(client, parish, "funder/")
    assert "Mari Maasikas P1" in see(client, parish, "funder/?state=waiting")
    parish.component(date(2026, 5, 4), 60)
    assert "Mari Maasikas P1" not in see(client, parish, "funder/?state=waiting")


def test_the_months_of_providers_and_where_each_stands(enter: Enter) -> None:
    parish = parish_with_package()
    text = see(enter(clerk(parish)), parish, "funder/months/")
    assert "Kodu OÜ" in text
    assert "jaanuar 2026" in text
    assert "alustamata" in text
    assert "arveid 0,00 €, neist maksmata 0,00 €" in text


def test_a_person_of_the_funder_is_shown_with_what_was_delivered_and_that_is_recorded(
    enter: Enter,
) -> None:
    parish = parish_with_package()
    user = clerk(parish)
    page = f"funder/people/{parish.person.pk}/?month=2026-05"
    text = see(enter(user), parish, page)
    assert "Mai 2026: osutatud 1 h." in text
    assert "04.05.2026" in text
    assert "1 366,45 €" in text
    event = Event.objects.get(name="web.funder_person")
    assert (event.by_id, event.subjects.get().person_id) == (user.pk, parish.person.pk)
    other = see(enter(user), parish, f"funder/people/{parish.person.pk}/?month=2026-04")
    assert "Selles kuus ei ole midagi kirja pandud." in other


def test_a_file_of_packages_is_a_reading_of_those_in_it(enter: Enter) -> None:
    parish = parish_with_package()
    answer = enter(clerk(parish)).get(f"/{parish.provider.pk}/funder/?file=csv")
    assert b"Mari Maasikas P1" in answer.content
    assert Event.objects.get(name="web.funder").subjects.get().person_id == parish.person.pk


def test_another_funder_sees_nothing_of_these_people(enter: Enter) -> None:
    parish = parish_with_package()
    strange = clerk(parish, OTHER, "Teine Vald")
    client = enter(strange)
    assert "Maasikas" not in see(client, parish, "funder/")
    assert "Maasikas" not in see(client, parish, f"funder/?funder={LINE.funder}")
    page = f"/{parish.provider.pk}/funder/people/{parish.person.pk}/"
    assert client.get(page).status_code == 404
    assert client.get(f"{page}?funder={LINE.funder}").status_code == 404


def test_a_grant_at_another_provider_opens_nothing_here(enter: Enter) -> None:
    parish, other = parish_with_package(), make_provider("Teine OÜ")
    far = make_user("Kauge Vald", "municipality", other, funder=LINE.funder)
    client = enter(far)
    answer = client.get(f"/{other.pk}/funder/")
    assert answer.status_code == 200
    assert "Maasikas" not in answer.content.decode()
    for page in (*PAGES, f"funder/people/{parish.person.pk}/"):
        assert client.get(f"/{parish.provider.pk}/{page}").status_code == 404
    assert client.get(f"/{other.pk}/funder/people/{parish.person.pk}/").status_code == 404


def test_a_person_not_paid_for_is_not_there(enter: Enter) -> None:
    parish = parish_with_package()
    bare = make_person(parish.provider, "P9")
    client = enter(clerk(parish))
    assert client.get(f"/{parish.provider.pk}/funder/people/{bare.pk}/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_staff_have_pages_of_their_own(enter: Enter, page: str) -> None:
    parish = parish_with_package()
    answer = enter(parish.director).get(f"/{parish.provider.pk}/{page}")
    assert answer.status_code == 403


def test_who_looks_for_two_funders_chooses(enter: Enter) -> None:
    parish = Parish()
    second = replace(LINE, funder=OTHER, component="muu")
    parish.agreed(referral_id=None, package=[LINE, second])
    user = clerk(parish)
    _also(user, parish.provider.pk, OTHER)
    text = see(enter(user), parish, f"funder/?funder={OTHER}")
    assert f'value="{OTHER}" selected' in text
    assert "muu" in text


def _also(user: User, provider_id: UUID, funder: str) -> None:

    with acting(by=operator(), name="test.grant"):
        Grant.objects.create(
            user=user, role="municipality", provider_id=provider_id, funder=funder,
            valid_from=date(2024, 1, 1),
        )  # fmt: skip


@pytest.mark.parametrize("people", [1, 20])
def test_the_pages_ask_the_same_few_questions(
    enter: Enter, people: int, django_assert_max_num_queries: Any
) -> None:
    parish = Parish()
    for number in range(people):
        person = make_person(parish.provider, f"Q{number}")
        with acting(by=operator(), name="test.caseload", provider_id=parish.provider.pk):
            Caseload.objects.create(
                provider=parish.provider, person=person, user=parish.supervisor,
                valid_from=date(2024, 1, 1),
            )  # fmt: skip
        parish.agreed(person_id=person.pk, referral_id=None, package=[LINE])
    client = enter(clerk(parish))
    for page in PAGES:
        with django_assert_max_num_queries(15):
            see(client, parish, page)
    with django_assert_max_num_queries(25):
        see(client, parish, f"funder/people/{person.pk}/")
