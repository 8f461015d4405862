"""Stays beside each other: first and last day, hand-over, what blocks a day, who never came."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from tests.rules.case_builder import (
    case,
    person,
    referral,
    span,
    told_finding,
    told_line,
    told_span,
)
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.stays import (
    Block,
    Presence,
    barred_days,
    is_too_new,
    is_under_age,
    no_show,
    out_of_term,
    presences,
    stay_of,
    turn_up_days,
)
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import FindingCode

LAW = builtin()
ADULT = person()


def laid(*referrals: Referral, born: str = "1980-01-01") -> dict[str, Presence]:
    found = presences(person(born=born), referrals, LAW)
    return {presence.referral.referral: presence for presence in found}


def told_open(presence: Presence) -> list[str]:
    return [told_span(days) for days in presence.open]


def told_blocks(presence: Presence) -> list[str]:
    return [f"{told_span(days)} {code} {other}".strip() for days, code, other in presence.blocks]


@pytest.mark.parametrize(
    ("given", "stay"),
    [
        ({}, "2026-01-01..2035-12-31"),
        ({"arrived": None}, "-"),
        ({"agreed": None, "arrived": "2026-03-05"}, "2026-03-05..2035-12-31"),
        ({"agreed": "2026-03-06", "arrived": "2026-03-05"}, "2026-03-06..2035-12-31"),
        ({"agreed": "2026-03-05", "arrived": "2026-03-06"}, "2026-03-06..2035-12-31"),
        ({"valid_from": "2026-03-07"}, "2026-03-07..2035-12-31"),
        ({"end": "2026-03-07"}, "2026-01-01..2026-03-07"),
        ({"end": "2026-03-07", "valid_to": "2026-03-06"}, "2026-01-01..2026-03-06"),
        ({"end": "2026-03-07", "valid_to": "2026-03-08"}, "2026-01-01..2026-03-07"),
        ({"end": "2026-01-01"}, "2026-01-01"),
        ({"end": "2025-12-31"}, "-"),
        ({"valid_to": "9999-12-31"}, "2026-01-01..9999-12-31"),
    ],
)
def test_first_and_last_day_are_both_days_of_service(given: dict[str, Any], stay: str) -> None:
    assert told_span(stay_of(referral(**given))) == stay


def test_presences_come_in_the_order_of_first_day_issue_and_code() -> None:
    given = [
        referral("TTT", "Z", start="2026-01-01", issued="2025-12-01"),
        referral("IET", "B", start="2026-01-01", issued="2025-12-02"),
        referral("TE", "C", start="2026-01-01", issued="2025-12-02"),
        referral("TTT", "A", start="2026-02-01", issued="2025-01-01"),
        referral("KE", "0", arrived=None, issued="2020-01-01"),
    ]
    for order in permutations(given):
        found = presences(ADULT, order, LAW)
        assert [presence.referral.referral for presence in found] == ["Z", "B", "C", "A", "0"]


def test_the_last_day_goes_to_the_referral_that_begins_on_it() -> None:
    found = laid(
        referral("KE", "R1", end="2026-04-14"),
        referral("OEH", "R2", start="2026-04-14", end="2026-04-20"),
        referral("KE", "R3", start="2026-04-21"),
    )
    assert [told_open(found[code]) for code in ("R1", "R2", "R3")] == [
        ["2026-01-01..2026-04-13"],
        ["2026-04-14..2026-04-20"],
        ["2026-04-21..2035-12-31"],
    ]
    assert not any(presence.blocks for presence in found.values())


def test_a_day_before_or_after_the_last_day_is_not_handed_over() -> None:
    found = laid(referral("IET", "R1", end="2026-04-14"), referral("TTT", "R2", start="2026-04-13"))
    assert told_span(found["R1"].stay) == "2026-01-01..2026-04-14"
    found = laid(referral("IET", "R1", end="2026-04-14"), referral("TTT", "R2", start="2026-04-15"))
    assert told_span(found["R1"].stay) == "2026-01-01..2026-04-14"


def test_a_stay_of_one_day_yields_to_a_later_one_of_the_same_day() -> None:
    found = laid(
        referral("KE", "R1", start="2026-04-14", end="2026-04-14", issued="2026-01-01"),
        referral("KE", "R2", start="2026-04-14", end="2026-04-14", issued="2026-01-02"),
        referral("KE", "R3", start="2026-04-14", issued="2026-01-03"),
    )
    assert [told_span(found[code].stay) for code in ("R1", "R2", "R3")] == [
        "-",
        "-",
        "2026-04-14..2035-12-31",
    ]
    assert told_open(found["R1"]) == []


def test_the_last_day_is_not_handed_to_one_who_never_came() -> None:
    found = laid(
        referral("KE", "R1", end="2026-04-14"),
        referral("KE", "R2", start="2026-04-14", arrived=None),
    )
    assert told_span(found["R1"].stay) == "2026-01-01..2026-04-14"


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ("2008-01-01", None),
        ("2008-01-02", FindingCode.UNDER_AGE),
        ("2007-12-31", None),
    ],
)
def test_eighteen_on_the_first_day_is_old_enough(born: str, code: FindingCode | None) -> None:
    presence = laid(referral(), born=born)["R1"]
    assert [block.code for block in presence.blocks] == ([code] if code else [])
    assert presence.open == (() if code else (presence.stay,))


def test_who_was_born_on_29_february_is_eighteen_on_the_28th() -> None:
    young = person(born="2008-02-29")
    assert is_under_age(young, date(2026, 2, 27), LAW)
    assert not is_under_age(young, date(2026, 2, 28), LAW)


@pytest.mark.parametrize(
    ("service", "variant", "given", "window"),
    [
        ("IET", "", {}, 3),
        ("TTT", "", {}, 3),
        ("TE", "", {}, 3),
        ("KE", "", {}, 7),
        ("PNH", "", {}, 7),
        ("OEH", "ER", {}, 7),
        ("OEH", "KM", {}, 10),
        ("IET", "", {"released": True}, 10),
        ("KE", "", {"released": True, "agreed": None}, 10),
    ],
)
def test_the_window_to_turn_up(
    service: str, variant: str, given: dict[str, Any], window: int
) -> None:
    assert turn_up_days(referral(service, variant=variant, **given), LAW).value == window


@pytest.mark.parametrize("service", ["IET", "KE", "PNH"])
def test_a_day_after_the_window_nothing_is_open(service: str) -> None:
    window = int(turn_up_days(referral(service), LAW).value)
    last, late = date(2026, 3, window), date(2026, 3, window + 1)
    in_time = laid(referral(service, start="2026-03-01", arrived=last))["R1"]
    assert (told_open(in_time), in_time.blocks) == ([f"{last}..2035-12-31"], ())
    presence = laid(referral(service, start="2026-03-01", arrived=late))["R1"]
    assert told_blocks(presence) == [f"{late}..2035-12-31 LATE_ARRIVAL"]
    assert presence.open == ()


def test_who_comes_long_before_the_agreed_day_is_not_late() -> None:
    assert not laid(referral(agreed="2026-03-01", arrived="2026-01-01"))["R1"].blocks


@pytest.mark.parametrize(
    ("variant", "issued", "is_new"),
    [
        ("INT", "2024-12-31", False),
        ("INT", "2025-01-01", True),
        ("INTM", "2024-12-31", False),
        ("INTM", "2025-01-01", True),
        ("", "2025-01-01", False),
        ("AUT", "2025-01-01", False),
    ],
)
def test_the_old_day_care_takes_no_new_referral(variant: str, issued: str, is_new: bool) -> None:
    given = referral("IET", variant=variant, issued=issued)
    assert is_too_new(given, LAW) is is_new
    assert told_blocks(laid(given)["R1"]) == (
        ["2026-01-01..2035-12-31 LEGACY_REFERRAL"] if is_new else []
    )


def test_late_arrival_is_told_before_the_old_kind() -> None:
    late = referral("IET", variant="INT", start="2026-03-01", arrived="2026-03-09")
    assert [block.code for block in laid(late)["R1"].blocks] == [FindingCode.LATE_ARRIVAL]


def test_overlap_takes_the_shared_days_only_and_names_the_other() -> None:
    found = laid(
        referral("KE", "R1", start="2026-04-01", end="2026-04-20"),
        referral("OEH", "R2", start="2026-04-11"),
    )
    assert told_blocks(found["R2"]) == ["2026-04-11..2026-04-20 OVERLAP R1"]
    assert told_open(found["R2"]) == ["2026-04-21..2035-12-31"]
    assert not found["R2"].covers(span("2026-04-20..2026-04-21"))
    assert found["R2"].covers(span("2026-04-21..2026-04-22"))
    assert not found["R1"].covers(span("2026-04-20..2026-04-21"))
    assert found["R1"].covers(span("2026-04-01..2026-04-20"))


def test_of_two_stays_in_the_way_each_day_names_the_first() -> None:
    found = laid(
        referral("IET", "R1", end="2026-04-10"),
        referral("TE", "R2", start="2026-02-01", end="2026-04-20"),
        referral("OEH", "R3", start="2026-04-01", end="2026-04-30"),
    )
    assert told_blocks(found["R3"]) == [
        "2026-04-01..2026-04-10 OVERLAP R1",
        "2026-04-11..2026-04-20 OVERLAP R2",
    ]
    assert told_open(found["R3"]) == ["2026-04-21..2026-04-30"]


def test_a_blocked_stay_bars_nothing_whatever_blocks_it() -> None:
    late = referral("KE", "R1", start="2026-03-01", arrived="2026-03-20")
    old = referral("IET", "R0", variant="INT", start="2026-03-02", issued="2025-06-01")
    found = laid(late, old, referral("OEH", "R2", start="2026-03-25"))
    assert told_open(found["R2"]) == ["2026-03-25..2035-12-31"]


def test_work_support_may_run_beside_community_living_but_not_beside_day_care() -> None:
    found = laid(
        referral("KE", "R1"), referral("TTT", "R2"), referral("PNH", "R3", start="2026-02-01")
    )
    assert not found["R2"].blocks
    assert {block.other for block in found["R3"].blocks} == {"R1"}


def test_days_before_and_after_the_term_are_out_of_it() -> None:
    served = referral(
        arrived="2026-03-05",
        agreed="2026-03-06",
        valid_from="2026-03-10",
        valid_to="2026-03-20",
        end="2026-03-25",
    )
    month = span("2026-03-01..2026-03-31")
    assert [told_span(days) for days in out_of_term(served, month)] == [
        "2026-03-06..2026-03-09",
        "2026-03-21..2026-03-25",
    ]
    assert out_of_term(served, span("2026-04-01..2026-04-30")) == []
    assert out_of_term(referral(arrived=None, end="2026-03-05"), month) == []
    assert out_of_term(referral(valid_to="2026-03-20"), month) == []
    early = referral(arrived="2026-03-05", agreed=None, valid_from="2026-03-10")
    assert [told_span(days) for days in out_of_term(early, month)] == ["2026-03-05..2026-03-09"]


@pytest.mark.parametrize(
    ("given", "days", "in_term", "is_closed"),
    [
        ({}, "2026-03-28..2026-04-03", "2026-03-28..2026-04-03", True),
        ({"as_of": "2026-04-02"}, "2026-03-28..2026-04-03", "2026-03-28..2026-04-03", False),
        ({"as_of": "2026-04-03"}, "2026-03-28..2026-04-03", "2026-03-28..2026-04-03", True),
        ({"end": "2026-03-30"}, "2026-03-28..2026-03-30", "2026-03-28..2026-03-30", True),
        ({"end": "2026-03-28"}, "2026-03-28", "2026-03-28", True),
        ({"end": "2026-04-30"}, "2026-03-28..2026-04-03", "2026-03-28..2026-04-03", True),
        ({"valid_from": "2026-03-30"}, "2026-03-28..2026-04-03", "2026-03-30..2026-04-03", True),
        ({"valid_to": "2026-04-01"}, "2026-03-28..2026-04-03", "2026-03-28..2026-04-01", True),
        ({"valid_to": "2026-03-27"}, "2026-03-28..2026-04-03", "-", True),
    ],
)
def test_the_days_of_one_who_never_came(
    given: dict[str, Any], days: str, in_term: str, is_closed: bool
) -> None:
    as_of = date.fromisoformat(given.pop("as_of", "2026-04-30"))
    waited = no_show(referral(start="2026-03-28", arrived=None, **given), as_of, LAW)
    assert waited is not None
    assert (told_span(waited.days), told_span(waited.in_term)) == (days, in_term)
    assert (waited.closes_on, waited.is_closed) == (date(2026, 4, 3), is_closed)
    assert waited.window.value == 7


@pytest.mark.parametrize(
    "given",
    [{"arrived": "2026-03-28"}, {"agreed": None}, {"end": "2026-03-27"}],
    ids=["came", "no agreed start", "ended before"],
)
def test_when_there_are_no_days_to_wait(given: dict[str, Any]) -> None:
    waiting = referral(start="2026-03-28", **({"arrived": None} | given))
    assert no_show(waiting, date(2026, 4, 30), LAW) is None


def test_an_earlier_stay_bars_the_days_of_a_no_show() -> None:
    waiting = referral("OEH", "R2", start="2026-04-01", issued="2026-03-01", arrived=None)
    found = presences(
        ADULT,
        (
            referral("KE", "R1", end="2026-04-03"),
            waiting,
            referral("KE", "R3", start="2026-04-05"),
            referral("TTT", "R4", start="2026-04-01", end="2026-04-01", issued="2026-03-02"),
        ),
        LAW,
    )
    free = [span("2026-04-01..2026-04-07")]
    blocks = barred_days(waiting, free[0][0], found, free)
    assert blocks == [Block(span("2026-04-01..2026-04-03"), FindingCode.OVERLAP, "R1")]


def test_a_compatible_stay_bars_no_day_of_a_no_show() -> None:
    waiting = referral("TTT", "R2", start="2026-04-01", arrived=None)
    found = presences(ADULT, (referral("KE", "R1"), waiting), LAW)
    assert barred_days(waiting, span("2026-04-01")[0], found, [span("2026-04-01")]) == []


def test_two_earlier_stays_bar_each_day_once() -> None:
    waiting = referral("OEH", "R3", start="2026-04-01", arrived=None)
    found = presences(
        ADULT,
        (
            referral("IET", "R1", end="2026-04-03"),
            referral("TE", "R2", start="2026-02-01", end="2026-04-05"),
            waiting,
        ),
        LAW,
    )
    free = [span("2026-04-01..2026-04-07")]
    assert barred_days(waiting, free[0][0], found, free) == [
        Block(span("2026-04-01..2026-04-03"), FindingCode.OVERLAP, "R1"),
        Block(span("2026-04-04..2026-04-05"), FindingCode.OVERLAP, "R2"),
    ]


@pytest.mark.parametrize(
    ("given", "lines", "findings"),
    [
        (
            {"service": "KE", "born": "2008-06-02"},
            [],
            ["UNDER_AGE 2026-06-01..2026-06-07 7 day 149.85"],
        ),
        (
            {"service": "IET", "variant": "INT", "issued": "2025-01-01"},
            [],
            ["LEGACY_REFERRAL 2026-06-01..2026-06-03 3 day 182.40"],
        ),
        (
            {"service": "KE", "valid_to": "2026-06-03"},
            ["no_show KE 676 x 3/30 x 0.95 = 64.22, 2026-06-01..2026-06-03"],
            ["OUT_OF_TERM 2026-06-04..2026-06-07 4 day 85.63"],
        ),
        (
            {"service": "KE", "valid_to": "2026-05-31"},
            [],
            ["OUT_OF_TERM 2026-06-01..2026-06-07 7 day 149.85"],
        ),
    ],
    ids=["too young", "old kind", "partly in term", "out of term"],
)
def test_what_bars_a_no_show(given: dict[str, Any], lines: list[str], findings: list[str]) -> None:
    settled = case("2026-06", given | {"start": "2026-06-01", "arrived": None})
    notices = [f for f in settled.findings() if f.code is not FindingCode.READING_USED]
    assert [told_line(line) for line in settled.lines()] == lines
    assert [told_finding(finding) for finding in notices][:-1] == findings
    assert notices[-1].code is FindingCode.NOTICE_DUE


def test_an_overlapping_no_show_is_paid_on_the_free_days_only() -> None:
    settled = case(
        "2026-06",
        {
            "referrals": [
                {"service": "KE", "end": "2026-06-03"},
                {"service": "OEH", "variant": "KM", "start": "2026-06-01", "arrived": None},
            ]
        },
    )
    assert [told_line(line) for line in settled.lines()] == [
        "part KE 676 x 3/30 = 67.60, 2026-06-01..2026-06-03",
        "R2: no_show OEH_KM 2737 x 7/30 x 0.95 = 606.70, 2026-06-04..2026-06-10",
    ]
    assert told_finding(settled.findings()[0]) == (
        "R2: OVERLAP 2026-06-01..2026-06-03 3 day 260.02 with R1"
    )


def test_a_window_that_closes_next_month_is_told_next_month() -> None:
    waiting = {"service": "KE", "start": "2026-05-28", "arrived": None}
    may = case("2026-05", waiting)
    assert [told_finding(finding) for finding in may.findings()] == [
        "NO_SHOW_PENDING 2026-05-28..2026-05-31 4 day 82.86"
    ]
    june = case("2026-06", waiting)
    assert "NOTICE_DUE 2026-06-04 due=2026-06-09 why=no_show" in [
        told_finding(finding) for finding in june.findings()
    ]
    july = case("2026-07", waiting)
    assert (july.lines(), july.findings()) == ([], [])
