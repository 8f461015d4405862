"""Billing persons' own contributions: a month's bills, a bill by hand, taking a bill back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day, show_euros
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.actions.issuing import take_numbers
from tugiplaan.billing.actions.payments import check_amount
from tugiplaan.billing.contribution import (
    Due,
    Dues,
    Left,
    NoCeilingError,
    billed_with_referral,
    ceiling_of,
    contributions_due,
)
from tugiplaan.billing.facts import month_of
from tugiplaan.billing.models import ContributionAgreement, ContributionBill
from tugiplaan.providers.books import hold_provider, month_text
from tugiplaan.referrals.corrections import (
    begin_or_follow,
    cancellation,
    check_correction,
    end_of,
)
from tugiplaan.rules.money import euro


class UnableToBillError(RefusedError):
    """The own contribution cannot be billed as asked."""


@dataclass(frozen=True, slots=True)
class Billing:
    """Which bills are made.

    Attributes:
        period: The month of service, YYYYMM.
        issued_on: Date of the bills.
        due_on: By when they are to be paid, as agreed; not before `issued_on`.
    """

    period: int
    issued_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Billed:
    """What came of billing a month.

    Attributes:
        bills: The new bills, by name.
        left: Agreements that were not billed, with the reason; people decide by what was agreed.
    """

    bills: tuple[ContributionBill, ...]
    left: tuple[Left, ...]


def bill_contributions(*, provider_id: UUID, billing: Billing, by: User, on: date) -> Billed:
    """Bill the own contributions of a month that has ended: one bill for each agreement.

    Agreements that are billed already stay as they are, so it may be done again after some
    that were left are settled. Numbers run without gaps in a series of their own.

    Args:
        provider_id: Whose month.
        billing: Which month, with which dates.
        by: Who bills.
        on: Today.

    Returns:
        The new bills, and what was left.

    Raises:
        NotAllowedError: `by` may not.
        UnableToBillError: The month has not ended, the dates cannot be, or there is nothing to
            bill.

    Law: SHS §§ 73(1)–(1¹), 74(8); rule R-17.
    """
    require(by, "billing.issue", provider_id, on)
    month = month_of(billing.period)
    if month.last >= on:
        raise UnableToBillError(
            _(
                "Kuu {month} ei ole veel läbi; enne saab arve koostada käsitsi. Midagi ei "
                "koostatud."
            ).format(month=month_text(billing.period))
        )
    _check_dates(billing)
    name = "billing.bill_contributions"
    with acting(by=by, name=name, provider_id=provider_id) as act:
        hold_provider(provider_id)
        # What stands on a bill stands there in Estonian, whoever makes it.
        with override("et"):
            found = contributions_due(provider_id, billing.period)
        _check_any(found, billing.period)
        bills = _bills(billing, found.due)
        _keep(act, bills)
        act.details["period"] = billing.period
    return Billed(tuple(bills), found.left)


def _check_any(found: Dues, period: int) -> None:
    if not found.due:
        raise UnableToBillError(
            _(
                "Kuus {month} ei ole arveid, mida koostada: {billed} on juba koostatud, {count} "
                "ootab otsust. Midagi ei koostatud."
            ).format(month=month_text(period), billed=found.billed, count=len(found.left))
        )


@dataclass(frozen=True, slots=True)
class ByHand:
    """A bill whose amount somebody decided by what was agreed.

    Attributes:
        amount: What the person pays, euros with at most two decimals, above 0.
        explanation: How it came about; stands on the bill; not empty.
    """

    billing: Billing
    amount: Decimal
    explanation: str


def bill_contribution_by_hand(
    *, agreement: ContributionAgreement, bill: ByHand, by: User, on: date
) -> ContributionBill:
    """Bill an own contribution with an amount that was decided by people: a part of a month.

    Args:
        agreement: Whose.
        bill: How much, for which month, and why so much.
        by: Who bills.
        on: Today.

    Returns:
        The bill. A month whose bill was cancelled gets a new one that follows it.

    Raises:
        NotAllowedError: `by` may not.
        UnableToBillError: The amount cannot be, is not explained or with the other bills of
            the month above the ceiling, the agreement is not in force in the month, or the
            month is billed.

    Law: SHS § 73(5)–(6); of part months and absences the law has no rule.
    """
    provider_id, billing = agreement.provider_id, bill.billing
    require(by, "billing.issue", provider_id, on)
    _check_dates(billing)
    check_amount(bill.amount, UnableToBillError)
    if bill.amount <= 0 or not bill.explanation.strip():
        raise UnableToBillError(
            _(
                "Kirjuta summa (üle nulli) ja selgitus, kuidas see kujunes: see läheb "
                "arvele. Midagi ei koostatud."
            )
        )
    name = "billing.bill_contribution_by_hand"
    with acting(by=by, name=name, provider_id=provider_id) as act:
        hold_provider(provider_id)
        _check_in_force(agreement, billing.period)
        row = _row(agreement, billing)
        row.amount, row.explanation = euro(bill.amount), bill.explanation.strip()
        _follow(row, bill.explanation)
        _check_ceiling(agreement, row)
        _number([row], billing.issued_on)
        _keep(act, [row])
    return row


def cancel_bill(
    *, bill: ContributionBill, why: str, issued_on: date, by: User, on: date
) -> ContributionBill:
    """Take a bill back by one of its own number; the month may then be billed by hand.

    Args:
        bill: The bill that holds. What was paid for it stays to be seen.
        why: The reason; not empty.
        issued_on: Date of the bill that takes it back.
        by: Who cancels.
        on: Today.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: `by` may not.
        UnableToBillError: No reason, or the bill no longer holds.
    """
    provider_id = bill.provider_id
    require(by, "billing.correct", provider_id, on)
    with acting(by=by, name="billing.cancel_bill", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_correction(bill, why, UnableToBillError)
        gone = cancellation(bill, why=why)
        gone.amount, gone.issued_on, gone.due_on = -bill.amount, issued_on, issued_on
        gone.state_gap = -bill.state_gap
        _number([gone], issued_on)
        _keep(act, [gone])
        act.details["cancels"] = str(bill)
    return gone


def _bills(billing: Billing, dues: tuple[Due, ...]) -> list[ContributionBill]:
    rows = []
    for due in dues:
        row = _row(due.agreement, billing)
        row.days, row.state_gap, row.amount = due.days, euro(due.state_gap), due.amount
        row.explanation = due.explanation
        rows.append(row)
    _number(rows, billing.issued_on)
    return rows


def _row(agreement: ContributionAgreement, billing: Billing) -> ContributionBill:
    return ContributionBill(
        provider_id=agreement.provider_id,
        agreement=agreement,
        period=billing.period,
        issued_on=billing.issued_on,
        due_on=billing.due_on,
        state_gap=euro(0),
    )


def _number(rows: list[ContributionBill], issued_on: date) -> None:
    """Give bills the next numbers of the year's series."""
    series = f"O-{issued_on.year}-"
    first = take_numbers(rows[0].provider_id, series, len(rows))
    for number, row in enumerate(rows, first):
        row.series, row.number = series, number


