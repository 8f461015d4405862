"""Taking decisions in: one with its person, or a file of them; and trying it out before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.actions import Identity, register
from tugiplaan.providers.books import hold_provider
from tugiplaan.referrals.actions.decisions import Decision, UnableToReceiveError, receive_referral
from tugiplaan.referrals.cautions import CautionCode, Recorded
from tugiplaan.referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Intake:
    """A decision, and who it is about where they are not registered yet.

    Attributes:
        decision: What it says; its person is made where `newcomer` is given.
        newcomer: Who is registered with it; None: somebody who is here.
        why: The reason; needed where months from its first day on were invoiced.
        accepted: What is unusual and was looked at; None: whatever is unusual is accepted.
    """

    decision: Decision
    newcomer: Identity | None = None
    why: str = ""
    accepted: frozenset[CautionCode] | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What taking a decision in would do.

    Attributes:
        intake: What was tried.
        recorded: The referral as it would be, and what is unusual about it; None where refused.
        refusal: What stands against it; None where nothing does.
        is_known: The same decision is here already, word for word: it would add nothing.
    """

    intake: Intake
    recorded: Recorded[Referral] | None = None
    refusal: RefusedError | None = None
    is_known: bool = False


class UnableToTakeInError(RefusedError):
    """The decisions cannot be taken in together."""


def take_in(*, provider_id: UUID, intake: Intake, by: User, on: date) -> Recorded[Referral]:
    """Keep a decision, and register who it is about where they are new; both or neither.

    Args:
        provider_id: At which provider.
        intake: The decision and the newcomer.
        by: Who takes it in.
        on: Today.

    Returns:
        As `receive_referral`.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRegisterError: As `people.actions.register`.
        UnableToReceiveError: As `receive_referral`; or something is unusual that was not
            accepted.
        MonthClosedError: As `receive_referral`.
        WhyNeededError: As `receive_referral`.
    """
    with transaction.atomic():
        decision = intake.decision
        if intake.newcomer is not None:
            person = register(provider_id=provider_id, identity=intake.newcomer, by=by, on=on)
            decision = replace(decision, person_id=person.pk)
        recorded = receive_referral(
            provider_id=provider_id, decision=decision, by=by, on=on, why=intake.why
        )
        unseen = {one.code for one in recorded.cautions} - (intake.accepted or set())
        if intake.accepted is not None and unseen:
            raise UnableToReceiveError(
                _("Vaata enne üle, mis selles otsuses on ebatavalist. Midagi ei salvestatud.")
            )
        return recorded


def try_out(
    *, provider_id: UUID, intakes: Sequence[Intake], by: User, on: date
) -> tuple[Tried, ...]:
    """Say what taking decisions in would do, each after those before it. Nothing is kept.

    Args:
        provider_id: At which provider.
        intakes: In the order in which they would be taken in.
        by: Who would take them in.
        on: Today.

    Returns:
        One for each: the very checks of `take_in`, done and undone.

    Raises:
        NotAllowedError: `by` may not.
    """
    require(by, "referrals.write", provider_id, on)
    with _undone():
        return tuple(_try(provider_id, one, by, on) for one in intakes)


def take_in_all(
    *, provider_id: UUID, intakes: Sequence[Intake], by: User, on: date
) -> tuple[Recorded[Referral], ...]:
    """Keep several decisions, all or none; those that are here already add nothing.

    Args:
        provider_id: At which provider.
        intakes: The decisions, in the order of their file.
        by: Who takes them in.
        on: Today.

    Returns:
        Those that were added.

    Raises:
        NotAllowedError: `by` may not.
        UnableToTakeInError: One of them is refused, or there is nothing to add.
    """
    require(by, "referrals.write", provider_id, on)
    with transaction.atomic():
        hold_provider(provider_id)
        tried = tuple(_try(provider_id, one, by, on) for one in intakes)
        refused = [str(one.refusal) for one in tried if one.refusal]
        if refused:
            raise UnableToTakeInError(
                _("Ridu, mida vastu võtta ei saa: {n}. Esimene: {first}").format(
                    n=len(refused), first=refused[0]
                )
            )
        added = tuple(one.recorded for one in tried if one.recorded and not one.is_known)
        if not added:
            raise UnableToTakeInError(
                _("Uusi otsuseid ei ole: kõik on juba kirjas. Midagi ei salvestatud.")
            )
        return added


@contextmanager
def _undone() -> Iterator[None]:
    """Do something and undo it: what it found out stays, what it wrote does not."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _try(provider_id: UUID, intake: Intake, by: User, on: date) -> Tried:
    known = Referral.objects.filter(
        provider_id=provider_id, code=intake.decision.code.strip()
    ).select_related("person")
    there = known.first()
    if there is not None and _is_same(there, intake):
        return Tried(intake, Recorded(there), is_known=True)
    try:
        with transaction.atomic():
            recorded = take_in(provider_id=provider_id, intake=intake, by=by, on=on)
    except RefusedError as error:
        return Tried(intake, refusal=error)
    return Tried(intake, recorded)


def _is_same(there: Referral, intake: Intake) -> bool:
    """Say whether a decision is here word for word, of the same person."""
    said = asdict(intake.decision) | {
        "code": intake.decision.code.strip(),
        "volume_unit": intake.decision.volume_unit or "",
    }
    newcomer = intake.newcomer
    if newcomer is not None:
        del said["person_id"]
        person = there.person
        who = (newcomer.first_name, newcomer.last_name, newcomer.birth_date)
        if (person.first_name, person.last_name, person.birth_date) != who:
            return False
    return all(getattr(there, name) == value for name, value in said.items())


__all__ = [
    "Intake",
    "Tried",
    "UnableToReceiveError",
    "UnableToTakeInError",
    "take_in",
    "take_in_all",
    "try_out",
]
