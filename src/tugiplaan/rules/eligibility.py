"""Questions that a service asks about a person: age, term, conditions; people decide, not these."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import Month, add_months
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service, Variant

_MONTHS_IN_YEAR = 12


class Outcome(StrEnum):
    """What a check found."""

    MET = "met"
    NOT_MET = "not_met"
    LOOK = "look"
    """Within the law, yet unusual."""
    UNANSWERED = "unanswered"


class Condition(StrEnum):
    """What is checked or asked."""

    ADULT = "adult"
    QUEUE_AGE = "queue_age"
    TERM = "term"
    PNH_MINIMUM = "pnh_minimum"
    HAS_DISORDER = "has_disorder"
    NOT_ONLY_DEMENTIA = "not_only_dementia"
    NOT_MAINLY_ADDICTION = "not_mainly_addiction"
    NO_WORK_ABILITY = "no_work_ability"
    NEEDS_WORK_SUPPORT = "needs_work_support"
    CARES_FOR_SELF = "cares_for_self"
    COPES_UNDER_GUIDANCE = "copes_under_guidance"
    HOUSEWORK = "housework"
    INTELLECTUAL_DISABILITY = "intellectual_disability"
    EXTREME_NEED = "extreme_need"
    PNH_NEED = "pnh_need"
    OTHERS_NOT_ENOUGH = "others_not_enough"
    ROUND_THE_CLOCK_NEED = "round_the_clock_need"
    NEEDS_HELP_WITH_SELF = "needs_help_with_self"
    NEEDS_CONSTANT_AID = "needs_constant_aid"
    UNSTABLE_REMISSION = "unstable_remission"
    DAMAGING_BEHAVIOUR = "damaging_behaviour"
    CONSTANT_SUPERVISION = "constant_supervision"
    COURT_ORDER = "court_order"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition and what was found; never a decision on the person's right.

    Attributes:
        condition: What was checked.
        outcome: What was found.
        section: Act and section.
        explanation: The steps.
    """

    condition: Condition
    outcome: Outcome
    section: str
    explanation: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a human answered; a question without an answer stays open.

    Attributes:
        answers: The conditions answered with yes or no.
        is_pension_age: The person has reached old-age pension age.
        is_without_work_ability: No work ability (puuduv töövõime) was found.
        incapacity_percent: Loss of work ability found under the earlier law, per cent.
        pnh_need_days: Days a month on which the assessment found day and week care needed.
    """

    answers: tuple[tuple[Condition, bool], ...] = ()
    is_pension_age: bool | None = None
    is_without_work_ability: bool | None = None
    incapacity_percent: Decimal | None = None
    pnh_need_days: int | None = None


_COMMON = (
    (Condition.HAS_DISORDER, "SHS §§ 88, 92, 95, 98, 99², 101"),
    (Condition.NOT_ONLY_DEMENTIA, "SHS § 72(2) p 1"),
    (Condition.NOT_MAINLY_ADDICTION, "SHS § 72(2) p 2"),
)
_AUTISM = (
    (Condition.DAMAGING_BEHAVIOUR, "R65 § 2(1¹) p 1, (5¹) p 1"),
    (Condition.CONSTANT_SUPERVISION, "R65 § 2(1¹) p 2, (5¹) p 2"),
)
_OEH_COMMON = (
    (Condition.NO_WORK_ABILITY, "SHS § 101(1) p 3, (2) p 2, (3) p 2"),
    (Condition.ROUND_THE_CLOCK_NEED, "SHS § 101(1) p 4"),
    (Condition.OTHERS_NOT_ENOUGH, "SHS § 101(1) p 5"),
)
_OEH_PLAIN = (
    *_OEH_COMMON,
    (Condition.NEEDS_HELP_WITH_SELF, "SHS § 101(1) p 7"),
    (Condition.NEEDS_CONSTANT_AID, "SHS § 101(1) p 8"),
)
_OWN: dict[tuple[Service, Variant], tuple[tuple[Condition, str], ...]] = {
    (Service.IET, Variant.AUT): _AUTISM,
    (Service.TTT, Variant.PLAIN): (
        (Condition.NO_WORK_ABILITY, "SHS § 92 p 1¹"),
        (Condition.NEEDS_WORK_SUPPORT, "SHS § 92 p 2"),
    ),
    (Service.TE, Variant.PLAIN): (
        (Condition.CARES_FOR_SELF, "SHS § 95 p 2"),
        (Condition.COPES_UNDER_GUIDANCE, "SHS § 95 p 3"),
    ),
    (Service.KE, Variant.PLAIN): (
        (Condition.CARES_FOR_SELF, "SHS § 98 p 2"),
        (Condition.HOUSEWORK, "SHS § 98 p 2"),
    ),
    (Service.PNH, Variant.PLAIN): (
        (Condition.INTELLECTUAL_DISABILITY, "SHS § 99² p 1"),
        (Condition.NO_WORK_ABILITY, "SHS § 99² p 2"),
        (Condition.EXTREME_NEED, "SHS § 99² p 3"),
        (Condition.PNH_NEED, "SHS § 99² p 3"),
        (Condition.OTHERS_NOT_ENOUGH, "SHS § 99² p 4"),
    ),
    (Service.OEH, Variant.PLAIN): _OEH_PLAIN,
    (Service.OEH, Variant.ER): (*_OEH_COMMON, (Condition.UNSTABLE_REMISSION, "SHS § 101(2)–(2¹)")),
    (Service.OEH, Variant.AA): (*_OEH_COMMON, (Condition.EXTREME_NEED, "SHS § 101(3)–(4)")),
    (Service.OEH, Variant.AUT): (*_OEH_COMMON, *_AUTISM),
}
_COURT = ((Condition.COURT_ORDER, "SHS §§ 101(5), 105(1)"),)


def conditions_of(service: Service, variant: Variant) -> tuple[tuple[Condition, str], ...]:
    """List what a service asks about a person, with the section of each question.

    Args:
        service: The service.
        variant: Its variant.

    Returns:
        The questions in the order of the act. Placement by court order asks for the order
        alone: the exclusions of § 72(2) do not hold for it.

    Raises:
        KeyError: The service has no such variant.

    Law: SHS §§ 72(2), 88, 92, 95, 98, 99², 101; R65 § 2(1¹), (5¹).
    """
    if kind_of(service, variant).is_court_ordered:
        return _COURT
    return (*_COMMON, *_OWN.get((service, variant), ()))


def condition_checks(
    service: Service, variant: Variant, answers: Answers, day: date, law: Law
) -> tuple[Check, ...]:
    """Say which conditions of a service are met, which are not and which nobody answered.

    Args:
        service: The service.
        variant: Its variant.
        answers: What a human answered.
        day: The day from which one looks.
        law: The dated law.

    Returns:
        One check for each condition, in the order of the act. The authority decides.

    Raises:
        KeyError: The service has no such variant.
        NotInForceError: A term was not in force on the day.

    Law: rule R-22; SHS §§ 72(2), 88, 92, 95, 98, 99², 101, 160(24)–(25), (44), (46).
    """
    given = dict(answers.answers)
    checks = []
    for condition, section in conditions_of(service, variant):
        values: tuple[DatedValue, ...] = ()
        answer = given.get(condition)
        if condition is Condition.NO_WORK_ABILITY:
            enough = law.term(_INCAPACITY.get(variant, "incapacity_percent"), day)
            answer, values = _without_work_ability(answers, enough), (enough,)
        elif condition is Condition.PNH_NEED and answers.pnh_need_days is not None:
            least = law.term("pnh_need_days", day)
            answer, values = answers.pnh_need_days >= least.value, (least,)
        outcome = _OUTCOME[answer]
        step = Step(f"condition_{outcome}", (("why", str(condition)),), values, section)
        checks.append(Check(condition, outcome, section, (step,)))
    return tuple(checks)


_OUTCOME = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNANSWERED}


_INCAPACITY = {
    Variant.ER: "incapacity_percent_large_need",
    Variant.AA: "incapacity_percent_large_need",
}


def _without_work_ability(answers: Answers, enough: DatedValue) -> bool | None:
    """Answer whether the person counts as one without work ability; pension age takes its place."""
    percent = answers.incapacity_percent
    if percent is not None and percent >= enough.value:
        return True
    if answers.is_pension_age or answers.is_without_work_ability:
        return True
    is_open = answers.is_pension_age is None or answers.is_without_work_ability is None
    return None if is_open else False


def missing(checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """Give the checks that are not met or not answered.

    >>> missing((Check(Condition.ADULT, Outcome.MET, "", ()),))
    ()
    """
    return tuple(row for row in checks if row.outcome in {Outcome.NOT_MET, Outcome.UNANSWERED})


def reaches_age_on(birth_date: date, years: int) -> date:
    """Give the day on which a person reaches an age.

    Args:
        birth_date: The date of birth.
        years: The age in whole years.

    Returns:
        The birthday; for who was born on 29 February the 28th in a year without one.

    >>> reaches_age_on(date(2008, 2, 29), 18)
    datetime.date(2026, 2, 28)
    """
    return add_months(birth_date, _MONTHS_IN_YEAR * years)


def adult_check(birth_date: date, starts_on: date, law: Law) -> Check:
    """Check whether a person is an adult on the first day of a service.

    Args:
        birth_date: The date of birth.
        starts_on: First day of the service.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: rule R-22; SHS §§ 88, 92, 95, 98, 99², 101.

    >>> from tugiplaan.rules.tables import builtin
    >>> adult_check(date(2008, 6, 1), date(2026, 5, 31), builtin()).outcome
    <Outcome.NOT_MET: 'not_met'>
    """
    age = law.term("adult_age", starts_on)
    return _age_check(Condition.ADULT, birth_date, starts_on, age)


def queue_check(birth_date: date, queued_on: date, law: Law) -> Check:
    """Check whether a person is old enough for the queue.

    Args:
        birth_date: The date of birth.
        queued_on: The day of the decision that puts the person in the queue.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: rule R-22; SHS § 76(3).
    """
    return _age_check(Condition.QUEUE_AGE, birth_date, queued_on, law.term("queue_age", queued_on))


def _age_check(condition: Condition, birth_date: date, day: date, age: DatedValue) -> Check:
    reached = reaches_age_on(birth_date, int(age.value))
    outcome = Outcome.MET if reached <= day else Outcome.NOT_MET
    numbers = (("day", day), ("years", age.value), ("reached", reached))
    step = Step(f"age_{outcome}", numbers, (age,), age.source)
    return Check(condition, outcome, age.source, (step,))


def term_check(referral: Referral, law: Law) -> Check:
    """Check how long a referral is.

    Args:
        referral: The referral; both its days count.
        law: The dated law.

    Returns:
        Not met above ten years, worth a look above five.

    Raises:
        NotInForceError: A term was not in force on the first day.

    Law: rule R-22; SHS § 70(6).
    """
    first_day, last_day = referral.valid_from, referral.valid_to
    usual = law.term("term_years_usual", first_day)
    longest = law.term("term_years_longest", first_day)
    limit, outcome = usual, Outcome.MET
    if last_day >= add_months(first_day, _MONTHS_IN_YEAR * int(longest.value)):
        limit, outcome = longest, Outcome.NOT_MET
    elif last_day >= add_months(first_day, _MONTHS_IN_YEAR * int(usual.value)):
        outcome = Outcome.LOOK
    numbers = (("first_day", first_day), ("last_day", last_day), ("years", limit.value))
    step = Step(f"term_{outcome}", numbers, (limit,), limit.source)
    return Check(Condition.TERM, outcome, limit.source, (step,))


def pnh_minimum_check(units: int, month: Month, first_start: date, law: Law) -> Check:
    """Check whether a full month of day and week care reached its least number of days.

    Args:
        units: Days and days-and-nights used in the month, >= 0.
        month: The month.
        first_start: The agreed start of the person's very first referral to the service.
        law: The dated law.

    Returns:
        A flag: not met below ten days, unless the month began in the time to settle in.

    Raises:
        NotInForceError: A term was not in force in the month.

    Law: rule R-24; SHS § 99³(1)–(2); open point A-25.

    >>> from tugiplaan.rules.tables import builtin
    >>> pnh_minimum_check(9, Month(2026, 8), date(2026, 2, 1), builtin()).outcome
    <Outcome.NOT_MET: 'not_met'>
    """
    least = law.term("pnh_minimum_units", month.first)
    settling = law.term("pnh_adaptation_months", month.first)
    settled_from = add_months(first_start, int(settling.value))
    numbers = (("units", units), ("least", least.value), ("settled_from", settled_from))
    section, values = "SHS § 99³(1)–(2)", (least, settling)
    if month.first < settled_from:
        outcome, code = Outcome.MET, "pnh_settling_in"
    else:
        outcome = Outcome.MET if units >= least.value else Outcome.NOT_MET
        code = f"pnh_minimum_{outcome}"
    step = Step(code, numbers, values, section, "A-25")
    return Check(Condition.PNH_MINIMUM, outcome, section, (step,))
