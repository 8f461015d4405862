"""Deadlines around the authority's decisions, its waiting list and its offers."""

from datetime import date

from tugiplaan.rules.deadlines.deadline import (
    Addressee,
    Deadline,
    DeadlineCode,
    months_after,
    working_days_after,
)
from tugiplaan.rules.services import ServiceKind
from tugiplaan.rules.tables import Law

_LIVING = "end_notice_months_living_service"
"""Supported living and what gives a place to live are the services of the longer times."""


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


def queue_contact(tried_from: date, law: Law) -> Deadline:
    """Say how long somebody on the waiting list is tried before the next one's turn comes.

    Args:
        tried_from: The day of the first attempt; it is not counted.
        law: The dated law.

    Returns:
        The last working day on which the person may still be reached.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: R70.

    >>> from tugiplaan.rules.tables import builtin
    >>> queue_contact(date(2026, 6, 19), builtin()).due_on
    datetime.date(2026, 6, 30)
    """
    term = law.term("queue_contact_working_days", tried_from)
    return working_days_after(DeadlineCode.QUEUE_CONTACT, tried_from, term, (Addressee.PERSON,))


def queue_start(room_from: date, law: Law) -> Deadline:
    """Say until when a person on the waiting list begins once there is money and a place.

    Args:
        room_from: The day from which there are both; it is not counted.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS § 76(5).

    >>> from tugiplaan.rules.tables import builtin
    >>> queue_start(date(2027, 1, 31), builtin()).due_on
    datetime.date(2027, 2, 28)
    """
    term = law.term("queue_start_months", room_from)
    return months_after(DeadlineCode.QUEUE_START, room_from, term, (Addressee.PERSON,))


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


def ending_decision(kind: ServiceKind, told_on: date, law: Law) -> Deadline | None:
    """Say when the authority's decision that a service no longer fits takes effect at the latest.

    Args:
        kind: The service.
        told_on: The day on which the person was told; it is not counted.
        law: The dated law.

    Returns:
        The last day; the decision takes effect earlier when the person stops. None for the
        services for which the law names no such time.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS § 82.

    >>> from tugiplaan.rules.services import kind_of
    >>> from tugiplaan.rules.tables import builtin
    >>> from tugiplaan.rules.vocabulary import Service, Variant
    >>> living = ending_decision(kind_of(Service.KE, Variant.PLAIN), date(2026, 8, 31), builtin())
    >>> living.due_on if living else None
    datetime.date(2027, 2, 28)
    """
    if kind.end_notice != _LIVING:
        return None
    term = law.term("ending_decision_months", told_on)
    to_whom = (Addressee.PERSON, Addressee.PROVIDER)
    return months_after(DeadlineCode.ENDING_DECISION, told_on, term, to_whom)
