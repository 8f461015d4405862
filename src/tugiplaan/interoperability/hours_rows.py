"""One row of a table of hours: its cells read, and its people, services and workers found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import language, show_day
from tugiplaan.delivery.entries import ComponentEntry, HourEntry
from tugiplaan.interoperability.hours_sheet import READERS, WrongCellError
from tugiplaan.month_folder.cells import MINUTES_OF_DAY
from tugiplaan.people.names import fold
from tugiplaan.people.queries import Person, standing_for, visible_to
from tugiplaan.providers.queries import component_contracts, place_codes, staff_of
from tugiplaan.referrals.queries import ReferralFacts, referral_facts
from tugiplaan.rules.vocabulary import Audience, Mode, Service, label

_MOST_CODE = 64
_MOST_ACTIVITY = 200


class Wrong(NamedTuple):
    """One thing that is wrong with a row.

    Attributes:
        column: The column; empty: the whole row.
        found: What stands there; empty: nothing.
        expected: What should stand there, as the object of "expected".
    """

    column: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody and everything that a row may name.

    Attributes:
        persons: Whom the user may record for, by id.
        by_name: Persons by folded name, code and identifier; several where names are equal.
        referrals: Theirs, by code.
        of_person: Theirs, by person.
        workers: By folded name and code.
        funders: Whose contracts of component services there are.
        on: Today.
    """

    persons: Mapping[UUID, Person]
    by_name: Mapping[str, tuple[UUID, ...]]
    referrals: Mapping[str, ReferralFacts]
    of_person: Mapping[UUID, tuple[ReferralFacts, ...]]
    workers: Mapping[str, tuple[tuple[UUID, str], ...]]
    funders: tuple[str, ...]
    on: date


def known_at(provider_id: UUID, by: User, on: date) -> Known:
    """Read what rows of a table may name, as far as a user may record for them."""
    persons = {
        one.pk: one for one in visible_to(by, on, "delivery.record").filter(provider_id=provider_id)
    }
    names = [
        (key, one.pk)
        for one in persons.values()
        for key in {
            fold(f"{one.first_name} {one.last_name}"),
            fold(f"{one.last_name} {one.first_name}"),
            fold(one.code),
            fold(one.identifier),
        }
    ]
    places = place_codes(provider_id)
    found = referral_facts(provider_id, standing_for(provider_id), places, on)
    theirs = [one for one in found if one.person_id in persons]
    workers = [
        (key, (one.pk, str(one)))
        for one in staff_of(provider_id)
        for key in {fold(one.code), fold(one.name)}
    ]
    return Known(
        persons=persons,
        by_name=_grouped(names),
        referrals={fold(one.facts.referral): one for one in theirs},
        of_person=_grouped((one.person_id, one) for one in theirs),
        workers=_grouped(workers),
        funders=tuple({one.funder: None for one in component_contracts(provider_id)}),
        on=on,
    )


def _grouped[K, V](pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        if key:
            found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


@dataclass(slots=True)
class ReadRow:
    """A row while it is read."""

    texts: Mapping[str, str]
    known: Known
    values: dict[str, Any] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)
    entry: HourEntry | ComponentEntry | None = None
    person: str = ""
    what: str = ""
    worker: str = ""

    def text(self, name: str) -> str:
        """Give the text of a column; empty where the table has none."""
        return self.texts.get(name, "")

    def refuse(self, column: str, expected: str) -> None:
        """Note that a cell is wrong."""
        self.wrong.append(Wrong(column, self.text(column), expected))


def read_row(texts: Mapping[str, str], known: Known) -> ReadRow:
    """Read a row: what it becomes, or everything that is wrong with it.

    Args:
        texts: The cells by the names of their columns.
        known: Whom and what it may name.
    """
    row = ReadRow(texts, known)
    for name, reader in READERS.items():
        if row.text(name):
            try:
                row.values[name] = reader(row.text(name))
            except WrongCellError as error:
                row.refuse(name, str(error))
    _check_day(row)
    _find_minutes(row)
    _find_worker(row)
    _check_texts(row)
    person = _find_person(row)
    if row.text("component"):
        _make_component(row, person)
    else:
        _make_hours(row, person)
    return row


def _check_day(row: ReadRow) -> None:
    day = row.values.get("day")
    if not row.text("day"):
        row.refuse("day", _("päeva, näiteks 14.05.2026"))
    elif day is not None and day > row.known.on:
        row.refuse("day", _("päeva, mis ei ole tulevikus"))


