"""Addresses of the month: the months, their invoices and what was paid."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from tugiplaan.web.months import (
    agreements,
    bills,
    board,
    compare,
    contribution,
    costs,
    downloads,
    lines,
    payments,
    rooms,
    sheets,
)
from tugiplaan.web.months.room import MonthConverter

register_converter(MonthConverter, "month")

_of_a_month = [
    path("", board.Board.as_view(), name="month"),
    path("prepare/", board.Prepare.as_view(), name="prepare_month"),
    path("preparing/", board.Preparing.as_view(), name="preparing"),
    path("lines/", lines.Lines.as_view(), name="month_lines"),
    path("lines/<int:number>/", lines.Why.as_view(), name="month_line"),
    path("lines/<int:number>/steps/", lines.WhyPart.as_view(), name="month_line_steps"),
    path("lines.csv", downloads.Download.as_view(), {"kind": "csv"}, name="month_csv"),
    path("lines.xlsx", downloads.Download.as_view(), {"kind": "xlsx"}, name="month_xlsx"),
    path("compare/", compare.Compare.as_view(), name="compare_month"),
    path("close/", board.Close.as_view(), name="close_month"),
    path("reopen/", board.Reopen.as_view(), name="reopen_month"),
    path("issue/", bills.Issue.as_view(), name="issue_month"),
    path("invoices/", bills.Invoices.as_view(), name="invoices_of_month"),
    path("correct/", bills.Correct.as_view(), name="correct_month"),
    path("sheets/", sheets.Sheets.as_view(), name="month_sheets"),
    path("rooms/", rooms.RoomCosts.as_view(), name="rooms"),
    path("rooms/issue/", rooms.IssueRooms.as_view(), name="issue_rooms"),
    path("costs/", costs.Costs.as_view(), name="costs"),
    path("costs/import/", costs.ImportCosts.as_view(), name="import_costs"),
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
_of_contributions = [
    path("", contribution.Contributions.as_view(), name="contributions"),
    path("debts/", contribution.Debts.as_view(), name="debts"),
    path("months/<month:period>/", contribution.Due.as_view(), name="contribution_month"),
    path("agree/", agreements.Agree.as_view(), name="agree"),
    path("bills/<uuid:bill_id>/", contribution.BillPage.as_view(), name="contribution_bill"),
    path("bills/<uuid:bill_id>/pay/", payments.PayBill.as_view(), name="pay_bill"),
    path("bills/<uuid:bill_id>/cancel/", contribution.CancelBill.as_view(), name="cancel_bill"),
    path(
        "payments/<uuid:payment_id>/",
        payments.FixPayment.as_view(is_contribution=True),
        name="fix_contribution",
    ),
    path(
        "payments/<uuid:payment_id>/cancel/",
        payments.CancelPayment.as_view(is_contribution=True),
        name="cancel_contribution",
    ),
    path("gaps/<uuid:gap_id>/cancel/", agreements.CancelGap.as_view(), name="cancel_gap"),
    path("<uuid:agreement_id>/", agreements.AgreementPage.as_view(), name="agreement"),
    path("<uuid:agreement_id>/fix/", agreements.Fix.as_view(), name="fix_agreement"),
    path("<uuid:agreement_id>/end/", agreements.End.as_view(), name="end_agreement"),
    path("<uuid:agreement_id>/payer/", agreements.Takeover.as_view(), name="takeover"),
    path("<uuid:agreement_id>/gap/", agreements.RecordGap.as_view(), name="record_gap"),
    path("<uuid:agreement_id>/preview/", agreements.PreviewGap.as_view(), name="preview_gap"),
    path("<uuid:agreement_id>/bill/", contribution.BillByHand.as_view(), name="bill_by_hand"),
]
_of_rooms = [
    path("<uuid:charge_id>/", rooms.FixRoom.as_view(), name="fix_room"),
    path("<uuid:charge_id>/cancel/", rooms.CancelRoom.as_view(), name="cancel_room"),
    path("<uuid:charge_id>/credit/", rooms.CreditRoom.as_view(), name="credit_room"),
]

paths: list[URLPattern | URLResolver] = [
    path("months/", board.Months.as_view(), name="months"),
    path("months/<month:period>/", include(_of_a_month)),
    path("invoices/", include(_of_invoices)),
    path("contributions/", include(_of_contributions)),
    path("rooms/", include(_of_rooms)),
    path("costs/<uuid:cost_id>/cancel/", costs.CancelCost.as_view(), name="cancel_cost"),
    path("corrections/", bills.Corrections.as_view(), name="corrections"),
]
