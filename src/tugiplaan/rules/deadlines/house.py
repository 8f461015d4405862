"""Deadlines of the house: month close, statistics, records, licence, contract, unpaid shares."""

from datetime import date

from tugiplaan.rules.deadlines.deadline import (
    MONTHS_IN_YEAR,
    Addressee,
    Deadline,
    DeadlineCode,
    months_after,
    months_before,
)
from tugiplaan.rules.explanation import Step
from tugiplaan.rules.period import DAY, Month, add_months
from tugiplaan.rules.services import ServiceKind
from tugiplaan.rules.tables import Law

_END = "end_notice_months"


def _term_of(kind: ServiceKind, stem: str) -> str:
    """Name a term that, like the notice of the end, has one value for day and one for living."""
    return stem + kind.end_notice.removeprefix(_END)


def component_report(month: Month, law: Law) -> Deadline:
    """Say until when a month of component services is closed and reported.

    Args:
        month: The month of service.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on the last day of the month.

    Law: SHS § 144(5).

    >>> from tugiplaan.rules.tables import builtin
    >>> component_report(Month(2026, 12), builtin()).due_on
    datetime.date(2027, 1, 10)
    """
    term = law.term("component_report_day", month.last)
    due_on = month.plus(1).first.replace(day=int(term.value))
    numbers = (("month", str(month)), ("due_on", due_on))
    return Deadline(
        code=DeadlineCode.COMPONENT_REPORT,
        due_on=due_on,
        counted_from=month.last,
        to_whom=(Addressee.PROVIDER,),
        section=term.source,
        explanation=(Step("deadline_next_month", numbers, (term,), term.source),),
        first_day=month.first,
        last_day=month.last,
    )


def statistics(year: int, law: Law) -> Deadline:
    """Say until when the yearly statistical report of a year is sent.

    Args:
        year: The year that the report is about.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on the last day of the year.

    Law: SHS § 83(1) p 12; regulation nr 7 of 17.03.2021.

    >>> from tugiplaan.rules.tables import builtin
    >>> statistics(2026, builtin()).due_on
    datetime.date(2027, 3, 1)
    """
    first_day = date(year, 1, 1)
    last_day = date(year + 1, 1, 1) - DAY
    month = law.term("statistics_month", last_day)
    day = law.term("statistics_day", last_day)
    due_on = date(year + 1, int(month.value), int(day.value))
    numbers = (("year", str(year)), ("due_on", due_on))
    return Deadline(
        code=DeadlineCode.STATISTICS,
        due_on=due_on,
        counted_from=last_day,
        to_whom=(Addressee.AUTHORITY,),
        section=month.source,
        explanation=(Step("deadline_statistics", numbers, (month, day), month.source),),
        first_day=first_day,
        last_day=last_day,
    )


def retention(ended_on: date, law: Law) -> Deadline:
    """Say until when the records of a service are kept at most.

    Args:
        ended_on: Last day of the service.
        law: The dated law.

    Returns:
        The day after which they may no longer be kept on this ground. Source documents
        of accounting have a time of their own.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS § 83(3).

    >>> from tugiplaan.rules.tables import builtin
    >>> retention(date(2026, 5, 31), builtin()).due_on
    datetime.date(2036, 5, 31)
    """
    term = law.term("retention_years", ended_on)
    due_on = add_months(ended_on, MONTHS_IN_YEAR * int(term.value))
    numbers = (("counted_from", ended_on), ("years", term.value), ("due_on", due_on))
    step = Step("deadline_retention", numbers, (term,), term.source)
    to_whom = (Addressee.PROVIDER,)
    return Deadline(DeadlineCode.RETENTION, due_on, ended_on, to_whom, term.source, (step,))


