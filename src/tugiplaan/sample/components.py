"""Plays persons with component services: alone, together in groups, near a ceiling and wrongly."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto

from tugiplaan.sample.events import Event
from tugiplaan.sample.hours import Care, care_under, write_hours
from tugiplaan.sample.people import Person
from tugiplaan.sample.prices import (
    CEILING,
    CEILING_COMPONENT,
    CEILING_COMPONENT_PRICE,
    COMPONENTS,
    FUNDER,
    PRICES_FROM,
    UNCONFIRMED_COMPONENT,
)
from tugiplaan.sample.scene import Scene
from tugiplaan.sample.workers import Diary, Worker, clock

_ACTIVITIES = {
    "B1": ("planning", "network"),
    "C1": ("content", "suhtlemine"),
    "C2": ("content", "vestlus"),
    "C3": ("content", "liikumine"),
    "C4": ("content", "töö leidmine", "õppimine"),
    "C5": ("content", "huviring"),
}
# How often each component is drawn; the one with a ceiling comes in series of its own.
_DRAWN = ("B1", "B1", "C1", "C1", "C1", "C2", "C2", "C2", "C3", "C3", "C5", "C5")
_GROUP_COMPONENTS = ("C1", "C3", "C5")
_GROUP_MINUTES = (60, 90, 120)
_MINUTES = (30, 45, 60, 60, 90)
_FAMILY_SHARE = 0.15
_UNTIMED_SHARE = 0.06
_NATURAL_RECORDS = (5, 8)
_SMALLEST_GROUP = 4
_LARGEST_GROUP = 8
_FAMILY_GROUP_SHARE = 0.08
_SERIES_RECORDS = 30
# Hours of the series that stays below the ceiling, and hours beyond it of the other.
_HOURS_BELOW = 2
_HOURS_OVER = 3
# Groups meet and the state service of a beginner starts in different parts of the month.
_WORKDAYS_OF_STATE_SERVICE = 8


class Part(Enum):
    """What becomes of a person with component services."""

    PLAIN = auto()
    FAMILY = auto()
    CEILING_NEAR = auto()
    CEILING_OVER = auto()
    BASE_CONTENT = auto()
    PARALLEL = auto()


@dataclass
class Member:
    """A person of a cohort.

    Attributes:
        person: Who.
        part: What becomes of the person.
        records: How many records there are still to write.
        last: The last day with ordinary records.
        diary: When the person is free.
    """

    person: Person
    part: Part
    records: int
    last: date
    diary: Diary = field(default_factory=dict)


@dataclass(frozen=True)
class Visit:
    """What a component record says besides who and when.

    Attributes:
        component: The code of the component.
        minutes: How long.
        activity: What was done.
        audience: `person` or `family`.
        session: The code of the group session, or empty.
        participants: How many took part in it.
    """

    component: str
    minutes: int
    activity: str
    audience: str = "person"
    session: str = ""
    participants: int | None = None


class Cohort:
    """Persons who meet in groups; gathered until there are enough, then written all at once."""

    def __init__(self, scene: Scene) -> None:
        """Start an empty cohort.

        Args:
            scene: What is shared.
        """
        self._scene = scene
        self._members: list[Member] = []
        self._sessions = 0
        self._records = 0

    def join(self, part: Part) -> None:
        """Play one more person.

        Args:
            part: What becomes of the person.
        """
        scene = self._scene
        start = scene.span.months[0].first - timedelta(days=scene.rng.randrange(300))
        person = scene.person(adult_by=start)
        natural = 3 * scene.rng.randint(*_NATURAL_RECORDS)
        member = Member(person, part, scene.pace.rows(natural), scene.span.settled.last)
        if part is Part.PARALLEL:
            self._begin_state_service(member)
        self._members.append(member)
        if len(self._members) == _LARGEST_GROUP:
            self.flush()

    def flush(self) -> None:
        """Write the records of those gathered and start anew."""
        members, self._members = self._members, []
        if not members:
            return
        worker = self._scene.staff.assign("components", persons=1)
        if len(members) >= _SMALLEST_GROUP:
            self._write_sessions(worker, members)
        for member in members:
            self._write_part(worker, member)
            self._write_ordinary(worker, member)

    def _begin_state_service(self, member: Member) -> None:
        scene = self._scene
        start = scene.span.settled.workdays[-_WORKDAYS_OF_STATE_SERVICE]
        draft = scene.draft(member.person, "TTT", "", start=start)
        referral = scene.write(draft)
        care: Care = care_under(scene, referral)
        care.diary = member.diary
        write_hours(scene, care, share=0.5)
        member.last = start - timedelta(days=1)
        scene.tally.note(Event.STARTED, member.person.code)

    def _write_sessions(self, worker: Worker, members: list[Member]) -> None:
        scene = self._scene
        days = scene.span.settled.workdays[: -_WORKDAYS_OF_STATE_SERVICE - 1]
        has_family = not scene.tally.counts[Event.FAMILY_GROUP]
        if has_family or scene.rng.random() < _FAMILY_GROUP_SHARE:
            # Those with troubles of their own first: the list has no price for families in groups.
            ranked = sorted(members, key=lambda m: m.part in (Part.PLAIN, Part.CEILING_NEAR))
            self._write_session(worker, ranked[:_SMALLEST_GROUP], scene.rng.choice(days), "family")
        for day in sorted(scene.rng.sample(days, scene.rng.choice((2, 3)))):
            size = scene.rng.randint(_SMALLEST_GROUP, len(members))
            self._write_session(worker, scene.rng.sample(members, size), day, "person")

    def _write_session(
        self, worker: Worker, members: list[Member], day: date, audience: str
    ) -> None:
        scene = self._scene
        minutes = scene.rng.choice(_GROUP_MINUTES)
        start = scene.staff.book_group(worker, [m.diary for m in members], day, minutes)
        if start is None:
            return
        self._sessions += 1
        is_family = audience == "family"
        component = "C1" if is_family else scene.rng.choice(_GROUP_COMPONENTS)
        activity = "perering" if is_family else "rühmatöö"
        session = f"G{self._sessions:05d}"
        visit = Visit(component, minutes, activity, audience, session, len(members))
        event = Event.FAMILY_GROUP if is_family else Event.GROUP_SESSION
        scene.tally.note(event, "")
        for member in sorted(members, key=lambda m: m.person.code):
            self._write_row(worker, member, (day, start), visit)
            member.records -= 1
            if is_family:
                scene.tally.troubled.add(member.person.code)

    def _write_part(self, worker: Worker, member: Member) -> None:
        settled = self._scene.span.settled
        late_day = settled.workdays[-_WORKDAYS_OF_STATE_SERVICE // 2]
        match member.part:
            case Part.CEILING_NEAR:
                self._write_series(worker, member, -_HOURS_BELOW)
                self._note(Event.CEILING_NEAR, member)
            case Part.CEILING_OVER:
                self._write_series(worker, member, _HOURS_OVER)
                self._note(Event.CEILING_OVER, member)
            case Part.BASE_CONTENT:
                self._write(worker, member, late_day, Visit("B1", 60, "content"))
                self._note(Event.BASE_CONTENT, member)
                visit = Visit(UNCONFIRMED_COMPONENT, 60, "planning")
                self._write(worker, member, settled.workdays[2], visit)
                self._note(Event.PRICE_UNCONFIRMED, member)
            case Part.PARALLEL:
                self._write(worker, member, late_day, Visit("C2", 60, "vestlus"))
                self._note(Event.PARALLEL_COMPONENT, member)
            case _:
                pass

    def _note(self, event: Event, member: Member) -> None:
        self._scene.tally.note(event, member.person.code)

    def _write_series(self, worker: Worker, member: Member, hours_beyond: int) -> None:
        """Spread a series over the calendar year so far, up to around its ceiling."""
        days = self._scene.span.year_workdays
        hours = CEILING // CEILING_COMPONENT_PRICE + hours_beyond
        records = min(_SERIES_RECORDS, len(days) - 1)
        quarters, rest = divmod(hours * 4, records)
        for number in range(records):
            day = days[(number + 1) * len(days) // (records + 1)]
            minutes = 15 * (quarters + (number < rest))
            visit = Visit(CEILING_COMPONENT, minutes, "töö leidmine")
            self._write(worker, member, day, visit)
            member.records -= 1

    def _write_ordinary(self, worker: Worker, member: Member) -> None:
        scene = self._scene
        rng, per_month = scene.rng, max(3, member.records) / len(scene.span.months)
        for month in scene.span.months:
            days = [day for day in month.workdays if PRICES_FROM <= day <= member.last]
            count = round(per_month * len(days) / len(month.workdays))
            if not days:
                continue
            rounds, rest = divmod(count, len(days))
            for day in sorted([*days] * rounds + rng.sample(days, rest)):
                self._write(worker, member, day, self._draw())

    def _draw(self) -> Visit:
        rng = self._scene.rng
        component = _DRAWN[int(rng.random() * len(_DRAWN))]
        minutes = _MINUTES[int(rng.random() * len(_MINUTES))]
        has_family = component != COMPONENTS[0].code and rng.random() < _FAMILY_SHARE
        activities = _ACTIVITIES[component]
        activity = activities[int(rng.random() * len(activities))]
        return Visit(component, minutes, activity, "family" if has_family else "person")

    def _write(self, worker: Worker, member: Member, day: date, visit: Visit) -> None:
        scene = self._scene
        start = scene.staff.book(worker, member.diary, day, visit.minutes)
        if scene.rng.random() < _UNTIMED_SHARE:
            start = None
        self._write_row(worker, member, (day, start), visit)

    def _write_row(
        self, worker: Worker, member: Member, when: tuple[date, int | None], visit: Visit
    ) -> None:
        self._records += 1
        day, start = when
        mode = "group" if visit.session else "individual"
        self._scene.folder.add_plain(
            "components",
            f"C{self._records:06d},{visit.session},{member.person.code},{day.isoformat()},"
            f"{clock(start)},{FUNDER},{visit.component},{mode},{visit.audience},{visit.minutes},"
            f"{visit.participants or ''},{worker.code},{visit.activity}",
        )
