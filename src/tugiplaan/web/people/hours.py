"""A person's month as a sheet to print and sign."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tugiplaan.delivery.queries.choices import Sheet, SheetLine, sheet_of
from tugiplaan.people.queries import Person
from tugiplaan.web.people.labels import audience_name, day_name, mode_name
from tugiplaan.web.people.panels import month_asked
from tugiplaan.web.people.reach import PersonPage


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sheet."""

    line: SheetLine
    how: str


class HoursSheet(PersonPage):
    """What was done in a month, with totals and places to sign."""

    permission = "delivery.read"
    template = "web/people/hours.html"

    def tell(self, person: Person) -> dict[str, Any]:
        desk = self.desk
        month = month_asked(desk, self.request.GET.get("month", ""))
        sheet = sheet_of(
            provider_id=desk.provider_id,
            person_id=person.pk,
            period=month.period,
            by=desk.user,
            on=desk.day,
        )
        return {
            "tab": "month",
            "sheet": sheet,
            "month": month.first,
            "before": month.plus(-1).first,
            "after": month.plus(1).first,
            "rows": [Row(line, _how(line)) for line in sheet.lines],
            "days": _days(sheet),
            "totals": sorted(sheet.minutes.items()),
        }


def _how(line: SheetLine) -> str:
    return ", ".join(part for part in (mode_name(line.mode), audience_name(line.audience)) if part)


def _days(sheet: Sheet) -> list[tuple[date, str]]:
    return [(day, day_name(kind)) for day, kind in sheet.days]
