"""Assessing quality, making it better, answering complaints."""

from tugiplaan.quality.actions.complaints import (
    Answered,
    NewComplaint,
    UnableToRecordComplaintError,
    answer_complaint,
    record_complaint,
    set_complaint_term,
)
from tugiplaan.quality.actions.improvements import (
    NewImprovement,
    UnableToImproveError,
    end_improvement,
    plan_improvement,
)
from tugiplaan.quality.actions.rounds import (
    Found,
    Member,
    NewRound,
    UnableToAssessQualityError,
    add_assessor,
    bring_criteria,
    close_round,
    record_scores,
    remove_assessor,
    start_round,
)

__all__ = [
    "Answered",
    "Found",
    "Member",
    "NewComplaint",
    "NewImprovement",
    "NewRound",
    "UnableToAssessQualityError",
    "UnableToImproveError",
    "UnableToRecordComplaintError",
    "add_assessor",
    "answer_complaint",
    "bring_criteria",
    "close_round",
    "end_improvement",
    "plan_improvement",
    "record_complaint",
    "record_scores",
    "remove_assessor",
    "set_complaint_term",
    "start_round",
]
