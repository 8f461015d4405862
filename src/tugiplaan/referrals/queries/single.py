"""One row of a stay, for who wants to mend it; and whose stays one may change."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.accounts.access import User
from tugiplaan.referrals.models import Absence, Confirmation, Move, Referral, StayDay
from tugiplaan.referrals.queries.stays import active_on, awaited, visible_to

_STAY = "referrals.stay"


def changeable(
    provider_id: UUID, user: User, day: date, person_id: UUID | None = None
) -> QuerySet[Referral]:
    """Give the referrals whose stays a user may change, by name.

    Args:
        provider_id: At which provider.
        user: Who asks.
        day: Today.
        person_id: Only of this person, under whichever entry; None: of all.
    """
    found = visible_to(user, day, _STAY).filter(provider_id=provider_id)
    if person_id is not None:
        found = found.filter(Q(person_id=person_id) | Q(person__merged_into=person_id))
    return found


def readable(provider_id: UUID, user: User, day: date, person_id: UUID) -> QuerySet[Referral]:
    """Give the referrals of a person that a user may read; as `changeable`."""
    found = visible_to(user, day).filter(provider_id=provider_id)
    return found.filter(Q(person_id=person_id) | Q(person__merged_into=person_id))


def served_now(provider_id: UUID, user: User, day: date) -> QuerySet[Referral]:
    """Give those of `changeable` under which somebody is served today."""
    found = changeable(provider_id, user, day)
    return found.filter(pk__in=active_on(provider_id, day).values("pk"))


def awaited_now(provider_id: UUID, user: User, day: date) -> QuerySet[Referral]:
    """Give those of `changeable` under which nobody has come yet."""
    found = changeable(provider_id, user, day)
    return found.filter(pk__in=awaited(provider_id, day).values("pk"))


def absence_with_id(provider_id: UUID, row_id: UUID, user: User, day: date) -> Absence:
    """Give an absence to who may change it.

    Raises:
        ObjectDoesNotExist: There is none here, or not within reach.
    """
    return _row(Absence, provider_id, row_id, user, day)


def confirmation_with_id(provider_id: UUID, row_id: UUID, user: User, day: date) -> Confirmation:
    """Give a confirmation of a month in hospital; as `absence_with_id`."""
    return _row(Confirmation, provider_id, row_id, user, day)


def move_with_id(provider_id: UUID, row_id: UUID, user: User, day: date) -> Move:
    """Give a move to another place; as `absence_with_id`."""
    return _row(Move, provider_id, row_id, user, day)


def stay_day_with_id(provider_id: UUID, row_id: UUID, user: User, day: date) -> StayDay:
    """Give an agreed start, an arrival or an end; as `absence_with_id`."""
    return _row(StayDay, provider_id, row_id, user, day)


def _row[R: Absence | Confirmation | Move | StayDay](
    model: type[R], provider_id: UUID, row_id: UUID, user: User, day: date
) -> R:
    mine = changeable(provider_id, user, day).values("pk")
    rows = model._default_manager.select_related("referral__person")
    row: Any = rows.get(pk=row_id, provider_id=provider_id, referral__in=mine)
    return cast("R", row)