def _find_minutes(row: ReadRow) -> None:
    start, end = row.values.get("start"), row.values.get("end")
    if row.text("minutes"):
        row.values["length"] = row.values.get("minutes")
    elif row.text("hours"):
        row.values["length"] = row.values.get("hours")
    elif row.text("start") and row.text("end"):
        if start is not None and end is not None:
            # Past midnight the time belongs to the day on which it began.
            row.values["length"] = (end - start) % MINUTES_OF_DAY or MINUTES_OF_DAY
    else:
        row.refuse("minutes", _("kestust: minuteid, tunde või algust ja lõppu"))


def _find_worker(row: ReadRow) -> None:
    found = row.known.workers.get(fold(row.text("worker")), ())
    if len({pk for pk, _name in found}) == 1:
        row.values["worker"], row.worker = found[0]
    elif found:
        row.refuse("worker", _("töötaja koodi; selle nimega on mitu"))
    else:
        row.refuse("worker", _("töötaja koodi või nime, mis on seadetes"))


def _check_texts(row: ReadRow) -> None:
    if len(row.text("activity")) > _MOST_ACTIVITY:
        row.refuse("activity", _("kuni {most} tähte").format(most=_MOST_ACTIVITY))
    if len(row.text("record")) > _MOST_CODE:
        row.refuse("record", _("kuni {most} tähte").format(most=_MOST_CODE))


def _find_person(row: ReadRow) -> UUID | None:
    if not row.text("person"):
        return None
    found = tuple(dict.fromkeys(row.known.by_name.get(fold(row.text("person")), ())))
    if len(found) == 1:
        row.person = str(row.known.persons[found[0]])
        return found[0]
    if found:
        row.refuse("person", _("isikukoodi või lühikoodi; selle nimega on mitu"))
    else:
        row.refuse("person", _("sinu inimese nime, isikukoodi või lühikoodi"))
    return None


def _make_hours(row: ReadRow, person: UUID | None) -> None:
    referral = _find_referral(row, person)
    if referral is None or row.wrong:
        return
    row.what = label(referral.facts.service, language())
    row.person = str(row.known.persons[referral.person_id])
    row.entry = HourEntry(
        referral_id=referral.referral_id,
        audience=row.values.get("audience", Audience.PERSON),
        is_direct=row.values.get("direct", True),
        **_timed(row),
    )


def _timed(row: ReadRow) -> dict[str, Any]:
    return {
        "day": row.values["day"],
        "start": row.values.get("start"),
        "minutes": row.values["length"],
        "worker_id": row.values["worker"],
        "activity": row.text("activity"),
        "code": row.text("record"),
    }


def _find_referral(row: ReadRow, person: UUID | None) -> ReferralFacts | None:
    """Find the one referral that a row means: by its number, or by person, day and service."""
    if row.text("referral"):
        found = row.known.referrals.get(fold(row.text("referral")))
        if found is None:
            row.refuse("referral", _("sinu inimese suunamise numbrit"))
        elif person is not None and found.person_id != person:
            row.refuse("referral", _("selle inimese suunamise numbrit"))
        return found
    day: date | None = row.values.get("day")
    if person is None or day is None:
        if not row.text("person"):
            row.refuse("person", _("inimest või suunamise numbrit"))
        return None
    return _of_day(row, row.known.of_person.get(person, ()), day)


def _of_day(row: ReadRow, theirs: tuple[ReferralFacts, ...], day: date) -> ReferralFacts | None:
    service: Service | None = row.values.get("service")
    found = [
        one
        for one in theirs
        if one.facts.valid_from <= day <= one.facts.valid_to
        and (service is None or one.facts.service is service)
    ]
    if len(found) == 1:
        return found[0]
    column = "service" if row.text("service") or found else "person"
    if found:
        numbers = ", ".join(one.facts.referral for one in found)
        row.refuse(column, _("suunamise numbrit, üht neist: {numbers}").format(numbers=numbers))
    else:
        text = _("suunamist, mis kehtib {day}; sellel inimesel sellist ei ole")
        row.refuse(column, text.format(day=show_day(day)))
    return None


def _make_component(row: ReadRow, person: UUID | None) -> None:
    if not row.text("person"):
        row.refuse("person", _("inimest"))
    funder = row.text("funder") or (row.known.funders[0] if len(row.known.funders) == 1 else "")
    if not funder:
        row.refuse("funder", _("rahastaja registrikoodi"))
    if len(row.text("component")) > _MOST_CODE or len(funder) > _MOST_CODE:
        row.refuse("component", _("kuni {most} tähte").format(most=_MOST_CODE))
    if person is None or row.wrong:
        return
    row.what = row.text("component")
    row.entry = ComponentEntry(
        person_id=person,
        funder=funder,
        component=row.text("component"),
        mode=row.values.get("mode", Mode.INDIVIDUAL),
        audience=row.values.get("audience", Audience.PERSON),
        participants=row.values.get("participants"),
        **_timed(row),
    )
