"""What is due for who comes and who moves on: the answer to an offer, handing over."""

from collections.abc import Iterator
from uuid import UUID

from tugiplaan.deadlines.tasks import Action, Look, Subject, Task, task_of
from tugiplaan.referrals.queries import PromiseKind, promises
from tugiplaan.rules.deadlines import handover, place_offer
from tugiplaan.rules.legal import NotInForceError


def promise_tasks(provider_id: UUID, persons: frozenset[UUID] | None, look: Look) -> Iterator[Task]:
    """Give the offers of places without an answer and the moves without a handing over.

    Args:
        provider_id: At which provider.
        persons: Only of these persons; None: of all.
        look: From which day, and how far.

    Returns:
        One query.

    Law: SHS §§ 71(5), 83(1) p 11².
    """
    for one in promises(provider_id, look.since, persons):
        subject = Subject(one.row_id, one.person_name, one.person_id)
        if one.kind is PromiseKind.TRANSFER:
            due, action, what = handover(one.day), Action.HAND_OVER, "to_provider"
        else:
            try:
                due = place_offer(one.day, look.law)
            except NotInForceError:
                continue  # No term was in force when it was offered.
            action, what = Action.RECORD_ANSWER, "place"
        if due.due_on <= look.until:
            yield task_of(due, action, subject, (what, one.what))
