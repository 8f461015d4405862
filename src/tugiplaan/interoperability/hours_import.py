"""Hours from a table: what each row would become, what is wrong with it, and taking in the good."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.entries import ComponentEntry, HourEntry
from tugiplaan.delivery.queries.records import entry_of, hours_of, known_records
from tugiplaan.interoperability.hours_rows import Known, Wrong, known_at, read_row
from tugiplaan.interoperability.sheet import Sheet
from tugiplaan.providers.books import State, book_state, month_text, period_of

_OURS = UUID("7f3f0b52-6c0e-5b19-9d2c-6d2a1d1f7f10")
"""The space of names in which rows of tables get their ids; never changed."""


class UnableToTakeInError(RefusedError):
    """The table cannot be taken in."""


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One row of a table of hours.

    Attributes:
        number: Of the row in the file.
        cells: The texts of the columns that are used, by the name of the column.
        entry: What it becomes; None where something is wrong.
        person: Whose it is; empty where that cannot be said.
        what: The service or component.
        worker: Who gave the time.
        wrong: Everything that is wrong with it.
        is_known: It was taken in before; it adds nothing.
        is_alike: Something like it was recorded otherwise; it may be there twice.
    """

    number: int
    cells: Mapping[str, str]
    entry: HourEntry | ComponentEntry | None
    person: str = ""
    what: str = ""
    worker: str = ""
    wrong: tuple[Wrong, ...] = ()
    is_known: bool = False
    is_alike: bool = False


@dataclass(frozen=True, slots=True)
class DryRun:
    """What taking a table in would do.

    Attributes:
        rows: All rows, in the order of the file.
        issued: Months, YYYYMM, that were invoiced: a reason is needed.
    """

    rows: tuple[HoursRow, ...]
    issued: tuple[int, ...]

    @property
    def new(self) -> list[HoursRow]:
        """The rows that would be added."""
        return [row for row in self.rows if row.entry and not row.is_known and not row.wrong]

    @property
    def known(self) -> list[HoursRow]:
        """The rows that are there already."""
        return [row for row in self.rows if row.is_known and not row.wrong]

    @property
    def bad(self) -> list[HoursRow]:
        """The rows with which something is wrong."""
        return [row for row in self.rows if row.wrong]


def look_through(
    *, provider_id: UUID, sheet: Sheet, columns: Sequence[str], by: User, on: date
) -> DryRun:
    """Say what each row of a table would become. Nothing is stored.

    Args:
        provider_id: At which provider.
        sheet: The table.
        columns: For each heading the name of a column of `hours_sheet`, or empty.
        by: Who would take it in; only people whom they may record for are found.
        on: Today.

    Returns:
        Every row, read and looked up.

    Raises:
        NotAllowedError: `by` may not record there.
        UnableToTakeInError: A column that is needed was not chosen, or one was chosen twice.
    """
    require(by, "delivery.record", provider_id, on)
    _check_columns(columns)
    known = known_at(provider_id, by, on)
    rows = [_read(number, cells, columns, known) for number, cells in sheet.rows]
    rows = _named(provider_id, rows)
    rows = _without_closed(provider_id, rows)
    periods = {period_of(row.entry.day) for row in rows if row.entry and not row.is_known}
    issued = [one for one in sorted(periods) if book_state(provider_id, one) == State.ISSUED]
    return DryRun(tuple(_alike(provider_id, rows)), tuple(issued))


@dataclass(frozen=True, slots=True)
class Wish:
    """Which rows of a table to take in.

    Attributes:
        only_good: Leave out the rows with which something is wrong; else all or none.
        why: The reason; needed where a month was invoiced.
    """

    only_good: bool = False
    why: str = ""


def take_in(*, provider_id: UUID, dry_run: DryRun, wish: Wish, by: User, on: date) -> int:
    """Store the rows of a table: all of them, or where it is asked for only the good ones.

    One transaction; rows that were taken in before add nothing.

    Args:
        provider_id: At which provider.
        dry_run: What `look_through` said of the table, in the same request.
        wish: Which rows, and why.
        by: Who takes it in.
        on: Today.

    Returns:
        How many records were added.

    Raises:
        NotAllowedError: `by` may not record there.
        UnableToTakeInError: A row is wrong and the good ones alone were not asked for, or there
            is nothing to add.
        UnableToRecordError: An entry cannot be after all.
        MonthClosedError: A month is closed.
        WhyNeededError: A month was invoiced and no reason is given.
    """
    if dry_run.bad and not wish.only_good:
        raise UnableToTakeInError(
            _(
                "Ridu, milles on viga: {n}. Paranda need või vali, et salvestame ainult head read. "
                "Midagi ei salvestatud."
            ).format(n=len(dry_run.bad))
        )
    entries = [row.entry for row in dry_run.new if row.entry]
    if not entries:
        raise UnableToTakeInError(
            _("Uusi ridu ei ole: kõik head read on juba kirjas. Midagi ei salvestatud.")
        )
    return len(record(provider_id=provider_id, entries=entries, by=by, on=on, why=wish.why))


