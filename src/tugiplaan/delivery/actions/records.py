"""Recording hours, component hours and days; correcting, moving and cancelling them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require, scope_of
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery.entries import ComponentEntry, DayEntry, Entry, HourEntry, SessionEntry
from tugiplaan.delivery.models import (
    ComponentRecord,
    DayRecord,
    GroupSession,
    HourRecord,
)
from tugiplaan.delivery.queries.base import misplaced_content
from tugiplaan.delivery.queries.records import entry_of, persons_of, session_by_id, workers_of
from tugiplaan.month_folder.cells import MINUTES_OF_DAY
from tugiplaan.providers.books import hold_months, period_of

type Record = HourRecord | ComponentRecord | DayRecord
_MODELS: dict[Any, Any] = {
    HourEntry: HourRecord,
    ComponentEntry: ComponentRecord,
    DayEntry: DayRecord,
}


class UnableToRecordError(RefusedError):
    """The entries cannot be recorded as given."""


class UnableToCorrectError(RefusedError):
    """The record cannot be corrected so."""


def record(
    *, provider_id: UUID, entries: Sequence[Entry], by: User, on: date, why: str = ""
) -> list[Record]:
    """Record what was done: one entry or many, all of them or none.

    Args:
        provider_id: At which provider.
        entries: What was done.
        by: Who records.
        on: Today; nothing is recorded for later days.
        why: The reason; needed where a month was invoiced already.

    Returns:
        The rows, in the order of the entries. Entries recorded before (same id) are given
        back as they are and not recorded again.

    Raises:
        NotAllowedError: `by` may not record there.
        UnableToRecordError: An entry cannot be: whose, when, how long, by whom.
        MonthClosedError: Its month is closed.
        WhyNeededError: Its month was invoiced and no reason is given.
    """
    require(by, "delivery.record", provider_id, on)
    check(provider_id, entries, by, on)
    known = recorded(provider_id, entries)
    if all(entry.id in known for entry in entries):
        return [known[entry.id] for entry in entries]
    try:
        with acting(by=by, name="delivery.record", provider_id=provider_id, why=why) as act:
            hold_months(provider_id, [entry.day for entry in entries], why=why)
            # Somebody else may have sent the same meanwhile; now nobody can any more.
            known = recorded(provider_id, entries)
            new = [entry for entry in entries if entry.id not in known]
            known |= {row.pk: row for row in store(act, provider_id, new)}
    except IntegrityError as error:
        raise there_already() from error
    return [known[entry.id] for entry in entries]


def there_already() -> UnableToRecordError:
    """Say that a record of the same day and person, or of the same code, is there."""
    return UnableToRecordError(
        _(
            "Üks kirjetest on juba olemas (sama päev ja sama inimene või sama kood). "
            "Ava päeva kirjed ja paranda olemasolevat. Midagi ei salvestatud."
        )
    )


def check(
    provider_id: UUID,
    entries: Iterable[Entry],
    by: User,
    on: date,
    permission: str = "delivery.record",
) -> None:
    """Refuse entries that cannot be.

    Raises:
        UnableToRecordError: With what to mend.
    """
    found = list(entries)
    scope = scope_of(by, permission, on)
    whose = persons_of(provider_id, found)
    workers = workers_of(provider_id)
    for entry in found:
        if entry.day > on:
            raise UnableToRecordError(
                _(
                    "Päev {day} on tulevikus; kirja saab panna tehtut. Midagi ei salvestatud."
                ).format(day=show_day(entry.day))
            )
        person = whose.get(entry.id)
        if person is None or not scope.reaches(provider_id, person):
            raise UnableToRecordError(
                _(
                    "Seda inimest sinu inimeste seas ei ole. Kui asendad kedagi, palu juhil "
                    "asendus kirja panna. Midagi ei salvestatud."
                )
            )
        if isinstance(entry, (HourEntry, ComponentEntry)):
            _check_time(entry, workers)
    _check_content(provider_id, found)


def _check_content(provider_id: UUID, entries: Iterable[Entry]) -> None:
    """Refuse content work under a base component, which nobody would pay."""
    hours = [one for one in entries if isinstance(one, ComponentEntry)]
    wrong = misplaced_content(provider_id, hours)
    if wrong is not None:
        instead = ", ".join(wrong.instead) or _("lisatoetuse komponent")
        raise UnableToRecordError(
            _(
                "Baaskomponent „{component}“ ei sisalda sisutööd. Vali lisatoetuse komponent: "
                "{instead}. Midagi ei salvestatud."
            ).format(component=wrong.name, instead=instead)
        )


def _check_time(entry: HourEntry | ComponentEntry, workers: frozenset[UUID]) -> None:
    if not 1 <= entry.minutes <= MINUTES_OF_DAY:
        raise UnableToRecordError(
            _("Kestus {minutes} minutit ei sobi: 1 kuni {most}. Midagi ei salvestatud.").format(
                minutes=entry.minutes, most=MINUTES_OF_DAY
            )
        )
    if entry.start is not None and not 0 <= entry.start < MINUTES_OF_DAY:
        raise UnableToRecordError(_("Algusaeg peab olema 00:00–23:59. Midagi ei salvestatud."))
    if entry.worker_id not in workers:
        raise UnableToRecordError(
            _("Seda töötajat selle teenuseosutaja juures ei ole. Midagi ei salvestatud.")
        )


def store(act: Act, provider_id: UUID, entries: Iterable[Entry]) -> list[Record]:
    """Store entries as rows within an act; for actions that have checked them."""
    rows = [_row(provider_id, entry) for entry in entries]
    hours = [row for row in rows if isinstance(row, HourRecord)]
    components = [row for row in rows if isinstance(row, ComponentRecord)]
    days = [row for row in rows if isinstance(row, DayRecord)]
    act.store(sorted(hours, key=_key))
    act.store(sorted(components, key=_key))
    act.store(sorted(days, key=_key))
    return rows


def _key(row: Record) -> UUID:
    return row.pk


def _row(provider_id: UUID, entry: Entry) -> Record:
    if isinstance(entry, DayEntry):
        return DayRecord(
            id=entry.id,
            provider_id=provider_id,
            referral_id=entry.referral_id,
            period=period_of(entry.day),
            day=entry.day,
            kind=entry.kind,
        )
    timed = {
        "id": entry.id,
        "provider_id": provider_id,
        "period": period_of(entry.day),
        "day": entry.day,
        "start": entry.start,
        "minutes": entry.minutes,
        "worker_id": entry.worker_id,
        "activity": entry.activity,
        "audience": entry.audience,
        "goal_id": entry.goal_id,
        "code": entry.code,
    }
    if isinstance(entry, HourEntry):
        return HourRecord(referral_id=entry.referral_id, is_direct=entry.is_direct, **timed)
    return ComponentRecord(
        person_id=entry.person_id,
        session_id=entry.session_id,
        funder=entry.funder,
        component=entry.component,
        mode=entry.mode,
        participants=entry.participants,
        **timed,
    )


def recorded(provider_id: UUID, entries: Iterable[Entry]) -> dict[UUID, Record]:
    """Find the entries that were recorded before, by their ids."""
    found: dict[UUID, Record] = {}
    ids: dict[type[Any], list[UUID]] = {}
    for entry in entries:
        ids.setdefault(type(entry), []).append(entry.id)
    for kind, some in ids.items():
        rows = _MODELS[kind].objects.filter(provider_id=provider_id, pk__in=some)
        found |= {row.pk: row for row in rows}
    return found


def open_session(*, provider_id: UUID, session: SessionEntry, by: User, on: date) -> GroupSession:
    """Open a group session to which component entries then belong.

    Args:
        provider_id: At which provider.
        session: What is the same for all who took part.
        by: Who leads it.
        on: Today.

    Returns:
        The session; the one that is there if it was opened before (same id).

    Raises:
        NotAllowedError: `by` may not record there.
        UnableToRecordError: The code is that of another session.
    """
    require(by, "delivery.record", provider_id, on)
    known = session_by_id(provider_id, session.id)
    if known is not None:
        return known
    row = session_row(provider_id, session)
    try:
        with acting(by=by, name="delivery.open_session", provider_id=provider_id) as act:
            act.store([row])
    except IntegrityError as error:
        raise UnableToRecordError(
            _("Kood {code} on juba teisel rühmatunnil. Vali teine. Midagi ei salvestatud.").format(
                code=session.code
            )
        ) from error
    return row


def session_row(provider_id: UUID, session: SessionEntry) -> GroupSession:
    """Make the row of a session; where it has no code, one from its id."""
    return GroupSession(
        id=session.id,
        provider_id=provider_id,
        code=session.code or f"R-{session.id.hex[-10:]}",
        day=session.day,
        start=session.start,
        title=session.title,
        note=session.note,
    )


def correct(*, of: Record, entry: Entry, why: str, by: User, on: date) -> Record:
    """Put another record in the place of one that was wrong; the old one stays to be seen.

    So is a record moved that was entered for the wrong person: `entry` names the right one.

    Args:
        of: The record that was wrong; itself not corrected yet.
        entry: What is right, of the same kind.
        why: The reason; not empty.
        by: Who corrects.
        on: Today.

    Returns:
        The new record.

    Raises:
        NotAllowedError: `by` may not correct there.
        UnableToRecordError: The entry cannot be.
        UnableToCorrectError: No reason, another kind, or somebody else corrected it already.
        MonthClosedError: The month of the old or the new day is closed.
    """
    require(by, "delivery.correct", of.provider_id, on)
    _check_reason(why)
    if type(_row(of.provider_id, entry)) is not type(of):
        raise UnableToCorrectError(_("Parandus peab olema sama liiki kirje. Midagi ei muudetud."))
    check(of.provider_id, [entry], by, on, "delivery.correct")
    row = _row(of.provider_id, entry)
    row.corrects_id, row.why = of.pk, why
    if isinstance(row, (HourRecord, ComponentRecord)) and isinstance(
        of, (HourRecord, ComponentRecord)
    ):
        row.code = of.code
    return _store_correction(of, row, by)


def cancel(*, of: Record, why: str, by: User, on: date) -> Record:
    """Say that a record does not hold, and that nothing takes its place.

    Args:
        of: The record; itself not corrected yet.
        why: The reason; not empty.
        by: Who cancels.
        on: Today.

    Returns:
        The row that says so.

    Raises:
        NotAllowedError: `by` may not correct there.
        UnableToRecordError: Its person is out of reach.
        UnableToCorrectError: No reason, or somebody else corrected it already.
        MonthClosedError: Its month is closed.
    """
    require(by, "delivery.correct", of.provider_id, on)
    _check_reason(why)
    check(of.provider_id, [entry_of(of)], by, on, "delivery.correct")
    if of.is_cancellation:
        raise UnableToCorrectError(_("See kirje on juba tühistatud. Midagi ei muudetud."))
    row = type(of)(**{field.attname: getattr(of, field.attname) for field in of._meta.fields})
    row.pk = type(of)._meta.pk.get_default()
    row.corrects_id, row.is_cancellation, row.why = of.pk, True, why
    return _store_correction(of, row, by)


def _check_reason(why: str) -> None:
    if not why.strip():
        raise UnableToCorrectError(_("Paranduse põhjus on vajalik. Midagi ei muudetud."))


def _store_correction[R: Record](of: Record, row: R, by: User) -> R:
    name = "delivery.cancel" if row.is_cancellation else "delivery.correct"
    try:
        with acting(by=by, name=name, provider_id=of.provider_id, why=row.why) as act:
            hold_months(of.provider_id, {of.day, row.day}, why=row.why)
            act.details["corrects"] = str(of.pk)
            act.store([row])
    except IntegrityError as error:
        raise UnableToCorrectError(
            _(
                "Keegi parandas seda kirjet juba. Ava uus kirje ja paranda vajadusel seda. "
                "Midagi ei muudetud."
            )
        ) from error
    return row
