"""What is left under each volume, cap, ceiling and limit of a month."""

from typing import Any

import pytest

from tests.rules.case_builder import case
from tugiplaan.rules.settlement import Left, LimitKind, left_of


def told(month: str, **given: Any) -> list[str]:
    read = case(month, given)
    return [_tell(one) for one in left_of(read.persons[0], read.law, read.contract)]


def _tell(one: Left) -> str:
    return f"{one.kind} {one.subject} {one.used}/{one.limit} {one.unit}, {one.left}"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"service": "IET", "volume": "10 h_month", "hours": ["2026-05-05 180"]},
            [
                "minimum_volume R1 180/240 minutes, 60",
                "planned_volume R1 180/600 minutes, 420",
                "non_use_months R1 1/4 months, 3",
                "hospital_months R1 0/6 months, 6",
            ],
        ),
        (
            {"service": "IET", "start": "2026-05-10", "hours": ["2026-05-15 300"]},
            ["non_use_months R1 0/4 months, 4", "hospital_months R1 0/6 months, 6"],
        ),
        (
            {"service": "IET", "away": ["2026-05-03..2026-05-20 hospital"]},
            [
                "minimum_volume R1 0/240 minutes, 240",
                "non_use_months R1 0/4 months, 4",
                "hospital_months R1 1/6 months, 5",
            ],
        ),
        (
            {
                "service": "PNH",
                "volume": "12 oop_month",
                "units": ["2026-05-01..2026-05-09 oop", "2026-05-11..2026-05-12 day"],
            },
            [
                "month_cap R1 11/23 units, 12",
                "planned_volume R1 11/12 units, 1",
                "minimum_units R1 11/10 units, 0",
            ],
        ),
        (
            {"service": "PNH", "start": "2026-05-10", "units": ["2026-05-11..2026-05-12 day"]},
            ["month_cap R1 2/23 units, 21"],
        ),
        (
            {"service": "KE", "away": ["2026-05-25..2026-05-31"]},
            ["absent_days R1 7/122 days, 115", "hospital_days R1 0/183 days, 183"],
        ),
        (
            {"service": "KE", "away": ["2026-05-20..2026-05-31 hospital"]},
            ["absent_days R1 0/122 days, 122", "hospital_days R1 12/183 days, 171"],
        ),
        ({"service": "KE", "arrived": None}, []),
        ({"service": "KE", "end": "2026-04-20"}, []),
    ],
)
def test_what_is_left_of_a_referral(given: dict[str, Any], expected: list[str]) -> None:
    given = {"start": "2026-01-01", "state": {"history_from": "2026-05-01"}, **given}
    assert told("2026-05", **given) == expected


def test_court_ordered_care_counts_no_absence_but_hospital() -> None:
    found = told("2026-05", service="OEH", variant="KM", start="2026-01-01")
    assert [line.split()[0] for line in found] == ["hospital_days"]


def test_the_old_care_has_no_minimum_of_units() -> None:
    given = {"service": "IET", "variant": "INT", "issued": "2024-12-31", "start": "2026-01-01"}
    found = told("2026-05", units=["2026-05-01..2026-05-24 oop"], **given)
    assert found == ["month_cap R1 24/23 units, 0"]


@pytest.mark.parametrize(
    ("ceiling", "expected"),
    [
        ("100/month", "month_ceiling C1 40/100 euros, 60"),
        ("100", "year_ceiling C1 80/100 euros, 20"),
        ("60", "year_ceiling C1 60/60 euros, 0"),
    ],
)
def test_a_ceiling_counts_what_is_payable(ceiling: str, expected: str) -> None:
    prices = [f"C1 40 ceiling={ceiling}", "C2 50", "C3 40 confirmed=no ceiling=20"]
    components = [
        *("2026-03-04 C1 60", "2026-05-04 C1 60", "2026-05-06 C2 60", "2026-05-07 C3 60"),
        "2026-04-07 C3 60",
    ]
    found = told("2026-05", prices=prices, components=components)
    assert found == [expected, "year_ceiling C3 0/20 euros, 20"]


def test_a_group_billed_elsewhere_takes_nothing() -> None:
    given = {
        "prices": ["C1 40 group ceiling=100/month"],
        "deals": ["group=once"],
        "persons": {
            "P1": {"components": ["2026-05-04 C1 60 group session=S"]},
            "P2": {"components": ["2026-05-04 C1 60 group session=S"]},
        },
    }
    read = case("2026-05", given)
    found = [left_of(one, read.law, read.contract)[0].used for one in read.persons]
    assert found == [40, 0]


def test_only_the_least_is_needed() -> None:
    needed = {kind for kind in LimitKind if kind.is_needed}
    assert needed == {LimitKind.MINIMUM_VOLUME, LimitKind.MINIMUM_UNITS}
