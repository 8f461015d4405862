"""Who waits for a place in the demo, which places are offered, and how the stories began."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tugiplaan.people.actions import Identity, register
from tugiplaan.people.queries import Person
from tugiplaan.referrals.actions import (
    Decision,
    Happening,
    Offering,
    Reply,
    Turn,
    agree_start,
    answer_offer,
    note_waiting,
    offer_place,
    put_on_waiting_list,
    receive_referral,
)
from tugiplaan.referrals.queries import Answer, WaitingKind
from tugiplaan.rules.calendar import add_working_days
from tugiplaan.rules.period import add_months
from tugiplaan.rules.vocabulary import Service, VolumeUnit
from tugiplaan.sample.demo.stage import House, Stage
from tugiplaan.sample.demo.texts import PURPOSES

_OFFERED_DAYS_AGO = 6
_COMES_IN = 9
_DECIDED_TO_OFFER, _OFFER_TO_ANSWER = 2, 5


@dataclass(frozen=True, slots=True)
class Waits:
    """Somebody who waits.

    Attributes:
        ago: How many days ago the decision was made.
        group: The priority group; None: none.
    """

    name: tuple[str, str]
    born: date
    service: Service
    ago: int
    group: int | None = None
    why: str = ""


_WAITING = {
    "kogukonnakodu": (
        Waits(("Ööbik", "Õunapuu"), date(1994, 4, 11), Service.KE, 400),
        Waits(("Jüri", "Jõesaar"), date(1988, 9, 2), Service.KE, 310),
        Waits(
            *(("Žanett", "Šults"), date(2001, 1, 23), Service.KE, 120, 2),
            "Suunamisotsuse juurde lisatud põhjus (näidis).",
        ),
    ),
    "hooldekodu": (
        Waits(("Aadu", "Äärmaa"), date(1972, 12, 5), Service.OEH, 520),
        Waits(("Leida", "Lõhmus"), date(1969, 6, 30), Service.OEH, 260),
        Waits(("Siim", "Sõerd"), date(1990, 3, 17), Service.OEH, 90),
    ),
}
_BEGAN_WITH_AN_OFFER = (("kogukonnakodu", "T1"), ("hooldekodu", "S1"))


def lay_intake(stage: Stage) -> None:
    """Let people wait at two houses, offer places, and record what two personas were offered."""
    for key, person in _BEGAN_WITH_AN_OFFER:
        _offer_as_it_was(stage.houses[key], person)
    for key, waiting in _WAITING.items():
        house = stage.houses[key]
        turns = [_wait(stage, house, one, number) for number, one in enumerate(waiting, 1)]
        if key == "hooldekodu":
            _refuse_and_offer(stage, house, turns)
        else:
            _offer_and_miss(stage, house, turns)
            _comes_soon(stage, house)


def _wait(stage: Stage, house: House, one: Waits, number: int) -> Any:
    who: dict[str, Any] = {"by": house.manager, "on": stage.today}
    identity = Identity(
        first_name=one.name[0],
        last_name=one.name[1],
        birth_date=one.born,
        code=f"{house.organisation.key[0].upper()}J{number:02d}",
    )
    stage.take_name(one.name)
    person: Person = register(provider_id=house.provider_id, identity=identity, **who)
    turn = Turn(
        person_id=person.pk,
        service=one.service,
        county=house.organisation.county,
        since=stage.today - timedelta(days=one.ago),
        group=one.group,
        group_reason=one.why,
    )
    return put_on_waiting_list(provider_id=house.provider_id, turn=turn, **who)


def _comes_soon(stage: Stage, house: House) -> None:
    """Somebody has a referral and an agreed start some days ahead."""
    who: dict[str, Any] = {"by": house.manager, "on": stage.today}
    name = ("Maarja", "Mäeots")
    stage.take_name(name)
    identity = Identity(*name, date(1991, 8, 14), code="KJ90")
    person: Person = register(provider_id=house.provider_id, identity=identity, **who)
    start = stage.today + timedelta(days=_COMES_IN)
    decision = Decision(
        person_id=person.pk,
        code=f"{stage.today.year}-{house.organisation.reference[-3:]}-90",
        service=Service.KE,
        issued_on=stage.today - timedelta(days=_COMES_IN),
        valid_from=start,
        valid_to=add_months(start, 60) - timedelta(days=1),
        place_id=_place(house, Service.KE),
        planned_volume=Decimal(30),
        volume_unit=VolumeUnit.OOP_MONTH,
        purpose=PURPOSES[Service.KE],
    )
    referral = receive_referral(provider_id=house.provider_id, decision=decision, **who).row
    agree_start(referral=referral, day=start, **who)


def _place(house: House, service: Service) -> Any:
    """Give the place of a house where a service is given."""
    return next(
        house.places[guest.part.place]
        for guest in house.guests.values()
        if guest.part.service is service and guest.part.place
    )


def _refuse_and_offer(stage: Stage, house: House, turns: list[Any]) -> None:
    """The first refuses for a good reason and stays; then the second is offered the place."""
    who: dict[str, Any] = {"by": house.manager, "on": stage.today}
    place = _place(house, Service.OEH)
    first_day = stage.today - timedelta(days=5 * _OFFERED_DAYS_AGO)
    offer = offer_place(to=turns[0], offering=Offering(place, first_day), **who).row
    reply = Reply(
        Answer.REFUSED_WELL,
        first_day + timedelta(days=_OFFER_TO_ANSWER),
        "On haiglas ja tuleb tagasi alles kahe kuu pärast.",
    )
    answer_offer(offer=offer, reply=reply, **who)
    day = stage.today - timedelta(days=_OFFERED_DAYS_AGO)
    offer_place(to=turns[1], offering=Offering(place, day), **who)


def _offer_and_miss(stage: Stage, house: House, turns: list[Any]) -> None:
    """One could not be reached; another refused and does not wait any more."""
    who: dict[str, Any] = {"by": house.manager, "on": stage.today}
    tried = stage.today - timedelta(days=4 * _OFFERED_DAYS_AGO)
    happening = Happening(
        kind=WaitingKind.UNREACHABLE,
        day=add_working_days(tried, _OFFERED_DAYS_AGO),
        reason="Telefon oli väljas ja kirjale ei vastatud.",
        tried_from=tried,
    )
    note_waiting(waiting=turns[0], happening=happening, **who)


def _offer_as_it_was(house: House, key: str) -> None:
    """Record the offer with which the stay of a persona began."""
    referral = house.guests[key].stays[0].referral
    day = referral.issued_on + timedelta(days=_DECIDED_TO_OFFER)
    answered = day + timedelta(days=_OFFER_TO_ANSWER)
    if referral.place_id is None:
        return
    offering = Offering(referral.place_id, day)
    offer = offer_place(to=referral, offering=offering, by=house.manager, on=day).row
    reply = Reply(Answer.ACCEPTED, answered)
    answer_offer(offer=offer, reply=reply, by=house.manager, on=answered)
