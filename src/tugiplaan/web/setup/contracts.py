"""Contracts with the authority and with other funders, and how each funder is invoiced."""

from dataclasses import fields
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tugiplaan.providers.actions import (
    Terms,
    set_billing_terms,
    set_component_contract,
    set_state_contract,
)
from tugiplaan.providers.agreements import billing_terms_of, state_contracts_of
from tugiplaan.providers.queries import (
    component_contract_facts,
    component_contracts,
    state_contract_fact,
)
from tugiplaan.rules import facts
from tugiplaan.rules.services import authority_code
from tugiplaan.rules.vocabulary import (
    AbsenceYear,
    GroupPrice,
    IncrementRounding,
    PartMonthDenominator,
    TeMinimum,
)
from tugiplaan.web.forms import DayField, WhyForm
from tugiplaan.web.setup.shared import RADIO, CodeField, SettingForm, SettingPage, text, word


class StateContractForm(WhyForm):
    """Everything that the law leaves to the contract (SHS § 79(5)), each with its source."""

    valid_from = DayField(
        label=_("Leping kehtib alates"), help_text=_("Sama algusega leping muudetakse.")
    )
    history_from = DayField(
        label=_("Andmed on siin täielikud alates"),
        required=False,
        help_text=_(
            "Enne seda päeva ei otsita puuduvaid kuid ega eemalolekuid. Tühi: arveldatava "
            "kuu algus."
        ),
    )
    part_month_denominator = CodeField(
        PartMonthDenominator,
        label=_("Millega jagatakse osalise kuu päevad"),
        widget=RADIO,
        help_text=_(
            "Kui teenus algab või lõpeb kuu sees, tasutakse päevade järgi; jagajat määrus ei ütle "
            "(määrus nr 65 § 3)."
        ),
    )
    absence_year = CodeField(
        AbsenceYear,
        label=_("Mis on „ühe aasta jooksul“"),
        widget=RADIO,
        help_text=_("Eemaloleku ja haiglas oleku piiride aasta (SHS § 79 lg 3)."),
    )
    absence_year_limit_days = forms.IntegerField(
        label=_("Tasutavaid eemaloleku päevi aastas"),
        required=False,
        min_value=0,
        max_value=366,
        help_text=_("Tühi: seadusest loetud päevade arv (SHS § 79 lg 3)."),
    )
    hospital_year_limit_days = forms.IntegerField(
        label=_("Tasutavaid haiglapäevi aastas"),
        required=False,
        min_value=0,
        max_value=366,
        help_text=_("Tühi: seadusest loetud päevade arv (SHS § 79 lg 3)."),
    )
    te_minimum = CodeField(
        TeMinimum,
        label=_("Kuidas kontrollitakse toetatud elamise miinimummahtu"),
        widget=RADIO,
        help_text=_("Seadus nimetab tunde nädalas, tasu on kuu kohta (SHS § 96 lg 6)."),
    )
    pays_unused_pnh_days = forms.BooleanField(
        label=_("Leping tasub päeva- ja nädalahoiu kasutamata päevad (SHS § 79 lg 1²)"),
        required=False,
    )
    pays_unused_int_days = forms.BooleanField(
        label=_(
            "Leping tasub intellektipuudega inimese igapäevaelu toetamise kasutamata päevad "
            "(määrus nr 65 § 4¹ lg 1)"
        ),
        required=False,
    )
    pays_empty_court_places = forms.BooleanField(
        label=_("Leping tasub tühjad kohtumäärusega kohad (SHS § 79 lg 1¹)"), required=False
    )
    field_order = (*(one.name for one in fields(facts.StateContract)), "why")


_CODES: dict[str, Any] = {
    "part_month_denominator": PartMonthDenominator,
    "absence_year": AbsenceYear,
    "te_minimum": TeMinimum,
}


