"""What somebody says was done: entries, before they become rows."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tugiplaan.audit.rows import new_id
from tugiplaan.rules.vocabulary import Audience, DayKind, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class HourEntry:
    """Time given under a referral.

    Attributes:
        id: Made where it is recorded, so that sending it twice records it once.
        minutes: 1 … 1440.
        worker_id: The worker who gave it.
        start: Minutes after midnight; None: not recorded.
        activity: What was done; `job_finding` in work support does not count (SHS § 93(6)).
        is_direct: Given directly, not as travel or paper work.
        code: The key under which a file brought it.
    """

    referral_id: UUID
    day: date
    minutes: int
    worker_id: UUID
    start: int | None = None
    audience: Audience = Audience.PERSON
    activity: str = ""
    is_direct: bool = True
    goal_id: UUID | None = None
    code: str = ""
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentEntry:
    """Time given under a component of the component model.

    Attributes:
        participants: How many took part; None: not recorded.
        session_id: The group session that it belongs to.
    """

    person_id: UUID
    day: date
    minutes: int
    worker_id: UUID
    funder: str
    component: str
    mode: Mode = Mode.INDIVIDUAL
    audience: Audience = Audience.PERSON
    start: int | None = None
    participants: int | None = None
    session_id: UUID | None = None
    activity: str = ""
    goal_id: UUID | None = None
    code: str = ""
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntry:
    """A used unit of day and week care."""

    referral_id: UUID
    day: date
    kind: DayKind = DayKind.OOP
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEntry:
    """A group session: what is the same for all who took part."""

    code: str = ""
    day: date | None = None
    start: int | None = None
    title: str = ""
    note: str = ""
    id: UUID = field(default_factory=new_id)


type Entry = HourEntry | ComponentEntry | DayEntry
