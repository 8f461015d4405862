"""A paper that went out: where its sending settles more than the paper, that is recorded too."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tugiplaan.accounts.access import User
from tugiplaan.documents.papers import (
    Addressee,
    Paper,
    PaperSent,
    Sending,
    cancel_paper_sent,
    record_paper_sent,
)
from tugiplaan.documents.queries import has_gone
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.plans.actions import record_summary_sent, withdraw_summary_sent
from tugiplaan.plans.endings import Summary, same_summary


@dataclass(frozen=True, slots=True)
class Sent:
    """What was recorded.

    Attributes:
        row: The sending, or its cancellation.
        summary: The row of the summary assessment that took the place of the earlier one; None:
            the sending changed nothing there.
    """

    row: PaperSent
    summary: Summary | None = None


def send_paper(*, paper: Paper, sending: Sending, by: User, on: date) -> Sent:
    """Record that a paper went to somebody, and a summary assessment to the authority with it.

    A summary that was corrected since the paper was made stays due: the authority has an
    earlier text. Both are recorded, or neither.

    Args:
        paper: Which.
        sending: To whom, how and when: not before it was made, not after today.
        by: Who records it; reaches the person.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordSendingError: The day cannot be.
        UnableToSumUpError: Somebody changed the summary at the same moment.

    Law: SHS § 83(1) p 11, 11¹.
    """
    with transaction.atomic():
        row = record_paper_sent(paper=paper, sending=sending, by=by, on=on)
        summary = _summary_of(row)
        if summary is None or summary.approved_on is None or summary.sent_on is not None:
            return Sent(row)
        return Sent(row, record_summary_sent(row=summary, sent_on=row.sent_on, by=by, on=on))


def cancel_sending(*, row: PaperSent, why: str, by: User, on: date) -> Sent:
    """Record that a paper did not go after all; a summary that went with it is due again.

    Args:
        row: The sending that does not hold.
        why: The reason; not empty.
        by: Who says so; reaches the person.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordSendingError: No reason, or it was cancelled already.
        UnableToSumUpError: Somebody changed the summary at the same moment.
    """
    with transaction.atomic():
        cancelled = cancel_paper_sent(row=row, why=why, by=by, on=on)
        summary, paper = _summary_of(row), row.paper
        if summary is None or summary.sent_on != row.sent_on:
            return Sent(cancelled)
        if has_gone(paper.provider_id, (paper.kind, paper.about), row.to_whom):
            return Sent(cancelled)
        return Sent(cancelled, withdraw_summary_sent(row=summary, why=why, by=by, on=on))


def _summary_of(row: PaperSent) -> Summary | None:
    """Give the summary assessment that a sending brought to the authority, as it holds now."""
    paper = row.paper
    if paper.kind != PaperKind.SUMMARY or row.to_whom != Addressee.AUTHORITY:
        return None
    return same_summary(paper.provider_id, paper.about)
