"""Reading the files of a month folder one after another into cases, places and prices."""

from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any

from tugiplaan.month_folder import schema
from tugiplaan.month_folder.cases import Case, Draft, Registry
from tugiplaan.month_folder.report import Report
from tugiplaan.month_folder.rows import BAD_CELL, BadRow, Rows
from tugiplaan.month_folder.schema import Table
from tugiplaan.month_folder.sheet import open_sheet
from tugiplaan.rules.facts import (
    Absence,
    ComponentPrice,
    ComponentRecord,
    DayRecord,
    EmptyPlaces,
    HourRecord,
    Licence,
    Person,
    PlacePeriod,
    Session,
)

_new = tuple.__new__  # a named tuple's own constructor, in Python, takes twice as long


class Loading:
    """What has been read so far.

    Attributes:
        cases: Persons by code, with their referrals and component records.
        referrals: Referrals by code.
        places: Places by code.
        periods: Size class periods by place.
        prices: Component price lists.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        """Prepare to read the files of a folder.

        Args:
            folder: The folder; a file that is not in it counts as empty.
            report: Takes what is wrong.
        """
        self.cases: Registry[Case] = Registry(Case)
        self.referrals: Registry[Draft] = Registry(lambda code: Draft(code, Case("")))
        self.places: Registry[str] = Registry(str)
        self.periods: dict[str, list[PlacePeriod]] = {}
        self.licences: list[Licence] = []
        self.empty_places: list[EmptyPlaces] = []
        self.prices: list[ComponentPrice] = []
        self._folder = folder
        self._report = report
        self._references = {
            schema.PERSONS.file: self.cases.find,
            schema.REFERRALS.file: self.referrals.find,
            schema.PLACES.file: self.places.find,
        }

    def read_all(self) -> None:
        """Read every file, those first that others refer to."""
        self._read_places()
        self._read_persons()
        self._read_referrals()
        self._read_referral_history()
        self._read_hours()
        self._read_days()
        self._read_components()
        self._read_house()
        for values in self._rows(schema.COMPONENT_PRICES):
            self.prices.append(_component_price(*values))

    def sessions(self) -> dict[str, Session]:
        """Give each group session, over all its records, those of persons left out too."""
        found: dict[str, Session] = {}
        for code in sorted(self.cases):
            case = self.cases[code]
            attended = {record.session for record in case.components}.union(case.attended)
            for session in attended:
                first_person, persons = found.get(session, (code, 0))
                found[session] = Session(first_person, persons + 1)
        found.pop("", None)
        return found

    def _rows(self, table: Table, on_bad: BadRow | None = None) -> Iterator[list[Any]]:
        """Give the typed values of each good row of a file."""
        rows = self._opened(table, on_bad)
        if rows is not None:
            yield from rows
            self._trust_keys(table, when=rows.has_lost_rows)

    def _opened(self, table: Table, on_bad: BadRow | None = None) -> Rows | None:
        """Open a file; None where there is none, or no rows in it can be read."""
        path = self._folder / table.file
        if not path.exists():
            return None
        known = len(self._report.general)
        sheet = open_sheet(path, table, self._report)
        if sheet is None:
            self._trust_keys(table, when=len(self._report.general) > known)
            return None
        return Rows(sheet, self._references, self._report, on_bad)

    def _trust_keys(self, table: Table, *, when: bool) -> None:
        """Take any key of a file for given once some of them could not be read."""
        if table is schema.PERSONS:
            self.cases.is_open |= when
        elif table is schema.REFERRALS:
            self.referrals.is_open |= when
        elif table is schema.PLACES:
            self.places.is_open |= when

    def _read_places(self) -> None:
        def keep(row: Mapping[str, str]) -> None:
            if place := row.get("place", "").strip():
                self.places.stand_in(place)

        for place, *_ in self._rows(schema.PLACES, keep):
            self.places[place] = place
        for place, first_day, last_day, size_class in self._rows(schema.PLACE_PERIODS):
            self.periods.setdefault(place, []).append(PlacePeriod(first_day, last_day, size_class))
        for periods in self.periods.values():
            periods.sort(key=attrgetter("first_day"))

    def _read_persons(self) -> None:
        def keep(row: Mapping[str, str]) -> None:
            if code := row.get("person", "").strip():
                self.cases.stand_in(code)

        for code, personal_code, first, last, birth_date, first_pnh in self._rows(
            schema.PERSONS, keep
        ):
            person = Person(code, first, last, birth_date, personal_code, first_pnh)
            self.cases[code] = Case(code, person)

    def _read_referrals(self) -> None:
        def keep(row: Mapping[str, str]) -> None:
            code = row.get("referral", "").strip()
            if code and code not in self.referrals:
                person = row.get("person", "").strip()
                case = self.cases.get(person) or Case(person)
                self.referrals[code] = Draft(code, case, slot=row.get("slot", "").strip())

        place_at, slot_at = (schema.REFERRALS.names.index(name) for name in ("place", "slot"))
        for cells in self._rows(schema.REFERRALS, keep):
            code, case = cells[0], cells[1]
            draft = Draft(code, case, tuple(cells[2:]), cells[place_at], cells[slot_at])
            case.drafts.append(draft)
            self.referrals[code] = draft

    def _read_referral_history(self) -> None:
        for draft, from_day, place in self._rows(schema.MOVES):
            draft.moves += ((from_day, place),)
        for absence, draft, first_day, last_day, kind, learned_on in self._rows(schema.ABSENCES):
            draft.absences += (Absence(absence, first_day, last_day, kind, learned_on),)
        for draft, month, _ in self._rows(schema.CONFIRMATIONS):
            draft.confirmed += (month,)

    def _read_hours(self) -> None:
        rows = self._opened(schema.HOURS)
        if rows is None:
            return
        _, drafts, days, starts, minutes, workers, audiences, activities, flags = rows.columns
        for row in rows.cells():
            record, draft, day, start, length, worker, audience, activity, is_direct = row
            try:
                drafts[draft].hours.append(
                    _new(
                        HourRecord,
                        (
                            record,
                            days[day],
                            starts[start],
                            minutes[length],
                            workers[worker],
                            audiences[audience],
                            activities[activity],
                            flags[is_direct],
                            1,
                        ),
                    )
                )
            except BAD_CELL:
                rows.examine(row)

    def _read_days(self) -> None:
        rows = self._opened(schema.DAYS)
        if rows is None:
            return
        drafts, days, kinds = rows.columns
        known: dict[tuple[str, str], DayRecord] = {}
        for row in rows.cells():
            draft, day, kind = row
            try:
                unit = known.get((day, kind))
                if unit is None:
                    unit = known[day, kind] = DayRecord(days[day], kinds[kind])
                drafts[draft].days.append(unit)
            except BAD_CELL:
                rows.examine(row)

    def _read_components(self) -> None:
        def attend(row: Mapping[str, str]) -> None:
            session, person = row.get("session", "").strip(), row.get("person", "").strip()
            if session and person:
                self.cases.get(person, Case(person)).attended += (session,)

        rows = self._opened(schema.COMPONENTS, attend)
        if rows is None:
            return
        _, sessions, cases, days, starts, funders, components, modes, *others = rows.columns
        audiences, minutes, participants, workers, activities = others
        for row in rows.cells():
            try:
                cases[row[2]].components.append(
                    _new(
                        ComponentRecord,
                        (
                            row[0],
                            sessions[row[1]],
                            days[row[3]],
                            starts[row[4]],
                            funders[row[5]],
                            components[row[6]],
                            modes[row[7]],
                            audiences[row[8]],
                            minutes[row[9]],
                            participants[row[10]],
                            workers[row[11]],
                            activities[row[12]],
                        ),
                    )
                )
            except BAD_CELL:
                rows.examine(row)

    def _read_house(self) -> None:
        for values in self._rows(schema.LICENCES):
            self.licences.append(Licence(*values))
        for values in self._rows(schema.EMPTY_PLACES):
            self.empty_places.append(EmptyPlaces(*values))


def _component_price(*values: Any) -> ComponentPrice:
    fields = dict(zip(schema.COMPONENT_PRICES.names, values, strict=True))
    del fields["unit"]
    return ComponentPrice(is_confirmed=fields.pop("confirmed"), **fields)
