"""Workers and places: staff norms, the capacity of a licence, the training of a worker."""

from tugiplaan.rules.staffing.capacity import Capacity, capacity
from tugiplaan.rules.staffing.norms import (
    Counted,
    Roster,
    Shift,
    StaffNeed,
    StaffNorm,
    norms,
    staff_needs,
)
from tugiplaan.rules.staffing.training import (
    Course,
    Qualification,
    Training,
    TrainingCaution,
    qualification,
    training_cautions,
)

__all__ = [
    "Capacity",
    "Counted",
    "Course",
    "Qualification",
    "Roster",
    "Shift",
    "StaffNeed",
    "StaffNorm",
    "Training",
    "TrainingCaution",
    "capacity",
    "norms",
    "qualification",
    "staff_needs",
    "training_cautions",
]
