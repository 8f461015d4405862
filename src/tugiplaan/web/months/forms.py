"""What the pages of the month ask for. Forms check what was typed and save nothing."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.audit.language import language
from tugiplaan.rules.coverage import CostComponent
from tugiplaan.rules.vocabulary import Service, label
from tugiplaan.web.forms import DayField, Form, MoneyField

_AREA = forms.Textarea(attrs={"rows": 3})


class ReasonForm(Form):
    """Why."""

    why = forms.CharField(label=gettext_lazy("Põhjus"), widget=forms.TextInput)


class StatementForm(Form):
    """The statement that was looked through."""

    statement = forms.UUIDField(widget=forms.HiddenInput)


class IssueForm(Form):
    """The date of bills."""

    issued_on = DayField(label=gettext_lazy("Arve kuupäev"))


class CreditForm(ReasonForm):
    """Taking something back: why, and the date of the bill that does it."""

    issued_on = DayField(label=gettext_lazy("Kuupäev"))


class MonthField(forms.CharField):
    """A month, by the browser's own field: 2026-05; gives YYYYMM."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"type": "month", "placeholder": "2026-05"})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}-{value % 100:02d}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text):
            raise forms.ValidationError(_("Kirjuta kuu nii: 2026-05."))
        return int(text.replace("-", ""))


class PaymentForm(Form):
    """Money that came."""

    received_on = DayField(label=gettext_lazy("Laekus"))
    amount = MoneyField(
        label=gettext_lazy("Summa"), help_text=gettext_lazy("Tagasi antud raha kirjuta miinusega.")
    )
    reference = forms.CharField(label=gettext_lazy("Viide pangas"), required=False, max_length=100)


class PaymentFixForm(PaymentForm):
    """A payment put right."""

    why = forms.CharField(label=gettext_lazy("Põhjus"))


class AgreementForm(Form):
    """What is agreed on own contribution."""

    referral = forms.ChoiceField(label=gettext_lazy("Inimene ja suunamine"))
    valid_from = DayField(label=gettext_lazy("Kehtib alates"))
    valid_to = DayField(label=gettext_lazy("Kehtib kuni"), required=False)
    monthly_fee = MoneyField(
        label=gettext_lazy("Tasu kuus"),
        required=False,
        help_text=gettext_lazy("Kogukonnas elamise ja ööpäevaringsel teenusel."),
    )
    daily_fee = forms.CharField(
        label=gettext_lazy("Tasu kasutatud päevas"),
        required=False,
        help_text=gettext_lazy(
            "Ainult päeva- ja nädalahoiul, näiteks 17,25 või 396/23. Tühi: ülempiir päevades."
        ),
        widget=forms.TextInput(attrs={"class": "number", "inputmode": "decimal"}),
    )
    above_norm = forms.BooleanField(
        label=gettext_lazy("Kokku lepiti normist paremad tingimused"), required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Mida veel kokku lepiti"),
        required=False,
        help_text=gettext_lazy("Osalised kuud, eemalolekud, paremad tingimused."),
        widget=_AREA,
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]] | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["referral"].choices = choices or []  # type: ignore[attr-defined]


class AgreementFixForm(AgreementForm):
    """An agreement entered wrongly, put right."""

    referral = None  # type: ignore[assignment]  # of the same referral
    why = forms.CharField(label=gettext_lazy("Põhjus"))

    def __init__(self, *args: Any, **kw: Any) -> None:
        forms.Form.__init__(self, *args, **kw)


class EndForm(Form):
    """The last day of an agreement."""

    last_day = DayField(label=gettext_lazy("Viimane päev"))
    why = forms.CharField(label=gettext_lazy("Põhjus"), required=False)


