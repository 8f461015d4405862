"""`tugiplaan remind`: who gets a letter, what stands in it, and that it goes once a day."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner, Result
from django.core.mail import EmailMessage

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.deadlines.test_given_work import given
from tests.deadlines.test_work import day_of
from tests.plans.room import Room
from tests.referrals.rows import make_referral, store
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Grant
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.cli.main import main
from tugiplaan.deadlines.models import Reminder, ReminderChoice
from tugiplaan.deadlines.queries.reminders import reminders_wanted
from tugiplaan.referrals.models import Absence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _letters(settings: Any) -> None:
    settings.CAN_SEND_LETTERS = True
    settings.ADDRESS = "https://tugiplaan.example.ee"


def remind(day: date = TODAY) -> Result:
    return CliRunner().invoke(main, ["remind", "--today", day.isoformat()])


def wants(user: User, *, days_ahead: int = 0, confirmed: bool = True, is_on: bool = True) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=confirmed)
    with acting(by=operator(), name="test.wants"):
        ReminderChoice.objects.create(user=user, is_on=is_on, days_ahead=days_ahead)
    return user


def test_a_letter_says_what_is_due_and_of_nobody(mailoutbox: list[EmailMessage]) -> None:
    room = Room()
    wants(room.manager)
    given(room)
    given(room)
    found = remind()
    assert (found.exit_code, found.output) == (
        0,
        "Saadetud: 1. Midagi ei olnud tähtajaks teha: 0.\n",
    )
    (letter,) = mailoutbox
    assert letter.to == [room.manager.email]
    assert letter.subject == "Tugiplaan: 3 tööd ootab"
    text = str(letter.body)
    assert "– tegevusplaani koostamine: 1, tähtaeg 31.01.2026" in text
    assert "– ülesanne: 2, esimene tähtaeg 15.06.2026" in text
    assert f"https://tugiplaan.example.ee/{room.provider.pk}/work/" in text
    assert "https://tugiplaan.example.ee/account/reminders/" in text
    names = f"{room.person} {room.manager} {room.supervisor} {room.provider}".split()
    for secret in (*names, "P1", "S1", "Helista", str(room.person.pk), str(room.referral.pk)):
        assert secret not in text.replace("tugiplaan.example.ee", "") + letter.subject, secret
    assert list(faults()) == []


def test_twice_on_one_day_is_one_letter_and_tomorrow_another(
    mailoutbox: list[EmailMessage],
) -> None:
    room = Room()
    wants(room.manager)
    remind()
    assert "Täna juba saadetud: 1." in remind().output
    assert len(mailoutbox) == 1
    row = Reminder.objects.get()
    assert (row.user_id, row.day, row.count) == (room.manager.pk, TODAY, 1)
    assert Event.objects.filter(name="deadlines.record_reminder").count() == 1
    remind(TODAY + timedelta(1))
    assert len(mailoutbox) == 2


def test_nothing_due_is_no_letter_and_the_days_ahead_count(
    mailoutbox: list[EmailMessage],
) -> None:
    room = Room()
    room.agreed()  # what is due next: the quarter's rating, and the notice on 30 June
    wants(room.manager, days_ahead=14)
    assert "Midagi ei olnud tähtajaks teha" in remind(date(2026, 3, 16)).output
    assert mailoutbox == []
    assert not Reminder.objects.exists()
    found = remind(date(2026, 3, 17))  # fourteen days before 31 March
    assert "Saadetud: 1." in found.output
    assert mailoutbox[0].to == [room.manager.email]


def test_only_what_one_may_do_oneself_is_reminded_of(mailoutbox: list[EmailMessage]) -> None:
    room = Room()
    wants(room.supervisor, days_ahead=30)
    remind()
    assert "teenuse lõppemisest teatamine" not in str(mailoutbox[0].body)
    assert "tegevusplaani koostamine" in str(mailoutbox[0].body)


def test_nothing_of_anybodys_health_is_named(mailoutbox: list[EmailMessage]) -> None:
    room = Room()
    room.agreed()
    away = Absence(
        provider=room.provider, referral=room.referral, code="E1", kind="hospital",
        first_day=date(2026, 3, 20), last_day=date(2026, 5, 25),
    )  # fmt: skip
    store(room.provider, [away])
    dead = make_referral(make_person(room.provider, "P2"), "S2")
    day_of(dead, "arrived", date(2026, 1, 1))
    day_of(dead, "ended", date(2026, 6, 12), "death", learned_on=date(2026, 6, 12))
    wants(room.manager, days_ahead=3)
    remind()
    text = str(mailoutbox[0].body)
    assert "– muu töö: 4, esimene tähtaeg 03.04.2026" in text
    assert not re.search("haigla|suri|surm|eralda|§", text)


def test_off_unconfirmed_switched_off_and_gone_get_none(mailoutbox: list[EmailMessage]) -> None:
    room = Room()
    assert reminders_wanted(TODAY) == [], "off until one turns it on"
    wants(room.manager, is_on=False)
    wants(room.supervisor, confirmed=False)
    left = wants(make_user("Lahkunud Liis", "service_manager", room.provider))
    other = wants(make_user("Muu Mees", "service_manager", room.provider))
    with acting(by=operator(), name="test.leave"):
        left.is_active = False
        left.save()
        Grant.objects.filter(user=other).update(valid_to=date(2026, 1, 1))
    assert remind().output == "Saadetud: 0. Midagi ei olnud tähtajaks teha: 1.\n"
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [("en", "Tugiplaan: ", "activity plan"), ("ru", "Tugiplaan: ", "составление плана")],
)
def test_a_letter_speaks_the_language_of_who_gets_it(
    language: str, subject: str, line: str, mailoutbox: list[EmailMessage]
) -> None:
    room = Room()
    with acting(by=operator(), name="test.language"):
        room.manager.language = language
        room.manager.save()
    wants(room.manager)
    remind()
    assert mailoutbox[0].subject.startswith(subject)
    assert line in str(mailoutbox[0].body)


def test_a_refused_address_stops_nobody_else(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room()
    wants(room.manager)
    wants(room.supervisor)
    send = EmailMessage.send

    def refusing(self: EmailMessage, *args: Any, **values: Any) -> int:
        if self.to == [room.supervisor.email]:
            raise ConnectionRefusedError("550 no such mailbox")
        return send(self, *args, **values)

    monkeypatch.setattr(EmailMessage, "send", refusing)
    found = remind()
    assert found.exit_code == 1
    assert f"✗ {room.supervisor.email}: 550 no such mailbox" in found.output
    assert "Saadetud: 1." in found.output
    assert "Saatmata jäi: 1." in found.output
    assert [one.user_id for one in Reminder.objects.all()] == [room.manager.pk]
    monkeypatch.undo()
    # The next run tries again what did not go, and nothing else.
    assert len(mailoutbox) == 1


def test_who_works_at_two_providers_gets_one_letter_with_a_link_to_each(
    mailoutbox: list[EmailMessage],
) -> None:
    first, second = Room(), make_provider("Teine OÜ")
    arrived = make_referral(make_person(second, "P2"), "S2")
    day_of(arrived, "arrived", date(2026, 1, 1))
    wants(first.manager)
    with acting(by=operator(), name="test.second"):
        Grant.objects.create(
            user=first.manager, role="service_manager", provider=second,
            valid_from=date(2024, 1, 1),
        )  # fmt: skip
    remind()
    (letter,) = mailoutbox
    assert letter.subject == "Tugiplaan: 2 tööd ootab"
    for home in (first.provider, second):
        assert f"/{home.pk}/work/" in str(letter.body)


def test_a_crash_before_recording_sends_once_more(
    mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room()
    wants(room.manager)

    def crash(**_values: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("tugiplaan.deadlines.actions.record_reminder", crash)
        assert remind().exit_code != 0
    assert "Saadetud: 1." in remind().output
    assert "Täna juba saadetud: 1." in remind().output
    assert len(mailoutbox) == 2


def test_without_a_mail_server_nothing_is_tried(settings: Any) -> None:
    settings.CAN_SEND_LETTERS = False
    found = remind()
    assert found.exit_code == 2
    assert "EMAIL_URL on määramata" in found.output
