"""Logging in: two steps, the first user, invitations, and doors that are only the demo's."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.http import Http404
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.cast import TODAY, make_provider, make_user
from tugiplaan.accounts.access import User, scope_of
from tugiplaan.accounts.actions import keep_password
from tugiplaan.accounts.models import User as UserRow
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.web.entry.invitations import invite

pytestmark = pytest.mark.django_db
PASSWORD = "kolm-sinist-lehma-7"  # noqa: S105 - invented


@pytest.fixture(autouse=True)
def _two_steps(settings: Any) -> None:
    settings.SECOND_STEP = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def manager() -> User:
    user = make_user("Mati Mets", "service_manager", make_provider())
    return keep_password(user=user, hashed=make_password(PASSWORD))


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def _send_password(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def test_a_password_alone_leads_to_the_second_step_and_nowhere_else(manager: User) -> None:
    client = Client()
    assert _send_password(client, manager).status_code == 302
    home = manager.grants.get().provider_id
    answer = client.get(f"/{home}/people/")
    assert answer.headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_activate_totp")).status_code in {200, 302}


def test_a_password_and_a_code_let_in_and_it_is_an_event(manager: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(manager, secret)
    client = Client()
    answer = _send_password(client, manager)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    home = manager.grants.get().provider_id
    assert client.get(f"/{home}/people/").headers["Location"].startswith("/log-in/")
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": _code(secret)}).status_code == 302
    assert client.get(f"/{home}/people/").status_code == 200
    assert Event.objects.filter(name="accounts.log_in", by_id=manager.pk).exists()
    assert list(faults()) == []


def test_a_recovery_code_lets_in_once(manager: User) -> None:
    TOTP.activate(manager, generate_totp_secret())
    code = RecoveryCodes.activate(manager).get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        _send_password(client, manager)
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == expected


def test_who_guesses_is_stopped(manager: User) -> None:
    client = Client()
    for _ in range(12):
        answer = _send_password(client, manager, "vale-vale-vale")
    assert answer.status_code in {200, 429}
    told = _send_password(client, manager)
    assert "_auth_user_id" not in client.session
    assert told.status_code in {200, 429}


def test_nobody_signs_up() -> None:
    answer = Client().post(
        reverse("account_signup"), {"email": "uus@example.ee", "password1": PASSWORD}
    )
    assert UserRow.objects.filter(email="uus@example.ee").count() == 0
    assert answer.status_code == 200


def test_an_address_is_not_changed_past_our_acts(manager: User) -> None:
    client = Client()
    client.force_login(manager)
    assert client.get(reverse("account_email")).status_code == 404
    assert client.post(reverse("account_email"), {"email": "uus@example.ee"}).status_code == 404


def test_changing_the_password_is_an_act_and_history_does_not_know_it(manager: User) -> None:
    client = Client()
    client.force_login(manager)
    client.session["has_second_step"] = True
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": PASSWORD + "x", "password2": PASSWORD + "x"},
    )
    assert answer.status_code == 302
    manager.refresh_from_db()
    assert manager.check_password(PASSWORD + "x")
    event = Event.objects.filter(name="accounts.keep_password").last()
    assert event
    assert event.by_id == manager.pk
    assert list(faults()) == []


def test_the_link_of_an_invitation_sets_a_password_once(manager: User, rf: Any) -> None:
    newcomer = make_user("Uus Inimene", "activity_supervisor", manager.grants.get().provider)
    link = invite(rf.get("/"), newcomer)
    client = Client()
    page = client.get(link, follow=True)
    form = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(page.redirect_chain[-1][0], form).status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.check_password(PASSWORD)
    again = Client().get(link, follow=True)
    assert b"password1" not in again.content


def test_ones_sessions_are_listed(manager: User) -> None:
    Authenticator.objects.all().delete()
    client = Client(headers={"User-Agent": "Telefon 7"})
    _send_password(client, manager)
    client.get(reverse("home"))
    page = client.get(reverse("usersessions_list"))
    assert "Telefon 7" in page.content.decode()


def test_the_first_user_begins_with_the_code_and_only_once(settings: Any, tmp_path: Any) -> None:
    settings.FIRST_CODE_FILE = tmp_path / "first-code"
    settings.FIRST_CODE_FILE.write_text("abcd1234", "ascii")
    form = {"code": "0000", "name": "Aita Algaja", "email": "aita@example.ee", "password": PASSWORD}
    client = Client()
    wrong = client.post("/first/", form)
    assert wrong.status_code == 422
    assert "Aita Algaja" in wrong.content.decode()
    assert client.post("/first/", form | {"code": "abcd1234"}).status_code == 302
    user = UserRow.objects.get(email="aita@example.ee")
    assert scope_of(user, "providers.write", TODAY).everywhere
    assert not settings.FIRST_CODE_FILE.exists()
    assert Client().get("/first/").status_code == 404
    assert list(faults()) == []


def test_the_doors_of_the_demo_are_not_there_without_it() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("demo")
    assert Client().get("/demo/").status_code == 404


def test_the_doors_of_the_demo_open_no_other_database(settings: Any, rf: Any) -> None:
    from tugiplaan.web.entry.demo import Doors, Enter

    settings.DEMO = True
    for view in (Doors.as_view(), Enter.as_view()):
        with pytest.raises(Http404):
            view(rf.get("/"))


def test_the_language_of_the_user_is_the_language_of_the_page(
    manager: User, enter: Callable[[User], Client], settings: Any
) -> None:
    settings.SECOND_STEP = False
    client = enter(manager)
    client.post("/language/", {"language": "ru", "next": "/account/"})
    page = client.get("/account/").content.decode()
    assert re.search(r'<html lang="ru"', page)


def test_the_operator_helps_who_lost_the_second_step_and_a_director_may_not(
    manager: User, enter: Callable[[User], Client], settings: Any
) -> None:
    settings.SECOND_STEP = False
    TOTP.activate(manager, generate_totp_secret())
    home = manager.grants.get().provider
    assert home
    path = f"/{home.pk}/setup/users/{manager.pk}/second-step/"
    director = enter(make_user("Juhan Juht", "director", home))
    assert director.post(path).status_code == 403
    assert Authenticator.objects.filter(user=manager).exists()
    assert b"second-step" not in director.get(f"/{home.pk}/setup/users/{manager.pk}/").content
    helper = enter(make_user("Hannes Haldur", "operator", reason="haldab"))
    assert b"second-step" in helper.get(f"/{home.pk}/setup/users/{manager.pk}/").content
    assert helper.post(path).status_code == 302
    assert not Authenticator.objects.filter(user=manager).exists()
    assert Event.objects.filter(name="accounts.forget_second_step").exists()
    assert b"invite" in helper.get(f"/{home.pk}/setup/users/{manager.pk}/").content
    assert list(faults()) == []