class Contracts(SettingPage):
    """Contracts and terms, each with what held when."""

    template = "web/setup/contracts.html"

    def listed(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        provider_id, day = self.desk.provider_id, self.desk.day
        state = list(state_contracts_of(provider_id))
        begun = [row for row in state if row.valid_from <= day]
        names = {row.funder: row.funder_name for row in billing_terms_of(provider_id)}
        components = [
            (names.get(funder, funder), funder, [_component_told(row) for row in rows])
            for funder, rows in groupby(component_contracts(provider_id), lambda row: row.funder)
        ]
        return {
            "state": [(row, _state_told(row)) for row in state],
            "now": begun[0].pk if begun else None,
            "components": components,
            "terms": list(billing_terms_of(provider_id)),
        }


def _state_told(row: Any) -> list[tuple[Any, Any, str]]:
    """Give each setting of a contract: what it is, its value for people, what kind of value."""
    form = StateContractForm()
    told = []
    for name, field in form.fields.items():
        if name in {"valid_from", "why"}:
            continue
        value = getattr(row, name)
        kind = "yes_no" if isinstance(value, bool) else "day" if name == "history_from" else "plain"
        told.append((field.label, word(_CODES[name](value)) if name in _CODES else value, kind))
    return told


def _component_told(row: Any) -> tuple[Any, str, str]:
    return row, word(IncrementRounding(row.increment_rounding)), word(GroupPrice(row.group_price))


class SetStateContract(SettingForm):
    """Set what the contract with the authority says from a day on."""

    form_class = StateContractForm
    title = _("Leping Sotsiaalkindlustusametiga")
    intro = _(
        "Siin on see, mille seadus jätab lepingu otsustada (SHS § 79 lg 5). Vaata iga küsimust oma "
        "lepingust; kui leping vaikib, jäta valik, mis on ees."
    )
    done = _("Leping on salvestatud.")
    back = "setup_contracts"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        held = state_contract_fact(self.desk.provider_id, self.desk.day)
        first: dict[str, Any] = {
            one.name: getattr(held, one.name) for one in fields(facts.StateContract)
        }
        return first | {"valid_from": self.desk.day.replace(day=1)}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = dict(form.cleaned_data)
        why = told.pop("why")
        set_state_contract(
            provider_id=self.desk.provider_id,
            contract=facts.StateContract(**told),
            why=why,
            by=self.desk.user,
            on=self.desk.day,
        )


class ComponentContractForm(WhyForm):
    """What the contract with a funder of components says."""

    funder = text(
        _("Rahastaja registrikood"), most=64, hint=_("Omavalitsuse või asutuse registrikood.")
    )
    valid_from = DayField(label=_("Leping kehtib alates"))
    minutes_per_hour = forms.IntegerField(
        label=_("Minuteid hinnakirja tunnis"), min_value=1, max_value=1440
    )
    increment_minutes = forms.IntegerField(
        label=_("Arvestusühik minutites"),
        min_value=1,
        max_value=1440,
        help_text=_("Iga kirje ümardatakse selle kordseks."),
    )
    increment_rounding = CodeField(
        IncrementRounding, label=_("Kuhu poole ümardatakse"), widget=RADIO
    )
    group_price = CodeField(GroupPrice, label=_("Kes tasub rühma tunni"), widget=RADIO)
    field_order = (*(one.name for one in fields(facts.ComponentContract)), "why")


class SetComponentContract(SettingForm):
    """Set what the contract with a funder of component services says from a day on."""

    form_class = ComponentContractForm
    title = _("Komponenditeenuste leping")
    intro = _("Seadus komponenditeenuste tasu ei ütle: kehtib see, mis on lepingus.")
    done = _("Leping on salvestatud.")
    back = "setup_contracts"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        funder, day = self.request.GET.get("funder", ""), self.desk.day
        held = facts.ComponentContract(funder=funder, valid_from=day.replace(day=1))
        for one in component_contract_facts(self.desk.provider_id):
            if one.funder == funder and one.valid_from <= day:
                held = one
        first = {one.name: getattr(held, one.name) for one in fields(held)}
        return first | {"valid_from": day.replace(day=1)}

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = dict(form.cleaned_data)
        why = told.pop("why")
        set_component_contract(
            provider_id=self.desk.provider_id,
            contract=facts.ComponentContract(**told),
            why=why,
            by=self.desk.user,
            on=self.desk.day,
        )


class TermsForm(WhyForm):
    """How a funder is invoiced."""

    funder = text(_("Rahastaja registrikood"), most=64)
    funder_name = text(_("Rahastaja nimi"))
    valid_from = DayField(label=_("Kehtib alates"))
    payment_days = forms.IntegerField(
        label=_("Maksetähtaeg päevades"), min_value=0, max_value=366, help_text=_("Arve päevast.")
    )
    contract_number = text(_("Lepingu number"), required=False, most=100)
    buyer_reference = text(
        _("Ostja viide"), required=False, most=100, hint=_("Mida ostja palub arvele kirjutada.")
    )
    reference_number = text(_("Viitenumber"), required=False, most=20)
    field_order = (
        *("funder", "funder_name", "valid_from", "payment_days", "contract_number"),
        *("buyer_reference", "reference_number", "why"),
    )


class SetTerms(SettingForm):
    """Set how a funder is invoiced from a day on."""

    form_class = TermsForm
    title = _("Arvelduse tingimused")
    intro = _("Väljastatud arved jäävad oma tingimustega.")
    done = _("Arvelduse tingimused on salvestatud.")
    back = "setup_contracts"

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        funder = self.request.GET.get("funder", authority_code())
        first: dict[str, Any] = {"funder": funder, "valid_from": self.desk.day.replace(day=1)}
        held = [row for row in billing_terms_of(self.desk.provider_id) if row.funder == funder]
        names = (
            "funder_name",
            "payment_days",
            "contract_number",
            "buyer_reference",
            "reference_number",
        )
        return first | ({name: getattr(held[0], name) for name in names} if held else {})

    def save(self, form: forms.Form, **ids: Any) -> None:  # noqa: ARG002
        told = dict(form.cleaned_data)
        why = told.pop("why")
        set_billing_terms(
            provider_id=self.desk.provider_id,
            terms=Terms(**told),
            why=why,
            by=self.desk.user,
            on=self.desk.day,
        )
