"""Who is served where: licences and capacity of places, day by day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tugiplaan.rules.explanation import Shown
from tugiplaan.rules.facts import Finding, Licence, Referral
from tugiplaan.rules.period import Month, Span, intersect
from tugiplaan.rules.staffing import Capacity, capacity
from tugiplaan.rules.stays import Presence
from tugiplaan.rules.vocabulary import FindingCode, Service, Variant


class _Seat(NamedTuple):
    """The key by which places are counted."""

    place: str
    service: Service


@dataclass(slots=True)
class HouseCount:
    """Persons at each place and service on each day of a month, added to person by person."""

    month: Month
    licences: tuple[Licence, ...]
    _present: dict[_Seat, dict[Variant, list[int]]] = field(default_factory=dict)

    def add(self, found: list[Presence]) -> None:
        """Count one person's stays; without any licence in the facts nothing is compared."""
        if self.licences:
            for presence in found:
                self._seat(presence)

    def _seat(self, presence: Presence) -> None:
        referral, month = presence.referral, self.month
        if presence.stay is None or not referral.places:
            return
        days = intersect(presence.stay, month.span)
        if days is None:
            return
        start = month.span[0]
        for first, end, place in _places(referral, days):
            seat = self._present.setdefault(_Seat(place, referral.service), {})
            differences = seat.get(referral.variant)
            if differences is None:
                differences = seat[referral.variant] = [0] * (month.length + 1)
            differences[first - start] += 1
            differences[end - start] -= 1

    def close(self) -> list[Finding]:
        """Compare each place with its licences.

        Returns:
            One finding for each run of days on which a licence is missing, does not name a
            target group, or is exceeded.

        Law: SHS §§ 151, 154; rule R-19; reading 12.
        """
        findings: list[Finding] = []
        by_seat: dict[_Seat, list[Licence]] = defaultdict(list)
        for licence in self.licences:
            by_seat[_Seat(licence.place, licence.service)].append(licence)
        for seat, variants in sorted(self._present.items()):
            days = self._capacities(seat, variants, by_seat[seat])
            wrong = [allowed is not None and allowed.maximum is None for allowed in days]
            findings += self._runs(FindingCode.LICENCE, seat, wrong, "")
            groups = {group for allowed in days if allowed for group in allowed.missing_groups}
            for group in sorted(groups):
                wrong = [
                    allowed is not None
                    and allowed.maximum is not None
                    and group in allowed.missing_groups
                    for allowed in days
                ]
                findings += self._runs(FindingCode.LICENCE, seat, wrong, str(group))
            findings += self._over(seat, days)
        return findings

    def _capacities(
        self, seat: _Seat, variants: dict[Variant, list[int]], licences: list[Licence]
    ) -> list[Capacity | None]:
        """Compare each day; days alike are compared once, days without anybody not at all."""
        running = {variant: _running(counts) for variant, counts in variants.items()}
        known: dict[tuple[object, ...], Capacity] = {}
        found: list[Capacity | None] = []
        for at, day in enumerate(range(*self.month.span)):
            on = date.fromordinal(day)
            persons = {variant: counts[at] for variant, counts in running.items()}
            if not any(persons.values()):
                found.append(None)
                continue
            key = (*persons.values(), *(licence.covers(on) for licence in licences))
            if key not in known:
                known[key] = capacity(licences, seat.place, seat.service, persons, on)
            found.append(known[key])
        return found

    def _over(self, seat: _Seat, days: list[Capacity | None]) -> list[Finding]:
        over = [
            allowed is not None and allowed.maximum is not None and allowed.over > 0
            for allowed in days
        ]
        return self._runs(FindingCode.CAPACITY, seat, over, "", days)

    def _runs(
        self,
        code: FindingCode,
        seat: _Seat,
        wrong: list[bool],
        group: str,
        days: list[Capacity | None] | None = None,
    ) -> list[Finding]:
        """Make one finding of each run of wrong days."""
        findings: list[Finding] = []
        for first, end in _true_runs(wrong):
            some = [allowed for allowed in (days or [])[first:end] if allowed]
            numbers: tuple[tuple[str, Shown], ...] = (
                ("place", seat.place),
                ("service", str(seat.service)),
                ("group", group or "–"),
                ("persons", max((allowed.persons for allowed in some), default=0)),
                ("limit", min((allowed.maximum or 0 for allowed in some), default=0)),
            )
            start = self.month.span[0]
            span = date.fromordinal(start + first), date.fromordinal(start + end - 1)
            findings.append(Finding(code, "", "", *span, numbers=numbers))
        return findings


def _true_runs(flags: list[bool]) -> list[Span]:
    """Find runs of true, half-open.

    >>> _true_runs([True, False, True, True])
    [(0, 1), (2, 4)]
    """
    runs: list[Span] = []
    for at, flag in enumerate(flags):
        if flag and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif flag:
            runs.append((at, at + 1))
    return runs


def _places(referral: Referral, days: Span) -> list[tuple[int, int, str]]:
    """Cut days by the place where the person is served."""
    first, end = days
    moves = [from_day.toordinal() for from_day, _ in referral.places]
    starts = sorted({first, *(day for day in moves if first < day < end)})
    return [
        (start, stop, referral.place_on(date.fromordinal(start)))
        for start, stop in zip(starts, [*starts[1:], end], strict=True)
    ]


def _running(differences: list[int]) -> list[int]:
    total, counts = 0, []
    for difference in differences[:-1]:
        total += difference
        counts.append(total)
    return counts
