"""Plays persons who were away in the settled month."""

from datetime import date

from tugiplaan.sample.events import Event
from tugiplaan.sample.referrals import Referral, usual_start
from tugiplaan.sample.scene import Scene


def absent(scene: Scene, service: str, variant: str = "") -> None:
    """Play a person away for a day early in the month and for a week later on.

    Args:
        scene: What is shared.
        service: `KE` or `OEH`.
        variant: Its variant, or empty.
    """
    referral = _resident(scene, service, variant)
    month = scene.span.settled
    alone = month.day(scene.rng.randrange(3, 7))
    scene.absence(referral, "absent", alone, alone)
    first = scene.rng.randrange(10, 19)
    last = month.day(first + scene.rng.randrange(2, 9))
    scene.absence(referral, "absent", month.day(first), last)
    scene.tally.note(Event.SINGLE_DAY_AWAY, referral.person)
    scene.tally.note(Event.ABSENT, referral.person)


def day_away(scene: Scene, service: str, variant: str = "") -> None:
    """Play a person away for one day, which counts as presence.

    Args:
        scene: What is shared.
        service: `KE` or `OEH`.
        variant: Its variant, or empty.
    """
    referral = _resident(scene, service, variant)
    day = scene.rng.choice(scene.span.settled.days)
    scene.absence(referral, "absent", day, day)
    scene.tally.note(Event.SINGLE_DAY_AWAY, referral.person)


def away_too_long(scene: Scene) -> None:
    """Play a person whose two months of absence run out in the settled month.

    Args:
        scene: What is shared.
    """
    referral = _resident(scene, "OEH", "")
    first = scene.span.months[0].day(scene.rng.randrange(6, 22))
    scene.absence(referral, "absent", first, scene.span.settled.last)
    scene.tally.note(Event.ABSENCE_LIMIT, referral.person)


def in_hospital(scene: Scene, variant: str, *, is_confirmed: bool, house: str = "") -> None:
    """Play a person in hospital for more than two months.

    Args:
        scene: What is shared.
        variant: The variant of round-the-clock care, or empty.
        is_confirmed: Whether the hospital has confirmed the settled month.
        house: The kind of house, or empty for the usual one.
    """
    referral = _resident(scene, "OEH", variant, house=house)
    rng, months = scene.rng, scene.span.months
    first = months[0].day(rng.randrange(3, 9))
    scene.absence(referral, "hospital", first, months[-1].day(rng.randrange(18, 27)))
    confirmed = months if is_confirmed else months[:-1]
    for month in confirmed:
        received_on = month.shifted(1).day(rng.choice((1, 2, 3)))
        scene.folder.add("confirmations", (referral.code, month.label, received_on))
    event = Event.HOSPITAL_CONFIRMED if is_confirmed else Event.HOSPITAL_UNCONFIRMED
    scene.tally.note(event, referral.person)


def tuberculosis(scene: Scene) -> None:
    """Play a person treated for tuberculosis from the month before into the settled one.

    Args:
        scene: What is shared.
    """
    referral = _resident(scene, "OEH", "")
    first: date = scene.span.months[-2].day(scene.rng.randrange(5, 25))
    last = scene.span.settled.day(scene.rng.randrange(8, 25))
    scene.absence(referral, "tuberculosis", first, last)
    scene.tally.note(Event.TUBERCULOSIS, referral.person)


def _resident(scene: Scene, service: str, variant: str, *, house: str = "") -> Referral:
    start = usual_start(scene.rng, scene.span, service, variant)
    person = scene.person(adult_by=start)
    return scene.write(scene.draft(person, service, variant, start=start, house=house))
