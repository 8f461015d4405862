"""From an empty database to a provider that works, through the pages, as the people do it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.cast import TODAY, make_person, make_user
from tugiplaan.accounts.access import User
from tugiplaan.accounts.models import Caseload, Grant
from tugiplaan.audit.queries import faults
from tugiplaan.pricelists.models import ComponentPrice, OwnPrice, Rate
from tugiplaan.providers.models import (
    BillingTerms,
    Building,
    ComponentContract,
    Licence,
    Place,
    Position,
    Provider,
    SizePeriod,
    Staff,
    StateContract,
)

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
TALLINN = "75014920"


class Browser:
    """A browser at a provider: sends forms and stops where one is refused."""

    def __init__(self, client: Client, provider: Provider) -> None:
        self.client, self.root = client, f"/{provider.pk}/setup/"

    def send(self, path: str, **told: Any) -> str:
        answer = self.client.post(self.root + path, told)
        assert answer.status_code == 302, answer.content.decode()[-4000:]
        return str(answer["Location"])

    def see(self, path: str = "") -> str:
        answer = self.client.get(self.root + path)
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def operator() -> User:
    return make_user("Hannes Haldur", "operator", reason="haldab kõiki")


def _register(client: Client) -> Provider:
    answer = client.post(
        "/operator/providers/new/",
        {
            "name": "Uus Kodu OÜ",
            "director_name": "Jüri Juht",
            "director_email": "jyri@example.ee",
            "director_language": "et",
        },
    )
    assert answer.status_code == 302
    provider = Provider.objects.get(name="Uus Kodu OÜ")
    director = User.objects.get(email="jyri@example.ee")
    assert answer["Location"] == f"/{provider.pk}/setup/users/{director.pk}/invite/"
    return provider


def test_an_empty_database_becomes_a_working_provider(enter: Enter, operator: User) -> None:
    provider = _register(enter(operator))
    director = User.objects.get(email="jyri@example.ee")
    browser = Browser(enter(director), provider)
    assert "Järgmine: Asutuse andmed" in browser.see()
    _house(browser)
    _contracts(browser)
    _prices(browser)
    _people(browser, provider)
    text = browser.see()
    assert "Kõik vajalik on seatud" in text
    assert list(faults()) == []


def _house(browser: Browser) -> None:
    browser.send(
        "provider/",
        name="Uus Kodu OÜ",
        registry_code="10137319",
        iban="EE38 2200 2210 2014 5685",
        address="Pargi 5, Tapa",
    )
    assert Provider.objects.get().iban == "EE382200221020145685"
    assert "Järgmine: Hooned" in browser.see()
    browser.send("places/building/", code="Pargi 5", address="Pargi 5, Tapa")
    house = Building.objects.get()
    browser.send("places/new/", building=house.pk, name="Pargi kodu", code="PARGI")
    place = Place.objects.get()
    browser.send(
        "licences/new/",
        code="SEH-1",
        place=place.pk,
        service="OEH",
        max_persons=10,
        valid_from="2024-01-01",
        target_groups=["ordinary", "er"],
    )
    assert Licence.objects.get().target_groups == "er ordinary"
    assert "suurusklass märkimata" in browser.see()
    browser.send(f"places/{place.pk}/size/", size_class="G10", first_day="2024-01-01")
    browser.send(f"places/{place.pk}/size/", size_class="G6", first_day="2026-01-01")
    assert SizePeriod.objects.count() == 2
    text = browser.see("places/")
    assert "alates 01.01.2024" in text
    assert "kuni 6 inimest" in text


def _contracts(browser: Browser) -> None:
    assert "Järgmine: Leping" in browser.see()
    browser.send(
        "contracts/state/",
        valid_from="2026-01-01",
        part_month_denominator="thirty",
        absence_year="calendar_year",
        te_minimum="month_total",
        absence_year_limit_days="120",
        pays_empty_court_places="on",
    )
    held = StateContract.objects.get()
    assert (held.absence_year, held.pays_unused_pnh_days) == ("calendar_year", False)
    browser.send(
        "contracts/terms/",
        funder="70001975",
        funder_name="Sotsiaalkindlustusamet",
        valid_from="2026-01-01",
        payment_days="21",
    )
    browser.send(
        "contracts/components/",
        funder=TALLINN,
        valid_from="2026-01-01",
        minutes_per_hour="60",
        increment_minutes="15",
        increment_rounding="up",
        group_price="split",
    )
    assert ComponentContract.objects.get().increment_rounding == "up"
    assert BillingTerms.objects.get().payment_days == 21
    assert "30 päeva" in browser.see("contracts/")


def _prices(browser: Browser) -> None:
    browser.send("prices/own/", code="OEH_G6", amount="1 900,50", valid_from="2026-01-01")
    assert OwnPrice.objects.get().amount == Decimal("1900.50")
    browser.send(
        "prices/rate/",
        code="KE",
        amount="100",
        valid_from="2025-01-01",
        valid_to="2025-12-31",
        source="Määrus nr 65 § 2, RT I, 2025",
    )
    assert (Rate.objects.get().unit, Rate.objects.get().source[:6]) == ("month", "Määrus")
    browser.send("prices/take-over/", version="P3", funder=TALLINN)
    unsure = list(ComponentPrice.objects.order_by("component"))
    assert [row.is_confirmed for row in unsure] == [False] * 3
    text = browser.see("prices/")
    assert "3 hinda ootab kinnitamist" in text
    assert "kinnitamata" in browser.see()
    for row in unsure:
        browser.send(
            f"prices/{row.pk}/confirm/",
            valid_from="2026-01-01",
            valid_to="2026-12-31",
            is_checked="on",
        )
    assert all(row.is_confirmed for row in ComponentPrice.objects.all())
    assert "ootab kinnitamist" not in browser.see("prices/")


def _people(browser: Browser, provider: Provider) -> None:
    browser.send("staff/new/", name="Tiina Tugi", code="T1", valid_from="2026-01-01")
    worker = Staff.objects.get()
    place = Place.objects.get()
    browser.send(
        f"staff/{worker.pk}/position/",
        place=place.pk,
        service="OEH",
        full_time_share="0,5",
        valid_from="2026-01-01",
    )
    assert Position.objects.get().full_time_share == Decimal("0.5")
    assert "Algkoolitus on läbimata" in browser.see("staff/")
    browser.send(f"staff/{worker.pk}/course/", kind="basic_40", hours="40", started_on="2026-01-05")
    course = worker.courses.get()
    browser.send(f"staff/{worker.pk}/course/{course.pk}/end/", completed_on="2026-02-05")
    assert "Koolitusest puudu 220 h, tähtaeg" in browser.see("staff/")
    browser.send(
        f"staff/{worker.pk}/qualification/", name="Sotsiaaltöötaja", valid_from="2020-06-01"
    )
    assert "Koolitusest puudu" not in browser.see("staff/")
    landed = browser.send(
        "users/new/",
        name="Tiina Tugi",
        email="tiina@example.ee",
        language="ru",
        role="activity_supervisor",
        valid_from="2026-01-01",
    )
    user = User.objects.get(email="tiina@example.ee")
    assert landed.endswith(f"users/{user.pk}/invite/")
    link = browser.client.post(landed).content.decode()
    assert "log-in" in link
    person = make_person(provider, "P1")
    browser.send("cases/new/", user=user.pk, person=person.pk, valid_from="2026-01-01")
    assert Caseload.objects.get().person_id == person.pk
    assert "Maasikas" in browser.see("cases/")


def test_a_role_ends_and_a_user_is_switched_off_and_on(enter: Enter, operator: User) -> None:
    provider = _register(enter(operator))
    browser = Browser(enter(User.objects.get(email="jyri@example.ee")), provider)
    user = make_user("Aita Abi", "service_manager", provider)
    browser.send(f"users/{user.pk}/switch/", why="läks ära")
    assert not User.objects.get(pk=user.pk).is_active
    browser.send(f"users/{user.pk}/switch/", why="tuli tagasi")
    assert User.objects.get(pk=user.pk).is_active
    held = Grant.objects.get(user=user)
    browser.send(f"users/{user.pk}/grant/{held.pk}/end/", last_day=TODAY, why="uus töö")
    assert Grant.objects.get(user=user).valid_to == TODAY
    browser.send(f"users/{user.pk}/grant/", role="auditor", valid_from=date(2026, 7, 1))
    text = browser.see(f"users/{user.pk}/")
    assert "teenusejuht" in text
    assert "Tulekul" in text
    assert list(faults()) == []


def test_a_deputy_needs_a_last_day_and_what_was_chosen_stays(enter: Enter, operator: User) -> None:
    provider = _register(enter(operator))
    browser = Browser(enter(User.objects.get(email="jyri@example.ee")), provider)
    own, deputy = (make_user(name, "activity_supervisor", provider) for name in ("Aa Ee", "Ii Oo"))
    person = make_person(provider)
    told = {"user": deputy.pk, "person": person.pk, "deputy_for": own.pk, "valid_from": TODAY}
    browser.send("cases/new/", user=own.pk, person=person.pk, valid_from=TODAY)
    answer = browser.client.post(f"{browser.root}cases/new/", told)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Asendamisel peab olema viimane päev." in text
    assert f'value="{deputy.pk}" selected' in text
    browser.send("cases/new/", **told, valid_to=date(2026, 6, 30))
    assert "asendab: Aa Ee" in browser.see("cases/")
    case = Caseload.objects.get(deputy_for__isnull=True)
    browser.send(f"cases/{case.pk}/end/", last_day=TODAY)
    assert {row.valid_to for row in Caseload.objects.all()} == {TODAY}
