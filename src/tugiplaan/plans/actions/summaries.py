"""Writing the summary assessment before the end, approving it, and that it was sent."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import require_person
from tugiplaan.plans.endings import last_agreed
from tugiplaan.plans.models import Advice, Outcome, Plan, Summary
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
_FIRST, _LAST = 1, 7


class UnableToSumUpError(RefusedError):
    """The summary assessment cannot be as given."""


@dataclass(frozen=True, slots=True)
class GoalOutcome:
    """Whether a goal was met, and why or why not.

    Attributes:
        outcome: None where nobody said; that is refused.
        why: Not empty unless the goal was met.
        domain: The life domain, 1–7; None: the goal stands in no plan.
        minutes: The hours that were recorded for it; None: not known.
    """

    goal: str
    outcome: Outcome | None
    why: str
    domain: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class DomainNeed:
    """The support need at the end in one life domain.

    Attributes:
        domain: 1–7.
    """

    domain: int
    text: str


@dataclass(frozen=True, slots=True)
class SummaryDraft:
    """What a summary assessment says.

    Attributes:
        done: The activities that were done.
        need: The support need at the end, altogether.
        own_view: What the person thinks.
        recommendation: Whether the service should go on, change or end, and why.
        needs: The support need by life domain; domains without a text are left out.
        advice: The recommendation in one word; None: only in words.
        took_part: Who made it together with the person.
    """

    goals: Sequence[GoalOutcome]
    done: str
    need: str
    recommendation: str
    own_view: str = ""
    needs: Sequence[DomainNeed] = ()
    advice: Advice | None = None
    took_part: str = ""


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
    require_person(by, "plans.write", referral.person, on)
    plan = last_agreed(referral.provider_id, referral.pk, on)
    row = Summary(referral=referral, person=referral.person, plan=plan, **_columns(draft))
    return _write(row, by, on)


def write_plan_summary(*, plan: Plan, draft: SummaryDraft, by: User, on: date) -> Summary:
    """Write the summary assessment of a plan of component services, which have no referral.

    Args:
        plan: The version that is summed up.
        draft: What it says.
        by: Who writes it.
        on: Today.

    Returns:
        As `write_summary`; each version has at most one.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToSumUpError: As `write_summary`; or the plan is of a referral.

    Law: no law; the description of the component "planning of the service", point 4.
    """
    require_person(by, "plans.write", plan.person, on)
    if plan.referral_id is not None:
        raise UnableToSumUpError(
            _("See plaan on suunamise kohta: kirjuta suunamise hinnang. Midagi ei salvestatud.")
        )
    return _write(Summary(person=plan.person, plan=plan, **_columns(draft)), by, on)


def _write(row: Summary, by: User, on: date) -> Summary:
    row.provider_id, row.written_on, row.written_by = row.person.provider_id, on, by
    with acting(by=by, name="plans.write_summary", provider_id=row.provider_id) as act:
        hold_provider(row.provider_id)
        end = end_of(Summary.objects.filter(**_whose(row)))
        if end is not None and not end.is_cancellation:
            raise UnableToSumUpError(
                _("Kokkuvõttev hinnang on juba kirjas: paranda seda. Midagi ei salvestatud.")
            )
        act.store([begin_or_follow(row, end, "")])
        act.about(row.person_id)
    return row


def _whose(row: Summary) -> dict[str, Any]:
    """Give what tells the summaries of the same referral, or else of the same plan."""
    if row.referral_id is not None:
        return {"referral_id": row.referral_id}
    return {"referral__isnull": True, "plan_id": row.plan_id}


def approve_summary(*, row: Summary, by: User, on: date) -> Summary:
    """Approve a summary assessment: now it counts, and the last invoice need not wait.

    Who wrote it may approve it; the row then names the same user twice, and pages say so.

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
    require_person(by, "plans.approve", row.person, on)
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
    require_person(by, "plans.write", row.person, on)
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


def withdraw_summary_sent(*, row: Summary, why: str, by: User, on: date) -> Summary:
    """Record that a summary assessment did not go to the authority after all.

    Args:
        row: The summary that holds and was recorded as sent.
        why: The reason; not empty.
        by: Who says so.
        on: Today.

    Returns:
        The row that takes its place, still approved: it is due again.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToSumUpError: No reason, it was not recorded as sent, or it no longer holds.
    """
    require_person(by, "plans.write", row.person, on)
    if row.sent_on is None:
        raise UnableToSumUpError(
            _("Hinnangu saatmine ei ole kirjas, tühistada ei ole midagi. Midagi ei muudetud.")
        )
    return _follow(row, "withdraw_summary_sent", by=by, why=why, changes={"sent_on": None})


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
    require_person(by, "plans.write", row.person, on)
    changes = {
        **_columns(draft),
        "written_on": on,
        "written_by_id": by.pk,
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
        act.about(row.person_id)
    return fixed


def _columns(draft: SummaryDraft) -> dict[str, Any]:
    """Give the columns of a draft, refused where something is wanting."""
    if not draft.goals:
        raise UnableToSumUpError(_("Hinnangus on vaja eesmärkide täitmist. Midagi ei salvestatud."))
    for one in draft.goals:
        _check_goal(one)
    for text, what in (
        (draft.done, _("tehtud tegevused")),
        (draft.need, _("toetusvajadus lõpus")),
        (draft.recommendation, _("soovitus")),
    ):
        if not text.strip():
            raise UnableToSumUpError(
                _("Hinnangus on tühi: {what}. Midagi ei salvestatud.").format(what=what)
            )
    if any(not _FIRST <= one.domain <= _LAST for one in draft.needs):
        raise UnableToSumUpError(_("Eluvaldkonna number on 1 kuni 7. Midagi ei salvestatud."))
    return {
        "goals": [asdict(one) | {"outcome": str(one.outcome)} for one in draft.goals],
        "done": draft.done,
        "need": draft.need,
        "needs": [asdict(one) for one in draft.needs if one.text.strip()],
        "own_view": draft.own_view,
        "advice": draft.advice or "",
        "recommendation": draft.recommendation,
        "took_part": draft.took_part,
    }


def _check_goal(one: GoalOutcome) -> None:
    if not one.goal.strip():
        raise UnableToSumUpError(_("Eesmärk on nimetamata: kirjuta see. Midagi ei salvestatud."))
    if one.outcome is None:
        raise UnableToSumUpError(
            _(
                "Eesmärgi „{goal}“ juures on valimata, kas see on täidetud, osaliselt täidetud "
                "või täitmata. Midagi ei salvestatud."
            ).format(goal=one.goal)
        )
    if one.outcome is not Outcome.MET and not one.why.strip():
        raise UnableToSumUpError(
            _(
                "Eesmärgi „{goal}“ juurde on vaja kirjutada, miks see jäi täitmata või täitus "
                "osaliselt. Midagi ei salvestatud."
            ).format(goal=one.goal)
        )
