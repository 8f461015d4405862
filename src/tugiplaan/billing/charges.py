"""What was charged and what of it is open: invoices with their payments, and room costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.billing.models import ContributionPayment, Invoice, InvoiceKind, Payment, RoomCharge

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Account:
    """An invoice with what was credited and paid.

    Attributes:
        credited: What credit notes took back, euros, >= 0.
        paid: What came, less what was given back, euros.
        days_overdue: Days since the day on which it was due; 0: not yet, or nothing is open.
    """

    invoice: Invoice
    credited: Decimal
    paid: Decimal
    days_overdue: int

    @property
    def open(self) -> Decimal:
        """What is still to come, euros; below 0: paid too much."""
        return self.invoice.amount - self.credited - self.paid


def accounts_of(provider_id: UUID, day: date) -> list[Account]:
    """Give every invoice of a provider with what was credited and paid.

    Args:
        provider_id: Whose.
        day: The day from which one looks at what is overdue.

    Returns:
        Invoices by the day on which they are due and number; credit notes count against the
        invoice that they refer to and have no row of their own. Two queries.

    Law: SHS § 79(5) leaves the term of payment to the contract.
    """
    found = Invoice.objects.filter(provider_id=provider_id).order_by("due_on", "series", "number")
    invoices: list[Invoice] = []
    credited: dict[UUID, Decimal] = {}
    for one in found:
        if one.kind != InvoiceKind.CREDIT_NOTE:
            invoices.append(one)
        elif one.refers_to_id is not None:
            credited[one.refers_to_id] = credited.get(one.refers_to_id, _NOTHING) - one.amount
    paid = _paid(provider_id)
    return [
        _account(one, credited.get(one.pk, _NOTHING), paid.get(one.pk, _NOTHING), day)
        for one in invoices
    ]


def open_invoices(provider_id: UUID, day: date) -> list[Account]:
    """Give the invoices of which something is open or was paid too much.

    Args:
        provider_id: Whose.
        day: The day from which one looks at what is overdue.

    Returns:
        As `accounts_of`, without those that are even.
    """
    return [account for account in accounts_of(provider_id, day) if account.open]


def _account(invoice: Invoice, credited: Decimal, paid: Decimal, day: date) -> Account:
    is_late = invoice.amount - credited - paid > 0 and day > invoice.due_on
    return Account(invoice, credited, paid, (day - invoice.due_on).days if is_late else 0)


def _paid(provider_id: UUID) -> dict[UUID, Decimal]:
    # Added up here: SQLite would add as floating-point numbers.
    found: dict[UUID, Decimal] = {}
    rows = Payment.objects.filter(provider_id=provider_id).current()
    for invoice_id, amount in rows.values_list("invoice_id", "amount"):
        found[invoice_id] = found.get(invoice_id, _NOTHING) + amount
    return found


def payments_of(invoice: Invoice) -> QuerySet[Payment]:
    """Give the payments of an invoice that hold, by day."""
    found = Payment.objects.filter(invoice=invoice).current()
    return found.order_by("received_on", "id")


def paid_beside(row: Payment | ContributionPayment) -> Decimal:
    """Give what came for the invoice or bill of a payment, without it and what it corrects."""
    amounts: Iterable[tuple[UUID, Decimal]]
    if isinstance(row, Payment):
        mine = Payment.objects.filter(invoice=row.invoice_id).current()
        amounts = mine.values_list("pk", "amount")
    else:
        theirs = ContributionPayment.objects.filter(bill=row.bill_id).current()
        amounts = theirs.values_list("pk", "amount")
    skipped = {row.pk, row.corrects_id}
    return sum((amount for key, amount in amounts if key not in skipped), _NOTHING)


def room_charges(provider_id: UUID, period: int, funder: str = "") -> QuerySet[RoomCharge]:
    """Give the room costs of a month that hold.

    Args:
        provider_id: Whose.
        period: The month, YYYYMM.
        funder: Registry code of the municipality; empty: of all.

    Returns:
        Charges by funder, place and name, each with `invoiced` where it stands on a bill.

    Law: SHS § 89.
    """
    found = RoomCharge.objects.filter(provider_id=provider_id, period=period).current()
    if funder:
        found = found.filter(funder=funder)
    return found.select_related("person", "place", "invoiced__invoice").order_by(
        "funder", "place__code", "person__sort_name", "id"
    )


def unbilled_charges(provider_id: UUID, period: int, funder: str) -> list[RoomCharge]:
    """Give the room costs of a month that hold and stand on no bill."""
    return list(room_charges(provider_id, period, funder).filter(invoiced__isnull=True))


def sum_of_charges(charges: Iterable[RoomCharge]) -> Decimal:
    """Add the amounts of charges."""
    return sum((charge.amount for charge in charges), _NOTHING)
