"""Who wants to be reminded, and what is due of their work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from tugiplaan.accounts.access import User
from tugiplaan.accounts.queries import confirmed_users
from tugiplaan.deadlines.models import Reminder, ReminderChoice
from tugiplaan.deadlines.tasks import Task


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user chose about letters of what is due.

    Attributes:
        days_ahead: How many days before its day something is in a letter for the first time.
    """

    is_on: bool = False
    days_ahead: int = 0


def reminder_choice(user: User) -> Choice:
    """Give what a user chose; who chose nothing gets no letters. One query."""
    row = ReminderChoice.objects.filter(user=user).first()
    return Choice(row.is_on, row.days_ahead) if row else Choice()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who wants letters.

    Attributes:
        has_gone: Whether the letter of the day went already.
    """

    user: User
    days_ahead: int
    has_gone: bool


def reminders_wanted(day: date) -> list[Wanted]:
    """Give who wants letters and reads the address that they go to.

    Args:
        day: Today.

    Returns:
        By name; nobody who was switched off or whose address is not confirmed. One query.
    """
    gone = Reminder.objects.filter(user=OuterRef("user"), day=day)
    rows = ReminderChoice.objects.filter(is_on=True, user__in=confirmed_users().order_by())
    found = rows.select_related("user").annotate(has_gone=Exists(gone))
    return [
        Wanted(one.user, one.days_ahead, one.has_gone)
        for one in found.order_by("user__name", "user_id")
    ]


def due_for(tasks: Iterable[Task], wanted: Wanted, day: date) -> list[Task]:
    """Keep what somebody is reminded of: what they may do, late, due today or soon.

    Args:
        tasks: Their work list.
        wanted: How many days ahead they look.
        day: Today.
    """
    until = day + timedelta(days=wanted.days_ahead)
    return [one for one in tasks if one.may_act and one.due_on <= until]
