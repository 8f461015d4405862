"""A settled month as a whole: lines and keys, splits, findings, what blocks, many persons."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.rules.case_builder import (
    FUNDER,
    case,
    codes,
    component,
    contract,
    facts,
    law,
    referral,
    surroundings,
    told_finding,
    told_line,
)
from tugiplaan.rules.facts import (
    ComponentPrice,
    DayRecord,
    Facts,
    Finding,
    HourRecord,
    House,
    Line,
    Person,
    PersonMonth,
    Provider,
    Referral,
    exact_sum,
)
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle, settle_month
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import FindingCode, Kind, Service, Severity, SizeClass, Unit

SINCE_2026 = {"history_from": "2026-01-01"}


def lines(month: str, **given: Any) -> list[str]:
    return [told_line(row) for row in case(month, given).lines()]


def findings(month: str, **given: Any) -> list[str]:
    found = case(month, given).findings()
    return [told_finding(row) for row in found if row.code is not FindingCode.READING_USED]


def test_a_line_says_who_pays_whom_for_what_and_by_which_law() -> None:
    given = {
        "service": "OEH",
        "place": "A",
        "away": ["2026-04-11..2026-04-20"],
        "own": ["OEH_GT12 800"],
    }
    full, away = case("2026-04", given | {"state": SINCE_2026}).lines()
    assert (full.line, away.line) == ("2026-04-R1-1", "2026-04-R1-2")
    assert {(row.funder, row.referral, row.person, row.place) for row in (full, away)} == {
        ("70001975", "R1", "P1", "A")
    }
    assert (full.rate_code, full.component, full.mode, full.audience) == ("OEH_GT12", "", "", "")
    assert (full.kind, full.unit, full.quantity, full.of_days) == (Kind.FULL, Unit.DAY, 20, 30)
    assert [full.rate, full.share, full.own_price] == [878, 1, 800]
    assert [away.rate, away.share, away.own_price] == [878, Decimal("0.95"), 800]
    assert [full.ceiling, full.exact] == [Fraction(878 * 20, 30), Fraction(800 * 20, 30)]
    assert [away.ceiling, away.exact] == [Fraction(878 * 19, 60), Fraction(800, 3)]
    assert [full.amount, away.amount] == [Decimal("533.33"), Decimal("266.67")]
    assert (full.first_day, full.last_day) == (date(2026, 4, 1), date(2026, 4, 30))
    assert full.law == "R65 § 2(5)–(7); SHS § 79(1)"
    assert away.law == ("R65 § 2(5)–(7); SHS § 79(3) p 1, § 79(4); SHS § 79(4); SHS § 79(1)")


def test_runs_of_one_kind_are_one_line_from_the_first_to_the_last_day() -> None:
    given = {
        "service": "OEH",
        "place": "A",
        "moves": {"2026-04-10": "B"},
        "sizes": {"A": "LE12", "B": "LE12"},
        "away": ["2026-04-20..2026-04-22", "2026-04-02..2026-04-03"],
        "state": SINCE_2026,
    }
    assert lines("2026-04", **given) == [
        "full OEH_LE12 992 x 25/30 = 826.67, 2026-04-01..2026-04-30 at A",
        "absence OEH_LE12 992 x 5/30 x 0.95 = 157.06, 2026-04-02..2026-04-22 at A",
    ]
    (away,) = [row for row in case("2026-04", given).lines() if row.kind is Kind.ABSENCE]
    assert [step.code for step in away.explanation].count("away") == 2


def test_equal_prices_of_two_size_classes_are_two_lines_that_make_the_whole_rate() -> None:
    given = {"place": "A", "moves": {"2026-04-11": "B"}, "sizes": {"A": "LE12", "B": "G10"}}
    assert lines("2026-04", service="OEH", **given) == [
        "full OEH_LE12 992 x 10/30 = 330.67, 2026-04-01..2026-04-10 at A",
        "full OEH_G10 992 x 20/30 = 661.33, 2026-04-11..2026-04-30 at B",
    ]


def test_a_rate_row_that_begins_anew_at_the_same_price_is_no_new_line() -> None:
    rates = ["KE 700 2026-04-01..2026-04-15", "KE 700 2026-04-16.."]
    assert lines("2026-04", service="KE", rates=rates) == [
        "full KE 700 x 30/30 = 700.00, 2026-04-01..2026-04-30"
    ]


@pytest.mark.parametrize("size", list(SizeClass))
@pytest.mark.parametrize("variant", ["", "ER", "AA"])
def test_the_rate_is_that_of_variant_and_size_class(variant: str, size: SizeClass) -> None:
    (line,) = case(
        "2026-04", {"service": "OEH", "variant": variant, "place": "A", "sizes": {"A": size}}
    ).lines()
    code = f"OEH_{variant}_{size}" if variant else f"OEH_{size}"
    assert (line.rate_code, line.rate) == (code, builtin().rates.on(code, date(2026, 4, 1)).value)


def test_size_classes_by_day_later_start_first() -> None:
    around = surroundings(
        {
            "A": [
                "2026-01-01.. GT12",
                "2026-03-01..2026-03-31 LE12",
                "2026-03-01.. G6",
                "2026-05-01 G10",
            ]
        }
    )

    def size(day: str) -> SizeClass | None:
        return around.size_class_on("A", date.fromisoformat(day))

    assert [size(day) for day in ("2025-12-31", "2026-01-01", "2026-02-28")] == [
        None,
        SizeClass.GT12,
        SizeClass.GT12,
    ]
    assert [size(day) for day in ("2026-03-01", "2026-05-01", "2026-05-02")] == [
        SizeClass.G6,
        SizeClass.G10,
        SizeClass.G6,
    ]
    assert around.size_class_on("B", date(2026, 3, 1)) is None


def test_the_place_on_a_day() -> None:
    moved = referral(
        "OEH", start="2026-02-01", place="A", moves={"2026-03-01": "B", "2026-04-01": "C"}
    )
    found = [
        moved.place_on(date(2026, month, day))
        for month, day in ((1, 1), (2, 28), (3, 1), (3, 31), (4, 1))
    ]
    assert found == ["A", "A", "B", "B", "C"]
    assert referral("KE").place_on(date(2026, 3, 1)) == ""


def test_a_day_without_a_rate_holds_what_is_payable_but_not_what_other_rules_hold() -> None:
    given = {
        "referrals": [
            {"service": "KE", "start": "2025-01-01", "end": "2025-04-05"},
            {
                "service": "OEH",
                "place": "A",
                "start": "2025-02-01",
                "away": ["2025-04-10..2025-04-15"],
            },
        ],
        "rates": ["KE 600 2025-01-01..", "OEH_GT12 800 2025-01-01..2025-04-29"],
        "state": {"history_from": "2025-01-01", "absence_year_limit_days": 2},
    }
    assert findings("2025-04", **given) == [
        "R2: RATE_MISSING 2025-04-06..2025-04-30 25 day 632.00",
        "R2: OVERLAP 2025-04-01..2025-04-05 5 day 133.33 with R1",
        "R2: NOTICE_DUE 2025-04-12 due=2025-04-16 why=non_use_in_year",
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"service": "KE", "born": "2010-01-01"}, "UNDER_AGE"),
        ({"service": "KE", "start": "2025-03-01", "arrived": "2025-04-01"}, "LATE_ARRIVAL"),
        ({"service": "KE", "valid_to": "2025-03-31", "end": "2025-04-30"}, "OUT_OF_TERM"),
        (
            {"service": "KE", "start": "2025-04-25", "arrived": None, "as_of": "2025-04-26"},
            "NO_SHOW_PENDING",
        ),
        (
            {
                "service": "KE",
                "away": ["2025-01-01..2025-04-30"],
                "state": {"history_from": "2025-01-01"},
            },
            "SERVICE_OVER",
        ),
    ],
)
def test_what_is_held_by_another_rule_needs_no_rate(given: dict[str, Any], code: str) -> None:
    found = case("2025-04", {"start": "2025-01-01"} | given)
    assert found.lines() == []
    assert found.findings()[0].code == code
    assert found.findings()[0].amount_not_payable is None
    assert "RATE_MISSING" not in codes(found.findings())


def test_the_month_before_the_stay_and_after_it_is_empty() -> None:
    given = {"service": "KE", "start": "2026-04-02", "end": "2026-05-30"}
    assert [lines(month, **given) for month in ("2026-03", "2026-06")] == [[], []]
    assert [findings(month, **given) for month in ("2026-03", "2026-06")] == [[], []]


def test_a_wish_to_end_and_a_death_are_told_and_other_ends_are_not() -> None:
    for why, told in (("person_wish", "wish_to_end"), ("death", "death")):
        assert findings("2026-04", service="KE", end="2026-04-10", why=why) == [
            f"NOTICE_DUE 2026-04-10 due=2026-04-15 why={told}"
        ]
        assert findings("2026-05", service="KE", end="2026-04-10", why=why) == []
    for why in ("term", "non_use", "moved", "contract_end", "decision_annulled", "court_ended"):
        assert findings("2026-04", service="KE", end="2026-04-10", why=why) == []
    assert findings("2026-04", service="KE", end="2026-04-10") == []


def test_days_served_outside_the_term_are_named_without_a_stay_in_the_month() -> None:
    given = {"service": "KE", "arrived": "2026-03-05", "agreed": None, "valid_from": "2026-04-10"}
    assert findings("2026-03", **given) == ["OUT_OF_TERM 2026-03-05..2026-03-31 27 day 588.77"]
    assert findings("2026-04", **given) == ["OUT_OF_TERM 2026-04-01..2026-04-09 9 day 202.80"]
    ended = {"service": "KE", "valid_to": "2026-03-31", "end": "2026-04-02"}
    assert findings("2026-04", **ended, state={"part_month_denominator": "thirty"}) == [
        "OUT_OF_TERM 2026-04-01..2026-04-02 2 day 45.07"
    ]
    assert findings(
        "2026-05",
        service="KE",
        valid_to="2026-04-30",
        end="2026-05-30",
        state={"part_month_denominator": "thirty"},
    ) == ["OUT_OF_TERM 2026-05-01..2026-05-30 30 day 676.00"]


def test_hours_outside_the_stay_are_named_with_their_records() -> None:
    given = {
        "service": "IET",
        "arrived": "2026-04-10",
        "agreed": None,
        "valid_from": "2026-04-05",
        "end": "2026-04-20",
        "valid_to": "2026-04-25",
        "hours": [
            "2026-04-04 30 record=a",
            "2026-04-05 60 record=b",
            "2026-04-10 60 record=c",
            "2026-04-21 15 times=2",
            "2026-04-26 30 record=d",
            "2026-05-01 60 record=e",
        ],
    }
    found = case("2026-04", given).findings()
    assert [(told_finding(row), row.records) for row in found][:2] == [
        ("OUT_OF_TERM 2026-04-04..2026-04-26 1 h ?", ("a", "d")),
        ("PART_MONTH_UNTESTED 2026-04-10..2026-04-20 given=1 least=4", ()),
    ]
    outside = next(row for row in found if row.code is FindingCode.OUTSIDE_STAY)
    assert (told_finding(outside), outside.records) == (
        "OUTSIDE_STAY 2026-04-05..2026-04-21 3/2 h ?",
        ("b",),
    )


def test_a_month_inside_the_stay_has_nothing_outside_it() -> None:
    given = {
        "service": "IET",
        "start": "2026-04-01",
        "end": "2026-04-30",
        "hours": ["2026-04-01 120", "2026-04-30 120"],
    }
    assert findings("2026-04", **given) == []


def test_findings_come_with_the_weightiest_first_then_by_referral_and_day() -> None:
    given = {
        "referrals": [
            {"service": "TTT", "end": "2026-04-20", "why": "death", "hours": ["2026-04-25 60"]},
            {"service": "KE", "away": ["2026-04-05", "2026-04-10"]},
            {"service": "OEH", "place": "A", "start": "2026-02-01"},
        ]
    }
    found = case("2026-04", given).findings()
    assert [(row.code.value, row.referral, row.first_day.day) for row in found] == [
        ("OVERLAP", "R3", 1),
        ("OVERLAP", "R3", 21),
        ("NOTICE_DUE", "R1", 20),
        ("PART_MONTH_UNTESTED", "R1", 1),
        ("SINGLE_DAY_AWAY", "R2", 5),
        ("SINGLE_DAY_AWAY", "R2", 10),
        ("OUTSIDE_STAY", "R1", 25),
        ("READING_USED", "R1", 1),
    ]
    severities = [row.severity for row in found]
    assert severities == sorted(severities, key=list(Severity).index)


def test_one_service_alone_still_sees_the_others_in_the_way() -> None:
    one = facts(
        "2026-04",
        referral("KE", "R1"),
        referral("OEH", "R2", start="2026-02-01", place="A"),
        components=["2026-04-10 C1 60"],
    )
    agreed = contract(prices=["C1 40"])
    care = settle(one, law(), agreed, service=Service.OEH)
    assert (care.lines, codes(care.findings)) == ((), [FindingCode.OVERLAP])
    living = settle(one, law(), agreed, service=Service.KE)
    assert [told_line(row) for row in living.lines] == [
        "full KE 676 x 30/30 = 676.00, 2026-04-01..2026-04-30"
    ]
    both = settle(one, law(), agreed)
    assert codes(both.findings) == [FindingCode.OVERLAP, FindingCode.PARALLEL_COMPONENT]
    assert (both.person, both.month) == ("P1", Month(2026, 4))


def test_a_settled_month_adds_up() -> None:
    given = {
        "referrals": [
            {"service": "KE", "end": "2026-04-10"},
            {"service": "OEH", "place": "A", "start": "2026-04-01"},
        ]
    }
    (month, places) = case("2026-04", given).settled()
    assert (month.amount, month.not_payable, month.has_blocks) == (
        Decimal("810.66"),
        Decimal("292.67"),
        True,
    )
    assert (places.person, places.has_blocks) == ("", False)
    assert [places.amount, places.not_payable] == [0, 0]
    (single, _) = case("2026-04", {"service": "KE", "away": ["2026-04-05"]}).settled()
    assert [single.has_blocks, single.not_payable] == [False, 0]
    assert exact_sum([Fraction(1, 3), 1]) == Fraction(4, 3)
    assert PersonMonth("", Month(2026, 4), (), ()).amount == Decimal("0.00")


def test_nobody_makes_no_month() -> None:
    assert list(settle_month([], House(), law(), contract())) == []


def test_persons_come_one_by_one_in_the_order_given_and_the_places_last() -> None:
    given = {"persons": {"P2": {"service": "KE"}, "P1": {"service": "KE"}}}
    assert [month.person for month in case("2026-04", given).settled()] == ["P2", "P1", ""]


def test_a_person_s_double_booking_comes_after_the_other_findings() -> None:
    rows = ["2026-04-10 60 at=540 record=a", "2026-04-10 60 at=541 record=b by=V"]
    found = case("2026-04", {"service": "IET", "start": "2026-04-02", "hours": rows}).settled()[0]
    assert codes(found.findings) == [FindingCode.PART_MONTH_UNTESTED, FindingCode.DOUBLE_BOOKING]


@pytest.mark.parametrize(
    ("given", "component_day", "is_blocked"),
    [
        ({"service": "KE"}, "2026-04-10", True),
        ({"service": "KE", "end": "2026-04-09"}, "2026-04-10", False),
        ({"service": "KE", "start": "2026-04-11"}, "2026-04-10", False),
        ({"service": "KE", "start": "2026-04-01", "arrived": "2026-04-09"}, "2026-04-10", False),
        ({"service": "KE", "arrived": None, "start": "2026-04-10"}, "2026-04-10", False),
        ({"service": "OEH"}, "2026-04-10", False),
        ({"service": "OEH", "place": "A"}, "2026-04-10", True),
        ({"service": "PNH"}, "2026-04-10", True),
        ({"service": "PNH", "units": ["2026-04-12 day"]}, "2026-04-10", True),
        ({"service": "IET", "variant": "INT"}, "2026-04-10", False),
        ({"service": "KE", "away": ["2026-01-01..2026-04-30"]}, "2026-04-10", True),
    ],
)
def test_which_stays_block_a_component(
    given: dict[str, Any], component_day: str, is_blocked: bool
) -> None:
    persons = {"P1": {"referrals": [given], "components": [f"{component_day} C1 60"]}}
    found = codes(case("2026-04", {"persons": persons, "prices": ["C1 40"]}).findings())
    assert (FindingCode.PARALLEL_COMPONENT in found) is is_blocked


def test_a_stay_without_any_rate_blocks_no_component_whatever_its_family() -> None:
    for given in (
        {"service": "PNH", "units": ["2025-04-12 day"]},
        {"service": "PNH"},
        {"service": "IET", "hours": ["2025-04-12 240"]},
        {"service": "OEH", "variant": "AUT"},
    ):
        persons = {
            "P1": {
                "referrals": [given | {"start": "2025-01-01"}],
                "components": ["2025-04-10 C1 60"],
            }
        }
        found = codes(case("2025-04", {"persons": persons, "prices": ["C1 40"]}).findings())
        assert FindingCode.PARALLEL_COMPONENT not in found


def test_a_rate_for_the_used_unit_is_enough_to_block_a_component() -> None:
    rates = ["PNH_PAEV 60 2025-01-01.. unit=day"]
    referrals = [{"service": "PNH", "start": "2025-01-01", "units": ["2025-04-12 day"]}]
    persons = {"P1": {"referrals": referrals, "components": ["2025-04-10 C1 60"]}}
    found = codes(
        case("2025-04", {"persons": persons, "prices": ["C1 40"], "rates": rates}).findings()
    )
    assert FindingCode.PARALLEL_COMPONENT in found


def test_a_component_of_an_earlier_month_is_blocked_by_the_stay_of_that_month() -> None:
    # The April record was blocked, so it took nothing of the year's ceiling.
    referrals = [{"service": "KE", "end": "2026-04-30"}]
    persons = {
        "P1": {"referrals": referrals, "components": ["2026-04-10 C1 60", "2026-05-10 C1 60"]}
    }
    settled = case("2026-05", {"persons": persons, "prices": ["C1 40 ceiling=40"]})
    assert [told_line(row) for row in settled.lines()] == [
        "component C1 individual person 40 x 1 = 40.00, 2026-05-10"
    ]


def test_the_facts_are_frozen_values_that_compare_by_content() -> None:
    assert referral("KE") == referral("KE")
    assert referral("KE").kind is referral("KE", "R2").kind
    assert Person("P", "Mari", "Maasikas", date(1980, 1, 1)).name == "Mari Maasikas"
    assert Provider() == Provider("", "", "", "")
    assert HourRecord._fields[-1] == "times"
    assert DayRecord._fields == ("day", "kind")
    assert component("2026-05-04 C1 60").funder == FUNDER
    for kind in (Facts, Referral, Line, Finding, ComponentPrice):
        assert "__slots__" in vars(kind)


def test_two_records_on_days_of_one_stay_are_both_held() -> None:
    given = {
        "prices": ["C1 40"],
        "service": "KE",
        "components": ["2026-05-04 C1 60", "2026-05-05 C1 30"],
    }
    assert findings("2026-05", **given) == [
        "PARALLEL_COMPONENT 2026-05-04..2026-05-05 3/2 h 60.00 with R1"
    ]


def test_a_wish_to_end_is_told_apart_from_the_no_show() -> None:
    told = findings(
        "2026-06", service="KE", start="2026-06-01", arrived=None, end="2026-06-20",
        why="person_wish",
    )  # fmt: skip
    assert told == [
        "NOTICE_DUE 2026-06-08 due=2026-06-11 why=no_show",
        "NOTICE_DUE 2026-06-20 due=2026-06-26 why=wish_to_end",
    ]


def test_a_share_is_never_read_as_a_whole_number() -> None:
    with pytest.raises(ValueError, match="not a whole number"):
        builtin().number("absence_share", date(2026, 5, 1))
