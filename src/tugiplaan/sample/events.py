"""Knows the kinds of events a sample month holds and counts them."""

from collections import Counter
from enum import StrEnum


class Event(StrEnum):
    """Something in the folder that the settlement treats in a way of its own."""

    ABSENT = "absent"
    ABSENCE_LIMIT = "absence_limit"
    BASE_CONTENT = "base_content"
    BELOW_MINIMUM = "below_minimum"
    CAPACITY = "capacity"
    CEILING_NEAR = "ceiling_near"
    CEILING_OVER = "ceiling_over"
    DOUBLE_BOOKING = "double_booking"
    EARLIER_REFERRAL = "earlier_referral"
    EMPTY_COURT_PLACE = "empty_court_place"
    ENDED = "ended"
    FAMILY_GROUP = "family_group"
    GROUP_SESSION = "group_session"
    HOSPITAL_CONFIRMED = "hospital_confirmed"
    HOSPITAL_UNCONFIRMED = "hospital_unconfirmed"
    LATE_ARRIVAL = "late_arrival"
    MOVED = "moved"
    NEW_AUTISM_PLACE = "new_autism_place"
    NON_USE = "non_use"
    NO_SHOW_CLOSED = "no_show_closed"
    NO_SHOW_PENDING = "no_show_pending"
    OVERLAP = "overlap"
    PARALLEL_COMPONENT = "parallel_component"
    PNH_ADAPTATION = "pnh_adaptation"
    PNH_HOSPITAL = "pnh_hospital"
    PNH_OVER = "pnh_over"
    PNH_UNUSED = "pnh_unused"
    PRICE_UNCONFIRMED = "price_unconfirmed"
    SINGLE_DAY_AWAY = "single_day_away"
    STARTED = "started"
    TERM_OVER = "term_over"
    TUBERCULOSIS = "tuberculosis"
    TWO_SERVICES = "two_services"


# Events that are there to be found: the settlement blocks something or warns.
TROUBLE = frozenset(
    {
        Event.ABSENCE_LIMIT,
        Event.BASE_CONTENT,
        Event.BELOW_MINIMUM,
        Event.CAPACITY,
        Event.CEILING_OVER,
        Event.DOUBLE_BOOKING,
        Event.FAMILY_GROUP,
        Event.HOSPITAL_UNCONFIRMED,
        Event.LATE_ARRIVAL,
        Event.NON_USE,
        Event.NO_SHOW_PENDING,
        Event.OVERLAP,
        Event.PARALLEL_COMPONENT,
        Event.PNH_OVER,
        Event.PNH_UNUSED,
        Event.PRICE_UNCONFIRMED,
        Event.TERM_OVER,
    }
)


class Tally:
    """Counts what happened.

    Attributes:
        counts: How often each event is in the folder.
        troubled: The persons with at least one event of `TROUBLE`.
    """

    def __init__(self) -> None:
        """Start at nothing."""
        self.counts: Counter[Event] = Counter()
        self.troubled: set[str] = set()

    def note(self, event: Event, person: str) -> None:
        """Count an event once.

        Args:
            event: What happened.
            person: The code of the person it happened to; empty for a house.
        """
        self.counts[event] += 1
        if person and event in TROUBLE:
            self.troubled.add(person)
