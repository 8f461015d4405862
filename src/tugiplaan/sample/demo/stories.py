"""What happens to some people of the demo: away, in hospital, moved, gone, written down wrongly."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.actions.records import cancel, correct, record
from tugiplaan.delivery.entries import HourEntry
from tugiplaan.delivery.files import bring_empty_places
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.people.actions import merge
from tugiplaan.plans.actions import (
    GoalOutcome,
    Outcome,
    SummaryDraft,
    approve_summary,
    record_summary_sent,
    write_summary,
)
from tugiplaan.providers.books import hold_months
from tugiplaan.referrals.actions import (
    Away,
    Confirmed,
    End,
    Moving,
    correct_absence,
    end_stay,
    move,
    record_absence,
    record_confirmation,
)
from tugiplaan.referrals.queries import Stay, stay_of
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason
from tugiplaan.sample.demo.in_time import send
from tugiplaan.sample.demo.stage import House

type Story = Callable[[House], None]


def _stay(house: House, key: str) -> Stay:
    return house.guests[key].stays[0]


def _who(house: House, on: date) -> dict[str, Any]:
    return {"by": house.manager, "on": on}


def _visit(house: House, key: str, day: date, minutes: int) -> HourEntry:
    guest = house.guests[key]
    return HourEntry(
        referral_id=guest.stays[0].referral.pk,
        day=day,
        minutes=minutes,
        worker_id=house.workers[guest.part.worker],
        start=house.book(guest.part.worker, day, minutes),
        activity="vestlus",
        goal_id=guest.goal_of(guest.stays[0].referral.pk, day),
    )


def hours_of_somebody_else(house: House) -> None:
    """Hours land with the wrong person and are moved to the right one; a visit is cancelled."""
    on = date(2026, 4, 28)
    entries = [
        _visit(house, "I1", date(2026, 4, 21), 60),
        _visit(house, "I2", date(2026, 4, 22), 45),
    ]
    by = house.users["T1"]
    wrong, double = record(provider_id=house.provider_id, entries=entries, by=by, on=on)
    right = _visit(house, "I4", date(2026, 4, 21), 60)
    correct(of=wrong, entry=right, why="Tund oli Jānisega, mitte Šuraga.", **_who(house, on))
    cancel(of=double, why="Sama külastus oli juba kirjas.", **_who(house, on))


def late_hours(house: House, key: str, day: date, on: date) -> None:
    """Hours come to light after the invoice, with a reason."""
    record(
        provider_id=house.provider_id,
        entries=[_visit(house, key, day, 150)],
        why="Tegevusjuhendaja oli haige ja tõi oma märkmed hiljem.",
        **_who(house, on),
    )


def away_longer_than_told(house: House) -> None:
    """An absence told ahead turns out longer and is corrected."""
    referral = _stay(house, "K2").referral
    told = Away(date(2026, 3, 10), date(2026, 3, 19), AbsenceKind.ABSENT, date(2026, 3, 9))
    row = record_absence(referral=referral, away=told, **_who(house, date(2026, 3, 9))).row
    true = Away(
        date(2026, 3, 10), date(2026, 3, 22), AbsenceKind.ABSENT, date(2026, 3, 9), row.code
    )
    why = "Inimene tuli ema juurest tagasi 23. märtsil."
    correct_absence(row=row, away=true, why=why, **_who(house, date(2026, 3, 24)))


def summer_at_home(house: House) -> None:
    """A person spends three weeks of July with their family."""
    away = Away(date(2026, 7, 6), date(2026, 7, 26), AbsenceKind.ABSENT, date(2026, 7, 2))
    referral = _stay(house, "K5").referral
    record_absence(referral=referral, away=away, **_who(house, date(2026, 7, 2)))


def moves_house(house: House) -> None:
    """A person moves to the other house of the community home."""
    moving = Moving(house.places["K2"], date(2026, 5, 11))
    move(referral=_stay(house, "K3").referral, moving=moving, **_who(house, date(2026, 5, 8)))


def was_there_twice(house: House) -> None:
    """The second entry of a person is found, and the two are taken for one."""
    merge(
        kept=house.guests["T4"].person,
        merged=house.guests["T4B"].person,
        why="Sama inimene: sünniaeg ja aadress langevad kokku, nimi oli kirjas ilma täpita.",
        **_who(house, date(2026, 4, 14)),
    )


def empty_court_place(house: House) -> None:
    """A court place stands empty until the second person comes; the contract pays for it."""
    days = {"first_day": date(2026, 2, 2), "last_day": date(2026, 4, 12)}
    row = {"place_id": house.places["KM"], "count": 1, **days}
    provider_id, by = house.provider_id, house.manager
    # There is no action for it yet; files bring such rows the same way.
    with acting(by=by, name="delivery.bring_empty_places", provider_id=provider_id) as act:
        hold_months(provider_id, days.values(), why="")
        bring_empty_places(act, provider_id, [row], "")


def in_hospital(house: House) -> None:
    """A person is in hospital over two months and each month is confirmed in time."""
    referral = _stay(house, "E1").referral
    away = Away(date(2026, 3, 20), date(2026, 5, 25), AbsenceKind.HOSPITAL, date(2026, 3, 20))
    record_absence(referral=referral, away=away, **_who(house, date(2026, 3, 23)))


def hospital_confirms(house: House, month: Month, on: date, key: str = "E1") -> None:
    """The confirmation of a month in hospital comes."""
    referral = _stay(house, key).referral
    record_confirmation(referral=referral, confirmed=Confirmed(month, on), **_who(house, on))


def in_hospital_unconfirmed(house: House) -> None:
    """A person is in hospital over two months, and nobody asked for the last confirmations."""
    referral = _stay(house, "S3").referral
    away = Away(date(2026, 4, 20), date(2026, 7, 12), AbsenceKind.HOSPITAL, date(2026, 4, 20))
    record_absence(referral=referral, away=away, **_who(house, date(2026, 4, 21)))


def did_not_come(house: House) -> None:
    """Somebody awaited does not come in time: the authority is told, and the referral ends."""
    day = date(2026, 6, 8)
    guest = house.guests["K8"]
    send(house, guest, PaperKind.NO_SHOW, date(2026, 6, 10), learned_on=day)
    end = End(day, EndReason.DECISION_ANNULLED, date(2026, 6, 10))
    end_stay(referral=guest.stays[0].referral, end=end, **_who(house, date(2026, 6, 10)))


def leaves(house: House, key: str, end: End, *, is_summed_up: bool) -> None:
    """A person leaves before the term is over.

    Args:
        house: From where.
        key: Who.
        end: The last day and the reason.
        is_summed_up: Whether the summary assessment is written, approved and sent; without it
            the last invoice waits.
    """
    guest = house.guests[key]
    on = end.learned_on or end.day
    stay = stay_of(
        end_stay(referral=guest.stays[0].referral, end=end, **_who(house, on)).row.referral
    )
    guest.ended_on = end.day
    if end.reason is EndReason.PERSON_WISH:
        send(house, guest, PaperKind.WISH_TO_END, on)
    if not is_summed_up:
        return
    worker = house.users[guest.part.worker]
    row = write_summary(stay=stay, draft=_SUMMARY, by=worker, on=end.day)
    row = approve_summary(row=row, **_who(house, end.day))
    record_summary_sent(row=row, sent_on=end.day, **_who(house, end.day))


_SUMMARY = SummaryDraft(
    goals=(
        GoalOutcome(
            "Valmistan kord nädalas sooja toidu.", Outcome.MET, "Teeb seda meeldetuletuseta."
        ),
        GoalOutcome(
            "Planeerin oma raha kuuks ette.", Outcome.PARTLY, "Vajab veel abi suuremate ostude ees."
        ),
    ),
    done="Toiduvalmistamine, poes käimine, eelarve koostamine.",
    need="Vajab nõustamist raha kasutamisel, muus saab hakkama.",
    own_view="Olen rahul ja tahan nüüd õe lähedal elada.",
    recommendation="Teenust selles asutuses ei jätkata; uues elukohas sobib toetatud elamine.",
)
_WISH, _MOVED = EndReason.PERSON_WISH, EndReason.MOVED

STORIES: dict[str, tuple[tuple[Month, Story], ...]] = {
    "paevakeskus": (
        (Month(2026, 4), hours_of_somebody_else),
        (
            Month(2026, 5),
            lambda house: leaves(
                house, "W1", End(date(2026, 5, 22), _WISH, date(2026, 5, 12)), is_summed_up=True
            ),
        ),
    ),
    "kogukonnakodu": (
        (Month(2026, 3), away_longer_than_told),
        (Month(2026, 4), was_there_twice),
        (Month(2026, 5), moves_house),
        (
            Month(2026, 6),
            lambda house: leaves(
                house, "K7", End(date(2026, 6, 18), _MOVED, date(2026, 6, 10)), is_summed_up=False
            ),
        ),
        (Month(2026, 6), did_not_come),
        (Month(2026, 7), summer_at_home),
    ),
    "hooldekodu": (
        (Month(2026, 2), empty_court_place),
        (Month(2026, 3), in_hospital),
        (Month(2026, 3), lambda house: hospital_confirms(house, Month(2026, 3), date(2026, 4, 2))),
        (Month(2026, 4), in_hospital_unconfirmed),
        (Month(2026, 4), lambda house: hospital_confirms(house, Month(2026, 4), date(2026, 5, 3))),
        (Month(2026, 5), lambda house: hospital_confirms(house, Month(2026, 5), date(2026, 6, 3))),
        (
            Month(2026, 4),
            lambda house: hospital_confirms(house, Month(2026, 4), date(2026, 5, 3), "S3"),
        ),
        (
            Month(2026, 5),
            lambda house: hospital_confirms(house, Month(2026, 5), date(2026, 6, 3), "S3"),
        ),
    ),
}
"""What happens at a house, by the month in which it does."""
