"""Keeping what the authority decided to pay of a person's own contribution."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_euros
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.actions.payments import check_amount
from tugiplaan.billing.contribution import billed_periods, months_text
from tugiplaan.billing.models import ContributionAgreement, GapDecision
from tugiplaan.providers.books import hold_provider, month_text
from tugiplaan.referrals.corrections import (
    begin_or_follow,
    cancellation,
    check_correction,
    end_of,
    successor,
)
from tugiplaan.rules.money import euro


class UnableToRecordGapError(RefusedError):
    """The authority's decision cannot be recorded as given."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What the authority decided.

    Attributes:
        period: The first month from which it holds, YYYYMM.
        amount: Euros a month with at most two decimals, >= 0; 0: nothing from then on.
        reference: Number or date of the decision; not empty.
    """

    period: int
    amount: Decimal
    reference: str


def record_gap(
    *, agreement: ContributionAgreement, gap: Gap, why: str = "", by: User, on: date
) -> GapDecision:
    """Record what of a person's own contribution the authority pays from a month on.

    Args:
        agreement: Whose.
        gap: What was decided; a second one for the same month takes the place of the first.
        why: The reason; needed for a second one, and where a month from it on is billed: that
            bill stays as it is until somebody cancels it.
        by: Who records it.
        on: Today.

    Returns:
        The row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordGapError: The amount cannot be, the decision is not named, or the reason
            is wanting.

    Law: SHS § 74(1), (6)–(9).
    """
    provider_id = agreement.provider_id
    require(by, "billing.prepare", provider_id, on)
    check_amount(gap.amount, UnableToRecordGapError)
    if gap.amount < 0 or not gap.reference.strip():
        raise UnableToRecordGapError(
            _(
                "Kirjuta SKA otsus (number või kuupäev) ja summa, mis ei ole alla nulli. "
                "Midagi ei salvestatud."
            )
        )
    with acting(by=by, name="billing.record_gap", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        row = _gap_row(agreement, gap, why)
        _check_billed(agreement, gap.period, why)
        act.store([row])
        act.about(agreement.referral.person_id)
    return row


def cancel_gap(*, row: GapDecision, why: str, by: User, on: date) -> GapDecision:
    """Say that a decision was not made; the one before it counts again.

    Args:
        row: The row that holds.
        why: The reason; not empty.
        by: Who cancels it.
        on: Today.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordGapError: No reason, or the row no longer holds.
    """
    require(by, "billing.prepare", row.provider_id, on)
    with acting(by=by, name="billing.cancel_gap", provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToRecordGapError)
        gone = cancellation(row, why=why)
        act.store([gone])
        act.about(row.agreement.referral.person_id)
    return gone


def _gap_row(agreement: ContributionAgreement, gap: Gap, why: str) -> GapDecision:
    columns: dict[str, Any] = {"amount": euro(gap.amount), "reference": gap.reference.strip()}
    rows = GapDecision.objects.filter(agreement=agreement, period=gap.period)
    end = end_of(rows)
    if end is None or end.is_cancellation:
        row = GapDecision(
            provider_id=agreement.provider_id, agreement=agreement, period=gap.period, **columns
        )
        return begin_or_follow(row, end, why)
    if not why.strip():
        raise UnableToRecordGapError(
            _(
                "Kuust {month} on juba otsus {reference} ({amount}). Kirjuta põhjus, "
                "kui see asendab eelmise. Midagi ei salvestatud."
            ).format(
                month=month_text(gap.period), reference=end.reference, amount=show_euros(end.amount)
            )
        )
    return successor(end, why=why, **columns)


def _check_billed(agreement: ContributionAgreement, period: int, why: str) -> None:
    billed = [one for one in billed_periods(agreement.pk) if one >= period]
    if billed and not why.strip():
        raise UnableToRecordGapError(
            _(
                "Kuu {months} on juba arvel ja see arve ise ei muutu. Kirjuta põhjus; kui "
                "arve on vale, tühista see ja koosta uus. Midagi ei salvestatud."
            ).format(months=months_text(billed))
        )
