"""`tugiplaan settle`: a month folder in, lines, findings, totals and explanations out."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from tugiplaan.cli.reading import BAD_INPUT, law_for, open_folder
from tugiplaan.cli.summary import Summary
from tugiplaan.cli.telling import tell_month
from tugiplaan.cli.words import MonthType, language_option, say
from tugiplaan.month_folder import MonthFolder, ResultWriter
from tugiplaan.rules.facts import Facts, PersonMonth
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle_month
from tugiplaan.rules.tables import Law


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--month", type=MonthType(), required=True, help="The month to settle.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the results.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Look from this day; default: month's last."
)
@click.option(
    "--rates", default="builtin", show_default=True, help="builtin, builtin@DATE or a CSV file."
)
@click.option("--skip-bad", is_flag=True, help="Leave out persons with bad rows, and list them.")
@click.option("--explain", metavar="REFERRAL", help="Tell one person's month.")
@language_option
def settle(
    folder: Path,
    month: Month,
    out: Path | None,
    as_of: datetime | None,
    rates: str,
    skip_bad: bool,
    explain: str | None,
    language: str,
) -> None:
    """Settle the month of FOLDER.

    Exit status: 0 settled; 1 settled, but some findings hold money back; 2 bad input, nothing
    written.
    """
    day = as_of.date() if as_of else None
    found = open_folder(folder, month, day, language, skip_bad=skip_bad)
    law = law_for(rates, found.rates, language)
    explained = _facts_of(found.facts, explain, language) if explain else None
    summary = settle_folder(found, law, out, (explain, explained), language)
    console = Console()
    if explain is None:
        summary.print(console, found.contract.provider.name, month, language)
    if out is not None:
        console.print(say("written", language, out=out), style="dim", markup=False)
    sys.exit(int(summary.has_blocks))


def _facts_of(persons: Sequence[Facts], referral: str, language: str) -> Facts:
    for facts in persons:
        if any(row.referral == referral for row in facts.referrals):
            return facts
    click.echo(say("no_referral", language, referral=referral), err=True)
    sys.exit(BAD_INPUT)


def settle_folder(
    found: MonthFolder,
    law: Law,
    out: Path | None,
    explain: tuple[str | None, Facts | None],
    language: str,
) -> Summary:
    """Settle a folder that was read, write the results and count them.

    Args:
        found: The folder.
        law: The dated law.
        out: Where to write; None: nowhere.
        explain: A referral to tell about on the terminal, and its person's facts.
        language: `et` or `en`.
    """
    summary = Summary()
    with ResultWriter(out) if out else nullcontext() as writer:
        for settled in _with_progress(found, law, language):
            summary.add(settled)
            if writer is not None:
                writer.add(settled)
            referral, facts = explain
            if referral and facts and facts.person.person == settled.person:
                told = next(row for row in facts.referrals if row.referral == referral)
                tell_month(Console(), facts.person, told, settled, language)
    return summary


def _with_progress(found: MonthFolder, law: Law, language: str) -> Iterator[PersonMonth]:
    months: Iterable[PersonMonth] = settle_month(found.facts, found.house, law, found.contract)
    console = Console(stderr=True)
    total = len(found.facts) + 1
    if console.is_terminal and total > 200:
        months = track(months, say("settling", language), total, console=console, transient=True)
    yield from months
