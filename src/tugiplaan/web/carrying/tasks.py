"""Tasks: mine and everybody's, those of one person; given, changed, done, given up."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.deadlines.tasks import Urgency, urgency_of
from tugiplaan.delivery.actions.assignments import (
    change_task,
    finish_task,
    give_task,
    give_up_task,
)
from tugiplaan.delivery.queries.assignments import (
    Assignment,
    open_tasks,
    owners_for,
    tasks_of,
)
from tugiplaan.people.queries import Person, standing_for
from tugiplaan.web.carrying.base import OfferPage
from tugiplaan.web.carrying.forms import ChangeTaskForm, NoteForm, TaskForm, WhyOnlyForm
from tugiplaan.web.carrying.labels import Offer, goal_offers
from tugiplaan.web.desk import Desk
from tugiplaan.web.lists import paged
from tugiplaan.web.people.reach import PersonPage, entries_of, person_at, reached
from tugiplaan.web.shared import Page
from tugiplaan.web.telling import days_left

_LOOKS = {
    Urgency.OVERDUE: ("stop", "circle-alert"),
    Urgency.TODAY: ("look", "triangle-alert"),
    Urgency.THIS_WEEK: ("look", "clock"),
    Urgency.LATER: ("", "calendar"),
}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a line.

    Attributes:
        look: How its chip looks.
        when: How long there is.
        person_id: The entry that stands for the person.
    """

    row: Assignment
    look: str
    picture: str
    when: str
    person_id: UUID


def row_of(row: Assignment, desk: Desk) -> TaskRow:
    """Tell one task."""
    end = getattr(row, "end", None)
    person_id = row.person.merged_into_id or row.person_id
    if end is not None:
        look = ("good", "circle-check") if end.outcome == "done" else ("", "x")
        return TaskRow(row, *look, end.get_outcome_display(), person_id)
    look = _LOOKS[urgency_of(row.due_on, desk.day)]
    return TaskRow(row, *look, days_left(row.due_on, desk.day), person_id)


class Tasks(Page):
    """Open tasks: mine, or those of all people within reach."""

    permission = "plans.read"
    roles = frozenset({"activity_supervisor", "service_manager", "base_support", "director"})
    template = "web/carrying/tasks.html"
    parts = frozenset({"tasks"})

    def read(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        desk = self.desk
        everybody = self.request.GET.get("who") == "all"
        rows = open_tasks(
            desk.provider_id, _within_reach(desk), None if everybody else desk.user.pk
        )
        page = paged(self.request, rows)
        return {
            "section": "work",
            "page": page,
            "rows": [row_of(one, desk) for one in page],
            "everybody": everybody,
        }


def _within_reach(desk: Desk) -> Iterable[UUID]:
    """Give the entries of the persons with whose plans one may work. At most three queries."""
    mine = set(reached(desk, "plans.read").order_by().values_list("pk", flat=True))
    standing = standing_for(desk.provider_id)
    return mine | {entry for entry, kept in standing.items() if kept in mine}


class PersonTasks(PersonPage):
    """Tasks for one person: open ones first."""

    permission = "plans.read"
    template = "web/carrying/person_tasks.html"

    def tell(self, person: Person) -> dict[str, Any]:
        desk = self.desk
        page = paged(self.request, tasks_of(desk.provider_id, entries_of(person)))
        return {"tab": "carrying", "page": page, "rows": [row_of(one, desk) for one in page]}


class _TaskPage(OfferPage):
    permission = "plans.write"
    back = "person_tasks"

    def offers(self) -> dict[str, list[Offer]]:
        owners = owners_for(self.person, self.desk.day)
        return {
            "owner": [(str(one.pk), one.name) for one in owners],
            "goal": goal_offers(self.desk, self.person),
        }


class Give(_TaskPage):
    """A new task."""

    form_class = TaskForm
    title = gettext_lazy("Uus ülesanne")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"owner": self.desk.user.pk}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        give_task(person=self.person, draft=form.draft, by=self.desk.user, on=self.desk.day)
        return self.done(_("Ülesanne on antud."))


class _OneTask(_TaskPage):
    task: Assignment

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        person = person_at(self.desk, ids["person_id"], self.permission)
        rows = tasks_of(self.desk.provider_id, entries_of(person))
        self.task = rows.get(pk=ids["task_id"])
        return super().form(data, files, **ids)

    def read(self, **ids: Any) -> dict[str, Any]:
        shown = super().read(**ids)
        return shown | {"note": self.task.text}


class Change(_OneTask):
    """A task handed on, moved or said otherwise."""

    form_class = ChangeTaskForm
    title = gettext_lazy("Muuda ülesannet")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        row = self.task
        return {
            "text": row.text,
            "owner": row.owner_id,
            "due_on": row.due_on,
            "goal": row.goal_id,
        }

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        why = form.cleaned_data["why"]
        change_task(row=self.task, draft=form.draft, why=why, by=self.desk.user, on=self.desk.day)
        return self.done(_("Ülesanne on muudetud."))


class Finish(_OneTask):
    """A task that is done."""

    form_class = NoteForm
    title = gettext_lazy("Ülesanne on tehtud")

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        note = form.cleaned_data["note"]
        finish_task(row=self.task, note=note, by=self.desk.user, on=self.desk.day)
        return self.done(_("Ülesanne on tehtud."))


class GiveUp(_OneTask):
    """A task that will not be done, and why."""

    form_class = WhyOnlyForm
    title = gettext_lazy("Loobu ülesandest")

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        why = form.cleaned_data["why"]
        give_up_task(row=self.task, why=why, by=self.desk.user, on=self.desk.day)
        return self.done(_("Ülesandest on loobutud."))
