"""Recording that a month in hospital was confirmed, and correcting that."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.books import month_text, period_of
from tugiplaan.referrals import cautions
from tugiplaan.referrals.actions.holding import Change, holding
from tugiplaan.referrals.cautions import Recorded
from tugiplaan.referrals.corrections import (
    begin_or_follow,
    cancellation,
    check_correction,
    end_of,
    successor,
)
from tugiplaan.referrals.models import Confirmation, Referral
from tugiplaan.rules.period import Month


class UnableToConfirmError(RefusedError):
    """The confirmation cannot be as given."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmation of in-patient care.

    Attributes:
        month: The month of the hospital stay.
        received_on: When the provider got it.
        document_id: The scanned paper, if kept here.
    """

    month: Month
    received_on: date
    document_id: UUID | None = None


def record_confirmation(
    *, referral: Referral, confirmed: Confirmed, by: User, on: date, why: str = ""
) -> Recorded[Confirmation]:
    """Record that the confirmation of a month in hospital came.

    Args:
        referral: Under which referral.
        confirmed: The month and when it came.
        by: Who records it.
        on: Today.
        why: The reason; needed where the month was invoiced.

    Returns:
        The row, and so said where nobody was in hospital in that month.

    Raises:
        NotAllowedError: `by` may not.
        UnableToConfirmError: The month is confirmed already, or it came in the future or before
            the month began.
        MonthClosedError: The month is closed.
        WhyNeededError: The month was invoiced and no reason is given.

    Law: SHS § 80(4)–(6).
    """
    month = confirmed.month
    row = Confirmation(
        provider_id=referral.provider_id,
        referral=referral,
        period=period_of(month.first),
        received_on=confirmed.received_on,
        document_id=confirmed.document_id,
    )
    change = Change("record_confirmation", by, on, why)
    with holding(referral, change, month.first, month.last) as act:
        _check(row, on)
        end = end_of(Confirmation.objects.filter(referral=referral, period=row.period))
        if end is not None and not end.is_cancellation:
            raise UnableToConfirmError(
                _(
                    "Kuu {month} kinnitus on juba kirjas (saadud {day}). Midagi ei salvestatud."
                ).format(month=month_text(row.period), day=show_day(end.received_on))
            )
        act.store([begin_or_follow(row, end, why)])
        return Recorded(row, tuple(cautions.of_confirmation(referral, month)))


def correct_confirmation(
    *, row: Confirmation, confirmed: Confirmed, by: User, on: date, why: str
) -> Recorded[Confirmation]:
    """Put another day or paper in the place of a confirmation that holds.

    Args:
        row: The row that holds.
        confirmed: How it should read; of the same month.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: As `record_confirmation`.
        UnableToConfirmError: As `record_confirmation`; or no reason, the row no longer holds, or
            the month differs.
        MonthClosedError: As `record_confirmation`.
    """
    month = Month(*divmod(row.period, 100))
    change = Change("correct_confirmation", by, on, why)
    with holding(row.referral, change, month.first, month.last) as act:
        check_correction(row, why, UnableToConfirmError)
        if confirmed.month != month:
            raise UnableToConfirmError(
                _(
                    "Kinnitus on ühe kuu kohta. Kui kuu on vale, tühista see ja pane kirja "
                    "õige kuu kinnitus. Midagi ei muudetud."
                )
            )
        fixed = successor(
            row, why=why, received_on=confirmed.received_on, document_id=confirmed.document_id
        )
        _check(fixed, on)
        act.store([fixed])
        return Recorded(fixed, tuple(cautions.of_confirmation(row.referral, month)))


def cancel_confirmation(*, row: Confirmation, by: User, on: date, why: str) -> Confirmation:
    """Say that a confirmation does not hold.

    Args:
        row: The row that holds.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: As `record_confirmation`.
        UnableToConfirmError: No reason, or the row no longer holds.
        MonthClosedError: As `record_confirmation`.
    """
    month = Month(*divmod(row.period, 100))
    change = Change("cancel_confirmation", by, on, why)
    with holding(row.referral, change, month.first, month.last) as act:
        check_correction(row, why, UnableToConfirmError)
        gone = cancellation(row, why=why)
        act.store([gone])
    return gone


def _check(row: Confirmation, on: date) -> None:
    month = Month(*divmod(row.period, 100))
    if not month.first <= row.received_on <= on:
        raise UnableToConfirmError(
            _(
                "Kinnituse saamise päev {day} ei saa olla tulevikus ega enne kuud {month}. "
                "Midagi ei salvestatud."
            ).format(day=show_day(row.received_on), month=month_text(row.period))
        )
