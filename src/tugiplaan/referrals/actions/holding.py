"""Holding a stay while one of its rows is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from tugiplaan.accounts.access import NotAllowedError, User, require, scope_of
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.providers.books import hold_stays
from tugiplaan.referrals.models import Referral
from tugiplaan.referrals.queries import stay_of

_PERMISSION = "referrals.stay"


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a stay: as which event, by whom, on which day and why."""

    name: str
    by: User
    on: date
    why: str = ""


@contextmanager
def holding(
    referral: Referral, change: Change, first_day: date, last_day: date | None = None
) -> Iterator[Act]:
    """Do something to a stay in one transaction, with its provider and months held.

    Args:
        referral: Whose stay.
        change: What, by whom and why.
        first_day: The first day that it concerns.
        last_day: The last one; None: all later days, as limits run on over months.

    Yields:
        The act; it names the person, the referral and the invoiced months.

    Raises:
        NotAllowedError: The user may not, or not with this person.
        MonthClosedError: A month that it concerns is closed.
        WhyNeededError: Such a month was invoiced and no reason is given.
    """
    provider_id = referral.provider_id
    _require_reach(referral, change)
    name = f"referrals.{change.name}"
    with acting(by=change.by, name=name, provider_id=provider_id, why=change.why) as act:
        issued = hold_stays(provider_id, first_day, last_day, why=change.why)
        act.about(referral.person_id)
        act.details["referral"] = referral.code
        if issued:
            act.details["issued_months"] = sorted(issued)
        yield act


def _require_reach(referral: Referral, change: Change) -> None:
    """Stop who may not change stays here, or not of this person.

    A role at a place reaches who is, was or will be served there under the referral.
    """
    require(change.by, _PERMISSION, referral.provider_id, change.on)
    scope = scope_of(change.by, _PERMISSION, change.on)
    if scope.everywhere or referral.provider_id in scope.providers:
        return
    person = referral.person
    if {person.pk, person.merged_into_id} & scope.persons:
        return
    if scope.places:
        stay = stay_of(referral)
        if {referral.place_id, *(row.place_id for row in stay.moves)} & scope.places:
            return
    raise NotAllowedError(change.by, _PERMISSION)
