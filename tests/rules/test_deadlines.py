"""Deadlines: worked examples, and what holds for every day of the calendar."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.golden_rows import Row, golden, tell_all
from tugiplaan.rules.calendar import is_working_day
from tugiplaan.rules.deadlines import (
    Addressee,
    Deadline,
    DeadlineCode,
    NoticeCase,
    accounting_retention,
    activity_plan,
    authority_notice,
    component_report,
    contract_application,
    contract_end_notice,
    contract_signing,
    contribution_debt,
    decision,
    end_notice,
    ending_decision,
    gap_decision,
    handover,
    holds_last_invoice,
    hospital_confirmations,
    job_found,
    licence_notice,
    missing_confirmations,
    new_places,
    notices_for,
    place_offer,
    quarterly_ratings,
    queue_contact,
    queue_start,
    referral_deadlines,
    retention,
    statistics,
    summary_assessments,
    turn_up,
    yearly_assessments,
)
from tugiplaan.rules.deadlines.notices import NOTICES
from tugiplaan.rules.facts import Absence, Referral
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.period import Month, add_months
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason, Service, Variant

LAW = builtin()
JANUARY = Month(2026, 1)
days = st.dates(date(2016, 1, 1), date(2035, 12, 31))


def referral(
    service: Service = Service.KE, variant: Variant = Variant.PLAIN, **own: Any
) -> Referral:
    start = date(2026, 1, 1)
    facts: dict[str, Any] = {
        "valid_from": start,
        "valid_to": date(2027, 12, 31),
        "agreed_start": start,
        "arrived_on": start,
    }
    return Referral("R1", service, variant, start, **(facts | own))


def away(first_day: date, last_day: date, **own: Any) -> Absence:
    kind = own.pop("kind", AbsenceKind.ABSENT)
    return Absence(f"A-{first_day}", first_day, last_day, kind, **own)


def codes(deadlines: tuple[Deadline, ...]) -> list[str]:
    return [str(deadline.code) for deadline in deadlines]


def due(deadlines: tuple[Deadline, ...]) -> list[date]:
    return [deadline.due_on for deadline in deadlines]


@pytest.mark.parametrize("row", golden("deadlines", "confirmations"))
def test_confirmations(row: Row) -> None:
    found = hospital_confirmations(**row.given, law=LAW)
    months = [str(Month.of(deadline.counted_from)) for deadline in found]
    assert (months, due(found)) == (row.expect["months"], row.expect["due_on"])
    for deadline in found:
        tell_all(deadline.explanation)
        assert deadline.to_whom == (Addressee.AUTHORITY,)


@pytest.mark.parametrize("row", golden("deadlines", "non_use"))
def test_non_use(row: Row) -> None:
    learned = ((DeadlineCode.NON_USE, row.given["learned_on"]),)
    (notice,) = notices_for(NoticeCase(referral(), row.given["as_of"], learned), LAW)
    assert notice.code is DeadlineCode.NON_USE
    assert notice.due_on == row.expect["due_on"]
    assert (notice.section, notice.subject) == ("SHS § 80(7) p 2", "R1")
    tell_all(notice.explanation)


@pytest.mark.parametrize("row", golden("deadlines", "plan"))
def test_plan(row: Row) -> None:
    found = activity_plan(row.given["arrived_on"], LAW)
    assert found.due_on == row.expect["due_on"]
    tell_all(found.explanation)


@pytest.mark.parametrize("row", golden("deadlines", "ratings"))
def test_ratings(row: Row) -> None:
    found = quarterly_ratings(**row.given, law=LAW)
    assert due(found) == row.expect["due_on"]
    assert [rating.last_day for rating in found] == due(found)
    for rating in found:
        tell_all(rating.explanation)


@pytest.mark.parametrize("row", golden("deadlines", "yearly"))
def test_yearly_assessments(row: Row) -> None:
    found = yearly_assessments(**row.given, law=LAW)
    assert [window.first_day for window in found] == row.expect["first_day"]
    assert [window.last_day for window in found] == row.expect["last_day"]
    assert due(found) == row.expect["due_on"]
    for window in found:
        tell_all(window.explanation)


def test_grace_is_not_negative() -> None:
    with pytest.raises(ValueError, match="grace"):
        yearly_assessments(date(2026, 1, 1), date(2027, 1, 1), LAW, grace_days=-1)


@pytest.mark.parametrize("row", golden("deadlines", "summary"))
def test_summary(row: Row) -> None:
    facts = dict(row.given)
    last_invoice_on = facts.pop("last_invoice_on", None)
    found = summary_assessments(referral(**facts), LAW, last_invoice_on=last_invoice_on)
    assert codes(found) == row.expect["codes"]
    assert due(found) == row.expect["due_on"]
    for deadline in found:
        tell_all(deadline.explanation)
        assert deadline.subject == "R1"


@pytest.mark.parametrize(
    ("ended_on", "sent_on", "holds"),
    [
        (date(2026, 6, 15), None, True),
        (date(2026, 6, 15), date(2026, 6, 14), False),
        (date(2027, 12, 31), None, False),
        (None, None, False),
    ],
)
def test_last_invoice_waits_for_the_summary_of_an_early_end(
    ended_on: date | None, sent_on: date | None, holds: bool
) -> None:
    assert holds_last_invoice(referral(ended_on=ended_on), sent_on) is holds


@pytest.mark.parametrize("row", golden("deadlines", "end_notice"))
def test_end_notice(row: Row) -> None:
    found = end_notice(referral(Service(row.given["service"]), valid_to=row.given["valid_to"]), LAW)
    assert found.due_on == row.expect["due_on"]
    assert found.to_whom == (Addressee.PERSON, Addressee.REPRESENTATIVE, Addressee.AUTHORITY)
    tell_all(found.explanation)


@pytest.mark.parametrize("row", golden("deadlines", "turn_up"))
def test_turn_up(row: Row) -> None:
    facts = dict(row.given)
    service, variant = Service(facts.pop("service")), Variant(facts.pop("variant", ""))
    found = turn_up(referral(service, variant, **facts), LAW)
    assert found is not None
    assert found.due_on == row.expect["due_on"]
    tell_all(found.explanation)


def test_without_an_agreed_day_there_is_no_window() -> None:
    assert turn_up(referral(agreed_start=None), LAW) is None


@pytest.mark.parametrize("row", golden("deadlines", "job"))
def test_job(row: Row) -> None:
    found = job_found(
        referral(Service(row.given["service"]), arrived_on=row.given["arrived_on"]), LAW
    )
    assert (found.due_on if found else None) == row.expect["due_on"]
    if found:
        tell_all(found.explanation)


def test_who_has_not_come_looks_for_no_job_yet() -> None:
    assert job_found(referral(Service.TTT, arrived_on=None), LAW) is None


@pytest.mark.parametrize("row", golden("deadlines", "notice"))
def test_notice(row: Row) -> None:
    found = authority_notice(DeadlineCode(row.given["code"]), row.given["learned_on"], LAW)
    assert (found.due_on, found.section) == (row.expect["due_on"], row.expect["section"])
    assert found.to_whom == (Addressee.AUTHORITY,)
    tell_all(found.explanation)


AUTHORITY = {
    "place_offer": place_offer,
    "decision": decision,
    "gap_decision": gap_decision,
    "queue_contact": queue_contact,
    "queue_start": queue_start,
}


@pytest.mark.parametrize("rule", AUTHORITY)
def test_authority(rule: str) -> None:
    function = AUTHORITY[rule]
    for param in golden("deadlines", rule):
        row: Row = param.values[0]
        if row.expect.get("refused"):
            with pytest.raises(NotInForceError):
                function(row.given["day"], LAW)
            continue
        found = function(row.given["day"], LAW)
        assert (found.code, found.due_on) == (rule, row.expect["due_on"]), row.name
        tell_all(found.explanation)


HOUSE = {
    "component_report": lambda given: component_report(Month.parse(given["month"]), LAW),
    "statistics": lambda given: statistics(given["year"], LAW),
    "retention": lambda given: retention(given["ended_on"], LAW),
    "licence_notice": lambda given: licence_notice(
        kind_of(Service(given["service"]), Variant.PLAIN), given["day"], LAW
    ),
    "contract_end_notice": lambda given: contract_end_notice(
        kind_of(Service(given["service"]), Variant.PLAIN), given["day"], LAW
    ),
    "contribution_debt": lambda given: contribution_debt(given["day"], LAW),
    "handover": lambda given: handover(given["day"]),
    "new_places": lambda given: new_places(given["day"], LAW),
    "contract_application": lambda given: contract_application(given["day"], LAW),
    "contract_signing": lambda given: contract_signing(given["day"], LAW),
    "accounting_retention": lambda given: accounting_retention(given["day"], LAW),
}


@pytest.mark.parametrize("row", [param for rule in HOUSE for param in golden("deadlines", rule)])
def test_house(row: Row) -> None:
    found = HOUSE[row.rule](row.given)
    assert (found.code, found.due_on) == (row.rule, row.expect["due_on"])
    tell_all(found.explanation)


@pytest.mark.parametrize("row", golden("deadlines", "ending_decision"))
def test_ending_decision(row: Row) -> None:
    kind = kind_of(Service(row.given["service"]), Variant.PLAIN)
    found = ending_decision(kind, row.given["day"], LAW)
    assert (found.due_on if found else None) == row.expect["due_on"]
    if found:
        assert (found.code, found.to_whom) == (
            DeadlineCode.ENDING_DECISION,
            (Addressee.PERSON, Addressee.PROVIDER),
        )
        tell_all(found.explanation)


def test_a_report_covers_its_month_and_its_year() -> None:
    report = component_report(Month(2026, 2), LAW)
    assert (report.first_day, report.last_day) == (date(2026, 2, 1), date(2026, 2, 28))
    year = statistics(2026, LAW)
    assert (year.first_day, year.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert year.counted_from == date(2026, 12, 31)


def test_giving_up_a_licence_is_told_to_the_register_not_to_the_authority() -> None:
    kind = kind_of(Service.KE, Variant.PLAIN)
    notice = licence_notice(kind, date(2026, 12, 31), LAW)
    assert (notice.to_whom, notice.section) == ((Addressee.REGISTER,), "SHS § 155(2)")
    notice = contract_end_notice(kind, date(2026, 12, 31), LAW)
    assert (notice.to_whom, notice.section) == ((Addressee.AUTHORITY,), "SHS § 78(3) p 1")


def test_days_left_and_overdue() -> None:
    plan = activity_plan(date(2026, 4, 14), LAW)
    assert plan.days_left(date(2026, 5, 10)) == 4
    assert plan.days_left(date(2026, 5, 15)) == -1
    assert not plan.is_overdue(date(2026, 5, 14))
    assert plan.is_overdue(date(2026, 5, 15))


class TestNotices:
    def test_a_wish_to_end_early(self) -> None:
        facts = referral(ended_on=date(2026, 5, 29), end_reason=EndReason.PERSON_WISH)
        (notice,) = notices_for(NoticeCase(facts, date(2026, 6, 1)), LAW)
        assert (notice.code, notice.due_on) == (DeadlineCode.WISH_TO_END, date(2026, 6, 3))
        tell_all(notice.explanation)

    def test_an_end_on_the_last_day_is_no_early_wish(self) -> None:
        facts = referral(ended_on=date(2027, 12, 31), end_reason=EndReason.PERSON_WISH)
        assert notices_for(NoticeCase(facts, date(2028, 1, 31)), LAW) == ()

    def test_a_wish_told_before_the_end_counts_from_that_day(self) -> None:
        learned = ((DeadlineCode.WISH_TO_END, date(2026, 5, 4)),)
        case = NoticeCase(referral(), date(2026, 5, 5), learned=learned)
        (notice,) = notices_for(case, LAW)
        assert notice.due_on == date(2026, 5, 7)
        assert notice.explanation[0].code == "deadline_working_days"

    def test_what_is_learned_tomorrow_is_not_told_today(self) -> None:
        learned = ((DeadlineCode.WISH_TO_END, date(2026, 5, 6)),)
        assert notices_for(NoticeCase(referral(), date(2026, 5, 5), learned=learned), LAW) == ()

    def test_death(self) -> None:
        facts = referral(ended_on=date(2026, 4, 30), end_reason=EndReason.DEATH)
        (notice,) = notices_for(NoticeCase(facts, date(2026, 4, 30)), LAW)
        # Friday 1 May is a holiday.
        assert (notice.code, notice.due_on) == (DeadlineCode.DEATH, date(2026, 5, 6))
        tell_all(notice.explanation)

    def test_other_ends_call_for_no_notice(self) -> None:
        facts = referral(ended_on=date(2026, 4, 30), end_reason=EndReason.MOVED)
        assert notices_for(NoticeCase(facts, date(2026, 12, 31)), LAW) == ()

    @pytest.mark.parametrize(
        ("arrived_on", "ended_on", "as_of", "due_on"),
        [
            (None, None, date(2026, 6, 8), date(2026, 6, 11)),
            (None, None, date(2026, 6, 7), None),
            (date(2026, 6, 7), None, date(2026, 6, 30), None),
            (date(2026, 6, 8), None, date(2026, 6, 30), date(2026, 6, 11)),
            (None, date(2026, 6, 7), date(2026, 6, 30), None),
            (None, date(2026, 6, 8), date(2026, 6, 30), date(2026, 6, 11)),
        ],
    )
    def test_no_show(
        self, arrived_on: date | None, ended_on: date | None, as_of: date, due_on: date | None
    ) -> None:
        agreed = date(2026, 6, 1)
        facts = referral(agreed_start=agreed, arrived_on=arrived_on, ended_on=ended_on)
        found = notices_for(NoticeCase(facts, as_of), LAW)
        assert [notice.due_on for notice in found] == ([due_on] if due_on else [])
        for notice in found:
            assert notice.section == "SHS § 80(7) p 3"
            tell_all(notice.explanation)

    def test_without_an_agreed_day_nobody_fails_to_turn_up(self) -> None:
        facts = referral(agreed_start=None, arrived_on=None)
        assert notices_for(NoticeCase(facts, date(2027, 1, 1)), LAW) == ()

    def test_hospital_is_not_non_use(self) -> None:
        stay = away(date(2026, 3, 15), date(2026, 6, 30), kind=AbsenceKind.HOSPITAL)
        assert notices_for(NoticeCase(referral(absences=(stay,)), date(2026, 6, 30)), LAW) == ()

    def test_court_order_counts_as_presence(self) -> None:
        facts = referral(
            Service.OEH, Variant.KM, absences=(away(date(2026, 3, 15), date(2026, 9, 30)),)
        )
        assert notices_for(NoticeCase(facts, date(2026, 9, 30)), LAW) == ()

    def test_absence_after_the_end_does_not_count(self) -> None:
        absences = (away(date(2026, 3, 15), date(2026, 9, 30)),)
        facts = referral(absences=absences, ended_on=date(2026, 5, 14), end_reason=EndReason.MOVED)
        assert notices_for(NoticeCase(facts, date(2026, 9, 30)), LAW) == ()
        facts = referral(absences=absences, valid_to=date(2026, 5, 14))
        assert notices_for(NoticeCase(facts, date(2026, 9, 30)), LAW) == ()


def test_only_the_events_of_the_act_are_told() -> None:
    assert set(NOTICES.values()) == {
        f"SHS § 80(7) p {point}" for point in ("1", "2", "2¹", "3", "4")
    }
    with pytest.raises(KeyError):
        authority_notice(DeadlineCode.TURN_UP, date(2026, 5, 1), LAW)


def test_missing_confirmations_leave_out_what_came() -> None:
    rows = (
        away(date(2026, 3, 20), date(2026, 4, 30), kind=AbsenceKind.HOSPITAL),
        away(date(2026, 5, 1), date(2026, 5, 25), kind=AbsenceKind.HOSPITAL),
        away(date(2026, 7, 1), date(2026, 12, 31), kind=AbsenceKind.TUBERCULOSIS),
        away(date(2027, 1, 10), date(2027, 6, 30)),
    )
    facts = referral(absences=rows, confirmed_months=frozenset({Month(2026, 4)}))
    found = missing_confirmations(facts, LAW)
    assert due(found) == [date(2026, 4, 3), date(2026, 6, 3)]
    assert [(row.first_day, row.last_day) for row in found] == [
        (date(2026, 3, 20), date(2026, 3, 31)),
        (date(2026, 5, 1), date(2026, 5, 25)),
    ]


def test_everything_that_follows_from_a_referral() -> None:
    facts = referral(
        Service.TTT,
        valid_from=date(2026, 4, 10),
        agreed_start=date(2026, 4, 12),
        arrived_on=date(2026, 4, 14),
        valid_to=date(2027, 5, 31),
    )
    found = referral_deadlines(facts, LAW, grace_days=5)
    assert list(zip(codes(found), due(found), strict=True)) == [
        ("turn_up", date(2026, 4, 14)),
        ("activity_plan", date(2026, 5, 14)),
        ("quarterly_rating", date(2026, 6, 30)),
        ("quarterly_rating", date(2026, 9, 30)),
        ("quarterly_rating", date(2026, 12, 31)),
        ("summary_assessment", date(2027, 2, 28)),
        ("end_notice", date(2027, 2, 28)),
        ("quarterly_rating", date(2027, 3, 31)),
        ("job_found", date(2027, 4, 14)),
        ("yearly_assessment", date(2027, 4, 19)),
        ("quarterly_rating", date(2027, 6, 30)),
    ]
    assert {row.subject for row in found} == {"R1"}


def test_without_a_wish_there_are_no_days_of_grace() -> None:
    yearly = [row for row in referral_deadlines(referral(), LAW) if row.code == "yearly_assessment"]
    assert due(tuple(yearly)) == [date(2027, 1, 1), date(2028, 1, 1)]


def test_before_arrival_only_the_window_and_the_end_are_due() -> None:
    facts = referral(arrived_on=None)
    assert codes(referral_deadlines(facts, LAW)) == ["turn_up", "end_notice"]


def test_an_early_end_needs_no_notice_of_the_term() -> None:
    facts = referral(ended_on=date(2026, 2, 10))
    found = referral_deadlines(facts, LAW, last_invoice_on=date(2026, 3, 5))
    assert codes(found) == ["turn_up", "activity_plan", "early_summary", "quarterly_rating"]


def test_arriving_without_an_agreed_day_counts_from_the_referral() -> None:
    facts = referral(agreed_start=None, arrived_on=date(2025, 12, 30), valid_to=date(2026, 12, 31))
    yearly = [row for row in referral_deadlines(facts, LAW) if row.code == "yearly_assessment"]
    assert [row.first_day for row in yearly] == [date(2026, 1, 1)]


@given(days, st.sampled_from(sorted(NOTICES)))
def test_a_notice_is_three_working_days_after_and_never_on_a_free_day(
    day: date, code: DeadlineCode
) -> None:
    notice = authority_notice(code, day, LAW)
    assert is_working_day(notice.due_on)
    between = [day + timedelta(days=at) for at in range(1, (notice.due_on - day).days + 1)]
    assert sum(is_working_day(other) for other in between) == 3


@given(st.dates(date(2026, 1, 1), date(2035, 12, 31)))
def test_terms_in_working_days_end_on_working_days(day: date) -> None:
    for deadline in (place_offer(day, LAW), decision(day, LAW), gap_decision(day, LAW)):
        assert is_working_day(deadline.due_on)
        assert deadline.due_on > day


@given(days, st.integers(0, 900))
def test_quarters_cover_the_whole_plan_without_a_gap(start: date, length: int) -> None:
    until = start + timedelta(days=length)
    found = quarterly_ratings(start, until, LAW)
    assert found[0].first_day is not None
    assert found[0].first_day <= start <= found[0].due_on
    assert found[-1].first_day is not None
    assert found[-1].first_day <= until <= found[-1].due_on
    for one, other in pairwise(found):
        assert other.first_day == one.due_on + timedelta(days=1)


@given(days, st.integers(0, 2500))
def test_yearly_windows_follow_one_another_and_end_inside(start: date, length: int) -> None:
    until = start + timedelta(days=length)
    found = yearly_assessments(start, until, LAW)
    edges = [start] + [row.due_on for row in found]
    assert [row.first_day for row in found] == edges[:-1]
    assert all(row.last_day is not None and row.last_day <= until for row in found)
    assert add_months(start, 12 * (len(found) + 1)) - timedelta(days=1) > until


@given(days, st.integers(0, 400))
def test_confirmations_cover_each_day_of_a_long_stay_once(first_day: date, length: int) -> None:
    last_day = first_day + timedelta(days=length)
    found = hospital_confirmations(first_day, last_day, LAW)
    assert bool(found) == (last_day >= add_months(first_day, 2))
    covered = 0
    for row in found:
        assert row.first_day is not None
        assert row.last_day is not None
        covered += (row.last_day - row.first_day).days + 1
        assert row.due_on.day == 3
        assert Month.of(row.due_on) == Month.of(row.counted_from).plus(1)
    assert covered == (length + 1 if found else 0)


_OF_FACT = {
    "agreed_start": {"turn_up"},
    "arrived_on": {"activity_plan", "yearly_assessment"},
    "valid_to": {"summary_assessment", "end_notice"},
}
"""What must move when a fact moves by some days; ratings of quarters may come or go with it."""


@given(st.sampled_from(sorted(_OF_FACT)), days, st.integers(4, 25))
def test_a_fact_that_moves_takes_along_its_own_days_only(
    fact: str, start: date, shift: int
) -> None:
    facts: dict[str, Any] = {
        "valid_from": start,
        "agreed_start": start + timedelta(1),
        "arrived_on": start + timedelta(30),
        "valid_to": start + timedelta(800),
    }

    def days_of(own: dict[str, Any]) -> dict[str, list[date]]:
        found: dict[str, list[date]] = {}
        for one in referral_deadlines(referral(**own), LAW):
            found.setdefault(str(one.code), []).append(one.due_on)
        return found

    before, after = days_of(facts), days_of(facts | {fact: facts[fact] + timedelta(shift)})
    moved = {code for code in before | after if before.get(code) != after.get(code)}
    assert moved - {"quarterly_rating"} == _OF_FACT[fact]
