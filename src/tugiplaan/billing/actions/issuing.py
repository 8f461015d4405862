"""Issuing: one invoice for each funder, provider, place and month, numbered without gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.audit.rows import new_id
from tugiplaan.billing.models import (
    Invoice,
    InvoicedLine,
    InvoiceKind,
    InvoiceLine,
    InvoiceSeries,
    Statement,
    StatementLine,
)
from tugiplaan.billing.queries import closed_statement, unbilled
from tugiplaan.month_folder.plain import plain_quantity
from tugiplaan.providers.books import State, book_of, hold_provider, month_text, set_state
from tugiplaan.providers.queries import billing_terms_on, seller_of

_NOTHING = Decimal("0.00")


class UnableToIssueError(RefusedError):
    """The month cannot be issued."""


def issue(*, provider_id: UUID, period: int, issued_on: date, by: User, on: date) -> list[Invoice]:
    """Make the invoices of a closed month and give them the next numbers.

    Lines of a referral that ended early are left for a later invoice until its summary
    assessment is approved; issue again then.

    Args:
        provider_id: Whose month.
        period: The month, YYYYMM.
        issued_on: Date of the invoices.
        by: Who issues.
        on: Today.

    Returns:
        The invoices, by funder and place; none where the month has no lines.

    Raises:
        NotAllowedError: `by` may not.
        UnableToIssueError: The month is not closed, everything is issued already, or the terms
            of a funder are missing.

    Law: SHS §§ 79(1), 79(5), 83(1) p 11¹.
    """
    require(by, "billing.issue", provider_id, on)
    with acting(by=by, name="billing.issue", provider_id=provider_id) as act:
        hold_provider(provider_id)
        book = book_of(provider_id, period)
        if book.state == State.OPEN:
            raise UnableToIssueError(
                _(
                    "Kuu {month} on veel avatud: valmista ette, vaata üle ja sulge see enne. "
                    "Midagi ei muudetud."
                ).format(month=month_text(period))
            )
        left = unbilled(provider_id, period)
        if book.state == State.ISSUED and not left.due:
            raise UnableToIssueError(_nothing_left(period, len(left.held)))
        desk = Desk(act, provider_id, period, issued_on)
        statement = closed_statement(provider_id, period)
        invoices = desk.bill(left.due, statement)
        act.details |= {"period": period, "invoices": [str(one) for one in invoices]}
        act.details["held"] = len(left.held)
        if book.state == State.CLOSED:
            set_state(act, book, State.ISSUED, "")
    return invoices


def _nothing_left(period: int, held: int) -> str:
    if not held:
        return _("Kuu {month} arved on juba väljastatud. Midagi ei muudetud.").format(
            month=month_text(period)
        )
    return ngettext(
        "Kuu {month} arved on juba väljastatud. {held} rida ootab kokkuvõtvat hinnangut. "
        "Midagi ei muudetud.",
        "Kuu {month} arved on juba väljastatud. {held} rida ootab kokkuvõtvat hinnangut. "
        "Midagi ei muudetud.",
        held,
    ).format(month=month_text(period), held=held)


@dataclass(slots=True)
class Desk:
    """Where bills of one provider and month are written, within an act that holds its book."""

    act: Act
    provider_id: UUID
    period: int
    issued_on: date

    def bill(
        self,
        lines: Iterable[StatementLine],
        statement: Statement | None,
        *,
        completes: dict[tuple[str, UUID | None], Invoice] | None = None,
        why: str = "",
    ) -> list[Invoice]:
        """Write one invoice for each funder and place.

        Args:
            lines: Lines to bill.
            statement: The statement that they are of.
            completes: The issued invoice of each funder and place that a new one completes.
            why: The reason of a correction.
        """
        invoices = []
        for (funder, place_id), found in sorted(_by_payer(lines).items(), key=str):
            invoice = self.draft(funder, place_id, sum_of(found))
            invoice.statement, invoice.why = statement, why
            invoice.refers_to = (completes or {}).get((funder, place_id))
            self._store(invoice, found, sign=1)
            invoices.append(invoice)
        return invoices

    def credit(self, lines: Iterable[StatementLine], of: Invoice, why: str) -> Invoice:
        """Write a credit note that takes lines of an issued invoice back."""
        found = list(lines)
        note = self.draft(of.funder, of.place_id, -sum_of(found))
        note.kind, note.refers_to, note.why = InvoiceKind.CREDIT_NOTE, of, why
        note.statement_id = of.statement_id
        self._store(note, found, sign=-1)
        return note

    def draft(self, funder: str, place_id: UUID | None, amount: Decimal) -> Invoice:
        """Make an invoice with the next number and a funder's terms, without storing it."""
        terms = billing_terms_on(self.provider_id, funder, self.issued_on)
        if terms is None:
            raise UnableToIssueError(
                _(
                    "Rahastajal {funder} ei ole päeval {day} arvelduse tingimusi (nimi, "
                    "maksetähtaeg, viitenumber). Maksetähtaeg on lepingus: lisa see "
                    "teenuseosutaja seadetes. Ühtegi arvet ei väljastatud."
                ).format(funder=funder, day=show_day(self.issued_on))
            )
        series, number = self.next_number()
        return Invoice(
            id=new_id(),
            provider_id=self.provider_id,
            kind=InvoiceKind.INVOICE,
            series=series,
            number=number,
            period=self.period,
            place_id=place_id,
            funder=funder,
            funder_name=terms.funder_name,
            seller=seller_of(self.provider_id),
            issued_on=self.issued_on,
            due_on=self.issued_on + timedelta(days=terms.payment_days),
            payment_days=terms.payment_days,
            buyer_reference=terms.buyer_reference,
            reference_number=terms.reference_number,
            contract_number=terms.contract_number,
            amount=amount,
        )

    def next_number(self) -> tuple[str, int]:
        """Take the next number of the year's series; nobody else can until the act ends."""
        prefix = f"{self.issued_on.year}-"
        return prefix, take_numbers(self.provider_id, prefix, 1)

    def _store(self, invoice: Invoice, lines: Sequence[StatementLine], sign: int) -> None:
        self.act.store([invoice])
        self.act.store(list(_invoice_lines(invoice, lines, sign)))
        stands = [
            InvoicedLine(
                provider_id=self.provider_id, invoice=invoice, line=line, is_credit=sign < 0
            )
            for line in lines
        ]
        self.act.store(stands)


