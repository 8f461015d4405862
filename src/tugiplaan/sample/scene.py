"""Knows what all plays share: the chance, the days, the houses, the staff, the open folder."""

from dataclasses import replace
from datetime import date
from random import Random

from tugiplaan.sample.events import Tally
from tugiplaan.sample.folder import Folder
from tugiplaan.sample.months import Span
from tugiplaan.sample.people import Person, Register
from tugiplaan.sample.places import Places
from tugiplaan.sample.referrals import Referral, planned, term_from
from tugiplaan.sample.workers import Staff

# The kinds of house by service and variant; round-the-clock care draws among several.
_HOUSES = {
    ("IET", "AUT"): ("iet_autism",),
    ("IET", "INT"): ("day_care",),
    ("IET", "INTM"): ("day_care",),
    ("KE", ""): ("ke",),
    ("PNH", ""): ("day_care",),
    ("OEH", ""): ("GT12", "GT12", "LE12", "G10", "G6"),
    ("OEH", "ER"): ("GT12", "LE12", "G10"),
    ("OEH", "AA"): ("GT12", "LE12", "G6"),
    ("OEH", "AUT"): ("autism",),
    ("OEH", "KM"): ("court",),
}
_RECORD_FILES = ("hours", "days", "components")
# Of all persons so many have rows of records; the others are served by the day or the month.
_SHARE_WITH_RECORDS = 0.62


class Pace:
    """Keeps the number of record rows near what was asked for on average.

    Attributes:
        records_per_person: The average wanted, or `None` for natural numbers.
        persons: How many there are so far.
    """

    def __init__(self, folder: Folder) -> None:
        """Start with natural numbers.

        Args:
            folder: Where the rows are counted.
        """
        self._folder = folder
        self.records_per_person: int | None = None
        self.persons = 0

    def rows(self, natural: int) -> int:
        """Give the rows of one person in one service over the three months of the sample.

        Args:
            natural: How many there would be if nobody had asked for a number.

        Returns:
            How many to write, at least three.
        """
        if self.records_per_person is None:
            return natural
        usual = self.records_per_person / _SHARE_WITH_RECORDS
        written = sum(self._folder.rows[name] for name in _RECORD_FILES)
        behind = self.persons * self.records_per_person - written
        # Catching up a little at a time keeps persons alike while the average settles.
        wanted = usual + (behind - usual) / 20
        return max(3, round(min(max(wanted, usual / 2), usual * 2)))


class Scene:
    """What is shared while a sample is written.

    Attributes:
        rng: The only source of chance.
        span: The settled month and its history.
        folder: The open month folder.
        people: Makes persons.
        places: Gives them places.
        staff: Gives them workers.
        pace: Says how many records to write.
        tally: Counts the events.
    """

    def __init__(self, rng: Random, span: Span, folder: Folder, people: Register) -> None:
        """Set the scene.

        Args:
            rng: The only source of chance.
            span: The settled month and its history.
            folder: The open month folder.
            people: Makes persons.
        """
        self.rng = rng
        self.span = span
        self.folder = folder
        self.people = people
        self.places = Places(rng, folder, span.settled)
        self.staff = Staff(rng)
        self.pace = Pace(folder)
        self.tally = Tally()

    def person(self, *, adult_by: date, first_pnh_start: date | None = None) -> Person:
        """Make a person and write the row.

        Args:
            adult_by: The first day of the person's first service.
            first_pnh_start: When day care first began, if the folder is to say so.

        Returns:
            The person.
        """
        person = self.people.new(adult_by=adult_by)
        self.pace.persons += 1
        names = (person.first_name, person.last_name)
        row = (person.code, person.personal_code, *names, person.birth_date, first_pnh_start)
        self.folder.add("persons", row)
        return person

    def draft(
        self, person: Person, service: str, variant: str, *, start: date, house: str = ""
    ) -> Referral:
        """Make an ordinary referral without writing it, so that a play can change it first.

        Args:
            person: Whose it is.
            service: The service.
            variant: Its variant, or empty.
            start: Its first valid day.
            house: The kind of house, or empty for the usual one.

        Returns:
            The referral; its person came as agreed and it runs on beyond the settled month.
        """
        kinds = _HOUSES.get((service, variant), ("centre",))
        volume, unit = planned(self.rng, service, variant)
        term = term_from(self.rng, self.span, start, is_court_order=variant == "KM")
        draft = Referral(
            code="",
            person=person.code,
            service=service,
            variant=variant,
            place=self.places.seat(house or self.rng.choice(kinds)),
            planned_volume=volume,
            volume_unit=unit,
            issued_on=term.issued_on,
            valid_from=start,
            valid_to=term.valid_to,
            agreed_start=term.agreed_start,
            arrived_on=term.arrived_on,
        )
        if (service, variant) == ("OEH", "AUT"):
            return replace(draft, slot=f"{draft.place}-{person.code}")
        return draft

    def write(self, draft: Referral) -> Referral:
        """Number a referral and write its row.

        Args:
            draft: The referral as it is to stand.

        Returns:
            The same with its code.
        """
        referral = replace(draft, code=f"S{self.folder.rows['referrals'] + 1:05d}")
        self.folder.add("referrals", referral.row())
        return referral

    def absence(self, referral: Referral, kind: str, first_day: date, last_day: date) -> None:
        """Write a spell away.

        Args:
            referral: Under which referral.
            kind: `absent`, `hospital` or `tuberculosis`.
            first_day: The first full day away.
            last_day: The last one.
        """
        code = f"A{self.folder.rows['absences'] + 1:05d}"
        self.folder.add("absences", (code, referral.code, first_day, last_day, kind, first_day))
