"""Age, term and conditions: worked examples; nothing here decides about a person."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.golden_rows import Row, golden, tell_all
from tugiplaan.rules.eligibility import (
    Answers,
    Check,
    Condition,
    Outcome,
    adult_check,
    condition_checks,
    conditions_of,
    missing,
    pnh_minimum_check,
    queue_check,
    reaches_age_on,
    term_check,
)
from tugiplaan.rules.explanation import LANGUAGES
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.period import Month
from tugiplaan.rules.services import catalogue
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service, Variant

LAW = builtin()
DAY = date(2026, 5, 1)


def check_of(checks: tuple[Check, ...], condition: Condition) -> Check:
    return next(check for check in checks if check.condition is condition)


@pytest.mark.parametrize("row", golden("eligibility", "age"))
def test_age(row: Row) -> None:
    function = {"adult": adult_check, "queue": queue_check}[row.given["what"]]
    check = function(row.given["birth_date"], row.given["day"], LAW)
    assert check.outcome == row.expect["outcome"]
    assert check.condition == {"adult": "adult", "queue": "queue_age"}[row.given["what"]]
    tell_all(check.explanation)


@pytest.mark.parametrize("row", golden("eligibility", "term"))
def test_term(row: Row) -> None:
    start = row.given["valid_from"]
    facts = Referral("R1", Service.KE, Variant.PLAIN, start, start, row.given["valid_to"])
    check = term_check(facts, LAW)
    assert check.outcome == row.expect["outcome"]
    tell_all(check.explanation)


@pytest.mark.parametrize("row", golden("eligibility", "pnh_minimum"))
def test_pnh_minimum(row: Row) -> None:
    month = Month.parse(row.given["month"])
    check = pnh_minimum_check(row.given["units"], month, row.given["first_start"], LAW)
    assert check.outcome == row.expect["outcome"]
    tell_all(check.explanation)


@pytest.mark.parametrize("row", golden("eligibility", "work_ability"))
def test_work_ability(row: Row) -> None:
    percent = row.given.get("incapacity_percent")
    answers = Answers(
        is_pension_age=row.given.get("is_pension_age"),
        is_without_work_ability=row.given.get("is_without_work_ability"),
        incapacity_percent=Decimal(percent) if percent else None,
    )
    service, variant = Service(row.given["service"]), Variant(row.given.get("variant", ""))
    checks = condition_checks(service, variant, answers, DAY, LAW)
    check = check_of(checks, Condition.NO_WORK_ABILITY)
    assert check.outcome == row.expect["outcome"]
    tell_all(check.explanation)


@pytest.mark.parametrize(("service", "variant"), list(catalogue()))
def test_without_answers_every_condition_is_open(service: Service, variant: Variant) -> None:
    checks = condition_checks(service, variant, Answers(), DAY, LAW)
    assert [check.condition for check in checks] == [
        row for row, _ in conditions_of(service, variant)
    ]
    assert {check.outcome for check in checks} == {Outcome.UNANSWERED}
    assert missing(checks) == checks
    for check in checks:
        assert len(tell_all(check.explanation)) == len(LANGUAGES)


def test_yes_and_no_are_taken_as_given() -> None:
    answers = Answers(answers=((Condition.HAS_DISORDER, True), (Condition.CARES_FOR_SELF, False)))
    checks = condition_checks(Service.KE, Variant.PLAIN, answers, DAY, LAW)
    assert check_of(checks, Condition.HAS_DISORDER).outcome is Outcome.MET
    assert check_of(checks, Condition.CARES_FOR_SELF).outcome is Outcome.NOT_MET
    assert [check.condition for check in missing(checks)] == [
        Condition.NOT_ONLY_DEMENTIA,
        Condition.NOT_MAINLY_ADDICTION,
        Condition.CARES_FOR_SELF,
        Condition.HOUSEWORK,
    ]


@pytest.mark.parametrize(
    ("need_days", "outcome"),
    [(None, Outcome.UNANSWERED), (9, Outcome.NOT_MET), (10, Outcome.MET)],
)
def test_day_and_week_care_must_be_needed_on_ten_days(
    need_days: int | None, outcome: Outcome
) -> None:
    answers = Answers(pnh_need_days=need_days)
    checks = condition_checks(Service.PNH, Variant.PLAIN, answers, DAY, LAW)
    assert check_of(checks, Condition.PNH_NEED).outcome is outcome


def test_exclusions_of_paragraph_72_do_not_hold_for_a_court_order() -> None:
    asked = [condition for condition, _ in conditions_of(Service.OEH, Variant.KM)]
    assert asked == [Condition.COURT_ORDER]
    for service, variant in catalogue():
        if variant is not Variant.KM:
            asked = [condition for condition, _ in conditions_of(service, variant)]
            assert {Condition.NOT_ONLY_DEMENTIA, Condition.NOT_MAINLY_ADDICTION} < set(asked)


@pytest.mark.parametrize(
    ("service", "variant", "condition"),
    [
        (Service.IET, Variant.AUT, Condition.DAMAGING_BEHAVIOUR),
        (Service.TTT, Variant.PLAIN, Condition.NEEDS_WORK_SUPPORT),
        (Service.TE, Variant.PLAIN, Condition.COPES_UNDER_GUIDANCE),
        (Service.KE, Variant.PLAIN, Condition.HOUSEWORK),
        (Service.PNH, Variant.PLAIN, Condition.INTELLECTUAL_DISABILITY),
        (Service.OEH, Variant.PLAIN, Condition.NEEDS_HELP_WITH_SELF),
        (Service.OEH, Variant.ER, Condition.UNSTABLE_REMISSION),
        (Service.OEH, Variant.AA, Condition.EXTREME_NEED),
        (Service.OEH, Variant.AUT, Condition.CONSTANT_SUPERVISION),
    ],
)
def test_each_service_asks_for_its_own(
    service: Service, variant: Variant, condition: Condition
) -> None:
    assert condition in [asked for asked, _ in conditions_of(service, variant)]


def test_unknown_variants_are_refused() -> None:
    with pytest.raises(KeyError):
        conditions_of(Service.KE, Variant.AUT)


@given(st.dates(date(1920, 1, 1), date(2015, 12, 31)), st.integers(-2, 2))
def test_the_age_is_reached_on_the_birthday_and_not_before(birth: date, shift: int) -> None:
    birthday = reaches_age_on(birth, 18)
    assert birthday.year == birth.year + 18
    assert (birthday.month, birthday.day) in {(birth.month, birth.day), (2, 28)}
    day = max(birthday, date(2016, 1, 10)) + timedelta(days=shift)
    outcome = adult_check(birth, day, LAW).outcome
    assert (outcome is Outcome.MET) == (day >= birthday)
