"""Money that came for invoices and for people's bills: recorded, corrected, cancelled."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from tugiplaan.billing.actions.payments import (
    Receipt,
    cancel_payment,
    correct_payment,
    record_contribution,
    record_payment,
)
from tugiplaan.billing.bills import (
    ContributionPayment,
    Payment,
    contribution_bill_at,
    contribution_payment_at,
    invoice_at,
    payment_at,
)
from tugiplaan.billing.charges import accounts_of
from tugiplaan.billing.debts import contribution_months
from tugiplaan.web.months.forms import PaymentFixForm, PaymentForm, ReasonForm
from tugiplaan.web.months.room import MoneyForm


def _receipt(form: forms.Form) -> Receipt:
    typed = form.cleaned_data
    return Receipt(typed["received_on"], typed["amount"], typed["reference"].strip())


class PayInvoice(MoneyForm):
    """Record money that came for an invoice."""

    permission = "billing.payments"
    template = "web/months/payment.html"
    form_class = PaymentForm

    def initial(self, **ids: Any) -> dict[str, Any]:
        accounts = accounts_of(self.desk.provider_id, self.desk.day)
        left = [one.open for one in accounts if one.invoice.pk == ids["invoice_id"]]
        amount = left[0] if left and left[0] > 0 else None
        return {"received_on": self.desk.day, "amount": amount}

    def read(self, **ids: Any) -> dict[str, Any]:
        invoice = invoice_at(self.desk.provider_id, ids["invoice_id"])
        back = self.url("invoice", invoice.pk)
        return super().read(**ids) | {"section": "months", "bill": invoice, "back": back}

    def act(self, form: forms.Form, **ids: Any) -> str:
        invoice = invoice_at(self.desk.provider_id, ids["invoice_id"])
        record_payment(invoice=invoice, receipt=_receipt(form), by=self.desk.user, on=self.desk.day)
        self.say(_("Laekumine on kirjas."))
        return self.url("invoice", invoice.pk)


class PayBill(MoneyForm):
    """Record money that came for a person's bill, whoever paid it."""

    permission = "billing.payments"
    template = "web/months/payment.html"
    form_class = PaymentForm

    def initial(self, **ids: Any) -> dict[str, Any]:
        months = contribution_months(self.desk.provider_id)
        left = [one.open for one in months if ids["bill_id"] in {bill.pk for bill in one.bills}]
        amount = left[0] if left and left[0] > 0 else None
        return {"received_on": self.desk.day, "amount": amount}

    def read(self, **ids: Any) -> dict[str, Any]:
        bill = contribution_bill_at(self.desk.provider_id, ids["bill_id"])
        back = self.url("contribution_bill", bill.pk)
        return super().read(**ids) | {"section": "months", "bill": bill, "back": back}

    def act(self, form: forms.Form, **ids: Any) -> str:
        bill = contribution_bill_at(self.desk.provider_id, ids["bill_id"])
        record_contribution(bill=bill, receipt=_receipt(form), by=self.desk.user, on=self.desk.day)
        self.say(_("Laekumine on kirjas."))
        return self.url("contribution_bill", bill.pk)


class _Fix(MoneyForm):
    """What a payment that holds is put right by."""

    permission = "billing.payments"
    is_contribution: ClassVar[bool] = False

    def payment(self, **ids: Any) -> Payment | ContributionPayment:
        here = self.desk.provider_id
        if self.is_contribution:
            return contribution_payment_at(here, ids["payment_id"])
        return payment_at(here, ids["payment_id"])

    def back(self, payment: Payment | ContributionPayment) -> str:
        if isinstance(payment, Payment):
            return self.url("invoice", payment.invoice_id)
        return self.url("contribution_bill", payment.bill_id)

    def read(self, **ids: Any) -> dict[str, Any]:
        payment = self.payment(**ids)
        bill = payment.invoice if isinstance(payment, Payment) else payment.bill
        shown = {"section": "months", "bill": bill, "payment": payment}
        return super().read(**ids) | shown | {"back": self.back(payment)}


class FixPayment(_Fix):
    """Put another day or amount in the place of a payment."""

    template = "web/months/payment.html"
    form_class = PaymentFixForm

    def initial(self, **ids: Any) -> dict[str, Any]:
        payment = self.payment(**ids)
        return {
            "received_on": payment.received_on,
            "amount": payment.amount,
            "reference": payment.reference,
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        payment: Any = self.payment(**ids)
        why, desk = form.cleaned_data["why"], self.desk
        correct_payment(payment=payment, receipt=_receipt(form), why=why, by=desk.user, on=desk.day)
        self.say(_("Laekumine on parandatud."))
        return self.back(payment)


class CancelPayment(_Fix):
    """Say that a payment does not hold."""

    template = "web/months/payment_cancel.html"
    form_class = ReasonForm

    def act(self, form: forms.Form, **ids: Any) -> str:
        payment: Any = self.payment(**ids)
        why = form.cleaned_data["why"]
        cancel_payment(payment=payment, why=why, by=self.desk.user, on=self.desk.day)
        self.say(_("Laekumine on tühistatud."))
        return self.back(payment)
