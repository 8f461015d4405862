"""The line of corrections of one fact: its end, the row that follows it, the row that ends it."""

from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.audit.rows import Correctable, CurrentQuerySet

_OWN = frozenset({"id", "event_id", "corrects_id", "is_cancellation", "why"})
_AGAIN = "Kirjutati pärast tühistamist uuesti."


def successor[R: Correctable](row: R, *, why: str, **changes: Any) -> R:
    """Make the row that takes the place of another, without storing it.

    Args:
        row: The row that holds, or one that cancelled it.
        why: Why; not empty.
        changes: The columns that differ, by their names in the table (`place_id`).

    Raises:
        TypeError: There is no such column.
    """
    kept = {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.attname not in _OWN
    }
    strange = changes.keys() - kept.keys()
    if strange:
        raise TypeError(f"{type(row).__name__} has no columns {sorted(strange)}")
    return type(row)(**{**kept, **changes}, corrects=row, why=why)


def cancellation[R: Correctable](row: R, *, why: str) -> R:
    """Make the row that says that another does not hold, without storing it."""
    gone = successor(row, why=why)
    gone.is_cancellation = True
    return gone


def end_of[R: Correctable](rows: CurrentQuerySet[R]) -> R | None:
    """Give the last row of a line of corrections.

    Args:
        rows: All rows of one fact.

    Returns:
        The row that holds or the one that cancelled it; None: nothing was ever recorded.
    """
    return rows.filter(corrected_by__isnull=True).order_by("-id").first()


def begin_or_follow[R: Correctable](row: R, end: R | None, why: str) -> R:
    """Let a new row begin its line, or follow the one that cancelled the fact before.

    Args:
        row: The new row, without a row that it corrects.
        end: The end of the line so far; None or a cancellation.
        why: The reason given, if any.
    """
    if end is not None:
        row.corrects = end
        row.why = why.strip() or _AGAIN
    return row


def check_correction(row: Correctable, why: str, error: type[Exception]) -> None:
    """Refuse a correction without a reason, or of a row that no longer holds.

    Call it where nobody else can correct the row meanwhile.

    Args:
        row: The row to be corrected or cancelled.
        why: The reason.
        error: What is raised.
    """
    if not why.strip():
        raise error(_("Parandamiseks on vaja põhjust: kirjuta see juurde. Midagi ei muudetud."))
    rows: CurrentQuerySet[Correctable] = type(row)._default_manager.all()
    if not rows.current().filter(pk=row.pk).exists():
        raise error(
            _(
                "Seda kirjet on vahepeal parandatud või tühistatud: ava leht uuesti ja "
                "paranda viimast. Midagi ei muudetud."
            )
        )
