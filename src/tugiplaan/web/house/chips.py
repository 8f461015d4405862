"""The verdict of days away: what they would do to the months that they touch."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tugiplaan.billing.absence_verdict import AbsenceVerdict
from tugiplaan.web.telling import money, month
from tugiplaan.web.verdicts import Chip, Rung, rooms_of, rungs_of_findings, rungs_of_lines


def chip_of_absence(verdict: AbsenceVerdict) -> Chip:
    """Tell what days away would do to the months that they touch."""
    if verdict.refusal:
        return Chip("look", "triangle-alert", verdict.refusal)
    findings = [one for part in verdict.months for one in part.findings]
    told = [Rung(_in_month(part.month.first, part.before, part.after)) for part in verdict.months]
    rungs = (*rungs_of_lines(verdict.lines), *rungs_of_findings(findings), *told)
    tone = ("look", "triangle-alert") if findings else ("good", "circle-check")
    return Chip(*tone, _change(verdict.change), rungs, rooms_of(verdict.left))


def _change(change: Decimal) -> str:
    if change < 0:
        return _("Kuu väheneb {amount}").format(amount=money(-change))
    if change > 0:
        return _("Kuu suureneb {amount}").format(amount=money(change))
    return _("Kuu summa ei muutu")


def _in_month(first: date, before: Decimal, after: Decimal) -> str:
    return _("{month}: oli {before}, on {after}.").format(
        month=month(first), before=money(before), after=money(after)
    )
