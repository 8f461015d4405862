"""Hours given and planned by month, as bars and as the table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import formats

from tugiplaan.rules.period import Month

WIDTH, HEIGHT, _TOP, _FOOT = 600, 160, 18, 24
_GAP = 0.3


@dataclass(frozen=True, slots=True)
class MonthHours:
    """A month of a person.

    Attributes:
        period: YYYYMM.
        given: Minutes recorded.
        planned: Minutes planned; None: no plan says.
    """

    period: int
    given: int
    planned: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A month as it is drawn: whole numbers of the drawing's own units."""

    month: MonthHours
    label: str
    x: int
    y: int
    width: int
    height: int
    middle: int
    plan_y: int | None
    plan_end: int


def bars(months: Sequence[MonthHours]) -> list[Bar]:
    """Lay out months from left to right; the highest bar or plan fills the height."""
    top = max((max(one.given, one.planned or 0) for one in months), default=0) or 1
    step = WIDTH / max(len(months), 1)
    room = HEIGHT - _TOP - _FOOT

    def y(value: int) -> int:
        return _TOP + round(room * (1 - value / top))

    return [
        Bar(
            month=one,
            label=formats.date_format(Month.of_period(one.period).first, "M").lower(),
            x=round(step * (at + _GAP / 2)),
            y=y(one.given),
            width=round(step * (1 - _GAP)),
            height=HEIGHT - _FOOT - y(one.given),
            middle=round(step * (at + 0.5)),
            plan_y=None if one.planned is None else y(one.planned),
            plan_end=round(step * (at + 1 - _GAP / 2)),
        )
        for at, one in enumerate(months)
    ]
