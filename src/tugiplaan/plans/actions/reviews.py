"""Rating how a plan was carried out, each quarter and each year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import require_person
from tugiplaan.plans.models import Goal, Outcome, Plan, PlanState, Review, ReviewKind
from tugiplaan.plans.queries import state_of
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import check_correction, successor


class UnableToReviewError(RefusedError):
    """The review cannot be as given."""


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """A rating of the plan or of one goal, over days both included.

    Attributes:
        goal_id: The goal; None: the whole plan.
        outcome: How far it was met in that time; empty: not said.
    """

    kind: ReviewKind
    period_from: date
    period_to: date
    text: str
    goal_id: UUID | None = None
    outcome: Outcome | Literal[""] = ""


def review_plan(*, plan: Plan, draft: ReviewDraft, by: User, on: date) -> Review:
    """Rate how a plan was carried out in a quarter or a year.

    Args:
        plan: Which version.
        draft: The rating.
        by: Who rates.
        on: Today.

    Returns:
        The rating.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToReviewError: The plan is closed, the text is empty, the days cannot be, or the
            goal is of another plan.

    Law: SHS § 85(2) p 2, (3).
    """
    return review_goals(plan=plan, drafts=[draft], by=by, on=on)[0]


def review_goals(
    *, plan: Plan, drafts: Sequence[ReviewDraft], by: User, on: date
) -> tuple[Review, ...]:
    """Rate goals of a plan, or the plan and its goals, in one act: all of it or nothing.

    Args:
        plan: Which version.
        drafts: The ratings; at least one.
        by: Who rates.
        on: Today.

    Returns:
        The ratings, in their order.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToReviewError: There is none, the plan is closed, a text is empty, the days cannot
            be, or a goal is of another plan.

    Law: SHS § 85(2) p 2, (3).
    """
    provider_id = plan.provider_id
    require_person(by, "plans.write", plan.person, on)
    if not drafts:
        raise UnableToReviewError(_("Hinnang on tühi: kirjuta see. Midagi ei salvestatud."))
    for draft in drafts:
        _check(plan, draft, on)
    rows = tuple(_row(plan, draft, on) for draft in drafts)
    with acting(by=by, name="plans.review_plan", provider_id=provider_id) as act:
        hold_provider(provider_id)
        if state_of(plan, on) == PlanState.State.CLOSED:
            raise UnableToReviewError(
                _(
                    "Plaani {number}. versioon on lõpetatud, seda hinnata ei saa: hinda "
                    "kehtivat plaani. Midagi ei salvestatud."
                ).format(number=plan.number)
            )
        act.store(list(rows))
        act.about(plan.person_id)
    return rows


def _row(plan: Plan, draft: ReviewDraft, on: date) -> Review:
    return Review(
        provider_id=plan.provider_id,
        plan=plan,
        goal_id=draft.goal_id,
        kind=draft.kind,
        period_from=draft.period_from,
        period_to=draft.period_to,
        written_on=on,
        outcome=draft.outcome,
        text=draft.text,
    )


def correct_review(*, row: Review, draft: ReviewDraft, by: User, on: date, why: str) -> Review:
    """Put another rating in the place of one that holds.

    Args:
        row: The rating that holds.
        draft: How it should read.
        by: Who corrects it.
        on: Today.
        why: The reason; not empty.

    Returns:
        The new row. A closed plan's ratings may still be corrected.

    Raises:
        NotAllowedError: `by` may not, or not with this person.
        UnableToReviewError: No reason, the row no longer holds, or as `review_plan`.
    """
    provider_id = row.provider_id
    require_person(by, "plans.write", row.plan.person, on)
    _check(row.plan, draft, on)
    with acting(by=by, name="plans.correct_review", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_correction(row, why, UnableToReviewError)
        fixed = successor(
            row,
            why=why,
            goal_id=draft.goal_id,
            kind=draft.kind,
            period_from=draft.period_from,
            period_to=draft.period_to,
            written_on=on,
            outcome=draft.outcome,
            text=draft.text,
        )
        act.store([fixed])
        act.about(row.plan.person_id)
    return fixed


def _check(plan: Plan, draft: ReviewDraft, on: date) -> None:
    if not draft.text.strip():
        raise UnableToReviewError(_("Hinnang on tühi: kirjuta see. Midagi ei salvestatud."))
    if not draft.period_from <= draft.period_to <= on:
        raise UnableToReviewError(
            _(
                "Hinnatav aeg {first}–{last} peab algama enne lõppu ja olema möödas. "
                "Midagi ei salvestatud."
            ).format(first=show_day(draft.period_from), last=show_day(draft.period_to))
        )
    mine = Goal.objects.filter(plan=plan)
    if draft.goal_id is not None and not mine.filter(pk=draft.goal_id).exists():
        raise UnableToReviewError(_("Seda eesmärki selles plaanis ei ole. Midagi ei salvestatud."))
