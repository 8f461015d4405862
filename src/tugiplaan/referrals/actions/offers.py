"""Offering places to persons, and recording what they answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import language, show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.books import hold_provider
from tugiplaan.providers.queries import places_of
from tugiplaan.referrals.cautions import Caution, CautionCode, Recorded, room_at
from tugiplaan.referrals.corrections import begin_or_follow, cancellation, check_correction, end_of
from tugiplaan.referrals.models import Answer, OfferAnswer, PlaceOffer, Referral, Waiting
from tugiplaan.referrals.queries import PlaceOn, answer_due, is_waiting, stay_of
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service, Variant


class UnableToOfferError(RefusedError):
    """The place cannot be offered as given."""


@dataclass(frozen=True, slots=True)
class Offering:
    """Which place is offered, and on which day."""

    place_id: UUID
    offered_on: date


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person answered.

    Attributes:
        reason: In their words; needed for a refusal.
    """

    answer: Answer
    answered_on: date
    reason: str = ""


def offer_place(
    *, to: Referral | Waiting, offering: Offering, by: User, on: date
) -> Recorded[PlaceOffer]:
    """Record that a place was offered to a person.

    Args:
        to: The decision under which it is offered, or for what the person waits.
        offering: The place and the day, not later than today.
        by: Who records it.
        on: Today.

    Returns:
        The offer, and what is unusual about it: no free place there on that day.

    Raises:
        NotAllowedError: `by` may not.
        UnableToOfferError: The day lies in the future or before the decision, the place is not
            here or has no licence for the service, an offer is open already, or the person has
            come, does not wait any more or the stay has ended.

    Law: SHS § 71(5), § 154.
    """
    provider_id = to.provider_id
    require(by, "referrals.write", provider_id, on)
    row = PlaceOffer(
        provider_id=provider_id,
        person_id=to.person_id,
        referral=to if isinstance(to, Referral) else None,
        waiting=to if isinstance(to, Waiting) else None,
        service=to.service,
        place_id=offering.place_id,
        offered_on=offering.offered_on,
    )
    _check_day(to, offering, on)
    with acting(by=by, name="referrals.offer_place", provider_id=provider_id) as act:
        hold_provider(provider_id)
        _check_open(to, offering)
        cautions = _check_place(to, offering)
        act.about(to.person_id)
        act.store([row])
    return Recorded(row, cautions)


def answer_offer(*, offer: PlaceOffer, reply: Reply, by: User, on: date) -> OfferAnswer:
    """Record what a person answered to the offer of a place.

    Args:
        offer: Which; it holds and nobody answered it yet.
        reply: The answer, its day and its reason.
        by: Who records it.
        on: Today.

    Returns:
        The answer. A refusal without a good reason ends the waiting (SHS § 76(5)).

    Raises:
        NotAllowedError: `by` may not.
        UnableToAnswerError: The day cannot be, a refusal has no reason, the time to answer is
            not over, or the offer is answered or withdrawn already.

    Law: SHS §§ 71(5), 76(5).
    """
    provider_id = offer.provider_id
    require(by, "referrals.write", provider_id, on)
    _check_reply(offer, reply, on)
    row = OfferAnswer(
        provider_id=provider_id,
        offer=offer,
        answer=reply.answer,
        answered_on=reply.answered_on,
        reason=reply.reason.strip(),
    )
    with acting(by=by, name="referrals.answer_offer", provider_id=provider_id) as act:
        hold_provider(provider_id)
        if not PlaceOffer.objects.current().filter(pk=offer.pk).exists():
            raise UnableToAnswerError(
                _("See pakkumine on tagasi võetud. Tee uus pakkumine. Midagi ei salvestatud.")
            )
        end = end_of(OfferAnswer.objects.filter(offer=offer))
        if end is not None and not end.is_cancellation:
            raise UnableToAnswerError(
                _(
                    "Sellele pakkumisele on juba vastatud ({day}). Kui vastus on vale, tühista "
                    "see enne. Midagi ei salvestatud."
                ).format(day=show_day(end.answered_on))
            )
        act.about(offer.person_id)
        act.store([begin_or_follow(row, end, "")])
    return row


class UnableToAnswerError(RefusedError):
    """The answer cannot be recorded as given."""


def cancel_offer(*, row: PlaceOffer, by: User, on: date, why: str) -> PlaceOffer:
    """Say that an offer was not made, or was taken back; an answered one is kept.

    Args:
        row: The offer.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not.
        UnableToOfferError: It was answered, there is no reason, or it no longer holds.
    """
    require(by, "referrals.write", row.provider_id, on)
    name = "referrals.cancel_offer"
    with acting(by=by, name=name, provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToOfferError)
        if OfferAnswer.objects.filter(offer=row).current().exists():
            raise UnableToOfferError(
                _("Pakkumisele on juba vastatud: tühista enne vastus. Midagi ei muudetud.")
            )
        act.about(row.person_id)
        gone = cancellation(row, why=why)
        act.store([gone])
    return gone


