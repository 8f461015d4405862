"""The tables of delivery: what was done, what happened, and who is in and out of a home."""

from tugiplaan.delivery.models.home import HandOver, Movement, MovementKind, ShiftKind, ShiftNote
from tugiplaan.delivery.models.network import (
    Assignment,
    AssignmentEnd,
    Consultation,
    Contact,
    Stage,
)
from tugiplaan.delivery.models.records import (
    ComponentRecord,
    DayRecord,
    EmptyPlace,
    GroupSession,
    HourRecord,
    Incident,
    Isolation,
    Missed,
    MissedKind,
    MonthUse,
    Narrative,
    Timed,
)

__all__ = [
    "Assignment",
    "AssignmentEnd",
    "ComponentRecord",
    "Consultation",
    "Contact",
    "DayRecord",
    "EmptyPlace",
    "GroupSession",
    "HandOver",
    "HourRecord",
    "Incident",
    "Isolation",
    "Missed",
    "MissedKind",
    "MonthUse",
    "Movement",
    "MovementKind",
    "Narrative",
    "ShiftKind",
    "ShiftNote",
    "Stage",
    "Timed",
]
