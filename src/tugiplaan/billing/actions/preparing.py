"""Preparing a month: settle it and keep the result as a statement that can be looked through."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.queries import last_number
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.audit.rows import new_id
from tugiplaan.billing.bulk import store_rows
from tugiplaan.billing.facts import ProviderMonth, month_of, read_month
from tugiplaan.billing.frozen import FINDING_COLUMNS, LINE_COLUMNS, Freezer
from tugiplaan.billing.models import (
    Closing,
    Invoice,
    RunPart,
    Statement,
    StatementFinding,
    StatementLine,
)
from tugiplaan.billing.settling import Settled, settle_provider
from tugiplaan.month_folder.collection import no_cyclic_collection
from tugiplaan.providers.books import month_text


class UnableToPrepareError(RefusedError):
    """The month cannot be prepared."""


def prepare(
    *, provider_id: UUID, period: int, as_of: date | None = None, by: User, on: date
) -> Statement:
    """Settle a provider's month and keep the result; as often as wanted.

    Args:
        provider_id: Whose month.
        period: The month, YYYYMM.
        as_of: The day from which one looks; None: the last day of the month.
        by: Who prepares.
        on: Today.

    Returns:
        The new statement. Earlier ones of the month that nothing rests on are gone.

    Raises:
        NotAllowedError: `by` may not.
        UnableToPrepareError: The month has not begun.
    """
    settled = settle_anew(provider_id, period, as_of, by, on)
    with acting(by=by, name="billing.prepare", provider_id=provider_id) as act:
        return keep_draft(act, settled)


class Anew(NamedTuple):
    """A month settled anew and not kept yet.

    Attributes:
        after: Number of the provider's last event before the facts were read.
    """

    given: ProviderMonth
    settled: Settled
    after: int


def settle_anew(provider_id: UUID, period: int, as_of: date | None, by: User, on: date) -> Anew:
    """Settle a month without keeping anything: outside of any transaction, so that nobody waits.

    Args, Raises: as `prepare`.
    """
    require(by, "billing.prepare", provider_id, on)
    month = month_of(period)
    if month.first > on:
        raise UnableToPrepareError(
            _("Kuu {month} ei ole veel alanud. Vali möödunud kuu. Midagi ei muudetud.").format(
                month=month_text(period)
            )
        )
    after = last_number(provider_id)
    with no_cyclic_collection():
        given = read_month(provider_id, month, as_of or month.last)
        return Anew(given, settle_provider(given), after)


def keep_draft(act: Act, anew: Anew) -> Statement:
    """Keep a settled month within an act, in place of earlier drafts."""
    statement = keep_statement(act, anew.given, anew.settled, anew.after)
    drop_drafts(statement.provider_id, statement.period, statement)
    return statement


def keep_statement(act: Act, given: ProviderMonth, settled: Settled, after_event: int) -> Statement:
    """Keep a settled month within an act.

    Args:
        act: The act that made it.
        given: The facts.
        settled: What came of them.
        after_event: Number of the provider's last event before the facts were read.

    Returns:
        The stored statement, with all its lines and findings.
    """
    period = given.month.period
    earlier = Statement.objects.filter(provider_id=given.provider_id, period=period)
    latest = earlier.aggregate(latest=Max("version"))["latest"] or 0
    statement = Statement(
        id=new_id(),
        provider_id=given.provider_id,
        period=period,
        version=latest + 1,
        as_of=given.as_of,
        made_at=act.at,
        event_id=act.id,
        law=given.law_digest,
        after_event=after_event,
        digest=settled.digest,
        persons=settled.persons,
        lines_count=len(settled.lines),
        findings_count=len(settled.findings),
        blocks_count=settled.blocks,
        amount=settled.amount,
        not_payable=settled.not_payable,
    )
    statement.save(force_insert=True)
    freezer = Freezer(statement.pk, given.keys)
    store_rows(StatementLine, LINE_COLUMNS, map(freezer.line, settled.lines))
    store_rows(StatementFinding, FINDING_COLUMNS, map(freezer.finding, settled.findings))
    act.details |= {
        "period": period,
        "version": statement.version,
        "lines": statement.lines_count,
        "amount": str(statement.amount),
        "digest": statement.digest,
        "law": statement.law,
    }
    return statement


def drop_drafts(provider_id: UUID, period: int, kept: Statement) -> None:
    """Drop the statements of a month that nothing rests on, but for one."""
    drafts = Statement.objects.filter(provider_id=provider_id, period=period)
    drafts = drafts.exclude(pk=kept.pk)
    drafts = drafts.exclude(pk__in=Closing.objects.values("statement_id"))
    billed = Invoice.objects.filter(statement__isnull=False).values("statement_id")
    old = list(drafts.exclude(pk__in=billed).values_list("pk", flat=True))
    if not old:
        return
    RunPart.objects.filter(statement_id__in=old).update(statement=None)
    StatementLine.objects.filter(statement_id__in=old)._raw_delete("default")
    StatementFinding.objects.filter(statement_id__in=old)._raw_delete("default")
    Statement.objects.filter(pk__in=old)._raw_delete("default")
