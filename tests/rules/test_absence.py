"""Days away: runs, spells, two months, the year's limits, confirmations, and what they pay."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.case_builder import (
    MONTHS,
    ONE,
    absence_rows,
    case,
    contract,
    days_of,
    facts,
    lengths,
    months,
    near_ties,
    person,
    referral,
    rounded,
    run_of,
    same_day_later,
    span,
    state,
    told_finding,
    told_line,
    told_span,
)
from tugiplaan.rules.facts import PersonMonth, Referral, StateContract
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle
from tugiplaan.rules.stays import (
    Away,
    Ledger,
    Portion,
    Presence,
    YearCount,
    away_days,
    blocked_portions,
    day_portions,
    presences,
)
from tugiplaan.rules.stays.absence import spell_limit
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import AbsenceKind, AbsenceYear, FindingCode, Kind

LAW = builtin()


def one(*, service: str = "KE", **given: Any) -> Presence:
    return presences(person(), (referral(service, **given),), LAW)[0]


def away_of(presence: Presence, until: str = "2026-12-31", **settings: Any) -> Away:
    contract = state(**settings)
    return away_days(presence, contract, LAW, Ledger.empty(contract), span(until)[1])


def told(away: Away) -> list[str]:
    """Write the days away as runs of one kind, problem and spell."""
    runs: list[list[Any]] = []
    for day, (kind, problem, spell) in sorted(away.days.items()):
        if runs and runs[-1][1] == day and runs[-1][2] == (kind, problem, spell):
            runs[-1][1] = day + 1
        else:
            runs.append([day, day + 1, (kind, problem, spell)])
    return [
        f"{told_span((first, end))} {kind} {problem or 'paid'} since {date.fromordinal(spell)}"
        for first, end, (kind, problem, spell) in runs
    ]


def told_portions(portions: list[Portion]) -> list[str]:
    return [
        f"{told_span(row.span)} {row.kind} {row.share or 'whole'} {row.problem or 'paid'}"
        for row in portions
    ]


@pytest.mark.parametrize(
    ("first", "limit"),
    [
        ("2026-03-15", "2026-05-15"),
        ("2025-12-28", "2026-02-28"),
        ("2025-12-29", "2026-02-28"),
        ("2025-12-31", "2026-02-28"),
        ("2027-12-29", "2028-02-29"),
        ("2027-12-31", "2028-02-29"),
        ("2026-06-30", "2026-08-30"),
        ("2026-07-31", "2026-09-30"),
    ],
)
def test_two_months_run_from_date_to_date(first: str, limit: str) -> None:
    found, months = spell_limit(date.fromisoformat(first), LAW)
    assert found == date.fromisoformat(limit)
    assert months.name == "absence_months"


def test_nobody_is_away_without_a_stay_or_without_rows() -> None:
    assert away_of(one(arrived=None, away=["2026-03-01..2026-03-05"])) == Away({})
    assert away_of(one()) == Away({})


def test_runs_of_one_day_are_presence_and_runs_of_two_are_not() -> None:
    away = away_of(
        one(away=["2026-03-01", "2026-03-03..2026-03-04", "2026-03-06 hospital", "2026-03-08"])
    )
    assert told(away) == ["2026-03-03..2026-03-04 absent paid since 2026-03-03"]
    assert [date.fromordinal(day).day for day in away.single_days] == [1, 6, 8]


def test_touching_rows_of_one_kind_are_one_spell_and_of_two_kinds_one_run() -> None:
    away = away_of(one(away=["2026-03-01..2026-03-02", "2026-03-03", "2026-03-04 hospital"]))
    assert told(away) == [
        "2026-03-01..2026-03-03 absent paid since 2026-03-01",
        "2026-03-04 hospital paid since 2026-03-04",
    ]
    assert away.single_days == ()


def test_a_row_of_which_one_day_is_in_the_stay_is_a_single_day() -> None:
    away = away_of(one(start="2026-03-10", away=["2026-03-05..2026-03-10"]))
    assert (told(away), len(away.single_days)) == ([], 1)
    away = away_of(one(start="2026-03-10", away=["2026-03-05..2026-03-11"]))
    assert told(away) == ["2026-03-10..2026-03-11 absent paid since 2026-03-10"]
    away = away_of(one(end="2026-03-10", away=["2026-03-11..2026-03-20"]))
    assert away == Away({})


def test_where_rows_name_one_day_twice_in_patient_care_goes_first() -> None:
    rows = ["2026-03-02..2026-03-03 tuberculosis", "2026-03-01..2026-03-04", "2026-03-02 hospital"]
    expected = [
        "2026-03-01 absent paid since 2026-03-01",
        "2026-03-02..2026-03-03 tuberculosis paid since 2026-03-02",
        "2026-03-04 absent paid since 2026-03-04",
    ]
    assert told(away_of(one(away=rows))) == expected
    assert told(away_of(one(away=rows[::-1]))) == expected


def test_days_after_the_month_are_not_decided_but_do_belong_to_the_run() -> None:
    presence = one(away=["2026-03-31..2026-04-01", "2026-04-05"])
    away = away_of(presence, until="2026-03-31")
    assert told(away) == ["2026-03-31 absent paid since 2026-03-31"]
    assert away.single_days == ()


def test_the_service_is_over_from_the_day_on_which_two_months_are() -> None:
    away = away_of(one(away=["2026-03-15..2026-05-14"]))
    assert (away.over_from, away.over_since) == (None, None)
    away = away_of(one(away=["2026-03-15..2026-05-15", "2026-06-01..2026-06-02 hospital"]))
    assert away.over_from == span("2026-05-15")[0]
    assert away.over_since == span("2026-03-15")[0]
    assert told(away) == [
        "2026-03-15..2026-05-14 absent paid since 2026-03-15",
        "2026-05-15 absent SERVICE_OVER since 2026-03-15",
        "2026-06-01..2026-06-02 hospital SERVICE_OVER since 2026-06-01",
    ]


def test_the_first_spell_that_lasts_too_long_ends_the_service() -> None:
    away = away_of(
        one(away=["2026-01-01..2026-01-31", "2026-02-02..2026-04-02", "2026-05-01..2026-08-01"])
    )
    assert away.over_from == span("2026-04-02")[0]
    assert away.over_since == span("2026-02-02")[0]


def test_a_hospital_stay_never_ends_the_service() -> None:
    away = away_of(one(away=["2026-01-01..2026-12-31 hospital"]))
    assert away.over_from is None


def test_by_court_order_absence_is_no_absence() -> None:
    court = one(
        service="OEH",
        variant="KM",
        away=["2026-01-01..2026-06-30", "2026-07-01..2026-07-03 hospital"],
    )
    away = away_of(court, absence_year_limit_days=0)
    assert told(away) == ["2026-07-01..2026-07-03 hospital paid since 2026-07-01"]
    assert away.over_from is None


def test_each_day_of_absence_needs_room_in_the_year() -> None:
    rows = ["2026-01-01..2026-01-05", "2026-02-01..2026-02-03"]
    assert told(away_of(one(away=rows), absence_year_limit_days=7)) == [
        "2026-01-01..2026-01-05 absent paid since 2026-01-01",
        "2026-02-01..2026-02-02 absent paid since 2026-02-01",
        "2026-02-03 absent ABSENCE_LIMIT since 2026-02-01",
    ]
    assert told(away_of(one(away=rows), absence_year_limit_days=0))[0] == (
        "2026-01-01..2026-01-05 absent ABSENCE_LIMIT since 2026-01-01"
    )


def test_the_limits_of_the_law_hold_where_the_contract_names_none() -> None:
    away = away_of(
        one(away=["2026-01-01..2026-02-28", "2026-03-02..2026-04-30", "2026-05-02..2026-05-31"])
    )
    assert told(away)[2:] == [
        "2026-05-02..2026-05-04 absent paid since 2026-05-02",
        "2026-05-05..2026-05-31 absent ABSENCE_LIMIT since 2026-05-02",
    ]
    confirmed = [str(Month(2026, month)) for month in range(1, 13)]
    away = away_of(one(away=["2026-01-01..2026-07-31 hospital"], confirmed=confirmed))
    assert told(away) == [
        "2026-01-01..2026-07-02 hospital paid since 2026-01-01",
        "2026-07-03..2026-07-31 hospital HOSPITAL_LIMIT since 2026-01-01",
    ]


def test_hospital_days_and_days_of_absence_are_counted_apart() -> None:
    rows = [
        "2026-01-01..2026-01-03",
        "2026-01-04..2026-01-06 hospital",
        "2026-01-07..2026-01-09 tuberculosis",
    ]
    away = away_of(one(away=rows), absence_year_limit_days=3, hospital_year_limit_days=2)
    assert [row.split(" since")[0] for row in told(away)] == [
        "2026-01-01..2026-01-03 absent paid",
        "2026-01-04..2026-01-05 hospital paid",
        "2026-01-06 hospital HOSPITAL_LIMIT",
        "2026-01-07..2026-01-09 tuberculosis paid",
    ]


def test_days_that_are_not_payable_do_not_fill_the_year() -> None:
    rows = ["2026-01-01..2026-01-04", "2027-01-03..2027-01-05"]
    away = away_of(one(away=rows), until="2027-12-31", absence_year_limit_days=3)
    assert [row.split(" since")[0] for row in told(away)] == [
        "2026-01-01..2026-01-03 absent paid",
        "2026-01-04 absent ABSENCE_LIMIT",
        "2027-01-03..2027-01-05 absent paid",
    ]


def test_from_the_third_month_each_month_needs_its_confirmation() -> None:
    presence = one(away=["2026-01-15..2026-05-10 hospital"], confirmed=["2026-04", "2026-01"])
    assert [row.split(" since")[0] for row in told(away_of(presence))] == [
        "2026-01-15..2026-03-14 hospital paid",
        "2026-03-15..2026-03-31 hospital HOSPITAL_UNCONFIRMED",
        "2026-04-01..2026-04-30 hospital paid",
        "2026-05-01..2026-05-10 hospital HOSPITAL_UNCONFIRMED",
    ]


def test_days_held_for_want_of_a_confirmation_still_count() -> None:
    presence = one(away=["2026-01-01..2026-04-05 hospital"], confirmed=["2026-04"])
    # 59 days to the end of February, 31 held in March: the 92nd is 2 April.
    away = away_of(presence, hospital_year_limit_days=92)
    assert [row.split(" since")[0] for row in told(away)] == [
        "2026-01-01..2026-02-28 hospital paid",
        "2026-03-01..2026-03-31 hospital HOSPITAL_UNCONFIRMED",
        "2026-04-01..2026-04-02 hospital paid",
        "2026-04-03..2026-04-05 hospital HOSPITAL_LIMIT",
    ]


def test_blocked_days_are_not_decided() -> None:
    found = presences(
        person(),
        (
            referral("KE", "R1", end="2026-03-10"),
            referral("OEH", "R2", start="2026-03-01", away=["2026-03-09..2026-03-12"]),
        ),
        LAW,
    )
    assert told(away_of(found[1])) == ["2026-03-11..2026-03-12 absent paid since 2026-03-09"]


@pytest.mark.parametrize(
    ("year", "counted", "day", "before"),
    [
        (AbsenceYear.ROLLING, "2025-05-10", "2026-05-09", 1),
        (AbsenceYear.ROLLING, "2025-05-10", "2026-05-10", 0),
        (AbsenceYear.ROLLING, "2024-02-29", "2025-02-27", 1),
        (AbsenceYear.ROLLING, "2024-02-29", "2025-02-28", 1),
        (AbsenceYear.ROLLING, "2024-02-29", "2025-03-01", 0),
        (AbsenceYear.ROLLING, "2023-02-28", "2024-02-28", 0),
        (AbsenceYear.ROLLING, "2023-03-01", "2024-02-29", 1),
        (AbsenceYear.ROLLING, "2023-02-28", "2024-02-29", 0),
        (AbsenceYear.ROLLING, "2026-05-10", "2026-05-10", 0),
        (AbsenceYear.ROLLING, "2026-05-11", "2026-05-10", 0),
        (AbsenceYear.CALENDAR, "2026-01-01", "2026-12-31", 1),
        (AbsenceYear.CALENDAR, "2025-12-31", "2026-01-01", 0),
        (AbsenceYear.CALENDAR, "2026-05-10", "2026-05-10", 0),
    ],
)
def test_the_year_that_ends_on_a_day(
    year: AbsenceYear, counted: str, day: str, before: int
) -> None:
    count = YearCount(year)
    count.add(date.fromisoformat(counted))
    assert count.before(date.fromisoformat(day)) == before


@pytest.mark.parametrize(
    ("year", "counted", "month", "before"),
    [
        (AbsenceYear.ROLLING, "2025-06-01", "2026-05", 1),
        (AbsenceYear.ROLLING, "2025-06-01", "2026-06", 0),
        (AbsenceYear.ROLLING, "2026-05-01", "2026-05", 0),
        (AbsenceYear.CALENDAR, "2026-01-01", "2026-12", 1),
        (AbsenceYear.CALENDAR, "2025-12-01", "2026-01", 0),
    ],
)
def test_the_year_that_ends_with_a_month(
    year: AbsenceYear, counted: str, month: str, before: int
) -> None:
    count = YearCount(year)
    count.add(date.fromisoformat(counted))
    assert count.before_month(Month.parse(month)) == before


def test_days_may_be_counted_in_any_order() -> None:
    count = YearCount(AbsenceYear.ROLLING)
    for day in (9, 3, 6):
        count.add(date(2026, 1, day))
    assert [count.before(date(2026, 1, day)) for day in (3, 4, 7, 10)] == [0, 1, 2, 3]


def test_a_month_falls_apart_into_portions_that_hold_each_open_day_once() -> None:
    presence = one(away=["2026-03-20..2026-03-24", "2026-03-25..2026-03-26 hospital"])
    portions = day_portions(presence, away_of(presence), Month(2026, 3), LAW)
    assert told_portions(portions) == [
        "2026-03-01..2026-03-19 full whole paid",
        "2026-03-20..2026-03-24 absence absence_share paid",
        "2026-03-25..2026-03-26 hospital hospital_share paid",
        "2026-03-27..2026-03-31 full whole paid",
    ]
    assert [[step.code for step in row.notes] for row in portions] == [
        [],
        ["away"],
        ["in_hospital"],
        [],
    ]
    away = portions[1].notes[0]
    assert away.numbers == (("since", date(2026, 3, 20)), ("months", 2))
    assert [value.name for value in away.values] == ["absence_months"]
    assert away.reading == "A-07, A-12, A-13"
    hospital = portions[2].notes[0]
    assert (hospital.numbers, hospital.reading) == ((("since", date(2026, 3, 25)),), "A-06")


def test_after_the_end_the_days_present_are_over_too() -> None:
    presence = one(away=["2026-03-15..2026-05-16"])
    assert told_portions(day_portions(presence, away_of(presence), Month(2026, 5), LAW)) == [
        "2026-05-01..2026-05-14 absence absence_share paid",
        "2026-05-15..2026-05-16 absence absence_share SERVICE_OVER",
        "2026-05-17..2026-05-31 full whole SERVICE_OVER",
    ]
    assert told_portions(day_portions(presence, away_of(presence), Month(2026, 6), LAW)) == [
        "2026-06-01..2026-06-30 full whole SERVICE_OVER"
    ]


def test_a_part_month_is_a_part_wherever_it_is_cut() -> None:
    month = Month(2026, 3)
    for ends in ({"start": "2026-03-02"}, {"end": "2026-03-30"}):
        presence = one(**ends)
        portions = day_portions(presence, away_of(presence), month, LAW)
        assert [row.kind for row in portions] == [Kind.PART]
    assert day_portions(one(end="2026-02-28"), Away({}), month, LAW) == []


def test_blocked_days_are_portions_of_their_own() -> None:
    found = presences(
        person(),
        (referral("KE", "R1", end="2026-03-10"), referral("OEH", "R2", start="2026-02-01")),
        LAW,
    )
    march, april = Month(2026, 3), Month(2026, 4)
    assert [
        (told_span(row.span), row.kind, row.problem, row.other)
        for row in blocked_portions(found[1], march)
    ] == [("2026-03-01..2026-03-10", Kind.PART, FindingCode.OVERLAP, "R1")]
    assert blocked_portions(found[1], Month(2026, 2))[0].kind is Kind.FULL
    assert blocked_portions(found[1], april) == []


def test_the_facts_before_the_history_are_assumed_only_where_someone_is_away() -> None:
    given = {"service": "KE", "start": "2025-12-31", "away": ["2026-03-30..2026-04-02"]}
    assert "HISTORY_ASSUMED 2026-04-01..2026-04-30 history_from=2026-01-01" in [
        told_finding(row)
        for row in case("2026-04", given | {"state": {"history_from": "2026-01-01"}}).findings()
    ]
    assert "HISTORY_ASSUMED 2026-04-01..2026-04-30 history_from=2026-04-01" in [
        told_finding(row) for row in case("2026-04", given).findings()
    ]
    for more in ({"state": {"history_from": "2025-12-31"}}, {"away": ["2026-03-20..2026-03-31"]}):
        found = case("2026-04", given | more).findings()
        assert FindingCode.HISTORY_ASSUMED not in {row.code for row in found}


def test_the_notice_runs_from_the_day_of_learning_if_that_is_later() -> None:
    def due(*rows: str) -> list[str]:
        given = {"service": "KE", "away": rows, "state": {"history_from": "2026-01-01"}}
        found = case("2026-05", given).findings()
        return [told_finding(row) for row in found if row.code is FindingCode.NOTICE_DUE]

    early = "NOTICE_DUE 2026-05-15 due=2026-05-20 why=non_use"
    assert due("2026-03-15..2026-06-30 learned=2026-04-01") == [early]
    assert due("2026-03-15..2026-06-30 learned=2026-05-20") == [
        "NOTICE_DUE 2026-05-20 due=2026-05-25 why=non_use"
    ]
    # What was learned of an earlier row, or of a later one, says nothing of the day of the limit.
    other = [
        "2026-03-15..2026-05-14 learned=2026-05-19",
        "2026-05-15..2026-05-20",
        "2026-05-25..2026-05-26 learned=2026-05-27",
    ]
    assert due(*other) == [early]


def test_a_notice_belongs_to_the_month_in_which_the_limit_is_passed() -> None:
    given = {
        "service": "KE",
        "away": ["2026-03-01..2026-06-30"],
        "state": {"history_from": "2026-01-01", "absence_year_limit_days": 45},
    }
    told_by_month = {
        month: [
            told_finding(row)
            for row in case(month, given).findings()
            if row.code is FindingCode.NOTICE_DUE
        ]
        for month in ("2026-03", "2026-04", "2026-05", "2026-06")
    }
    assert told_by_month == {
        "2026-03": [],
        "2026-04": ["NOTICE_DUE 2026-04-15 due=2026-04-20 why=non_use_in_year"],
        "2026-05": ["NOTICE_DUE 2026-05-01 due=2026-05-06 why=non_use"],
        "2026-06": [],
    }


def test_absence_kinds_weigh_as_they_are_listed() -> None:
    assert [kind.value for kind in AbsenceKind] == ["absent", "hospital", "tuberculosis"]
    assert StateContract().absence_year is AbsenceYear.ROLLING


def test_single_days_are_told_in_their_month_only() -> None:
    given = {"service": "KE", "away": ["2026-03-31", "2026-04-30"]}
    for month, day in (("2026-03", "2026-03-31"), ("2026-04", "2026-04-30")):
        settled = case(month, given)
        assert [told_finding(row) for row in settled.findings()] == [f"SINGLE_DAY_AWAY {day}"]
        assert told_line(settled.lines()[0]).startswith("full KE 676 x 3")


# Reading 3 once more, day by day and slowly, against what is settled.


LIMITED = {AbsenceKind.ABSENT: "absence", AbsenceKind.HOSPITAL: "hospital"}


def days_away(given: Referral) -> dict[date, AbsenceKind]:
    """Days away in the stay; in-patient care says more than mere absence, one day says nothing."""
    assert given.arrived_on is not None
    last = min(given.ended_on or date.max, given.valid_to)
    kinds: dict[date, AbsenceKind] = {}
    for row in sorted(given.absences, key=lambda row: list(AbsenceKind).index(row.kind)):
        for day in run_of(row.first_day, (row.last_day - row.first_day).days + 1):
            if given.arrived_on <= day <= last:
                kinds[day] = row.kind
    return {day: kind for day, kind in kinds.items() if {day - ONE, day + ONE} & set(kinds)}


def shares_by_day(
    given: Referral, month: Month, settings: dict[str, Any]
) -> dict[date, Fraction | None]:
    """What part each day of the stay in the month pays; None: it is not payable."""
    assert given.arrived_on is not None
    last_day = min(given.ended_on or month.last, month.last)
    kinds = days_away(given)
    is_over = False
    counted: dict[AbsenceKind, list[date]] = {kind: [] for kind in AbsenceKind}
    found: dict[date, Fraction | None] = {}
    for day in run_of(given.arrived_on, (last_day - given.arrived_on).days + 1):
        found[day] = None if is_over else Fraction(1)
        kind, spell = kinds.get(day), day
        if is_over or kind is None:
            continue
        found[day] = Fraction(95, 100)
        if kind is AbsenceKind.TUBERCULOSIS:
            continue
        while kinds.get(spell - ONE) is kind:
            spell -= ONE
        is_long = day >= same_day_later(spell, 2)
        is_over = is_long and kind is AbsenceKind.ABSENT
        year_ago = same_day_later(day, -12)
        if settings["absence_year"] == "calendar_year":
            year_ago = date(day.year - 1, 12, 31)
        limit = settings[f"{LIMITED[kind]}_year_limit_days"]
        if is_over or sum(one > year_ago for one in counted[kind]) >= limit:
            found[day] = None
            continue
        counted[kind].append(day)
        if is_long and Month.of(day) not in given.confirmed_months:
            found[day] = None
    return {day: share for day, share in found.items() if month.first <= day}


def not_payable_days(found: PersonMonth) -> Fraction:
    return sum((Fraction(row.quantity or 0) for row in found.findings), Fraction(0))


year_settings = st.fixed_dictionaries(
    {
        "absence_year": st.sampled_from(["rolling_12_months", "calendar_year"]),
        "absence_year_limit_days": st.sampled_from([0, 1, 2, 31, 60, 61, 62, 122]),
        "hospital_year_limit_days": st.sampled_from([0, 1, 2, 61, 183]),
        "part_month_denominator": st.sampled_from(["calendar_days", "thirty"]),
    }
)


@st.composite
def stays(draw: st.DrawFn, /, service: str = "KE", variant: str = "") -> Referral:
    start = draw(near_ties)
    end = start + draw(lengths) * ONE if draw(st.integers(0, 3)) == 3 else None
    confirmed = draw(st.frozensets(st.sampled_from([*MONTHS, Month(2026, 3)])))
    made = referral(service, variant=variant, start=start, end=end)
    rows = draw(absence_rows(least=1, start=start))
    return replace(made, absences=rows, confirmed_months=confirmed)


@st.composite
def months_at_an_edge(draw: st.DrawFn, one: Referral) -> Month:
    """A month in which something of the absences begins or ends."""
    edges = [day for row in one.absences for day in (row.first_day, row.last_day + ONE)]
    edges += [same_day_later(row.first_day, 2) for row in one.absences]
    near = sorted({Month.of(day) for day in edges if day.year >= 2026})
    return draw(st.sampled_from(near or MONTHS))


@given(
    data=st.data(), one=stays(), settings=year_settings, own=st.sampled_from([None, 600, 642, 676])
)
def test_every_day_of_a_stay_is_paid_at_its_share_or_named(
    data: st.DataObject, one: Referral, settings: dict[str, Any], own: int | None
) -> None:
    month = data.draw(months_at_an_edge(one))
    agreed = contract(own=[f"KE {own}"] if own else [], history_from="2025-01-01", **settings)
    found = settle(facts(str(month), one), LAW, agreed)
    shares = shares_by_day(one, month, settings)
    full = len(shares) == month.length
    of_days = month.length if full or settings["part_month_denominator"] != "thirty" else 30
    exact = Fraction(0)
    for share in shares.values():
        cost = Fraction(676, of_days) * (share or 0)
        exact += min(cost, Fraction(own, of_days)) if own and share else cost
    assert found.amount == rounded(exact)
    assert sum((Fraction(line.quantity) for line in found.lines), Fraction(0)) == sum(
        share is not None for share in shares.values()
    )
    assert not_payable_days(found) == sum(share is None for share in shares.values())


@given(one=stays("OEH", variant="KM"), month=months, settings=year_settings)
def test_by_court_order_only_hospital_days_are_reduced(
    one: Referral, month: Month, settings: dict[str, Any]
) -> None:
    found = settle(facts(str(month), one), LAW, contract(history_from="2025-01-01", **settings))
    in_stay = [
        day
        for day in days_of(month)
        if one.arrived_on and one.arrived_on <= day <= (one.ended_on or date.max)
    ]
    assert {line.kind for line in found.lines} <= {Kind.FULL, Kind.PART, Kind.HOSPITAL}
    named = [row for row in found.findings if row.quantity is not None]
    assert {row.code for row in named} <= {
        FindingCode.HOSPITAL_LIMIT,
        FindingCode.HOSPITAL_UNCONFIRMED,
    }
    paid = sum((Fraction(line.quantity) for line in found.lines), Fraction(0))
    assert paid + not_payable_days(found) == len(in_stay)
