"""`tugiplaan month`: prepare, close and issue months in the database, for one provider or all."""

import os
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from tugiplaan.cli.database import connect, today
from tugiplaan.cli.providers import find
from tugiplaan.cli.reading import BAD_INPUT
from tugiplaan.cli.words import MonthType
from tugiplaan.rules.explanation import show_money
from tugiplaan.rules.period import Month

_MONTH = click.option("--month", type=MonthType(), required=True)
_PROVIDER = click.option("--provider", default="", help="Registry code or name; all without it.")
_STATES = {"open": "avatud", "closed": "suletud", "issued": "arveldatud"}
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def month() -> None:
    """Prepare, close, reopen, issue and correct months in the database."""


@month.command()
@_MONTH
@_PROVIDER
@click.option("--as-of", type=_DAY, help="Look from this day; default: the last of the month.")
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1)
def prepare(month: Month, provider: str, as_of: datetime | None, workers: int) -> None:
    """Settle a month and keep the result; goes on where it was broken off."""
    connect()
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.running import RunOrder, run

    order = RunOrder(month.period, find(provider), as_of.date() if as_of else month.last, workers)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task("Arvestan", total=len(order.provider_ids))
        run(
            order=order,
            by=operator(),
            on=today(),
            tell=lambda done, total: progress.update(task, completed=done, total=total),
        )
    _show(order.provider_ids, order.period)


def _show(provider_ids: Iterable[UUID], period: int) -> None:
    """Show where the month stands at each provider."""
    from tugiplaan.billing.queries import latest_statement
    from tugiplaan.providers.queries import book_states, provider_names

    names, states = provider_names(), book_states(period)
    table = Table(box=None, pad_edge=False)
    table.add_column("Teenuseosutaja")
    table.add_column("Seis")
    for title in ("Isikuid", "Ridu", "Takistusi", "Tasutakse", "Ei tasuta"):
        table.add_column(title, justify="right")
    for provider_id in provider_ids:
        found = latest_statement(provider_id, period)
        if found is None:
            continue
        table.add_row(
            names[provider_id][0],
            _STATES[states.get(provider_id, "open")],
            *map(str, (found.persons, found.lines_count, found.blocks_count)),
            show_money(found.amount, "et"),
            show_money(found.not_payable, "et"),
        )
    Console().print(table)


def _each(provider: str, do: Callable[[UUID], str]) -> None:
    """Do something for each provider; tell what came of it, the refusals too."""
    from tugiplaan.providers.queries import provider_names

    names = provider_names()
    refused = 0
    for provider_id in find(provider):
        try:
            told = do(provider_id)
        except _refusals() as error:
            refused += 1
            told = f"✗ {error}"
        if told:
            click.echo(f"{names[provider_id][0]}: {told}")
    if refused:
        sys.exit(BAD_INPUT)


def _refusals() -> tuple[type[Exception], ...]:
    from tugiplaan.billing.actions.closing import UnableToCloseError, UnableToReopenError
    from tugiplaan.billing.actions.correcting import UnableToCorrectError
    from tugiplaan.billing.actions.issuing import UnableToIssueError

    return (UnableToCloseError, UnableToReopenError, UnableToIssueError, UnableToCorrectError)


@month.command()
@_MONTH
@_PROVIDER
def close(month: Month, provider: str) -> None:
    """Close a prepared month; providers whose month is closed already are passed over."""
    connect()
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.closing import UnableToCloseError
    from tugiplaan.billing.actions.closing import close as close_month
    from tugiplaan.billing.queries import latest_statement
    from tugiplaan.providers.queries import book_states

    by, states = operator(), book_states(month.period)

    def do(provider_id: UUID) -> str:
        if states.get(provider_id, "open") != "open":
            return ""
        statement = latest_statement(provider_id, month.period)
        if statement is None:
            raise UnableToCloseError("Kuu on ette valmistamata. Tee seda enne: month prepare.")
        close_month(statement=statement, by=by, on=today())
        return f"suletud, {show_money(statement.amount, 'et')}"

    _each(provider, do)


@month.command()
@_MONTH
@_PROVIDER
@click.option("--why", required=True, help="The reason.")
def reopen(month: Month, provider: str, why: str) -> None:
    """Open a closed month again, as long as nothing of it was issued."""
    connect()
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.closing import reopen as reopen_month

    by = operator()

    def do(provider_id: UUID) -> str:
        reopen_month(provider_id=provider_id, period=month.period, why=why, by=by, on=today())
        return "avatud"

    _each(provider, do)


@month.command()
@_MONTH
@_PROVIDER
@click.option("--dated", type=_DAY, help="Date of the invoices; default: today.")
def issue(month: Month, provider: str, dated: datetime | None) -> None:
    """Make the invoices of closed months; months issued already are passed over."""
    connect()
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.issuing import issue as issue_month
    from tugiplaan.billing.queries import unbilled
    from tugiplaan.providers.queries import book_states

    by, states = operator(), book_states(month.period)
    day: date = dated.date() if dated else today()

    def do(provider_id: UUID) -> str:
        period = month.period
        if states.get(provider_id) == "issued" and not unbilled(provider_id, period).due:
            return ""
        invoices = issue_month(
            provider_id=provider_id, period=period, issued_on=day, by=by, on=today()
        )
        total = sum((one.amount for one in invoices), Decimal(0))
        return f"{len(invoices)} arvet, {show_money(total, 'et')}"

    _each(provider, do)


@month.command()
@_PROVIDER
@click.option("--bill", is_flag=True, help="Write credit notes and invoices of the difference.")
@click.option("--why", default="", help="The reason; needed with --bill.")
def corrections(provider: str, *, bill: bool, why: str) -> None:
    """List invoiced months that would come out different now."""
    connect()
    from tugiplaan.accounts.actions import operator
    from tugiplaan.billing.actions.correcting import correct_month
    from tugiplaan.billing.queries import corrections_waiting
    from tugiplaan.providers.books import month_text
    from tugiplaan.providers.queries import issued_periods

    by = operator()

    def do(provider_id: UUID) -> str:
        told = []
        for found in corrections_waiting(provider_id, issued_periods(provider_id)):
            told.append(f"{month_text(found.period)} {show_money(found.amount, 'et')}")
            if bill:
                correct_month(
                    provider_id=provider_id, period=found.period, why=why, by=by, on=today()
                )
        return ", ".join(told) or "parandada ei ole midagi"

    _each(provider, do)


@month.command()
@click.argument("referral")
@_MONTH
@_PROVIDER
@click.option("--language", type=click.Choice(["et", "en"]), default="et", show_default=True)
def explain(referral: str, month: Month, provider: str, language: str) -> None:
    """Tell why a referral's month came to what the latest statement says."""
    connect()
    from tugiplaan.billing.queries import latest_statement, told_of_referral
    from tugiplaan.cli.telling import tell_finding, tell_line

    console, is_told = Console(), False
    for provider_id in find(provider):
        statement = latest_statement(provider_id, month.period)
        if statement is None:
            continue
        told = told_of_referral(statement, referral)
        for line in told.lines:
            tell_line(console, line, language)
        for finding in told.findings:
            tell_finding(console, finding, language)
        is_told |= bool(told.lines or told.findings)
    if not is_told:
        click.echo(f"Suunamise {referral} kohta selle kuu arvestuses ridu ei ole.", err=True)
        sys.exit(BAD_INPUT)
