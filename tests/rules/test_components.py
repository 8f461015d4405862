"""Component services: increments, groups, prices, ceilings, what blocks a record, and lines."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from tests.rules.case_builder import (
    FUNDER,
    case,
    component,
    deal,
    price,
    told_finding,
    told_line,
)
from tugiplaan.rules.components import (
    Priced,
    Surround,
    cost,
    priced_records,
    rounded_minutes,
)
from tugiplaan.rules.explanation import LANGUAGES
from tugiplaan.rules.facts import ListEntry, PriceList, Session
from tugiplaan.rules.packs import price_templates
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, FindingCode, Mode, Tier

MAY = Month(2026, 5)
NOBODY: Callable[[date], str] = lambda _day: ""  # noqa: E731 - a word for the default


def priced(
    rows: list[str],
    *prices: str,
    deals: tuple[str, ...] = ("",),
    sessions: dict[str, Session] | None = None,
    parallel: Callable[[date], str] = NOBODY,
    who: str = "P1",
) -> list[Priced]:
    listed = PriceList([price(row) for row in prices], [deal(row) for row in deals])
    surround = Surround(sessions or {}, parallel)
    return priced_records(who, [component(row) for row in rows], MAY, listed, surround)


def told(found: list[Priced]) -> list[str]:
    return [
        " ".join(
            [
                row.record.record,
                f"{row.minutes}/{row.divisor}",
                row.problem or "paid",
                *([f"left={row.left}"] if row.left is not None else []),
                *(["elsewhere"] if row.is_billed_elsewhere else []),
            ]
        )
        for row in found
    ]


@pytest.mark.parametrize(
    ("rounding", "step", "minutes", "rounded"),
    [
        ("nearest", 15, 7, 0),
        ("nearest", 15, 8, 15),
        ("nearest", 15, 22, 15),
        ("nearest", 15, 23, 30),
        ("nearest", 10, 4, 0),
        ("nearest", 10, 5, 10),
        ("nearest", 10, 15, 20),
        ("nearest", 10, 25, 30),
        ("nearest", 1, 17, 17),
        ("up", 15, 1, 15),
        ("up", 15, 15, 15),
        ("up", 15, 16, 30),
        ("down", 15, 14, 0),
        ("down", 15, 15, 15),
        ("down", 15, 29, 15),
        ("down", 15, 30, 30),
    ],
)
def test_minutes_become_increments(rounding: str, step: int, minutes: int, rounded: int) -> None:
    assert rounded_minutes(minutes, deal(f"step={step} rounding={rounding}")) == rounded


def test_records_are_taken_in_the_order_of_day_clock_mode_audience_worker_and_key() -> None:
    rows = [
        "2026-05-04 C1 60 individual record=1",  # no time of day goes first
        "2026-05-04 C1 60 individual at=0 record=2",
        "2026-05-04 C1 60 group person at=540 record=3",
        "2026-05-04 C1 60 individual family at=540 record=4",
        "2026-05-04 C1 60 individual person at=540 by=A record=6",
        "2026-05-04 C1 60 individual person at=540 by=B record=5",
        "2026-05-04 C1 60 individual person at=540 by=B record=7",
        "2026-05-05 C1 60 individual at=0 record=0",
    ]
    for order in (rows, rows[::-1], rows[4:] + rows[:4]):
        found = priced(order, "C1 40", "C1 40 group", "C1 40 individual family")
        assert [row.record.record for row in found] == ["1", "2", "3", "4", "6", "5", "7", "0"]


def test_only_the_month_is_given_and_only_the_calendar_year_is_looked_at() -> None:
    rows = [
        "2025-12-31 C1 60 record=a",
        "2026-04-30 C1 60 record=b",
        "2026-05-01 C1 60 record=c",
        "2026-05-31 C1 60 record=d",
        "2026-06-01 C1 60 record=e",
        "2027-05-05 C1 60 record=f",
    ]
    assert [row.record.record for row in priced(rows, "C1 40")] == ["c", "d"]
    # 50 for the year: 40 of April, so 10 are left; December before and June after take nothing.
    assert told(priced(rows, "C1 40 ceiling=50/calendar_year")) == [
        "c 60/60 OVER_CEILING left=10",
        "d 60/60 OVER_CEILING left=0",
    ]
    assert told(priced(rows, "C1 40 ceiling=50/month")) == [
        "c 60/60 paid",
        "d 60/60 OVER_CEILING left=10",
    ]


def test_a_ceiling_that_is_just_enough_cuts_nothing() -> None:
    rows = ["2026-05-04 C1 60 record=a", "2026-05-05 C1 60 record=b"]
    assert told(priced(rows, "C1 40 ceiling=80/month")) == ["a 60/60 paid", "b 60/60 paid"]
    assert told(priced(rows, "C1 40 ceiling=79.99/month")) == [
        "a 60/60 paid",
        "b 60/60 OVER_CEILING left=3999/100",
    ]


def test_a_ceiling_is_one_for_each_funder_and_component() -> None:
    rows = [
        "2026-05-04 C1 60 record=a",
        "2026-05-04 C2 60 record=b",
        "2026-05-05 C1 60 funder=7 record=c",
        "2026-05-06 C1 60 record=d",
    ]
    lists = [
        "C1 40 ceiling=50/month",
        "C2 40 ceiling=50/month",
        "C1 40 ceiling=50/month funder=7",
    ]
    assert told(priced(rows, *lists, deals=("", "funder=7"))) == [
        "a 60/60 paid",
        "b 60/60 paid",
        "c 60/60 paid",
        "d 60/60 OVER_CEILING left=10",
    ]


def test_a_mode_without_a_ceiling_of_its_own_shares_that_of_the_component() -> None:
    rows = ["2026-05-04 C1 60 group record=a", "2026-05-05 C1 60 record=b"]
    assert told(priced(rows, "C1 40 ceiling=50/month", "C1 40 group")) == [
        "a 60/60 paid",
        "b 60/60 OVER_CEILING left=10",
    ]
    # Before the row with the ceiling is in force nothing is cut, but what was paid is counted.
    lists = ["C1 40 group", "C1 40 ceiling=50/month days=2026-05-05.."]
    assert told(priced([*rows, "2026-05-04 C1 60 group at=1 record=c"], *lists)) == [
        "a 60/60 paid",
        "c 60/60 paid",
        "b 60/60 OVER_CEILING left=0",
    ]


def test_the_price_s_own_ceiling_goes_before_that_of_another_mode() -> None:
    lists = ["C1 40 ceiling=50/month", "C1 40 group ceiling=70/month"]
    rows = ["2026-05-04 C1 60 group record=a", "2026-05-05 C1 60 group record=b"]
    assert told(priced(rows, *lists)) == ["a 60/60 paid", "b 60/60 OVER_CEILING left=30"]


def test_a_record_of_nothing_takes_nothing_and_is_not_cut() -> None:
    rows = ["2026-05-04 C1 60 record=a", "2026-05-05 C1 5 record=b"]
    assert told(priced(rows, "C1 40 ceiling=30/month")) == [
        "a 60/60 OVER_CEILING left=30",
        "b 0/60 paid",
    ]


@pytest.mark.parametrize(
    ("row", "lists", "deals", "problem"),
    [
        ("2026-05-04 C1 60", ["C1 40"], (), FindingCode.NO_COMPONENT_CONTRACT),
        ("2026-05-04 C1 60", ["C1 40"], ("2026-05-05",), FindingCode.NO_COMPONENT_CONTRACT),
        ("2026-05-04 C1 60", ["C1 40"], ("2026-05-04",), None),
        ("2026-05-04 C1 60", ["C1 40"], ("funder=7",), FindingCode.NO_COMPONENT_CONTRACT),
        ("2026-05-04 C1 60", [], ("",), FindingCode.PRICE_MISSING),
        ("2026-05-04 C1 60", ["C2 40"], ("",), FindingCode.PRICE_MISSING),
        ("2026-05-04 C1 60", ["C1 40 group"], ("",), FindingCode.PRICE_MISSING),
        ("2026-05-04 C1 60", ["C1 40 individual family"], ("",), FindingCode.PRICE_MISSING),
        ("2026-05-04 C1 60", ["C1 40 funder=7"], ("",), FindingCode.PRICE_MISSING),
        ("2026-05-04 C1 60", ["C1 40 days=2026-05-05.."], ("",), FindingCode.PRICE_MISSING),
        ("2026-05-04 C1 60", ["C1 40 days=2026-05-04..2026-05-04"], ("",), None),
        (
            "2026-05-04 C1 60",
            ["C1 40 days=2026-05-01..2026-05-03"],
            ("",),
            FindingCode.PRICE_MISSING,
        ),
        ("2026-05-04 C1 60", ["C1 40 confirmed=no"], ("",), FindingCode.PRICE_UNCONFIRMED),
        (
            "2026-05-04 C1 60 doing=content",
            ["C1 40 tier=base"],
            ("",),
            FindingCode.BASE_CONTENT_WORK,
        ),
        ("2026-05-04 C1 60 doing=planning", ["C1 40 tier=base"], ("",), None),
        ("2026-05-04 C1 60 doing=content", ["C1 40"], ("",), None),
        (
            "2026-05-04 C1 60 doing=content",
            ["C1 40 tier=base confirmed=no"],
            ("",),
            FindingCode.PRICE_UNCONFIRMED,
        ),
    ],
)
def test_what_blocks_a_record(
    row: str, lists: list[str], deals: tuple[str, ...], problem: FindingCode | None
) -> None:
    (found,) = priced([row], *lists, deals=deals)
    assert found.problem is problem
    assert (found.other, found.left, found.is_billed_elsewhere) == ("", None, False)


def test_a_day_in_a_state_service_blocks_last_and_names_the_referral() -> None:
    def parallel(day: date) -> str:
        return "R1" if day.day <= 4 else ""

    rows = ["2026-05-04 C1 60", "2026-05-05 C1 60"]
    found = priced(rows, "C1 40", parallel=parallel)
    assert [(row.problem, row.other) for row in found] == [
        (FindingCode.PARALLEL_COMPONENT, "R1"),
        (None, ""),
    ]
    (found_base,) = priced(["2026-05-04 C1 60 doing=content"], "C1 40 tier=base", parallel=parallel)
    assert found_base.problem is FindingCode.BASE_CONTENT_WORK


def test_a_record_without_a_contract_knows_neither_increment_nor_price() -> None:
    (found,) = priced(["2026-05-04 C1 52"], "C1 40", deals=())
    assert found.entry == ListEntry(None, None, None)
    assert (found.minutes, found.hours, found.exact) == (52, Fraction(52, 60), None)


def test_what_a_record_costs() -> None:
    (found,) = priced(["2026-05-04 C1 52"], "C1 33.33", deals=("hour=45",))
    assert [found.hours, found.exact, found.minutes] == [1, Fraction(3333, 100), 45]
    assert found.price is not None
    assert found.price.price == Decimal("33.33")
    (missing,) = priced(["2026-05-04 C1 52"])
    assert (missing.hours, missing.exact) == (Fraction(3, 4), None)
    assert cost([found, missing, found]) == Fraction(3333, 50)
    assert cost([]) == 0


@pytest.mark.parametrize(
    ("group", "row", "sessions", "divisor", "elsewhere"),
    [
        ("per_participant", "session=S of=4", {"S": Session("P0", 3)}, 60, False),
        ("split", "session=S of=4", {"S": Session("P0", 3)}, 240, False),
        ("split", "session=S", {"S": Session("P0", 3)}, 180, False),
        ("split", "session=S", {}, 60, False),
        ("split", "of=2", {}, 120, False),
        ("once", "session=S of=4", {"S": Session("P0", 3)}, 60, True),
        ("once", "session=S of=4", {"S": Session("P1", 3)}, 60, False),
        ("once", "of=4", {}, 60, False),
        ("once", "session=S", {}, 60, False),
    ],
)
def test_who_pays_the_hour_of_a_group(
    group: str, row: str, sessions: dict[str, Session], divisor: int, elsewhere: bool
) -> None:
    rows = [f"2026-05-04 C1 60 group {row}"]
    (found,) = priced(rows, "C1 40 group", deals=(f"group={group}",), sessions=sessions)
    assert (found.divisor, found.is_billed_elsewhere, found.problem) == (divisor, elsewhere, None)
    alone = [f"2026-05-04 C1 60 individual {row}"]
    (single,) = priced(alone, "C1 40", deals=(f"group={group}",), sessions=sessions)
    assert (single.divisor, single.is_billed_elsewhere) == (60, False)


def test_what_is_billed_with_another_takes_nothing_from_the_ceiling() -> None:
    rows = ["2026-05-04 C1 60 group session=S record=a", "2026-05-05 C1 60 group record=b"]
    found = priced(
        rows,
        "C1 40 group ceiling=40/month",
        deals=("group=once",),
        sessions={"S": Session("P0", 2)},
    )
    assert told(found) == ["a 60/60 paid elsewhere", "b 60/60 paid"]


def test_blocked_records_take_nothing_from_the_ceiling() -> None:
    rows = ["2026-05-03 C1 60 record=a", "2026-05-05 C1 60 record=b"]
    lists = [
        "C1 40 ceiling=40/month days=2026-05-04..",
        "C1 40 ceiling=40/month days=2026-05-01..2026-05-03 confirmed=no",
    ]
    assert told(priced(rows, *lists)) == ["a 60/60 PRICE_UNCONFIRMED", "b 60/60 paid"]


def test_of_overlapping_rows_the_later_start_counts_whatever_the_order() -> None:
    rows = [
        "C1 40 days=2026-01-01..",
        "C1 50 days=2026-03-01..2026-03-31",
        "C1 60 days=2026-03-15..2026-04-15",
    ]
    deals = ["2026-01-01 step=15", "2026-03-01 step=10"]
    for order in permutations(rows):
        listed = PriceList([price(row) for row in order], [deal(row) for row in deals[::-1]])

        def entry(day: str, listed: PriceList = listed) -> list[Any]:
            when = date.fromisoformat(day)
            found = listed.entry_on(FUNDER, "C1", Mode.INDIVIDUAL, Audience.PERSON, when)
            euros = found.price.price if found.price else None
            return [euros, found.contract.increment_minutes if found.contract else None]

        assert [entry(day) for day in ("2025-12-31", "2026-01-01", "2026-02-28")] == [
            [None, None],
            [40, 15],
            [40, 15],
        ]
        assert [entry(day) for day in ("2026-03-01", "2026-03-15", "2026-04-15")] == [
            [50, 10],
            [60, 10],
            [60, 10],
        ]
        assert entry("2026-04-16") == [40, 10]


def test_the_ceiling_of_a_component_is_that_of_the_latest_row_in_force() -> None:
    rows = [
        "C1 40 group",
        "C1 40 individual ceiling=100/month days=2026-01-01..",
        "C1 40 individual family ceiling=200/month days=2026-02-01..2026-04-30",
    ]
    listed = PriceList([price(row) for row in rows], [deal()])

    def ceiling(day: str) -> Decimal | None:
        when = date.fromisoformat(day)
        entry = listed.entry_on(FUNDER, "C1", Mode.GROUP, Audience.PERSON, when)
        return entry.ceiling.ceiling if entry.ceiling else None

    assert [ceiling(day) for day in ("2025-12-31", "2026-01-31", "2026-02-01", "2026-05-01")] == [
        None,
        100,
        200,
        100,
    ]
    without = listed.entry_on(FUNDER, "C1", Mode.GROUP, Audience.FAMILY, date(2026, 3, 1))
    assert without[:2] == (None, None)


def test_a_line_is_one_for_mode_audience_and_list_price() -> None:
    given = {
        "prices": ["C1 40", "C1 20 group", "C1 40 individual family", "C2 40 version=P4 source=S7"],
        "components": [
            "2026-05-04 C2 60",
            "2026-05-04 C1 60 group",
            "2026-05-05 C1 30",
            "2026-05-04 C1 60 individual family",
            "2026-05-09 C1 60",
        ],
    }
    lines = case("2026-05", given).lines()
    assert [told_line(line) for line in lines] == [
        "component C1 group person 20 x 1 = 20.00, 2026-05-04",
        "component C1 individual family 40 x 1 = 40.00, 2026-05-04",
        "component C1 individual person 40 x 3/2 = 60.00, 2026-05-05..2026-05-09",
        "component C2 individual person 40 x 1 = 40.00, 2026-05-04",
    ]
    assert [line.line for line in lines] == [f"2026-05-P1-c{number}" for number in (1, 2, 3, 4)]
    assert {(line.funder, line.referral, line.place, line.unit) for line in lines} == {
        (FUNDER, "", "", "h")
    }
    assert all(line.share == 1 for line in lines)
    assert {str([line.own_price, line.ceiling, line.of_days]) for line in lines} == {
        "[None, None, None]"
    }
    sources = [line.explanation[0].values[0].source for line in lines]
    assert sources == ["hinnakiri"] * 3 + ["P4 S7"]


def test_a_line_explains_itself() -> None:
    given = {
        "prices": ["C1 40 group ceiling=50/month days=2026-01-01..2026-12-31"],
        "deals": ["group=split"],
        "components": ["2026-05-04 C1 52 group of=2", "2026-05-05 C1 53 group of=2"],
    }
    (line,) = case("2026-05", given).lines()
    assert [(step.code, step.numbers) for step in line.explanation] == [
        ("list_price", (("code", "C1"), ("price", Decimal(40)))),
        ("component_hours", (("records", 2), ("minutes", 105), ("quantity", Fraction(7, 4)))),
        ("group_split", ()),
        ("ceiling_month", (("limit_amount", Decimal(50)),)),
        ("rounded_once", (("amount", Decimal("35.00")),)),
    ]
    (value,) = line.explanation[0].values
    assert (value.name, value.unit, value.value) == ("C1 group person", "h", Decimal(40))
    assert (value.valid_from, value.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (line.exact, line.ceiling, line.law) == (35, 50, "hinnakiri")


@pytest.mark.parametrize(
    ("price_row", "deal_row", "codes"),
    [
        ("C1 40 group", "", ["list_price", "component_hours", "rounded_once"]),
        (
            "C1 40 group ceiling=500",
            "group=once",
            ["list_price", "component_hours", "group_once", "ceiling_year", "rounded_once"],
        ),
    ],
)
def test_which_steps_a_line_has(price_row: str, deal_row: str, codes: list[str]) -> None:
    given = {
        "prices": [price_row],
        "deals": [deal_row],
        "components": ["2026-05-04 C1 60 group"],
    }
    (line,) = case("2026-05", given).lines()
    assert [step.code for step in line.explanation] == codes


def test_a_record_that_a_ceiling_cuts_is_paid_in_part_and_the_rest_is_named() -> None:
    given = {
        "prices": ["C1 40 ceiling=50/month", "C1 30 group"],
        "deals": ["hour=45"],
        "components": ["2026-05-04 C1 60 group", "2026-05-05 C1 60", "2026-05-06 C1 45"],
    }
    settled = case("2026-05", given)
    # 4/3 h in the group are 40.00; of 53.33 that come then, 10.00 are left: 1/4 h.
    assert [told_line(line) for line in settled.lines()] == [
        "component C1 group person 30 x 4/3 = 40.00, 2026-05-04",
        "component C1 individual person 40 x 1/4 = 10.00, 2026-05-05",
    ]
    (finding,) = settled.findings()
    assert told_finding(finding) == "OVER_CEILING 2026-05-05..2026-05-06 25/12 h 83.33"
    assert finding.records == ("2026-05-05 C1 60", "2026-05-06 C1 45")


def test_a_line_is_rounded_once_and_not_record_by_record() -> None:
    given = {
        "prices": ["C1 0.01"],
        "components": [f"2026-05-{day:02d} C1 15" for day in range(1, 11)],
    }
    (line,) = case("2026-05", given).lines()
    assert (line.exact, line.amount) == (Fraction(1, 40), Decimal("0.03"))


def test_hours_that_another_is_billed_for_are_told() -> None:
    given: dict[str, Any] = {
        "prices": ["C1 40 group"],
        "deals": ["group=once"],
        "persons": {
            "P2": {"components": ["2026-05-04 C1 60 group session=S", "2026-05-06 C1 30 group"]},
            "P1": {"components": ["2026-05-04 C1 60 group session=S"]},
        },
    }
    settled = case("2026-05", given)
    assert [told_line(line) for line in settled.lines()] == [
        "P2: component C1 group person 40 x 1/2 = 20.00, 2026-05-06",
        "component C1 group person 40 x 1 = 40.00, 2026-05-04",
    ]
    (finding,) = settled.findings()
    assert (finding.code, finding.person, finding.quantity) == (FindingCode.READING_USED, "P2", 1)
    assert (finding.amount_not_payable, finding.unit) == (None, "h")
    assert [finding.message(language) for language in LANGUAGES] == [
        "Rida tugineb meie tõlgendusele: group_price once.",
        "The line rests on our own reading: group_price once.",
        "Строка опирается на наше толкование: group_price once.",
    ]


@pytest.mark.parametrize(
    ("prices", "row", "english"),
    [
        (
            ["C1 40 confirmed=no"],
            "2026-05-04 C1 90",
            "The price of component C1 (individual, person) is not confirmed: 1.5 h, €60.00 is "
            "held back. Confirm the price and its dates.",
        ),
        (
            [],
            "2026-05-04 C1 90 group family",
            "The price list of funder 75000000 has no price for component C1 (group, family) on "
            "these days: 1.5 h cannot be billed. Add the price with its dates.",
        ),
        (
            ["C1 40 tier=base"],
            "2026-05-04 C1 90 doing=content",
            "Base component C1 holds no content work: 1.5 h, €60.00 is not payable. Record the "
            "work under an additional component.",
        ),
    ],
)
def test_findings_say_what_to_do(prices: list[str], row: str, english: str) -> None:
    (finding,) = case("2026-05", {"prices": prices, "components": [row]}).findings()
    assert finding.message("en") == english
    assert "{" not in finding.message("et")


def test_findings_are_one_for_each_reason_and_component() -> None:
    given = {
        "prices": ["C1 40 confirmed=no", "C2 30 confirmed=no", "C1 20 group"],
        "components": [
            "2026-05-08 C1 60",
            "2026-05-04 C1 60",
            "2026-05-04 C2 60",
            "2026-05-04 C3 60",
        ],
    }
    found = case("2026-05", given).findings()
    assert [told_finding(row) for row in found] == [
        "PRICE_MISSING 2026-05-04 1 h ?",
        "PRICE_UNCONFIRMED 2026-05-04 1 h 30.00",
        "PRICE_UNCONFIRMED 2026-05-04..2026-05-08 2 h 80.00",
    ]


def test_published_price_lists_come_as_templates() -> None:
    lists = price_templates()
    assert sorted(lists) == ["P2", "P3", "P4"]
    first = lists["P2"][0]
    assert (first.component, first.mode, first.audience) == ("B1", Mode.INDIVIDUAL, Audience.PERSON)
    assert (first.price, first.tier, first.ceiling) == (Decimal("27.00"), Tier.BASE, None)
    assert (first.valid_from, first.valid_to) == (date(2019, 10, 1), date(2021, 12, 31))
    assert first.stated == "2019-10-01–2021-12-31"
    rows = [row for listed in lists.values() for row in listed]
    assert {row.tier for row in rows} == set(Tier)
    assert any(row.price is None for row in rows)
    assert all((row.ceiling is None) == (row.ceiling_period is None) for row in rows)
    assert {row.ceiling_period for row in rows} - {None} <= set(CeilingPeriod)
    assert all(row.is_sure is False for row in lists["P3"])
    assert {row.valid_from for row in lists["P3"]} == {None}
