"""What services really cost, by the six components: entered by hand or from rows of a table."""

import csv
import io
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.audit.language import language
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.actions.costs import MonthCosts, cancel_cost, enter_costs, import_costs
from tugiplaan.billing.bills import cost_at
from tugiplaan.billing.costs import cost_beside_maximum, costs_of
from tugiplaan.providers.queries import places_of
from tugiplaan.rules.coverage import CostComponent
from tugiplaan.rules.vocabulary import Service, label
from tugiplaan.web.months.forms import CostsForm, ImportForm, ReasonForm
from tugiplaan.web.months.room import MoneyForm

_MOST_BYTES = 2 << 20


class Costs(MoneyForm):
    """The actual costs of a month beside what was billed; entering those of a service."""

    permission = "billing.prepare"
    template = "web/months/costs.html"

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> forms.Form:
        places = [(str(one.pk), str(one)) for one in places_of(self.desk.provider_id)]
        return CostsForm(data, files, initial=self.initial(**ids), places=places)

    def read(self, **ids: Any) -> dict[str, Any]:
        here, period = self.desk.provider_id, ids["period"]
        spoken = language()
        beside = cost_beside_maximum(here, period)
        rows = [
            (row, label(Service(row.service), spoken), CostComponent(row.component).label(spoken))
            for row in costs_of(here, period)
        ]
        return super().read(**ids) | {
            "section": "months",
            "period": period,
            "rows": rows,
            "beside": [(label(one.service, spoken), one) for one in beside],
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed, period = form.cleaned_data, ids["period"]
        here = self.desk.provider_id
        place = places_of(here).get(pk=typed["place"]).pk if typed["place"] else None
        amounts = {one: typed[one] for one in CostComponent if typed[one] is not None}
        made = enter_costs(
            provider_id=here,
            costs=MonthCosts(Service(typed["service"]), period, amounts, place, typed["source"]),
            why=typed["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_entered(len(made)))
        return self.url("costs", period)


def _entered(count: int) -> str:
    return ngettext("Kirjas on {n} summa.", "Kirjas on {n} summat.", count).format(n=count)


class ImportCosts(MoneyForm):
    """Costs of many months from rows of a table: all or none."""

    permission = "billing.prepare"
    template = "web/months/costs_import.html"
    form_class = ImportForm

    def read(self, **ids: Any) -> dict[str, Any]:
        spoken = language()
        return super().read(**ids) | {
            "section": "months",
            "period": ids["period"],
            "services": [(one, label(one, spoken)) for one in Service],
            "components": [(one, one.label(spoken)) for one in CostComponent],
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        typed = form.cleaned_data
        text = typed["pasted"]
        if typed["file"]:
            text = _text(typed["file"].read(_MOST_BYTES))
        made = import_costs(
            provider_id=self.desk.provider_id,
            rows=rows_of(text),
            why=typed["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(_entered(len(made)))
        return self.url("costs", ids["period"])


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(
            _("Faili ei saa lugeda: salvesta see kujul CSV UTF-8. Midagi ei salvestatud.")
        ) from error


def rows_of(text: str) -> list[dict[str, str]]:
    """Read rows with headings, separated by semicolons, tabs or commas.

    >>> rows_of("month;service;amount\\n2026-05;KE;10,50")
    [{'month': '2026-05', 'service': 'KE', 'amount': '10,50'}]
    """
    head = text.strip().partition("\n")[0]
    separator = next((one for one in (";", "\t") if one in head), ",")
    reader = csv.DictReader(io.StringIO(text.strip()), delimiter=separator)
    return [{name: value or "" for name, value in row.items() if name} for row in reader]


class CancelCost(MoneyForm):
    """Say that a cost was not there."""

    permission = "billing.prepare"
    template = "web/months/cost_cancel.html"
    form_class = ReasonForm

    def read(self, **ids: Any) -> dict[str, Any]:
        cost = cost_at(self.desk.provider_id, ids["cost_id"])
        name = CostComponent(cost.component).label(language())
        return super().read(**ids) | {"section": "months", "cost": cost, "name": name}

    def act(self, form: forms.Form, **ids: Any) -> str:
        cost = cost_at(self.desk.provider_id, ids["cost_id"])
        why = form.cleaned_data["why"]
        cancel_cost(cost=cost, why=why, by=self.desk.user, on=self.desk.day)
        self.say(_("Kulu on tühistatud."))
        return self.url("costs", cost.period)