def accounting_retention(year_ended_on: date, law: Law) -> Deadline:
    """Say until when the source documents of accounting are kept at least.

    Args:
        year_ended_on: The last day of the financial year to which they belong.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: RPS § 12.

    >>> from tugiplaan.rules.tables import builtin
    >>> accounting_retention(date(2026, 12, 31), builtin()).due_on
    datetime.date(2033, 12, 31)
    """
    term = law.term("accounting_retention_years", year_ended_on)
    due_on = add_months(year_ended_on, MONTHS_IN_YEAR * int(term.value))
    numbers = (("counted_from", year_ended_on), ("years", term.value), ("due_on", due_on))
    step = Step("deadline_accounting", numbers, (term,), term.source)
    code, to_whom = DeadlineCode.ACCOUNTING_RETENTION, (Addressee.PROVIDER,)
    return Deadline(code, due_on, year_ended_on, to_whom, term.source, (step,))


def new_places(opening_on: date, law: Law) -> Deadline:
    """Say until when the list of persons for whom new places are made is handed in.

    Args:
        opening_on: The day on which the service begins at the new places.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: R70 § 3¹.
    """
    term = law.term("new_places_months", opening_on)
    return months_before(DeadlineCode.NEW_PLACES, opening_on, term, (Addressee.AUTHORITY,))


def contract_application(announced_on: date, law: Law) -> Deadline:
    """Say until when a provider applies for a contract with the authority.

    Args:
        announced_on: The day of the notice on the authority's page; it is not counted.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS § 77(3)–(6).
    """
    term = law.term("contract_application_months", announced_on)
    to_whom = (Addressee.AUTHORITY,)
    return months_after(DeadlineCode.CONTRACT_APPLICATION, announced_on, term, to_whom)


def contract_signing(announced_on: date, law: Law) -> Deadline:
    """Say until when the contract with the authority is signed.

    Args:
        announced_on: The day of the state's budget act, or of an extra notice; not counted.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS § 77(3)–(6).
    """
    term = law.term("contract_signing_months", announced_on)
    to_whom = (Addressee.AUTHORITY, Addressee.PROVIDER)
    return months_after(DeadlineCode.CONTRACT_SIGNING, announced_on, term, to_whom)


def licence_notice(kind: ServiceKind, giving_up_on: date, law: Law) -> Deadline:
    """Say until when the register is told that the licence for a service is given up.

    Args:
        kind: The service.
        giving_up_on: The day from which it is given up.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS § 155(2).
    """
    term = law.term(_term_of(kind, "licence_notice_months"), giving_up_on)
    to_whom = (Addressee.REGISTER,)
    return months_before(DeadlineCode.LICENCE_NOTICE, giving_up_on, term, to_whom)


def contract_end_notice(kind: ServiceKind, ending_on: date, law: Law) -> Deadline:
    """Say until when the authority is told that the provider ends the contract early.

    Args:
        kind: The service.
        ending_on: The planned last day of the contract.
        law: The dated law.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS § 78(3).
    """
    term = law.term(_term_of(kind, "contract_notice_months"), ending_on)
    to_whom = (Addressee.AUTHORITY,)
    return months_before(DeadlineCode.CONTRACT_END_NOTICE, ending_on, term, to_whom)


def contribution_debt(first_unpaid_due_on: date, law: Law) -> Deadline:
    """Say when an unpaid own contribution grows to two months in a row.

    Args:
        first_unpaid_due_on: The agreed day of payment of the first month that was not paid.
        law: The dated law.

    Returns:
        The agreed day of payment of the second month. When it passes unpaid too, the
        provider may refuse; until then the person is told of the compensation.

    Raises:
        NotInForceError: The term was not in force on that day.

    Law: SHS §§ 78(1), 83(1) p 10.

    >>> from tugiplaan.rules.tables import builtin
    >>> contribution_debt(date(2026, 4, 10), builtin()).due_on
    datetime.date(2026, 5, 10)
    """
    term = law.term("contribution_debt_months", first_unpaid_due_on)
    due_on = add_months(first_unpaid_due_on, int(term.value) - 1)
    numbers = (("counted_from", first_unpaid_due_on), ("months", term.value), ("due_on", due_on))
    return Deadline(
        code=DeadlineCode.CONTRIBUTION_DEBT,
        due_on=due_on,
        counted_from=first_unpaid_due_on,
        to_whom=(Addressee.PERSON, Addressee.REPRESENTATIVE),
        section="SHS §§ 78(1), 83(1) p 10",
        explanation=(Step("deadline_debt", numbers, (term,), term.source),),
    )
