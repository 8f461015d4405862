"""The book of a provider's month: who records or closes holds it, and closed months stay shut.

Both locks below are row locks, held until the transaction ends. SQLite knows none: there every
transaction that writes is alone from its beginning on.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists
from django.utils.translation import gettext as _

from tugiplaan.audit.recorder import Act
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.models import ComponentContract, MonthBook, MonthState, Provider
from tugiplaan.rules.period import Month

State = MonthBook.State


class MonthClosedError(RefusedError):
    """The month is closed and not yet issued: its facts do not change."""


class WhyNeededError(RefusedError):
    """The month was invoiced: a change needs a reason and will be a correction."""


def period_of(day: date) -> int:
    """Give the month of a day as YYYYMM.

    >>> period_of(date(2026, 5, 31))
    202605
    """
    return day.year * 100 + day.month


def hold_months(provider_id: UUID, days: Iterable[date], *, why: str) -> frozenset[int]:
    """Hold the books of the months of some days, so that none is closed meanwhile.

    Call it in the transaction that writes, before writing.

    Args:
        provider_id: Whose books.
        days: Days whose facts are about to change.
        why: The reason; needed where a month was invoiced.

    Returns:
        The months, YYYYMM, that were invoiced: the change will be a correction there.

    Raises:
        MonthClosedError: A month is closed and not issued.
        WhyNeededError: A month was invoiced and no reason is given.
    """
    periods = sorted({period_of(day) for day in days})
    missing = [MonthBook(provider_id=provider_id, period=period) for period in periods]
    known = MonthBook.objects.filter(provider_id=provider_id, period__in=periods)
    # Always in the same order, so that two who hold several do not wait for one another.
    held = list(known.select_for_update().order_by("period"))
    if len(held) < len(periods):
        MonthBook.objects.bulk_create(missing, ignore_conflicts=True)
        held = list(known.select_for_update().order_by("period"))
    return _refuse_closed(held, why)


def hold_stays(
    provider_id: UUID, first_day: date, last_day: date | None, *, why: str
) -> frozenset[int]:
    """Hold a provider while a fact changes that many months depend on: a stay, a contract.

    Args:
        provider_id: Which provider.
        first_day: The first day that the change concerns.
        last_day: The last one; None: all later days.
        why: The reason; needed where a month was invoiced.

    Returns:
        As `hold_months`.

    Raises:
        MonthClosedError: As `hold_months`.
        WhyNeededError: As `hold_months`.
    """
    hold_provider(provider_id)
    books = MonthBook.objects.filter(provider_id=provider_id, period__gte=period_of(first_day))
    if last_day is not None:
        books = books.filter(period__lte=period_of(last_day))
    return _refuse_closed(books.select_for_update().order_by("period"), why)


def hold_provider(provider_id: UUID) -> None:
    """Hold a provider: its stays and contracts do not change until the transaction ends."""
    if not connection.features.has_select_for_update:
        return  # there whoever writes is alone already, and asking would lock nothing
    list(Provider.objects.select_for_update(no_key=True).filter(pk=provider_id).values_list("pk"))


def _refuse_closed(books: Iterable[MonthBook], why: str) -> frozenset[int]:
    found = list(books)
    for book in found:
        if book.state == State.CLOSED:
            raise MonthClosedError(
                _(
                    "Kuu {month} on suletud, aga veel arveldamata, seepärast selle kuu andmeid "
                    "praegu muuta ei saa. Palu raamatupidajal kuu põhjusega avada või oota, "
                    "kuni arved on väljastatud. Midagi ei muudetud."
                ).format(month=month_text(book.period))
            )
    issued = frozenset(book.period for book in found if book.state == State.ISSUED)
    if issued and not why.strip():
        months = ", ".join(month_text(period) for period in sorted(issued))
        raise WhyNeededError(
            _(
                "Kuu {months} on juba arveldatud. Muudatus läheb parandusena järgmisele "
                "arvele; kirjuta juurde põhjus. Midagi ei muudetud."
            ).format(months=months)
        )
    return issued


def month_text(period: int) -> str:
    """Write a month as people do.

    >>> month_text(202605)
    '05.2026'
    """
    return f"{period % 100:02d}.{period // 100}"


def book_of(provider_id: UUID, period: int) -> MonthBook:
    """Hold and give the book of a month, made where there is none."""
    MonthBook.objects.bulk_create(
        [MonthBook(provider_id=provider_id, period=period)], ignore_conflicts=True
    )
    return MonthBook.objects.select_for_update().get(provider_id=provider_id, period=period)


def set_state(act: Act, book: MonthBook, state: str, why: str) -> None:
    """Write a new state of a held book.

    Args:
        act: The act in which it happens.
        book: The book, held.
        state: The state from now on.
        why: The reason.
    """
    act.store([MonthState(provider_id=book.provider_id, book=book, state=state, why=why)])
    MonthBook.objects.filter(pk=book.pk).update(state=state)
    book.state = state


def book_state(provider_id: UUID, period: int) -> str:
    """Give where a month of a provider stands: open, closed, issued. One query."""
    rows = MonthBook.objects.filter(provider_id=provider_id, period=period)
    return rows.values_list("state", flat=True).first() or MonthBook.State.OPEN


def closed_periods(provider_id: UUID, since: int) -> list[int]:
    """Give the months from one on that are closed and not issued, YYYYMM. One query."""
    closed = MonthBook.objects.filter(
        provider_id=provider_id, state=MonthBook.State.CLOSED, period__gte=since
    )
    return list(closed.order_by("period").values_list("period", flat=True))


def awaits_component_close(provider_id: UUID, month: Month) -> bool:
    """Tell whether a month with component services is neither closed nor invoiced. One query.

    Args:
        provider_id: At which provider.
        month: Which month; services count where a contract had begun by its last day.
    """
    done = MonthBook.objects.filter(provider_id=provider_id, period=month.period)
    contracts = ComponentContract.objects.filter(
        provider_id=provider_id, valid_from__lte=month.last
    )
    return contracts.exclude(Exists(done.exclude(state=MonthBook.State.OPEN))).exists()
