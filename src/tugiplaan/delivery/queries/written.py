"""One row of what was written of a person or a home, for who wants to mend it."""

from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.rows import Correctable
from tugiplaan.delivery.models import Incident, Isolation, Movement, ShiftNote
from tugiplaan.people.queries import require_person


def incident(*, provider_id: UUID, incident_id: UUID, by: User, on: date) -> Incident:
    """Give an incident to who may correct it.

    Args:
        provider_id: At which provider.
        incident_id: Which.
        by: Who asks.
        on: Today.

    Raises:
        Incident.DoesNotExist: There is none here.
        NotAllowedError: `by` may not record there, or not with this person.
    """
    row = Incident.objects.select_related("person", "place").get(
        pk=incident_id, provider_id=provider_id
    )
    return _reached(row, "delivery.record", by, on)


def isolation(*, provider_id: UUID, isolation_id: UUID, by: User, on: date) -> Isolation:
    """Give an isolation with what its review looks at; as `incident`.

    Returns:
        The row that holds where the one asked for was corrected, so that an address keeps.
    """
    rows = Isolation.objects.select_related(
        "person", "referral", "decided_by", "supervised_by"
    ).prefetch_related("person__representatives")
    row = rows.get(pk=isolation_id, provider_id=provider_id)
    while (later := rows.filter(corrects=row).first()) is not None:
        row = later
    return _reached(row, "delivery.record", by, on)


def note(*, provider_id: UUID, note_id: UUID, by: User, on: date) -> ShiftNote:
    """Give a note of a shift; as `incident`, for who may read narratives."""
    rows = ShiftNote.objects.select_related("person", "place")
    row = rows.get(pk=note_id, provider_id=provider_id)
    return _reached(row, "narrative.read", by, on)


def movement(*, provider_id: UUID, movement_id: UUID, by: User, on: date) -> Movement:
    """Give a going out or coming back; as `incident`."""
    rows = Movement.objects.select_related("person", "place")
    row = rows.get(pk=movement_id, provider_id=provider_id)
    return _reached(row, "delivery.record", by, on)


def _reached[R: Correctable](row: R, permission: str, by: User, on: date) -> R:
    person = getattr(row, "person", None)
    if person is None:
        require(by, permission, row.provider_id, on)  # type: ignore[attr-defined]  # each has it
    else:
        require_person(by, permission, person, on)
    return row
