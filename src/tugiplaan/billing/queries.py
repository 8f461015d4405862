"""Reading bills and statements: what stands, what is billed, what is held, what is to correct."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from tugiplaan.billing.facts import ProviderMonth, month_of, read_month
from tugiplaan.billing.frozen import Codes, Keys, thaw_finding, thaw_line
from tugiplaan.billing.models import (
    Closing,
    Invoice,
    InvoicedLine,
    Statement,
    StatementFinding,
    StatementLine,
)
from tugiplaan.billing.settling import Settled, settle_provider
from tugiplaan.people.queries import person_facts
from tugiplaan.plans.queries import summaries_done
from tugiplaan.providers.queries import place_codes
from tugiplaan.referrals.files import referral_ids
from tugiplaan.referrals.queries import ended_early
from tugiplaan.rules.facts import Finding, Line

_NOTHING = Decimal("0.00")


def latest_statement(provider_id: UUID, period: int) -> Statement | None:
    """Give the latest statement of a month; None: it was never prepared."""
    found = Statement.objects.filter(provider_id=provider_id, period=period)
    return found.order_by("-version").first()


def closed_statement(provider_id: UUID, period: int) -> Statement | None:
    """Give the statement that a month was last closed or corrected with; None: never closed."""
    closings = Closing.objects.filter(provider_id=provider_id, period=period)
    latest = closings.order_by("-id").select_related("statement").first()
    return latest.statement if latest else None


def lines_of(statement: Statement) -> QuerySet[StatementLine]:
    """Give the lines of a statement in their order."""
    return StatementLine.objects.filter(statement=statement).order_by("number")


@dataclass(frozen=True, slots=True)
class Told:
    """What a statement says of one referral, as the engine said it when it was made."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]


def told_of_referral(statement: Statement, referral: str) -> Told:
    """Give what a statement says of a referral, with every step of its amounts.

    Args:
        statement: The statement, however old.
        referral: Code of the referral.

    Returns:
        Its lines and findings; both empty where the statement has none of it.
    """
    provider_id = statement.provider_id
    persons = {person.person: key for key, person in person_facts(provider_id).items()}
    places = {code: key for key, code in place_codes(provider_id).items()}
    ids = referral_ids(provider_id)
    if referral not in ids:
        return Told((), ())
    codes, key = Codes(Keys(persons, ids, places)), ids[referral]
    lines = lines_of(statement).filter(referral_id=key)
    findings = StatementFinding.objects.filter(statement=statement, referral_id=key)
    return Told(
        tuple(thaw_line(row, codes) for row in lines),
        tuple(thaw_finding(row, codes) for row in findings.order_by("number")),
    )


def billed_lines(provider_id: UUID, period: int) -> QuerySet[StatementLine]:
    """Give the lines of a month that stand on invoices and were not taken back, by key."""
    return lines_on_bills(provider_id, [period])


def lines_on_bills(provider_id: UUID, periods: Iterable[int]) -> QuerySet[StatementLine]:
    """Give the lines of several months as `billed_lines` does, by key."""
    wanted = sorted(set(periods))
    here = InvoicedLine.objects.filter(
        provider_id=provider_id, invoice__period__in=wanted, line=OuterRef("pk")
    )
    found = StatementLine.objects.filter(
        Exists(here.filter(is_credit=False)),
        ~Exists(here.filter(is_credit=True)),
        statement__provider_id=provider_id,
        statement__period__in=wanted,
    )
    return found.order_by("key", "id")


@dataclass(frozen=True, slots=True)
class Unbilled:
    """Lines of a closed month that stand on no invoice.

    Attributes:
        due: Those that can be issued.
        held: Those of referrals that ended early without a summary assessment (SHS § 83(1)
            p 11¹): the last invoice waits for it.
    """

    due: tuple[StatementLine, ...]
    held: tuple[StatementLine, ...]


def unbilled(provider_id: UUID, period: int) -> Unbilled:
    """Give what of a closed month stands on no invoice yet.

    Args:
        provider_id: Whose month.
        period: The month, YYYYMM.

    Returns:
        Lines in their order. A month that was never closed has none.

    Law: SHS § 83(1) p 11¹; rule R-14.
    """
    statement = closed_statement(provider_id, period)
    if statement is None:
        return Unbilled((), ())
    billed = set(billed_lines(provider_id, period).values_list("key", flat=True))
    open_lines = [line for line in lines_of(statement) if line.key not in billed]
    waiting = held_referrals(provider_id, period)
    return Unbilled(
        tuple(line for line in open_lines if line.referral_id not in waiting),
        tuple(line for line in open_lines if line.referral_id in waiting),
    )


