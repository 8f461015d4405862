"""Writing the summary assessment before the end, approving it, and that it was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import require_person
from tugiplaan.plans.models import Outcome, Summary
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import (
    begin_or_follow,
    check_correction,
    end_of,
    successor,
)
from tugiplaan.referrals.queries import Stay

_APPROVED = "Kinnitatud."
_SENT = "Saadetud SKA-le."


class UnableToSumUpError(RefusedError):
    """The summary assessment cannot be as given."""


@dataclass(frozen=True, slots=True)
class GoalOutcome:
    """Whether a goal was met, and why or why not; the reason is not empty."""

    goal: str
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class SummaryDraft:
    """What a summary assessment says.

    Attributes:
        done: The activities that were done.
        need: The support need at the end.
        own_view: What the person thinks.
        recommendation: Whether the service should go on, change or end.
    """

    goals: Sequence[GoalOutcome]
    done: str
    need: str
    recommendation: str
    own_view: str = ""


def write_summary(*, stay: Stay, draft: SummaryDraft, by: User, on: date) -> Summary:
    """Write the summary assessment of a referral.

    Args:
        stay: The referral with its stay.
        draft: What it says.
        by: Who writes it.
        on: Today.

    Returns:
        The summary, not approved yet: it counts once it is.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToSumUpError: Something is wanting, or there is a summary already.

    Law: SHS § 83(1) p 11, 11¹.
    """
    referral = stay.referral
    provider_id = referral.provider_id
    require_person(by, "plans.write", referral.person, on)
    row = Summary(provider_id=provider_id, referral=referral, written_on=on, **_columns(draft))
    with acting(by=by, name="plans.write_summary", provider_id=provider_id) as act:
        hold_provider(provider_id)
        end = end_of(Summary.objects.filter(referral=referral))
        if end is not None and not end.is_cancellation:
            raise UnableToSumUpError(
                _(
                    "Selle suunamise kokkuvõttev hinnang on juba kirjas: paranda seda. Midagi "
                    "ei salvestatud."
                )
            )
        act.store([begin_or_follow(row, end, "")])
        act.about(referral.person_id)
    return row


def approve_summary(*, row: Summary, by: User, on: date) -> Summary:
    """Approve a summary assessment: now it counts, and the last invoice need not wait.

    Args:
        row: The summary that holds.
        by: Who approves.
        on: Today.

    Returns:
        The row that takes its place, approved.

    Raises:
        NotAllowedError: `by` may not approve.
        UnableToSumUpError: It is approved already, or no longer holds.

    Law: SHS § 83(1) p 11, 11¹.
    """
    if row.approved_on is not None:
        raise UnableToSumUpError(
            _("Hinnang on juba kinnitatud {approved}. Midagi ei muudetud.").format(
                approved=show_day(row.approved_on)
            )
        )
    require_person(by, "plans.approve", row.referral.person, on)
    changes = {"approved_on": on, "approved_by_id": by.pk}
    return _follow(row, "approve_summary", by=by, why=_APPROVED, changes=changes)


def record_summary_sent(*, row: Summary, sent_on: date, by: User, on: date) -> Summary:
    """Record that an approved summary assessment went to the authority.

    Args:
        row: The summary that holds.
        sent_on: The day; not later than today nor before it was approved.
        by: Who records it.
        on: Today.

    Returns:
        The row that takes its place.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToSumUpError: It is not approved, the day cannot be, or it no longer holds.

    Law: SHS § 83(1) p 11, 11¹.
    """
    require_person(by, "plans.write", row.referral.person, on)
    if row.approved_on is None:
        raise UnableToSumUpError(_("Hinnang on kinnitamata: kinnita enne. Midagi ei muudetud."))
    if not row.approved_on <= sent_on <= on:
        raise UnableToSumUpError(
            _(
                "Saatmise päev {day} peab olema kinnitamise ({approved}) ja tänase vahel. "
                "Midagi ei muudetud."
            ).format(day=show_day(sent_on), approved=show_day(row.approved_on))
        )
    changes = {"sent_on": sent_on}
    return _follow(row, "record_summary_sent", by=by, why=_SENT, changes=changes)


def correct_summary(*, row: Summary, draft: SummaryDraft, by: User, on: date, why: str) -> Summary:
    """Put another text in the place of a summary assessment that holds.

    Args:
        row: The summary that holds.
        draft: What it should say.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The new row; it must be approved again.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToSumUpError: No reason, something is wanting, or the row no longer holds.
    """
    require_person(by, "plans.write", row.referral.person, on)
    changes = {
        **_columns(draft),
        "written_on": on,
        "approved_on": None,
        "approved_by_id": None,
        "sent_on": None,
    }
    return _follow(row, "correct_summary", by=by, why=why, changes=changes)


def _follow(row: Summary, verb: str, *, by: User, why: str, changes: dict[str, Any]) -> Summary:
    provider_id = row.provider_id
    with acting(by=by, name=f"plans.{verb}", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_correction(row, why, UnableToSumUpError)
        fixed = successor(row, why=why, **changes)
        act.store([fixed])
        act.about(row.referral.person_id)
    return fixed


def _columns(draft: SummaryDraft) -> dict[str, Any]:
    """Give the columns of a draft, refused where something is wanting."""
    if not draft.goals:
        raise UnableToSumUpError(_("Hinnangus on vaja eesmärkide täitmist. Midagi ei salvestatud."))
    for one in draft.goals:
        if not one.goal.strip() or not one.why.strip():
            raise UnableToSumUpError(
                _(
                    "Eesmärgi „{goal}“ juurde on vaja kirjutada, miks see täitus või jäi "
                    "täitmata. Midagi ei salvestatud."
                ).format(goal=one.goal)
            )
    for text, what in (
        (draft.done, _("tehtud tegevused")),
        (draft.need, _("toetusvajadus lõpus")),
        (draft.recommendation, _("soovitus")),
    ):
        if not text.strip():
            raise UnableToSumUpError(
                _("Hinnangus on tühi: {what}. Midagi ei salvestatud.").format(what=what)
            )
    goals = [{"goal": one.goal, "outcome": str(one.outcome), "why": one.why} for one in draft.goals]
    return {
        "goals": goals,
        "done": draft.done,
        "need": draft.need,
        "own_view": draft.own_view,
        "recommendation": draft.recommendation,
    }
