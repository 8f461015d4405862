"""Writing a settled month: lines, findings, totals and explanations, all or nothing."""

import csv
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from tugiplaan.month_folder.plain import (
    plain_ceiling,
    plain_decimal,
    plain_money,
    plain_quantity,
)
from tugiplaan.month_folder.step_json import StepTexts
from tugiplaan.month_folder.totals import Totals
from tugiplaan.rules.facts import Finding, Line, PersonMonth

LINES, FINDINGS, TOTALS = "lines.csv", "findings.csv", "totals.csv"
EXPLANATIONS = "explanations.json"

LINE_COLUMNS = (
    *("line", "funder", "referral", "person", "place", "rate_code", "component", "mode"),
    *("audience", "kind", "first_day", "last_day", "quantity", "unit", "of_days", "rate"),
    *("share", "own_price", "ceiling", "amount", "law"),
)
FINDING_COLUMNS = (
    *("finding", "code", "severity", "referral", "person", "line", "first_day", "last_day"),
    *("quantity", "unit", "amount_not_payable", "message_et", "message_en", "law"),
)
TOTAL_COLUMNS = ("funder", "rate_code", "persons", "quantity", "unit", "amount")

type WriteRow = Callable[[Iterable[str]], object]


class ResultWriter:
    """Writes results person by person; nothing of a person is kept but the sums.

    The files come to be in a folder of their own beside the target and are moved into it
    when the `with` block ends well. Where it does not, the target stays as it was.
    """

    def __init__(self, out: Path) -> None:
        """Choose where to write; nothing is touched before the `with` block.

        Args:
            out: The folder of the results; made where it is not there. Other files in it stay.
        """
        self._out = Path(out)
        self._working = self._out.parent / f".{self._out.name}-{secrets.token_hex(6)}"
        self._made: list[Path] = []
        self._open_files = ExitStack()
        self._totals = Totals()
        self._steps = StepTexts()
        self._findings = 0
        self._last_person = ""
        self._is_first_line = True

    def __enter__(self) -> Self:
        """Make the working folder.

        Raises:
            OSError: The target cannot be written to.
        """
        _refuse_unfit(self._out)
        parent = self._out.absolute().parent
        self._made = [folder for folder in (parent, *parent.parents) if not folder.exists()]
        try:
            self._working.mkdir(parents=True)
            self._write_line = self._table(LINES, LINE_COLUMNS)
            self._write_finding = self._table(FINDINGS, FINDING_COLUMNS)
            self._explanations = self._opened(EXPLANATIONS)
        except OSError:
            self._clean_up()
            raise
        self._explanations.write("{")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Move the results into place, or, after an error, leave no trace of them."""
        try:
            if kind is None:
                self._finish()
        except BaseException:
            self._clean_up()
            raise
        if kind is not None:
            self._clean_up()

    def add(self, person_month: PersonMonth) -> None:
        """Write what one person's month came to.

        Args:
            person_month: A month; persons come in the order of their codes, each once, those
                that concern no person at any time.

        Raises:
            ValueError: The person does not come after the one before.
        """
        person = person_month.person
        if person and person <= self._last_person:
            raise ValueError(f"persons must come in order: {person} after {self._last_person}")
        self._last_person = person or self._last_person
        for line in person_month.lines:
            self._write_line(_line_row(line))
            self._explain(line)
        for finding in person_month.findings:
            self._findings += 1
            self._write_finding(_finding_row(f"F{self._findings:06d}", finding))
        self._totals.add(person_month.lines)

    def _explain(self, line: Line) -> None:
        steps = ",\n".join(self._steps[step] for step in line.explanation)
        comma = "" if self._is_first_line else ","
        self._is_first_line = False
        key = json.dumps(line.line, ensure_ascii=False)
        self._explanations.write(f"{comma}\n{key}: [{steps}]")

    def _opened(self, name: str) -> TextIO:
        path = self._working / name
        return self._open_files.enter_context(path.open("w", encoding="utf-8", newline=""))

    def _table(self, name: str, columns: Iterable[str]) -> WriteRow:
        write: WriteRow = csv.writer(self._opened(name), lineterminator="\n").writerow
        write(columns)
        return write

    def _finish(self) -> None:
        self._explanations.write("\n}\n")
        write_total = self._table(TOTALS, TOTAL_COLUMNS)
        for row in self._totals.rows():
            write_total(row)
        self._open_files.close()
        _refuse_unfit(self._out)
        if not self._out.exists():
            os.replace(self._working, self._out)
            return
        for name in (LINES, FINDINGS, TOTALS, EXPLANATIONS):
            os.replace(self._working / name, self._out / name)
        self._working.rmdir()

    def _clean_up(self) -> None:
        self._open_files.close()
        shutil.rmtree(self._working, ignore_errors=True)
        for folder in self._made:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _refuse_unfit(out: Path) -> None:
    """Find out before anything is moved that it could not be."""
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(f"{out} is not a folder")
    for name in (LINES, FINDINGS, TOTALS, EXPLANATIONS):
        if (out / name).is_dir():
            raise IsADirectoryError(f"{out / name} is a folder")


def _line_row(line: Line) -> tuple[str, ...]:
    return (
        line.line,
        line.funder,
        line.referral,
        line.person,
        line.place,
        line.rate_code,
        line.component,
        line.mode,
        line.audience,
        line.kind,
        line.first_day.isoformat(),
        line.last_day.isoformat(),
        plain_quantity(line.quantity),
        line.unit,
        "" if line.of_days is None else str(line.of_days),
        plain_money(line.rate),
        plain_decimal(line.share),
        plain_money(line.own_price),
        plain_ceiling(line.ceiling),
        plain_money(line.amount),
        line.law,
    )


def _finding_row(key: str, finding: Finding) -> tuple[str, ...]:
    return (
        key,
        finding.code,
        finding.severity,
        finding.referral,
        finding.person,
        finding.line,
        finding.first_day.isoformat(),
        finding.last_day.isoformat(),
        plain_quantity(finding.quantity),
        finding.unit or "",
        plain_money(finding.amount_not_payable),
        finding.message("et"),
        finding.message("en"),
        finding.law,
    )
