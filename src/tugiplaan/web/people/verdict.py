"""What a person's month pays, as the chip and the ladder of steps that a page shows."""

from dataclasses import dataclass
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.audit.language import language
from tugiplaan.billing.verdict import MonthVerdict
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.facts import Line
from tugiplaan.rules.settlement import Left, LimitUnit
from tugiplaan.rules.vocabulary import Severity
from tugiplaan.web.telling import minutes, money, number
from tugiplaan.web.today.chips import Room, room_of


@dataclass(frozen=True, slots=True)
class Chip:
    """The verdict in one line.

    Attributes:
        look: Class of the chip: good, look or stop.
        picture: Its icon.
    """

    words: str
    look: str
    picture: str


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
        return VerdictTold(_chip(verdict), (), ())
    return VerdictTold(
        chip=_chip(verdict),
        lines=tuple(
            LineTold(line, tuple(tell_step(step, language()) for step in line.explanation))
            for line in settled.lines
        ),
        rooms=tuple(room_of(one) for one in verdict.left),
        findings=tuple(
            dict.fromkeys(
                (*_LOOKS[one.severity], one.message(language())) for one in settled.findings
            )
        ),
    )


def _chip(verdict: MonthVerdict) -> Chip:
    if verdict.refusal:
        return Chip(verdict.refusal, "look", "triangle-alert")
    settled = verdict.settled
    blocks = settled and any(one.severity is Severity.BLOCKS for one in settled.findings)
    if verdict.needed:
        words = ", ".join(
            f"{_amount(one)} ({one.subject})" if len(verdict.needed) > 1 else _amount(one)
            for one in verdict.needed
        )
        return Chip(_("Veel vaja: {amount}").format(amount=words), "look", "hourglass")
    paid = _("Tasutakse {amount}").format(amount=money(verdict.amount))
    if blocks:
        words = _("{paid}, osa ei tasuta").format(paid=paid) if verdict.amount else _("Ei tasuta")
        return Chip(words, "stop", "circle-x")
    return Chip(paid, "good", "circle-check")


def _amount(one: Left) -> str:
    if one.unit is LimitUnit.MINUTES:
        return minutes(int(one.left))
    if one.unit is LimitUnit.EUROS:
        return money(one.left)
    count = ceil(one.left)
    if one.unit is LimitUnit.MONTHS:
        return ngettext("{n} kuu", "{n} kuud", count).format(n=number(one.left))
    if one.unit is LimitUnit.DAYS:
        return ngettext("{n} päev", "{n} päeva", count).format(n=number(one.left))
    return ngettext("{n} ühik", "{n} ühikut", count).format(n=number(one.left))
