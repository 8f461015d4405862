"""Deadlines around the authority's decisions and offers, all in working days."""

from datetime import date

from tugiplaan.rules.deadlines.deadline import (
    Addressee,
    Deadline,
    DeadlineCode,
    working_days_after,
)
from tugiplaan.rules.tables import Law


def decision(complete_on: date, law: Law) -> Deadline:
    """Say until when the authority decides on an application.

    Args:
        complete_on: The day on which the application and all documents were there.
        law: The dated law.

    Returns:
        The authority's deadline. It does not hold for placement by court order.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS § 70(4).

    >>> from tugiplaan.rules.tables import builtin
    >>> decision(date(2026, 3, 2), builtin()).due_on
    datetime.date(2026, 4, 28)
    """
    term = law.term("decision_working_days", complete_on)
    return working_days_after(DeadlineCode.DECISION, complete_on, term, (Addressee.PERSON,))


def place_offer(offered_on: date, law: Law) -> Deadline:
    """Say until when a person answers the offer of a place.

    Args:
        offered_on: The day of the offer.
        law: The dated law.

    Returns:
        The person's deadline toward the authority.

    Raises:
        NotInForceError: The offer was made before the term came into force.

    Law: SHS § 71(5), from 01.01.2026.

    >>> from tugiplaan.rules.tables import builtin
    >>> place_offer(date(2026, 6, 15), builtin()).due_on
    datetime.date(2026, 7, 1)
    """
    term = law.term("place_offer_working_days", offered_on)
    return working_days_after(DeadlineCode.PLACE_OFFER, offered_on, term, (Addressee.AUTHORITY,))


def gap_decision(complete_on: date, law: Law) -> Deadline:
    """Say until when the authority decides on the missing part of the own contribution.

    Args:
        complete_on: The day on which a later application and all data were there; by court
            order the day of the referral.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS §§ 74(6), 75(3).

    >>> from tugiplaan.rules.tables import builtin
    >>> gap_decision(date(2026, 5, 4), builtin()).due_on
    datetime.date(2026, 5, 18)
    """
    term = law.term("gap_decision_working_days", complete_on)
    to_whom = (Addressee.PERSON, Addressee.PROVIDER)
    return working_days_after(DeadlineCode.GAP_DECISION, complete_on, term, to_whom)
