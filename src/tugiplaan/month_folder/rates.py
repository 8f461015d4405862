"""A file of the user's own sourced rates."""

from dataclasses import replace
from pathlib import Path

from tugiplaan.month_folder.problems import BadInputError, Phrase, Problem
from tugiplaan.month_folder.report import Report
from tugiplaan.month_folder.rows import Rows
from tugiplaan.month_folder.schema import RATES
from tugiplaan.month_folder.sheet import open_sheet
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.packs import RatePack


def read_rates(path: Path, name: str = "") -> RatePack:
    """Read the user's rates from a file.

    Args:
        path: A file with the columns of rates.csv.
        name: What the rates are called in explanations; empty: the file's name.

    Returns:
        The rates, each with its source and the certainty `user`.

    Raises:
        BadInputError: Something is wrong with the file, or it is not there.
    """
    report = Report()
    name = name or path.name
    if path.exists():
        pack = load_rates(path, name, report)
    else:
        wanted = Phrase(
            "olemasolevat määrade faili", "a file of rates that exists", "существующий файл ставок"
        )
        report.add(Problem(str(path), 0, "", "", wanted))
    if report.problems:
        raise BadInputError(report.in_order())
    return pack


def load_rates(path: Path, name: str, report: Report) -> RatePack:
    """Read the user's rates from a file that exists, reporting what is wrong."""
    sheet = open_sheet(path, replace(RATES, file=path.name), report)
    values = [
        DatedValue(
            name=code,
            value=amount,
            unit=unit,
            valid_from=valid_from,
            valid_to=valid_to,
            known_from=known_from,
            source=source,
            certainty=Certainty.USER,
            cap=cap,
        )
        for code, valid_from, valid_to, known_from, unit, amount, cap, source in (
            Rows(sheet, {}, report) if sheet else ()
        )
    ]
    return RatePack(name, tuple(values))
