"""The tables of billing: runs, statements, invoices, payments, own contribution, costs."""

from tugiplaan.billing.models.contribution import (
    ContributionAgreement,
    ContributionBill,
    ContributionPayment,
    GapDecision,
)
from tugiplaan.billing.models.costs import ActualCost
from tugiplaan.billing.models.invoices import (
    Invoice,
    InvoicedCharge,
    InvoicedLine,
    InvoiceKind,
    InvoiceLine,
    InvoiceSeries,
    Payment,
    RoomCharge,
)
from tugiplaan.billing.models.runs import Run, RunPart
from tugiplaan.billing.models.statements import Closing, Statement, StatementFinding, StatementLine

__all__ = [
    "ActualCost",
    "Closing",
    "ContributionAgreement",
    "ContributionBill",
    "ContributionPayment",
    "GapDecision",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceSeries",
    "InvoicedCharge",
    "InvoicedLine",
    "Payment",
    "RoomCharge",
    "Run",
    "RunPart",
    "Statement",
    "StatementFinding",
    "StatementLine",
]
