"""The work list of a user, and what is due for one person."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from tugiplaan.accounts.access import User
from tugiplaan.deadlines.queries.handovers import handover_tasks
from tugiplaan.deadlines.queries.house import house_tasks, month_tasks
from tugiplaan.deadlines.queries.money import money_tasks
from tugiplaan.deadlines.queries.non_use import non_use_tasks
from tugiplaan.deadlines.queries.offers import offer_tasks
from tugiplaan.deadlines.queries.persons import (
    assignment_tasks,
    consent_tasks,
    isolation_tasks,
)
from tugiplaan.deadlines.queries.plans import plan_tasks, summary_tasks
from tugiplaan.deadlines.queries.stays import stay_tasks
from tugiplaan.deadlines.sight import Sight, sight_of, sight_of_persons
from tugiplaan.deadlines.tasks import Look, Task, WorkList, in_order, urgency_of
from tugiplaan.documents.queries import papers_settled
from tugiplaan.plans.histories import Histories, histories
from tugiplaan.referrals.queries import Watched, watched
from tugiplaan.rules.tables import Law

type Source = Callable[[UUID, Sight, Look], Iterable[Task]]
"""Work that a room beside this one knows of: at a provider, as far as one sees, from a day."""


def work_list(
    *, user: User, provider_id: UUID, day: date, law: Law, beside: Iterable[Source] = ()
) -> WorkList:
    """Give everything that is due at a provider, as far as a user may see it.

    Args:
        user: Who asks. Each task is shown to who may read what it rests on: the persons of
            their caseload, of their places, or all; tasks of the house to who reads the house.
        provider_id: At which provider.
        day: Today. How far one looks ahead and back are habits of the house, kept as terms.
        law: The dated law.
        beside: Further work, of rooms that this one does not know; in the same order.

    Returns:
        Tasks by due day, the overdue first. The number of queries is the same however many
        persons there are, at most 14; one more where entries of a debtor were merged.

    Raises:
        NotInForceError: A term was not in force.

    Law: SHS §§ 71, 78, 80, 83, 85, 86, 107, 144, 151; rules R-11 … R-15.
    """
    sight, look = sight_of(user, provider_id, day), Look.on(day, law)
    further = (task for source in beside for task in source(provider_id, sight, look))
    return _listed(sight, look, [*_found(provider_id, sight, look), *further])


def due_of_person(
    *, provider_id: UUID, person_ids: Iterable[UUID], day: date, law: Law
) -> tuple[Task, ...]:
    """Give what is due for one person, for a page that has asked whether they may be seen.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        day: Today.
        law: The dated law.

    Returns:
        Tasks by due day; `may_act` is False, as nobody in particular asks. At most 14 queries.

    Raises:
        NotInForceError: A term was not in force.
    """
    sight, look = sight_of_persons(person_ids), Look.on(day, law)
    return _listed(sight, look, _found(provider_id, sight, look)).tasks


def _listed(sight: Sight, look: Look, found: Iterable[Task]) -> WorkList:
    tasks = [
        replace(
            task,
            days_left=(task.due_on - look.day).days,
            urgency=urgency_of(task.due_on, look.day),
            may_act=sight.may_settle(task),
        )
        for task in found
    ]
    return WorkList(look.day, in_order(tasks))


def _found(provider_id: UUID, sight: Sight, look: Look) -> Iterator[Task]:
    reads_stays, reads_plans = sight.whom("referrals.read"), sight.whom("plans.read")
    known: list[Watched] = []
    if not reads_stays.is_nobody:
        known = watched(provider_id, look.since, reads_stays.persons)
        settled = papers_settled(provider_id, reads_stays.persons)
        yield from stay_tasks(known, settled, look)
        yield from non_use_tasks(provider_id, reads_stays.persons, settled, look)
        yield from handover_tasks(provider_id, reads_stays.persons, look)
    if not reads_plans.is_nobody:
        plans: Histories = histories(provider_id, look.day, reads_plans.persons)
        seen = [one for one in known if reads_plans.includes(one.person_id)]
        yield from plan_tasks(seen, plans, look)
        yield from summary_tasks(seen, plans, look)
    if not (whom := sight.whom("people.read")).is_nobody:
        yield from consent_tasks(provider_id, whom.persons, look)
    if not (whom := sight.whom("delivery.read")).is_nobody:
        yield from isolation_tasks(provider_id, whom.persons, look)
    if not (whom := sight.whom("billing.read")).is_nobody:
        yield from money_tasks(provider_id, whom, look)
        if whom.includes(None):
            yield from month_tasks(provider_id, look)
    if sight.whom("providers.read").includes(None):
        yield from house_tasks(provider_id, look)
    # What is not written for the person's own eyes is shown to who may do it.
    if not (whom := sight.whom("referrals.write")).is_nobody:
        yield from offer_tasks(provider_id, known, whom, look)
    if not (whom := sight.whom("plans.write")).is_nobody:
        yield from assignment_tasks(provider_id, whom.persons, look)