def take_numbers(provider_id: UUID, prefix: str, count: int) -> int:
    """Take the next numbers of a series; nobody else can until the act ends.

    Args:
        provider_id: Whose series.
        prefix: Of the series.
        count: How many, >= 1.

    Returns:
        The first of them; the others follow it without gaps.
    """
    here = InvoiceSeries.objects.filter(provider_id=provider_id, prefix=prefix)
    if not here.exists():
        row = InvoiceSeries(provider_id=provider_id, prefix=prefix)
        InvoiceSeries.objects.bulk_create([row], ignore_conflicts=True)
    series = here.select_for_update().get()
    series.last_number += count
    series.save(update_fields=["last_number"])
    return series.last_number - count + 1


def sum_of(lines: Iterable[StatementLine]) -> Decimal:
    """Add the amounts of lines."""
    return sum((line.amount for line in lines), _NOTHING)


def _by_payer(
    lines: Iterable[StatementLine],
) -> dict[tuple[str, UUID | None], list[StatementLine]]:
    found: dict[tuple[str, UUID | None], list[StatementLine]] = {}
    for line in lines:
        found.setdefault((line.funder, line.place_id), []).append(line)
    return found


def _invoice_lines(
    invoice: Invoice, lines: Iterable[StatementLine], sign: int
) -> Iterable[InvoiceLine]:
    """Gather lines that differ only in the person: a bill names no one."""
    equal: dict[tuple[str, ...], list[StatementLine]] = {}
    for line in lines:
        names = (line.rate_code, line.mode, line.audience, line.kind)
        equal.setdefault((*names, line.share, line.unit, line.rate), []).append(line)
    for number, (of, found) in enumerate(sorted(equal.items()), 1):
        rate_code, mode, audience, kind, share, unit, rate = of
        quantity = sum((Fraction(line.quantity) for line in found), Fraction(0))
        yield InvoiceLine(
            provider_id=invoice.provider_id,
            invoice=invoice,
            number=number,
            rate_code=rate_code,
            text=" ".join(part for part in (rate_code, mode, audience, kind) if part),
            kind=kind,
            share=share,
            unit=unit,
            quantity=plain_quantity(sign * quantity),
            price=rate,
            persons=len({line.person_id for line in found if line.person_id}),
            amount=sign * sum_of(found),
        )
