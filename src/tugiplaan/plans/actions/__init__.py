"""Making plans, agreeing on them, reviewing them, and summing up at the end."""

from tugiplaan.plans.actions.plans import (
    UnableToPlanError,
    agree_plan,
    close_plan,
    draft_plan,
    new_version,
    refuse_plan,
)
from tugiplaan.plans.actions.reviews import (
    ReviewDraft,
    UnableToReviewError,
    correct_review,
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
    write_plan_summary,
    write_summary,
)
from tugiplaan.plans.models import Advice, Outcome, Party, ReviewKind

# The closed lists are given on with the actions that take them.
__all__ = [
    "Advice",
    "DomainNeed",
    "GoalOutcome",
    "Outcome",
    "Party",
    "ReviewDraft",
    "ReviewKind",
    "SummaryDraft",
    "UnableToPlanError",
    "UnableToReviewError",
    "UnableToSumUpError",
    "agree_plan",
    "approve_summary",
    "close_plan",
    "correct_review",
    "correct_summary",
    "draft_plan",
    "new_version",
    "record_summary_sent",
    "refuse_plan",
    "review_plan",
    "write_plan_summary",
    "write_summary",
]
