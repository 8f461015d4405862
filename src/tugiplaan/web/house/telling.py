"""The rows of a stay as a page shows them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language
from tugiplaan.referrals.queries import Referral, Stay, facts_of, with_ids
from tugiplaan.rules.deadlines import missing_confirmations
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason, Service
from tugiplaan.web.house.fields import named
from tugiplaan.web.telling import day as show
from tugiplaan.web.telling import month


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of a stay.

    Attributes:
        kind: What it is: day, absence, move or confirmation; names its addresses.
        text: In words.
        is_now: It is so today.
    """

    kind: str
    row_id: UUID
    icon: str
    text: str
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class StayShown:
    """A stay with its rows, the latest first.

    Attributes:
        is_awaited: Nobody came yet.
        is_over: It ended, or its term is over.
    """

    referral: Referral
    service: str
    rows: tuple[RowShown, ...]
    is_awaited: bool
    is_over: bool


def stay_shown(stay: Stay, today: date) -> StayShown:
    """Tell a stay by its rows."""
    dated = [*_days(stay), *_moves(stay), *_absences(stay, today), *_confirmations(stay)]
    dated.sort(key=lambda one: one[0], reverse=True)
    last = stay.ended.day if stay.ended else stay.referral.valid_to
    return StayShown(
        referral=stay.referral,
        service=named(Service(stay.referral.service)),
        rows=tuple(row for _day, row in dated),
        is_awaited=stay.arrived is None and stay.ended is None,
        is_over=last < today,
    )


def _days(stay: Stay) -> list[tuple[date, RowShown]]:
    found = []
    texts = (
        (stay.agreed, "calendar-check", _("Kokkulepitud algus {day}")),
        (stay.arrived, "log-in", _("Saabus {day}")),
        (stay.ended, "log-out", _("Viimane päev {day}")),
    )
    for row, icon, text in texts:
        if row is not None:
            told = text.format(day=show(row.day))
            if row.reason:
                told = f"{told}: {named(EndReason(row.reason)).lower()}"
            found.append((row.day, RowShown("stay_day", row.pk, icon, told)))
    return found


def _moves(stay: Stay) -> list[tuple[date, RowShown]]:
    text = _("Alates {day} kohas {place}")
    return [
        (
            row.from_day,
            RowShown(
                "move", row.pk, "map-pin", text.format(day=show(row.from_day), place=row.place)
            ),
        )
        for row in stay.moves
    ]


def _absences(stay: Stay, today: date) -> list[tuple[date, RowShown]]:
    found = []
    for row in stay.absences:
        kind = AbsenceKind(row.kind)
        icon = "door-open" if kind is AbsenceKind.ABSENT else "hospital"
        days = f"{show(row.first_day)}–{show(row.last_day)}"
        is_now = row.first_day <= today <= row.last_day
        found.append(
            (row.first_day, RowShown("absence", row.pk, icon, f"{named(kind)} {days}", is_now))
        )
    return found


def _confirmations(stay: Stay) -> list[tuple[date, RowShown]]:
    text = _("Haigla kinnitus: {month}, saadud {day}")
    return [
        (
            row.received_on,
            RowShown(
                "confirmation",
                row.pk,
                "file-check",
                text.format(month=month(row.period), day=show(row.received_on)),
            ),
        )
        for row in stay.confirmations
    ]


@dataclass(frozen=True, slots=True)
class Missing:
    """A confirmation of a month in hospital that has not come.

    Attributes:
        text: Until when and why.
        is_late: The day has passed.
    """

    referral_id: UUID
    person: object
    due_on: date
    text: str
    is_late: bool


def missing_papers(
    provider_id: UUID, referrals: dict[UUID, Referral], today: date, law: Law
) -> list[Missing]:
    """Give the confirmations of hospital months that are due or late, the earliest first.

    Args:
        provider_id: At which provider.
        referrals: Of whom, by id.
        today: Today.
        law: The dated law.

    Law: SHS § 80(4)–(6).
    """
    known = facts_of(with_ids(provider_id, referrals)) if referrals else []
    found = [
        Missing(
            referral_id=one.referral_id,
            person=referrals[one.referral_id].person,
            due_on=row.due_on,
            text=tell_step(row.explanation[-1], language()),
            is_late=row.due_on < today,
        )
        for one in known
        for row in missing_confirmations(one.facts, law)
        if row.counted_from <= today
    ]
    return sorted(found, key=lambda one: one.due_on)
