"""What a planned package of components costs: a month, a year, and what its ceilings leave."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tugiplaan.rules.components import Priced, Surround, priced_records
from tugiplaan.rules.facts import ComponentRecord, ListEntry, PriceList
from tugiplaan.rules.period import DAY, Month, intersect
from tugiplaan.rules.vocabulary import Audience, FindingCode, Mode


class PlannedLine(NamedTuple):
    """Planned time of one component a month, from day to day, both included; None: open."""

    funder: str
    component: str
    mode: Mode
    audience: Audience
    minutes: int
    valid_from: date
    valid_to: date | None


class LineForecast(NamedTuple):
    """What a planned line costs.

    Attributes:
        entry: Price, ceiling and contract on the day asked about.
        month: What a whole month costs, euros; None: no price is known.
        year: What its days in the calendar year cost, euros, before ceilings; None: no price.
        payable: What of that ceilings and the price list let be paid, euros.
        problem: Why not all of it is payable; None: all is.
    """

    line: PlannedLine
    entry: ListEntry
    month: Fraction | None
    year: Fraction | None
    payable: Fraction
    problem: FindingCode | None


def package_forecast(
    lines: Sequence[PlannedLine], day: date, prices: PriceList
) -> tuple[LineForecast, ...]:
    """Say what planned lines cost, as if just the planned time were given.

    Args:
        lines: The lines.
        day: The day whose prices are shown, and whose calendar year is counted.
        prices: Price lists and contracts.

    Returns:
        Of each line its forecast, in their order. The sums are those of `rules.components`: a
        month is one record of the planned time, shorter months by their days; minutes of a part
        of a month are rounded down. A person's ceilings count over all lines together.

    Law: no law; the price list (reading 9).
    """
    records = {
        f"{at}:{month}": _record(f"{at}:{month}", line, month, minutes)
        for at, line in enumerate(lines)
        for month in _months(day.year)
        if (minutes := _minutes(line, month))
    }
    priced: dict[int, list[Priced]] = {}
    for month in _months(day.year):
        for row in priced_records("", records.values(), month, prices, Surround()):
            priced.setdefault(int(row.record.record.partition(":")[0]), []).append(row)
    return tuple(_forecast(line, day, prices, priced.get(at, [])) for at, line in enumerate(lines))


def _months(year: int) -> tuple[Month, ...]:
    first = Month(year, 1)
    return tuple(first.plus(number) for number in range(12))


def _minutes(line: PlannedLine, month: Month) -> int:
    after = (line.valid_to or month.last) + DAY
    part = intersect((line.valid_from.toordinal(), after.toordinal()), month.span)
    return line.minutes * (part[1] - part[0]) // month.length if part else 0


def _record(key: str, line: PlannedLine, month: Month, minutes: int) -> ComponentRecord:
    return ComponentRecord(
        record=key,
        session="",
        day=max(month.first, line.valid_from),
        start=None,
        funder=line.funder,
        component=line.component,
        mode=line.mode,
        audience=line.audience,
        minutes=minutes,
        participants=None,
        worker="",
        activity="",
    )


def _forecast(line: PlannedLine, day: date, prices: PriceList, rows: list[Priced]) -> LineForecast:
    entry = prices.entry_on(line.funder, line.component, line.mode, line.audience, day)
    whole = _record("", line, Month.of(day), line.minutes)._replace(day=day)
    month = priced_records("", [whole], Month.of(day), prices, Surround())[0].exact
    exact = [row.exact for row in rows]
    known = [one for one in exact if one is not None]
    return LineForecast(
        line=line,
        entry=entry,
        month=month,
        year=sum(known, Fraction(0)) if len(known) == len(exact) else None,
        payable=sum((row.payable for row in rows), Fraction(0)),
        problem=next((row.problem for row in rows if row.problem), None),
    )
