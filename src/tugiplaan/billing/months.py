"""The money of several months at once: issued, credited, paid, closed and not billed, held."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Exists, OuterRef

from tugiplaan.billing.facts import month_of
from tugiplaan.billing.models import (
    Closing,
    Invoice,
    InvoicedLine,
    InvoiceKind,
    InvoiceLine,
    Payment,
    StatementLine,
)
from tugiplaan.billing.queries import lines_on_bills
from tugiplaan.plans.queries import summaries_done
from tugiplaan.providers.books import State
from tugiplaan.providers.queries import months_of
from tugiplaan.referrals.queries import early_ends
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Unit

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of a closed month that stands on no invoice.

    Attributes:
        is_held: It waits for a summary assessment (SHS § 83(1) p 11¹).
    """

    line_id: int
    period: int
    funder: str
    rate_code: str
    amount: Decimal
    is_held: bool


@dataclass(frozen=True, slots=True)
class MoneyMonth:
    """Where the money of a month stands, euros.

    Attributes:
        state: Of the book: open, closed, issued; empty: there is no book yet.
        closed: What the month came to when it was closed; None: it is not closed, or open again.
        issued: Invoices without credit notes.
        credited: What credit notes took back, >= 0.
        paid: What came for its invoices, less what was given back.
        due: Closed lines that can be issued and are not.
        held: Closed lines that wait for a summary assessment.
        invoices: The invoices and credit notes it rests on, by day and number.
        waiting: The lines that `due` and `held` rest on.
    """

    period: int
    state: str
    closed: Decimal | None
    issued: Decimal
    credited: Decimal
    paid: Decimal
    due: Decimal
    held: Decimal
    invoices: tuple[UUID, ...]
    waiting: tuple[OpenLine, ...]

    @property
    def open(self) -> Decimal:
        """What is still to come for what was issued; below 0: paid too much."""
        return self.issued - self.credited - self.paid


def money_months(provider_id: UUID, periods: Iterable[int]) -> list[MoneyMonth]:
    """Give where the money of some months stands.

    Args:
        provider_id: Whose.
        periods: The months, YYYYMM.

    Returns:
        One for each month, in order. At most eleven queries, however many months there are.

    Law: SHS §§ 79(5), 83(1) p 11¹.
    """
    wanted = sorted(set(periods))
    states = {
        book.period: str(book.state) for book in months_of(provider_id).filter(period__in=wanted)
    }
    invoices = list(
        Invoice.objects.filter(provider_id=provider_id, period__in=wanted).order_by(
            "issued_on", "series", "number"
        )
    )
    paid: dict[int, Decimal] = {}
    payments = Payment.objects.filter(provider_id=provider_id, invoice__period__in=wanted)
    for period, amount in payments.current().values_list("invoice__period", "amount"):
        paid[period] = paid.get(period, _NOTHING) + amount
    closed = _closed(provider_id, wanted)
    lines = open_lines(provider_id, wanted)
    return [
        MoneyMonth(
            period=period,
            state=states.get(period, ""),
            closed=closed[period][1] if period in closed else None,
            issued=_sum(one.amount for one in invoices if _is_bill(one, period)),
            credited=-_sum(one.amount for one in invoices if _is_credit(one, period)),
            paid=paid.get(period, _NOTHING),
            due=_sum(one.amount for one in lines if one.period == period and not one.is_held),
            held=_sum(one.amount for one in lines if one.period == period and one.is_held),
            invoices=tuple(one.pk for one in invoices if one.period == period),
            waiting=tuple(one for one in lines if one.period == period),
        )
        for period in wanted
    ]


def _is_bill(invoice: Invoice, period: int) -> bool:
    return invoice.period == period and invoice.kind == InvoiceKind.INVOICE


def _is_credit(invoice: Invoice, period: int) -> bool:
    return invoice.period == period and invoice.kind == InvoiceKind.CREDIT_NOTE


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)


def _closed(provider_id: UUID, periods: list[int]) -> dict[int, tuple[UUID, Decimal]]:
    """Give the statement that each month is closed with, and its sum; not of reopened ones."""
    books = months_of(provider_id).filter(period__in=periods).exclude(state=State.OPEN)
    closed = list(books.order_by("period").values_list("period", flat=True))
    rows = Closing.objects.filter(provider_id=provider_id, period__in=closed).order_by("id")
    columns = ("period", "statement_id", "statement__amount")
    return {period: (key, amount) for period, key, amount in rows.values_list(*columns)}


