"""Addresses of the month: the months, their invoices and what was paid."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from tugiplaan.web.months import bills, board, lines, payments
from tugiplaan.web.months.room import MonthConverter

register_converter(MonthConverter, "month")

_of_a_month = [
    path("", board.Board.as_view(), name="month"),
    path("prepare/", board.Prepare.as_view(), name="prepare_month"),
    path("preparing/", board.Preparing.as_view(), name="preparing"),
    path("lines/", lines.Lines.as_view(), name="month_lines"),
    path("lines/<int:number>/", lines.Why.as_view(), name="month_line"),
    path("lines/<int:number>/steps/", lines.WhyPart.as_view(), name="month_line_steps"),
    path("close/", board.Close.as_view(), name="close_month"),
    path("reopen/", board.Reopen.as_view(), name="reopen_month"),
    path("issue/", bills.Issue.as_view(), name="issue_month"),
    path("invoices/", bills.Invoices.as_view(), name="invoices_of_month"),
    path("correct/", bills.Correct.as_view(), name="correct_month"),
    path("history/", board.History.as_view(), name="month_history"),
]
_of_invoices = [
    path("", bills.Invoices.as_view(), name="invoices"),
    path("<uuid:invoice_id>/", bills.InvoicePage.as_view(), name="invoice"),
    path("<uuid:invoice_id>/pay/", payments.PayInvoice.as_view(), name="pay_invoice"),
    path("payments/<uuid:payment_id>/", payments.FixPayment.as_view(), name="fix_payment"),
    path(
        "payments/<uuid:payment_id>/cancel/",
        payments.CancelPayment.as_view(),
        name="cancel_payment",
    ),
]

paths: list[URLPattern | URLResolver] = [
    path("months/", board.Months.as_view(), name="months"),
    path("months/<month:period>/", include(_of_a_month)),
    path("invoices/", include(_of_invoices)),
    path("corrections/", bills.Corrections.as_view(), name="corrections"),
]
