"""New autism places: the first three months with a payable day, over all referrals."""

from typing import Any

import pytest

from tests.rules.case_builder import case, contract, facts, law, referral, told_line
from tugiplaan.rules.facts import House, Surroundings
from tugiplaan.rules.settlement import settle, settle_month
from tugiplaan.rules.settlement.run import with_new_places
from tugiplaan.rules.tables import builtin

NEW = {"service": "OEH", "variant": "AUT", "slot": "S", "new_from": "2026-01-01"}
SINCE_2026 = {"history_from": "2026-01-01"}


def new_months(month: str, given: dict[str, Any]) -> dict[str, list[str]]:
    """Give the months of each new place that are paid at its price."""
    settled = case(month, given)
    found = with_new_places(settled.persons, settled.law, settled.contract).new_place_months
    return {slot: [str(one) for one in sorted(months)] for slot, months in found.items()}


@pytest.mark.parametrize(
    ("given", "months"),
    [
        ({}, ["2026-01", "2026-02", "2026-03"]),
        ({"start": "2026-01-31"}, ["2026-01", "2026-02", "2026-03"]),
        ({"start": "2026-02-28"}, ["2026-02", "2026-03", "2026-04"]),
        ({"end": "2026-02-01"}, ["2026-01", "2026-02"]),
        ({"start": "2026-06-30"}, ["2026-06"]),
        # Two months of absence from 1 February: over on 1 April, and what follows is not payable.
        ({"away": ["2026-02-01..2026-12-31"]}, ["2026-01", "2026-02", "2026-03"]),
        ({"start": "2026-02-01", "away": ["2026-02-01..2026-12-31"]}, ["2026-02", "2026-03"]),
        (
            {"start": "2026-01-31", "away": ["2026-01-31..2026-12-31"]},
            ["2026-01", "2026-02", "2026-03"],
        ),
    ],
)
def test_the_first_three_months_with_a_payable_day(
    given: dict[str, Any], months: list[str]
) -> None:
    assert new_months("2026-06", NEW | given | {"state": SINCE_2026}) == {"S": months}


def test_months_without_a_payable_day_are_passed_over() -> None:
    # March is all in hospital and not confirmed, so it does not count.
    given = NEW | {"away": ["2026-01-01..2026-04-10 hospital"], "state": SINCE_2026}
    assert new_months("2026-06", given) == {"S": ["2026-01", "2026-02", "2026-04"]}
    assert new_months("2026-06", given | {"confirmed": ["2026-03"]}) == {
        "S": ["2026-01", "2026-02", "2026-03"]
    }
    # The year's limit is one day: 1 February is payable, the rest of the month is not.
    limited = SINCE_2026 | {"absence_year_limit_days": 1}
    given = NEW | {"away": ["2026-01-31..2026-03-05"], "state": limited}
    assert new_months("2026-06", given) == {"S": ["2026-01", "2026-03", "2026-04"]}


def test_only_months_up_to_the_one_settled_are_known() -> None:
    assert new_months("2026-02", NEW) == {"S": ["2026-01", "2026-02"]}


@pytest.mark.parametrize(
    "given",
    [
        {"slot": ""},
        {"new_from": None},
        {"new_from": "2025-12-31"},
        {"variant": "ER"},
        {"variant": ""},
        {"arrived": None, "agreed": None},
        {"start": "2026-07-01"},
        {"born": "2010-01-01"},
    ],
)
def test_what_is_no_new_place(given: dict[str, Any]) -> None:
    assert new_months("2026-06", NEW | given) == {}


def test_without_a_new_place_the_surroundings_stay_the_same_object() -> None:
    settled = case("2026-06", {"service": "OEH", "variant": "AUT"})
    around = with_new_places(settled.persons, settled.law, settled.contract)
    assert around is settled.persons[0].surroundings


def test_each_place_counts_its_own_months_over_everybody_in_it() -> None:
    given = {
        "persons": {
            "P1": NEW | {"end": "2026-01-20"},
            "P2": NEW | {"start": "2026-03-01", "end": "2026-04-02"},
            "P3": NEW | {"start": "2026-04-03"},
            "P4": NEW | {"start": "2026-05-01", "slot": "T"},
        }
    }
    assert new_months("2026-06", given) == {
        "S": ["2026-01", "2026-03", "2026-04"],
        "T": ["2026-05", "2026-06"],
    }


