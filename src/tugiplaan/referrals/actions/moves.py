"""Moving a person to another place, and correcting that."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.referrals import cautions
from tugiplaan.referrals.actions.holding import Change, holding
from tugiplaan.referrals.cautions import Recorded
from tugiplaan.referrals.corrections import cancellation, check_correction, successor
from tugiplaan.referrals.models import Move, Referral
from tugiplaan.referrals.queries import stay_of
from tugiplaan.rules.period import DAY


class UnableToMoveError(RefusedError):
    """The move cannot be as given."""


@dataclass(frozen=True, slots=True)
class Moving:
    """To which place, and from which day on; the day is already served there."""

    place_id: UUID
    from_day: date


def move(
    *, referral: Referral, moving: Moving, by: User, on: date, why: str = ""
) -> Recorded[Move]:
    """Record that from a day on the person is served at another place.

    Args:
        referral: Under which referral.
        moving: Where and from when; may be recorded ahead.
        by: Who records it.
        on: Today.
        why: The reason; needed where months from the day on were invoiced.

    Returns:
        The row, and what is unusual about it: a place that is full or without a licence.

    Raises:
        NotAllowedError: `by` may not.
        UnableToMoveError: The place is another provider's or the one where the person is, or
            there is a move on that day already.
        MonthClosedError: A month that it concerns is closed.
        WhyNeededError: Such a month was invoiced and no reason is given.

    Law: R65 § 2(5)–(6¹); SHS § 154.
    """
    row = Move(
        provider_id=referral.provider_id,
        referral=referral,
        from_day=moving.from_day,
        place_id=moving.place_id,
    )
    with holding(referral, Change("move", by, on, why), moving.from_day) as act:
        _check(row)
        act.store([row])
        return Recorded(row, tuple(cautions.of_capacity(referral, row.from_day)))


def correct_move(*, row: Move, moving: Moving, by: User, on: date, why: str) -> Recorded[Move]:
    """Put another day or place in the place of a move that holds.

    Args:
        row: The row that holds.
        moving: Where and from when.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The new row, and what is unusual about it.

    Raises:
        NotAllowedError: As `move`.
        UnableToMoveError: As `move`; or no reason, or the row no longer holds.
        MonthClosedError: As `move`.
    """
    first_day = min(row.from_day, moving.from_day)
    with holding(row.referral, Change("correct_move", by, on, why), first_day) as act:
        check_correction(row, why, UnableToMoveError)
        fixed = successor(row, why=why, from_day=moving.from_day, place_id=moving.place_id)
        _check(fixed)
        act.store([fixed])
        return Recorded(fixed, tuple(cautions.of_capacity(row.referral, fixed.from_day)))


def cancel_move(*, row: Move, by: User, on: date, why: str) -> Move:
    """Say that a move does not hold.

    Args:
        row: The row that holds.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: As `move`.
        UnableToMoveError: No reason, or the row no longer holds.
        MonthClosedError: As `move`.
    """
    with holding(row.referral, Change("cancel_move", by, on, why), row.from_day) as act:
        check_correction(row, why, UnableToMoveError)
        gone = cancellation(row, why=why)
        act.store([gone])
    return gone


def _check(row: Move) -> None:
    try:
        place = row.place
    except ObjectDoesNotExist as error:
        raise UnableToMoveError(_("Sellist kohta ei ole. Midagi ei salvestatud.")) from error
    if place.provider_id != row.provider_id:
        raise UnableToMoveError(_("See koht on teise teenuseosutaja oma. Midagi ei salvestatud."))
    stay = stay_of(row.referral)
    others = [one for one in stay.moves if one.pk != row.corrects_id]
    if any(one.from_day == row.from_day for one in others):
        raise UnableToMoveError(
            _("{day} on kolimine juba kirjas: paranda seda. Midagi ei salvestatud.").format(
                day=show_day(row.from_day)
            )
        )
    before = max(
        (one for one in others if one.from_day < row.from_day),
        key=lambda one: one.from_day,
        default=None,
    )
    there = before.place_id if before else stay.referral.place_id
    if there == row.place_id:
        raise UnableToMoveError(
            _("Inimene on {day} juba kohal {code}. Vali teine koht. Midagi ei salvestatud.").format(
                day=show_day(row.from_day - DAY), code=place.code
            )
        )
