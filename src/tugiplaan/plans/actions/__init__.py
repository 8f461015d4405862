"""Making plans, agreeing on them, reviewing them, and summing up at the end."""

from tugiplaan.plans.actions.answers import (
    Said,
    agree_plan,
    answer_own_plan,
    answer_plan,
    refuse_plan,
)
from tugiplaan.plans.actions.plans import (
    UnableToPlanError,
    close_plan,
    draft_plan,
    new_version,
)
from tugiplaan.plans.actions.reviews import (
    ReviewDraft,
    UnableToReviewError,
    correct_review,
    review_goals,
    review_plan,
)
from tugiplaan.plans.actions.summaries import (
    DomainNeed,
    GoalOutcome,
    SummaryDraft,
    UnableToSumUpError,
    approve_summary,
    correct_summary,
    record_summary_sent,
    withdraw_summary_sent,
    write_plan_summary,
    write_summary,
)
from tugiplaan.plans.models import Advice, Origin, Outcome, Party, ReviewKind

# The closed lists are given on with the actions that take them.
__all__ = [
    "Advice",
    "DomainNeed",
    "GoalOutcome",
    "Origin",
    "Outcome",
    "Party",
    "ReviewDraft",
    "ReviewKind",
    "Said",
    "SummaryDraft",
    "UnableToPlanError",
    "UnableToReviewError",
    "UnableToSumUpError",
    "agree_plan",
    "answer_own_plan",
    "answer_plan",
    "approve_summary",
    "close_plan",
    "correct_review",
    "correct_summary",
    "draft_plan",
    "new_version",
    "record_summary_sent",
    "refuse_plan",
    "review_goals",
    "review_plan",
    "withdraw_summary_sent",
    "write_plan_summary",
    "write_summary",
]
