"""Recording network work together with its hours, mending it, taking it back."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import language, show_day
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery.actions.records import check, store, there_already
from tugiplaan.delivery.entries import ComponentEntry
from tugiplaan.delivery.models import ComponentRecord, Contact, Narrative
from tugiplaan.delivery.queries.network import is_goal_of
from tugiplaan.people.queries import Person, circle_of, require_person
from tugiplaan.providers.books import hold_months, hold_provider
from tugiplaan.referrals.corrections import cancellation, check_correction, successor
from tugiplaan.rules.network_work import network_fields, work_kinds


class UnableToRecordContactError(RefusedError):
    """The network work cannot be recorded as given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """One piece of network work.

    Attributes:
        kind: A code of `rules.network_work.work_kinds`.
        field: A code of `network_fields`; empty: none.
        member_id: Who of the person's network; None: nobody of it.
        with_whom: Who else it was.
        text: What was said and agreed; a line of the narrative.
        why: The reason; needed where hours come with it and their month was invoiced.
    """

    day: date
    kind: str
    field: str = ""
    member_id: UUID | None = None
    with_whom: str = ""
    goal_id: UUID | None = None
    text: str = ""
    why: str = ""


def record_contact(
    *,
    person: Person,
    draft: ContactDraft,
    entry: ComponentEntry | None = None,
    by: User,
    on: date,
) -> Contact:
    """Record network work, and with it its hours where a component pays them.

    Args:
        person: For whom.
        draft: What was done.
        entry: Its hours, of the same person and day; None: no hours are recorded.
        by: Who records.
        on: Today.

    Returns:
        The contact. Sent again with the same entry, it is refused and nothing is doubled.

    Raises:
        NotAllowedError: `by` may not record of this person, or not write private lines.
        UnableToRecordContactError: The kind, field, day, network member or goal cannot be.
        UnableToRecordError: The hours cannot be.
        MonthClosedError: Hours are recorded and the month is closed.
        WhyNeededError: Hours are recorded, the month was invoiced, and no reason is given.

    Law: no law; the description of the component, points 1–3.
    """
    _check(person, draft, by, on)
    if entry is not None:
        if (entry.person_id, entry.day) != (person.pk, draft.day):
            raise UnableToRecordContactError(
                _("Tunnid peavad olema sama inimese ja päeva kohta. Midagi ei salvestatud.")
            )
        check(person.provider_id, [entry], by, on)
    row = _row(person, draft)
    row.root_id = row.pk
    row.record_id = entry.id if entry else None
    try:
        with _act(person, "record_contact", by, draft.why) as act:
            if entry is not None:
                hold_months(person.provider_id, [entry.day], why=draft.why)
                store(act, person.provider_id, [entry])
            act.store([row])
            _tell(act, row, draft.text)
            act.about(person.pk)
    except IntegrityError as error:
        raise there_already() from error
    return row


def correct_contact(*, row: Contact, draft: ContactDraft, by: User, on: date, why: str) -> Contact:
    """Put another contact in the place of one that holds; its hours stay as they are.

    Args:
        row: The contact that holds.
        draft: How it should read; the day stays where hours belong to it.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The new row.

    Raises:
        NotAllowedError: As `record_contact`.
        UnableToRecordContactError: As `record_contact`; no reason, or the row no longer holds.
    """
    person = row.person
    _check(person, draft, by, on)
    if row.record_id is not None and draft.day != row.day:
        raise UnableToRecordContactError(
            _(
                "Selle töö juures on tunnid päeval {day}: paranda enne tunde või tühista see töö "
                "ja pane uuesti kirja. Midagi ei muudetud."
            ).format(day=show_day(row.day))
        )
    with _act(person, "correct_contact", by, why) as act:
        hold_provider(person.provider_id)
        check_correction(row, why, UnableToRecordContactError)
        fixed = successor(
            row,
            why=why,
            day=draft.day,
            kind=draft.kind,
            field=draft.field,
            member_id=draft.member_id,
            with_whom=draft.with_whom.strip(),
            goal_id=draft.goal_id,
        )
        act.store([fixed])
        _tell(act, fixed, draft.text)
        act.about(person.pk)
    return fixed


