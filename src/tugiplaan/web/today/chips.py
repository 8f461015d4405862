"""The verdict chip: what becomes of a record, why, and what is left of each limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.billing.verdict import EntryVerdict, MonthVerdict, Outcome, Verdict
from tugiplaan.rules.explanation import finding_name
from tugiplaan.rules.facts import Finding
from tugiplaan.rules.settlement import Left, LimitKind, LimitUnit
from tugiplaan.web.telling import minutes, money, number

_TONES = {
    Outcome.PAID: ("good", "circle-check"),
    Outcome.STILL_NEEDED: ("look", "hourglass"),
    Outcome.PARTLY: ("look", "triangle-alert"),
    Outcome.NOT_PAID: ("stop", "circle-x"),
}


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
    used: int
    limit: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """The chip and what opens below it.

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


def chip_of(one: EntryVerdict) -> Chip:
    """Give the chip of one entry."""
    tone, icon = _TONES[one.outcome]
    return Chip(
        tone=tone,
        icon=icon,
        text=_text(one),
        rungs=_rungs(one.findings, one.amount),
        rooms=tuple(room_of(left) for left in one.left),
        record_id=one.entry_id,
    )


def chips_of(verdict: Verdict) -> list[Chip]:
    """Give the chips of all entries of a verdict."""
    return [chip_of(one) for one in verdict.entries]


def chip_of_all(verdict: Verdict) -> Chip:
    """Give one chip for a whole session: what it brings, and for how many something is amiss."""
    if verdict.refusal:
        return Chip("stop", "circle-x", verdict.refusal)
    unpaid = [one for one in verdict.entries if one.outcome is Outcome.NOT_PAID]
    short = [one for one in verdict.entries if one.outcome not in (Outcome.PAID, Outcome.NOT_PAID)]
    if unpaid and len(unpaid) == len(verdict.entries):
        return Chip("stop", "circle-x", _("Ei tasuta"))
    text = _paid(verdict.change)
    if unpaid:
        return Chip(
            "look", "triangle-alert", _("{text}, {n} ei tasuta").format(text=text, n=len(unpaid))
        )
    if short:
        return Chip(
            "look", "hourglass", _("{text}, {n} vaatab veel midagi").format(text=text, n=len(short))
        )
    return Chip("good", "circle-check", text)


def chip_of_month(verdict: MonthVerdict) -> Chip:
    """Give the chip of a person's month."""
    if verdict.refusal or verdict.settled is None:
        return Chip("look", "triangle-alert", verdict.refusal)
    rooms = tuple(room_of(left) for left in verdict.left)
    rungs = _rungs(verdict.settled.findings, verdict.amount)
    if verdict.needed:
        return Chip("look", "hourglass", _needed(verdict.needed), rungs, rooms)
    if verdict.settled.has_blocks:
        return Chip("stop", "circle-x", _("Osa ei tasuta"), rungs, rooms)
    return Chip("good", "circle-check", _paid(verdict.amount), rungs, rooms)


def _text(one: EntryVerdict) -> str:
    if one.outcome is Outcome.STILL_NEEDED:
        return _needed(one.needed)
    if one.outcome is Outcome.PAID:
        return _paid(one.amount)
    names = [finding_name(found.code, language()) for found in one.findings[:1]]
    if one.outcome is Outcome.PARTLY:
        return _("Tasutakse osaliselt, {amount}").format(amount=money(one.amount))
    return ": ".join([_("Ei tasuta"), *names])


def _paid(amount: Decimal) -> str:
    if amount > 0:
        return _("Tasutakse {amount}").format(amount=money(amount))
    return _("Tasutakse kuu hinna sees")


def _needed(lefts: Iterable[Left]) -> str:
    return _("Veel vaja: {what}").format(
        what=", ".join(_amount(one.unit, one.left) for one in lefts)
    )


def _rungs(findings: Iterable[Finding], amount: Decimal) -> tuple[Rung, ...]:
    told = [Rung(found.message(language()), found.law) for found in findings]
    last = _("Kuule lisandub {amount}.") if amount >= 0 else _("Kuust läheb maha {amount}.")
    return (*told, Rung(last.format(amount=money(abs(amount)))))


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


def room_of(left: Left) -> Room:
    """Tell one limit: what is left under it or missing to it."""
    missing = _("puudu {left} ({used} / {limit})")
    free = _("alles {left} ({used} / {limit})")
    sentence = missing if left.kind.is_needed and left.left else free
    if left.kind.is_needed and not left.left:
        sentence = _("täis ({used} / {limit})")
    told = {
        "left": _amount(left.unit, left.left),
        "used": _amount(left.unit, left.used),
        "limit": _amount(left.unit, left.limit),
    }
    is_over = not left.kind.is_needed and left.used > left.limit
    return Room(_kind(left.kind), sentence.format(**told), int(left.used), int(left.limit), is_over)


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
