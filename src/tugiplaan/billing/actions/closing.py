"""Closing a month, and opening it again as long as nothing was issued."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day, show_euros
from tugiplaan.audit.queries import wrote_after
from tugiplaan.audit.recorder import Act, acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.facts import month_of, read_month
from tugiplaan.billing.models import Closing, Statement
from tugiplaan.billing.settling import settle_provider
from tugiplaan.delivery.actions.month_use import forget_month_use, keep_month_use
from tugiplaan.providers.books import State, book_of, hold_provider, month_text, set_state
from tugiplaan.referrals.queries import kinds_of_referrals


class UnableToCloseError(RefusedError):
    """The month cannot be closed."""


class UnableToReopenError(RefusedError):
    """The month cannot be opened again."""


def close(*, statement: Statement, by: User, on: date) -> Closing:
    """Close a month as it was prepared: from now on its facts do not change.

    Args:
        statement: The latest statement of the month, as it was looked through.
        by: Who closes.
        on: Today.

    Returns:
        The closing.

    Raises:
        NotAllowedError: `by` may not.
        UnableToCloseError: The month is not open, has not ended, was prepared again meanwhile,
            or something changed since, so that another sum would be due.
    """
    provider_id, period = statement.provider_id, statement.period
    require(by, "billing.close", provider_id, on)
    month = month_of(period)
    if month.last >= on:
        raise UnableToCloseError(
            _(
                "Kuu {month} ei ole veel lõppenud; sulgeda saab pärast {last}. Midagi ei muudetud."
            ).format(month=month_text(period), last=show_day(month.last))
        )
    with acting(by=by, name="billing.close", provider_id=provider_id) as act:
        hold_provider(provider_id)
        book = book_of(provider_id, period)
        if book.state != State.OPEN:
            raise UnableToCloseError(
                _("Kuu {month} on juba suletud. Midagi ei muudetud.").format(
                    month=month_text(period)
                )
            )
        _check_latest(statement)
        _check_unchanged(statement)
        closing = keep_closing(act, statement)
        keep_month_use(provider_id, period, kinds_of_referrals(provider_id))
        set_state(act, book, State.CLOSED, "")
    return closing


def keep_closing(act: Act, statement: Statement) -> Closing:
    """Write that a month stands as a statement says."""
    closing = Closing(
        provider_id=statement.provider_id,
        period=statement.period,
        statement=statement,
        closed_at=act.at,
    )
    act.store([closing])
    act.details |= {"period": statement.period, "version": statement.version}
    return closing


def _check_latest(statement: Statement) -> None:
    later = Statement.objects.filter(
        provider_id=statement.provider_id,
        period=statement.period,
        version__gt=statement.version,
    )
    if later.exists() or not Statement.objects.filter(pk=statement.pk).exists():
        raise UnableToCloseError(
            _(
                "Kuu on vahepeal uuesti ette valmistatud. Vaata uus arvestus üle ja sulge "
                "siis. Midagi ei muudetud."
            )
        )


def _check_unchanged(statement: Statement) -> None:
    """Make sure that the statement is still what would be due, now that nothing can change."""
    if not wrote_after(statement.provider_id, statement.after_event, "billing."):
        return
    month = month_of(statement.period)
    fresh = settle_provider(read_month(statement.provider_id, month, statement.as_of))
    if fresh.digest != statement.digest:
        difference = fresh.amount - statement.amount
        raise UnableToCloseError(
            _(
                "Pärast ettevalmistamist on andmeid muudetud: summa oleks nüüd {amount} "
                "(erinevus {difference}). Valmista kuu uuesti ette ja vaata üle. Midagi "
                "ei muudetud."
            ).format(
                amount=show_euros(fresh.amount),
                difference=f"{'+' * (difference > 0)}{show_euros(difference)}",
            )
        )


def reopen(*, provider_id: UUID, period: int, why: str, by: User, on: date) -> None:
    """Open a closed month again, as long as nothing of it was issued.

    Args:
        provider_id: Whose month.
        period: The month, YYYYMM.
        why: The reason; not empty.
        by: Who opens.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToReopenError: No reason; or the month is open, or was issued already.
    """
    require(by, "billing.close", provider_id, on)
    if not why.strip():
        raise UnableToReopenError(_("Kuu avamise põhjus on vajalik. Midagi ei muudetud."))
    with acting(by=by, name="billing.reopen", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        book = book_of(provider_id, period)
        if book.state == State.OPEN:
            raise UnableToReopenError(
                _("Kuu {month} on avatud. Midagi ei muudetud.").format(month=month_text(period))
            )
        if book.state == State.ISSUED:
            raise UnableToReopenError(
                _(
                    "Kuu {month} on arveldatud; arve ei muutu enam. Paranda andmeid põhjusega: "
                    "vahe läheb kreeditarvele ja uuele arvele. Midagi ei muudetud."
                ).format(month=month_text(period))
            )
        act.details["period"] = period
        forget_month_use(provider_id, period)
        set_state(act, book, State.OPEN, why)
