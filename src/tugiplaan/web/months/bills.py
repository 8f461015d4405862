"""Issuing a month, its invoices and what was paid for them, and corrections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.audit.queries import wrote_after
from tugiplaan.billing.actions.correcting import correct_month
from tugiplaan.billing.actions.issuing import issue, sum_of
from tugiplaan.billing.bills import (
    InvoiceKind,
    InvoiceLine,
    annex_of,
    charges_on,
    follow_ups,
    invoice_at,
    invoice_lines,
    upcoming_number,
)
from tugiplaan.billing.charges import accounts_of, payments_of
from tugiplaan.billing.queries import (
    Difference,
    closed_statement,
    difference,
    invoices_of,
    unbilled,
)
from tugiplaan.billing.review import StatementLine, statements_closed
from tugiplaan.providers.books import month_text
from tugiplaan.providers.queries import billing_terms_on, issued_periods, place_names
from tugiplaan.rules.vocabulary import Kind
from tugiplaan.web.lists import paged
from tugiplaan.web.months.forms import IssueForm, ReasonForm
from tugiplaan.web.months.lines import show_line
from tugiplaan.web.months.mending import page_of
from tugiplaan.web.months.names import (
    component_names,
    detail,
    percent,
    quantity,
    service_name,
)
from tugiplaan.web.months.room import MoneyForm, MoneyPage

_MOST_LOOKED = 12
_HOW = 2
"""How a component was given, and to whom."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An invoice as it would be.

    Attributes:
        funder: Its name; its code where its terms are missing.
        due_on: By when it would be to be paid; None: the terms are missing.
        number: The number that it would get.
    """

    funder: str
    place: str
    lines: int
    persons: int
    amount: Decimal
    due_on: date | None
    number: str


def drafts_of(provider_id: UUID, lines: Iterable[StatementLine], issued_on: date) -> list[Draft]:
    """Give the invoices that lines would make, in the order of their numbers."""
    by_payer: dict[tuple[str, UUID | None], list[StatementLine]] = {}
    for line in lines:
        by_payer.setdefault((line.funder, line.place_id), []).append(line)
    places = place_names(provider_id)
    terms = {one: billing_terms_on(provider_id, one, issued_on) for one, _place in by_payer}
    prefix = f"{issued_on.year}-"
    first = upcoming_number(provider_id, prefix)
    found = []
    for number, ((funder, place), rows) in enumerate(sorted(by_payer.items(), key=str), first):
        agreed = terms[funder]
        found.append(
            Draft(
                funder=agreed.funder_name if agreed else funder,
                place=places.get(place, "") if place else "",
                lines=len(rows),
                persons=len({row.person_id for row in rows if row.person_id}),
                amount=sum_of(rows),
                due_on=issued_on + timedelta(days=agreed.payment_days) if agreed else None,
                number=f"{prefix}{number}",
            )
        )
    return found


class Issue(MoneyForm):
    """Make the invoices of a closed month; what they will be is shown before."""

    permission = "billing.issue"
    template = "web/months/issue.html"
    form_class = IssueForm

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"issued_on": self.desk.day}

    def read(self, **ids: Any) -> dict[str, Any]:
        left = unbilled(self.desk.provider_id, ids["period"])
        drafts = drafts_of(self.desk.provider_id, left.due, self.desk.day)
        held = statement_lines_with_persons(left.held)
        return super().read(**ids) | {
            "section": "months",
            "period": ids["period"],
            "drafts": drafts,
            "total": sum_of(left.due),
            "terms_url": page_of("setup_terms", self.desk.provider_id),
            "missing": [one for one in drafts if one.due_on is None],
            "held": held,
            "held_amount": sum_of(left.held),
        }

    def act(self, form: forms.Form, **ids: Any) -> str:
        invoices = issue(
            provider_id=self.desk.provider_id,
            period=ids["period"],
            issued_on=form.cleaned_data["issued_on"],
            by=self.desk.user,
            on=self.desk.day,
        )
        self.say(
            ngettext(
                "Väljastatud on {n} arve: {numbers}.",
                "Väljastatud on {n} arvet: {numbers}.",
                len(invoices),
            ).format(n=len(invoices), numbers=", ".join(map(str, invoices)))
        )
        return self.url("invoices_of_month", ids["period"])


class Invoices(MoneyPage):
    """Invoices and credit notes, of all months or of one, with what is open."""

    template = "web/months/invoices.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        here, period = self.desk.provider_id, ids.get("period")
        accounts = {one.invoice.pk: one for one in accounts_of(here, self.desk.day)}
        is_open = bool(self.request.GET.get("open"))
        found = invoices_of(here, period).select_related("place", "refers_to")
        if is_open:
            found = found.filter(pk__in=[key for key, one in accounts.items() if one.open])
        page = paged(self.request, found)
        return {
            "section": "months",
            "period": period,
            "page": page,
            "rows": [(invoice, accounts.get(invoice.pk)) for invoice in page],
            "only_open": is_open,
            "open_amount": sum((one.open for one in accounts.values()), Decimal("0.00")),
            "overdue": [one for one in accounts.values() if one.days_overdue],
        }


@dataclass(frozen=True, slots=True)
class InvoiceLineShown:
    """A line of an invoice as people read it."""

    row: InvoiceLine
    text: str
    quantity: str
    share: str
    price: Decimal | None


def show_invoice_line(row: InvoiceLine, components: dict[str, str]) -> InvoiceLineShown:
    """Tell a line of an invoice as people read it."""
    # A line of component services says how and to whom, as the engine wrote it: code, how, whom.
    _code, *how = row.text.split(" ")
    mode, audience = how[:2] if row.kind == Kind.COMPONENT and len(how) >= _HOW else ("", "")
    told = detail(row.kind, mode, audience)
    text = f"{service_name(row.rate_code, components)}, {told}" if told else row.text
    return InvoiceLineShown(
        row=row,
        text=text,
        quantity=quantity(row.quantity, row.unit, None) if row.unit else "",
        share=percent(row.share),
        price=Decimal(row.price) if row.price else None,
    )


class InvoicePage(MoneyPage):
    """One invoice or credit note, with its annex, its payments and what refers to it."""

    template = "web/months/invoice.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        here = self.desk.provider_id
        invoice = invoice_at(here, ids["invoice_id"])
        accounts = accounts_of(here, self.desk.day)
        components = component_names(here)
        return {
            "section": "months",
            "period": invoice.period,
            "invoice": invoice,
            "is_credit": invoice.kind == InvoiceKind.CREDIT_NOTE,
            "account": next((one for one in accounts if one.invoice.pk == invoice.pk), None),
            "lines": [show_invoice_line(row, components) for row in invoice_lines(invoice)],
            "annex": [show_line(row, components) for row in annex_of(invoice)],
            "charges": charges_on(invoice),
            "payments": payments_of(invoice),
            "follow_ups": follow_ups(invoice),
        }


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invoiced month that would come out different now."""

    difference: Difference
    added: int
    credited: int


