"""Who waits for a place, in which order, and what led to the order."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from tugiplaan.accounts.access import User, scope_of
from tugiplaan.people.queries import standing_for
from tugiplaan.referrals.models import Answer, OfferAnswer, Waiting, WaitingEvent, WaitingKind
from tugiplaan.referrals.queries.offers import Offered, offers_under
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service

_ENDS = (WaitingKind.REMOVED, WaitingKind.PLACED)
_ANSWERS_THAT_END = (Answer.ACCEPTED, Answer.REFUSED)
_LAST = 1_000


@dataclass(frozen=True, slots=True)
class Waiter:
    """A person on the waiting list with all that happened.

    Attributes:
        waiting: The row from which the turn counts, with its person.
        person_id: The entry that stands for the person.
        events: What happened, by day; those that hold.
        offers: The offers made, by day.
        place_in_line: 1 for the first of the service and county; 0 where the waiting is over.
    """

    waiting: Waiting
    person_id: UUID
    events: tuple[WaitingEvent, ...]
    offers: tuple[Offered, ...]
    place_in_line: int = 0

    @property
    def group_event(self) -> WaitingEvent | None:
        """The latest row that says to which priority group the person belongs."""
        rows = [row for row in self.events if row.kind == WaitingKind.GROUP]
        return rows[-1] if rows else None

    @property
    def group(self) -> int | None:
        return self.group_event.group if self.group_event else None

    @property
    def open_offer(self) -> Offered | None:
        return next((one for one in self.offers if one.is_open), None)

    @property
    def is_over(self) -> bool:
        """Whether the person does not wait any more: placed, removed, or answered so."""
        ended = any(row.kind in _ENDS for row in self.events)
        return ended or any(
            one.answer and one.answer.answer in _ANSWERS_THAT_END for one in self.offers
        )


def waiting_list(provider_id: UUID, law: Law) -> list[Waiter]:
    """Give who waits, by service and county, each list in its order.

    The order: those in a priority group first, by its number; then by the day of the decision;
    on the same day by name.

    Args:
        provider_id: At which provider.
        law: The dated law.

    Returns:
        Only who still waits, with the place in line. At most five queries.

    Law: SHS § 76(1); R70 § 3.
    """
    found = [one for one in _read(Waiting.objects.filter(provider_id=provider_id), law)
             if not one.is_over]  # fmt: skip
    rank = {service: number for number, service in enumerate(Service)}
    found.sort(
        key=lambda one: (
            rank[Service(one.waiting.service)],
            one.waiting.county.casefold(),
            one.group or _LAST,
            one.waiting.since,
            bytes(one.waiting.person.sort_name),
            one.waiting.pk,
        )
    )
    return _counted(found)


def waiter_with_id(provider_id: UUID, waiting_id: UUID, user: User, day: date, law: Law) -> Waiter:
    """Give one turn with all that happened, also one that is over.

    Args:
        provider_id: At which provider.
        waiting_id: Which.
        user: Who asks; must reach the whole provider or the person.
        day: Today.
        law: The dated law.

    Raises:
        Waiting.DoesNotExist: There is none here, or not within reach.
    """
    rows = Waiting.objects.filter(provider_id=provider_id, pk=waiting_id)
    found = _read(_reached(rows, provider_id, user, day), law)
    if not found:
        raise Waiting.DoesNotExist
    return found[0]


def waiting_event_with_id(provider_id: UUID, row_id: UUID, user: User, day: date) -> WaitingEvent:
    """Give an event that holds to who may change it.

    Raises:
        WaitingEvent.DoesNotExist: There is none here, or not within reach.
    """
    mine = _reached(Waiting.objects.filter(provider_id=provider_id), provider_id, user, day)
    rows = WaitingEvent.objects.current().select_related("waiting__person")
    return rows.get(pk=row_id, waiting__in=mine.values("pk"))


def is_waiting(waiting: Waiting) -> bool:
    """Say whether a person still waits under a turn. Two queries."""
    if WaitingEvent.objects.filter(waiting=waiting, kind__in=_ENDS).current().exists():
        return False
    answers = OfferAnswer.objects.filter(offer__waiting=waiting, answer__in=_ANSWERS_THAT_END)
    return not answers.current().exists()


def _reached(
    rows: QuerySet[Waiting], provider_id: UUID, user: User, day: date
) -> QuerySet[Waiting]:
    scope = scope_of(user, "referrals.write", day)
    if scope.everywhere or provider_id in scope.providers:
        return rows
    return rows.filter(person_id__in=scope.persons)


def _read(rows: QuerySet[Waiting], law: Law) -> list[Waiter]:
    chosen = list(rows.select_related("person").order_by("since", "id"))
    if not chosen:
        return []
    provider_id = chosen[0].provider_id
    ids = [one.pk for one in chosen]
    standing = standing_for(provider_id)
    events: dict[UUID, list[WaitingEvent]] = {}
    held = WaitingEvent.objects.filter(waiting_id__in=ids).current()
    for row in held.order_by("day", "id"):
        events.setdefault(row.waiting_id, []).append(row)
    offers: dict[UUID, list[Offered]] = {}
    for offered in offers_under(provider_id, law, waitings=ids):
        if offered.offer.waiting_id:
            offers.setdefault(offered.offer.waiting_id, []).append(offered)
    return [
        Waiter(
            one,
            standing.get(one.person_id, one.person_id),
            tuple(events.get(one.pk, ())),
            tuple(offers.get(one.pk, ())),
        )
        for one in chosen
    ]


def _counted(waiters: list[Waiter]) -> list[Waiter]:
    """Number each list from its beginning."""
    counts: dict[tuple[str, str], int] = {}
    found = []
    for one in waiters:
        key = (one.waiting.service, one.waiting.county.casefold())
        counts[key] = counts.get(key, 0) + 1
        found.append(Waiter(one.waiting, one.person_id, one.events, one.offers, counts[key]))
    return found