def held_referrals(provider_id: UUID, period: int) -> set[UUID]:
    """Give the referrals that ended early in a month and have no approved summary yet."""
    month = month_of(period)
    ended = set(ended_early(provider_id, month.first, month.last))
    return ended - summaries_done(ended)


def held_amount(provider_id: UUID, referral_id: UUID, ended_on: date) -> Decimal:
    """Give what of the last invoice of a referral waits for its summary assessment.

    Args:
        provider_id: Whose.
        referral_id: A referral that ended early.
        ended_on: Its last day.

    Returns:
        Euros, 0.00 where its month is not closed or nothing of it waits.

    Law: SHS § 83(1) p 11¹; rule R-14.
    """
    lines = unbilled(provider_id, ended_on.year * 100 + ended_on.month).held
    return sum((one.amount for one in lines if one.referral_id == referral_id), Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Difference:
    """How an invoiced month would come out now.

    Attributes:
        credited: Billed lines that are gone or came out different.
        added: Lines that are new or came out different.
        given: The facts now.
        settled: All that is due now.
    """

    provider_id: UUID
    period: int
    credited: tuple[StatementLine, ...]
    added: tuple[Line, ...]
    given: ProviderMonth
    settled: Settled

    @property
    def amount(self) -> Decimal:
        """What is due besides what was billed, euros; below 0: to be given back."""
        new = sum((line.amount for line in self.added), _NOTHING)
        return new - sum((line.amount for line in self.credited), _NOTHING)

    @property
    def is_nothing(self) -> bool:
        return not (self.credited or self.added)


def difference(provider_id: UUID, period: int) -> Difference:
    """Settle an invoiced month anew and compare it with what was billed.

    Args:
        provider_id: Whose month.
        period: The month, YYYYMM.

    Returns:
        The lines that differ. Lines held for a summary assessment are not yet billed and no
        difference.

    Law: rule R-23.
    """
    statement = closed_statement(provider_id, period)
    as_of = statement.as_of if statement else month_of(period).last
    given = read_month(provider_id, month_of(period), as_of)
    settled = settle_provider(given)
    billed = {_mark(line): line for line in billed_lines(provider_id, period)}
    waiting = held_referrals(provider_id, period)
    codes = {key: code for code, key in given.keys.referrals.items()}
    held = {codes[one] for one in waiting if one in codes}
    now = {_mark(line): line for line in settled.lines if line.referral not in held}
    places = given.keys.places
    same = {
        mark
        for mark, line in now.items()
        if mark in billed and billed[mark].place_id == places.get(line.place)
    }
    return Difference(
        provider_id=provider_id,
        period=period,
        credited=tuple(line for mark, line in billed.items() if mark not in same),
        added=tuple(line for mark, line in now.items() if mark not in same),
        given=given,
        settled=settled,
    )


def _mark(line: Line | StatementLine) -> tuple[str, ...]:
    """Give what makes two lines the same on a bill: all that a reader of it could see."""
    key = line.line if isinstance(line, Line) else line.key
    return (
        key,
        line.funder,
        line.rate_code,
        str(line.kind),
        str(line.quantity),
        str(line.rate),
        str(line.share),
        str(line.amount),
    )


def corrections_waiting(provider_id: UUID, periods: Iterable[int]) -> list[Difference]:
    """Give the invoiced months that would come out different now.

    Args:
        provider_id: Whose.
        periods: Invoiced months to look at, YYYYMM; see `issued_periods`.

    Returns:
        Those with a difference, the earliest first.
    """
    found = (difference(provider_id, period) for period in sorted(periods))
    return [one for one in found if not one.is_nothing]


def invoices_of(provider_id: UUID, period: int | None = None) -> QuerySet[Invoice]:
    """Give the invoices and credit notes of a provider, the latest first."""
    found = Invoice.objects.filter(provider_id=provider_id)
    if period is not None:
        found = found.filter(period=period)
    return found.order_by("-issued_on", "series", "-number")
