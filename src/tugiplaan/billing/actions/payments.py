"""Money that comes for invoices and bills: recorded, corrected, or said to have never come."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day, show_euros
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.charges import paid_beside
from tugiplaan.billing.models import (
    ContributionBill,
    ContributionPayment,
    Invoice,
    InvoiceKind,
    Payment,
)
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import cancellation, check_correction, successor
from tugiplaan.rules.money import euro

_CENT = Decimal("0.01")
_TOO_MUCH = Decimal(10**8)


class UnableToRecordPaymentError(RefusedError):
    """The payment cannot be recorded as given."""


class UnableToCorrectPaymentError(RefusedError):
    """The payment cannot be corrected so."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came or was given back.

    Attributes:
        received_on: When.
        amount: Euros with at most two decimals, not 0; below 0: given back.
        reference: What the bank says of it.
    """

    received_on: date
    amount: Decimal
    reference: str = ""


def record_payment(*, invoice: Invoice, receipt: Receipt, by: User, on: date) -> Payment:
    """Record money that came for an invoice.

    More than is open is accepted; the invoice then shows what was paid too much.

    Args:
        invoice: For which invoice; not a credit note: that counts against its invoice by itself.
        receipt: When and how much.
        by: Who records.
        on: Today.

    Returns:
        The payment.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordPaymentError: The day is to come, the amount cannot be, more would be given
            back than came, or it is a credit note.
    """
    provider_id = invoice.provider_id
    require(by, "billing.payments", provider_id, on)
    check_receipt(receipt, on, UnableToRecordPaymentError)
    if invoice.kind == InvoiceKind.CREDIT_NOTE:
        raise UnableToRecordPaymentError(
            _(
                "{invoice} on kreeditarve ja vähendab oma arvet ise. Kui raha maksti "
                "tagasi, pane see arvele {refers_to} miinusega. Midagi ei salvestatud."
            ).format(invoice=invoice, refers_to=invoice.refers_to)
        )
    with acting(by=by, name="billing.record_payment", provider_id=provider_id) as act:
        hold_provider(provider_id)
        row = Payment(
            provider_id=provider_id,
            invoice=invoice,
            received_on=receipt.received_on,
            amount=euro(receipt.amount),
            reference=receipt.reference,
        )
        _check_given_back(row, UnableToRecordPaymentError)
        act.store([row])
        act.details["invoice"] = str(invoice)
    return row


def record_contribution(
    *, bill: ContributionBill, receipt: Receipt, by: User, on: date
) -> ContributionPayment:
    """Record money that came for a person's bill, whoever paid it.

    Args:
        bill: For which bill; one that was cancelled takes no money, but money may be given back.
        receipt: When and how much; too much is accepted and shown.
        by: Who records.
        on: Today.

    Returns:
        The payment.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordPaymentError: The day is to come, the amount cannot be, more would be given
            back than came, or the bill does not hold.
    """
    provider_id = bill.provider_id
    require(by, "billing.payments", provider_id, on)
    check_receipt(receipt, on, UnableToRecordPaymentError)
    with acting(by=by, name="billing.record_contribution", provider_id=provider_id) as act:
        hold_provider(provider_id)
        holds = ContributionBill.objects.current().filter(pk=bill.pk).exists()
        if bill.is_cancellation or (receipt.amount > 0 and not holds):
            raise UnableToRecordPaymentError(
                _(
                    "Arve {bill} on tühistatud: pane raha arvele, mis kehtib. Midagi ei "
                    "salvestatud."
                ).format(bill=bill)
            )
        row = ContributionPayment(
            provider_id=provider_id,
            bill=bill,
            received_on=receipt.received_on,
            amount=euro(receipt.amount),
            reference=receipt.reference,
        )
        _check_given_back(row, UnableToRecordPaymentError)
        act.store([row])
        act.about(bill.agreement.referral.person_id)
        act.details["bill"] = str(bill)
    return row


def correct_payment[P: (Payment, ContributionPayment)](
    *, payment: P, receipt: Receipt, why: str, by: User, on: date
) -> P:
    """Put another day or amount in the place of a payment that holds.

    Args:
        payment: The payment that holds, for an invoice or for a person's bill.
        receipt: What is right.
        why: The reason; not empty.
        by: Who corrects.
        on: Today.

    Returns:
        The new payment.

    Raises:
        NotAllowedError: `by` may not.
        UnableToCorrectPaymentError: No reason, the payment no longer holds, or as
            `record_payment`.
    """
    check_receipt(receipt, on, UnableToCorrectPaymentError)
    fixed = successor(
        payment,
        why=why,
        received_on=receipt.received_on,
        amount=euro(receipt.amount),
        reference=receipt.reference,
    )
    return _follow(payment, fixed, by, on)


def cancel_payment[P: (Payment, ContributionPayment)](
    *, payment: P, why: str, by: User, on: date
) -> P:
    """Say that a payment does not hold: it was for another bill, or never came.

    Args:
        payment: The payment that holds, for an invoice or for a person's bill.
        why: The reason; not empty.
        by: Who cancels it.
        on: Today.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: `by` may not.
        UnableToCorrectPaymentError: No reason, the payment no longer holds, or more would be
            given back than came.
    """
    return _follow(payment, cancellation(payment, why=why), by, on)


def _follow[P: (Payment, ContributionPayment)](payment: P, row: P, by: User, on: date) -> P:
    provider_id = payment.provider_id
    require(by, "billing.payments", provider_id, on)
    name = "billing.cancel_payment" if row.is_cancellation else "billing.correct_payment"
    with acting(by=by, name=name, provider_id=provider_id, why=row.why) as act:
        hold_provider(provider_id)
        check_correction(payment, row.why, UnableToCorrectPaymentError)
        _check_given_back(row, UnableToCorrectPaymentError)
        act.store([row])
        if isinstance(payment, Payment):
            act.details["invoice"] = str(payment.invoice)
        else:
            act.details["bill"] = str(payment.bill)
            act.about(payment.bill.agreement.referral.person_id)
    return row


def check_receipt(receipt: Receipt, on: date, error: type[Exception]) -> None:
    """Refuse an amount or a day that cannot be.

    Args:
        receipt: The money.
        on: Today.
        error: What is raised.
    """
    if receipt.received_on > on:
        raise error(
            _("Laekumise päev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(receipt.received_on)
            )
        )
    check_amount(receipt.amount, error)
    if receipt.amount == 0:
        raise error(_("Summa on null: laekumist ei ole. Midagi ei salvestatud."))


def check_amount(amount: Decimal, error: type[Exception]) -> None:
    """Refuse parts of a cent and what is no amount."""
    if not is_amount(amount):
        raise error(
            _("Summa {amount} ei ole eurodes ja sentides. Midagi ei salvestatud.").format(
                amount=amount
            )
        )


def is_amount(amount: Decimal) -> bool:
    """Tell whether a number is whole cents of a size that money has here."""
    return amount.is_finite() and abs(amount) < _TOO_MUCH and amount == amount.quantize(_CENT)


def _check_given_back(row: Payment | ContributionPayment, error: type[Exception]) -> None:
    """Refuse that less than nothing would have come; call it with the provider held."""
    others = paid_beside(row)
    if others + (0 if row.is_cancellation else row.amount) < 0:
        raise error(
            _(
                "Tagasi antaks rohkem, kui laekus ({others}). Vaata summa üle. "
                "Midagi ei salvestatud."
            ).format(others=show_euros(others))
        )
