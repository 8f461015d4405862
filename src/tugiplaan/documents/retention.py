"""How long documents are kept."""

from datetime import date

from tugiplaan.documents.models import Retention
from tugiplaan.rules.deadlines import accounting_retention, retention
from tugiplaan.rules.tables import builtin


def care_kept_until(service_ended_on: date) -> date:
    """Give the last day on which a document of care may be kept.

    Args:
        service_ended_on: The last day of the person's service.

    Raises:
        NotInForceError: The term of that day is not known.

    Law: SHS § 83(3): up to ten years after the service ended.

    >>> care_kept_until(date(2026, 2, 28))
    datetime.date(2036, 2, 28)
    """
    return retention(service_ended_on, builtin()).due_on


def accounting_kept_until(year_ended_on: date) -> date:
    """Give the last day on which a source document of accounting must be kept.

    Args:
        year_ended_on: The last day of the financial year to which it belongs.

    Raises:
        NotInForceError: The term of that day is not known.

    Law: RPS § 12: seven years from the end of the financial year.

    >>> accounting_kept_until(date(2026, 12, 31))
    datetime.date(2033, 12, 31)
    """
    return accounting_retention(year_ended_on, builtin()).due_on


def kept_until(why: str, *, ended_on: date | None) -> date | None:
    """Give the end of the time for which a document is kept.

    Args:
        why: Why it is kept, a `Retention`.
        ended_on: The last day of the service, for a document of care; of the financial year, for
            one of accounting; None: it has not ended.

    Returns:
        The last day; None where the time has not begun to run or the law names none.

    Raises:
        NotInForceError: The term of that day is not known.

    Law: SHS § 83(3); RPS § 12.
    """
    if ended_on is None:
        return None
    if why == Retention.CARE:
        return care_kept_until(ended_on)
    return accounting_kept_until(ended_on) if why == Retention.ACCOUNTING else None