def test_blocked_days_do_not_use_up_a_month() -> None:
    given = {
        "referrals": [
            {"service": "KE", "end": "2026-02-28"},
            NEW | {"start": "2026-01-15"},
        ]
    }
    assert new_months("2026-06", given) == {"S": ["2026-03", "2026-04", "2026-05"]}


def test_the_year_s_absence_of_earlier_care_counts_before_the_new_place() -> None:
    given = {
        "referrals": [
            {
                "service": "OEH",
                "place": "A",
                "end": "2026-01-31",
                "away": ["2026-01-02..2026-01-11"],
            },
            NEW | {"start": "2026-02-01", "away": ["2026-02-01..2026-02-28"]},
        ],
        "state": SINCE_2026 | {"absence_year_limit_days": 10},
    }
    assert new_months("2026-06", given) == {"S": ["2026-03", "2026-04", "2026-05"]}
    given["state"] = SINCE_2026 | {"absence_year_limit_days": 11}
    assert new_months("2026-06", given) == {"S": ["2026-02", "2026-03", "2026-04"]}


def test_other_services_have_nothing_to_do_with_it() -> None:
    given = {
        "referrals": [
            {"service": "KE", "end": "2026-01-31", "away": ["2026-01-02..2026-01-11"]},
            NEW | {"start": "2026-02-01", "away": ["2026-02-01..2026-02-28"]},
        ],
        "state": SINCE_2026 | {"absence_year_limit_days": 10},
    }
    assert new_months("2026-06", given) == {"S": ["2026-02", "2026-03", "2026-04"]}


def test_a_no_show_of_the_new_place_is_a_payable_day_once_the_window_has_closed() -> None:
    waiting = NEW | {"start": "2026-02-25", "arrived": None}
    assert new_months("2026-06", waiting) == {"S": ["2026-02", "2026-03"]}
    assert new_months("2026-06", waiting | {"as_of": "2026-03-02"}) == {}
    assert new_months("2026-06", waiting | {"valid_to": "2026-02-28"}) == {"S": ["2026-02"]}
    assert new_months("2026-06", waiting | {"valid_to": "2026-02-20"}) == {}
    lines = case("2026-02", waiting | {"as_of": "2026-03-31"}).lines()
    assert [told_line(row) for row in lines] == [
        "no_show OEH_AUT_UUS 11667 x 4/28 x 0.95 = 1583.38, 2026-02-25..2026-02-28"
    ]


def test_one_person_settled_alone_has_the_months_that_the_surroundings_name() -> None:
    one = facts("2026-06", referral("OEH", variant="AUT", slot="S", new_from="2026-01-01"))
    alone = settle(one, builtin(), contract())
    assert [told_line(row) for row in alone.lines] == [
        "full OEH_AUT 5983 x 30/30 = 5983.00, 2026-06-01..2026-06-30"
    ]
    named = facts(
        "2026-06",
        referral("OEH", variant="AUT", slot="S", new_from="2026-01-01", start="2026-06-01"),
    )
    months = list(settle_month([named], House(), law(), contract()))
    assert [told_line(row) for row in months[0].lines] == [
        "new_place OEH_AUT_UUS 11667 x 30/30 = 11667.00, 2026-06-01..2026-06-30"
    ]
    assert named.surroundings == Surroundings(named.surroundings.size_classes)


def test_the_new_place_has_no_own_name_in_a_day_away() -> None:
    given = NEW | {"start": "2026-06-01", "away": ["2026-06-11..2026-06-20 hospital"]}
    assert [told_line(row) for row in case("2026-06", given).lines()] == [
        "new_place OEH_AUT_UUS 11667 x 20/30 = 7778.00, 2026-06-01..2026-06-30",
        "hospital OEH_AUT_UUS 11667 x 10/30 x 0.95 = 3694.55, 2026-06-11..2026-06-20",
    ]
