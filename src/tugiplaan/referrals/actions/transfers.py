"""Changing the provider: the person's consent, the day of moving, the pack handed over."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import consents_in_force
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.corrections import begin_or_follow, cancellation, check_correction, end_of
from tugiplaan.referrals.models import Handover, Referral, Transfer


class UnableToTransferError(RefusedError):
    """The change of provider cannot be recorded as given."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """To whom a person goes.

    Attributes:
        consent_id: To what the person agreed, so that data may go along.
        moves_on: The day of moving.
    """

    consent_id: UUID
    to_provider: str
    moves_on: date


@dataclass(frozen=True, slots=True)
class Pack:
    """What was handed over, when and to whom."""

    handed_on: date
    to_whom: str
    content: str


def agree_transfer(*, referral: Referral, leaving: Leaving, by: User, on: date) -> Transfer:
    """Record that a person moves to another provider.

    The end of the stay is recorded apart (`end_stay`), on the day on which it comes.

    Args:
        referral: Under which referral the person is served here.
        leaving: To whom and when, and the consent.
        by: Who records it.
        on: Today.

    Returns:
        The row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToTransferError: The consent is not the person's or does not hold today, no
            provider is named, the day lies before the decision, or a change is there already.

    Law: SHS § 81.
    """
    require(by, "referrals.write", referral.provider_id, on)
    _check_leaving(referral, leaving, on)
    row = Transfer(
        provider_id=referral.provider_id,
        referral=referral,
        consent_id=leaving.consent_id,
        to_provider=leaving.to_provider.strip(),
        moves_on=leaving.moves_on,
    )
    name = "referrals.agree_transfer"
    with acting(by=by, name=name, provider_id=referral.provider_id) as act:
        hold_provider(referral.provider_id)
        end = end_of(Transfer.objects.filter(referral=referral))
        if end is not None and not end.is_cancellation:
            raise UnableToTransferError(
                _(
                    "Teenuseosutaja vahetus on juba kirjas ({day}). Kui see on vale, tühista see "
                    "enne. Midagi ei salvestatud."
                ).format(day=show_day(end.moves_on))
            )
        act.about(referral.person_id)
        act.details["referral"] = referral.code
        act.store([begin_or_follow(row, end, "")])
    return row


def hand_over(*, transfer: Transfer, pack: Pack, by: User, on: date) -> Handover:
    """Record that the transfer pack was handed over.

    Args:
        transfer: Of which change of provider.
        pack: When, to whom and what was in it.
        by: Who records it.
        on: Today.

    Returns:
        The row; it says for good what left the house.

    Raises:
        NotAllowedError: `by` may not.
        UnableToTransferError: Something is empty, the day lies in the future, or the person's
            consent does not hold on it.

    Law: SHS § 81.
    """
    require(by, "referrals.write", transfer.provider_id, on)
    if not pack.to_whom.strip() or not pack.content.strip():
        raise UnableToTransferError(_("Kirjuta, kellele ja mida üle anti. Midagi ei salvestatud."))
    if pack.handed_on > on:
        raise UnableToTransferError(
            _("Üleandmise päev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(pack.handed_on)
            )
        )
    row = Handover(
        provider_id=transfer.provider_id,
        transfer=transfer,
        handed_on=pack.handed_on,
        to_whom=pack.to_whom.strip(),
        content=pack.content.strip(),
    )
    name = "referrals.hand_over"
    with acting(by=by, name=name, provider_id=transfer.provider_id) as act:
        hold_provider(transfer.provider_id)
        _check_holds(transfer)
        consents = consents_in_force(transfer.consent.person_id, pack.handed_on)
        if not consents.filter(pk=transfer.consent_id).exists():
            raise UnableToTransferError(
                _(
                    "Inimese nõusolek ei kehti {day}: ilma selleta tema andmeid edasi anda ei "
                    "saa. Midagi ei salvestatud."
                ).format(day=show_day(pack.handed_on))
            )
        act.about(transfer.referral.person_id)
        act.store([row])
    return row


def cancel_transfer(*, row: Transfer, by: User, on: date, why: str) -> Transfer:
    """Say that a person does not move to another provider after all.

    Args:
        row: The change that holds; nothing of it was handed over.
        by: Who cancels it.
        on: Today.
        why: The reason; not empty.

    Raises:
        NotAllowedError: `by` may not.
        UnableToTransferError: Something was handed over, there is no reason, or the row no
            longer holds.
    """
    require(by, "referrals.write", row.provider_id, on)
    name = "referrals.cancel_transfer"
    with acting(by=by, name=name, provider_id=row.provider_id, why=why) as act:
        hold_provider(row.provider_id)
        check_correction(row, why, UnableToTransferError)
        if Handover.objects.filter(transfer=row).current().exists():
            raise UnableToTransferError(
                _("Andmed on juba üle antud; vahetust tühistada ei saa. Midagi ei muudetud.")
            )
        act.about(row.referral.person_id)
        gone = cancellation(row, why=why)
        act.store([gone])
    return gone


def _check_holds(transfer: Transfer) -> None:
    if not Transfer.objects.current().filter(pk=transfer.pk).exists():
        raise UnableToTransferError(
            _("See vahetus on tühistatud: ava leht uuesti. Midagi ei salvestatud.")
        )


def _check_leaving(referral: Referral, leaving: Leaving, on: date) -> None:
    if not leaving.to_provider.strip():
        raise UnableToTransferError(
            _("Kirjuta, kelle juurde inimene läheb. Midagi ei salvestatud.")
        )
    if leaving.moves_on < referral.issued_on:
        raise UnableToTransferError(
            _("Kolimise päev {day} on enne otsust ({decided}). Midagi ei salvestatud.").format(
                day=show_day(leaving.moves_on), decided=show_day(referral.issued_on)
            )
        )
    person = referral.person
    theirs = consents_in_force(person.pk, on) | consents_in_force(
        person.merged_into_id or person.pk, on
    )
    if not theirs.filter(pk=leaving.consent_id).exists():
        raise UnableToTransferError(
            _(
                "Vahetuseks on vaja inimese kehtivat nõusolekut: pane see enne kirja. "
                "Midagi ei salvestatud."
            )
        )
