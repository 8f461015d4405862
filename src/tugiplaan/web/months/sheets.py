"""The hours sheets of a month, one person to a page, to print and to sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tugiplaan.audit.language import language
from tugiplaan.delivery.queries.choices import Sheet, SheetLine
from tugiplaan.delivery.queries.sheets import persons_with_records, sheets_of
from tugiplaan.rules.vocabulary import Audience, DayKind, Mode, label
from tugiplaan.web.lists import paged
from tugiplaan.web.months.names import component_names
from tugiplaan.web.months.room import MoneyPage
from tugiplaan.web.today.naming import activity_name

_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line of a sheet as people read it."""

    line: SheetLine
    end: int | None
    subject: str
    how: str
    activity: str


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A person's sheet as people read it."""

    sheet: Sheet
    rows: list[SheetRow]
    days: list[tuple[date, str]]
    sums: list[tuple[str, int]]


class Sheets(MoneyPage):
    """The sheets of all persons with records in a month."""

    permission = "delivery.read"
    template = "web/months/sheets.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        here, period = self.desk.provider_id, ids["period"]
        page = paged(self.request, persons_with_records(here, period))
        components = component_names(here)
        sheets = [_shown(one, components) for one in sheets_of(here, page, period)]
        return {"section": "months", "period": period, "page": page, "sheets": sheets}

    def persons_read(self, shown: dict[str, Any]) -> Iterable[UUID]:
        return [one.sheet.person.pk for one in shown["sheets"]]


def _shown(sheet: Sheet, components: dict[str, str]) -> SheetShown:
    spoken = language()
    return SheetShown(
        sheet=sheet,
        rows=[_row(line, components) for line in sheet.lines],
        days=[(day, label(DayKind(kind), spoken)) for day, kind in sheet.days],
        sums=[(components.get(code, code), total) for code, total in sheet.minutes.items()],
    )


def _row(line: SheetLine, components: dict[str, str]) -> SheetRow:
    spoken = language()
    how = [label(Mode(line.mode), spoken)] if line.mode else []
    how += [label(Audience(line.audience), spoken)] if line.audience else []
    return SheetRow(
        line=line,
        end=None if line.end is None else line.end % _DAY,
        subject=components.get(line.subject, line.subject),
        how=", ".join(how),
        activity=activity_name(line.what),
    )
