"""One's own page of letters of what is due: confirming the address, choosing, refusing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests.cast import make_provider, make_user
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import confirm_address
from tugiplaan.accounts.queries import has_confirmed_address
from tugiplaan.deadlines.models import ReminderChoice
from tugiplaan.deadlines.queries.reminders import Choice, reminder_choice

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
PAGE = "/account/reminders/"


@pytest.fixture(autouse=True)
def _letters(settings: Any) -> None:
    settings.CAN_SEND_LETTERS = True


@pytest.fixture
def user() -> User:
    return make_user("Malle Maa", "service_manager", make_provider())


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://testserver(\S+)", str(letter.body))
    assert found
    return found[1]


def test_a_letter_confirms_the_address_and_then_one_turns_it_on(
    user: User, enter: Enter, mailoutbox: list[EmailMessage]
) -> None:
    client = enter(user)
    assert PAGE in client.get("/account/").content.decode()
    assert "kinnitamata" in client.get(PAGE).content.decode()
    text = client.post(PAGE, {"letter": ""}, follow=True).content.decode()
    assert "Kinnituskiri on saadetud aadressile malle.maa@example.ee." in text
    (letter,) = mailoutbox
    assert letter.to == [user.email]
    link = link_in(letter)
    assert user.email in client.get(link).content.decode()
    assert not has_confirmed_address(user), "only looking confirms nothing"
    assert "Aadress on kinnitatud." in client.post(link, follow=True).content.decode()
    assert has_confirmed_address(user)
    answer = client.post(PAGE, {"is_on": "on", "days_ahead": "3"}, follow=True)
    assert "Valik on salvestatud." in answer.content.decode()
    assert reminder_choice(user) == Choice(is_on=True, days_ahead=3)
    assert client.post(PAGE, {"days_ahead": "3"}).status_code == 302
    assert reminder_choice(user).is_on is False


def test_an_unconfirmed_address_gets_none_and_what_was_typed_is_kept(
    user: User, enter: Enter
) -> None:
    answer = enter(user).post(PAGE, {"is_on": "on", "days_ahead": "7"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "E-posti aadress on kinnitamata" in text
    assert 'value="7"' in text
    assert not ReminderChoice.objects.exists()


def test_too_many_days_are_refused(user: User, enter: Enter) -> None:
    confirm_address(email=user.email, by=user)
    answer = enter(user).post(PAGE, {"is_on": "on", "days_ahead": "31"})
    assert answer.status_code == 422
    assert "0 kuni 30" in answer.content.decode()


def test_anothers_or_a_spoilt_link_opens_nothing(
    user: User, enter: Enter, mailoutbox: list[EmailMessage]
) -> None:
    client = enter(user)
    client.post(PAGE, {"letter": ""})
    link = link_in(mailoutbox[0])
    other = make_user("Muu Mees", "service_manager", make_provider("Muu OÜ"))
    for visitor, address in ((other, link), (user, "/account/confirm/x/")):
        assert enter(visitor).get(address).status_code == 404
        assert enter(visitor).post(address).status_code == 404
    assert Client().get(link).status_code == 302, "one logs in first"
    assert not has_confirmed_address(other)


def test_where_no_letters_can_be_sent_the_page_says_so(
    user: User, enter: Enter, settings: Any
) -> None:
    settings.CAN_SEND_LETTERS = False
    client = enter(user)
    text = client.get(PAGE).content.decode()
    assert "Siit ei saa veel kirju saata." in text
    assert 'name="letter"' not in text
    assert client.post(PAGE, {"letter": ""}).status_code == 404


def test_a_letter_that_does_not_go_is_told(
    user: User, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_values: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailMessage, "send", refuse)
    text = enter(user).post(PAGE, {"letter": ""}, follow=True).content.decode()
    assert "Kirja ei õnnestunud saata." in text


def test_nobody_chooses_without_logging_in() -> None:
    assert Client().get(PAGE).status_code == 302
    assert Client().post(PAGE, {"is_on": "on", "days_ahead": "0"}).status_code == 302
