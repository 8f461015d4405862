"""Services with a minimum volume of hours: what counts, what became of a month, what it pays."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.case_builder import (
    case,
    contract,
    facts,
    hour,
    law,
    person,
    referral,
    rounded,
    state,
    told_finding,
    told_line,
    told_span,
)
from tugiplaan.rules.facts import HourRecord, Referral
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle
from tugiplaan.rules.stays import HourMonth, MonthLedger, hour_month, hours, presences
from tugiplaan.rules.stays.volumes import Verdict, counts, in_patient_days
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import AbsenceKind, Audience, FindingCode, Kind

LAW = builtin()
FROM_2026 = {"history_from": "2026-01-01"}
LIMITS = (FindingCode.SERVICE_OVER, FindingCode.NON_USE_LIMIT, FindingCode.HOSPITAL_LIMIT)


def judged(month: str, given: Referral, **settings: Any) -> HourMonth:
    contract = state(**settings)
    presence = presences(person(), (given,), LAW)[0]
    return hour_month(presence, Month.parse(month), LAW, contract, MonthLedger.empty(contract))


def used_in(*months: str, minutes: int = 240) -> list[str]:
    return [f"{month}-10 {minutes}" for month in months]


def verdicts(first: str, months: int, given: Referral, **settings: Any) -> list[str]:
    """Write what becomes of one month after the other."""
    month, told = Month.parse(first), []
    for _ in range(months):
        kind, problem = judged(str(month), given, **settings).verdict
        told.append(f"{kind} {problem}" if problem else str(kind))
        month = month.plus(1)
    return told


def told(found: HourMonth) -> list[str]:
    return [
        f"{told_span(row.span)} {row.kind} {row.share or 'whole'} {row.problem or 'paid'}"
        for row in found.portions
    ]


@pytest.mark.parametrize(
    ("service", "counted"),
    [
        ("IET", {"person", "family"}),
        ("TTT", {"person", "employer", "coworkers"}),
        ("TE", {"person"}),
    ],
)
def test_with_whom_an_hour_counts(service: str, counted: set[str]) -> None:
    kind = referral(service).kind
    for audience in ("person", "family", "employer", "coworkers", "provider"):
        record = hour(f"2026-05-10 60 {audience}")
        assert counts(record, kind) is (audience in counted)
        assert not counts(record._replace(is_direct=False), kind)


def test_finding_a_job_counts_in_no_work_support_but_elsewhere_it_is_work() -> None:
    record = hour("2026-05-10 60 doing=job_finding")
    assert [counts(record, referral(service).kind) for service in ("IET", "TTT", "TE")] == [
        True,
        False,
        True,
    ]


def test_minutes_are_written_as_hours() -> None:
    assert [hours(minutes) for minutes in (210, 0, 1)] == [Fraction(7, 2), 0, Fraction(1, 60)]


@pytest.mark.parametrize(
    ("service", "variant", "least"),
    [("IET", "", 240), ("IET", "AUT", 7200), ("TTT", "", 240), ("TE", "", 480)],
)
def test_the_minimum_itself_is_enough(service: str, variant: str, least: int) -> None:
    for minutes, kind in ((least, Kind.FULL), (least - 1, Kind.BELOW_MINIMUM)):
        given = referral(service, variant=variant, hours=[f"2026-05-31 {minutes}"])
        found = judged("2026-05", given)
        assert found.verdict == Verdict(kind)
        assert (found.minutes, int(found.minimum.value)) == (minutes, least)
        (portion,) = found.portions
        assert (told_span(portion.span), portion.kind) == ("2026-05-01..2026-05-31", kind)
        assert portion.share == ("" if kind is Kind.FULL else "below_minimum_share")
        (note,) = portion.notes
        assert note.code == ("volume_met" if kind is Kind.FULL else "non_use_month")
        assert note.numbers == (("given", Fraction(minutes, 60)), ("least", Fraction(least, 60)))
        assert [value.value for value in note.values] == [least]
        assert note.reading == ("" if kind is Kind.FULL else "A-28")


def test_hours_are_counted_in_their_month_and_in_the_stay() -> None:
    rows = [
        "2026-04-30 240",
        "2026-05-01 100",
        "2026-06-01 240",
        "2026-05-31 60 times=2",
        "2026-05-20 60 direct=no",
        "2026-05-20 60 employer",
    ]
    for order in (rows, rows[::-1], rows[3:] + rows[:3]):
        given = referral("IET", start="2026-05-01", hours=order)
        assert judged("2026-05", given).minutes == 220


def test_hours_on_the_first_and_last_day_of_the_stay_count() -> None:
    rows = ["2026-05-01 1", "2026-05-02 10", "2026-05-20 100", "2026-05-21 1000"]
    given = referral("IET", start="2026-05-02", end="2026-05-20", hours=rows)
    found = judged("2026-05", given)
    assert (found.minutes, found.verdict) == (110, Verdict(Kind.PART))
    assert told(found) == ["2026-05-02..2026-05-20 part whole paid"]


def test_without_a_stay_there_is_nothing_to_judge() -> None:
    found = judged("2026-05", referral("IET", arrived=None, hours=["2026-05-10 240"]))
    assert (found.portions, found.minutes, found.over_from) == ([], 0, None)


def test_the_row_of_months_that_were_not_used() -> None:
    given = referral("IET", hours=used_in("2026-03", "2026-07"))
    assert verdicts("2026-01", 8, given, **FROM_2026) == [
        "below_minimum",
        "below_minimum",
        "full",
        "below_minimum",
        "below_minimum",
        "below_minimum SERVICE_OVER",
        "full SERVICE_OVER",
        "below_minimum SERVICE_OVER",
    ]
    assert judged("2026-06", given, **FROM_2026).over_from == date(2026, 6, 1)
    assert judged("2026-08", given, **FROM_2026).over_from == date(2026, 6, 1)
    assert judged("2026-05", given, **FROM_2026).over_from is None


def test_a_hospital_month_is_passed_over_and_never_the_third() -> None:
    given = referral("IET", away=["2026-02-10..2026-02-11 hospital", "2026-04-01 hospital"])
    assert verdicts("2026-01", 5, given, **FROM_2026) == [
        "below_minimum",
        "hospital",
        "below_minimum",
        "hospital",
        "below_minimum SERVICE_OVER",
    ]


def test_a_month_in_hospital_with_enough_hours_is_a_used_month() -> None:
    given = referral("IET", hours=["2026-05-10 240"], away=["2026-05-11..2026-05-31 hospital"])
    assert judged("2026-05", given).verdict == Verdict(Kind.FULL)


def test_mere_absence_makes_no_hospital_month() -> None:
    given = referral("IET", away=["2026-05-01..2026-05-31"])
    assert judged("2026-05", given).verdict == Verdict(Kind.BELOW_MINIMUM)


def test_a_part_month_is_passed_over_and_after_the_end_it_is_not_paid() -> None:
    given = referral("IET", start="2026-01-02", end="2026-06-20")
    assert verdicts("2026-01", 6, given, **FROM_2026) == [
        "part",
        "below_minimum",
        "below_minimum",
        "below_minimum SERVICE_OVER",
        "below_minimum SERVICE_OVER",
        "part SERVICE_OVER",
    ]
    assert told(judged("2026-06", given, **FROM_2026)) == [
        "2026-06-01..2026-06-20 part whole SERVICE_OVER"
    ]


def test_a_part_month_between_does_not_end_the_row() -> None:
    # The KE stay is the earlier one: it takes ten days of March from daily-life support.
    late = referral("KE", "R0", start="2025-12-01", end="2026-03-10")
    given = referral("IET", "R1", start="2026-01-01")
    contract = state(**FROM_2026)
    found = presences(person(), (late, given), LAW)
    told_verdicts = [
        hour_month(found[1], Month(2026, month), LAW, contract, MonthLedger.empty(contract)).verdict
        for month in range(1, 7)
    ]
    assert [row.kind for row in told_verdicts] == [Kind.PART] * 3 + [Kind.BELOW_MINIMUM] * 3
    assert [row.problem for row in told_verdicts] == [None] * 5 + [FindingCode.SERVICE_OVER]


def test_at_most_four_months_in_a_year_are_paid() -> None:
    given = referral("IET", hours=used_in("2026-03", "2026-06", "2026-08"))
    assert verdicts("2026-01", 9, given, **FROM_2026) == [
        "below_minimum",
        "below_minimum",
        "full",
        "below_minimum",
        "below_minimum",
        "full",
        "below_minimum NON_USE_LIMIT",
        "full",
        "below_minimum NON_USE_LIMIT",
    ]


def test_a_month_that_was_not_paid_does_not_fill_the_year() -> None:
    used = [f"2026-{month:02d}" for month in (3, 6, 8, 9, 10, 11, 12)]
    given = referral("IET", hours=used_in(*used))
    # January leaves the year: February, April and May remain, and July was not paid.
    assert verdicts("2026-12", 2, given, **FROM_2026) == ["full", "below_minimum"]


def test_at_most_six_hospital_months_in_a_year_are_paid() -> None:
    given = referral("IET", away=["2026-01-01..2027-02-28 hospital"])
    assert verdicts("2026-05", 4, given, **FROM_2026) == [
        "hospital",
        "hospital",
        "hospital HOSPITAL_LIMIT",
        "hospital HOSPITAL_LIMIT",
    ]
    assert verdicts("2027-01", 1, given, **FROM_2026) == ["hospital"]


def test_treatment_of_tuberculosis_has_no_limit_of_months() -> None:
    given = referral("IET", away=["2026-01-01..2026-12-31 tuberculosis"])
    assert verdicts("2026-12", 1, given, **FROM_2026) == ["hospital"]
    both = referral(
        "IET", away=["2026-01-01..2026-12-31 tuberculosis", "2026-01-01..2026-12-31 hospital"]
    )
    assert verdicts("2026-12", 1, both, **FROM_2026) == ["hospital HOSPITAL_LIMIT"]


def test_the_year_is_the_person_s_over_both_referrals_and_variants() -> None:
    contract = state(**FROM_2026)
    given = (
        referral("IET", "R1", end="2026-05-31", hours=used_in("2026-03")),
        referral("IET", "R2", variant="AUT", start="2026-06-01"),
    )
    found, ledger = presences(person(), given, LAW), MonthLedger.empty(contract)
    june = Month(2026, 6)
    assert hour_month(found[0], june, LAW, contract, ledger).verdict == Verdict(Kind.PART)
    second = hour_month(found[1], june, LAW, contract, ledger)
    assert second.verdict == Verdict(Kind.BELOW_MINIMUM, FindingCode.NON_USE_LIMIT)
    settled = case(
        "2026-06",
        {
            "referrals": [
                {"service": "IET", "end": "2026-05-31", "hours": used_in("2026-03")},
                {"service": "IET", "variant": "AUT", "start": "2026-06-01"},
            ],
            "state": FROM_2026,
        },
    )
    assert settled.lines() == []
    assert [row.code for row in settled.findings() if row.code in LIMITS] == [
        FindingCode.NON_USE_LIMIT
    ]


def test_another_service_has_limits_of_its_own() -> None:
    settled = case(
        "2026-04",
        {
            "referrals": [{"service": "IET"}, {"service": "TTT", "start": "2026-03-01"}],
            "state": FROM_2026,
        },
    )
    assert [told_line(line) for line in settled.lines()] == [
        "R2: below_minimum TTT 202 x 30/30 x 0.95 = 191.90, 2026-04-01..2026-04-30"
    ]


@pytest.mark.parametrize(
    ("history_from", "start", "month", "relies_on"),
    [
        ("2026-03-01", "2026-01-01", "2026-03", Month(2026, 2)),
        ("2026-03-01", "2026-02-28", "2026-04", Month(2026, 2)),
        ("2026-03-02", "2026-01-01", "2026-04", Month(2026, 3)),
        ("2026-03-01", "2026-03-01", "2026-03", None),
        ("2027-03-01", "2026-01-01", "2026-03", Month(2026, 2)),
        (None, "2026-01-01", "2026-03", Month(2026, 2)),
        (None, "2026-03-01", "2026-03", None),
    ],
)
def test_what_a_verdict_assumes_of_the_time_before_the_facts(
    history_from: str | None, start: str, month: str, relies_on: Month | None
) -> None:
    settings = {"history_from": history_from} if history_from else {}
    found = judged(month, referral("IET", start=start), **settings)
    assert found.verdict == Verdict(Kind.BELOW_MINIMUM)
    assert found.relies_on == relies_on


def test_a_used_month_in_the_facts_makes_the_time_before_them_indifferent() -> None:
    given = referral("IET", hours=used_in("2026-03"))
    assert judged("2026-04", given, history_from="2026-03-01").relies_on is None
    assert judged("2026-03", given, history_from="2026-03-01").relies_on is None


def test_months_without_a_rate_are_passed_over_in_the_row() -> None:
    ruled = law(["IET 200 2025-01-01..2025-12-30"])
    contract = state(history_from="2025-10-01")
    presence = presences(person(), (referral("IET", start="2025-10-01"),), ruled)[0]
    found = [
        hour_month(presence, month, ruled, contract, MonthLedger.empty(contract)).verdict.problem
        for month in (Month(2025, 11), Month(2025, 12), Month(2026, 1))
    ]
    # October and November have a rate on every day, December lacks its last: January is the third.
    assert found == [None, None, FindingCode.SERVICE_OVER]


def test_days_in_hospital_are_those_of_the_stay_in_the_month() -> None:
    given = referral(
        "IET",
        start="2026-03-10",
        away=[
            "2026-03-01..2026-03-12 hospital",
            "2026-03-15..2026-03-16",
            "2026-03-30..2026-04-02 tuberculosis",
        ],
    )
    presence = presences(person(), (given,), LAW)[0]
    found = in_patient_days(presence, Month(2026, 3))
    assert {kind: [told_span(row) for row in rows] for kind, rows in found.items()} == {
        AbsenceKind.HOSPITAL: ["2026-03-10..2026-03-12"],
        AbsenceKind.TUBERCULOSIS: ["2026-03-30..2026-03-31"],
    }
    assert in_patient_days(presence, Month(2026, 5)) == {}
    nobody = presences(person(), (referral("IET", arrived=None, away=["2026-03-01"]),), LAW)[0]
    assert in_patient_days(nobody, Month(2026, 3)) == {}


def weekly(month: str, **given: Any) -> HourMonth:
    return judged(month, referral("TE", **given), te_minimum="week_by_week")


def test_each_week_needs_its_two_hours() -> None:
    rows = ["2026-04-07 120", "2026-04-08 119", "2026-04-21 60 times=2", "2026-04-22 240"]
    found = weekly("2026-04", hours=rows)
    assert told(found) == [
        "2026-04-01..2026-04-07 full whole paid",
        "2026-04-08..2026-04-14 below_minimum below_minimum_share paid",
        "2026-04-15..2026-04-21 full whole paid",
        "2026-04-22..2026-04-28 full whole paid",
        "2026-04-29..2026-04-30 full whole paid",
    ]
    (note,) = found.portions[1].notes
    assert (note.code, note.reading, note.section) == ("short_week", "A-04", "SHS § 96(6)")
    assert note.numbers == (("week", 2), ("given", Fraction(119, 60)), ("least", 2))


def test_hours_of_another_month_or_that_do_not_count_fill_no_week() -> None:
    rows = [
        "2026-03-01 480",
        "2026-05-08 480",
        "2026-04-01 480",
        "2026-04-08 120 family",
        "2026-04-15 120 direct=no",
        "2026-04-29 120",
    ]
    assert [row.kind for row in weekly("2026-04", hours=rows).portions] == [
        Kind.FULL,
        Kind.BELOW_MINIMUM,
        Kind.BELOW_MINIMUM,
        Kind.BELOW_MINIMUM,
        Kind.FULL,
    ]


def test_a_february_of_28_days_is_four_weeks() -> None:
    assert len(weekly("2026-02", hours=["2026-02-01 480"]).portions) == 4
    assert len(weekly("2028-02", hours=["2028-02-01 480"]).portions) == 5


def test_short_weeks_of_a_hospital_month_are_hospital_weeks() -> None:
    found = weekly("2026-04", hours=["2026-04-01 120"], away=["2026-04-30..2026-05-01 hospital"])
    assert told(found) == [
        "2026-04-01..2026-04-07 full whole paid",
        "2026-04-08..2026-04-14 hospital hospital_share paid",
        "2026-04-15..2026-04-21 hospital hospital_share paid",
        "2026-04-22..2026-04-28 hospital hospital_share paid",
        "2026-04-29..2026-04-30 full whole paid",
    ]


def test_week_by_week_is_for_supported_living_only() -> None:
    found = judged("2026-04", referral("IET", hours=["2026-04-01 240"]), te_minimum="week_by_week")
    assert told(found) == ["2026-04-01..2026-04-30 full whole paid"]
    found = judged("2026-04", referral("TE", hours=["2026-04-01 480"]))
    assert told(found) == ["2026-04-01..2026-04-30 full whole paid"]


def test_a_part_month_is_not_tested_week_by_week_either() -> None:
    assert told(weekly("2026-04", start="2026-04-02")) == ["2026-04-02..2026-04-30 part whole paid"]


def test_limits_hold_every_day_of_a_month_tested_week_by_week() -> None:
    given = referral("TE", hours=["2026-03-01 120"])
    found = judged("2026-03", given, te_minimum="week_by_week", **FROM_2026)
    assert {row.problem for row in found.portions} == {FindingCode.SERVICE_OVER}
    assert len(found.portions) == 5


def test_what_is_told_of_hours_in_a_settled_month() -> None:
    cut = {
        "referrals": [
            {"service": "KE", "end": "2026-05-10"},
            {"service": "IET", "start": "2026-02-01", "hours": ["2026-05-20 90"]},
        ]
    }
    assert [told_finding(row) for row in case("2026-05", cut).findings()][:2] == [
        "R2: OVERLAP 2026-05-01..2026-05-10 10 day 70.65 with R1",
        "R2: PART_MONTH_UNTESTED 2026-05-11..2026-05-31 given=3/2 least=4",
    ]
    over = case("2026-06", {"service": "IET", "end": "2026-06-20", "state": FROM_2026})
    assert [told_finding(row) for row in over.findings()] == [
        "SERVICE_OVER 2026-06-01..2026-06-20 20 day 146.00"
    ]
    gone = case("2026-06", {"service": "IET", "end": "2026-05-31", "state": FROM_2026})
    assert (gone.lines(), gone.findings()) == ([], [])


def test_the_notice_of_the_third_month_is_told_once() -> None:
    def notices(month: str) -> list[str]:
        found = case(month, {"service": "IET", "state": FROM_2026}).findings()
        return [told_finding(row) for row in found if row.code is FindingCode.NOTICE_DUE]

    assert [notices(month) for month in ("2026-02", "2026-03", "2026-04")] == [
        [],
        ["NOTICE_DUE 2026-03-31 due=2026-04-06 why=non_use"],
        [],
    ]


@given(
    month=st.sampled_from([Month(2026, 2), Month(2026, 4), Month(2028, 2)]),
    rows=st.lists(
        st.tuples(
            st.sampled_from([1, 7, 8, 14, 15, 21, 22, 28, 29]),
            st.sampled_from([1, 60, 119, 120, 239, 240, 480]),
            st.sampled_from(["person", "person", "family"]),
            st.booleans(),
        ),
        max_size=8,
    ),
    is_weekly=st.booleans(),
)
def test_supported_living_is_paid_by_the_hours_with_the_person(
    month: Month, rows: list[tuple[int, int, str, bool]], is_weekly: bool
) -> None:
    records = [
        HourRecord(
            "", date(month.year, month.month, day), None, minutes, "W", Audience(who), "", direct
        )
        for day, minutes, who, direct in rows
        if day <= month.length
    ]
    one = replace(referral("TE", start=month.first), hours=tuple(records))
    te_minimum = "week_by_week" if is_weekly else "month_total"
    found = settle(facts(str(month), one), LAW, contract(te_minimum=te_minimum))
    counted = [row for row in records if row.is_direct and row.audience == "person"]
    reduced, share = Fraction(95, 100), Fraction(1)
    if is_weekly:
        short = sum(
            sum(row.minutes for row in counted if first <= row.day.day <= first + 6) < 120
            for first in (1, 8, 15, 22)
        )
        share -= Fraction(7 * short, month.length) * (1 - reduced)
    elif sum(row.minutes for row in counted) < 480:
        share = reduced
    assert found.amount == rounded(317 * share)


@given(
    used=st.lists(st.booleans(), min_size=12, max_size=12),
    at=st.integers(0, 11),
    history=st.integers(0, 11),
)
def test_months_that_were_not_used_are_paid_twice_in_a_row_and_four_times_a_year(
    used: list[bool], at: int, history: int
) -> None:
    all_months = [Month(2026, number) for number in range(1, 13)]
    records = [
        HourRecord("", date(2026, month.month, 15), None, 240, "W", Audience.PERSON, "", True)
        for month, is_used in zip(all_months, used, strict=True)
        if is_used
    ]
    one = replace(referral("IET"), hours=tuple(records))
    in_a_row = paid = 0
    is_over = False
    expected = ""
    for is_used in used[min(history, at) : at + 1]:
        in_a_row = 0 if is_used else in_a_row + 1
        is_over = is_over or in_a_row > 2
        if is_over:
            expected = "0.00"
        elif is_used:
            expected = "219.00"
        else:
            expected = "208.05" if paid < 4 else "0.00"
            paid += paid < 4
    agreed = contract(history_from=all_months[history].first)
    assert str(settle(facts(str(all_months[at]), one), LAW, agreed).amount) == expected
