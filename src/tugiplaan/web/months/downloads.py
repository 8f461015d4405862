"""The lines of a month as a spreadsheet or CSV."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tugiplaan.audit.recorder import record_reading
from tugiplaan.billing.review import StatementLine, lines_told
from tugiplaan.month_folder.plain import plain_quantity
from tugiplaan.web.downloads import Column, Kind, Value, as_file, sheet
from tugiplaan.web.months.lines import show_line, shown_statement
from tugiplaan.web.months.names import component_names, unit_name
from tugiplaan.web.months.room import MoneyPage
from tugiplaan.web.shared import only_reading


def _columns() -> list[Column]:
    return [
        Column(_("Rida"), Kind.NUMBER), Column(_("Inimene")), Column(_("Inimese kood")),
        Column(_("Suunamine")), Column(_("Teenus")), Column(_("Liik")), Column(_("Määra kood")),
        Column(_("Alates"), Kind.DAY), Column(_("Kuni"), Kind.DAY),
        Column(_("Kogus"), Kind.NUMBER), Column(_("Ühik")), Column(_("Kuu päevi"), Kind.NUMBER),
        Column(_("Määr"), Kind.NUMBER), Column(_("Osa"), Kind.NUMBER),
        Column(_("Ülempiir"), Kind.NUMBER), Column(_("Summa"), Kind.MONEY),
        Column(_("Õiguslik alus")),
    ]  # fmt: skip


def _cells(row: StatementLine, components: dict[str, str]) -> list[Value]:
    shown = show_line(row, components)
    ceiling = Decimal(plain_quantity(Fraction(row.ceiling))) if row.ceiling else None
    return [
        row.number,
        str(row.person) if row.person else "",
        row.person.code if row.person else "",
        row.referral.code if row.referral else "",
        shown.service,
        shown.detail,
        row.rate_code,
        row.first_day,
        row.last_day,
        Decimal(plain_quantity(Fraction(row.quantity))),
        unit_name(row.unit),
        row.of_days,
        Decimal(row.rate),
        Decimal(row.share) if row.share else None,
        ceiling,
        row.amount,
        row.law,
    ]


class Download(MoneyPage):
    """The lines of a month as a file."""

    template = ""

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        here, period = self.desk.provider_id, ids["period"]
        with only_reading():
            lines = list(lines_told(shown_statement(here, period)))
            components = component_names(here)
            name = f"{period // 100}-{period % 100:02d}"
            given = sheet(name, _columns(), [_cells(row, components) for row in lines])
        persons = {row.person_id for row in lines if row.person_id}
        record_reading(
            by=self.desk.user, name="web.download_lines", provider_id=here, persons=list(persons)
        )
        return as_file(given, ids["kind"])
