"""What the workers of the demo record each month: hours, days, component hours, group sessions."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from tugiplaan.delivery.actions.records import open_session, record
from tugiplaan.delivery.entries import (
    ComponentEntry,
    DayEntry,
    Entry,
    HourEntry,
    SessionEntry,
)
from tugiplaan.referrals.queries import Stay
from tugiplaan.rules.calendar import add_working_days, is_working_day
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Audience, DayKind, Mode, Service
from tugiplaan.sample.demo.organisations import MUNICIPALITY
from tugiplaan.sample.demo.stage import Guest, House, Stage
from tugiplaan.sample.demo.texts import VISITS, WORK_VISITS

# How many visits a month, and how long they are at least; minutes.
_VISITS = {Service.IET: (5, 60), Service.TTT: (4, 75), Service.TE: (10, 60)}
_LONGER = (0, 0, 15, 30)
_USUAL_WORKDAYS = 18
# Who used less than planned in a month: the key, the month, how many visits or days.
_SPARING = {("I5", 2): 2, ("P1", 3): 9, ("T2", 5): 5}
# Of this person hours of the latest invoiced month come to light only after the invoice.
LATE, _LATE_VISITS = "I3", 2
_COMPONENTS = (("B1", 60), ("C1", 90), ("C1", 60), ("C2", 60), ("C4", 120), ("C4", 120))
_BUSY = "M3"
_BUSY_COMPONENTS = (("B1", 60), *(("C4", 120),) * 4)
# The list price of this component is doubtful: its hours wait until somebody confirms it.
_UNSURE = ("M2", "C6", 60)
_GROUP, _GROUP_MINUTES, _GROUP_START = "C1", 90, 17 * 60


def record_month(stage: Stage, house: House, month: Month) -> None:
    """Record what each worker of a house did in a month, on its last day or, earlier, today."""
    on = min(month.last, stage.today)
    for code, user in house.users.items():
        entries = [
            entry
            for guest in house.served(month)
            if guest.part.worker == code
            for entry in _entries(stage, house, guest, month)
            if entry.day <= on
        ]
        if entries:
            record(provider_id=house.provider_id, entries=entries, by=user, on=on)
    if house.organisation.is_municipal:
        _meet(house, month, on)


def _entries(stage: Stage, house: House, guest: Guest, month: Month) -> Iterator[Entry]:
    for stay in guest.stays:
        service = Service(stay.referral.service)
        days = _chosen_days(stage, guest, month, service)
        if service is Service.PNH:
            yield from _days(stage, stay, days)
        elif service in _VISITS:
            yield from _visits(stage, house, guest, (stay, days))
    if not guest.stays:
        yield from _components(stage, house, guest, month)


def _working_days(month: Month, guest: Guest) -> list[date]:
    first = max(month.first, guest.part.arrives)
    last = min(month.last, guest.ended_on or month.last)
    return [
        day
        for number in range(first.day, last.day + 1)
        if is_working_day(day := month.first.replace(day=number))
    ]


def _chosen_days(stage: Stage, guest: Guest, month: Month, service: Service) -> list[date]:
    """Draw the days on which a person came; fewer in a part of a month."""
    days = _working_days(month, guest)
    usual = guest.part.volume or _VISITS.get(service, (0, 0))[0]
    wanted = _SPARING.get((guest.part.key, month.month), usual)
    if guest.part.key == LATE and month == stage.issued[-1]:
        wanted = _LATE_VISITS
    whole = min(wanted, len(days), usual * len(days) // _USUAL_WORKDAYS)
    return sorted(stage.rng.sample(days, max(whole, min(1, len(days)))))


def _days(stage: Stage, stay: Stay, days: list[date]) -> Iterator[DayEntry]:
    for day in days:
        kind = DayKind.OOP if stage.rng.random() < 0.4 else DayKind.DAY
        yield DayEntry(referral_id=stay.referral.pk, day=day, kind=kind)


def _visits(
    stage: Stage, house: House, guest: Guest, what: tuple[Stay, list[date]]
) -> Iterator[HourEntry]:
    stay, days = what
    service = Service(stay.referral.service)
    least, worker = _VISITS[service][1], guest.part.worker
    for day in days:
        minutes = least + stage.rng.choice(_LONGER)
        is_work = service is Service.TTT
        with_employer = is_work and stage.rng.random() < 0.2
        yield HourEntry(
            referral_id=stay.referral.pk,
            day=day,
            minutes=minutes,
            worker_id=house.workers[worker],
            start=house.book(worker, day, minutes),
            audience=Audience.EMPLOYER if with_employer else Audience.PERSON,
            activity=stage.rng.choice(WORK_VISITS if is_work else VISITS),
            goal_id=guest.goal_of(stay.referral.pk, day),
        )


def _components(stage: Stage, house: House, guest: Guest, month: Month) -> Iterator[ComponentEntry]:
    days = _working_days(month, guest)
    is_busy = guest.part.key == _BUSY
    given = list(_BUSY_COMPONENTS if is_busy else _COMPONENTS)
    if guest.part.key == _UNSURE[0]:
        given.append(_UNSURE[1:])
    for day, (component, minutes) in zip(
        sorted(stage.rng.sample(days, len(given))), given, strict=True
    ):
        is_family = component != "B1" and stage.rng.random() < 0.1
        yield ComponentEntry(
            person_id=guest.person.pk,
            day=day,
            minutes=minutes,
            worker_id=house.workers[guest.part.worker],
            funder=MUNICIPALITY,
            component=component,
            audience=Audience.FAMILY if is_family else Audience.PERSON,
            start=house.book(guest.part.worker, day, minutes),
            activity="planning" if component == "B1" else "content",
            # Planning serves the plan as a whole.
            goal_id=None if component == "B1" else guest.goal_of(None, day),
        )


def _meet(house: House, month: Month, on: date) -> None:
    """Let all who are there meet in a group twice a month, by a day."""
    by, worker_id = house.manager, house.workers["T1"]
    there = house.present(month.first)
    meetings = [add_working_days(month.first, count) for count in (5, 15)]
    for day in (one for one in meetings if one <= on):
        session = open_session(
            provider_id=house.provider_id,
            session=SessionEntry(day=day, start=_GROUP_START, title="Suhtlemisring"),
            by=by,
            on=on,
        )
        entries = [_participant(guest, worker_id, session.pk, (day, len(there))) for guest in there]
        record(provider_id=house.provider_id, entries=entries, by=by, on=on)


def _participant(
    guest: Guest, worker_id: UUID, session_id: UUID, when: tuple[date, int]
) -> ComponentEntry:
    day, participants = when
    return ComponentEntry(
        person_id=guest.person.pk,
        day=day,
        minutes=_GROUP_MINUTES,
        worker_id=worker_id,
        funder=MUNICIPALITY,
        component=_GROUP,
        mode=Mode.GROUP,
        start=_GROUP_START,
        participants=participants,
        session_id=session_id,
        activity="content",
        goal_id=guest.goal_of(None, day),
    )
