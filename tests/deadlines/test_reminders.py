"""Choosing letters of what is due, and recording that one went."""

from datetime import date
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from tests.cast import TODAY, make_provider, make_user
from tugiplaan.accounts.access import User
from tugiplaan.accounts.actions import UnableToChangeOwnError, confirm_address, operator
from tugiplaan.accounts.queries import has_confirmed_address
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.deadlines.actions import UnableToRemindError, choose_reminders, record_reminder
from tugiplaan.deadlines.models import Reminder, ReminderChoice
from tugiplaan.deadlines.queries.calendar import by_day
from tugiplaan.deadlines.queries.reminders import (
    Choice,
    Wanted,
    due_for,
    reminder_choice,
    reminders_wanted,
)
from tugiplaan.deadlines.tasks import QUIET_KINDS, Action, Task, TaskKind
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user("Malle Maa", "service_manager", make_provider())


def choose(user: User, *, is_on: bool = True, days_ahead: int = 3) -> None:
    choose_reminders(choice=Choice(is_on, days_ahead), by=user, on=TODAY, law=builtin())


def test_an_address_is_confirmed_and_then_letters_may_be_wanted(user: User) -> None:
    assert reminder_choice(user) == Choice(is_on=False, days_ahead=0)
    with pytest.raises(UnableToRemindError, match="kinnitamata"):
        choose(user)
    assert not ReminderChoice.objects.exists()
    confirm_address(email=user.email, by=user)
    confirm_address(email=user.email, by=user)
    assert has_confirmed_address(user)
    choose(user)
    assert reminder_choice(user) == Choice(is_on=True, days_ahead=3)
    assert reminders_wanted(TODAY) == [Wanted(user, 3, has_gone=False)]
    choose(user, is_on=False)
    assert reminders_wanted(TODAY) == []
    assert Event.objects.filter(name="deadlines.choose_reminders").count() == 2
    assert list(faults()) == []


def test_letters_may_be_ended_at_an_address_that_is_not_confirmed(user: User) -> None:
    choose(user, is_on=False)
    assert reminder_choice(user).is_on is False


def test_another_address_is_not_confirmed(user: User) -> None:
    with pytest.raises(UnableToChangeOwnError, match="teisele aadressile"):
        confirm_address(email="muu@example.ee", by=user)
    EmailAddress.objects.create(user=user, email="vana@example.ee", verified=True)
    assert not has_confirmed_address(user)


@pytest.mark.parametrize("days", [-1, 31])
def test_nobody_looks_further_ahead_than_the_work_list(user: User, days: int) -> None:
    confirm_address(email=user.email, by=user)
    with pytest.raises(UnableToRemindError, match="0 kuni 30"):
        choose(user, days_ahead=days)
    assert not ReminderChoice.objects.exists()
    choose(user, days_ahead=30)


def test_a_letter_of_a_day_is_recorded_once(user: User) -> None:
    record_reminder(to=user, count=2, by=operator(), on=TODAY)
    with pytest.raises(UnableToRemindError, match="juba saadetud"):
        record_reminder(to=user, count=2, by=operator(), on=TODAY)
    assert Reminder.objects.count() == 1
    assert list(faults()) == []


def task(kind: TaskKind, due_on: date, *, may_act: bool = True) -> Task:
    return Task(kind, due_on, "SHS § 1", Action.WRITE_REVIEW, None, None, "Mari", may_act=may_act)


def test_what_is_late_due_today_or_within_the_days_is_in_a_letter(user: User) -> None:
    days = [date(2026, 1, 1), TODAY, date(2026, 6, 18), date(2026, 6, 19)]
    tasks = [task(TaskKind.GOAL, day) for day in days]
    tasks.append(task(TaskKind.GOAL, TODAY, may_act=False))
    found = due_for(tasks, Wanted(user, 3, has_gone=False), TODAY)
    assert [one.due_on for one in found] == days[:3]


@pytest.mark.parametrize("kind", TaskKind)
def test_a_kind_that_tells_of_health_has_no_name_outside(kind: TaskKind) -> None:
    (found,) = by_day([task(kind, TODAY)])
    if kind in QUIET_KINDS:
        assert (found.kind, found.section) == (None, "")
    else:
        assert (found.kind, found.section) == (kind, "SHS § 1")


@pytest.mark.parametrize("count", [1, 20])
def test_one_question_tells_who_wants_letters(count: int, django_assert_num_queries: Any) -> None:
    home = make_provider()
    for number in range(count):
        user = make_user(f"Kasutaja {number}", "service_manager", home)
        confirm_address(email=user.email, by=user)
        choose(user)
    with django_assert_num_queries(1):
        assert len(reminders_wanted(TODAY)) == count
