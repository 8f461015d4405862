"""What is due for who moves to another provider: that what is known of them is handed over."""

from collections.abc import Iterator
from uuid import UUID

from tugiplaan.deadlines.tasks import Action, Look, Subject, Task, task_of
from tugiplaan.referrals.queries import open_moves
from tugiplaan.rules.deadlines import handover


def handover_tasks(
    provider_id: UUID, persons: frozenset[UUID] | None, look: Look
) -> Iterator[Task]:
    """Give the changes of provider of which nothing was handed over.

    Args:
        provider_id: At which provider.
        persons: Only of these persons; None: of all.
        look: From which day, and how far.

    Returns:
        By the day of moving. One query.

    Law: SHS § 83(1) p 11².
    """
    for one in open_moves(provider_id, look.since, persons):
        person, due = one.referral.person, handover(one.moves_on)
        if due.due_on <= look.until:
            name = f"{person.first_name} {person.last_name}"
            subject = Subject(one.pk, name, person.merged_into_id or person.pk)
            yield task_of(due, Action.HAND_OVER, subject, ("to_provider", one.to_provider))
