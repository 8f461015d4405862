"""The grid of days as a page shows it: letters, grounds, totals; and what was typed into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tugiplaan.audit.language import language
from tugiplaan.delivery.actions.days import DayChange
from tugiplaan.delivery.queries.grid import AWAY, USED, DayGrid, DayState, GridRow
from tugiplaan.people.queries import Person
from tugiplaan.rules.calendar import public_holidays
from tugiplaan.rules.vocabulary import label
from tugiplaan.web.house.fields import service_short

_SET = "d:"
_WAS = "w:"
_SATURDAY = 6
_COUNTED = frozenset({*USED, DayState.PRESENT})


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that a day can be.

    Attributes:
        letter: What stands in the cell and what one types.
        name: In words.
        has_units: Only for services whose days are used one by one; None: for all.
    """

    state: DayState
    letter: str
    name: str
    has_units: bool | None = None

    @property
    def counts(self) -> str:
        """How the totals count it: `there`, `away` or nothing."""
        return "there" if self.state in _COUNTED else "away" if self.state in AWAY else ""


def kinds() -> list[Kind]:
    """Give all that a day can be, in the order in which one chooses."""
    names = {state: label(code, language()) for state, code in [*AWAY.items(), *USED.items()]}
    return [
        Kind(DayState.PRESENT, pgettext("päevade tabel", "K"), _("kohal"), has_units=False),
        Kind(DayState.DAY, pgettext("päevade tabel", "P"), names[DayState.DAY], has_units=True),
        Kind(DayState.OOP, pgettext("päevade tabel", "Ö"), names[DayState.OOP], has_units=True),
        Kind(DayState.UNUSED, "·", _("ei kasutatud"), has_units=True),
        Kind(DayState.ABSENT, pgettext("päevade tabel", "E"), names[DayState.ABSENT]),
        Kind(DayState.HOSPITAL, pgettext("päevade tabel", "H"), names[DayState.HOSPITAL]),
        Kind(DayState.TUBERCULOSIS, pgettext("päevade tabel", "T"), names[DayState.TUBERCULOSIS]),
    ]


@dataclass(frozen=True, slots=True)
class DayShown:
    """A day of the head.

    Attributes:
        letter: Which weekday, as short as it can be.
        ground: `weekend`, `holiday`, `today` and what of it holds, as classes.
    """

    day: date
    letter: str
    ground: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a person.

    Attributes:
        key: Referral and day, as the form names it; empty where nothing can be recorded.
        was: What is recorded.
        problem: Why what was typed cannot be.
    """

    key: str
    state: DayState
    was: DayState
    letter: str
    name: str
    ground: str
    day: date
    problem: str = ""

    @property
    def is_open(self) -> bool:
        return self.was is not DayState.NOT_HERE


@dataclass(frozen=True, slots=True)
class RowShown:
    """A person's month."""

    referral_id: UUID
    person: Person
    service: str
    has_units: bool
    cells: tuple[Cell, ...]
    there: int
    away: int

    @property
    def problems(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.problem]


@dataclass(frozen=True, slots=True)
class GridShown:
    """The grid with its head and totals."""

    days: tuple[DayShown, ...]
    rows: tuple[RowShown, ...]
    totals: tuple[int, ...]
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody sent: what each day is to be, and what it was when the page was opened."""

    wanted: dict[tuple[UUID, date], DayState]
    seen: dict[tuple[UUID, date], DayState]

    def changes(self) -> list[DayChange]:
        """Give the days that differ from what was seen."""
        return [
            DayChange(referral_id, day, state)
            for (referral_id, day), state in self.wanted.items()
            if self.seen.get((referral_id, day)) is not state
        ]


NOTHING = Typed({}, {})


def read_typed(data: Mapping[str, Any]) -> Typed:
    """Read what a form of days sent; what is not of it is left out."""
    found: dict[str, dict[tuple[UUID, date], DayState]] = {_SET: {}, _WAS: {}}
    for name, value in data.items():
        if name[:2] not in found:
            continue
        try:
            referral, day = name[2:].split(":")
            found[name[:2]][UUID(referral), date.fromisoformat(day)] = DayState(value)
        except ValueError:
            continue
    return Typed(found[_SET], found[_WAS])


def overtaken(grid: DayGrid, typed: Typed) -> dict[tuple[UUID, date], str]:
    """Say which changed days somebody else has changed since the page was opened."""
    text = _("Keegi muutis seda päeva vahepeal: vaata, kumb on õige, ja salvesta uuesti.")
    now = {
        (row.referral_id, grid.month.first + timedelta(days=at)): state
        for row in grid.rows
        for at, state in enumerate(row.days)
    }
    return {
        key: text
        for key, state in typed.wanted.items()
        if key in typed.seen
        and state is not typed.seen[key]
        and now.get(key) not in (typed.seen[key], state)
    }


def grid_shown(
    grid: DayGrid, today: date, typed: Typed = NOTHING, problems: Mapping[Any, str] | None = None
) -> GridShown:
    """Give the grid its letters, grounds and totals.

    Args:
        grid: What is recorded.
        today: Today.
        typed: What somebody typed and could not save; it stands in the cells.
        problems: Why not, by referral and day.
    """
    by_state = {kind.state: kind for kind in kinds()}
    days = tuple(
        DayShown(day, _letter(day), _ground(day, today))
        for at in range(*grid.month.span)
        for day in [date.fromordinal(at)]
    )
    rows = tuple(_row(row, days, by_state, (typed, problems or {})) for row in grid.rows)
    return GridShown(
        days=days,
        rows=rows,
        totals=tuple(_count(row.cells[at] for row in rows) for at in range(len(days))),
        kinds=_fitting(by_state.values(), grid.rows),
    )


def _fitting(found: Iterable[Kind], rows: Iterable[GridRow]) -> tuple[Kind, ...]:
    """Leave out what no service of the grid can be."""
    units = {row.has_units for row in rows}
    return tuple(kind for kind in found if kind.has_units is None or kind.has_units in units)


def _row(
    row: GridRow,
    days: tuple[DayShown, ...],
    by_state: dict[DayState, Kind],
    sent: tuple[Typed, Mapping[Any, str]],
) -> RowShown:
    typed, problems = sent
    cells = []
    for shown, was in zip(days, row.days, strict=True):
        key = (row.referral_id, shown.day)
        state = was if was is DayState.NOT_HERE else typed.wanted.get(key, was)
        kind = by_state.get(state)
        cells.append(
            Cell(
                key="" if kind is None else f"{row.referral_id}:{shown.day.isoformat()}",
                state=state,
                was=was,
                letter=kind.letter if kind else "",
                name=kind.name if kind else _("ei ole teenusel"),
                ground=shown.ground,
                day=shown.day,
                problem=problems.get(key, ""),
            )
        )
    return RowShown(
        *(row.referral_id, row.person, service_short(row.service), row.has_units, tuple(cells)),
        there=_count(cells),
        away=sum(cell.state in AWAY for cell in cells),
    )


def _count(cells: Iterable[Cell]) -> int:
    return sum(cell.state in _COUNTED for cell in cells)


def _letter(day: date) -> str:
    # Estonian calendars have one letter, others two, as our catalogues say.
    return formats.date_format(day, "D")


def _ground(day: date, today: date) -> str:
    grounds = [
        name
        for name, holds in (
            ("weekend", day.isoweekday() >= _SATURDAY),
            ("holiday", day in public_holidays(day.year)),
            ("today", day == today),
            ("ahead", day > today),
        )
        if holds
    ]
    return " ".join(grounds)
