"""Empty court places: paid where the contract says so, never on a day paid as a no-show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.facts import EmptyPlaces, Finding, Line
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import clip
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.settlement.drafts import Books, Draft, merge, unit_price
from tugiplaan.rules.settlement.lines import rate_step, share_step, state_line
from tugiplaan.rules.vocabulary import FindingCode, Kind, Service, Unit, Variant


@dataclass(slots=True)
class EmptyCount:
    """The empty court places of a month, beside the no-shows that were paid at each place."""

    books: Books
    empty_places: tuple[EmptyPlaces, ...]
    _no_shows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, lines: Iterable[Line]) -> None:
        """Remember the no-shows among one person's lines."""
        for line in lines:
            if line.kind is Kind.NO_SHOW:
                self._no_shows[line.place].update(
                    range(line.first_day.toordinal(), line.last_day.toordinal() + 1)
                )

    def close(self) -> tuple[list[Line], list[Finding]]:
        """Pay the places, or say why not.

        Law: SHS § 79(1¹); rule R-09; open point A-23; reading 12.
        """
        drafts: dict[str, list[Draft]] = defaultdict(list)
        for row in sorted(self.empty_places, key=lambda row: (row.place, row.first_day)):
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
    shares = [share_step(draft.share)] if draft.share else []
    return (
        rate_step(draft, "R65 § 2(7)"),
        Step("empty_places", numbers, (), "SHS § 79(1¹)"),
        *shares,
        Step("rounded", (("amount", amount),), (), "SHS § 79(1)"),
    )


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
