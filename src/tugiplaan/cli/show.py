"""`tugiplaan show`: a sample month made, settled and shown, for a first look."""

import shutil
from pathlib import Path

import click
from rich.console import Console

from tugiplaan.cli.reading import law_for, open_folder
from tugiplaan.cli.settle import settle_folder
from tugiplaan.cli.telling import tell_month
from tugiplaan.cli.words import language_option, say
from tugiplaan.month_folder import MonthFolder
from tugiplaan.rules.facts import Facts, Referral
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle as settle_person
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Kind
from tugiplaan.sample import generate

_FOLDER = Path("sample-2026-05")
_MONTH = Month(2026, 5)
_PERSONS, _SEED = 42, 7


@click.command()
@language_option
def show(language: str) -> None:
    """Make the sample month, settle it into its `out` folder and show the result."""
    if not _FOLDER.exists():
        partial = _FOLDER.with_name(_FOLDER.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        generate(persons=_PERSONS, seed=_SEED, month=(_MONTH.year, _MONTH.month), out=partial)
        partial.rename(_FOLDER)
    found = open_folder(_FOLDER, _MONTH, None, language)
    law = law_for("builtin", found.rates, language)
    out = _FOLDER / "out"
    summary = settle_folder(found, law, out, (None, None), language)
    console = Console()
    summary.print(console, found.contract.provider.name, _MONTH, language)
    shown = with_absence(found, law)
    if shown is not None:
        facts, referral = shown
        settled = settle_person(facts, law, found.contract)
        tell_month(console, facts.person, referral, settled, language)
        text = say("next", language, folder=_FOLDER, month=_MONTH, referral=referral.referral)
        console.print(text, style="dim", markup=False)
    console.print(say("written", language, out=out), style="dim", markup=False)


def with_absence(found: MonthFolder, law: Law) -> tuple[Facts, Referral] | None:
    """Find somebody who was away: a month that shows more than one price and share."""
    for facts in found.facts:
        for line in settle_person(facts, law, found.contract).lines:
            if line.kind is Kind.ABSENCE:
                return facts, next(row for row in facts.referrals if row.referral == line.referral)
    return None
