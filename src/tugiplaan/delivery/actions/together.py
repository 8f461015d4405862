"""Recording a whole visit or group session in one go: hours, who was missing, private lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.delivery.actions.records import (
    Record,
    UnableToRecordError,
    check,
    recorded,
    session_row,
    store,
    there_already,
)
from tugiplaan.delivery.entries import ComponentEntry, Entry, SessionEntry
from tugiplaan.delivery.models import Missed, Narrative
from tugiplaan.delivery.models import MissedKind as MissedKind
from tugiplaan.delivery.queries.records import entry_of, persons_of, session_by_id
from tugiplaan.people.queries import standing_for, visible_to
from tugiplaan.plans.queries import persons_of_goals
from tugiplaan.providers.books import MonthClosedError, WhyNeededError, hold_months
from tugiplaan.rules.vocabulary import Mode


class AlreadyRecordedError(UnableToRecordError):
    """A record with this id is there and says something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateLine:
    """A line of the narrative that belongs to an entry.

    Attributes:
        record_id: The entry.
        person_id: Whom it is about.
    """

    record_id: UUID
    person_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What one save of a page brings.

    Attributes:
        entries: What was done, one for each person who took part.
        session: The group session; None: nobody else was there.
        missed: Who was expected in the session and did not take part, and why.
        lines: Private lines; empty texts are left out.
    """

    entries: Sequence[Entry]
    session: SessionEntry | None = None
    missed: Sequence[tuple[UUID, MissedKind]] = ()
    lines: Sequence[PrivateLine] = ()


def as_group(entries: Sequence[Entry], session: SessionEntry) -> list[Entry]:
    """Give the entries of those who took part in a session as what that makes them.

    Args:
        entries: One for each person who took part.
        session: The session.

    Returns:
        Component hours with the session, the number of participants, and the mode: a group of
        two or more, individual where one came alone. Other entries stay as they are.
    """
    count = len(entries)
    mode = Mode.GROUP if count > 1 else Mode.INDIVIDUAL
    return [
        replace(one, session_id=session.id, participants=count, mode=mode)
        if isinstance(one, ComponentEntry)
        else one
        for one in entries
    ]


def record_together(
    *, provider_id: UUID, together: Together, by: User, on: date, why: str = ""
) -> list[Record]:
    """Record a visit or a group session: all of it or nothing.

    Args:
        provider_id: At which provider.
        together: What was done.
        by: Who records.
        on: Today; nothing is recorded for later days.
        why: The reason; needed where a month was invoiced already.

    Returns:
        The rows, in the order of the entries. Sent again (same ids), it gives them back and
        records nothing.

    Raises:
        NotAllowedError: `by` may not record there, or not write private lines.
        AlreadyRecordedError: A record with the id of an entry says something else.
        UnableToRecordError: An entry cannot be, or somebody missing is out of reach.
        MonthClosedError: A month is closed.
        WhyNeededError: A month was invoiced and no reason is given.
    """
    entries, lines = _checked(provider_id, together, by, on)
    rows: list[Record] = []
    try:
        with acting(
            by=by, name="delivery.record_together", provider_id=provider_id, why=why
        ) as act:
            hold_months(provider_id, [entry.day for entry in entries], why=why)
            if together.session is not None:
                _store_session(act, provider_id, together.session, together.missed)
            rows = store(act, provider_id, entries)
            _store_lines(act, provider_id, lines, {one.id: one for one in entries})
    except (IntegrityError, MonthClosedError, WhyNeededError) as error:
        # Sent again, perhaps after its month was closed: most things are sent once, so it is
        # asked only here.
        known = recorded(provider_id, entries)
        if known:
            return _as_before(entries, known)
        if isinstance(error, IntegrityError):
            raise there_already() from error
        raise
    return rows


def _checked(
    provider_id: UUID, together: Together, by: User, on: date
) -> tuple[list[Entry], list[PrivateLine]]:
    """Give the entries as what the session makes them, and the lines that say something.

    Raises:
        NotAllowedError: `by` may not record there, or not write private lines.
        UnableToRecordError: Nobody took part, an entry cannot be, or somebody is out of reach.
    """
    require(by, "delivery.record", provider_id, on)
    lines = [line for line in together.lines if line.text.strip()]
    if lines:
        require(by, "narrative.write", provider_id, on)
    entries = (
        as_group(together.entries, together.session) if together.session else list(together.entries)
    )
    if not entries:
        raise UnableToRecordError(
            _("Keegi ei võtnud osa, kirja pole midagi panna. Midagi ei salvestatud.")
        )
    check(provider_id, entries, by, on)
    _check_goals(provider_id, entries)
    _check_others(together, lines, by, on)
    return entries, lines


def _as_before(entries: Sequence[Entry], known: dict[UUID, Record]) -> list[Record]:
    """Give what was recorded under these ids, which must be the same.

    Raises:
        AlreadyRecordedError: It is not.
    """
    for entry in entries:
        if entry.id not in known or entry_of(known[entry.id]) != entry:
            raise AlreadyRecordedError(
                _(
                    "See kirje on juba salvestatud teistsuguse sisuga. Ava päeva kirjed, vaata "
                    "kirje üle ja paranda seda seal. Midagi ei muudetud."
                )
            )
    return [known[entry.id] for entry in entries]


def _check_goals(provider_id: UUID, entries: Sequence[Entry]) -> None:
    goals = {entry.id: goal for entry in entries if (goal := getattr(entry, "goal_id", None))}
    if not goals:
        return
    owners = persons_of_goals(provider_id, goals.values())
    whose = persons_of(provider_id, [entry for entry in entries if entry.id in goals])
    for key, goal in goals.items():
        owner = owners.get(goal)
        if owner != whose[key] and standing_for(provider_id).get(owner or goal) != whose[key]:
            raise UnableToRecordError(
                _("See eesmärk ei ole selle inimese plaanis. Midagi ei salvestatud.")
            )


def _check_others(together: Together, lines: Sequence[PrivateLine], by: User, on: date) -> None:
    """Refuse those who are out of reach among the missing and in private lines."""
    missing = {person for person, _kind in together.missed}
    written = {line.person_id for line in lines}
    for persons, permission in ((missing, "delivery.record"), (written, "narrative.write")):
        reached = visible_to(by, on, permission).filter(pk__in=persons).count() if persons else 0
        if reached < len(persons):
            raise UnableToRecordError(
                _(
                    "Seda inimest sinu inimeste seas ei ole. Kui asendad kedagi, palu juhil "
                    "asendus kirja panna. Midagi ei salvestatud."
                )
            )


def _store_session(
    act: Act,
    provider_id: UUID,
    session: SessionEntry,
    missed: Sequence[tuple[UUID, MissedKind]],
) -> None:
    row = session_by_id(provider_id, session.id)
    if row is None:
        row = session_row(provider_id, session)
        act.store([row])
    gone = [
        Missed(provider_id=provider_id, session=row, person_id=person, kind=kind)
        for person, kind in missed
    ]
    act.store(gone)


def _store_lines(
    act: Act, provider_id: UUID, lines: Sequence[PrivateLine], entries: dict[UUID, Entry]
) -> None:
    rows = [
        Narrative(
            provider_id=provider_id,
            person_id=line.person_id,
            day=entries[line.record_id].day,
            record_id=line.record_id,
            text=line.text.strip(),
        )
        for line in lines
    ]
    act.store(rows)
    act.about(*(line.person_id for line in lines))