def open_lines(provider_id: UUID, periods: Iterable[int]) -> list[OpenLine]:
    """Give the lines of closed months that stand on no invoice, as `queries.unbilled` does.

    Args:
        provider_id: Whose.
        periods: The months, YYYYMM.

    Returns:
        By month and place in the statement; none of months open again. At most six queries.
    """
    wanted = sorted(set(periods))
    statements = [key for key, _ in _closed(provider_id, wanted).values()]
    stands = InvoicedLine.objects.filter(
        provider_id=provider_id, invoice__period__in=wanted, is_credit=False
    )
    taken_back = InvoicedLine.objects.filter(line_id=OuterRef("line_id"), is_credit=True)
    billed = set(
        stands.filter(~Exists(taken_back)).values_list("invoice__period", "line__key").order_by()
    )
    columns = ("id", "statement__period", "key", "referral_id", "funder", "rate_code", "amount")
    rows = StatementLine.objects.filter(statement__in=statements)
    left = [
        row
        for row in rows.order_by("statement__period", "number").values_list(*columns)
        if (row[1], row[2]) not in billed
    ]
    held = _held(provider_id, wanted) if left else {}
    return [
        OpenLine(key, period, funder, code, amount, held.get(referral) == period)
        for key, period, _, referral, funder, code, amount in left
    ]


def _held(provider_id: UUID, periods: list[int]) -> dict[UUID | None, int]:
    """Give the referrals that ended early without an approved summary, with the month of it."""
    ends = early_ends(provider_id, month_of(periods[0]).first, month_of(periods[-1]).last)
    done = summaries_done(ends)
    return {key: Month.of(day).period for key, day in ends.items() if key not in done}


@dataclass(frozen=True, slots=True)
class InvoicedSum:
    """Equal lines of bills together: one rate code of a funder in a month.

    Attributes:
        amount: Euros, credit notes deducted.
    """

    period: int
    funder: str
    funder_name: str
    rate_code: str
    amount: Decimal


def invoiced_sums(provider_id: UUID, periods: Iterable[int]) -> list[InvoicedSum]:
    """Give what was invoiced in some months by funder and rate code, credit notes deducted.

    Args:
        provider_id: Whose.
        periods: The months, YYYYMM.

    Returns:
        By month, funder and code. One query; equal amounts are counted, not added, by the
        database, so that the sums are exact.
    """
    names = ("invoice__period", "invoice__funder", "rate_code")
    rows = (
        InvoiceLine.objects.filter(provider_id=provider_id, invoice__period__in=set(periods))
        .order_by(*names)
        .values_list(*names, "invoice__funder_name", "amount")
        .annotate(times=Count("id"))
    )
    sums: dict[tuple[int, str, str], Decimal] = {}
    called: dict[str, str] = {}
    for period, funder, code, name, amount, times in rows:
        key = (period, funder, code)
        sums[key] = sums.get(key, _NOTHING) + amount * times
        called[funder] = name
    return [
        InvoicedSum(period, funder, called[funder], code, amount)
        for (period, funder, code), amount in sums.items()
    ]


@dataclass(frozen=True, slots=True)
class PaidHours:
    """What stands on bills of a referral, or of a component of a person, in a month.

    Attributes:
        hours: Hours on its lines; None: the lines are of a month or of days.
        amount: Euros.
    """

    period: int
    person_id: UUID
    referral_id: UUID | None
    funder: str
    component: str
    hours: Fraction | None
    amount: Decimal


def paid_hours(provider_id: UUID, periods: Iterable[int]) -> list[PaidHours]:
    """Give what was billed and not taken back in some months, by referral and component.

    Args:
        provider_id: Whose.
        periods: The months, YYYYMM.

    Returns:
        By month; a person is the entry that the line names. One query.
    """
    columns = (
        *("statement__period", "person_id", "referral_id", "funder", "component"),
        *("unit", "quantity", "amount"),
    )
    found: dict[tuple[int, UUID, UUID | None, str, str], PaidHours] = {}
    lines = lines_on_bills(provider_id, periods).filter(person__isnull=False)
    for *of, unit, quantity, amount in lines.order_by("statement__period", "id").values_list(
        *columns
    ):
        period, person, referral, funder, component = of
        key = (period, person, referral, funder, component)
        before = found.get(key) or PaidHours(*key, None, _NOTHING)
        hours = before.hours
        if unit == Unit.HOUR:
            hours = (hours or Fraction(0)) + Fraction(quantity)
        found[key] = PaidHours(*key, hours, before.amount + amount)
    return list(found.values())


def funder_sums(
    funder: str, periods: Iterable[int]
) -> dict[tuple[UUID, int], tuple[Decimal, Decimal]]:
    """Give what each provider invoiced a funder for some months, and what was paid of it.

    Args:
        funder: Registry code of the funder.
        periods: The months, YYYYMM.

    Returns:
        By provider and month: invoiced less credited, and paid less given back. Two queries.
    """
    wanted = set(periods)
    found: dict[tuple[UUID, int], tuple[Decimal, Decimal]] = {}
    nothing = (_NOTHING, _NOTHING)
    invoices = Invoice.objects.filter(funder=funder, period__in=wanted).order_by("id")
    for provider, period, amount in invoices.values_list("provider_id", "period", "amount"):
        issued, paid = found.get((provider, period), nothing)
        found[provider, period] = issued + amount, paid
    payments = Payment.objects.filter(invoice__funder=funder, invoice__period__in=wanted)
    columns = ("provider_id", "invoice__period", "amount")
    for provider, period, amount in payments.current().order_by("id").values_list(*columns):
        issued, paid = found.get((provider, period), nothing)
        found[provider, period] = issued, paid + amount
    return found