def _keep(act: Act, rows: list[ContributionBill]) -> None:
    act.store(rows)
    act.about(*(row.agreement.referral.person_id for row in rows))
    act.details["bills"] = [str(row) for row in rows]


def _check_dates(billing: Billing) -> None:
    if billing.due_on < billing.issued_on:
        raise UnableToBillError(
            _("Maksetähtaeg {day} on enne arve kuupäeva. Midagi ei koostatud.").format(
                day=show_day(billing.due_on)
            )
        )


def _check_in_force(agreement: ContributionAgreement, period: int) -> None:
    month = month_of(period)
    kept = ContributionAgreement.objects.get(pk=agreement.pk)
    if kept.valid_from > month.last or (kept.valid_to and kept.valid_to < month.first):
        raise UnableToBillError(
            _("Kokkulepe ei kehti kuus {month}. Midagi ei koostatud.").format(
                month=month_text(period)
            )
        )


def _follow(row: ContributionBill, why: str) -> None:
    """Let a bill begin its month, or follow the one that was cancelled."""
    theirs = ContributionBill.objects.filter(agreement=row.agreement, period=row.period)
    end = end_of(theirs)
    if end is not None and not end.is_cancellation:
        raise UnableToBillError(
            _(
                "Kuu {month} kohta on juba arve {end} ({amount}). Kui see on vale, "
                "tühista see enne. Midagi ei koostatud."
            ).format(month=month_text(row.period), end=end, amount=show_euros(end.amount))
        )
    begin_or_follow(row, end, why)


def _check_ceiling(agreement: ContributionAgreement, row: ContributionBill) -> None:
    if agreement.above_norm:
        return
    referral, month = agreement.referral, month_of(row.period)
    day = max(month.first, agreement.valid_from)
    try:
        ceiling = ceiling_of(row.provider_id, referral.person_id, referral.pk, day)
    except NoCeilingError as error:
        raise UnableToBillError(_("{wrong} Midagi ei koostatud.").format(wrong=error)) from error
    others = billed_with_referral(referral.pk, row.period)
    if others + row.amount > ceiling.amount:
        raise UnableToBillError(
            _(
                "Koos kuu teiste arvetega ({others}) oleks see üle ülempiiri "
                "{amount} (SHS § 73 lg 5). Midagi ei koostatud."
            ).format(others=show_euros(others), amount=show_euros(ceiling.amount))
        )
