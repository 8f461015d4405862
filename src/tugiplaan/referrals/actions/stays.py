"""Agreeing on the start of a stay, recording the arrival and the end, and correcting them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

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
from tugiplaan.referrals.models import Referral, StayDay, StayKind
from tugiplaan.referrals.queries import stay_of
from tugiplaan.rules.vocabulary import EndReason

_LABEL = {
    StayKind.AGREED: gettext_noop("Kokkulepitud algus"),
    StayKind.ARRIVED: gettext_noop("Saabumine"),
    StayKind.ENDED: gettext_noop("Teenuse lõpp"),
}


class UnableToRecordStayError(RefusedError):
    """The day of a stay cannot be as given."""


@dataclass(frozen=True, slots=True)
class End:
    """The end of a stay.

    Attributes:
        day: The last day of service.
        learned_on: When the provider learned of it.
    """

    day: date
    reason: EndReason
    learned_on: date | None = None


def agree_start(
    *, referral: Referral, day: date, by: User, on: date, why: str = ""
) -> Recorded[StayDay]:
    """Record the start that person, provider and authority agreed on.

    A new agreed day, after a good reason not to come, is a correction (`correct_stay_day`).

    Args:
        referral: Under which referral.
        day: The first day of the window to turn up.
        by: Who records it.
        on: Today.
        why: The reason; needed where months from the day on were invoiced.

    Returns:
        The row, and what is unusual about it: outside the term, other services.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordStayError: An agreed start is there already.
        MonthClosedError: A month that it concerns is closed.
        WhyNeededError: Such a month was invoiced and no reason is given.

    Law: SHS § 71(5)–(8).
    """
    change = Change("agree_start", by, on, why)
    return _begin(StayDay(referral=referral, kind=StayKind.AGREED, day=day), change)


def record_arrival(
    *, referral: Referral, day: date, by: User, on: date, why: str = ""
) -> Recorded[StayDay]:
    """Record the day on which the person came.

    Args:
        referral: Under which referral.
        day: The day; not later than today.
        by: Who records it.
        on: Today.
        why: As `agree_start`.

    Returns:
        The row, and what is unusual about it: after the window to turn up, before the agreed
        start, outside the term, other services, a place that is full.

    Raises:
        NotAllowedError: As `agree_start`.
        UnableToRecordStayError: An arrival is there already, or it lies in the future or after
            the end.
        MonthClosedError: As `agree_start`.
        WhyNeededError: As `agree_start`.

    Law: SHS §§ 71(6)–(8), 78(2).
    """
    change = Change("record_arrival", by, on, why)
    return _begin(StayDay(referral=referral, kind=StayKind.ARRIVED, day=day), change)


def end_stay(
    *, referral: Referral, end: End, by: User, on: date, why: str = ""
) -> Recorded[StayDay]:
    """Record the last day of the service under a referral.

    Args:
        referral: Under which referral.
        end: The day and the reason; a day to come may be recorded ahead.
        by: Who records it.
        on: Today.
        why: As `agree_start`.

    Raises:
        NotAllowedError: As `agree_start`.
        UnableToRecordStayError: An end is there already, it lies before the arrival, or it was
            learned of in the future.
        MonthClosedError: As `agree_start`.
        WhyNeededError: As `agree_start`.

    Law: SHS §§ 80(1)–(2), (7), 82.
    """
    row = StayDay(
        referral=referral,
        kind=StayKind.ENDED,
        day=end.day,
        reason=end.reason,
        learned_on=end.learned_on,
    )
    return _begin(row, Change("end_stay", by, on, why))


def correct_stay_day(
    *, row: StayDay, to: End | date, by: User, on: date, why: str
) -> Recorded[StayDay]:
    """Put another day in the place of one that holds.

    Args:
        row: The row that holds.
        to: The right day; for an end the day with its reason.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The new row, and what is unusual about it.

    Raises:
        NotAllowedError: As `agree_start`.
        UnableToRecordStayError: No reason, the row no longer holds, or the day cannot be.
        MonthClosedError: As `agree_start`.
    """
    day = to.day if isinstance(to, End) else to
    with holding(row.referral, Change("correct_stay_day", by, on, why), min(row.day, day)) as act:
        check_correction(row, why, UnableToRecordStayError)
        changes: dict[str, object] = {"day": day}
        if isinstance(to, End):
            if row.kind != StayKind.ENDED:
                raise UnableToRecordStayError(
                    _("Põhjus käib ainult lõpu juurde. Midagi ei muudetud.")
                )
            changes |= {"reason": to.reason, "learned_on": to.learned_on}
        fixed = successor(row, why=why, **changes)
        _check_days(fixed, on)
        act.store([fixed])
        return Recorded(fixed, _cautions(fixed))


def cancel_stay_day(*, row: StayDay, by: User, on: date, why: str) -> StayDay:
    """Say that an agreed start, an arrival or an end does not hold.

    Args:
        row: The row that holds.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: As `agree_start`.
        UnableToRecordStayError: No reason, or the row no longer holds.
        MonthClosedError: As `agree_start`.
    """
    with holding(row.referral, Change("cancel_stay_day", by, on, why), row.day) as act:
        check_correction(row, why, UnableToRecordStayError)
        gone = cancellation(row, why=why)
        act.store([gone])
    return gone


def _begin(row: StayDay, change: Change) -> Recorded[StayDay]:
    """Store the first day of a kind, or the first after that kind was cancelled."""
    referral = row.referral
    row.provider_id = referral.provider_id
    with holding(referral, change, row.day) as act:
        end = end_of(StayDay.objects.filter(referral=referral, kind=row.kind))
        if end is not None and not end.is_cancellation:
            raise UnableToRecordStayError(
                _(
                    "{what} on juba kirjas: {day}. Kui see on vale, paranda seda kirjet. "
                    "Midagi ei salvestatud."
                ).format(what=_(_LABEL[StayKind(row.kind)]), day=show_day(end.day))
            )
        _check_days(row, change.on)
        act.store([begin_or_follow(row, end, change.why)])
        return Recorded(row, _cautions(row))


def _check_days(row: StayDay, on: date) -> None:
    """Refuse days that cannot be: an arrival to come, an end before the arrival."""
    known = stay_of(row.referral)
    arrived = known.arrived.day if known.arrived else None
    ended = known.ended.day if known.ended else None
    if row.kind == StayKind.ARRIVED:
        arrived = row.day
    elif row.kind == StayKind.ENDED:
        ended = row.day
    if row.kind == StayKind.ARRIVED and row.day > on:
        raise UnableToRecordStayError(
            _(
                "Saabumise päev {day} on tulevikus. Kui algus on alles ees, pane kirja "
                "kokkulepitud algus. Midagi ei salvestatud."
            ).format(day=show_day(row.day))
        )
    if row.kind != StayKind.AGREED and arrived and ended and ended < arrived:
        raise UnableToRecordStayError(
            _(
                "Teenuse lõpp {ended} on enne saabumist {arrived}. Vaata päevad üle. "
                "Midagi ei salvestatud."
            ).format(ended=show_day(ended), arrived=show_day(arrived))
        )
    if row.learned_on and row.learned_on > on:
        raise UnableToRecordStayError(
            _("Teadasaamise päev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(row.learned_on)
            )
        )


def _cautions(row: StayDay) -> tuple[cautions.Caution, ...]:
    referral = row.referral
    if row.kind == StayKind.ENDED:
        return ()
    found = [*cautions.of_start(referral), *cautions.of_conflicts(referral)]
    if row.kind == StayKind.ARRIVED:
        found += cautions.of_capacity(referral, row.day)
    return tuple(found)