def cancel_answer(*, row: OfferAnswer, by: User, on: date, why: str) -> OfferAnswer:
    """Say that an answer was recorded wrongly; the offer is open again.

    Args:
        row: The answer.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAnswerError: There is no reason, or it no longer holds.
    """
    require(by, "referrals.write", row.provider_id, on)
    name = "referrals.cancel_answer"
    with acting(by=by, name=name, provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToAnswerError)
        act.about(row.offer.person_id)
        gone = cancellation(row, why=why)
        act.store([gone])
    return gone


def _check_day(to: Referral | Waiting, offering: Offering, on: date) -> None:
    decided = to.issued_on if isinstance(to, Referral) else to.since
    if offering.offered_on > on:
        raise UnableToOfferError(
            _("Pakkumise päev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(offering.offered_on)
            )
        )
    if offering.offered_on < decided:
        raise UnableToOfferError(
            _(
                "Pakkumise päev {day} on enne otsust ({decided}). Vaata päev üle. "
                "Midagi ei salvestatud."
            ).format(day=show_day(offering.offered_on), decided=show_day(decided))
        )


def _check_open(to: Referral | Waiting, offering: Offering) -> None:
    """Refuse where the person has a place, or thinks about one."""
    if isinstance(to, Referral):
        stay = stay_of(to)
        # What was offered before the person came may still be written down afterwards.
        if any(row and row.day <= offering.offered_on for row in (stay.arrived, stay.ended)):
            raise UnableToOfferError(
                _("Inimene on juba saabunud või teenus on lõppenud. Midagi ei salvestatud.")
            )
        made = PlaceOffer.objects.filter(referral=to)
    else:
        if not is_waiting(to):
            raise UnableToOfferError(
                _("See inimene enam ei oota: vaata tema lugu. Midagi ei salvestatud.")
            )
        made = PlaceOffer.objects.filter(waiting=to)
    answered = OfferAnswer.objects.current().values("offer_id")
    is_open = made.current().exclude(pk__in=answered).order_by("offered_on").first()
    if is_open:
        raise UnableToOfferError(
            _(
                "Inimesel on juba pakkumine {day}, millele ta pole vastanud. Pane enne vastus "
                "kirja või võta pakkumine tagasi. Midagi ei salvestatud."
            ).format(day=show_day(is_open.offered_on))
        )


def _check_place(to: Referral | Waiting, offering: Offering) -> tuple[Caution, ...]:
    """Refuse a place without a licence for the service; say so where it is full."""
    place = places_of(to.provider_id).filter(pk=offering.place_id).first()
    if place is None:
        raise UnableToOfferError(_("See koht on teise teenuseosutaja oma. Midagi ei salvestatud."))
    variant = Variant(to.variant) if isinstance(to, Referral) else Variant.PLAIN
    there, kind = PlaceOn(place.pk, place.code), (Service(to.service), variant)
    found = room_at(to.provider_id, there, kind, offering.offered_on)
    text = " ".join(tell_step(step, language()) for step in found.explanation)
    if found.maximum is None:
        raise UnableToOfferError(
            _("Kohal {place} ei ole selleks teenuseks luba. {why} Midagi ei salvestatud.").format(
                place=place, why=text
            )
        )
    return () if found.is_within else (Caution(CautionCode.CAPACITY, text),)


def _check_reply(offer: PlaceOffer, reply: Reply, on: date) -> None:
    if reply.answered_on > on:
        raise UnableToAnswerError(
            _("Vastuse päev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(reply.answered_on)
            )
        )
    if reply.answered_on < offer.offered_on:
        raise UnableToAnswerError(
            _("Vastuse päev {day} on enne pakkumist ({offered}). Midagi ei salvestatud.").format(
                day=show_day(reply.answered_on), offered=show_day(offer.offered_on)
            )
        )
    if reply.answer in {Answer.REFUSED, Answer.REFUSED_WELL} and not reply.reason.strip():
        raise UnableToAnswerError(
            _(
                "Kirjuta, miks inimene loobus: sellest sõltub, kas ta jääb nimekirja. "
                "Midagi ei salvestatud."
            )
        )
    due = answer_due(offer, builtin())
    if reply.answer == Answer.NONE and due and reply.answered_on <= due.due_on:
        raise UnableToAnswerError(
            _("Inimesel on vastamiseks aega kuni {day}. Midagi ei salvestatud.").format(
                day=show_day(due.due_on)
            )
        )
