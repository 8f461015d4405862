"""Plays persons who came, moved, left or failed to come around the settled month."""

from dataclasses import replace
from datetime import date, timedelta

from tugiplaan.sample.events import Event
from tugiplaan.sample.hours import care_under, write_hours
from tugiplaan.sample.people import Person
from tugiplaan.sample.referrals import Referral, usual_start
from tugiplaan.sample.scene import Scene
from tugiplaan.sample.steady import attend

# Well past every window in which a person may still turn up.
_TOO_LATE_DAYS = 12


def started(scene: Scene, service: str, variant: str = "") -> None:
    """Play a person whose service began in the settled month.

    Args:
        scene: What is shared.
        service: The service.
        variant: Its variant, or empty.
    """
    start = scene.span.settled.day(scene.rng.randrange(5, 20))
    person = scene.person(adult_by=start)
    referral = attend(scene, _arriving(scene, person, service, variant, start))
    scene.tally.note(Event.STARTED, referral.person)


def ended(scene: Scene, service: str, end_reason: str, variant: str = "") -> None:
    """Play a person whose service ended in the settled month.

    Args:
        scene: What is shared.
        service: The service.
        end_reason: Why; with `term` the referral ran out on that day.
        variant: Its variant, or empty.
    """
    ended_on = scene.span.settled.day(scene.rng.randrange(8, 26))
    draft = replace(_running(scene, service, variant), ended_on=ended_on, end_reason=end_reason)
    if end_reason == "term":
        draft = replace(draft, valid_to=ended_on)
    attend(scene, draft)
    scene.tally.note(Event.ENDED, draft.person)


def moved(scene: Scene, *, is_into_small_place: bool) -> None:
    """Play a person who moved between two houses of round-the-clock care.

    Args:
        scene: What is shared.
        is_into_small_place: Whether the new place is the small one, which has no room.
    """
    referral = scene.write(_running(scene, "OEH", "", house="GT12"))
    places = scene.places
    new_place = places.overfill_small_place() if is_into_small_place else places.seat("LE12")
    from_day = scene.span.settled.day(scene.rng.randrange(8, 22))
    scene.folder.add("moves", (referral.code, from_day, new_place))
    scene.tally.note(Event.MOVED, referral.person)
    if is_into_small_place:
        scene.tally.note(Event.CAPACITY, referral.person)


def no_show(scene: Scene, service: str, *, is_closed: bool) -> None:
    """Play a person who was awaited and did not come.

    Args:
        scene: What is shared.
        service: The service.
        is_closed: Whether the time to turn up ended within the settled month.
    """
    month = scene.span.settled
    agreed = month.day(scene.rng.randrange(3, 12)) if is_closed else month.last - timedelta(days=1)
    draft = _arriving(scene, scene.person(adult_by=agreed), service, "", agreed)
    scene.write(replace(draft, arrived_on=None))
    event = Event.NO_SHOW_CLOSED if is_closed else Event.NO_SHOW_PENDING
    scene.tally.note(event, draft.person)


def late(scene: Scene, service: str) -> None:
    """Play a person who came when the time to turn up had passed.

    Args:
        scene: What is shared.
        service: The service.
    """
    agreed = scene.span.settled.day(scene.rng.randrange(2, 7))
    draft = _arriving(scene, scene.person(adult_by=agreed), service, "", agreed)
    draft = replace(draft, arrived_on=agreed + timedelta(days=_TOO_LATE_DAYS))
    attend(scene, draft)
    scene.tally.note(Event.LATE_ARRIVAL, draft.person)


def overlapping(scene: Scene) -> None:
    """Play a person with two services that may not run together for the rest of the month.

    Args:
        scene: What is shared.
    """
    start = usual_start(scene.rng, scene.span, "IET", "")
    person = scene.person(adult_by=start)
    attend(scene, scene.draft(person, "IET", "", start=start))
    moved_in_on = scene.span.settled.day(scene.rng.randrange(9, 16))
    scene.write(_arriving(scene, person, "KE", "", moved_in_on))
    scene.tally.note(Event.OVERLAP, person.code)


def term_over(scene: Scene) -> None:
    """Play a person still visited after the referral had run out.

    Args:
        scene: What is shared.
    """
    month = scene.span.settled
    valid_to = month.day(scene.rng.randrange(10, 18))
    referral = scene.write(replace(_running(scene, "TE", ""), valid_to=valid_to))
    care = care_under(scene, referral)
    care.until = month.last
    write_hours(scene, care)
    scene.tally.note(Event.TERM_OVER, referral.person)


def _running(scene: Scene, service: str, variant: str, *, house: str = "") -> Referral:
    start = usual_start(scene.rng, scene.span, service, variant)
    person = scene.person(adult_by=start)
    return scene.draft(person, service, variant, start=start, house=house)


def _arriving(scene: Scene, person: Person, service: str, variant: str, start: date) -> Referral:
    draft = scene.draft(person, service, variant, start=start)
    return replace(draft, agreed_start=start, arrived_on=start)
