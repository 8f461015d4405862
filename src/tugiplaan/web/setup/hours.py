"""Hours from a spreadsheet: chosen, looked through row by row, then stored."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.verdict import EntryVerdict, verdict_of
from tugiplaan.interoperability.hours_import import (
    DryRun,
    HoursRow,
    Wish,
    look_through,
    take_in,
)
from tugiplaan.interoperability.hours_sheet import BY_NAME, COLUMNS, guess_columns
from tugiplaan.interoperability.sheet import (
    MOST_BYTES,
    MOST_ROWS,
    Sheet,
    read_sheet,
    read_text,
)
from tugiplaan.interoperability.sheet_out import csv_template, xlsx_template
from tugiplaan.providers.books import WhyNeededError, month_text
from tugiplaan.web.forms import Form
from tugiplaan.web.setup.shared import SettingPage
from tugiplaan.web.shared import only_reading

_MOST_VERDICTS = 60
"""Up to so many rows are settled one by one while one waits."""


class TableForm(Form):
    """A file or pasted cells."""

    file = forms.FileField(
        label=_("Fail"), required=False, help_text=_("Excel (.xlsx) või CSV, kuni 5 MB.")
    )
    pasted = forms.CharField(
        label=_("Või kleebi read siia koos päisega"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 6, "class": "sheet-text"}),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if not told.get("file") and not told.get("pasted"):
            raise forms.ValidationError(_t("Vali fail või kleebi read."))
        return told

    def sheet(self) -> Sheet:
        """Read the table; the file goes first."""
        given = self.cleaned_data["file"]
        return read_sheet(given.read()) if given else read_text(self.cleaned_data["pasted"])


class Hours(SettingPage):
    """Choose a table, look at what its rows become, store them. Nothing is kept in between."""

    permission = "delivery.record"
    template = "web/setup/hours.html"
    parts: ClassVar[frozenset[str]] = frozenset()

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"form": TableForm(), "columns": COLUMNS, "most_rows": MOST_ROWS}

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        """Do what the button says: read, look through again, or store."""
        if "table" not in request.POST:
            return self._chosen(request, **ids)
        try:
            sheet = read_text(request.POST["table"])
            columns = [request.POST.get(f"column-{at}", "") for at in range(len(sheet.header))]
            columns = [name if name in BY_NAME else "" for name in columns]
        except RefusedError as error:
            return self._refused(error, **ids)
        return self._looked(request, sheet, columns)

    def _chosen(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        form = TableForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                sheet = form.sheet()
            except RefusedError as error:
                form.add_error(None, str(error))
            else:
                return self._looked(request, sheet, guess_columns(sheet.header))
        return self.show(self.read(**ids) | {"form": form}, 422)

    def _refused(self, error: RefusedError, **ids: Any) -> HttpResponse:
        form = TableForm({})
        form.is_valid()
        form.errors.clear()
        form.add_error(None, str(error))
        return self.show(self.read(**ids) | {"form": form}, 422)

    def _looked(self, request: HttpRequest, sheet: Sheet, columns: Any) -> HttpResponse:
        wish = request.POST.get("wish", "")
        shown = {**self._mapping(sheet, columns), "why": request.POST.get("why", "")}
        try:
            with only_reading():
                found = look_through(
                    provider_id=self.desk.provider_id,
                    sheet=sheet,
                    columns=columns,
                    by=self.desk.user,
                    on=self.desk.day,
                )
                shown |= self._told(found)
            if wish in {"all", "good"}:
                return self._stored(found, Wish(wish == "good", shown["why"]))
        except WhyNeededError as error:
            return self.show(shown | {"refused": error, "needs_why": True}, 422)
        except RefusedError as error:
            return self.show(shown | {"refused": error}, 422)
        return self.show(shown)

    def _stored(self, found: DryRun, wish: Wish) -> HttpResponse:
        added = take_in(
            provider_id=self.desk.provider_id,
            dry_run=found,
            wish=wish,
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_t("Kirjeid lisatud: {n}.").format(n=added))
        if found.bad:
            self.warn(_t("Vigaseid ridu jäi välja: {n}.").format(n=len(found.bad)))
        return HttpResponseRedirect(reverse("setup_hours", args=(self.desk.provider_id,)))

    def _mapping(self, sheet: Sheet, columns: Any) -> dict[str, Any]:
        first = sheet.rows[0][1]
        headings = [
            (at, heading, columns[at], first[at]) for at, heading in enumerate(sheet.header)
        ]
        return {
            "section": "setup",
            "headings": headings,
            "columns": COLUMNS,
            "table": sheet.as_text(),
            "is_looked": True,
        }

    def _told(self, found: DryRun) -> dict[str, Any]:
        verdicts: dict[Any, EntryVerdict] = {}
        entries = [row.entry for row in found.new if row.entry]
        if 0 < len(entries) <= _MOST_VERDICTS:
            verdict = verdict_of(
                provider_id=self.desk.provider_id,
                entries=entries,
                by=self.desk.user,
                on=self.desk.day,
            )
            verdicts = {one.entry_id: one for one in verdict.entries}
        rows = [
            (
                row,
                {name: row.cells.get(name, "") for name in BY_NAME},
                [wrong_text(row, at) for at in range(len(row.wrong))],
                verdicts.get(row.entry.id) if row.entry else None,
            )
            for row in sorted(found.rows, key=lambda row: (not row.wrong, row.number))
        ]
        return {
            "rows": rows,
            "new": len(found.new),
            "known": len(found.known),
            "bad": len(found.bad),
            "issued": ", ".join(month_text(period) for period in found.issued),
            "needs_why": bool(found.issued),
        }

    def say(self, text: str) -> None:
        messages.success(self.request, text)

    def warn(self, text: str) -> None:
        messages.warning(self.request, text)


def wrong_text(row: HoursRow, at: int) -> str:
    """Tell one thing that is wrong with a row: where, what was found, what is expected."""
    wrong = row.wrong[at]
    found = (
        _t("leitud „{found}“").format(found=wrong.found) if wrong.found else _t("ei leitud midagi")
    )
    if not wrong.column:
        return _t("Oodatakse {expected}.").format(expected=wrong.expected)
    return _t("Veerg „{column}“: {found}, oodatakse {expected}.").format(
        column=BY_NAME[wrong.column].label, found=found, expected=wrong.expected
    )


class HoursTemplate(SettingPage):
    """An empty table with the columns, to be filled in."""

    permission = "delivery.record"

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        if ids["kind"] == "csv":
            data, what = csv_template(), "text/csv; charset=utf-8"
        else:
            data, what = xlsx_template(), _XLSX
        answer = HttpResponse(data, content_type=what)
        answer.headers["Content-Disposition"] = f'attachment; filename="tunnid.{ids["kind"]}"'
        return answer


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
