"""Knows what a referral of the sample holds and how ordinary ones are dated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from tugiplaan.sample.months import Span, years_later

# The first day of day and week care as a service of its own; its forerunners ended the day before.
DAY_CARE_BEGAN = date(2025, 1, 1)
LEGACY_VARIANTS = frozenset({"INT", "INTM"})
HOURLY_SERVICES = frozenset({"IET", "TTT", "TE"})

# Frequencies a referral may recommend, and their unit.
_PLANNED: Mapping[tuple[str, str], tuple[tuple[int, ...], str]] = MappingProxyType(
    {
        ("IET", ""): ((5, 6, 8), "h_month"),
        ("IET", "AUT"): ((120,), "h_month"),
        ("TTT", ""): ((5, 6, 8), "h_month"),
        ("TE", ""): ((2, 3), "h_week"),
    }
)


@dataclass(frozen=True)
class Referral:
    """One row of `referrals.csv`; the fields stand in the order of its columns."""

    code: str
    person: str
    service: str
    variant: str
    place: str
    issued_on: date
    valid_from: date
    valid_to: date
    agreed_start: date | None = None
    arrived_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    planned_volume: int | None = None
    volume_unit: str = ""
    released_from_compulsory_treatment: str = ""
    slot: str = ""
    slot_new_from: date | None = None

    @property
    def first_day(self) -> date:
        """The first day of service."""
        return max(self.arrived_on or date.min, self.agreed_start or date.min, self.valid_from)

    @property
    def last_day(self) -> date:
        """The last day of service."""
        return min(self.ended_on or date.max, self.valid_to)

    def row(self) -> tuple[object, ...]:
        """Give the cells in the order of the columns."""
        return tuple(vars(self).values())


@dataclass(frozen=True)
class Term:
    """The dates of a referral that follow from its first valid day."""

    issued_on: date
    valid_to: date
    agreed_start: date
    arrived_on: date


def usual_start(rng: Random, span: Span, service: str, variant: str) -> date:
    """Draw the first valid day of a referral that has been running for some time.

    Args:
        rng: The sample's source of chance.
        span: The months of the sample.
        service: The service of the referral.
        variant: Its variant; legacy day care began before it could no longer be issued.

    Returns:
        A day before the sample's history, save for day care where that did not exist yet.
    """
    if variant in LEGACY_VARIANTS:
        return date(2023, 3, 1) + timedelta(days=rng.randrange(600))
    if variant == "KM":
        # A court order runs for a year at most.
        return span.history_from - timedelta(days=rng.randrange(40, 150))
    start = span.history_from - timedelta(days=rng.randrange(40, 900))
    return max(start, DAY_CARE_BEGAN) if service == "PNH" else start


def term_from(rng: Random, span: Span, start: date, *, is_court_order: bool = False) -> Term:
    """Date a referral whose person came as agreed.

    Args:
        rng: The sample's source of chance.
        span: The months of the sample.
        start: The first valid day.
        is_court_order: Whether a court has set the term, which is then one year.

    Returns:
        The dates; save for court orders the term ends well after the month to be settled.
    """
    years = 1 if is_court_order else rng.choice((4, 5))
    while not is_court_order and years_later(start, years) < span.settled.last + timedelta(
        days=200
    ):
        years += 1
    agreed = start + timedelta(days=rng.randrange(4))
    return Term(
        issued_on=start - timedelta(days=rng.randrange(8, 30)),
        valid_to=years_later(start, years) - timedelta(days=1),
        agreed_start=agreed,
        arrived_on=agreed + timedelta(days=rng.choice((0, 0, 0, 1))),
    )


def planned(rng: Random, service: str, variant: str) -> tuple[int | None, str]:
    """Draw the recommended frequency of an hourly service.

    Args:
        rng: The sample's source of chance.
        service: The service of the referral.
        variant: Its variant.

    Returns:
        Volume and unit; nothing for services that are given every day or whose units are counted.
    """
    volumes, unit = _PLANNED.get((service, variant), ((), ""))
    return (rng.choice(volumes), unit) if volumes else (None, "")
