"""Everything that is due for a user: the work list, and what quality knows beside it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import User
from tugiplaan.deadlines.queries import Action, Task, TaskKind, WorkList, work_list
from tugiplaan.deadlines.sight import Sight
from tugiplaan.deadlines.tasks import Look
from tugiplaan.quality.queries import improvements_due
from tugiplaan.rules.tables import Law


def all_work(*, user: User, provider_id: UUID, day: date, law: Law) -> WorkList:
    """Give everything that is due at a provider, as far as a user may see it.

    The page, the calendar and the reminders ask here, so that none of them knows more or less.

    Args:
        user: Who asks.
        provider_id: At which provider.
        day: Today.
        law: The dated law.

    Returns:
        As `work_list`, with at most one query more.

    Raises:
        NotInForceError: A term was not in force.
    """
    beside = (_improvements,)
    return work_list(user=user, provider_id=provider_id, day=day, law=law, beside=beside)


def _improvements(provider_id: UUID, sight: Sight, look: Look) -> Iterator[Task]:
    """Give the improvements that go on, to who reads the quality of the whole house."""
    if not sight.whom("quality.read").includes(None):
        return
    for row in improvements_due(provider_id, look.until):
        yield Task(
            TaskKind.IMPROVEMENT, row.due_on, "", Action.END_IMPROVEMENT, row.pk, None, row.owner,
            (("what", str(row)),),
        )  # fmt: skip
