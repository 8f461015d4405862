"""The verdict of days away and of a person's month: a chip, and why below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.billing.absence_verdict import AbsenceVerdict
from tugiplaan.billing.verdict import MonthVerdict
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.facts import Finding, Line
from tugiplaan.rules.settlement import Left, LimitKind, LimitUnit
from tugiplaan.web.telling import minutes, money, month, number


@dataclass(frozen=True, slots=True)
class Chip:
    """The verdict in one line, and what opens below it.

    Attributes:
        tone: `good`, `look` or `stop`.
        steps: Sentences of why, each with its section of the law or none.
        rooms: What is left under each limit: its name and a sentence.
    """

    tone: str
    icon: str
    text: str
    steps: tuple[tuple[str, str], ...] = ()
    rooms: tuple[tuple[str, str], ...] = ()


def chip_of_absence(verdict: AbsenceVerdict) -> Chip:
    """Tell what days away would do to the months that they touch."""
    if verdict.refusal:
        return Chip("look", "triangle-alert", verdict.refusal)
    findings = [one for part in verdict.months for one in part.findings]
    told = [(_in_month(part.month.first, part.before, part.after), "") for part in verdict.months]
    steps = (*_steps(verdict.lines), *_findings(findings), *told)
    rooms = _rooms(verdict.left)
    if findings:
        return Chip("look", "triangle-alert", _change(verdict.change), steps, rooms)
    return Chip("good", "circle-check", _change(verdict.change), steps, rooms)


def chip_of_month(verdict: MonthVerdict) -> Chip:
    """Tell what a person's month pays as recorded so far."""
    settled = verdict.settled
    if verdict.refusal or settled is None:
        return Chip("look", "triangle-alert", verdict.refusal)
    steps = (*_steps(settled.lines), *_findings(settled.findings))
    rooms = _rooms(verdict.left)
    if verdict.needed:
        needed = ", ".join(_amount(one.unit, one.left) for one in verdict.needed)
        text = _("Veel vaja: {what}").format(what=needed)
        return Chip("look", "hourglass", text, steps, rooms)
    paid = _("Tasutakse {amount}").format(amount=money(verdict.amount))
    if settled.has_blocks:
        text = _("{paid}, osa ei tasuta").format(paid=paid) if verdict.amount else _("Ei tasuta")
        return Chip("stop", "circle-x", text, steps, rooms)
    return Chip("good", "circle-check", paid, steps, rooms)


def _change(change: Decimal) -> str:
    if change < 0:
        return _("Kuu väheneb {amount}").format(amount=money(-change))
    if change > 0:
        return _("Kuu suureneb {amount}").format(amount=money(change))
    return _("Kuu summa ei muutu")


def _in_month(first: Any, before: Decimal, after: Decimal) -> str:
    return _("{month}: oli {before}, on {after}.").format(
        month=month(first), before=money(before), after=money(after)
    )


def _steps(lines: Iterable[Line]) -> list[tuple[str, str]]:
    return [
        (tell_step(step, language()), step.section) for line in lines for step in line.explanation
    ]


def _findings(found: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(one.message(language()), one.law) for one in found]


def _rooms(lefts: Iterable[Left]) -> tuple[tuple[str, str], ...]:
    return tuple((_kind(one.kind), _room(one)) for one in lefts)


def _room(left: Left) -> str:
    sentence = _("alles {left} ({used} / {limit})")
    if left.kind.is_needed:
        sentence = (
            _("puudu {left} ({used} / {limit})") if left.left else _("täis ({used} / {limit})")
        )
    return sentence.format(
        left=_amount(left.unit, left.left),
        used=_amount(left.unit, left.used),
        limit=_amount(left.unit, left.limit),
    )


def _amount(unit: LimitUnit, value: Any) -> str:
    if unit is LimitUnit.MINUTES:
        return minutes(round(value))
    if unit is LimitUnit.EUROS:
        return money(value)
    words = {
        LimitUnit.UNITS: _("{n} ühikut"),
        LimitUnit.DAYS: _("{n} päeva"),
        LimitUnit.MONTHS: _("{n} kuud"),
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
