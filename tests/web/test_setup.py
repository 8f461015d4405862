"""The pages of settings: who sees them, what they refuse, how few questions they ask."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.plans.room import make_worker
from tests.referrals.rows import close_month, make_licence, make_place
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator as machine
from tugiplaan.accounts.models import Caseload, Grant
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import events_of
from tugiplaan.audit.recorder import acting
from tugiplaan.pricelists.models import ComponentPrice, OwnPrice
from tugiplaan.providers.models import Provider, StateContract
from tugiplaan.rules.services import rate_codes
from tugiplaan.web.setup.prices import rate_code_labels

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

PAGES = {
    "": "director service_manager accountant auditor",
    "places/": "director service_manager accountant auditor",
    "contracts/": "director service_manager accountant auditor",
    "staff/": "director service_manager accountant auditor",
    "prices/": "director service_manager accountant auditor",
    "prices/own/": "director accountant",
    "prices/rate/": "director accountant",
    "prices/new/": "director accountant",
    "prices/take-over/": "director accountant",
    "provider/": "director",
    "places/building/": "director",
    "places/new/": "director",
    "licences/new/": "director",
    "contracts/state/": "director",
    "contracts/components/": "director",
    "contracts/terms/": "director",
    "staff/new/": "director",
    "users/": "director",
    "users/new/": "director",
    "cases/": "director service_manager",
    "cases/new/": "director service_manager",
    "events/": "director auditor",
    "hours/": "director service_manager activity_supervisor",
    "folder/": "director",
}
ROLES = ("director", "service_manager", "accountant", "auditor", "activity_supervisor")


@pytest.mark.parametrize("role", ROLES)
def test_each_page_is_open_to_its_roles_only(enter: Enter, role: str) -> None:
    home, other = make_provider(), make_provider("Teine OÜ")
    client = enter(make_user("Mari Mets", role, home))
    stranger = enter(make_user("Võõras", role, other))
    for page, open_to in PAGES.items():
        expected = 200 if role in open_to.split() else 403
        assert client.get(f"/{home.pk}/setup/{page}").status_code == expected, page
        assert stranger.get(f"/{home.pk}/setup/{page}").status_code == 404, page


def test_things_of_another_provider_do_not_exist(enter: Enter) -> None:
    home, other = make_provider(), make_provider("Teine OÜ")
    place = make_place(other)
    licence, worker = make_licence(place), make_worker(other)
    user = make_user("Teise Oma", "director", other)
    client = enter(make_user("Mari Mets", "director", home))
    for path in (
        f"licences/{licence.pk}/",
        f"staff/{worker.pk}/",
        f"users/{user.pk}/",
        f"users/{user.pk}/switch/",
    ):
        assert client.get(f"/{home.pk}/setup/{path}").status_code == 404, path
    told = {"size_class": "G6", "first_day": TODAY}
    assert client.post(f"/{home.pk}/setup/places/{place.pk}/size/", told).status_code == 404


def test_what_is_wrong_is_told_and_what_was_typed_stays(enter: Enter) -> None:
    home = make_provider()
    client = enter(make_user("Mari Mets", "director", home))
    told = {"name": "Kodu OÜ", "registry_code": "10137310"}
    answer = client.post(f"/{home.pk}/setup/provider/", told)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "kontrollnumber ei klapi" in text
    assert 'value="10137310"' in text
    wrong = {"name": "A", "email": "a@example.ee", "language": "et", "role": "municipality"}
    answer = client.post(f"/{home.pk}/setup/users/new/", wrong | {"valid_from": TODAY})
    assert "registrikoodi" in answer.content.decode()
    assert not User.objects.filter(email="a@example.ee").exists()


def test_a_setting_of_a_closed_month_is_refused_and_of_an_invoiced_one_asks_why(
    enter: Enter,
) -> None:
    home = make_provider()
    client = enter(make_user("Mari Mets", "director", home))
    told = {"code": "KE", "amount": "10", "valid_from": "2026-05-01"}
    url = f"/{home.pk}/setup/prices/own/"
    close_month(home, 202605, "closed")
    assert "05.2026 on suletud" in client.post(url, told).content.decode()
    close_month(home, 202605, "issued")
    answer = client.post(url, told)
    assert answer.status_code == 422
    assert "on juba arveldatud" in answer.content.decode()
    assert OwnPrice.objects.count() == 0
    assert client.post(url, told | {"why": "leping muutus"}).status_code == 302
    assert events_of(home.pk)[0].why == "leping muutus"


def test_an_unsure_price_is_shown_so_until_somebody_vouches_for_its_days(enter: Enter) -> None:
    home = make_provider()
    client = enter(make_user("Arvi Arve", "accountant", home))
    root = f"/{home.pk}/setup/prices/"
    text = client.get(f"{root}take-over/").content.decode()
    assert "kahtlane" in text
    assert "puudub" in text
    answer = client.post(f"{root}take-over/", {"version": "P2", "funder": "75014920"}, follow=True)
    assert "Välja jäi: B2" in answer.content.decode()
    row = ComponentPrice.objects.filter(component="B1").get()
    assert client.post(f"{root}{row.pk}/confirm/", {"valid_from": "2026-01-01"}).status_code == 422
    told = {"valid_from": "2026-02-01", "valid_to": "2026-01-01", "is_checked": "on"}
    assert "enne esimest" in client.post(f"{root}{row.pk}/confirm/", told).content.decode()
    row.refresh_from_db()
    assert not row.is_confirmed
    told["valid_to"] = ""
    assert client.post(f"{root}{row.pk}/confirm/", told).status_code == 302
    row.refresh_from_db()
    assert (row.is_confirmed, row.valid_from.month, row.valid_to) == (True, 2, None)
    assert client.post(f"{root}{row.pk}/end/", {"last_day": "2026-12-31"}).status_code == 302
    again = {"version": "P2", "funder": "75014920"}
    client.post(f"{root}take-over/", again)
    assert "juba olemas" in client.post(f"{root}take-over/", again).content.decode()


def test_every_rate_code_can_be_chosen() -> None:
    assert {code for code, _label in rate_code_labels()} == rate_codes()


def test_the_operator_alone_registers_providers(enter: Enter) -> None:
    home = make_provider()
    director = enter(make_user("Mari Mets", "director", home))
    assert director.get("/operator/providers/").status_code == 403
    assert Client().get("/operator/providers/").status_code == 302
    client = enter(make_user("Hannes Haldur", "operator", reason="haldab"))
    assert "Kodu OÜ" in client.get("/operator/providers/").content.decode()
    assert "operator/providers" in client.get(f"/{home.pk}/setup/").content.decode()
    guide = director.get(f"/{home.pk}/setup/").content.decode()
    assert "operator/providers" not in guide
    assert f'href="/{home.pk}/papers/templates/"' in guide
    told = {
        "name": "Uus OÜ",
        "registry_code": "10137310",
        "director_name": "Mari Mets",
        "director_email": "Mari.Mets@example.ee",
        "director_language": "et",
    }
    refused = client.post("/operator/providers/new/", told)
    assert refused.status_code == 422
    assert "kontrollnumber" in refused.content.decode()
    answer = client.post("/operator/providers/new/", told | {"registry_code": "10137319"})
    assert answer["Location"].endswith("/setup/")
    new = Provider.objects.get(name="Uus OÜ")
    assert Grant.objects.get(provider=new).user.email == "mari.mets@example.ee"
    assert director.get(f"/{new.pk}/setup/").status_code == 200


def test_no_link_is_made_for_who_has_a_password_or_works_elsewhere_too(enter: Enter) -> None:
    home, other = make_provider(), make_provider("Teine OÜ")
    client = enter(make_user("Mari Mets", "director", home))
    both = make_user("Kaks Kohta", "service_manager", home)
    both.set_unusable_password()
    with acting(by=machine(), name="test.both"):
        both.save()
        Grant.objects.create(
            user=both, role="director", provider=other, valid_from=TODAY.replace(year=2024)
        )
    answer = client.post(f"/{home.pk}/setup/users/{both.pk}/invite/")
    assert answer.status_code == 422
    assert "õigusi ka" in answer.content.decode()
    own = make_user("Oma Inimene", "service_manager", home)
    own.set_password("pikk ja hea parool")
    with acting(by=machine(), name="test.own"):
        own.save()
    assert client.post(f"/{home.pk}/setup/users/{own.pk}/invite/").status_code == 422


def test_events_are_told_filtered_and_verified(enter: Enter) -> None:
    home = make_provider()
    person = make_person(home, "P1")
    director = make_user("Mari Mets", "director", home)
    client = enter(director)
    url = f"/{home.pk}/setup/events/"
    client.post(f"/{home.pk}/setup/places/building/", {"code": "Maja"})
    text = client.get(url).content.decode()
    assert "<strong>Mari Mets</strong> lisas hoone" in text
    assert "lisas hoone" not in client.get(f"{url}?kind=people").content.decode()
    assert "lisas hoone" in client.get(f"{url}?by={director.pk}&kind=providers").content.decode()
    assert "ei ole" in client.get(f"{url}?since=2100-01-01").content.decode()
    about = client.get(f"{url}?person={person.pk}").content.decode()
    assert "Maasikas" in about
    assert events_of(home.pk)[0].name == "web.setup_events"
    assert "ahel on terve" in client.post(url).content.decode()
    assert client.get(f"{url}?by=midagi&since=eile").status_code == 200
    auditor = enter(make_user("Aet Audit", "auditor", home))
    assert "Maasikas" not in auditor.get(url).content.decode()


def test_a_changed_event_is_told(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    home = make_provider()
    client = enter(make_user("Mari Mets", "director", home))
    client.post(f"/{home.pk}/setup/places/building/", {"code": "Maja"})
    event = Event.objects.filter(chain=home.pk).get()
    monkeypatch.setattr(
        "tugiplaan.audit.queries.event_hash", lambda one: "x" if one.pk == event.pk else one.hash
    )
    text = client.post(f"/{home.pk}/setup/events/").content.decode()
    assert "sündmus 1 on muudetud" in text


def _fill(home: Provider, rows: int) -> None:
    place = make_place(home, f"K{rows}")
    for number in range(rows):
        make_licence(place, code=f"L{rows}-{number}")
        worker = make_worker(home, f"T{rows}-{number}")
        user = make_user(f"Kasutaja {rows} {number}", "activity_supervisor", home)
        person = make_person(home, f"P{rows}-{number}")
        with acting(by=machine(), name="test.fill", provider_id=home.pk):
            worker.positions.create(
                provider=home, place=place, service="KE", full_time_share=1, valid_from="2026-01-01"
            )
            OwnPrice.objects.create(
                provider=home,
                code="KE",
                amount=number,
                valid_from=TODAY.replace(day=number + 1, month=rows % 12 or 12),
            )
            Caseload.objects.create(provider=home, user=user, person=person, valid_from=TODAY)
            StateContract.objects.create(
                provider=home, valid_from=TODAY.replace(day=number + 1, month=rows % 12 or 12)
            )


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("", 14),
        ("places/", 8),
        ("contracts/", 9),
        ("prices/", 9),
        ("staff/", 12),
        ("users/", 6),
        ("cases/", 8),
        ("events/", 10),
    ],
)
def test_the_pages_ask_the_same_few_questions_however_much_is_set(
    enter: Enter, page: str, most: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    home = make_provider()
    client = enter(make_user("Mari Mets", "director", home))
    for rows in (1, 20):
        _fill(home, rows)
        with django_assert_max_num_queries(most):
            assert client.get(f"/{home.pk}/setup/{page}").status_code == 200
