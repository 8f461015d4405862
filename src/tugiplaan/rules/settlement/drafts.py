"""Amounts before rounding: which price holds on which days, and what it makes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Contract, Referral, Surroundings
from tugiplaan.rules.legal import DatedValue, NotInForceError
from tugiplaan.rules.money import Exact
from tugiplaan.rules.period import Month, Span
from tugiplaan.rules.services import NEW_PLACE_SUFFIX
from tugiplaan.rules.stays import Portion
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import (
    FindingCode,
    Kind,
    PartMonthDenominator,
    SizeClass,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Books:
    """What every amount of a month needs beside the person's facts."""

    law: Law
    contract: Contract
    surroundings: Surroundings
    month: Month
    as_of: date


@dataclass(frozen=True, eq=False)
class Draft:
    """One amount before rounding. Without slots, so that amounts are worked out once.

    Attributes:
        kind: What it pays for.
        rate_code: The row of the price table; empty when the place has no size class.
        place: Where the person was on its first day.
        rate: The maximum cost; None: there is none, so nothing can be paid.
        share: The part of the maximum cost; None: the whole.
        own_price: The provider's own price, if there is one.
        quantity: Days or units.
        unit: What the quantity counts.
        of_days: What the days of a monthly price are divided by; None: a price a unit.
        first: First day, ordinal.
        last: Last day, ordinal.
        problem: Why it is not payable; None: it is.
        other: The referral that stands in the way, where there is one.
        notes: The steps that explain the kind.
    """

    kind: Kind
    rate_code: str
    place: str
    rate: DatedValue | None
    share: DatedValue | None
    own_price: DatedValue | None
    quantity: Exact
    unit: Unit
    of_days: int | None
    first: int
    last: int
    problem: FindingCode | None = None
    other: str = ""
    notes: tuple[Step, ...] = ()

    @cached_property
    def ceiling(self) -> Exact | None:
        """The most that may be paid, euros; None: no price is known."""
        if self.rate is None:
            return None
        part = self._part(self.rate)
        return part * self.share.exact if self.share else part

    @cached_property
    def amount(self) -> Exact | None:
        """The smaller of the ceiling and the own price for the same days, euros."""
        ceiling = self.ceiling
        if ceiling is None or self.own_price is None:
            return ceiling
        return min(ceiling, self._part(self.own_price))

    def _part(self, price: DatedValue) -> Exact:
        if self.of_days is None:
            return price.exact * self.quantity
        if self.of_days == self.quantity:
            return price.exact
        return price.exact * Fraction(self.quantity, self.of_days)

    @property
    def key(self) -> tuple[object, ...]:
        """What must be the same for two drafts to be one line."""
        return (
            self.kind,
            self.rate_code,
            self.rate and self.rate.value,
            self.share and self.share.value,
            self.own_price and self.own_price.value,
            self.unit,
            self.problem,
            self.other,
        )


class _Piece(NamedTuple):
    """Days with one place, one price and one own price."""

    first: int
    end: int
    code: str
    place: str
    rate: DatedValue | None
    own_price: DatedValue | None


def draft_days(referral: Referral, portion: Portion, books: Books, of_days: int) -> list[Draft]:
    """Price days of a service that has a price a month.

    Args:
        referral: The referral.
        portion: The days and what they pay for.
        books: Law, contract and surroundings.
        of_days: What the days are divided by.

    Returns:
        A draft for each run of days with one price. A share that was not found turns a
        payable portion into one with the problem SHARE_MISSING, priced at the full rate.

    Law: R65 §§ 2–3; SHS § 79; rules R-01…R-03, R-05, R-10; readings 6–8, 11.
    """
    share, problem = None, portion.problem
    kind, is_present = portion.kind, portion.kind in (Kind.FULL, Kind.PART)
    if portion.share:
        try:
            share = books.law.term(portion.share, date.fromordinal(portion.span[0]))
        except NotInForceError:
            problem = problem or FindingCode.SHARE_MISSING
    drafts: list[Draft] = []
    for piece in _pieces(referral, portion.span, books):
        if is_present and piece.code.endswith(NEW_PLACE_SUFFIX):
            kind = Kind.NEW_PLACE
        drafts.append(
            Draft(
                kind,
                piece.code,
                piece.place,
                piece.rate,
                share,
                piece.own_price,
                piece.end - piece.first,
                Unit.DAY,
                of_days,
                piece.first,
                piece.end - 1,
                problem,
                portion.other,
                portion.notes,
            )
        )
    return drafts


