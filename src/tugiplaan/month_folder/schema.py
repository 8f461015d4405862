"""The files of a month folder, each declared once: columns, keys, references, checks."""

from dataclasses import dataclass

from tugiplaan.month_folder import cells
from tugiplaan.month_folder.cells import CellType, codes
from tugiplaan.month_folder.checks import (
    RowCheck,
    ceiling_is_whole,
    not_before,
    unit_is_that_of_code,
    variant_exists,
)
from tugiplaan.month_folder.problems import Phrase
from tugiplaan.rules.vocabulary import (
    AbsenceKind,
    Audience,
    CeilingPeriod,
    DayKind,
    EndReason,
    Mode,
    Service,
    SizeClass,
    Tier,
    Variant,
    VolumeUnit,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file.

    Attributes:
        cell: What may stand in it.
        is_required: Whether it may not be empty.
        refers_to: The file whose key it must be; empty: none.
    """

    name: str
    cell: CellType
    is_required: bool = False
    refers_to: str = ""

    @property
    def expected(self) -> Phrase:
        """What to write, in words."""
        if not self.refers_to:
            return self.cell.expected
        return Phrase(
            f"koodi, mis on failis {self.refers_to}",
            f"a code that is in {self.refers_to}",
            f"код, который есть в файле {self.refers_to}",
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One file.

    Attributes:
        key: How many of the first columns are the key.
        owner: The columns that say whom a row concerns; empty: everybody.
        checks: What the cells of a row must be to one another.
    """

    file: str
    key: int
    owner: tuple[str, ...]
    columns: tuple[Column, ...]
    checks: tuple[RowCheck, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def key_names(self) -> tuple[str, ...]:
        return self.names[: self.key]


def _must(name: str, cell: CellType, refers_to: str = "") -> Column:
    return Column(name, cell, is_required=True, refers_to=refers_to)


def _may(name: str, cell: CellType, refers_to: str = "") -> Column:
    return Column(name, cell, refers_to=refers_to)


PERSONS = Table(
    "persons.csv",
    1,
    ("person",),
    (
        _must("person", cells.UNIQUE_CODE),
        _may("personal_code", cells.PERSONAL_CODE),
        _must("first_name", cells.TEXT),
        _must("last_name", cells.TEXT),
        _must("birth_date", cells.DATE),
        _may("first_pnh_start", cells.DATE),
    ),
)
PLACES = Table(
    "places.csv",
    1,
    ("place",),
    (
        _must("place", cells.CODE),
        _must("name", cells.TEXT),
        _may("address", cells.TEXT),
        _must("building", cells.TEXT),
    ),
)
PLACE_PERIODS = Table(
    "place_periods.csv",
    2,
    ("place",),
    (
        _must("place", cells.CODE, PLACES.file),
        _must("first_day", cells.DATE),
        _may("last_day", cells.DATE),
        _must("size_class", codes(SizeClass)),
    ),
    (not_before("last_day", "first_day"),),
)
LICENCES = Table(
    "licences.csv",
    1,
    ("place",),
    (
        _must("licence", cells.CODE),
        _must("place", cells.CODE, PLACES.file),
        _must("service", codes(Service)),
        _must("valid_from", cells.DATE),
        _may("valid_to", cells.DATE),
        _must("max_persons", cells.COUNT),
        _may("target_groups", cells.TARGET_GROUPS),
    ),
    (not_before("valid_to", "valid_from"),),
)
REFERRALS = Table(
    "referrals.csv",
    1,
    ("person",),
    (
        _must("referral", cells.UNIQUE_CODE),
        _must("person", cells.CODE, PERSONS.file),
        _must("service", codes(Service)),
        _may("variant", codes(Variant, empty=Variant.PLAIN)),
        _may("place", cells.CODE, PLACES.file),
        _must("issued_on", cells.DATE),
        _must("valid_from", cells.DATE),
        _must("valid_to", cells.DATE),
        _may("agreed_start", cells.DATE),
        _may("arrived_on", cells.DATE),
        _may("ended_on", cells.DATE),
        _may("end_reason", codes(EndReason)),
        _may("planned_volume", cells.VOLUME),
        _may("volume_unit", codes(VolumeUnit)),
        _may("released_from_compulsory_treatment", cells.YES),
        _may("slot", cells.CODE),
        _may("slot_new_from", cells.DATE),
    ),
    (
        variant_exists,
        not_before("valid_to", "valid_from"),
        not_before("ended_on", "arrived_on"),
    ),
)
MOVES = Table(
    "moves.csv",
    2,
    ("referral",),
    (
        _must("referral", cells.CODE, REFERRALS.file),
        _must("from_day", cells.DATE),
        _must("place", cells.CODE, PLACES.file),
    ),
)
ABSENCES = Table(
    "absences.csv",
    1,
    ("referral",),
    (
        _must("absence", cells.UNIQUE_CODE),
        _must("referral", cells.CODE, REFERRALS.file),
        _must("first_day", cells.DATE),
        _must("last_day", cells.DATE),
        _must("kind", codes(AbsenceKind)),
        _may("learned_on", cells.DATE),
    ),
    (not_before("last_day", "first_day"),),
)
CONFIRMATIONS = Table(
    "confirmations.csv",
    2,
    ("referral",),
    (
        _must("referral", cells.CODE, REFERRALS.file),
        _must("month", cells.MONTH),
        _must("received_on", cells.DATE),
    ),
)
HOURS = Table(
    "hours.csv",
    1,
    ("referral",),
    (
        _must("record", cells.UNIQUE_CODE),
        _must("referral", cells.CODE, REFERRALS.file),
        _must("date", cells.DATE),
        _may("start", cells.TIME),
        _must("minutes", cells.MINUTES),
        _must("worker", cells.CODE),
        _must(
            "audience",
            codes([Audience.PERSON, Audience.FAMILY, Audience.EMPLOYER, Audience.COWORKERS]),
        ),
        _may("activity", cells.TEXT),
        _must("direct", cells.YES_NO),
    ),
)
DAYS = Table(
    "days.csv",
    2,
    ("referral",),
    (
        _must("referral", cells.CODE, REFERRALS.file),
        _must("date", cells.DATE),
        _must("kind", codes(DayKind)),
    ),
)
EMPTY_PLACES = Table(
    "empty_places.csv",
    2,
    ("place",),
    (
        _must("place", cells.CODE, PLACES.file),
        _must("first_day", cells.DATE),
        _must("last_day", cells.DATE),
        _must("count", cells.COUNT),
    ),
    (not_before("last_day", "first_day"),),
)
COMPONENTS = Table(
    "components.csv",
    1,
    ("person",),
    (
        _must("record", cells.UNIQUE_CODE),
        _may("session", cells.CODE),
        _must("person", cells.CODE, PERSONS.file),
        _must("date", cells.DATE),
        _may("start", cells.TIME),
        _must("funder", cells.CODE),
        _must("component", cells.CODE),
        _must("mode", codes(Mode)),
        _must("audience", codes([Audience.PERSON, Audience.FAMILY, Audience.PROVIDER])),
        _must("minutes", cells.MINUTES),
        _may("participants", cells.COUNT),
        _must("worker", cells.CODE),
        _may("activity", cells.TEXT),
    ),
)
COMPONENT_PRICES = Table(
    "component_prices.csv",
    5,
    ("funder", "component"),
    (
        _must("funder", cells.CODE),
        _must("component", cells.CODE),
        _must("mode", codes(Mode)),
        _must("audience", codes([Audience.PERSON, Audience.FAMILY, Audience.PROVIDER])),
        _must("valid_from", cells.DATE),
        _may("valid_to", cells.DATE),
        _may("version", cells.TEXT),
        _must("tier", codes(Tier)),
        _must("name", cells.TEXT),
        _must("price", cells.AMOUNT),
        _must("unit", cells.HOUR_UNIT),
        _may("ceiling", cells.AMOUNT),
        _may("ceiling_period", codes(CeilingPeriod)),
        _may("source", cells.TEXT),
        _must("confirmed", cells.YES_NO),
    ),
    (not_before("valid_to", "valid_from"), ceiling_is_whole),
)
RATES = Table(
    "rates.csv",
    2,
    (),
    (
        _must("code", cells.RATE_CODE),
        _must("valid_from", cells.DATE),
        _may("valid_to", cells.DATE),
        _may("known_from", cells.DATE),
        _must("unit", cells.RATE_UNIT),
        _must("amount", cells.AMOUNT),
        _may("cap", cells.TEXT),
        _must("source", cells.TEXT),
    ),
    (not_before("valid_to", "valid_from"), unit_is_that_of_code),
)

TABLES = (
    PERSONS,
    PLACES,
    PLACE_PERIODS,
    LICENCES,
    REFERRALS,
    MOVES,
    ABSENCES,
    CONFIRMATIONS,
    HOURS,
    DAYS,
    EMPTY_PLACES,
    COMPONENTS,
    COMPONENT_PRICES,
    RATES,
)
CONTRACT_FILE = "contract.toml"
