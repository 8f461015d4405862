"""A whole month over many persons, with what concerns their places and workers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from tugiplaan.rules.facts import Contract, Facts, House, PersonMonth, Surroundings
from tugiplaan.rules.period import Month, clip
from tugiplaan.rules.settlement.bookings import Bookings
from tugiplaan.rules.settlement.drafts import Books
from tugiplaan.rules.settlement.empty_places import EmptyCount
from tugiplaan.rules.settlement.house import HouseCount
from tugiplaan.rules.settlement.person import settle_presences
from tugiplaan.rules.stays import Ledger, away_days, no_show, presences
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service


def settle_month(
    persons: Sequence[Facts], house: House, law: Law, contract: Contract
) -> Iterator[PersonMonth]:
    """Settle a month of many persons.

    Args:
        persons: The facts of each person, all of the same month.
        house: Licences and empty places.
        law: The dated law.
        contract: Settings, own prices and component price lists.

    Yields:
        Each person's month in the order given, made when asked for; at the end one with no
        person: empty places, licences, capacity and workers booked twice.

    Law: as `settle`; besides R65 § 2¹ (new autism places), SHS §§ 79(1¹), 154; readings 7, 12.
    """
    if not persons:
        return
    first = persons[0]
    surroundings = with_new_places(persons, law, contract)
    books = Books(law, contract, surroundings, first.month, first.as_of)
    count = HouseCount(first.month, house.licences)
    empty = EmptyCount(books, house.empty_places)
    bookings = Bookings()
    for given in persons:
        facts = given
        if surroundings is not given.surroundings:
            facts = replace(given, surroundings=surroundings)
        found = presences(facts.person, facts.referrals, law)
        settled = settle_presences(found, facts, law, contract, None)
        count.add(found)
        empty.add(settled.lines)
        doubled = bookings.add(facts)
        if doubled:
            settled = replace(settled, findings=settled.findings + tuple(doubled))
        yield settled
    lines, unpaid = empty.close()
    findings = [*count.close(), *bookings.close(), *unpaid]
    yield PersonMonth("", first.month, tuple(lines), tuple(findings))


def with_new_places(persons: Sequence[Facts], law: Law, contract: Contract) -> Surroundings:
    """Find the months of each new autism place that are paid at the price of a new place.

    Args:
        persons: The facts of everybody: a place keeps its count when another moves in.
        law: The dated law.
        contract: Settings.

    Returns:
        The surroundings of the first person with the new places filled in; the same object
        where there is no new place.

    Law: R65 § 2¹; rule R-10; open point A-10; reading 7.
    """
    months: dict[str, set[Month]] = defaultdict(set)
    for facts in persons:
        if any(referral.slot for referral in facts.referrals):
            for slot, month in _payable_slot_months(facts, law, contract):
                months[slot].add(month)
    surroundings = persons[0].surroundings
    if not months:
        return surroundings
    limit = law.number("new_place_months", persons[0].month.last)
    first_months = {slot: frozenset(sorted(found)[:limit]) for slot, found in months.items()}
    return replace(surroundings, new_place_months=first_months)


def _payable_slot_months(facts: Facts, law: Law, contract: Contract) -> Iterable[tuple[str, Month]]:
    """Give the months in which any day is payable under a new place, up to the month settled."""
    until = facts.month.span[1]
    since = law.terms.rows("new_place_months")[0].valid_from
    ledger = Ledger.empty(contract.state)
    for presence in presences(facts.person, facts.referrals, law):
        referral = presence.referral
        if not referral.kind.has_new_place:
            if referral.service is Service.OEH:
                away_days(presence, contract.state, law, ledger, until)
            continue
        away = away_days(presence, contract.state, law, ledger, until)
        new_from = referral.slot_new_from
        if not referral.slot or since is None or new_from is None or new_from < since:
            continue
        spans = list(presence.open)
        waited = no_show(referral, facts.as_of, law)
        if waited and waited.is_closed and waited.in_term:
            spans.append(waited.in_term)
        for first, end in clip(spans, (0, until)):
            for day in range(first, end):
                away_day = away.days.get(day)
                is_over = away.over_from is not None and day >= away.over_from
                problem = away_day.problem if away_day else None
                if problem is None and not is_over and date.fromordinal(day) >= since:
                    yield referral.slot, Month.of(date.fromordinal(day))
