"""What a person's month pays, as the chip and the ladder of steps that a page shows."""

from dataclasses import dataclass

from tugiplaan.audit.language import language
from tugiplaan.billing.verdict import MonthVerdict
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.facts import Line
from tugiplaan.rules.vocabulary import Severity
from tugiplaan.web.verdicts import Chip, Room, chip_of_month, rooms_of


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of the month with why this amount."""

    line: Line
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerdictTold:
    """A month's verdict as a page shows it.

    Attributes:
        findings: Class, icon and sentence of each.
        rooms: How far the month has come toward each of its limits.
    """

    chip: Chip
    lines: tuple[LineTold, ...]
    findings: tuple[tuple[str, str, str], ...]
    rooms: tuple[Room, ...] = ()


_LOOKS = {
    Severity.BLOCKS: ("stop", "circle-x"),
    Severity.WARNING: ("look", "triangle-alert"),
    Severity.INFO: ("", "info"),
}


def verdict_told(verdict: MonthVerdict) -> VerdictTold:
    """Tell what a month pays."""
    settled = verdict.settled
    if settled is None:
        return VerdictTold(chip_of_month(verdict), (), ())
    return VerdictTold(
        chip=chip_of_month(verdict),
        lines=tuple(
            LineTold(line, tuple(tell_step(step, language()) for step in line.explanation))
            for line in settled.lines
        ),
        rooms=rooms_of(verdict.left),
        findings=tuple(
            dict.fromkeys(
                (*_LOOKS[one.severity], one.message(language())) for one in settled.findings
            )
        ),
    )