_WHO = frozenset({"person", "referral"})
_HOW_LONG = ({"minutes"}, {"hours"}, {"start", "end"})


def _check_columns(columns: Sequence[str]) -> None:
    chosen = [name for name in columns if name]
    wrong = ""
    if len(chosen) != len(set(chosen)):
        wrong = _("Üks veerg on valitud kaks korda.")
    elif "day" not in chosen or "worker" not in chosen:
        wrong = _("Vaja on kuupäeva ja töötaja veergu.")
    elif not _WHO & set(chosen):
        wrong = _("Vaja on inimese või suunamise veergu.")
    elif not any(one <= set(chosen) for one in _HOW_LONG):
        wrong = _("Vaja on kestust: minutid, tunnid või algus ja lõpp.")
    if wrong:
        raise UnableToTakeInError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))


def _read(number: int, cells: Sequence[str], columns: Sequence[str], known: Known) -> HoursRow:
    texts = {name: cell for name, cell in zip(columns, cells, strict=True) if name}
    read = read_row(texts, known)
    return HoursRow(
        number=number,
        cells=texts,
        entry=read.entry,
        person=read.person,
        what=read.what,
        worker=read.worker,
        wrong=tuple(read.wrong),
    )


def _content(entry: HourEntry | ComponentEntry) -> tuple[Any, ...]:
    """Give what an entry says, without its id."""
    timed = (entry.day, entry.start, entry.minutes, entry.worker_id, entry.audience, entry.activity)
    if isinstance(entry, HourEntry):
        return ("hours", entry.referral_id, *timed, entry.is_direct)
    what = (entry.person_id, entry.funder, entry.component, entry.mode, entry.participants)
    return ("components", *what, *timed)


def _named(provider_id: UUID, rows: Sequence[HoursRow]) -> list[HoursRow]:
    """Give each entry the id that its row will always have, and find what was taken in before."""
    named: list[HoursRow] = []
    first_of: dict[str, int] = {}
    for row in rows:
        if row.entry is None:
            named.append(row)
            continue
        code = row.entry.code
        name = f"code {code}" if code else " ".join(str(one) for one in _content(row.entry))
        entry = replace(row.entry, id=uuid5(_OURS, f"{provider_id} {name}"))
        first = first_of.setdefault(name, row.number)
        named.append(replace(row, entry=entry, wrong=_twice(row, first)))
    return _recorded(provider_id, named)


def _twice(row: HoursRow, first: int) -> tuple[Wrong, ...]:
    if first == row.number:
        return row.wrong
    text = _("rida, mis ei korda rida {first}; lisa algusaeg või kirje kood").format(first=first)
    return (*row.wrong, Wrong("", "", text))


def _recorded(provider_id: UUID, rows: Sequence[HoursRow]) -> list[HoursRow]:
    entries = [row.entry for row in rows if row.entry]
    there = known_records(
        provider_id, [one.id for one in entries], [one.code for one in entries if one.code]
    )
    by_id = {one.pk: one for one in there}
    by_code = {one.code: one for one in there if one.code}
    found: list[HoursRow] = []
    for row in rows:
        held = row.entry and (by_id.get(row.entry.id) or by_code.get(row.entry.code))
        if not row.entry or not held:
            found.append(row)
            continue
        was = entry_of(held)
        is_same = isinstance(was, type(row.entry)) and _content(was) == _content(row.entry)
        text = _("uut koodi; selle koodiga kirje on juba olemas teise sisuga, paranda seda seal")
        wrong = () if is_same else (Wrong("record", row.entry.code, text),)
        found.append(replace(row, is_known=is_same, wrong=row.wrong + wrong))
    return found


def _without_closed(provider_id: UUID, rows: Sequence[HoursRow]) -> list[HoursRow]:
    periods = {period_of(row.entry.day) for row in rows if row.entry and not row.is_known}
    closed = {one for one in periods if book_state(provider_id, one) == State.CLOSED}
    found: list[HoursRow] = []
    for row in rows:
        if row.entry and not row.is_known and period_of(row.entry.day) in closed:
            month = month_text(period_of(row.entry.day))
            text = _("päeva avatud kuust; kuu {month} on suletud").format(month=month)
            row = replace(row, wrong=(*row.wrong, Wrong("day", row.cells["day"], text)))
        found.append(row)
    return found


def _alike(provider_id: UUID, rows: Sequence[HoursRow]) -> list[HoursRow]:
    """Mark rows for which somebody recorded the same time otherwise."""
    hours = [row.entry for row in rows if isinstance(row.entry, HourEntry) and not row.is_known]
    referrals = {entry.referral_id for entry in hours}
    there = {
        (held.referral_id, held.day, held.minutes, held.worker_id)
        for period in sorted({period_of(entry.day) for entry in hours})
        for held in hours_of(provider_id, referrals, period)
    }
    return [
        replace(row, is_alike=True)
        if isinstance(row.entry, HourEntry)
        and not row.is_known
        and (row.entry.referral_id, row.entry.day, row.entry.minutes, row.entry.worker_id) in there
        else row
        for row in rows
    ]
