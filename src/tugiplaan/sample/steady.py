"""Plays persons to whom nothing happens in the settled month."""

from dataclasses import replace
from datetime import date, timedelta

from tugiplaan.sample.events import Event
from tugiplaan.sample.hours import care_under, write_hours
from tugiplaan.sample.months import years_later
from tugiplaan.sample.people import Person
from tugiplaan.sample.referrals import (
    DAY_CARE_BEGAN,
    HOURLY_SERVICES,
    LEGACY_VARIANTS,
    Referral,
    term_from,
    usual_start,
)
from tugiplaan.sample.scene import Scene
from tugiplaan.sample.units import usual_units, write_month

NEW_AUTISM_PLACES_BEGAN = date(2026, 1, 1)

# Which service an earlier referral was for, by the reason of its end.
_EARLIER_SERVICES = {
    "term": "IET",
    "person_wish": "TE",
    "non_use": "IET",
    "moved": "KE",
    "contract_end": "TTT",
    "decision_annulled": "KE",
    "court_ended": "OEH",
}


def steady(
    scene: Scene, service: str, variant: str = "", *, earlier_end: str = "", house: str = ""
) -> None:
    """Play a person with one service, used as it should be.

    Args:
        scene: What is shared.
        service: The service.
        variant: Its variant, or empty.
        earlier_end: The reason why an earlier referral of the person ended, or empty for none.
        house: The kind of house, or empty for the usual one.
    """
    start = usual_start(scene.rng, scene.span, service, variant)
    ended_on = start - timedelta(days=scene.rng.randrange(5, 60))
    # Court orders are for a year at most, and one that the court ended was shorter still.
    was_court = earlier_end == "court_ended"
    earlier_days = scene.rng.randrange(200, 350) if was_court else scene.rng.randrange(300, 900)
    began_on = ended_on - timedelta(days=earlier_days)
    person = scene.person(adult_by=began_on if earlier_end else start)
    if earlier_end:
        _write_earlier(scene, person, (began_on, ended_on), earlier_end)
    draft = scene.draft(person, service, variant, start=start, house=house)
    if was_court:
        draft = replace(draft, released_from_compulsory_treatment="yes")
    attend(scene, draft)


def attend(scene: Scene, draft: Referral) -> Referral:
    """Write a referral together with ordinary records of its service.

    Args:
        scene: What is shared.
        draft: The referral as it is to stand, without a code.

    Returns:
        The referral with its code.
    """
    if draft.service == "PNH" or draft.variant in LEGACY_VARIANTS:
        return attend_days(scene, draft)
    referral = scene.write(draft)
    if referral.service in HOURLY_SERVICES:
        write_hours(scene, care_under(scene, referral))
    return referral


def attend_days(scene: Scene, draft: Referral) -> Referral:
    """Write a referral to day care, all of whose planned units are used.

    Args:
        scene: What is shared.
        draft: The referral as it is to stand, without code and planned volume.

    Returns:
        The referral with code and planned volume.
    """
    units = usual_units(scene)
    referral = scene.write(planning_units(scene, draft, units))
    for month in scene.span.months:
        write_month(scene, referral, month, units)
    return referral


def planning_units(scene: Scene, draft: Referral, units: int) -> Referral:
    """Plan so many units a month.

    Args:
        scene: What is shared.
        draft: A referral to day care.
        units: How many.

    Returns:
        The referral with volume and unit; legacy care is planned with the night.
    """
    can_be_day = draft.service == "PNH"
    unit = scene.rng.choice(("day_month", "oop_month")) if can_be_day else "oop_month"
    return replace(draft, planned_volume=units, volume_unit=unit)


def two_services(scene: Scene, first: str, second: str) -> None:
    """Play a person with two services that may run together, the first of them hourly or both.

    Args:
        scene: What is shared.
        first: An hourly service.
        second: Another service.
    """
    starts = [usual_start(scene.rng, scene.span, service, "") for service in (first, second)]
    person = scene.person(adult_by=min(starts))
    diary: dict[date, int] = {}
    hourly = [service for service in (first, second) if service in HOURLY_SERVICES]
    for service, start in zip((first, second), starts, strict=True):
        referral = scene.write(scene.draft(person, service, "", start=start))
        if service in HOURLY_SERVICES:
            care = care_under(scene, referral)
            care.diary = diary
            write_hours(scene, care, share=1 / len(hourly))
    scene.tally.note(Event.TWO_SERVICES, person.code)


def new_autism_place(scene: Scene) -> None:
    """Play a person in a place that opened the month before, with a price of its own at first.

    Args:
        scene: What is shared; before such places began the house is new but not its price.
    """
    opened_on = scene.span.months[-2].first
    is_new = scene.span.settled.first >= NEW_AUTISM_PLACES_BEGAN
    if is_new:
        opened_on = max(opened_on, NEW_AUTISM_PLACES_BEGAN)
    start = opened_on + timedelta(days=scene.rng.randrange(2, 9))
    person = scene.person(adult_by=start)
    term = term_from(scene.rng, scene.span, start)
    place = scene.places.new_autism_place(opened_on)
    draft = Referral(
        code="",
        person=person.code,
        service="OEH",
        variant="AUT",
        place=place,
        issued_on=term.issued_on,
        valid_from=start,
        valid_to=term.valid_to,
        agreed_start=term.agreed_start,
        arrived_on=term.arrived_on,
        slot=f"{place}-{person.code}",
        slot_new_from=opened_on if is_new else None,
    )
    scene.write(draft)
    if is_new:
        scene.tally.note(Event.NEW_AUTISM_PLACE, person.code)


def adapting(scene: Scene) -> None:
    """Play a person new to day care, who may come on fewer than ten days a month at first.

    Args:
        scene: What is shared.
    """
    start = max(scene.span.history_from + timedelta(days=2), DAY_CARE_BEGAN)
    draft = scene.draft(_newcomer(scene, start), "PNH", "", start=start)
    draft = replace(draft, agreed_start=start, arrived_on=start)
    referral = scene.write(replace(draft, planned_volume=8, volume_unit="day_month"))
    for month in scene.span.months:
        write_month(scene, referral, month, 8)
    scene.tally.note(Event.PNH_ADAPTATION, referral.person)


def _newcomer(scene: Scene, start: date) -> Person:
    return scene.person(adult_by=start, first_pnh_start=start)


def _write_earlier(scene: Scene, person: Person, stay: tuple[date, date], end_reason: str) -> None:
    began_on, ended_on = stay
    service = _EARLIER_SERVICES[end_reason]
    variant = "KM" if end_reason == "court_ended" else ""
    draft = scene.draft(person, service, variant, start=began_on)
    years = 1 if variant == "KM" else 4
    # A term that ran out ends on its own last day; the others ended before theirs.
    is_over = end_reason == "term"
    valid_to = ended_on if is_over else years_later(began_on, years) - timedelta(days=1)
    scene.write(replace(draft, valid_to=valid_to, ended_on=ended_on, end_reason=end_reason))
    scene.tally.note(Event.EARLIER_REFERRAL, person.code)