def _pieces(referral: Referral, span: Span, books: Books) -> list[_Piece]:
    kind = referral.kind
    if not kind.is_sized:
        code = kind.stem
        if kind.has_new_place and books.month in books.surroundings.new_place_months.get(
            referral.slot, ()
        ):
            code = f"{kind.stem}_{NEW_PLACE_SUFFIX}"
        return _priced(referral, code, span, books)
    pieces: list[_Piece] = []
    for first, end, place, size_class in _sized(referral, span, books.surroundings):
        if size_class is None:
            pieces.append(_Piece(first, end, "", place, None, None))
        else:
            pieces += _priced(referral, kind.rate_code(size_class), (first, end), books)
    return pieces


def _sized(
    referral: Referral, span: Span, surroundings: Surroundings
) -> list[tuple[int, int, str, SizeClass | None]]:
    """Cut days where the place or its size class changes."""
    first, end = span
    cuts = {first}
    cuts.update(day.toordinal() for day, _ in referral.places)
    for place in {place for _, place in referral.places}:
        for period in surroundings.size_classes.get(place, ()):
            cuts.add(period.first_day.toordinal())
            if period.last_day:
                cuts.add(period.last_day.toordinal() + 1)
    starts = sorted(cut for cut in cuts if first <= cut < end)
    found: list[tuple[int, int, str, SizeClass | None]] = []
    for at, start in enumerate(starts):
        day = date.fromordinal(start)
        place = referral.place_on(day)
        stop = starts[at + 1] if at + 1 < len(starts) else end
        found.append((start, stop, place, surroundings.size_class_on(place, day)))
    return found


def _priced(referral: Referral, code: str, span: Span, books: Books) -> list[_Piece]:
    """Cut days where the price or the own price changes."""
    own_prices = books.contract.own_prices
    pieces: list[_Piece] = []
    for first, end, rate in books.law.rates.spans(code, span):
        for own_first, own_end, own in own_prices.spans(code, (first, end)):
            place = referral.place_on(date.fromordinal(own_first)) if referral.places else ""
            pieces.append(_Piece(own_first, own_end, code, place, rate, own))
    return pieces


def unit_price(code: str, day: int, books: Books) -> tuple[DatedValue | None, DatedValue | None]:
    """Give the maximum cost and the own price of a unit on a day."""
    span = (day, day + 1)
    rate = books.law.rates.spans(code, span)[0][2]
    return rate, books.contract.own_prices.spans(code, span)[0][2]


def denominator(kind: Kind, books: Books) -> int:
    """Give what days of this month are divided by.

    Args:
        kind: `part` and `no_show` follow the contract's setting; a full month counts its days.
        books: Law and contract.

    Law: R65 § 3 names none; open point A-01; reading 8.
    """
    setting = books.contract.state.part_month_denominator
    if kind in (Kind.PART, Kind.NO_SHOW) and setting is PartMonthDenominator.THIRTY:
        return books.law.number("part_month_thirty", books.month.first)
    return books.month.length


def merge(drafts: Iterable[Draft]) -> list[Draft]:
    """Join drafts that make one line: same kind, price, share and own price.

    Returns:
        The drafts in the order of kinds, then of their first day and code.
    """
    given = list(drafts)
    if len(given) < 2:
        return given
    joined: dict[tuple[object, ...], Draft] = {}
    for draft in given:
        same = joined.get(draft.key)
        if same is None:
            joined[draft.key] = draft
            continue
        joined[draft.key] = replace(
            same,
            quantity=same.quantity + draft.quantity,
            first=min(same.first, draft.first),
            last=max(same.last, draft.last),
            place=same.place if same.first <= draft.first else draft.place,
            notes=tuple(dict.fromkeys(same.notes + draft.notes)),
        )
    return sorted(
        joined.values(), key=lambda draft: (draft.kind.rank, draft.first, draft.rate_code)
    )
