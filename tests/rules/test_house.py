"""What concerns places: empty court places, licences, target groups, how many at once."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.rules.case_builder import case, told_days, told_finding, told_line
from tugiplaan.rules.explanation import LANGUAGES, tell_step
from tugiplaan.rules.vocabulary import FindingCode

PAID = {"pays_empty_court_places": True}


def empties(month: str, *rows: str, **given: Any) -> list[str]:
    """Give the lines and findings of empty places, written."""
    settled = case(month, {"empty": rows, "state": PAID} | given)
    return [told_line(row) for row in settled.lines()] + [
        told_finding(row) for row in settled.findings()
    ]


def house(month: str, *licences: str, **persons: dict[str, Any]) -> list[str]:
    """Give the findings about places, written."""
    settled = case(month, {"licences": licences, "persons": persons})
    return [
        f"{row.code} {told_days(row.first_day, row.last_day)} "
        + " ".join(f"{name}={shown}" for name, shown in row.numbers)
        for row in settled.findings()
        if row.code in (FindingCode.LICENCE, FindingCode.CAPACITY)
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["A 1 2026-04-01..2026-04-30"],
            ["empty_place OEH_KM 2737 x 30/30 x 0.95 = 2600.15, 2026-04-01..2026-04-30 at A"],
        ),
        (
            ["A 3 2026-04-30"],
            ["empty_place OEH_KM 2737 x 3/30 x 0.95 = 260.02, 2026-04-30 at A"],
        ),
        (
            ["A 1 2026-03-15..2026-04-02", "A 2 2026-04-29..2026-06-01"],
            ["empty_place OEH_KM 2737 x 6/30 x 0.95 = 520.03, 2026-04-01..2026-04-30 at A"],
        ),
        (["A 1 2026-03-01..2026-03-31", "A 1 2026-05-01..2026-05-31"], []),
        (
            ["B 1 2026-04-01..2026-04-10", "A 1 2026-04-01..2026-04-10"],
            [
                "empty_place OEH_KM 2737 x 10/30 x 0.95 = 866.72, 2026-04-01..2026-04-10 at A",
                "empty_place OEH_KM 2737 x 10/30 x 0.95 = 866.72, 2026-04-01..2026-04-10 at B",
            ],
        ),
    ],
    ids=["whole month", "one day", "two rows of one place", "other months", "two places"],
)
def test_empty_places_are_counted_by_days(rows: list[str], expected: list[str]) -> None:
    assert empties("2026-04", *rows) == expected


def test_empty_places_take_the_own_price_and_the_rate_of_the_day() -> None:
    row = "A 1 2026-04-01..2026-04-30"
    assert empties("2026-04", row, own=["OEH_KM 2600 2026-04-16.."]) == [
        "empty_place OEH_KM 2737 x 15/30 x 0.95 = 1300.08, 2026-04-01..2026-04-15 at A",
        "empty_place OEH_KM 2737 x 15/30 x 0.95 = 1300.00, 2026-04-16..2026-04-30 at A, own 2600",
    ]
    assert empties("2026-04", row, rates=["OEH_KM 3000 2026-04-16.."]) == [
        "empty_place OEH_KM 2737 x 15/30 x 0.95 = 1300.08, 2026-04-01..2026-04-15 at A",
        "empty_place OEH_KM 3000 x 15/30 x 0.95 = 1425.00, 2026-04-16..2026-04-30 at A",
    ]


def test_empty_places_without_a_rate_a_share_or_a_clause_are_named() -> None:
    assert empties("2025-04", "A 1 2025-04-01..2025-04-30") == [
        "RATE_MISSING 2025-04-01..2025-04-30 30 day ? units=30"
    ]
    assert empties("2021-04", "A 1 2021-04-01..2021-04-30") == [
        "SHARE_MISSING 2021-04-01..2021-04-30 30 day 2067.00 units=30"
    ]
    assert empties("2024-04", "A 1 2024-04-01") == ["RATE_MISSING 2024-04-01 1 day ? units=1"]
    assert empties("2026-04", "A 1 2026-04-01..2026-04-02", state={}) == [
        "UNUSED_DAYS 2026-04-01..2026-04-02 2 day 173.34 units=2"
    ]
    assert empties("2025-04", "A 1 2025-04-01", state={}) == [
        "UNUSED_DAYS 2025-04-01 1 day ? units=1"
    ]
    (finding,) = case("2026-04", {"empty": ["A 1 2026-04-01"]}).findings()
    assert finding.message("en") == "1 units were not used."


def test_an_empty_place_explains_itself() -> None:
    (line,) = case("2026-04", {"empty": ["A 1 2026-04-01..2026-04-10"], "state": PAID}).lines()
    assert [step.code for step in line.explanation] == [
        "rate_month",
        "empty_places",
        "share",
        "rounded",
    ]
    assert line.explanation[1].numbers == (("quantity", 10), ("of_days", 30))
    assert line.explanation[3].numbers == (("amount", Decimal("866.72")),)
    assert all(tell_step(step, language) for step in line.explanation for language in LANGUAGES)
    assert (line.line, line.person, line.referral) == ("2026-04-A-e1", "", "")
    assert line.exact == Fraction(2737, 3) * Fraction(95, 100)
    assert line.law == "R65 § 2(7); SHS § 79(1¹); SHS § 79(1)"


def test_a_no_show_elsewhere_or_of_other_days_leaves_the_place_empty() -> None:
    waiting = {"service": "OEH", "variant": "KM", "start": "2026-04-01", "arrived": None}
    found = empties("2026-04", "A 1 2026-04-11..2026-04-12", **waiting, place="A")
    assert [row for row in found if row.startswith("empty_place")] == [
        "empty_place OEH_KM 2737 x 2/30 x 0.95 = 173.34, 2026-04-11..2026-04-12 at A"
    ]
    found = empties("2026-04", "A 1 2026-04-09..2026-04-11", **waiting, place="A")
    assert [row for row in found if "empty" in row or "UNUSED" in row] == [
        "empty_place OEH_KM 2737 x 1/30 x 0.95 = 86.67, 2026-04-11 at A",
        "UNUSED_DAYS 2026-04-09..2026-04-10 2 day 173.34 units=2",
    ]
    found = empties("2026-04", "A 1 2026-04-01..2026-04-02", **waiting, place="B")
    assert [row for row in found if row.startswith("empty_place")] == [
        "empty_place OEH_KM 2737 x 2/30 x 0.95 = 173.34, 2026-04-01..2026-04-02 at A"
    ]
    found = empties(
        "2026-04", "A 1 2026-04-01..2026-04-02", **waiting, place="A", as_of="2026-04-05"
    )
    assert [row for row in found if row.startswith("empty_place")] == [
        "empty_place OEH_KM 2737 x 2/30 x 0.95 = 173.34, 2026-04-01..2026-04-02 at A"
    ]


def resident(**given: Any) -> dict[str, Any]:
    return {"service": "OEH", "place": "A"} | given


def test_without_licences_nothing_is_counted() -> None:
    assert house("2026-04", P1=resident()) == []


def test_the_licence_must_cover_each_day_of_service() -> None:
    assert house("2026-04", "A OEH 9 2026-04-05..2026-04-25", P1=resident()) == [
        "LICENCE 2026-04-01..2026-04-04 place=A service=OEH group=– persons=0 limit=0",
        "LICENCE 2026-04-26..2026-04-30 place=A service=OEH group=– persons=0 limit=0",
    ]
    assert (
        house(
            "2026-04",
            "A OEH 9 2026-04-05..2026-04-25",
            P1=resident(start="2026-04-05", end="2026-04-25"),
        )
        == []
    )


@pytest.mark.parametrize("other", ["B OEH 9", "A KE 9"])
def test_a_licence_is_for_a_place_and_a_service(other: str) -> None:
    assert house("2026-04", other, P1=resident(start="2026-04-30")) == [
        "LICENCE 2026-04-30 place=A service=OEH group=– persons=0 limit=0"
    ]


def test_as_many_as_the_licence_allows_and_no_more() -> None:
    two = {"P1": resident(), "P2": resident(start="2026-04-30")}
    assert house("2026-04", "A OEH 2", **two) == []
    assert house("2026-04", "A OEH 1", **two) == [
        "CAPACITY 2026-04-30 place=A service=OEH group=– persons=2 limit=1"
    ]
    # Of two licences valid at once the larger number counts, they are not added up.
    assert house("2026-04", "A OEH 1", "A OEH 2", **two) == []
    assert len(house("2026-04", "A OEH 1", "A OEH 1", **two)) == 1


def test_two_places_are_counted_apart_and_a_move_changes_the_place_on_its_day() -> None:
    persons = {
        "P1": resident(moves={"2026-04-11": "B"}),
        "P2": resident(end="2026-04-11"),
        "P3": resident(place="B"),
    }
    assert house("2026-04", "A OEH 1", "B OEH 1", **persons) == [
        "CAPACITY 2026-04-01..2026-04-10 place=A service=OEH group=– persons=2 limit=1",
        "CAPACITY 2026-04-11..2026-04-30 place=B service=OEH group=– persons=2 limit=1",
    ]


def test_moves_before_on_the_first_day_of_and_after_the_month() -> None:
    persons = {
        "P1": resident(moves={"2026-03-10": "C", "2026-04-01": "B", "2026-05-01": "A"}),
        "P2": resident(place="B"),
    }
    assert house("2026-04", "A OEH 1", "B OEH 1", "C OEH 1", **persons) == [
        "CAPACITY 2026-04-01..2026-04-30 place=B service=OEH group=– persons=2 limit=1"
    ]


def test_the_run_tells_the_most_persons_and_the_least_limit() -> None:
    persons = {
        "P1": resident(),
        "P2": resident(),
        "P3": resident(start="2026-04-10", end="2026-04-12"),
        "P4": resident(start="2026-04-20"),
    }
    licences = ["A OEH 1 2016-01-01..2026-04-14", "A OEH 2 2026-04-15.."]
    assert house("2026-04", *licences, **persons) == [
        "CAPACITY 2026-04-01..2026-04-14 place=A service=OEH group=– persons=3 limit=1",
        "CAPACITY 2026-04-20..2026-04-30 place=A service=OEH group=– persons=3 limit=2",
    ]


def test_who_has_no_place_never_came_or_is_of_another_month_is_not_counted() -> None:
    persons = {
        "P1": resident(),
        "P2": resident(arrived=None),
        "P3": resident(end="2026-03-31"),
        "P4": resident(start="2026-05-01"),
        "P5": {"service": "OEH"},
    }
    assert house("2026-04", "A OEH 1", **persons) == []


@pytest.mark.parametrize(
    ("variant", "groups", "missing"),
    [
        ("", "er", ""),
        ("ER", "er", ""),
        ("ER", "aa,km", "er"),
        ("AA", "", "aa"),
        ("KM", "er", "km"),
        ("AUT", "aut", ""),
        ("AUT", "ordinary", "aut"),
    ],
)
def test_the_licence_must_name_the_target_group(variant: str, groups: str, missing: str) -> None:
    found = house("2026-04", f"A OEH 5 groups={groups}", P1=resident(variant=variant))
    assert found == (
        [f"LICENCE 2026-04-01..2026-04-30 place=A service=OEH group={missing} persons=0 limit=0"]
        if missing
        else []
    )


def test_a_group_is_asked_for_only_on_days_with_a_licence_and_a_person() -> None:
    licences = [
        "A OEH 5 2026-04-05..2026-04-25 groups=er",
        "A OEH 5 2026-04-10..2026-04-15 groups=aa",
    ]
    assert house("2026-04", *licences, P1=resident(variant="AA", end="2026-04-20")) == [
        "LICENCE 2026-04-01..2026-04-04 place=A service=OEH group=– persons=0 limit=0",
        "LICENCE 2026-04-05..2026-04-09 place=A service=OEH group=aa persons=0 limit=0",
        "LICENCE 2026-04-16..2026-04-20 place=A service=OEH group=aa persons=0 limit=0",
    ]


def test_places_are_told_in_the_order_of_their_codes() -> None:
    persons = {"P1": resident(place="B", start="2026-04-30"), "P2": resident(start="2026-04-30")}
    assert [row.split("place=")[1][0] for row in house("2026-04", "C OEH 1", **persons)] == [
        "A",
        "B",
    ]


def test_findings_about_places_are_told_in_both_languages() -> None:
    given = {
        "licences": ["A OEH 1"],
        "persons": {"P1": resident(variant="ER"), "P2": resident()},
    }
    found = case("2026-04", given).findings()
    assert [row.message("en") for row in found] == [
        "At place A no licence covers OEH (target group unstable remission) from 1 Apr 2026 "
        "to 30 Apr 2026.",
        "Place A served up to 2 persons at once with OEH from 1 Apr 2026 to 30 Apr 2026; "
        "the licence allows 1.",
    ]
    assert found[0].message("et") == (
        "Kohas A ei kata tegevusluba teenust OEH (sihtgrupp ebastabiilne remissioon) ajal "
        "01.04.2026–30.04.2026."
    )
    assert {(row.person, row.referral, row.quantity) for row in found} == {("", "", None)}
