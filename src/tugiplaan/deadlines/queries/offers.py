"""What is due before somebody comes: an answer to the offer of a place, a start to agree on."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from tugiplaan.deadlines.sight import Whom
from tugiplaan.deadlines.tasks import Action, Look, Subject, Task, TaskKind, task_of
from tugiplaan.referrals.queries import Watched, open_offers


def offer_tasks(
    provider_id: UUID, known: Iterable[Watched], whom: Whom, look: Look
) -> Iterator[Task]:
    """Give the offers that wait for an answer, and the decisions without an agreed start.

    Args:
        provider_id: At which provider.
        known: The referrals to look at.
        whom: To whom one may offer places.
        look: From which day, and how far. An offer from before the term came into force has no
            last day, so it is no work.

    Returns:
        The law gives no day for agreeing on a start; it is due when the decision begins to hold.
        Who has come has answered. One query.

    Law: SHS § 71(5).
    """
    mine = [one for one in known if whom.includes(one.person_id)]
    begun = {one.referral.pk for one in mine if one.facts.arrived_on or one.facts.ended_on}
    offered: set[UUID | None] = set()
    for found in open_offers(provider_id, look.law, whom.persons):
        offer, person = found.offer, found.offer.person
        offered.add(offer.referral_id)
        if found.due is None or offer.referral_id in begun or not look.is_open(found.due.due_on):
            continue
        name = f"{person.first_name} {person.last_name}"
        subject = Subject(offer.pk, name, person.merged_into_id or person.pk)
        shown = (("place", offer.place.name), ("service", offer.service))
        yield task_of(found.due, Action.ANSWER_OFFER, subject, *shown)
    for one in mine:
        if one.referral.pk not in begun | offered:
            yield from _start(one, look)


def _start(one: Watched, look: Look) -> Iterator[Task]:
    stay = one.facts
    if stay.agreed_start is not None or stay.valid_to < look.day:
        return
    if look.is_open(stay.valid_from):
        yield Task(
            TaskKind.START_OPEN, stay.valid_from, "", Action.AGREE_START, one.referral.pk,
            one.person_id, one.person_name,
            (("valid_from", stay.valid_from), ("service", str(stay.service))),
        )  # fmt: skip
