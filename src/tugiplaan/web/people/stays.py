"""A person's referrals as a page tells them: the service, the term, where the person is today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.deadlines.tasks import Look, Task, in_order
from tugiplaan.referrals.queries import Watched
from tugiplaan.rules.deadlines import Deadline, turn_up
from tugiplaan.rules.facts import Absence
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.tables import Law
from tugiplaan.web.people.labels import absence_name, end_name, service_name, volume_unit_name
from tugiplaan.web.telling import day as show_day


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands today, in a word.

    Attributes:
        look: Class of the chip.
        picture: Its icon.
    """

    words: str
    look: str
    picture: str


@dataclass(frozen=True, slots=True)
class StayLine:
    """One referral with its stay.

    Attributes:
        days_left: Of the term, today left out; negative when it is over.
        window: Until when the person must come, where they have not come yet.
        absences: Each with why, the latest first.
        is_near: The term ends as soon as papers must be seen to.
    """

    watched: Watched
    service: str
    days_left: int
    standing: Standing
    window: Deadline | None
    absences: tuple[tuple[Absence, str], ...]
    end_reason: str
    volume_unit: str
    is_over: bool
    is_near: bool


def stay_lines(known: Iterable[Watched], today: date, law: Law) -> list[StayLine]:
    """Tell referrals, those that go on first, then by the latest term.

    Args:
        known: The referrals.
        today: The day.
        law: The dated law.

    Raises:
        NotInForceError: The term to turn up was not in force on an agreed day.
    """
    found = [_line(one, today, law) for one in known]
    found.sort(key=lambda one: (one.is_over, -one.watched.facts.valid_to.toordinal()))
    return found


def _line(one: Watched, today: date, law: Law) -> StayLine:
    facts = one.facts
    has_come = facts.arrived_on is not None
    over = min(facts.ended_on or facts.valid_to, facts.valid_to)
    return StayLine(
        watched=one,
        service=service_name(str(facts.service), str(facts.variant)),
        days_left=(facts.valid_to - today).days,
        standing=standing_of(one, today),
        window=None if has_come or facts.ended_on else turn_up(facts, law),
        absences=tuple(
            (row, absence_name(str(row.kind)))
            for row in sorted(facts.absences, key=lambda row: row.first_day, reverse=True)
        ),
        volume_unit=volume_unit_name(one.referral.volume_unit),
        is_near=facts.valid_to <= Look.on(today, law).papers_until,
        end_reason=end_name(str(facts.end_reason or "")),
        is_over=over < today,
    )


def standing_of(one: Watched, today: date) -> Standing:
    """Say where somebody stands under a referral on a day."""
    facts = one.facts
    if facts.arrived_on is None:
        if facts.ended_on is not None or facts.valid_to < today:
            return Standing(_("ei tulnud"), "", "circle-x")
        return Standing(_("ootel"), "look", "hourglass")
    stay = stay_of(facts)
    if stay is None or stay[1] <= today.toordinal():
        return Standing(_("lõppenud"), "", "door-closed")
    if stay[0] > today.toordinal():
        return Standing(
            _("algab {day}").format(day=show_day(date.fromordinal(stay[0]))), "look", "clock"
        )
    for absence in facts.absences:
        if absence.first_day <= today <= absence.last_day:
            picture = "door-open" if absence.kind == "absent" else "hospital"
            until = _("{why} kuni {day}").format(
                why=absence_name(str(absence.kind)), day=show_day(absence.last_day)
            )
            return Standing(until, "look", picture)
    return Standing(_("teenusel"), "good", "circle-check")


@dataclass(frozen=True, slots=True)
class Row:
    """A person in a list: services, where they stand, what is next."""

    services: str
    standing: Standing | None
    next: Task | None


def rows_of(known: Iterable[Watched], duties: Iterable[Task], today: date) -> dict[UUID, Row]:
    """Give for each person of a list what stands beside their name.

    Args:
        known: Their referrals.
        duties: What is due for them.
        today: The day.
    """
    going: dict[UUID, list[Watched]] = {}
    for one in known:
        going.setdefault(one.person_id, []).append(one)
    first: dict[UUID, Task] = {}
    for task in in_order(duties):
        if task.person_id:
            first.setdefault(task.person_id, task)
    return {
        person: _row(going.get(person, []), first.get(person), today) for person in {*going, *first}
    }


def _row(known: list[Watched], task: Task | None, today: date) -> Row:
    alive = [one for one in known if not _is_over(one, today)] or known[-1:]
    names = [service_name(str(one.facts.service), str(one.facts.variant)) for one in alive]
    return Row(
        services=", ".join(dict.fromkeys(names)),
        standing=standing_of(alive[0], today) if alive else None,
        next=task,
    )


def _is_over(one: Watched, today: date) -> bool:
    facts = one.facts
    return min(facts.ended_on or facts.valid_to, facts.valid_to) < today
