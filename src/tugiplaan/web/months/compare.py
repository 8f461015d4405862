"""A month beside the same month under other rates: what if."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from tugiplaan.audit.language import language
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.comparing import Other, compare
from tugiplaan.month_folder import BadInputError, read_rates
from tugiplaan.rules.packs import RatePack
from tugiplaan.web.months.forms import CompareForm
from tugiplaan.web.months.names import component_names, service_name
from tugiplaan.web.months.room import MoneyForm

_MOST_TOLD = 10
_MOST_BYTES = 1 << 20


class Compare(MoneyForm):
    """Settle a month with other rates and show both; nothing is kept."""

    template = "web/months/compare.html"
    form_class = CompareForm

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"section": "months", "period": ids["period"]}

    def act(self, form: forms.Form, **ids: Any) -> HttpResponse:
        here, period = self.desk.provider_id, ids["period"]
        typed = form.cleaned_data
        pack = _pack(typed["rates"]) if typed["rates"] else None
        found = compare(here, period, Other(typed["known"], pack))
        components = component_names(here)
        shown = self.read(**ids) | {
            "form": form,
            "found": found,
            "pack": pack,
            "known": typed["known"],
            "services": [
                (service_name(code, components), pair) for code, pair in found.services.items()
            ],
        }
        return self.show(shown)


def _pack(file: "UploadedFile[bytes]") -> RatePack:
    """Read the rates of a file that somebody sent."""
    name = Path(file.name or "rates.csv").name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rates.csv"
        path.write_bytes(file.read(_MOST_BYTES))
        try:
            return read_rates(path, name)
        except BadInputError as error:
            told = [one.sentence(language()) for one in error.problems[:_MOST_TOLD]]
            raise RefusedError(" ".join(told)) from error
