"""What holds for every month: each property is worked out from the facts, not from the result.

The generators like ties: month ends, 29 February, the day on which two months are over, limits.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.case_builder import (
    ONE,
    absence_rows,
    component,
    contract,
    days_of,
    deal,
    facts,
    law,
    licence,
    months,
    near_ties,
    person,
    price,
    rate,
    referral,
    rounded,
    run_of,
    ties,
    used_units,
)
from tugiplaan.rules.facts import (
    Absence,
    ComponentRecord,
    Contract,
    DayRecord,
    Facts,
    HourRecord,
    House,
    PersonMonth,
    PriceList,
    Referral,
)
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle, settle_month
from tugiplaan.rules.tables import DatedTable, builtin
from tugiplaan.rules.vocabulary import AbsenceKind, Audience, DayKind, FindingCode, Kind, Unit

P95 = Fraction(95, 100)
SIZES = {"A": "GT12", "B": "LE12", "C": "G10", "D": "G6"}
RATES = {"KE": 676, "A": 878, "B": 992, "C": 992, "D": 1122}  # from 2026 on, R65 § 2


def settled(one: Facts, agreed: Contract | None = None, known: date | None = None) -> PersonMonth:
    return settle(one, law(known=known), agreed or contract())


def blocked_quantity(found: PersonMonth, *left_out: FindingCode) -> Fraction:
    """Add up what findings name as delivered and not payable."""
    rows = [row for row in found.findings if row.quantity is not None and row.code not in left_out]
    return sum((Fraction(row.quantity or 0) for row in rows), Fraction(0))


# Parts of a month


@given(
    month=months,
    cuts=st.sets(st.integers(1, 30), max_size=3),
    place=st.sampled_from(["", *SIZES]),
    is_handed_over=st.booleans(),
)
def test_providers_that_share_a_month_share_the_whole_rate(
    month: Month, cuts: set[int], place: str, is_handed_over: bool
) -> None:
    starts = [month.first, *(month.first + cut * ONE for cut in sorted(cuts) if cut < month.length)]
    service, given_place = ("OEH", {"place": place}) if place else ("KE", {})
    parts = []
    for number, start in enumerate(starts):
        after = starts[number + 1] if number + 1 < len(starts) else None
        end = after - (ONE if not is_handed_over else 0 * ONE) if after else None
        parts.append(referral(service, f"R{number}", start=start, end=end, **given_place))
    around = {"sizes": SIZES}
    whole = settled(facts(str(month), *parts, **around))
    assert sum((Fraction(line.exact) for line in whole.lines), Fraction(0)) == RATES[place or "KE"]
    apart = [settled(facts(str(month), part, **around)) for part in parts]
    exact = sum((Fraction(line.exact) for one in apart for line in one.lines), Fraction(0))
    assert exact == RATES[place or "KE"] + (
        # Settled apart, nobody hands the shared day over.
        Fraction(RATES[place or "KE"] * (len(parts) - 1), month.length) if is_handed_over else 0
    )


@given(month=months, moves=st.lists(st.tuples(near_ties, st.sampled_from("ABCD")), max_size=5))
def test_who_moves_between_houses_has_the_rate_of_each_day(
    month: Month, moves: list[tuple[date, str]]
) -> None:
    later = dict(sorted(moves))
    one = referral("OEH", start=date(2025, 12, 1), place="A", moves=later)
    places = {
        day: ([place for when, place in sorted(later.items()) if when <= day] or ["A"])[-1]
        for day in days_of(month)
    }
    exact = sum((Fraction(RATES[place], month.length) for place in places.values()), Fraction(0))
    found = settled(facts(str(month), one, sizes=SIZES))
    assert found.amount == rounded(exact)
    by_code: dict[str, Fraction] = {}
    for line in found.lines:
        by_code[line.rate_code] = by_code.get(line.rate_code, Fraction(0)) + Fraction(line.quantity)
    codes = [f"OEH_{SIZES[place]}" for place in places.values()]
    assert by_code == {code: codes.count(code) for code in codes}


@given(month=months, day=st.integers(2, 31), old=st.integers(1, 9999), new=st.integers(1, 9999))
def test_a_rate_that_changes_splits_the_month_by_days(
    month: Month, day: int, old: int, new: int
) -> None:
    assume(day <= month.length)
    rows = [f"KE {Decimal(old) / 100}", f"KE {Decimal(new) / 100} {month}-{day:02d}.."]
    found = settle(facts(str(month), referral("KE", start="2025-12-01")), law(rows), contract())
    before = Fraction(old * (day - 1), 100 * month.length)
    after = Fraction(new * (month.length - day + 1), 100 * month.length)
    assert found.amount == rounded(before + after)
    assert len(found.lines) == (1 if old == new else 2)


# Units


@given(data=st.data(), month=months, planned=st.sampled_from([None, 0, 9, 10, 12, 22, 23, 24, 31]))
def test_units_used_and_units_planned_are_all_accounted_for(
    data: st.DataObject, month: Month, planned: int | None
) -> None:
    volume = f"{planned} oop_month" if planned is not None else ""
    start = data.draw(st.sampled_from([date(2026, 1, 1), month.first, month.first + ONE]))
    hospital = data.draw(st.sampled_from([None, (1, 3), (1, month.length), (22, 26)]))
    rows = data.draw(used_units(month))
    one = replace(referral("PNH", start=start, volume=volume), days=rows)
    if hospital:
        first, last = (date(month.year, month.month, day) for day in hospital)
        one = replace(one, absences=(Absence("A", first, last, AbsenceKind.HOSPITAL),))
    found = settled(facts(str(month), one, who=person(pnh="2028-01-01")))
    mine = [row for row in rows if month.first <= row.day <= month.last]
    in_stay = sorted(row for row in mine if row.day >= start)
    exact = Fraction(sum(80 if row.kind is DayKind.OOP else 64 for row in in_stay[:23]))
    if planned is not None and start <= month.first:
        used = {row.day for row in in_stay}
        away = 0
        if hospital:
            away = sum(
                date(month.year, month.month, day) not in used
                for day in range(hospital[0], hospital[1] + 1)
            )
        in_hospital = max(0, min(away, planned - len(in_stay), 23 - len(in_stay)))
        unused = max(0, min(planned, 23) - len(in_stay) - in_hospital)
        exact += 80 * P95 * in_hospital + 80 * Fraction(65, 100) * unused
    assert found.amount == rounded(exact)
    paid = sum(Fraction(line.quantity) for line in found.lines if line.kind in (Kind.DAY, Kind.OOP))
    assert paid + blocked_quantity(found) == len(mine)


# Components


component_rows = st.lists(
    st.builds(
        lambda day, minutes, mode, funder, at, of, name: (
            f"{day} {name} {minutes} {mode} at={at} funder={funder} {of}"
        ),
        st.sampled_from(
            ["2026-03-31", "2026-04-01", "2026-04-15", "2026-04-30", "2026-05-01", "2025-04-15"]
        ),
        st.sampled_from([5, 7, 8, 15, 22, 23, 25, 45, 52, 53, 60]),
        st.sampled_from(["individual", "group"]),
        st.sampled_from(["7", "8", "9"]),
        st.sampled_from([0, 540, 600]),
        st.sampled_from(["", "of=2", "of=3"]),
        st.sampled_from(["C1", "C2", "C3"]),
    ),
    max_size=10,
)
# Funder 9 has no contract, and C3 has a price in a group only.
PRICES = [
    "C1 33.33 individual funder=7 ceiling=50/month",
    "C1 20 group funder=7 ceiling=50/month",
    "C2 40 individual funder=7 days=2026-04-15..",
    "C2 10.01 group funder=7 confirmed=no",
    "C1 27 individual funder=8 ceiling=60/calendar_year",
    "C1 0.05 group funder=8",
    "C2 30 individual funder=8 tier=base",
    "C3 15 group funder=8",
]
deals = st.builds(
    lambda step, hour, rounding, group: (
        f"step={step} hour={hour} rounding={rounding} group={group}"
    ),
    st.sampled_from([1, 10, 15]),
    st.sampled_from([45, 60]),
    st.sampled_from(["nearest", "up", "down"]),
    st.sampled_from(["per_participant", "split", "once"]),
)


def rounded_hours(record: ComponentRecord, terms: str) -> Fraction:
    if record.funder == "9":
        return Fraction(record.minutes, 60)
    named = dict(word.split("=") for word in terms.split())
    step, left = int(named["step"]), record.minutes % int(named["step"])
    up = {"nearest": 2 * left >= step, "up": left > 0, "down": False}[named["rounding"]]
    return Fraction(record.minutes - left + (step if up and left else 0), int(named["hour"]))


@given(rows=component_rows, terms=deals)
def test_component_hours_are_payable_or_named_and_no_ceiling_is_passed(
    rows: list[str], terms: str
) -> None:
    agreed = contract(prices=PRICES, deals=[f"{terms} funder=7", f"{terms} funder=8"])
    records = [component(f"{row} record=K{number}") for number, row in enumerate(rows)]
    one = replace(facts("2026-04"), components=tuple(records))
    found = settled(one, agreed)
    mine = [row for row in records if Month.of(row.day) == Month(2026, 4)]
    delivered = sum((rounded_hours(row, terms) for row in mine), Fraction(0))
    paid = sum((Fraction(line.quantity) for line in found.lines), Fraction(0))
    assert paid + blocked_quantity(found) == delivered
    assert {line.unit for line in found.lines} <= {Unit.HOUR}
    for funder, limit in (("7", 50), ("8", 60)):
        taken = [line for line in found.lines if (line.funder, line.component) == (funder, "C1")]
        assert sum((Fraction(line.exact) for line in taken), Fraction(0)) <= limit
    assert all(line.amount == rounded(line.exact) for line in found.lines)


# Order, noise, sums


PLANS = [("KE", {}), ("IET", {}), ("TTT", {}), ("TE", {}), ("PNH", {}), ("OEH", {"place": "A"})]


@st.composite
def whole_cases(draw: st.DrawFn) -> Facts:
    """A person with up to four referrals that touch and overlap, and what was recorded."""
    month = draw(months)
    made = []
    for number in range(draw(st.integers(1, 4))):
        service, more = draw(st.sampled_from(PLANS))
        start = draw(st.one_of(near_ties, st.sampled_from(days_of(month))))
        end = draw(st.one_of(st.none(), st.sampled_from(days_of(month))))
        one = referral(service, f"R{number}", start=start, end=end, issued=draw(ties), **more)
        arrived = draw(st.sampled_from([start, start, start + 3 * ONE, start + 7 * ONE, None]))
        hours = tuple(
            HourRecord(f"H{number}{at}", day, 540, minutes, "W", Audience.PERSON, "", True)
            for at, (day, minutes) in enumerate(
                draw(
                    st.lists(
                        st.tuples(st.sampled_from(days_of(month)), st.sampled_from([60, 239, 480])),
                        max_size=3,
                    )
                )
            )
        )
        rows = draw(absence_rows(most=2))
        made.append(
            replace(
                one, arrived_on=arrived, absences=rows, hours=hours, days=draw(used_units(month))
            )
        )
    records = tuple(
        component(f"{day} C1 60 at=540 funder=7 record=K{number}")
        for number, day in enumerate(draw(st.lists(st.sampled_from(days_of(month)), max_size=4)))
    )
    return replace(facts(str(month), *made, sizes=SIZES), components=records)


CONTRACT = contract(prices=PRICES, deals=["funder=7"], history_from="2026-01-01")


def told(found: PersonMonth) -> list[object]:
    """Everything that a month says."""
    return [found.lines, found.findings]


@given(one=whole_cases(), data=st.data())
def test_the_order_of_the_facts_does_not_matter(one: Facts, data: st.DataObject) -> None:
    def shuffled[T](rows: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(data.draw(st.permutations(rows)))

    other = replace(
        one,
        components=shuffled(one.components),
        referrals=shuffled(
            tuple(
                replace(
                    row,
                    absences=shuffled(row.absences),
                    hours=shuffled(row.hours),
                    days=shuffled(row.days),
                )
                for row in one.referrals
            )
        ),
    )
    prices, owned, licences = (
        shuffled(tuple(PRICES)),
        shuffled(("KE 600 2026-02-15..", "KE 650", "IET 200")),
        shuffled(("A OEH 1 2016-01-01..2026-04-15", "A OEH 2 2026-04-10..", "A KE 1")),
    )
    agreed = contract(own=owned, prices=prices, deals=["funder=7"], history_from="2026-01-01")
    usual = contract(
        own=["KE 650", "KE 600 2026-02-15..", "IET 200"],
        prices=PRICES,
        deals=["funder=7"],
        history_from="2026-01-01",
    )
    house = House(tuple(licence(row) for row in licences))
    straight = House(tuple(licence(row) for row in sorted(licences)))
    found = list(settle_month([other], house, builtin(), agreed))
    assert [told(month) for month in found] == [
        told(month) for month in settle_month([one], straight, builtin(), usual)
    ]


def with_noise(one: Facts, row: Referral, **more: Any) -> Facts:
    changed = tuple(replace(row, **more) if other is row else other for other in one.referrals)
    return replace(one, referrals=changed)


def _indirect(one: Facts, row: Referral) -> Facts:
    inside = max(row.arrived_on or row.valid_from, one.month.first)
    record = HourRecord("X", inside, None, 600, "W", Audience.PERSON, "", False)
    return with_noise(one, row, hours=(*row.hours, record))


NOISE: dict[str, Callable[[Facts, Referral], Facts]] = {
    "a confirmation of a month without a stay": lambda one, row: with_noise(
        one, row, confirmed_months=row.confirmed_months | {Month(2024, 1)}
    ),
    "an absence before the stay": lambda one, row: with_noise(
        one,
        row,
        absences=(
            *row.absences,
            Absence("X", date(2020, 1, 1), date(2020, 6, 1), AbsenceKind.ABSENT),
        ),
    ),
    "a unit of another month": lambda one, row: with_noise(
        one, row, days=(*row.days, DayRecord(date(2020, 1, 1), DayKind.OOP))
    ),
    "an hour of another year": lambda one, row: with_noise(
        one,
        row,
        hours=(
            *row.hours,
            HourRecord("X", date(2020, 1, 1), 0, 60, "W", Audience.PERSON, "", True),
        ),
    ),
    "a component of another year": lambda one, _: replace(
        one, components=(*one.components, component("2020-04-01 C1 60 funder=7"))
    ),
    "a component of a later month": lambda one, _: replace(
        one, components=(*one.components, component("2028-12-01 C1 60 funder=7"))
    ),
    "a referral that begins later": lambda one, _: replace(
        one, referrals=(*one.referrals, referral("OEH", "X", start="2029-01-01"))
    ),
    "a referral that ended long ago": lambda one, _: replace(
        one, referrals=(*one.referrals, referral("TTT", "X", start="2020-01-01", end="2020-06-01"))
    ),
}


@given(one=whole_cases(), at=st.integers(0, 3))
def test_what_a_rule_ignores_changes_nothing(one: Facts, at: int) -> None:
    row = one.referrals[at % len(one.referrals)]
    expected = told(settled(one, CONTRACT))
    for name, noise in NOISE.items():
        assert told(settled(noise(one, row), CONTRACT)) == expected, name


@given(one=whole_cases(), at=st.integers(0, 3))
def test_indirect_work_and_foreign_rows_change_no_line(one: Facts, at: int) -> None:
    row = one.referrals[at % len(one.referrals)]
    assert settled(_indirect(one, row), CONTRACT).lines == settled(one, CONTRACT).lines
    longer = PriceList(
        [
            price(text)
            for text in [
                *PRICES,
                "C9 99 funder=7",
                "C1 99 funder=77",
                "C1 99 days=2010-01-01..2010-12-31",
            ]
        ],
        [deal("funder=7"), deal("funder=77 step=1")],
    )
    agreed = replace(CONTRACT, components=longer, own_prices=DatedTable([rate("IET_AUT 1")]))
    assert settled(one, agreed).lines == settled(one, CONTRACT).lines


@given(one=whole_cases(), other=whole_cases())
def test_another_person_changes_nothing(one: Facts, other: Facts) -> None:
    stranger = replace(
        other, person=replace(other.person, person="P2"), month=one.month, as_of=one.as_of
    )
    alone = next(settle_month([one], House(), builtin(), CONTRACT))
    together = list(settle_month([stranger, one], House(), builtin(), CONTRACT))
    assert together[1] == alone


@given(one=whole_cases())
def test_the_lines_of_a_referral_add_up_to_the_rounded_exact_sum(one: Facts) -> None:
    found = settled(one, CONTRACT)
    assert len({line.line for line in found.lines}) == len(found.lines)
    for row in one.referrals:
        lines = [line for line in found.lines if line.referral == row.referral]
        exact = sum((Fraction(line.exact) for line in lines), Fraction(0))
        assert sum((line.amount for line in lines), Decimal(0)) == rounded(exact)
        assert all(line.amount >= 0 for line in lines)
        assert all(abs(Fraction(line.amount) - line.exact) < Fraction(1, 100) for line in lines)
        assert [line.kind.rank for line in lines] == sorted(line.kind.rank for line in lines)


@given(one=whole_cases())
def test_no_referral_is_paid_more_than_its_days_or_units_cost(one: Facts) -> None:
    """The ceiling comes from the rate table and from counting days, not from the lines."""
    found, table = settled(one, CONTRACT), builtin().rates
    for row in one.referrals:
        paid = sum(
            (line.amount for line in found.lines if line.referral == row.referral), Decimal(0)
        )
        last = min(row.ended_on or date.max, row.valid_to)
        if row.arrived_on is None:
            window = {"KE": 7, "OEH": 7, "PNH": 7}.get(row.service, 3)
            assert row.agreed_start is not None
            served = [day for day in run_of(row.agreed_start, window) if day <= last]
            share = P95
        else:
            served = [day for day in days_of(one.month) if row.arrived_on <= day <= last]
            share = Fraction(1)
        served = [day for day in served if Month.of(day) == one.month]
        if row.service == "PNH":
            most = (
                Fraction(80)
                * (len(served) if row.arrived_on is None else min(len(served), 23))
                * share
            )
        else:
            code = "OEH_GT12" if row.service == "OEH" else str(row.service)
            prices = [table.on(code, day).exact for day in served if day.year >= 2026]
            most = sum(prices, Fraction(0)) / one.month.length * share
        assert Fraction(paid) - most < Fraction(1, 200) or paid == 0


@given(one=whole_cases())
def test_every_day_of_community_living_is_in_one_line_or_one_finding(one: Facts) -> None:
    found = settled(one, CONTRACT)
    firsts = {row.arrived_on for row in one.referrals if row.arrived_on}
    for row in one.referrals:
        if row.service not in ("KE", "OEH") or row.arrived_on is None:
            continue
        last = min(row.ended_on or date.max, row.valid_to)
        # The last day goes to one that begins on it, so such cases are left to other tests.
        if last in firsts or row.arrived_on > last:
            continue
        days = [day for day in days_of(one.month) if row.arrived_on <= day <= last]
        mine = [line for line in found.lines if line.referral == row.referral]
        named = [
            finding
            for finding in found.findings
            if finding.referral == row.referral and finding.quantity is not None
        ]
        total = sum(Fraction(line.quantity) for line in mine) + sum(
            Fraction(finding.quantity or 0) for finding in named
        )
        assert total == len(days)
        assert not any(finding.code is FindingCode.OUTSIDE_STAY for finding in named)


# Rates that were known later


@given(
    first=st.integers(1, 30),
    last=st.integers(1, 30),
    place=st.sampled_from(["", "A", "B", "D"]),
)
def test_settling_again_under_the_rates_of_october_differs_by_the_difference_of_rates(
    first: int, last: int, place: str
) -> None:
    old, new = {"": (454, 477), "A": (586, 616), "B": (651, 686), "D": (676, 716)}[place]
    start, end = date(2021, 4, first), date(2021, 9, last)
    service, more = ("OEH", {"place": place}) if place else ("KE", {})
    one = referral(service, start=start, end=end, **more)
    difference, exact = Decimal(0), Fraction(0)
    for month in (Month(2021, number) for number in range(4, 10)):
        days = sum(start <= day <= end for day in days_of(month))
        case = facts(str(month), one, sizes=SIZES)
        before, after = (
            settled(case, known=date(2021, 9, 30)),
            settled(case, known=date(2021, 10, 11)),
        )
        assert before.amount == rounded(Fraction(old * days, month.length))
        assert after.amount == rounded(Fraction(new * days, month.length))
        difference += after.amount - before.amount
        exact += sum(Fraction(line.exact) for line in after.lines)
        exact -= sum(Fraction(line.exact) for line in before.lines)
    share = 4 + Fraction(31 - first, 30) + Fraction(last, 30)
    assert exact == (new - old) * share
    assert abs(Fraction(difference) - exact) <= Fraction(6, 100)
