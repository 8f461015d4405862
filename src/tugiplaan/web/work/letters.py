"""The letter that reminds somebody of what is due: kinds, counts and days, nobody's name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.accounts.access import User, grants_on, roles
from tugiplaan.deadlines.queries import Task, TaskKind
from tugiplaan.deadlines.queries.calendar import by_day
from tugiplaan.deadlines.queries.reminders import Wanted, due_for
from tugiplaan.rules.tables import Law
from tugiplaan.web.telling import day as day_told
from tugiplaan.web.work.gathering import all_work
from tugiplaan.web.work.sentences import name_outside


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, in the language of who gets it.

    Attributes:
        count: How many things it tells of.
    """

    subject: str
    text: str
    count: int


def letter_of(wanted: Wanted, day: date, law: Law) -> Letter | None:
    """Write the letter of a day.

    Args:
        wanted: To whom, and how far ahead they look.
        day: Today.
        law: The dated law.

    Returns:
        Of all providers where they work, each with the link to its work list; None: nothing is
        due. Queries as of the work list of each provider.

    Raises:
        NotInForceError: A term was not in force.
    """
    found: dict[UUID, list[Task]] = {}
    for provider_id in _providers(wanted.user, day):
        work = all_work(user=wanted.user, provider_id=provider_id, day=day, law=law)
        if due := due_for(work.tasks, wanted, day):
            found[provider_id] = due
    if not found:
        return None
    with translation.override(wanted.user.language):
        return _written(found)


def _providers(user: User, day: date) -> list[UUID]:
    """Give where a user works; who looks after all providers works at none."""
    held = grants_on(user, day)
    return sorted(
        {
            one.provider_id
            for one in held
            if one.provider_id and roles()[one.role].allows("plans.read")
        }
    )


def _written(found: dict[UUID, list[Task]]) -> Letter:
    count = sum(len(tasks) for tasks in found.values())
    subject = ngettext(
        "Tugiplaan: {count} töö ootab", "Tugiplaan: {count} tööd ootab", count
    ).format(count=count)
    parts = [_("Tere!"), _("Sinu tööde nimekirjas on tähtajaks teha:")]
    for provider_id, tasks in found.items():
        link = settings.ADDRESS + reverse("work", args=(provider_id,))
        opened = _("Ava tööde nimekiri: {link}").format(link=link)
        parts += ["\n".join(_lines(tasks)), opened]
    off = settings.ADDRESS + reverse("reminders")
    parts.append(
        _("Kirjas ei ole kellegi nime. Meeldetuletused lõpetad siin: {link}").format(link=off)
    )
    return Letter(subject, "\n\n".join(parts) + "\n", count)


def _lines(tasks: Iterable[Task]) -> list[str]:
    """Tell each kind with how many there are and its first day, the earliest first."""
    counts: dict[TaskKind | None, int] = {}
    first: dict[TaskKind | None, date] = {}
    for one in by_day(tasks):
        counts[one.kind] = counts.get(one.kind, 0) + one.count
        first.setdefault(one.kind, one.day)
    return [
        ngettext(
            "– {kind}: {count}, tähtaeg {day}", "– {kind}: {count}, esimene tähtaeg {day}", count
        ).format(kind=name_outside(kind), count=count, day=day_told(first[kind]))
        for kind, count in counts.items()
    ]