class TakeoverForm(Form):
    """Who pays instead."""

    payer = forms.CharField(
        label=gettext_lazy("Kes tasub inimese eest"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Tühi: inimene tasub jälle ise."),
    )


class GapForm(Form):
    """What the authority decided on the gap."""

    period = MonthField(label=gettext_lazy("Alates kuust"))
    amount = MoneyField(label=gettext_lazy("Riik maksab kuus"))
    reference = forms.CharField(label=gettext_lazy("SKA otsuse number või kuupäev"), max_length=200)
    why = forms.CharField(
        label=gettext_lazy("Põhjus"),
        required=False,
        help_text=gettext_lazy("Vaja, kui sama kuu kohta on juba otsus või arve."),
    )


class IncomeForm(Form):
    """The counted income of a month; it is stored nowhere."""

    income = MoneyField(
        label=gettext_lazy("Inimese arvesse minev sissetulek kuus"),
        min_value=0,
        help_text=gettext_lazy("Seda ei salvestata. Otsuse teeb SKA."),
    )


class BillForm(Form):
    """The dates of bills of own contribution."""

    issued_on = DayField(label=gettext_lazy("Arve kuupäev"))
    due_on = DayField(label=gettext_lazy("Maksetähtaeg"))


class ByHandForm(BillForm):
    """A bill that the law has no rule for."""

    period = MonthField(label=gettext_lazy("Kuu"))
    amount = MoneyField(label=gettext_lazy("Summa"))
    explanation = forms.CharField(
        label=gettext_lazy("Kuidas summa kujunes (läheb arvele)"), widget=_AREA
    )
    field_order = ("period", "amount", "explanation", "issued_on", "due_on")


class RoomForm(Form):
    """A person's share of the rooms."""

    person = forms.ChoiceField(label=gettext_lazy("Inimene"))
    place = forms.ChoiceField(label=gettext_lazy("Teenuskoht"))
    funder = forms.CharField(label=gettext_lazy("Omavalitsuse registrikood"), max_length=64)
    text = forms.CharField(
        label=gettext_lazy("Mille eest"),
        max_length=300,
        help_text=gettext_lazy("Läheb arvele: ära nimeta siin inimest."),
    )
    amount = MoneyField(label=gettext_lazy("Summa"))

    def __init__(
        self, *args: Any, choices: dict[str, list[tuple[str, str]]] | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        for name, rows in (choices or {}).items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class RoomFixForm(RoomForm):
    """A room charge put right."""

    why = forms.CharField(label=gettext_lazy("Põhjus"))


class RoomBillForm(IssueForm):
    """To which municipality room costs are billed."""

    funder = forms.CharField(widget=forms.HiddenInput)


class CostsForm(Form):
    """What a service cost in a month, by the six components."""

    service = forms.ChoiceField(label=gettext_lazy("Teenus"))
    place = forms.ChoiceField(label=gettext_lazy("Teenuskoht"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Allikas"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Näiteks pearaamat, mai."),
    )
    why = forms.CharField(
        label=gettext_lazy("Põhjus"),
        required=False,
        help_text=gettext_lazy("Kui sisestad sama summa uuesti."),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]] | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        spoken = language()
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            (str(one), label(one, spoken)) for one in Service
        ]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            ("", _("kõik kohad koos")),
            *(places or []),
        ]
        for one in CostComponent:
            self.fields[str(one)] = MoneyField(
                label=one.label(spoken).capitalize(), required=False, min_value=0
            )
        self.order_fields(["service", "place", *map(str, CostComponent), "source", "why"])


class ImportForm(Form):
    """Rows of a table, pasted or as a file."""

    file = forms.FileField(label=gettext_lazy("CSV-fail"), required=False)
    pasted = forms.CharField(
        label=gettext_lazy("või kleebi read siia"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    why = forms.CharField(label=gettext_lazy("Põhjus"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("file") and not (found.get("pasted") or "").strip():
            raise forms.ValidationError(_("Vali fail või kleebi read. Midagi ei salvestatud."))
        return found


class CompareForm(Form):
    """The other rates that a month is compared with."""

    known = DayField(
        label=gettext_lazy("Mida teati sellel päeval"),
        required=False,
        help_text=gettext_lazy("Arvestus nii, nagu seda oleks tehtud sel päeval teada õigusega."),
    )
    rates = forms.FileField(
        label=gettext_lazy("Oma määrad (CSV)"),
        required=False,
        help_text=gettext_lazy("Veerud nagu failis rates.csv. Midagi ei salvestata."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("known") and not found.get("rates") and not self.errors:
            raise forms.ValidationError(_("Vali päev või määrade fail."))
        return found