def cancel_contact(*, row: Contact, by: User, on: date, why: str) -> Contact:
    """Say that network work did not happen so; its hours and its line are cancelled with it.

    Args:
        row: The contact that holds.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not correct records of this person.
        UnableToRecordContactError: No reason, or the row no longer holds.
        MonthClosedError: It has hours and their month is closed.
    """
    person = row.person
    require_person(by, "delivery.correct", person, on)
    with _act(person, "cancel_contact", by, why) as act:
        hold_provider(person.provider_id)
        check_correction(row, why, UnableToRecordContactError)
        gone = cancellation(row, why=why)
        act.store([gone])
        hours = _hours_of(row)
        if hours is not None:
            hold_months(person.provider_id, [hours.day], why=why)
            act.store([cancellation(hours, why=why)])
        note = _line_of(row)
        if note is not None:
            act.store([cancellation(note, why=why)])
        act.about(person.pk)
    return gone


def _act(person: Person, verb: str, by: User, why: str = "") -> AbstractContextManager[Act]:
    return acting(by=by, name=f"delivery.{verb}", provider_id=person.provider_id, why=why)


def _row(person: Person, draft: ContactDraft) -> Contact:
    return Contact(
        provider_id=person.provider_id,
        person=person,
        day=draft.day,
        kind=draft.kind,
        field=draft.field,
        member_id=draft.member_id,
        with_whom=draft.with_whom.strip(),
        goal_id=draft.goal_id,
    )


def _check(person: Person, draft: ContactDraft, by: User, on: date) -> None:
    require_person(by, "delivery.record", person, on)
    if draft.text.strip():
        require_person(by, "narrative.write", person, on)
    kind = work_kinds().get(draft.kind)
    if kind is None or (draft.field and draft.field not in network_fields()):
        raise UnableToRecordContactError(
            _("Vali töö liik ja valdkond loendist. Midagi ei salvestatud.")
        )
    if draft.day > on:
        raise UnableToRecordContactError(
            _("Päev {day} on tulevikus; kirja saab panna tehtut. Midagi ei salvestatud.").format(
                day=show_day(draft.day)
            )
        )
    if kind.needs_whom and not draft.with_whom.strip() and draft.member_id is None:
        raise UnableToRecordContactError(
            _("Kirjuta, kellega: „{kind}“ käib kellegagi koos. Midagi ei salvestatud.").format(
                kind=kind.labels[language()]
            )
        )
    _check_links(person, draft)


def _check_links(person: Person, draft: ContactDraft) -> None:
    """Refuse a member of another network and a goal of another person's plan."""
    if draft.member_id is not None:
        known = circle_of(person.pk).network.filter(pk=draft.member_id)
        if not known.exists():
            raise UnableToRecordContactError(
                _("Seda inimest ei ole võrgustikus: vali uuesti. Midagi ei salvestatud.")
            )
    if draft.goal_id is not None and not is_goal_of(person, draft.goal_id):
        raise UnableToRecordContactError(
            _("See eesmärk ei ole selle inimese plaanis. Midagi ei salvestatud.")
        )


def _line_of(row: Contact) -> Narrative | None:
    return Narrative.objects.filter(record_id=row.root_id, person=row.person).current().first()


def _hours_of(row: Contact) -> ComponentRecord | None:
    """Give the record of a contact's hours that holds; None: there is none."""
    if row.record_id is None:
        return None
    hours = ComponentRecord.objects.filter(pk=row.record_id).first()
    while hours is not None and (later := ComponentRecord.objects.filter(corrects=hours).first()):
        hours = later
    return None if hours is None or hours.is_cancellation else hours


def _tell(act: Act, row: Contact, text: str) -> None:
    """Write the private line of a contact, or mend the one that is there."""
    known = _line_of(row) if row.corrects_id else None
    wanted = text.strip()
    if known is None and wanted:
        line = Narrative(
            provider_id=row.provider_id,
            person=row.person,
            day=row.day,
            record_id=row.root_id,
            text=wanted,
        )
        act.store([line])
    elif known is not None and wanted and (wanted, row.day) != (known.text, known.day):
        act.store([successor(known, why=row.why, text=wanted, day=row.day)])
