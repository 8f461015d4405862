"""Confirmations of a long hospital stay, one for each calendar month of it."""

from datetime import date

from tugiplaan.rules.deadlines.deadline import Addressee, Deadline, DeadlineCode
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.period import DAY, Month, add_months, merged
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import AbsenceKind

_SECTION = "SHS § 80(4)–(6); R65 § 4(1)–(2)"


def hospital_confirmations(first_day: date, last_day: date, law: Law) -> tuple[Deadline, ...]:
    """Say until when each month of a hospital stay must be confirmed.

    Args:
        first_day: First full day in hospital.
        last_day: Last full day in hospital, or the last day known so far.
        law: The dated law.

    Returns:
        One deadline for each calendar month that the stay touches, in order, all of
        them on the third of the month after it; none while the stay is not longer than
        two months. The day is the law's even when it is not a working day.

    Raises:
        NotInForceError: The terms were not in force on the first day.

    Law: rule R-11; SHS § 80(4)–(6), R65 § 4.

    >>> from tugiplaan.rules.tables import builtin
    >>> stay = hospital_confirmations(date(2026, 3, 20), date(2026, 5, 25), builtin())
    >>> [str(deadline.due_on) for deadline in stay]
    ['2026-04-03', '2026-05-03', '2026-06-03']
    """
    limit = law.term("hospital_confirmation_months", first_day)
    day_of_month = law.term("confirmation_day_of_month", first_day)
    over_from = add_months(first_day, int(limit.value))
    if last_day < over_from:
        return ()
    numbers = (("first_day", first_day), ("months", limit.value), ("over_from", over_from))
    long_stay = Step("hospital_stay_long", numbers, (limit,), _SECTION)
    deadlines = []
    month = Month.of(first_day)
    while month.first <= last_day:
        stay = max(first_day, month.first), min(last_day, month.last)
        deadlines.append(_confirmation(month, stay, day_of_month, long_stay))
        month = month.plus(1)
    return tuple(deadlines)


def _confirmation(
    month: Month, stay: tuple[date, date], day_of_month: DatedValue, long_stay: Step
) -> Deadline:
    due_on = month.plus(1).first.replace(day=int(day_of_month.value))
    numbers = (("month", str(month)), ("due_on", due_on))
    return Deadline(
        code=DeadlineCode.HOSPITAL_CONFIRMATION,
        due_on=due_on,
        counted_from=month.last,
        to_whom=(Addressee.AUTHORITY,),
        section=_SECTION,
        explanation=(long_stay, Step("hospital_confirmation", numbers, (day_of_month,), _SECTION)),
        first_day=stay[0],
        last_day=stay[1],
    )


def missing_confirmations(referral: Referral, law: Law) -> tuple[Deadline, ...]:
    """Say which confirmations of a referral's hospital stays are still missing.

    Args:
        referral: The referral with its absences and the months confirmed so far.
        law: The dated law.

    Returns:
        The deadlines of the months without a confirmation, in order. Touching rows are
        one stay; tuberculosis treatment needs none.

    Raises:
        NotInForceError: The terms were not in force on the first day of a stay.

    Law: rule R-11; reading 3 of the month folder.
    """
    stays = merged(
        [
            (absence.first_day.toordinal(), absence.last_day.toordinal() + 1)
            for absence in referral.absences
            if absence.kind is AbsenceKind.HOSPITAL
        ]
    )
    return tuple(
        deadline
        for first, end in stays
        for deadline in hospital_confirmations(
            date.fromordinal(first), date.fromordinal(end) - DAY, law
        )
        if Month.of(deadline.counted_from) not in referral.confirmed_months
    )
