"""How people come to the houses of the demo: register, refer, agree, arrive, who is around them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tugiplaan.people.actions import (
    Agreement,
    Contact,
    Identity,
    Member,
    Speaker,
    add_network_member,
    add_representative,
    change_contact,
    give_consent,
    register,
)
from tugiplaan.people.queries import Person
from tugiplaan.referrals.actions import Decision, agree_start, receive_referral, record_arrival
from tugiplaan.referrals.queries import stay_of
from tugiplaan.rules.contribution import OWN_CONTRIBUTION_SERVICES
from tugiplaan.rules.period import add_months
from tugiplaan.rules.vocabulary import Service, Variant, VolumeUnit
from tugiplaan.sample.demo.roster import Part
from tugiplaan.sample.demo.staffing import give_case
from tugiplaan.sample.demo.stage import Guest, House, Stage
from tugiplaan.sample.demo.texts import PURPOSES

_USUAL_VOLUMES = {
    Service.IET: (Decimal(6), VolumeUnit.H_MONTH),
    Service.TTT: (Decimal(5), VolumeUnit.H_MONTH),
    Service.TE: (Decimal(3), VolumeUnit.H_WEEK),
    Service.KE: (Decimal(30), VolumeUnit.OOP_MONTH),
    Service.PNH: (Decimal(12), VolumeUnit.DAY_MONTH),
    Service.OEH: (Decimal(30), VolumeUnit.OOP_MONTH),
}
_DECIDED_DAYS_BEFORE = 20
_MEN = {"Sulev", "Ülo", "Raivo", "Jānis", "Šura", "Žorž"}


def settle_in(stage: Stage, house: House, part: Part) -> Guest:
    """Let a person of the demo come to a house.

    Args:
        stage: What is shared.
        house: Where.
        part: Who, with which service and when.

    Returns:
        The person as they are at the house now.
    """
    person = _register(stage, house, part)
    guest = Guest(part, person)
    house.guests[part.key] = guest
    for service in (part.service, part.also):
        if service is not None:
            _refer(stage, house, guest, service)
    if not part.is_awaited:
        give_case(house, guest)
    _surround(stage, house, person, part.arrives)
    return guest


def _register(stage: Stage, house: House, part: Part) -> Person:
    on = part.arrives - timedelta(days=_DECIDED_DAYS_BEFORE)
    is_woman = stage.rng.random() < 0.47 if part.name is None else part.name[0] not in _MEN
    first, last = part.name or stage.name(is_woman=is_woman)
    stage.take_name((first, last))
    born = stage.birth_date(part.arrives)
    kind, country, identifier = "national", part.country, ""
    if country == "EE":
        identifier = stage.personal_code(born, is_woman=is_woman)
    elif country == "LV":
        identifier = f"{born:%d%m%y}-{stage.rng.randrange(10_000, 20_000)}"
    elif country == "UA":
        kind, identifier = "passport", f"FX{stage.rng.randrange(100_000, 1_000_000)}"
    identity = Identity(
        first_name=first,
        last_name=last,
        birth_date=born,
        code=f"{house.organisation.key[0].upper()}{len(house.guests) + 1:03d}",
        identifier=identifier,
        identifier_type=kind,
        country=country,
        first_pnh_start=part.arrives if part.service is Service.PNH else None,
    )
    who: dict[str, Any] = {"by": house.manager, "on": on}
    person = register(provider_id=house.provider_id, identity=identity, **who)
    is_russian = stage.rng.random() < 0.2 or country == "UA"
    contact = Contact(
        phone=f"+372 5{stage.rng.randrange(1_000_000, 10_000_000)}",
        address=house.organisation.address if part.place else "Kasesalu",
        language="ru" if is_russian else "et",
    )
    return change_contact(person=person, contact=contact, **who)


def _refer(stage: Stage, house: House, guest: Guest, service: Service) -> None:
    part = guest.part
    decided = part.arrives - timedelta(days=_DECIDED_DAYS_BEFORE)
    volume, unit = _USUAL_VOLUMES[service]
    number = sum(len(one.stays) for one in house.guests.values()) + 1
    decision = Decision(
        person_id=guest.person.pk,
        code=f"{decided.year}-{house.organisation.reference[-3:]}-{number:02d}",
        service=service,
        issued_on=decided,
        valid_from=part.arrives,
        valid_to=_term(stage, part),
        variant=part.variant,
        place_id=house.places[part.place],
        planned_volume=Decimal(part.volume) if part.volume else volume,
        volume_unit=unit,
        purpose=PURPOSES[service],
        court_order=_court_order(part.variant, decided),
        contribution=_CONTRIBUTION if service in OWN_CONTRIBUTION_SERVICES else "",
    )
    by = house.manager
    referral = receive_referral(
        provider_id=house.provider_id, decision=decision, by=by, on=decided
    ).row
    agree_start(referral=referral, day=part.arrives, by=by, on=decided)
    if not part.is_awaited:
        record_arrival(referral=referral, day=part.arrives, by=by, on=part.arrives)
    guest.stays.append(stay_of(referral))


def _term(stage: Stage, part: Part) -> date:
    """Give the last day of a term; that of a few lies in the months to come."""
    if part.key in ("I2", "K4"):
        return add_months(stage.today.replace(day=1), 4) - timedelta(days=1)
    return add_months(part.arrives, 12 * part.years) - timedelta(days=1)


_CONTRIBUTION = "Toidu ja majutuse eest maksab inimene omaosalust (näidis)."


def _court_order(variant: Variant, decided: date) -> str:
    if variant is not Variant.KM:
        return ""
    return f"Kohtumäärus {decided:%d.%m.%Y}, tsiviilasi 2-{decided:%y}-00000 (näidis)"


def _surround(stage: Stage, house: House, person: Person, on: date) -> None:
    """Add a guardian, somebody of the network and a consent to some."""
    who: dict[str, Any] = {"by": house.manager, "on": on}
    chance = stage.rng.random()
    relative = " ".join(stage.name(is_woman=chance < 0.5))
    speaks_for_themselves = chance < 0.6
    if not speaks_for_themselves:
        speaker = Speaker(
            kind="guardian",
            name=relative,
            valid_from=on,
            basis="Kohtumäärus eestkostja määramise kohta (näidis)",
            phone=f"+372 5{stage.rng.randrange(1_000_000, 10_000_000)}",
        )
        add_representative(person=person, speaker=speaker, **who)
    else:
        member = Member(name=relative, role="lähedane", valid_from=on)
        add_network_member(person=person, member=member, **who)
    agreement = Agreement(
        purpose="Andmete vahetamine perearstiga",
        scope="Teenuse ja ravi korraldamiseks vajalikud andmed",
        given_by=str(person) if speaks_for_themselves else relative,
        valid_from=on,
    )
    give_consent(person=person, agreement=agreement, **who)
