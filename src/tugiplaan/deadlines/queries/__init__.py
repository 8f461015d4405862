"""Reading what is due, where there is room, and what does not hang together."""

from tugiplaan.deadlines.queries.hints import Hint, HintCode, hints
from tugiplaan.deadlines.queries.places import FreePlaces, free_places
from tugiplaan.deadlines.queries.work import due_of_person, work_list
from tugiplaan.deadlines.tasks import Action, Task, TaskKind, Urgency, WorkList

__all__ = [
    "Action",
    "FreePlaces",
    "Hint",
    "HintCode",
    "Task",
    "TaskKind",
    "Urgency",
    "WorkList",
    "due_of_person",
    "free_places",
    "hints",
    "work_list",
]
