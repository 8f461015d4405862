"""What is due for services that are not used: telling the authority."""

from collections.abc import Iterator
from uuid import UUID

from tugiplaan.billing.notices import non_use_found
from tugiplaan.deadlines.queries.stays import Settled
from tugiplaan.deadlines.tasks import Action, Look, Subject, Task, task_of
from tugiplaan.rules.deadlines import authority_notice


def non_use_tasks(
    provider_id: UUID, persons: frozenset[UUID] | None, settled: Settled, look: Look
) -> Iterator[Task]:
    """Give the notices of non-use that settlement found and nobody has sent. One query.

    Args:
        provider_id: At which provider.
        persons: Only of these persons; None: of all.
        settled: The notices that went out; one counts from the day of the event on.
        look: From which day, and how far.

    Raises:
        NotInForceError: The term was not in force.

    Law: rule R-12; SHS § 80(7) p 2, 2¹.
    """
    for one in non_use_found(provider_id, look.since, persons):
        notice = authority_notice(one.code, one.event_on, look.law)
        gone = settled.get((str(one.code), one.referral_id))
        if look.is_open(notice.due_on) and (gone is None or gone < one.event_on):
            subject = Subject(one.referral_id, one.person_name, one.person_id)
            yield task_of(notice, Action.SEND_NOTICE, subject)
