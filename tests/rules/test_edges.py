"""Facts at the edges: stays older than the terms, places that become new, days without a rate."""

from typing import Any

import pytest

from tests.rules.case_builder import case, codes, told_line
from tugiplaan.rules.vocabulary import FindingCode


def lines(month: str, given: dict[str, Any]) -> list[str]:
    return [told_line(line) for line in case(month, given).lines()]


@pytest.mark.parametrize(
    "given",
    [
        {"service": "KE", "start": "2015-12-31"},
        {"service": "KE", "start": "2015-12-31", "arrived": "2016-01-02"},
    ],
    ids=["came", "came in the new year"],
)
def test_a_stay_that_began_before_2016_is_settled(given: dict[str, Any]) -> None:
    assert lines("2018-02", given) == ["full KE 369 x 28/28 = 369.00, 2018-02-01..2018-02-28"]


def test_who_never_came_before_2016_is_nothing_to_later_months() -> None:
    given = {"service": "KE", "start": "2015-12-01", "arrived": None}
    assert lines("2018-02", given) == []


def test_the_old_care_is_open_to_a_referral_issued_before_2016() -> None:
    given = {
        "service": "IET",
        "variant": "INT",
        "issued": "2015-12-31",
        "start": "2016-01-05",
        "units": ["2018-02-01 oop"],
    }
    assert lines("2018-02", given) == ["oop IET_INT_OOP 45 x 1 = 45.00, 2018-02-01"]


def test_a_place_that_becomes_new_later_does_not_stop_an_earlier_month() -> None:
    given = {
        "service": "OEH",
        "variant": "AUT",
        "start": "2024-01-01",
        "slot": "S",
        "new_from": "2026-02-01",
    }
    assert lines("2024-12", given) == [
        "full OEH_AUT 5521 x 31/31 = 5521.00, 2024-12-01..2024-12-31"
    ]


def test_a_paid_day_of_day_care_blocks_components_though_other_days_have_no_rate() -> None:
    referrals = [{"service": "PNH", "start": "2025-01-01", "units": ["2025-06-20 day"]}]
    given = {
        "persons": {"P1": {"referrals": referrals, "components": ["2025-06-20 C1 60"]}},
        "prices": ["C1 40"],
        "rates": ["PNH_PAEV 60 2025-06-16.. unit=day"],
    }
    settled = case("2025-06", given)
    assert [told_line(line) for line in settled.lines()] == [
        "day PNH_PAEV 60 x 1 = 60.00, 2025-06-20"
    ]
    assert FindingCode.PARALLEL_COMPONENT in codes(settled.findings())


def test_records_outside_the_stay_are_named_whatever_the_order_of_the_facts() -> None:
    rows = ["2026-04-20 60 record=a", "2026-04-25 60 record=b"]
    named = [
        [row.records for row in case("2026-04", given).findings() if row.records]
        for given in (
            {"service": "IET", "end": "2026-04-10", "hours": rows},
            {"service": "IET", "end": "2026-04-10", "hours": rows[::-1]},
        )
    ]
    assert named[0] == named[1]
