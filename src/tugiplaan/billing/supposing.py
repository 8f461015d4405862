"""A month as it would be: the facts with entries that nobody has stored, settled one by one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from tugiplaan.billing.few import FewMonths, by_session
from tugiplaan.delivery.entries import ComponentEntry, DayEntry, Entry, HourEntry
from tugiplaan.rules.facts import (
    ComponentRecord,
    DayRecord,
    Facts,
    HourRecord,
    PersonMonth,
    Session,
)
from tugiplaan.rules.settlement import settle
from tugiplaan.rules.settlement.bookings import Bookings


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed of a month.

    Attributes:
        entries: Entries that are not stored.
        gone: A stored record that they take the place of.
        whose: The person of each by its id.
    """

    entries: Sequence[Entry]
    gone: Entry | None
    whose: Mapping[UUID, UUID]


@dataclass(frozen=True, slots=True)
class Supposed:
    """A person's month as it would be.

    Attributes:
        stored: As it is stored.
        base: Without the entries and what they replace.
        after: With the entries.
        amounts: What each entry adds, euros, by its id; together after less base.
    """

    person_id: UUID
    stored: PersonMonth
    base: PersonMonth
    after: PersonMonth
    after_facts: Facts
    amounts: Mapping[UUID, Decimal]

    @property
    def change(self) -> Decimal:
        """By how much the stored month changes, euros."""
        return self.after.amount - self.stored.amount


def told(facts: Facts, read: FewMonths) -> PersonMonth:
    """Settle one person's month, with the person's time that is booked twice."""
    settled = settle(facts, read.law, read.contract)
    doubled = Bookings().add(facts)
    if doubled:
        settled = replace(settled, findings=(*settled.findings, *doubled))
    return settled


def settled_one_by_one(read: FewMonths, supposition: Supposition) -> dict[UUID, Supposed]:
    """Settle the month of each person as stored, without the entries, and with each in turn.

    Args:
        read: The stored facts.
        supposition: What is supposed.

    Raises:
        NotInForceError: A term was not in force in the month.
    """
    removed = [*supposition.entries, *([supposition.gone] if supposition.gone else [])]
    before, after = _sessions(read, supposition)
    found = {}
    for person, facts in read.persons.items():
        mine = [one for one in supposition.entries if supposition.whose[one.id] == person]
        stored = told(facts, read)
        base_facts = _with_sessions(facts_without(facts, removed, read), before)
        base = told(base_facts, read)
        amounts: dict[UUID, Decimal] = {}
        with_them, month = _with_sessions(base_facts, after), base
        for entry in mine:
            with_them = _with(with_them, entry, read)
            later = told(with_them, read)
            amounts[entry.id] = later.amount - month.amount
            month = later
        found[person] = Supposed(person, stored, base, month, with_them, amounts)
    return found


def record_key(entry: Entry) -> str:
    """Give the key by which findings name the record of an entry."""
    return (isinstance(entry, HourEntry | ComponentEntry) and entry.code) or str(entry.id)


def facts_without(facts: Facts, entries: Iterable[Entry], read: FewMonths) -> Facts:
    """Give a person's facts without some records, where they are among them."""
    keys = {record_key(entry) for entry in entries if not isinstance(entry, DayEntry)}
    days = {
        (read.referrals.get(entry.referral_id), entry.day)
        for entry in entries
        if isinstance(entry, DayEntry)
    }
    referrals = tuple(
        replace(
            one,
            hours=tuple(row for row in one.hours if row.record not in keys),
            days=tuple(row for row in one.days if (one.referral, row.day) not in days),
        )
        for one in facts.referrals
    )
    components = tuple(row for row in facts.components if row.record not in keys)
    return replace(facts, referrals=referrals, components=components)


def _sessions(
    read: FewMonths, supposition: Supposition
) -> tuple[dict[str, Session], dict[str, Session]]:
    """Give the group sessions without the entries, and with them."""
    mine = {
        (_session(entry, read), read.persons[supposition.whose[entry.id]].person.person)
        for entry in supposition.entries
        if isinstance(entry, ComponentEntry) and entry.session_id
    }
    pairs = set(read.took_part)
    gone = supposition.gone
    if isinstance(gone, ComponentEntry) and gone.session_id:
        person = read.persons[supposition.whose[gone.id]].person.person
        pairs.discard((_session(gone, read), person))
    return _counted(pairs), _counted(pairs | mine)


def _counted(pairs: Iterable[tuple[str, str]]) -> dict[str, Session]:
    return {code: Session(min(who), len(who)) for code, who in by_session(pairs).items()}


def _session(entry: ComponentEntry, read: FewMonths) -> str:
    if entry.session_id is None:
        return ""
    return read.sessions.get(entry.session_id, str(entry.session_id))


def _with_sessions(facts: Facts, sessions: Mapping[str, Session]) -> Facts:
    return replace(facts, surroundings=replace(facts.surroundings, sessions=sessions))


def _with(facts: Facts, entry: Entry, read: FewMonths) -> Facts:
    """Give a person's facts with an entry among the records."""
    if isinstance(entry, ComponentEntry):
        return replace(facts, components=(*facts.components, _component(entry, read)))
    code = read.referrals[entry.referral_id]
    referrals = []
    for one in facts.referrals:
        if one.referral != code:
            referrals.append(one)
        elif isinstance(entry, DayEntry):
            kept = [row for row in one.days if row.day != entry.day]
            days = (*kept, DayRecord(entry.day, entry.kind))
            referrals.append(replace(one, days=tuple(sorted(days))))
        else:
            referrals.append(replace(one, hours=(*one.hours, _hour(entry))))
    return replace(facts, referrals=tuple(referrals))


def _hour(entry: HourEntry) -> HourRecord:
    return HourRecord(
        *(record_key(entry), entry.day, entry.start, entry.minutes, str(entry.worker_id)),
        *(entry.audience, entry.activity),
        is_direct=entry.is_direct,
    )


def _component(entry: ComponentEntry, read: FewMonths) -> ComponentRecord:
    return ComponentRecord(
        record=record_key(entry),
        session=_session(entry, read),
        day=entry.day,
        start=entry.start,
        funder=entry.funder,
        component=entry.component,
        mode=entry.mode,
        audience=entry.audience,
        minutes=entry.minutes,
        participants=entry.participants,
        worker=str(entry.worker_id),
        activity=entry.activity,
    )
