"""Offers of places: what was answered, and until when an answer is awaited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.accounts.access import User, scope_of
from tugiplaan.referrals.models import OfferAnswer, PlaceOffer
from tugiplaan.rules.deadlines import Deadline, place_offer
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.tables import Law

_PERMISSION = "referrals.write"


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer of a place with what came of it.

    Attributes:
        offer: The row, with its person and place.
        answer: What was answered; None: nothing yet.
        due: Until when an answer is awaited; None where no term was in force.
    """

    offer: PlaceOffer
    answer: OfferAnswer | None
    due: Deadline | None

    @property
    def is_open(self) -> bool:
        return self.answer is None


def answer_due(offer: PlaceOffer, law: Law) -> Deadline | None:
    """Say until when an offer is to be answered.

    Args:
        offer: The offer.
        law: The dated law.

    Returns:
        Ten working days after the offer; None where the term was not in force on its day.

    Law: SHS § 71(5), from 01.01.2026.
    """
    try:
        return place_offer(offer.offered_on, law)
    except NotInForceError:
        return None


def offers_under(
    provider_id: UUID,
    law: Law,
    *,
    referrals: Iterable[UUID] = (),
    waitings: Iterable[UUID] = (),
) -> list[Offered]:
    """Give the offers that hold, of some decisions and turns of the waiting list.

    Args:
        provider_id: At which provider.
        law: The dated law.
        referrals: Ids of decisions.
        waitings: Ids of turns.

    Returns:
        By day. Two queries.
    """
    theirs = Q(referral_id__in=list(referrals)) | Q(waiting_id__in=list(waitings))
    return _answered(PlaceOffer.objects.filter(theirs, provider_id=provider_id), law)


def open_offers(
    provider_id: UUID, law: Law, persons: Iterable[UUID] | None = None
) -> list[Offered]:
    """Give the offers that nobody has answered, which is what is due of them.

    Args:
        provider_id: At which provider.
        law: The dated law.
        persons: Only to these persons, under whichever entry; None: to all.

    Returns:
        By day of the offer, then by name. Two queries.
    """
    answered = OfferAnswer.objects.filter(provider_id=provider_id).current()
    rows = PlaceOffer.objects.filter(provider_id=provider_id)
    rows = rows.exclude(pk__in=answered.values("offer_id"))
    if persons is not None:
        chosen = list(persons)
        rows = rows.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    return [
        Offered(one, None, answer_due(one, law))
        for one in _named(rows).order_by("offered_on", "person__sort_name", "id")
    ]


def offer_with_id(provider_id: UUID, offer_id: UUID, user: User, day: date) -> PlaceOffer:
    """Give an offer that holds to who may change it.

    Raises:
        PlaceOffer.DoesNotExist: There is none here, or not within reach.
    """
    return _named(_here(user, day, provider_id)).get(pk=offer_id)


def answer_with_id(provider_id: UUID, answer_id: UUID, user: User, day: date) -> OfferAnswer:
    """Give an answer that holds to who may change it.

    Raises:
        OfferAnswer.DoesNotExist: There is none here, or not within reach.
    """
    mine = _here(user, day, provider_id).values("pk")
    rows = OfferAnswer.objects.current().select_related("offer__person", "offer__place")
    return rows.get(pk=answer_id, offer__in=mine)


def _here(user: User, day: date, provider_id: UUID) -> QuerySet[PlaceOffer]:
    """Give the offers of a provider that a user may change."""
    scope = scope_of(user, _PERMISSION, day)
    rows = PlaceOffer.objects.filter(provider_id=provider_id).current()
    if scope.everywhere or provider_id in scope.providers:
        return rows
    return rows.filter(Q(person_id__in=scope.persons) | Q(place_id__in=scope.places))


def _named(rows: QuerySet[PlaceOffer]) -> QuerySet[PlaceOffer]:
    taken = PlaceOffer.objects.filter(corrects__isnull=False).values("corrects")
    held = rows.filter(is_cancellation=False).exclude(pk__in=taken)
    return held.select_related("person", "place", "referral", "waiting")


def _answered(rows: QuerySet[PlaceOffer], law: Law) -> list[Offered]:
    found = list(_named(rows).order_by("offered_on", "id"))
    answers = OfferAnswer.objects.filter(offer_id__in=[one.pk for one in found]).current()
    by_offer = {one.offer_id: one for one in answers}
    return [Offered(one, by_offer.get(one.pk), answer_due(one, law)) for one in found]
