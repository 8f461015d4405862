"""Bringing instruments, assessing people with them, correcting answers."""

from tugiplaan.assessments.actions.assessing import (
    Given,
    NewAssessment,
    UnableToAssessError,
    add_answers,
    cancel_answer,
    correct_answer,
    start_assessment,
)
from tugiplaan.assessments.actions.bringing import (
    UnableToBringInstrumentError,
    bring_instrument,
    ensure_builtin,
)
from tugiplaan.assessments.actions.drafting import (
    discard_draft,
    finish_draft,
    save_answers,
    start_draft,
)

__all__ = [
    "Given",
    "NewAssessment",
    "UnableToAssessError",
    "UnableToBringInstrumentError",
    "add_answers",
    "bring_instrument",
    "cancel_answer",
    "correct_answer",
    "discard_draft",
    "ensure_builtin",
    "finish_draft",
    "save_answers",
    "start_assessment",
    "start_draft",
]
