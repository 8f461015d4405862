"""Recording full days away, and correcting them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.refusal import RefusedError
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
from tugiplaan.referrals.models import Absence, Referral
from tugiplaan.rules.vocabulary import AbsenceKind


class UnableToRecordAbsenceError(RefusedError):
    """The absence cannot be as given."""


@dataclass(frozen=True, slots=True)
class Away:
    """Full days away; the days of leaving and coming back are not among them.

    Attributes:
        last_day: Included.
        code: The provider's own; empty: one is made.
        learned_on: When the provider learned of it.
    """

    first_day: date
    last_day: date
    kind: AbsenceKind
    learned_on: date | None = None
    code: str = ""


def record_absence(
    *, referral: Referral, away: Away, by: User, on: date, why: str = ""
) -> Recorded[Absence]:
    """Record that the person is away for full days: at home, in hospital, in treatment.

    Args:
        referral: Under which referral.
        away: The days and the kind; may be recorded ahead.
        by: Who records it.
        on: Today.
        why: The reason; needed where months from the first day on were invoiced, because an
            absence counts in the limits of the year after it.

    Returns:
        The row, and what is unusual about it: outside the stay, over another absence.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordAbsenceError: It ends before it begins, was learned of in the future, or
            its code is there already.
        MonthClosedError: A month that it concerns is closed.
        WhyNeededError: Such a month was invoiced and no reason is given.

    Law: SHS §§ 79(3)–(4), 80(3).
    """
    row = Absence(
        provider_id=referral.provider_id,
        referral=referral,
        first_day=away.first_day,
        last_day=away.last_day,
        kind=away.kind,
        learned_on=away.learned_on,
    )
    row.code = away.code.strip() or f"E-{row.pk.hex[-10:]}"
    with holding(referral, Change("record_absence", by, on, why), away.first_day) as act:
        _check(row, on)
        end = end_of(Absence.objects.filter(provider_id=row.provider_id, code=row.code))
        if end is not None and not (end.is_cancellation and end.referral_id == referral.pk):
            raise UnableToRecordAbsenceError(
                _(
                    "Eemalolek koodiga {code} on juba kirjas: paranda seda või vali teine "
                    "kood. Midagi ei salvestatud."
                ).format(code=row.code)
            )
        act.store([begin_or_follow(row, end, why)])
        return Recorded(row, tuple(cautions.of_absence(referral, row.code)))


def correct_absence(*, row: Absence, away: Away, by: User, on: date, why: str) -> Recorded[Absence]:
    """Put other days or another kind in the place of an absence that holds.

    Args:
        row: The row that holds.
        away: How it should read; its code stays.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The new row, and what is unusual about it.

    Raises:
        NotAllowedError: As `record_absence`.
        UnableToRecordAbsenceError: As `record_absence`; or no reason, or the row no longer holds.
        MonthClosedError: As `record_absence`.
    """
    first_day = min(row.first_day, away.first_day)
    with holding(row.referral, Change("correct_absence", by, on, why), first_day) as act:
        check_correction(row, why, UnableToRecordAbsenceError)
        fixed = successor(
            row,
            why=why,
            first_day=away.first_day,
            last_day=away.last_day,
            kind=away.kind,
            learned_on=away.learned_on,
        )
        _check(fixed, on)
        act.store([fixed])
        return Recorded(fixed, tuple(cautions.of_absence(row.referral, fixed.code)))


def cancel_absence(*, row: Absence, by: User, on: date, why: str) -> Absence:
    """Say that an absence does not hold: the person was there.

    Args:
        row: The row that holds.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: As `record_absence`.
        UnableToRecordAbsenceError: No reason, or the row no longer holds.
        MonthClosedError: As `record_absence`.
    """
    with holding(row.referral, Change("cancel_absence", by, on, why), row.first_day) as act:
        check_correction(row, why, UnableToRecordAbsenceError)
        gone = cancellation(row, why=why)
        act.store([gone])
    return gone


def _check(row: Absence, on: date) -> None:
    if row.last_day < row.first_day:
        raise UnableToRecordAbsenceError(
            _(
                "Eemaloleku viimane päev {last} on enne esimest {first}. Midagi ei salvestatud."
            ).format(last=show_day(row.last_day), first=show_day(row.first_day))
        )
    if row.learned_on and row.learned_on > on:
        raise UnableToRecordAbsenceError(
            _("Teadasaamise päev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(row.learned_on)
            )
        )
