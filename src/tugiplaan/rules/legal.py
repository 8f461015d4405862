"""Where a value comes from and how sure it is: dated values with their source."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Certainty(StrEnum):
    """How sure a row of the law's data is, from how it was found."""

    READ = "V"
    """Read in the text of the act."""
    SEED = "S"
    """From the authority's own page."""
    SEED_CONFIRMED = "S+I"
    """From the authority's page, confirmed by the act that replaced it."""
    INFERRED = "I"
    """The value that an amending act replaces: its end is certain, its start inferred."""
    START_ONLY = "V-start"
    """Read; its start is certain, its end is not."""
    END_ONLY = "I-end"
    """Replaced by an act that was read; its start is not known."""
    SECONDARY = "2nd"
    """Press or another secondary source only."""
    READING = "reading"
    """Our own reading of an open point; not the law's word."""
    USER = "user"
    """Entered by the user, with a source of the user's own."""


BILLABLE = frozenset(
    {
        Certainty.READ,
        Certainty.SEED,
        Certainty.SEED_CONFIRMED,
        Certainty.INFERRED,
        Certainty.START_ONLY,
        Certainty.READING,
        Certainty.USER,
    }
)
"""Rows of these may bill; the others are listed and never used."""


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of the law, from one day to another, with its source.

    Attributes:
        name: What it is the value of: a rate code or the name of a term.
        value: The number, exact.
        unit: What the number counts: `month`, `day`, `oop`, `share`, `minutes` …
        valid_from: First day in force; None when the start is not known.
        valid_to: Last day in force; None when it is still in force.
        known_from: The day from which anybody could know it; None: from `valid_from` on.
        source: Act and section, or where else it was found.
        certainty: How sure it is.
        pack: The name of the user's pack that it comes from; empty for the built-in table.
        condition: When it applies, in words.
        cap: A limit that goes with it, in words.
        exact: The number as a fraction, for exact arithmetic.
    """

    name: str
    value: Decimal
    unit: str
    valid_from: date | None
    valid_to: date | None
    source: str
    certainty: Certainty
    known_from: date | None = None
    pack: str = ""
    condition: str = ""
    cap: str = ""
    exact: Fraction = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "exact", Fraction(self.value))

    @property
    def is_billable(self) -> bool:
        return self.certainty in BILLABLE and self.valid_from is not None

    def covers(self, day: date) -> bool:
        """Tell whether the value is in force on a day."""
        return (
            self.valid_from is not None
            and self.valid_from <= day
            and (self.valid_to is None or day <= self.valid_to)
        )

    def is_known_on(self, day: date) -> bool:
        """Tell whether anybody could know the value on a day."""
        known_from = self.known_from or self.valid_from
        return known_from is not None and known_from <= day


class NotInForceError(LookupError):
    """There is no value in force that may be used; it is never taken as zero."""
