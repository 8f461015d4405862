"""Deadlines at the start of a service: the window to turn up, the year to find work."""

from dataclasses import replace
from datetime import timedelta

from tugiplaan.rules.deadlines.deadline import Addressee, Deadline, DeadlineCode, months_after
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.facts import Referral
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service

_RELEASED = "turn_up_days_compulsory"


def turn_up(referral: Referral, law: Law) -> Deadline | None:
    """Say until when the person must turn up.

    Args:
        referral: The referral.
        law: The dated law.

    Returns:
        The last day of the window, the agreed day being its first; None without an
        agreed day.

    Raises:
        NotInForceError: The term was not in force on the agreed day.

    Law: SHS § 71(6)–(7); reading 2 of the month folder.

    >>> from datetime import date
    >>> from tugiplaan.rules.tables import builtin
    >>> from tugiplaan.rules.vocabulary import Variant
    >>> day = date(2026, 6, 1)
    >>> ke = Referral("R1", Service.KE, Variant.PLAIN, day, day, date(2027, 5, 31), day)
    >>> window = turn_up(ke, builtin())
    >>> window.due_on if window else None
    datetime.date(2026, 6, 7)
    """
    agreed = referral.agreed_start
    if agreed is None:
        return None
    term = law.term(_RELEASED if referral.is_released else referral.kind.turn_up, agreed)
    due_on = agreed + timedelta(days=int(term.value) - 1)
    numbers = (("counted_from", agreed), ("days", term.value), ("due_on", due_on))
    return Deadline(
        code=DeadlineCode.TURN_UP,
        due_on=due_on,
        counted_from=agreed,
        to_whom=(Addressee.PROVIDER,),
        section="SHS § 71(6)–(7)",
        explanation=(Step("deadline_window", numbers, (term,), "SHS § 71(6)–(7)"),),
        subject=referral.referral,
    )


def job_found(referral: Referral, law: Law) -> Deadline | None:
    """Say until when work support must have found a suitable job.

    Args:
        referral: The referral.
        law: The dated law.

    Returns:
        The day one year after the start. When none of the jobs offered was accepted by
        then, the service under the referral ends and the authority is told. None for
        other services and before the person has arrived.

    Raises:
        NotInForceError: The term was not in force on the day of arrival.

    Law: SHS § 93(3)–(5); counted as in open point A-11, the day of the start is not counted.
    """
    started = referral.arrived_on
    if referral.service is not Service.TTT or started is None:
        return None
    term = law.term("job_found_months", started)
    found = months_after(DeadlineCode.JOB_FOUND, started, term, (Addressee.AUTHORITY,))
    return replace(found, subject=referral.referral)
