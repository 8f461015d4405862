"""Plays persons who used less or more of a service than planned."""

from dataclasses import replace
from datetime import timedelta

from tugiplaan.sample.events import Event
from tugiplaan.sample.hours import care_under, write_double_booking, write_hours
from tugiplaan.sample.referrals import DAY_CARE_BEGAN, Referral, usual_start
from tugiplaan.sample.scene import Scene
from tugiplaan.sample.steady import planning_units
from tugiplaan.sample.units import MOST_PLANNED, write_history, write_month

_OVER_UNITS = 25
_USED_OF_PLANNED = 11
_HOSPITAL_DAYS = 3


def below_minimum(scene: Scene, *, is_double_booked: bool) -> None:
    """Play a person with too few hours in the settled month.

    Args:
        scene: What is shared.
        is_double_booked: Whether a worker was also noted at two places at once.
    """
    referral = scene.write(_running(scene, "IET"))
    care = care_under(scene, referral)
    care.thin = frozenset({len(scene.span.months) - 1})
    write_hours(scene, care)
    scene.tally.note(Event.BELOW_MINIMUM, referral.person)
    other = write_double_booking(scene, care) if is_double_booked else None
    if other is not None:
        scene.tally.note(Event.DOUBLE_BOOKING, referral.person)
        scene.tally.troubled.add(other)


def non_use(scene: Scene) -> None:
    """Play a person who has hardly used the service for three months.

    Args:
        scene: What is shared.
    """
    referral = scene.write(_running(scene, "TTT"))
    care = care_under(scene, referral)
    care.thin = frozenset(range(len(scene.span.months)))
    write_hours(scene, care)
    scene.tally.note(Event.NON_USE, referral.person)


def too_many_units(scene: Scene) -> None:
    """Play a person with more units of day care than a month may have.

    Args:
        scene: What is shared.
    """
    draft = planning_units(scene, _running(scene, "PNH"), MOST_PLANNED)
    referral = scene.write(draft)
    write_history(scene, referral, MOST_PLANNED)
    write_month(scene, referral, scene.span.settled, _OVER_UNITS)
    scene.tally.note(Event.PNH_OVER, referral.person)


def unused_units(scene: Scene) -> None:
    """Play a person who used fewer units than planned, for some days because of hospital.

    Args:
        scene: What is shared.
    """
    units = scene.rng.choice((16, 17, 18))
    referral = scene.write(planning_units(scene, _running(scene, "PNH"), units))
    write_history(scene, referral, units)
    month = scene.span.settled
    first = scene.rng.randrange(len(month.weekdays) - _HOSPITAL_DAYS)
    away = month.weekdays[first : first + _HOSPITAL_DAYS]
    write_month(scene, referral, month, _USED_OF_PLANNED, away=away)
    # Away on the days between as well, where a weekend lies between two weekdays.
    scene.absence(referral, "hospital", away[0], away[-1])
    scene.tally.note(Event.PNH_UNUSED, referral.person)
    scene.tally.note(Event.PNH_HOSPITAL, referral.person)


def _running(scene: Scene, service: str) -> Referral:
    start = usual_start(scene.rng, scene.span, service, "")
    began_elsewhere = None
    if service == "PNH":
        began_elsewhere = max(start - timedelta(days=200), DAY_CARE_BEGAN)
    person = scene.person(adult_by=began_elsewhere or start, first_pnh_start=began_elsewhere)
    draft = scene.draft(person, service, "", start=start)
    return replace(draft, agreed_start=start, arrived_on=start)
