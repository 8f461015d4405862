"""Correcting an invoiced month: what changed since is credited and billed anew."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.queries import last_number
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.actions.closing import keep_closing
from tugiplaan.billing.actions.issuing import Desk
from tugiplaan.billing.actions.preparing import keep_statement
from tugiplaan.billing.models import Invoice, InvoicedLine, InvoiceKind, StatementLine
from tugiplaan.billing.queries import difference, lines_of
from tugiplaan.delivery.actions.month_use import keep_month_use
from tugiplaan.providers.books import State, book_of, hold_provider, month_text
from tugiplaan.referrals.queries import kinds_of_referrals


class UnableToCorrectError(RefusedError):
    """The month cannot be corrected."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction wrote.

    Attributes:
        credit_notes: They take lines of issued invoices back; each refers to its invoice.
        invoices: They bill what is due instead; each refers to the invoice that it completes.
    """

    credit_notes: tuple[Invoice, ...]
    invoices: tuple[Invoice, ...]


def correct_month(*, provider_id: UUID, period: int, why: str, by: User, on: date) -> Correction:
    """Bill the difference between an invoiced month and how it comes out now.

    The issued invoices stay as they are. Lines that came out different or are gone are taken
    back by a credit note to their invoice; what is due instead is billed by an invoice that
    refers to the issued one of that funder and place.

    Args:
        provider_id: Whose month.
        period: The month, YYYYMM.
        why: The reason; not empty.
        by: Who corrects.
        on: Today; the date of the bills.

    Returns:
        The bills written.

    Raises:
        NotAllowedError: `by` may not.
        UnableToCorrectError: No reason; the month was not invoiced; nothing differs.
        UnableToIssueError: The terms of a funder are missing.

    Law: rule R-23; SHS § 79(5) leaves the way of correcting to the contract.
    """
    require(by, "billing.correct", provider_id, on)
    if not why.strip():
        raise UnableToCorrectError(_("Paranduse põhjus on vajalik. Midagi ei muudetud."))
    with acting(by=by, name="billing.correct", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        _check_issued(provider_id, period)
        after, found = last_number(provider_id), difference(provider_id, period)
        if found.is_nothing:
            raise UnableToCorrectError(
                _("Kuu {month} arved on õiged: parandada ei ole midagi.").format(
                    month=month_text(period)
                )
            )
        statement = keep_statement(act, found.given, found.settled, after)
        desk = Desk(act, provider_id, period, on)
        billed = _by_invoice(found.credited)
        notes = [desk.credit(lines, invoice, why) for invoice, lines in billed]
        added = {line.line for line in found.added}
        new = [line for line in lines_of(statement) if line.key in added]
        bills = desk.bill(new, statement, completes=_issued(provider_id, period), why=why)
        keep_closing(act, statement)
        keep_month_use(provider_id, period, kinds_of_referrals(provider_id))
        act.details["difference"] = str(found.amount)
    return Correction(tuple(notes), tuple(bills))


def _check_issued(provider_id: UUID, period: int) -> None:
    if book_of(provider_id, period).state != State.ISSUED:
        raise UnableToCorrectError(
            _(
                "Kuu {month} ei ole arveldatud; enne seda muuda andmeid ise ja valmista kuu "
                "uuesti ette. Midagi ei muudetud."
            ).format(month=month_text(period))
        )


def _by_invoice(
    lines: tuple[StatementLine, ...],
) -> list[tuple[Invoice, list[StatementLine]]]:
    """Give the billed lines by the invoice on which each stands, in the order of numbers."""
    by_line = {line.pk: line for line in lines}
    stands = InvoicedLine.objects.filter(line_id__in=by_line, is_credit=False)
    found: dict[UUID, tuple[Invoice, list[StatementLine]]] = {}
    for row in stands.select_related("invoice").order_by("invoice__number", "line_id"):
        found.setdefault(row.invoice_id, (row.invoice, []))[1].append(by_line[row.line_id])
    return list(found.values())


def _issued(provider_id: UUID, period: int) -> dict[tuple[str, UUID | None], Invoice]:
    """Give the first invoice of services of each funder and place of a month."""
    rows = Invoice.objects.filter(
        provider_id=provider_id,
        period=period,
        kind=InvoiceKind.INVOICE,
        refers_to__isnull=True,
        statement__isnull=False,  # not a bill of room costs
    )
    return {(row.funder, row.place_id): row for row in rows.order_by("-number")}
