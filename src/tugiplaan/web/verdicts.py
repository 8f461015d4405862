"""Verdicts for people: one line, why below it, and what is left under each limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.audit.language import language
from tugiplaan.billing.verdict import MonthVerdict
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.facts import Finding, Line
from tugiplaan.rules.settlement import Left, LimitKind, LimitUnit
from tugiplaan.web.telling import minutes, money, number


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of why: a sentence and where it stands in the law."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """How far a month has come toward one limit."""

    label: str
    text: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """The verdict in one line, and what opens below it.

    Attributes:
        tone: `good`, `look` or `stop`.
        record_id: The record that it is of; None: of a month or of many.
    """

    tone: str
    icon: str
    text: str
    rungs: tuple[Rung, ...] = ()
    rooms: tuple[Room, ...] = ()
    record_id: UUID | None = None


def chip_of_month(verdict: MonthVerdict) -> Chip:
    """Tell what a person's month pays as recorded so far."""
    settled = verdict.settled
    if verdict.refusal or settled is None:
        return Chip("look", "triangle-alert", verdict.refusal)
    rungs = (*rungs_of_lines(settled.lines), *rungs_of_findings(settled.findings))
    rooms = rooms_of(verdict.left)
    if verdict.needed:
        return Chip("look", "hourglass", needed(verdict.needed), rungs, rooms)
    paid = _("Tasutakse {amount}").format(amount=money(verdict.amount))
    if settled.has_blocks:
        text = _("{paid}, osa ei tasuta").format(paid=paid) if verdict.amount else _("Ei tasuta")
        return Chip("stop", "circle-x", text, rungs, rooms)
    return Chip("good", "circle-check", paid, rungs, rooms)


def rungs_of_lines(lines: Iterable[Line]) -> tuple[Rung, ...]:
    """Tell why lines have their amounts."""
    steps = (step for line in lines for step in line.explanation)
    return tuple(Rung(tell_step(step, language()), step.section) for step in steps)


def rungs_of_findings(found: Iterable[Finding]) -> tuple[Rung, ...]:
    """Tell why something is not paid, or may not be."""
    return tuple(Rung(one.message(language()), one.law) for one in found)


def needed(lefts: Iterable[Left]) -> str:
    """Say what a month still needs; where it is more than one thing, of what."""
    found = list(lefts)
    several = len(found) > 1
    told = (f"{left_of(one)} ({one.subject})" if several else left_of(one) for one in found)
    return _("Veel vaja: {what}").format(what=", ".join(told))


def left_of(left: Left) -> str:
    """Say how much is left under a limit, or missing to it."""
    return _amount(left.unit, left.left)


def rooms_of(lefts: Iterable[Left]) -> tuple[Room, ...]:
    """Tell limits: what is left under each or missing to it."""
    return tuple(_room(left) for left in lefts)


def _room(left: Left) -> Room:
    sentence = _("alles {left} ({used} / {limit})")
    if left.kind.is_needed:
        sentence = (
            _("puudu {left} ({used} / {limit})") if left.left else _("täis ({used} / {limit})")
        )
    amounts = {"left": left.left, "used": left.used, "limit": left.limit}
    told = {name: _amount(left.unit, value) for name, value in amounts.items()}
    is_over = not left.kind.is_needed and left.used > left.limit
    return Room(_kind(left.kind), sentence.format(**told), is_over)


def _amount(unit: LimitUnit, value: Any) -> str:
    if unit is LimitUnit.MINUTES:
        return minutes(round(value))
    if unit is LimitUnit.EUROS:
        return money(value)
    count = ceil(value)
    words = {
        LimitUnit.UNITS: ngettext("{n} ühik", "{n} ühikut", count),
        LimitUnit.DAYS: ngettext("{n} päev", "{n} päeva", count),
        LimitUnit.MONTHS: ngettext("{n} kuu", "{n} kuud", count),
    }
    return words[unit].format(n=number(value))


def _kind(kind: LimitKind) -> str:
    return {
        LimitKind.MINIMUM_VOLUME: _("Kuu miinimum"),
        LimitKind.PLANNED_VOLUME: _("Kuu kavandatud maht"),
        LimitKind.MONTH_CAP: _("Kuu ülempiir"),
        LimitKind.MINIMUM_UNITS: _("Kuu vähim päevade arv"),
        LimitKind.MONTH_CEILING: _("Komponendi lagi kuus"),
        LimitKind.YEAR_CEILING: _("Komponendi lagi aastas"),
        LimitKind.ABSENT_DAYS: _("Äraoleku päevi aastas"),
        LimitKind.HOSPITAL_DAYS: _("Haiglapäevi aastas"),
        LimitKind.NON_USE_MONTHS: _("Kasutamata kuid aastas"),
        LimitKind.HOSPITAL_MONTHS: _("Haiglakuid aastas"),
    }[kind]
