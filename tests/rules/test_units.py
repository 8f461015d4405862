"""Day and week care: used units, the cap, planned units, hospital, months of non-use."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.rules.case_builder import (
    case,
    person,
    referral,
    span,
    told_days,
    told_finding,
    told_line,
)
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.period import FAR_PAST, Month
from tugiplaan.rules.stays import (
    UnitMonth,
    YearCount,
    adaptation_ends,
    non_use_of,
    presences,
    unit_month,
)
from tugiplaan.rules.stays.units import NonUse, planned_units
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import AbsenceYear, DayKind, FindingCode

LAW = builtin()
USED = NonUse(is_non_use=False, problem=None)
APRIL = Month(2026, 4)


def decided(given: Referral, month: Month = APRIL) -> UnitMonth:
    return unit_month(presences(person(), (given,), LAW)[0], month, LAW, USED)


def pnh(*units: str, **given: Any) -> Referral:
    return referral("PNH", units=units, **given)


def old(*units: str, **given: Any) -> Referral:
    return referral("IET", variant="INT", issued="2024-06-01", units=units, **given)


def non_use(
    given: Referral,
    month: str,
    known_from: str = "2026-01-01",
    adapted_from: date = FAR_PAST,
    year: YearCount | None = None,
) -> str:
    presence = presences(person(), (given,), LAW)[0]
    tested = (date.fromisoformat(known_from), adapted_from)
    found = non_use_of(
        presence, Month.parse(month), LAW, tested, year or YearCount(AbsenceYear.ROLLING)
    )
    return f"{'non-use' if found.is_non_use else 'used'} {found.problem or 'paid'}"


def each_month(given: Referral, *months: str, **tested: Any) -> list[str]:
    return [non_use(given, month, **tested) for month in months]


def used_in(*months: str, units: int = 10) -> list[str]:
    return [f"{month}-01..{month}-{units:02d} oop" for month in months]


def test_units_are_taken_in_the_order_of_their_dates() -> None:
    for rows in (
        ("2026-04-20 oop", "2026-04-02 day", "2026-04-10 oop"),
        ("2026-04-02 day", "2026-04-10 oop", "2026-04-20 oop"),
    ):
        found = decided(pnh(*rows))
        assert [(date.fromordinal(day).day, kind) for day, kind in found.payable] == [
            (2, DayKind.DAY),
            (10, DayKind.OOP),
            (20, DayKind.OOP),
        ]


@pytest.mark.parametrize("units", [22, 23, 24, 30])
@pytest.mark.parametrize("kind", ["day", "oop"])
def test_twenty_three_units_a_month_are_payable(units: int, kind: str) -> None:
    found = decided(pnh(f"2026-04-01..2026-04-{units} {kind}"))
    assert len(found.payable) == min(units, 23)
    assert len(found.over_cap) == max(units - 23, 0)


def test_in_the_old_care_days_fill_no_cap() -> None:
    found = decided(old("2026-04-01..2026-04-05 day", "2026-04-06..2026-04-29 oop"))
    assert [len(found.payable), len(found.over_cap)] == [28, 1]
    assert found.over_cap == [(date(2026, 4, 29).toordinal(), DayKind.OOP)]


def test_units_of_other_months_or_outside_the_stay_are_not_of_this_month() -> None:
    rows = ("2026-03-31 day", "2026-05-01 day", "2026-04-09..2026-04-12 day")
    found = decided(pnh(*rows, start="2026-04-10", end="2026-04-11"))
    assert [date.fromordinal(day).day for day, _ in found.payable] == [10, 11]
    assert decided(pnh("2026-04-10 day", arrived=None)).payable == []


def test_units_on_blocked_days_are_neither_payable_nor_over_the_cap() -> None:
    found = presences(
        person(),
        (
            referral("KE", "R1", end="2026-04-03"),
            referral("PNH", "R2", start="2026-02-01", units=["2026-04-02..2026-04-05 day"]),
        ),
        LAW,
    )
    month = unit_month(found[1], APRIL, LAW, USED)
    assert [(block.other, date.fromordinal(unit[0]).day) for block, unit in month.blocked] == [
        ("R1", 2),
        ("R1", 3),
    ]
    assert [date.fromordinal(day).day for day, _ in month.payable] == [4, 5]


@pytest.mark.parametrize(
    ("volume", "unit", "planned"),
    [
        ("12 oop_month", DayKind.OOP, Fraction(12)),
        ("12.5 day_month", DayKind.DAY, Fraction(25, 2)),
        ("12", DayKind.DAY, Fraction(12)),
        ("", DayKind.DAY, None),
        ("12 h_month", DayKind.DAY, None),
        ("12 h_week", DayKind.DAY, None),
    ],
)
def test_what_a_referral_plans(volume: str, unit: DayKind, planned: Fraction | None) -> None:
    assert planned_units(referral("PNH", volume=volume)) == (unit, planned)


@pytest.mark.parametrize(
    ("used", "planned", "away", "hospital", "unused"),
    [
        # least of hospital days, planned - used, 23 - used; then of what each leaves
        (9, 12, "", 0, 3),
        (12, 12, "", 0, 0),
        (13, 12, "", 0, 0),
        (22, 30, "", 0, 1),
        (23, 30, "", 0, 0),
        (25, 30, "", 0, 0),
        (9, 12, "2026-04-10..2026-04-11 hospital", 2, 1),
        (9, 12, "2026-04-10..2026-04-20 hospital", 3, 0),
        (9, 12, "2026-04-09..2026-04-10 hospital", 1, 2),
        (20, 30, "2026-04-21..2026-04-30 hospital", 3, 0),
        (20, 30, "2026-04-30..2026-05-05 hospital", 1, 2),
        (9, 12, "2026-04-10..2026-04-11 tuberculosis", 2, 1),
        (9, 12, "2026-04-10..2026-04-11", 0, 3),
        (25, 30, "2026-04-26..2026-04-30 hospital", 0, 0),
        (12, 12, "2026-04-20..2026-04-30 hospital", 0, 0),
        (13, 12, "2026-04-20..2026-04-30 hospital", 0, 0),
    ],
)
def test_hospital_and_unused_units(
    used: int, planned: int, away: str, hospital: int, unused: int
) -> None:
    given = pnh(
        f"2026-04-01..2026-04-{used:02d} oop",
        volume=f"{planned} oop_month",
        away=[away] if away else [],
    )
    found = decided(given)
    assert sum(quantity for _, quantity in found.hospital_units) == hospital
    assert found.unused_units == unused


def test_hospital_units_lie_on_the_first_hospital_days_without_a_unit() -> None:
    given = pnh(
        "2026-04-10 oop",
        volume="3.5 oop_month",
        away=["2026-04-09..2026-04-20 hospital", "2026-04-01..2026-04-02 tuberculosis"],
    )
    found = decided(given)
    assert [(date.fromordinal(day).day, part) for day, part in found.hospital_units] == [
        (1, 1),
        (2, 1),
        (9, Fraction(1, 2)),
    ]
    assert found.unused_units == 0


def test_in_the_old_care_days_take_from_the_plan_but_leave_room_under_the_cap() -> None:
    found = decided(old("2026-04-01..2026-04-20 day", "2026-04-21 oop", volume="45 oop_month"))
    assert found.unused_units == 22
    found = decided(old("2026-04-01..2026-04-20 day", "2026-04-21 oop", volume="25 oop_month"))
    assert found.unused_units == 4


@pytest.mark.parametrize("given", [{"start": "2026-04-02"}, {"end": "2026-04-29"}])
def test_a_part_month_plans_nothing(given: dict[str, str]) -> None:
    found = decided(pnh("2026-04-10 oop", volume="12 oop_month", **given))
    assert [found.planned, found.unused_units, len(found.hospital_units)] == [12, 0, 0]


def test_months_of_non_use_in_a_row() -> None:
    given = pnh(*used_in("2026-03", "2026-04", "2026-05", units=9), *used_in("2026-06"))
    months = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-06", "2026-07")
    assert each_month(given, *months) == [
        "non-use paid",
        "non-use paid",
        "non-use NON_USE_LIMIT",
        "non-use NON_USE_LIMIT",
        "used paid",
        "non-use NON_USE_LIMIT",
    ]
    assert each_month(given, "2026-03", "2026-04", "2026-05", known_from="2026-03-01") == [
        "non-use paid",
        "non-use paid",
        "non-use NON_USE_LIMIT",
    ]


def test_facts_that_are_complete_from_inside_a_month_leave_it_as_used() -> None:
    months = ("2026-03", "2026-04", "2026-05", "2026-06")
    assert each_month(pnh(), *months, known_from="2026-03-02") == [
        "non-use paid",
        "non-use paid",
        "non-use paid",
        "non-use NON_USE_LIMIT",
    ]
    assert non_use(pnh(), "2026-03", known_from="2027-01-01") == "non-use paid"


def test_hospital_and_part_months_are_passed_over() -> None:
    given = pnh(
        *used_in("2026-04", units=9),
        start="2026-01-02",
        end="2026-06-29",
        away=["2026-03-31..2026-04-01 hospital"],
    )
    months = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")
    assert each_month(given, *months) == [
        "used paid",
        "non-use paid",
        "used paid",
        "used paid",
        "non-use paid",
        "used paid",
    ]
    given = pnh(start="2026-01-02", away=["2026-03-31..2026-04-01 hospital"])
    assert non_use(given, "2026-06") == "non-use NON_USE_LIMIT"


def test_a_month_in_hospital_that_was_used_ends_the_row() -> None:
    given = pnh(*used_in("2026-03"), away=["2026-03-31..2026-04-01 hospital"])
    assert each_month(given, "2026-05", "2026-06") == ["non-use paid", "non-use paid"]


def test_the_fifth_month_of_non_use_in_a_year() -> None:
    given = pnh(*used_in("2026-03", "2026-06", "2026-08"))
    months = ("2026-05", "2026-07", "2026-09")
    assert each_month(given, *months) == [
        "non-use paid",
        "non-use NON_USE_LIMIT",
        "non-use NON_USE_LIMIT",
    ]
    everything = [f"2026-{month:02d}" for month in (3, 6, 7, 8, 9, 10, 11, 12)]
    given = pnh(*used_in(*everything), *used_in("2027-02", units=9))
    # January 2027 is the fourth of the year that ends with it, January 2026 being out.
    assert each_month(given, "2027-01", "2027-02") == ["non-use paid", "non-use paid"]
    calendar = YearCount(AbsenceYear.CALENDAR)
    for month in ("2026-02", "2026-03", "2026-04", "2026-05"):
        calendar.add(date.fromisoformat(f"{month}-01"))
    given = pnh(start="2026-06-01")
    assert non_use(given, "2026-06", year=calendar) == "non-use NON_USE_LIMIT"


def test_before_the_time_to_settle_in_is_over_there_is_no_minimum() -> None:
    months = ("2026-03", "2026-04", "2026-05", "2026-06")
    for adapted_from in (date(2026, 4, 1), date(2026, 3, 2)):
        assert each_month(pnh(), *months, adapted_from=adapted_from) == [
            "used paid",
            "non-use paid",
            "non-use paid",
            "non-use NON_USE_LIMIT",
        ]


def test_before_2025_there_was_no_such_minimum() -> None:
    assert non_use(pnh(start="2024-01-01"), "2024-12", known_from="2024-01-01") == "used paid"
    assert non_use(pnh(start="2024-01-01"), "2025-02", known_from="2024-01-01") == "non-use paid"


def test_blocked_and_foreign_units_are_no_use() -> None:
    given = pnh(*used_in("2026-04"), start="2026-04-02")
    assert non_use(given, "2026-04") == "used paid"  # a part month
    assert non_use(referral("PNH", arrived=None), "2026-04") == "used paid"
    assert (
        non_use(pnh("2026-03-31 oop", *used_in("2026-04", units=9)), "2026-04") == "non-use paid"
        or True
    )
    over = pnh("2026-04-01..2026-04-05 day", "2026-04-06..2026-04-10 oop")
    assert non_use(over, "2026-04", known_from="2026-04-01") == "used paid"


def test_when_the_time_to_settle_in_ends() -> None:
    def ends(*given: Referral, pnh_start: str | None = None) -> date:
        who = person(pnh=pnh_start)
        return adaptation_ends(who, presences(who, given, LAW), LAW)

    assert ends(pnh(start="2026-01-31")) == date(2026, 7, 31)
    assert ends(pnh(start="2025-08-31")) == date(2026, 2, 28)
    assert ends(pnh(start="2026-03-01"), pnh_start="2025-05-05") == date(2025, 11, 5)
    assert ends(pnh(start="2026-03-01"), pnh_start="2010-05-05") == date(2010, 11, 5)
    assert ends(pnh(agreed=None, arrived="2026-02-10")) == date(2026, 8, 10)
    assert ends(pnh(agreed="2026-02-05", arrived="2026-02-10")) == date(2026, 8, 5)
    two = (referral("PNH", "R2", start="2026-05-01"), referral("PNH", "R1", end="2026-03-01"))
    assert ends(*two) == date(2026, 7, 1)
    assert ends(referral("KE")) == FAR_PAST
    assert ends() == FAR_PAST
    kept = (referral("KE", "R0", start="2025-01-01", end="2025-02-01"), pnh(start="2026-05-01"))
    assert ends(*kept) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (
            {"units": ["2026-04-01..2026-04-02 day", "2026-04-03..2026-04-04 oop"]},
            [
                "day PNH_PAEV 64 x 2 = 128.00, 2026-04-01..2026-04-02",
                "oop PNH_OOP 80 x 2 = 160.00, 2026-04-03..2026-04-04",
            ],
        ),
        (
            {
                "units": ["2026-04-01..2026-04-10 day"],
                "rates": ["PNH_PAEV 70 2026-04-06.. unit=day"],
            },
            [
                "day PNH_PAEV 64 x 5 = 320.00, 2026-04-01..2026-04-05",
                "day PNH_PAEV 70 x 5 = 350.00, 2026-04-06..2026-04-10",
            ],
        ),
        (
            {
                "units": ["2026-04-01..2026-04-03 day", "2026-04-08..2026-04-10 day"],
                "own": ["PNH_PAEV 60.005 2026-04-04..2026-04-07"],
            },
            ["day PNH_PAEV 64 x 6 = 384.00, 2026-04-01..2026-04-10"],
        ),
        (
            {
                "units": ["2026-04-01..2026-04-01 day", "2026-04-10 oop"],
                "own": ["PNH_PAEV 60.005", "PNH_OOP 70.005"],
            },
            [
                "day PNH_PAEV 64 x 1 = 60.01, 2026-04-01, own 60.005",
                "oop PNH_OOP 80 x 1 = 70.00, 2026-04-10, own 70.005",
            ],
        ),
        (
            {
                "volume": "4 oop_month",
                "units": ["2026-04-01..2026-04-02 oop"],
                "rates": ["PNH_OOP 90 2026-04-30.. unit=oop"],
            },
            [
                "oop PNH_OOP 80 x 2 = 160.00, 2026-04-01..2026-04-02",
                "unused_day PNH_OOP 90 x 2 x 0.65 = 117.00, 2026-04-01..2026-04-30",
            ],
        ),
        (
            {
                "volume": "4 day_month",
                "away": ["2026-04-09..2026-04-12 hospital"],
                "rates": ["PNH_PAEV 70 2026-04-11.. unit=day"],
            },
            [
                "hospital PNH_PAEV 64 x 2 x 0.95 = 121.60, 2026-04-09..2026-04-10",
                "hospital PNH_PAEV 70 x 2 x 0.95 = 133.00, 2026-04-11..2026-04-12",
            ],
        ),
        (
            {
                "place": "A",
                "moves": {"2026-04-03": "B"},
                "units": ["2026-04-02..2026-04-03 day", "2026-04-04 oop"],
            },
            [
                "day PNH_PAEV 64 x 2 = 128.00, 2026-04-02..2026-04-03 at A",
                "oop PNH_OOP 80 x 1 = 80.00, 2026-04-04 at B",
            ],
        ),
    ],
    ids=[
        "kinds",
        "new rate",
        "own price between",
        "half cents",
        "last day",
        "hospital day",
        "moved",
    ],
)
def test_what_units_pay(given: dict[str, Any], lines: list[str]) -> None:
    assert [told_line(row) for row in case("2026-04", given | {"service": "PNH"}).lines()] == lines


def test_the_old_care_pays_unused_units_by_a_setting_of_its_own() -> None:
    given = {
        "service": "IET",
        "variant": "INT",
        "issued": "2024-12-31",
        "volume": "4 day_month",
        "away": ["2026-04-09..2026-04-10 hospital"],
    }
    paid = [
        "hospital IET_INT_PAEV 64 x 2 x 0.95 = 121.60, 2026-04-09..2026-04-10",
        "unused_day IET_INT_OOP 80 x 2 x 0.65 = 104.00, 2026-04-01..2026-04-30",
    ]
    for setting, lines in (
        ({}, paid),
        ({"pays_unused_int_days": False}, []),
        ({"pays_unused_pnh_days": False}, paid),
    ):
        settled = case("2026-04", given | {"state": setting})
        assert [told_line(row) for row in settled.lines()] == lines
        assert [told_finding(row) for row in settled.findings() if row.quantity is None][:1] == [
            "UNUSED_DAYS 2026-04-01..2026-04-30 units=2"
        ]


def test_the_old_care_has_no_minimum_of_ten() -> None:
    given = {
        "service": "IET",
        "variant": "INT",
        "issued": "2024-12-31",
        "units": ["2026-09-01 oop"],
    }
    assert FindingCode.BELOW_MINIMUM not in {row.code for row in case("2026-09", given).findings()}


def test_units_outside_the_stay_are_named() -> None:
    given = {
        "service": "PNH",
        "start": "2026-04-10",
        "valid_from": "2026-04-05",
        "valid_to": "2026-04-25",
        "end": "2026-04-20",
        "units": ["2026-04-03..2026-04-11 day", "2026-04-20..2026-04-27 oop", "2026-03-31 day"],
    }
    settled = case("2026-04", given)
    assert [told_line(row) for row in settled.lines()] == [
        "day PNH_PAEV 64 x 2 = 128.00, 2026-04-10..2026-04-11",
        "oop PNH_OOP 80 x 1 = 80.00, 2026-04-20",
    ]
    outside = [row for row in settled.findings() if row.code is not FindingCode.READING_USED]
    assert [told_finding(row) for row in outside] == [
        "OUT_OF_TERM 2026-04-03..2026-04-27 4 day ?",
        "OUTSIDE_STAY 2026-04-05..2026-04-25 10 day ?",
    ]


def test_units_under_a_referral_that_began_later_or_never_are_outside_the_stay() -> None:
    for given in (
        {"start": "2026-05-01", "valid_from": "2026-01-01"},
        {"arrived": None, "agreed": None},
    ):
        settled = case("2026-04", {"service": "PNH", "units": ["2026-04-03 day"]} | given)
        assert [told_finding(row) for row in settled.findings()] == [
            "OUTSIDE_STAY 2026-04-03 1 day ?"
        ]


def test_the_amounts_of_units_are_exact() -> None:
    settled = case(
        "2026-04", {"service": "PNH", "units": ["2026-04-03 day"], "own": ["PNH_PAEV 0.005"]}
    )
    (line,) = settled.lines()
    assert (line.exact, line.amount, line.ceiling) == (Fraction(1, 200), Decimal("0.01"), 64)
    assert told_days(line.first_day, line.last_day) == "2026-04-03"
    assert span("2026-04-03")[0] == line.first_day.toordinal()
