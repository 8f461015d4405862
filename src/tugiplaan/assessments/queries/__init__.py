"""Reading instruments, assessments and their answers."""

from tugiplaan.assessments.models import (
    Answer,
    Assessment,
    AssessmentDraft,
    InstrumentVersion,
    View,
)
from tugiplaan.assessments.queries.comparing import (
    Comparison,
    Trend,
    Worsened,
    comparison_of,
    comparisons_of,
    trend_of,
    worsened,
)
from tugiplaan.assessments.queries.needs import DomainNeed, Needs, NeedSeen, needs_of
from tugiplaan.assessments.queries.rows import (
    answers_of,
    assessments_of,
    content_of,
    drafts_of,
    instruments_of,
    read_assessments_of,
    title_of,
)

# The rows are given on, so that rooms above need not reach for this app's tables.
__all__ = [
    "Answer",
    "Assessment",
    "AssessmentDraft",
    "Comparison",
    "DomainNeed",
    "InstrumentVersion",
    "NeedSeen",
    "Needs",
    "Trend",
    "View",
    "Worsened",
    "answers_of",
    "assessments_of",
    "comparison_of",
    "comparisons_of",
    "content_of",
    "drafts_of",
    "instruments_of",
    "needs_of",
    "read_assessments_of",
    "title_of",
    "trend_of",
    "worsened",
]
