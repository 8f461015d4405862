"""Cancelling what was written of a person or a home; the row stays to be seen."""

from datetime import date

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery.models import Incident, Movement, Narrative, ShiftNote
from tugiplaan.people.queries import require_person
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import cancellation, check_correction

_PERMISSION: dict[type, str] = {
    Incident: "delivery.record",
    Movement: "delivery.record",
    Narrative: "narrative.write",
    ShiftNote: "narrative.write",
}


class UnableToCancelError(RefusedError):
    """The row cannot be cancelled."""


def cancel_written[R: Incident | Narrative | ShiftNote | Movement](
    *, row: R, by: User, on: date, why: str
) -> R:
    """Say that an incident, a note, a note of a shift or a movement does not hold.

    Args:
        row: The row that holds.
        by: Who cancels it; who may write it may cancel it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToCancelError: No reason, or the row no longer holds.
    """
    permission = _PERMISSION[type(row)]
    require(by, permission, row.provider_id, on)
    if row.person is not None:
        require_person(by, permission, row.person, on)
    name = f"delivery.cancel_{row._meta.model_name}"
    with acting(by=by, name=name, provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToCancelError)
        gone = cancellation(row, why=why)
        act.store([gone])
        if row.person is not None:
            act.about(row.person.pk)
    return gone
