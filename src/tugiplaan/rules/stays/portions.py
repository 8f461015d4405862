"""What each day of a month pays, where the price is a price a month."""

from datetime import date
from itertools import groupby
from typing import NamedTuple

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.period import Month, Span, clip
from tugiplaan.rules.stays.absence import Away
from tugiplaan.rules.stays.presence import Presence
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import AbsenceKind, FindingCode, Kind

ABSENCE_SECTION = "SHS § 79(3) p 1, § 79(4)"
HOSPITAL_SECTION = "SHS § 79(3) p 2–3, § 79(4)"


class Portion(NamedTuple):
    """Days of a month that are treated alike.

    Attributes:
        span: The days.
        kind: What they pay for.
        share: The term that says which part of the maximum cost is paid; empty: the whole.
        problem: Why they are not payable; None: they are.
        other: The referral that stands in the way, where there is one.
        notes: The steps that explain the kind.
    """

    span: Span
    kind: Kind
    share: str = ""
    problem: FindingCode | None = None
    other: str = ""
    notes: tuple[Step, ...] = ()


def blocked_portions(presence: Presence, month: Month) -> list[Portion]:
    """Give the days of a month that age, lateness, kind or another referral blocks."""
    return [
        Portion(
            span,
            Kind.FULL if span == month.span else Kind.PART,
            problem=block.code,
            other=block.other,
        )
        for block in presence.blocks
        for span in clip([block.span], month.span)
    ]


def day_portions(presence: Presence, away: Away, month: Month, law: Law) -> list[Portion]:
    """Divide a month of community living or round-the-clock care into what its days pay.

    Args:
        presence: The referral's stay.
        away: Its days away.
        month: The month.
        law: The dated law.

    Returns:
        The unblocked days of the stay in the month, in order, each once.

    Law: SHS § 79(1), (3)–(4), § 80(1) p 1; R65 § 3; rules R-03, R-05, R-11, R-12.
    """
    base = Kind.FULL if presence.covers(month.span) else Kind.PART
    spans = clip(list(presence.open), month.span)
    if not away.days and away.over_from is None:
        return [Portion(span, base) for span in spans]
    portions: list[Portion] = []
    for first, end in spans:
        for treatment, days in groupby(range(first, end), key=lambda day: _treat(day, away, base)):
            run = list(days)
            kind, problem, spell_first = treatment
            notes = _notes(kind, spell_first, law) if spell_first else ()
            share = {Kind.ABSENCE: "absence_share", Kind.HOSPITAL: "hospital_share"}.get(kind, "")
            portions.append(
                Portion((run[0], run[-1] + 1), kind, share, problem, notes=notes),
            )
    return portions


def _treat(day: int, away: Away, base: Kind) -> tuple[Kind, FindingCode | None, int]:
    """Tell the kind of a day, its problem and the first day of its spell, 0 if present."""
    away_day = away.days.get(day)
    if away_day is None:
        is_over = away.over_from is not None and day >= away.over_from
        return base, FindingCode.SERVICE_OVER if is_over else None, 0
    kind = Kind.ABSENCE if away_day.kind is AbsenceKind.ABSENT else Kind.HOSPITAL
    return kind, away_day.problem, away_day.spell_first


def _notes(kind: Kind, spell_first: int, law: Law) -> tuple[Step, ...]:
    first = date.fromordinal(spell_first)
    if kind is Kind.HOSPITAL:
        return (Step("in_hospital", (("since", first),), section=HOSPITAL_SECTION, reading="A-06"),)
    months = law.term("absence_months", first)
    numbers = (("since", first), ("months", int(months.value)))
    return (Step("away", numbers, (months,), ABSENCE_SECTION, "A-07, A-12, A-13"),)
