"""The verdicts of records while they are written: what becomes of each, and why."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.billing.verdict import EntryVerdict, Outcome, Verdict
from tugiplaan.rules.explanation import finding_name
from tugiplaan.rules.facts import Finding
from tugiplaan.web.telling import money
from tugiplaan.web.verdicts import Chip, Rung, needed, rooms_of, rungs_of_findings

_TONES = {
    Outcome.PAID: ("good", "circle-check"),
    Outcome.STILL_NEEDED: ("look", "hourglass"),
    Outcome.PARTLY: ("look", "triangle-alert"),
    Outcome.NOT_PAID: ("stop", "circle-x"),
}


def chip_of(one: EntryVerdict) -> Chip:
    """Give the chip of one entry."""
    tone, icon = _TONES[one.outcome]
    return Chip(
        tone=tone,
        icon=icon,
        text=_text(one),
        rungs=_rungs(one.findings, one.amount),
        rooms=rooms_of(one.left),
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


def _text(one: EntryVerdict) -> str:
    if one.outcome is Outcome.STILL_NEEDED:
        return needed(one.needed)
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


def _rungs(findings: Iterable[Finding], amount: Decimal) -> tuple[Rung, ...]:
    last = _("Kuule lisandub {amount}.") if amount >= 0 else _("Kuust läheb maha {amount}.")
    return (*rungs_of_findings(findings), Rung(last.format(amount=money(abs(amount)))))
