"""Tasks that come of a plan: given to somebody by a day, done, handed on or given up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.delivery.models import Assignment, AssignmentEnd
from tugiplaan.delivery.queries.assignments import owners_for
from tugiplaan.delivery.queries.network import is_goal_of
from tugiplaan.people.queries import Person, require_person
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import check_correction, successor

Outcome = AssignmentEnd.Outcome


class UnableToAssignError(RefusedError):
    """The task cannot be as given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task.

    Attributes:
        text: What is to be done; not empty.
        owner_id: The user who is to do it.
        due_on: By which day.
        goal_id: The goal that it serves.
    """

    text: str
    owner_id: UUID
    due_on: date
    goal_id: UUID | None = None


def give_task(*, person: Person, draft: TaskDraft, by: User, on: date) -> Assignment:
    """Give somebody a task for a person.

    Args:
        person: For whom.
        draft: What, who and by when.
        by: Who gives it; may be its owner.
        on: Today.

    Raises:
        NotAllowedError: `by` may not plan with this person.
        UnableToAssignError: The text is empty, the day is past, the owner does not work with the
            person, or the goal is of another plan.
    """
    require_person(by, "plans.write", person, on)
    _check(person, draft, on)
    row = Assignment(
        provider_id=person.provider_id,
        person=person,
        text=draft.text.strip(),
        owner_id=draft.owner_id,
        due_on=draft.due_on,
        given_on=on,
        goal_id=draft.goal_id,
    )
    with acting(by=by, name="delivery.give_task", provider_id=person.provider_id) as act:
        act.store([row])
        act.about(person.pk)
    return row


def change_task(*, row: Assignment, draft: TaskDraft, by: User, on: date, why: str) -> Assignment:
    """Hand a task on, move its day or say it otherwise; the first stays to be seen.

    Args:
        row: The task that holds and is open.
        draft: How it should read.
        by: Who changes it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not plan with this person.
        UnableToAssignError: As `give_task`; no reason, or the task is over or no longer holds.
    """
    require_person(by, "plans.write", row.person, on)
    _check(row.person, draft, on)
    with acting(by=by, name="delivery.change_task", provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToAssignError)
        _check_open(row)
        fixed = successor(
            row,
            why=why,
            text=draft.text.strip(),
            owner_id=draft.owner_id,
            due_on=draft.due_on,
            goal_id=draft.goal_id,
        )
        act.store([fixed])
        act.about(row.person_id)
    return fixed


def finish_task(*, row: Assignment, note: str = "", by: User, on: date) -> AssignmentEnd:
    """Record that a task is done.

    Args:
        row: The task that holds and is open.
        note: What came of it; may be empty.
        by: Who says so.
        on: Today.

    Raises:
        NotAllowedError: `by` may not plan with this person.
        UnableToAssignError: The task is over or was changed.
    """
    return _end(row, AssignmentEnd(outcome=Outcome.DONE, note=note.strip()), by, on)


def give_up_task(*, row: Assignment, why: str, by: User, on: date) -> AssignmentEnd:
    """Record that a task will not be done, and why; as `finish_task`.

    Args:
        row: The task that holds and is open.
        why: The reason; not empty.
        by: Who says so.
        on: Today.

    Raises:
        NotAllowedError: As `finish_task`.
        UnableToAssignError: As `finish_task`; or no reason is given.
    """
    if not why.strip():
        raise UnableToAssignError(_("Kirjuta, miks ülesandest loobuti. Midagi ei muudetud."))
    return _end(row, AssignmentEnd(outcome=Outcome.GIVEN_UP, note=why.strip()), by, on)


def _end(row: Assignment, end: AssignmentEnd, by: User, on: date) -> AssignmentEnd:
    require_person(by, "plans.write", row.person, on)
    verb = "finish_task" if end.outcome == Outcome.DONE else "give_up_task"
    with acting(by=by, name=f"delivery.{verb}", provider_id=row.provider_id, why=end.note) as act:
        hold_provider(row.provider_id)
        _check_open(row)
        end.provider_id, end.assignment, end.day = row.provider_id, row, on
        act.store([end])
        act.about(row.person_id)
    return end


def _check_open(row: Assignment) -> None:
    if AssignmentEnd.objects.filter(assignment=row).exists():
        raise UnableToAssignError(_("Ülesanne on juba lõpetatud. Midagi ei muudetud."))
    if Assignment.objects.filter(corrects=row).exists():
        raise UnableToAssignError(
            _("Keegi muutis seda ülesannet vahepeal: ava see uuesti. Midagi ei muudetud.")
        )


def _check(person: Person, draft: TaskDraft, on: date) -> None:
    if not draft.text.strip():
        raise UnableToAssignError(_("Kirjuta, mida on vaja teha. Midagi ei salvestatud."))
    if draft.due_on < on:
        raise UnableToAssignError(
            _("Tähtaeg {day} on möödas: vali hilisem päev. Midagi ei salvestatud.").format(
                day=show_day(draft.due_on)
            )
        )
    if draft.owner_id not in {one.pk for one in owners_for(person, on)}:
        raise UnableToAssignError(
            _(
                "See kasutaja selle inimesega ei tööta: vali tegijaks keegi, kes töötab. Midagi "
                "ei salvestatud."
            )
        )
    if draft.goal_id is not None and not is_goal_of(person, draft.goal_id):
        raise UnableToAssignError(
            _("See eesmärk ei ole selle inimese plaanis. Midagi ei salvestatud.")
        )
