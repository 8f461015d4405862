"""What is due for persons beside their stays: tasks given, isolations, consents."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from tugiplaan.deadlines.tasks import Action, Look, Task, TaskKind
from tugiplaan.delivery.queries.assignments import tasks_due
from tugiplaan.delivery.queries.care import isolations_since, review_of
from tugiplaan.people.queries import consents_ending
from tugiplaan.rules.isolation import IsolationIssue

_PAPERS = (
    IsolationIssue.NOBODY_CALLED,
    IsolationIssue.NO_DECISION,
    IsolationIssue.REPRESENTATIVE_NOT_TOLD,
    IsolationIssue.PROTOCOL_INCOMPLETE,
    IsolationIssue.NOT_EXPLAINED,
)
"""What can still be written down or done afterwards; the rest is what happened."""


def isolation_tasks(
    provider_id: UUID, persons: frozenset[UUID] | None, look: Look
) -> Iterator[Task]:
    """Give the isolations that go on, and those whose papers are not whole.

    Args:
        provider_id: At which provider.
        persons: Only of these persons; None: of all.
        look: From which day. The law names no last day: papers are due when it ends.

    Raises:
        NotInForceError: A term was not in force on the day of a start.

    Law: rule R-21; SHS § 107.
    """
    for row in isolations_since(provider_id, look.since, persons):
        person = row.person
        name, person_id = f"{person.first_name} {person.last_name}", person.merged_into_id
        began = ("started_on", localdate(row.started_at))
        if row.ended_at is None:
            yield Task(
                TaskKind.ISOLATION_GOES_ON, look.day, "SHS § 107(6)", Action.END_ISOLATION,
                row.pk, person_id or person.pk, name, (began,),
            )  # fmt: skip
            continue
        found = review_of(row, row.ended_at, look.law)
        steps = tuple(step for issue, step in found.issues if issue in _PAPERS)
        if steps:
            ended: date = localdate(row.ended_at)
            yield Task(
                TaskKind.ISOLATION_PAPERS, ended, "SHS § 107(7)–(9)", Action.COMPLETE_ISOLATION,
                row.pk, person_id or person.pk, name, (began, ("count", len(steps))), steps,
            )  # fmt: skip


def consent_tasks(provider_id: UUID, persons: frozenset[UUID] | None, look: Look) -> Iterator[Task]:
    """Give the consents that end, or ended not long ago, and that nobody has renewed.

    Args:
        provider_id: At which provider.
        persons: Only of these persons; None: of all.
        look: From which day, and how far.
    """
    for row in consents_ending(provider_id, look.papers_until, persons):
        if row.valid_to is None or not look.is_recent(row.valid_to):
            continue
        person = row.person
        yield Task(
            TaskKind.CONSENT_END, row.valid_to, "", Action.RENEW_CONSENT, row.pk,
            person.merged_into_id or person.pk, f"{person.first_name} {person.last_name}",
            (("purpose", row.purpose), ("valid_to", row.valid_to)),
        )  # fmt: skip


def assignment_tasks(
    provider_id: UUID, persons: frozenset[UUID] | None, look: Look
) -> Iterator[Task]:
    """Give the tasks that somebody was given for persons and that are open. One query.

    Args:
        provider_id: At which provider.
        persons: Only for these persons; None: for all.
        look: From which day, and how far; a late one is shown until it is done or given up.
    """
    for row in tasks_due(provider_id, look.until, persons):
        person = row.person
        yield Task(
            TaskKind.ASSIGNMENT, row.due_on, "", Action.FINISH_TASK, row.pk,
            person.merged_into_id or person.pk, f"{person.first_name} {person.last_name}",
            (("text", row.text), ("owner", row.owner.name)),
        )  # fmt: skip
