"""What concerns places, not one person: licences, capacity, empty places."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.facts import (
    Finding,
    House,
    Licence,
    Line,
    Referral,
)
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import Month, Span, clip, intersect
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.settlement.drafts import Books, Draft, merge, unit_price
from tugiplaan.rules.settlement.lines import rate_step, share_step, state_line
from tugiplaan.rules.stays import Presence
from tugiplaan.rules.vocabulary import (
    FindingCode,
    Kind,
    Service,
    TargetGroup,
    Unit,
    Variant,
)


class _Seat(NamedTuple):
    """Who is served where: the key by which places are counted."""

    place: str
    service: Service


@dataclass(slots=True)
class HouseCount:
    """Counts over all persons of a month, added to person by person.

    Attributes:
        books: Law, contract and month.
    """

    books: Books
    house: House
    _present: dict[_Seat, list[int]] = field(default_factory=dict)
    _groups: dict[tuple[_Seat, TargetGroup], list[int]] = field(default_factory=dict)
    _no_shows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, found: list[Presence], lines: Iterable[Line]) -> None:
        """Count one person's month."""
        if self.house.licences:
            for presence in found:
                self._seat(presence)
        for line in lines:
            if line.kind is Kind.NO_SHOW:
                self._no_shows[line.place].update(
                    range(line.first_day.toordinal(), line.last_day.toordinal() + 1)
                )

    def _seat(self, presence: Presence) -> None:
        referral, month = presence.referral, self.books.month
        if presence.stay is None or not referral.places:
            return
        days = intersect(presence.stay, month.span)
        if days is None:
            return
        for first, end, place in _places(referral, days):
            seat = _Seat(place, referral.service)
            self._count(self._present.setdefault(seat, [0] * (month.length + 1)), (first, end))
            group = referral.kind.target_group
            if group is not None:
                counts = self._groups.setdefault((seat, group), [0] * (month.length + 1))
                self._count(counts, (first, end))

    def _count(self, differences: list[int], days: Span) -> None:
        start = self.books.month.span[0]
        differences[days[0] - start] += 1
        differences[days[1] - start] -= 1

    def close(self) -> tuple[list[Line], list[Finding]]:
        """Give the lines of empty places, and the findings about places."""
        findings: list[Finding] = []
        if self.house.licences:
            findings += self._licence_findings()
        lines, unpaid = self._empty_places()
        return lines, findings + unpaid

    def _licence_findings(self) -> list[Finding]:
        findings: list[Finding] = []
        by_seat: dict[_Seat, list[Licence]] = defaultdict(list)
        for licence in self.house.licences:
            by_seat[_Seat(licence.place, licence.service)].append(licence)
        for seat, differences in sorted(self._present.items()):
            licences = by_seat[seat]
            limits = [_limit(licences, day) for day in _days(self.books.month)]
            persons = _running(differences)
            unlicensed = [
                count > 0 and limit == 0 for count, limit in zip(persons, limits, strict=True)
            ]
            findings += self._runs(FindingCode.LICENCE, seat, unlicensed, "")
            over = [0 < limit < count for count, limit in zip(persons, limits, strict=True)]
            findings += self._runs(FindingCode.CAPACITY, seat, over, "", (persons, limits))
        for (seat, group), differences in sorted(self._groups.items()):
            licences = by_seat[seat]
            missing = [
                count > 0 and _limit(licences, day) > 0 and not _names_group(licences, day, group)
                for count, day in zip(_running(differences), _days(self.books.month), strict=True)
            ]
            findings += self._runs(FindingCode.LICENCE, seat, missing, str(group))
        return findings

    def _runs(
        self,
        code: FindingCode,
        seat: _Seat,
        wrong: list[bool],
        group: str,
        counts: tuple[list[int], list[int]] | None = None,
    ) -> list[Finding]:
        """Make one finding of each run of wrong days."""
        findings: list[Finding] = []
        start = self.books.month.span[0]
        at = 0
        while at < len(wrong):
            if not wrong[at]:
                at += 1
                continue
            end = at
            while end < len(wrong) and wrong[end]:
                end += 1
            most = max(counts[0][at:end]) if counts else 0
            least = min(counts[1][at:end]) if counts else 0
            numbers: tuple[tuple[str, Shown], ...] = (
                ("place", seat.place),
                ("service", str(seat.service)),
                ("group", group or "–"),
                ("persons", most),
                ("limit", least),
            )
            findings.append(
                Finding(
                    code,
                    "",
                    "",
                    date.fromordinal(start + at),
                    date.fromordinal(start + end - 1),
                    numbers=numbers,
                )
            )
            at = end
        return findings

    def _empty_places(self) -> tuple[list[Line], list[Finding]]:
        """Pay empty court places, never a day that was paid as a no-show of the place."""
        drafts: dict[str, list[Draft]] = defaultdict(list)
        for row in sorted(self.house.empty_places, key=lambda row: (row.place, row.first_day)):
            days = (row.first_day.toordinal(), row.last_day.toordinal() + 1)
            for first, end in clip([days], self.books.month.span):
                drafts[row.place] += [
                    self._empty_draft(place=row.place, day=day, count=row.count)
                    for day in range(first, end)
                ]
        lines: list[Line] = []
        findings: list[Finding] = []
        for place, daily in drafts.items():
            for number, draft in enumerate(merge(daily), 1):
                if draft.problem is not None:
                    findings.append(_unpaid_places(place, draft))
                    continue
                amount = euro(draft.amount or 0)
                key = f"{self.books.month}-{place}-e{number}"
                lines.append(state_line(key, ("", ""), draft, amount, _empty_steps(draft, amount)))
        return lines, findings

    def _empty_draft(self, place: str, day: int, count: int) -> Draft:
        books = self.books
        rate, own = unit_price(_court_code(), day, books)
        problem = None if rate else FindingCode.RATE_MISSING
        share = None
        try:
            share = books.law.term("empty_place_share", date.fromordinal(day))
        except NotInForceError:
            problem = problem or FindingCode.SHARE_MISSING
        if not books.contract.state.pays_empty_court_places or day in self._no_shows[place]:
            problem = FindingCode.UNUSED_DAYS
        return Draft(
            Kind.EMPTY_PLACE,
            _court_code(),
            place,
            rate,
            share,
            own,
            count,
            Unit.DAY,
            books.month.length,
            day,
            day,
            problem,
        )


