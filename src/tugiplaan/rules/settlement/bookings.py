"""Time booked twice: a worker or a person in several places at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tugiplaan.rules.explanation import Shown
from tugiplaan.rules.facts import Facts, Finding
from tugiplaan.rules.vocabulary import FindingCode

_DAY_MINUTES = 24 * 60
_MOST_NAMED = 5


class Booked(NamedTuple):
    """A stretch of somebody's time, in minutes since the first day of all."""

    start: int
    end: int
    session: str
    record: str
    person: str


@dataclass(slots=True)
class Bookings:
    """The booked time of a month, added to person by person."""

    _workers: dict[str, list[Booked]] = field(default_factory=lambda: defaultdict(list))

    def add(self, facts: Facts) -> list[Finding]:
        """Count one person's records with a time of day.

        Returns:
            Findings about the person's own time.
        """
        first, last = facts.month.first, facts.month.last
        person = facts.person.person
        mine: list[Booked] = []
        for referral in facts.referrals:
            for row in referral.hours:
                if row.start is not None and first <= row.day <= last:
                    start = row.day.toordinal() * _DAY_MINUTES + row.start
                    booked = Booked(start, start + row.minutes, "", row.record, person)
                    mine.append(booked)
                    self._workers[row.worker].append(booked)
        for entry in facts.components:
            if entry.start is not None and first <= entry.day <= last:
                start = entry.day.toordinal() * _DAY_MINUTES + entry.start
                end = start + entry.minutes
                booked = Booked(start, end, entry.session, entry.record, person)
                mine.append(booked)
                self._workers[entry.worker].append(booked)
        return double_bookings(mine, facts.person.name, person)

    def close(self) -> list[Finding]:
        """Give the findings about workers."""
        findings: list[Finding] = []
        for worker in sorted(self._workers):
            findings += double_bookings(self._workers[worker], worker, "")
        return findings


def double_bookings(booked: list[Booked], whose: str, person: str) -> list[Finding]:
    """Find stretches of time in which somebody is booked more than once.

    Args:
        booked: Somebody's time in the month; records of one group session may coincide.
        whose: The name or code that the finding shows.
        person: The person's code; empty for a worker.

    Returns:
        One finding for each stretch of overlapping records.
    """
    if len(booked) < 2:
        return []
    booked.sort()
    findings: list[Finding] = []
    cluster: list[Booked] = []
    end = 0
    for slot in [*booked, None]:
        if slot is not None and cluster and slot.start < end:
            cluster.append(slot)
            end = max(end, slot.end)
            continue
        if len(cluster) > 1 and not _is_one_session(cluster):
            findings.append(_booking_finding(cluster, whose, person))
        if slot is not None:
            cluster, end = [slot], slot.end
    return findings


def _is_one_session(cluster: list[Booked]) -> bool:
    sessions = {slot.session for slot in cluster}
    return len(sessions) == 1 and "" not in sessions


def _booking_finding(cluster: list[Booked], whose: str, person: str) -> Finding:
    first = date.fromordinal(cluster[0].start // _DAY_MINUTES)
    last = date.fromordinal(max(slot.end - 1 for slot in cluster) // _DAY_MINUTES)
    records = tuple(slot.record for slot in cluster)
    minutes = max(slot.end for slot in cluster) - cluster[0].start
    numbers: tuple[tuple[str, Shown], ...] = (
        ("whose", whose),
        (
            "records",
            ", ".join(records[:_MOST_NAMED]) + (" …" if len(records) > _MOST_NAMED else ""),
        ),
        ("hours", Fraction(minutes, 60)),
    )
    return Finding(
        FindingCode.DOUBLE_BOOKING,
        "",
        person or cluster[1].person,
        first,
        last,
        numbers=numbers,
        records=records,
    )
