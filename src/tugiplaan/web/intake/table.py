"""Decisions from a table: chosen, looked through row by row, then kept all together."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tugiplaan.audit.refusal import RefusedError
from tugiplaan.interoperability.decisions_import import (
    DecisionRow,
    look_through_decisions,
    take_in_decisions,
)
from tugiplaan.interoperability.decisions_sheet import BY_NAME, COLUMNS, NEEDED
from tugiplaan.interoperability.hours_rows import Wrong
from tugiplaan.interoperability.sheet import MOST_ROWS, Sheet, read_text
from tugiplaan.providers.books import WhyNeededError
from tugiplaan.web.intake.room import PERMISSION
from tugiplaan.web.setup.hours import TableForm
from tugiplaan.web.shared import FormPage


class Decisions(FormPage):
    """Choose a table, look at what its rows become, keep them. Nothing is kept in between."""

    permission = PERMISSION
    template = "web/intake/table.html"
    form_class = TableForm

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        columns = [(one, one.name in NEEDED) for one in COLUMNS]
        return {
            "section": "intake",
            "form": TableForm(),
            "columns": columns,
            "most_rows": MOST_ROWS,
        }

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        form = TableForm(request.POST, request.FILES)
        try:
            if "table" in request.POST:
                sheet = read_text(request.POST["table"])
            elif form.is_valid():
                sheet = form.sheet()
            else:
                return self.show(self.read(**ids) | {"form": form}, 422)
            if request.POST.get("wish") == "keep":
                return self._kept(sheet)
            return self.show(self._looked(sheet))
        except RefusedError as error:
            form.errors.clear()
            form.add_error(None, str(error))
            return self.show(self.read(**ids) | {"form": form}, 422)

    def _kept(self, sheet: Sheet) -> HttpResponse:
        added = take_in_decisions(**self._where(sheet))
        self.say(_("Suunamisi vastu võetud: {n}.").format(n=added))
        return HttpResponseRedirect(self.url("intake"))

    def _looked(self, sheet: Sheet) -> dict[str, Any]:
        rows = look_through_decisions(**self._where(sheet))
        return {
            "section": "intake",
            "is_looked": True,
            "table": sheet.as_text(),
            "why": self._why,
            "needs_why": bool(self._why) or any(map(_needs_why, rows)),
            "rows": [(one, _said(one)) for one in sorted(rows, key=lambda one: not one.is_bad)],
            "new": sum(one.is_new for one in rows),
            "known": sum(one.is_known for one in rows),
            "bad": sum(one.is_bad for one in rows),
        }

    def _where(self, sheet: Sheet) -> dict[str, Any]:
        desk = self.desk
        return {
            "provider_id": desk.provider_id,
            "sheet": sheet,
            "by": desk.user,
            "on": desk.day,
            "why": self._why,
        }

    @property
    def _why(self) -> str:
        return self.request.POST.get("why", "")


def _needs_why(row: DecisionRow) -> bool:
    return bool(row.tried and isinstance(row.tried.refusal, WhyNeededError))


def _said(row: DecisionRow) -> list[str]:
    """Tell what is wrong with a row, or unusual."""
    said = [_wrong(one) for one in row.wrong]
    if row.tried and row.tried.refusal:
        said.append(str(row.tried.refusal))
    elif row.tried and row.tried.recorded and not row.is_known:
        said += [one.text for one in row.tried.recorded.cautions]
    return said


def _wrong(wrong: Wrong) -> str:
    found = (
        _("leitud „{found}“").format(found=wrong.found) if wrong.found else _("ei leitud midagi")
    )
    return _("Veerg „{column}“: {found}, oodatakse {expected}.").format(
        column=BY_NAME[wrong.column].label, found=found, expected=wrong.expected
    )