class Corrections(MoneyPage):
    """The invoiced months that would come out different now."""

    template = "web/months/corrections.html"

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        here = self.desk.provider_id
        periods = issued_periods(here)[-_MOST_LOOKED:]
        closed = statements_closed(here, periods)
        oldest = min((one.after_event for one in closed.values()), default=0)
        changed = periods if wrote_after(here, oldest, "billing.") else []
        found = [difference(here, period) for period in changed]
        rows = [
            Waiting(one, len(one.added), len(one.credited)) for one in found if not one.is_nothing
        ]
        return {"section": "months", "rows": rows, "looked": len(periods)}


class Correct(MoneyForm):
    """Bill the difference of an invoiced month: shown first, done with a reason."""

    permission = "billing.correct"
    template = "web/months/correct.html"
    form_class = ReasonForm

    def read(self, **ids: Any) -> dict[str, Any]:
        here, period = self.desk.provider_id, ids["period"]
        is_issued = closed_statement(here, period) is not None
        found = difference(here, period) if is_issued else None
        shown = super().read(**ids) | {"section": "months", "period": period, "found": found}
        if found is not None:
            components = component_names(here)
            persons = {one.person.person: one.person for one in found.given.persons}
            shown["credited"] = [
                show_line(row, components) for row in statement_lines_with_persons(found.credited)
            ]
            shown["added"] = [
                (persons.get(line.person), service_name(line.rate_code, components), line)
                for line in found.added
            ]
        return shown

    def act(self, form: forms.Form, **ids: Any) -> str:
        done = correct_month(
            provider_id=self.desk.provider_id,
            period=ids["period"],
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        numbers = ", ".join(map(str, (*done.credit_notes, *done.invoices)))
        self.say(
            _("Kuu {month} on parandatud: {numbers}.").format(
                month=month_text(ids["period"]), numbers=numbers
            )
        )
        return self.url("invoices_of_month", ids["period"])


def statement_lines_with_persons(lines: Iterable[StatementLine]) -> list[StatementLine]:
    """Give lines with their persons at hand. One query."""
    found = list(lines)
    prefetch_related_objects(found, "person", "referral")
    return found
