"""What is due as an iCalendar file, for the calendar of a phone or a computer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that fills a day.

    Attributes:
        key: Names it always in the same way, so that a calendar knows it again.
    """

    key: str
    day: date
    title: str
    text: str


def as_calendar(name: str, entries: Iterable[Entry], made_on: date) -> bytes:
    """Write entries as an iCalendar file.

    Args:
        name: What the calendar is called.
        entries: Whole days.
        made_on: Today.

    Returns:
        The bytes (RFC 5545); the same entries on the same day give the same bytes.
    """
    found = Calendar()
    found.add("prodid", "-//Tugiplaan//ET")
    found.add("version", "2.0")
    found.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.key}@tugiplaan")
        event.add("dtstamp", datetime.combine(made_on, time(), UTC))
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title)
        if entry.text:
            event.add("description", entry.text)
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    return bytes(found.to_ical())
