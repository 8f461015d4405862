"""Bills, payments and agreements found by their id, for pages that show one of them."""

from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.billing.models import (
    ActualCost,
    ContributionAgreement,
    ContributionBill,
    ContributionPayment,
    GapDecision,
    Invoice,
    InvoicedLine,
    InvoiceKind,
    InvoiceLine,
    InvoiceSeries,
    Payment,
    RoomCharge,
    Run,
    RunPart,
    StatementLine,
)

# Rows are given on to pages, so that they need not reach for this app's tables.
__all__ = [
    "ActualCost",
    "ContributionAgreement",
    "ContributionBill",
    "ContributionPayment",
    "GapDecision",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "Payment",
    "RoomCharge",
    "Run",
    "agreements_at",
    "annex_of",
    "charge_at",
    "charges_on",
    "contribution_bill_at",
    "contribution_bills",
    "contribution_payment_at",
    "contribution_payments",
    "cost_at",
    "follow_ups",
    "gap_at",
    "gaps_of",
    "invoice_at",
    "invoice_lines",
    "parts_of",
    "payment_at",
    "run_at",
    "run_parts",
    "standing_bills",
    "upcoming_number",
]


def invoice_at(provider_id: UUID, invoice_id: UUID) -> Invoice:
    """Give one invoice of a provider with its place and the invoice that it refers to.

    Raises:
        Invoice.DoesNotExist: The provider has none such.
    """
    found = Invoice.objects.filter(provider_id=provider_id)
    return found.select_related("place", "refers_to").get(pk=invoice_id)


def invoice_lines(invoice: Invoice) -> QuerySet[InvoiceLine]:
    """Give what stands on an invoice, in order."""
    return InvoiceLine.objects.filter(invoice=invoice).order_by("number")


def annex_of(invoice: Invoice) -> QuerySet[StatementLine]:
    """Give the lines of persons that an invoice sums up, by name."""
    stands = InvoicedLine.objects.filter(invoice=invoice).values("line_id")
    found = StatementLine.objects.filter(pk__in=stands).select_related("person", "referral")
    return found.order_by("person__sort_name", "number", "id")


def charges_on(invoice: Invoice) -> QuerySet[RoomCharge]:
    """Give the room costs that stand on an invoice, by name."""
    found = RoomCharge.objects.filter(invoiced__invoice=invoice).select_related("person")
    return found.order_by("person__sort_name", "id")


def follow_ups(invoice: Invoice) -> QuerySet[Invoice]:
    """Give the credit notes and invoices that refer to an invoice, by number."""
    return Invoice.objects.filter(refers_to=invoice).order_by("issued_on", "number")


def payment_at(provider_id: UUID, payment_id: UUID) -> Payment:
    """Give one payment for an invoice.

    Raises:
        Payment.DoesNotExist: The provider has none such.
    """
    found = Payment.objects.filter(provider_id=provider_id)
    return found.select_related("invoice").get(pk=payment_id)


def agreements_at(provider_id: UUID) -> QuerySet[ContributionAgreement]:
    """Give all agreements of a provider with the person, by name, the latest first."""
    found = ContributionAgreement.objects.filter(provider_id=provider_id)
    return found.select_related("referral__person", "referral__place").order_by(
        "referral__person__sort_name", "-valid_from", "id"
    )


def gaps_of(agreement: ContributionAgreement) -> QuerySet[GapDecision]:
    """Give the authority's decisions on a gap that hold, the latest month first."""
    return GapDecision.objects.filter(agreement=agreement).current().order_by("-period", "id")


def gap_at(provider_id: UUID, gap_id: UUID) -> GapDecision:
    """Give one decision on a gap.

    Raises:
        GapDecision.DoesNotExist: The provider has none such.
    """
    found = GapDecision.objects.filter(provider_id=provider_id)
    return found.select_related("agreement__referral__person").get(pk=gap_id)


def contribution_bills(provider_id: UUID) -> QuerySet[ContributionBill]:
    """Give the bills of own contribution of a provider with the person, the latest first."""
    found = ContributionBill.objects.filter(provider_id=provider_id)
    return found.select_related("agreement__referral__person").order_by(
        "-issued_on", "series", "-number"
    )


def contribution_bill_at(provider_id: UUID, bill_id: UUID) -> ContributionBill:
    """Give one bill of own contribution with its agreement and person.

    Raises:
        ContributionBill.DoesNotExist: The provider has none such.
    """
    return contribution_bills(provider_id).get(pk=bill_id)


def standing_bills(provider_id: UUID, period: int) -> QuerySet[ContributionBill]:
    """Give the bills of own contribution of a month that hold, by name."""
    found = ContributionBill.objects.filter(provider_id=provider_id, period=period).current()
    return found.select_related("agreement__referral__person").order_by(
        "agreement__referral__person__sort_name", "number"
    )


def contribution_payments(bill: ContributionBill) -> QuerySet[ContributionPayment]:
    """Give the payments for a bill of own contribution that hold, by day."""
    found = ContributionPayment.objects.filter(bill=bill).current()
    return found.order_by("received_on", "id")


def contribution_payment_at(provider_id: UUID, payment_id: UUID) -> ContributionPayment:
    """Give one payment for a bill of own contribution.

    Raises:
        ContributionPayment.DoesNotExist: The provider has none such.
    """
    found = ContributionPayment.objects.filter(provider_id=provider_id)
    return found.select_related("bill__agreement__referral__person").get(pk=payment_id)


def charge_at(provider_id: UUID, charge_id: UUID) -> RoomCharge:
    """Give one room charge.

    Raises:
        RoomCharge.DoesNotExist: The provider has none such.
    """
    found = RoomCharge.objects.filter(provider_id=provider_id)
    return found.select_related("person", "place", "invoiced__invoice").get(pk=charge_id)


def cost_at(provider_id: UUID, cost_id: UUID) -> ActualCost:
    """Give one actual cost.

    Raises:
        ActualCost.DoesNotExist: The provider has none such.
    """
    return ActualCost.objects.filter(provider_id=provider_id).get(pk=cost_id)


def parts_of(provider_id: UUID, period: int) -> QuerySet[RunPart]:
    """Give the provider's parts of the runs of a month, the latest first."""
    found = RunPart.objects.filter(provider_id=provider_id, run__period=period)
    return found.select_related("run__by", "statement").order_by("-run__started_at", "-id")


def run_at(provider_id: UUID, run_id: UUID) -> Run:
    """Give a run that has a part of the provider.

    Raises:
        Run.DoesNotExist: There is none such.
    """
    return Run.objects.filter(parts__provider=provider_id).distinct().get(pk=run_id)


def run_parts(run: Run) -> QuerySet[RunPart]:
    """Give the parts of a run with their statements, in order."""
    return RunPart.objects.filter(run=run).select_related("statement").order_by("id")


def upcoming_number(provider_id: UUID, prefix: str) -> int:
    """Give the number that the next bill of a series would get, as far as one can say now."""
    rows = InvoiceSeries.objects.filter(provider_id=provider_id, prefix=prefix)
    return (rows.values_list("last_number", flat=True).first() or 0) + 1
