"""Time booked twice: a worker or a person in several places at once."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tugiplaan.rules.explanation import Shown
from tugiplaan.rules.facts import Facts, Finding
from tugiplaan.rules.vocabulary import FindingCode

_DAY_MINUTES = 24 * 60
_MOST_NAMED = 5


type Booked = tuple[int, int, str, str, str]
"""A stretch of somebody's time: start and end in minutes since the first day of all, the group
session or nothing, the record and the person."""


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
        person, workers = facts.person.person, self._workers
        mine: list[Booked] = []
        # Unpacked and as plain tuples, because this loop sees every record of a month.
        for referral in facts.referrals:
            for record, day, at, minutes, worker, _, _, _, _ in referral.hours:
                if at is not None and first <= day <= last:
                    start = day.toordinal() * _DAY_MINUTES + at
                    booked = (start, start + minutes, "", record, person)
                    mine.append(booked)
                    workers[worker].append(booked)
        for entry in facts.components:
            if entry.start is not None and first <= entry.day <= last:
                start = entry.day.toordinal() * _DAY_MINUTES + entry.start
                booked = (start, start + entry.minutes, entry.session, entry.record, person)
                mine.append(booked)
                workers[entry.worker].append(booked)
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
    cluster = [booked[0]]
    end = booked[0][1]
    for slot in booked[1:]:
        if slot[0] < end:
            cluster.append(slot)
            end = max(end, slot[1])
            continue
        if len(cluster) > 1:
            findings += _booking_finding(cluster, whose, person)
        cluster = [slot]
        end = slot[1]
    if len(cluster) > 1:
        findings += _booking_finding(cluster, whose, person)
    return findings


def _booking_finding(cluster: list[Booked], whose: str, person: str) -> list[Finding]:
    """Make a finding of overlapping records, unless they are one group session."""
    sessions = {slot[2] for slot in cluster}
    if len(sessions) == 1 and "" not in sessions:
        return []
    start, end = cluster[0][0], max(slot[1] for slot in cluster)
    records = tuple(slot[3] for slot in cluster)
    more = " …" if len(records) > _MOST_NAMED else ""
    numbers: tuple[tuple[str, Shown], ...] = (
        ("whose", whose),
        ("records", ", ".join(records[:_MOST_NAMED]) + more),
        ("hours", Fraction(end - start, 60)),
    )
    return [
        Finding(
            FindingCode.DOUBLE_BOOKING,
            "",
            person or cluster[1][4],
            date.fromordinal(start // _DAY_MINUTES),
            date.fromordinal((end - 1) // _DAY_MINUTES),
            numbers=numbers,
            records=records,
        )
    ]