def _court_code() -> str:
    return kind_of(Service.OEH, Variant.KM).stem


def _empty_steps(draft: Draft, amount: Decimal) -> tuple[Step, ...]:
    numbers: tuple[tuple[str, Shown], ...] = (
        ("quantity", draft.quantity),
        ("of_days", draft.of_days or 0),
    )
    steps = [rate_step(draft, "R65 § 2(7)"), Step("empty_places", numbers, (), "SHS § 79(1¹)")]
    if draft.share:
        steps.append(share_step(draft.share))
    steps.append(Step("rounded", (("amount", amount),), (), "SHS § 79(1)"))
    return tuple(steps)


def _unpaid_places(place: str, draft: Draft) -> Finding:
    return Finding(
        code=draft.problem or FindingCode.UNUSED_DAYS,
        referral="",
        person="",
        first_day=date.fromordinal(draft.first),
        last_day=date.fromordinal(draft.last),
        quantity=draft.quantity,
        unit=Unit.DAY,
        amount_not_payable=euro(draft.amount) if draft.amount is not None else None,
        numbers=(("units", draft.quantity), ("code", draft.rate_code), ("place", place)),
    )


def _places(referral: Referral, days: Span) -> list[tuple[int, int, str]]:
    """Cut days by the place where the person is served."""
    first, end = days
    moves = [from_day.toordinal() for from_day, _ in referral.places]
    starts = sorted({first, *(day for day in moves if first < day < end)})
    return [
        (start, stop, referral.place_on(date.fromordinal(start)))
        for start, stop in zip(starts, [*starts[1:], end], strict=True)
    ]


def _days(month: Month) -> list[date]:
    return [date.fromordinal(day) for day in range(*month.span)]


def _running(differences: list[int]) -> list[int]:
    total, counts = 0, []
    for difference in differences[:-1]:
        total += difference
        counts.append(total)
    return counts


def _limit(licences: list[Licence], day: date) -> int:
    return sum(row.max_persons for row in licences if row.covers(day))


def _names_group(licences: list[Licence], day: date, group: TargetGroup) -> bool:
    """Tell whether a licence of the day serves a target group; the ordinary one always is."""
    return group is TargetGroup.ORDINARY or any(
        group in row.target_groups for row in licences if row.covers(day)
    )
