"""Opening a folder and choosing the law for a command; bad input ends it with status 2."""

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from tugiplaan.cli.words import say
from tugiplaan.month_folder import BadInputError, MonthFolder, Problem, read_folder, read_rates
from tugiplaan.rules.packs import RatePack, lay_over
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import Law, builtin

BAD_INPUT = 2
_MOST_SHOWN = 200


def refuse(problems: Iterable[Problem], language: str) -> NoReturn:
    """Print every problem with file, line and column, and end with status 2."""
    shown = list(problems)
    for problem in shown[:_MOST_SHOWN]:
        click.echo(problem.sentence(language), err=True)
    if len(shown) > _MOST_SHOWN:
        click.echo(say("more", language, count=len(shown) - _MOST_SHOWN), err=True)
    click.echo(say("bad_input", language, count=len(shown)), err=True)
    sys.exit(BAD_INPUT)


def open_folder(
    folder: Path, month: Month, as_of: date | None, language: str, *, skip_bad: bool = False
) -> MonthFolder:
    """Read a folder, or end the command with all that is wrong with it."""
    try:
        found = read_folder(folder, month=month, as_of=as_of or month.last, skip_bad=skip_bad)
    except BadInputError as error:
        refuse(error.problems, language)
    for problem in found.problems:
        click.echo(problem.sentence(language), err=True)
    if found.left_out:
        click.echo(say("left_out", language, persons=", ".join(found.left_out)), err=True)
    return found


def law_for(spec: str, own: RatePack | None, language: str) -> Law:
    """Choose the law that `--rates` names.

    Args:
        spec: `builtin`, `builtin@DATE` or the path of a CSV file.
        own: The folder's own rates; they lie over the built-in table.
        language: Of messages.

    Returns:
        The law; a CSV named by the user lies over everything else.
    """
    known: date | None = None
    name, _, day = spec.partition("@")
    if name == "builtin":
        try:
            known = date.fromisoformat(day) if day else None
        except ValueError as error:
            message = f"{spec}: expected builtin@YYYY-MM-DD"
            raise click.BadParameter(message, param_hint="--rates") from error
    law = builtin(known)
    if own is not None:
        law = lay_over(law, own, known=known)
    if name == "builtin":
        return law
    path = Path(spec)
    if not path.is_file():
        message = f"{spec}: expected builtin, builtin@DATE or a CSV file that exists"
        raise click.BadParameter(message, param_hint="--rates")
    try:
        return lay_over(law, read_rates(path, path.name))
    except BadInputError as error:
        refuse(error.problems, language)
