"""What a person agrees to, and takes back."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError
from django.db.models import F, Q
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.accounts.queries import overlapping
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.models import Consent, Person
from tugiplaan.people.queries import require_person


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed to.

    Attributes:
        purpose: For what.
        scope: What of it: which data, with whom.
        given_by: Who agreed: the person or who speaks for them.
        valid_to: Last day; None: until it is taken back.
    """

    purpose: str
    scope: str
    given_by: str
    valid_from: date
    valid_to: date | None = None


class UnableToGiveConsentError(RefusedError):
    """The consent cannot be recorded as given."""


def give_consent(*, person: Person, agreement: Agreement, by: User, on: date) -> Consent:
    """Record what a person agrees to.

    Args:
        person: Who agrees.
        agreement: To what, from when to when.
        by: Who records; reaches the person.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToGiveConsentError: Something is empty, the days cannot be, or a consent for this
            purpose holds on some of them.
    """
    require_person(by, "people.write", person, on)
    said = (agreement.purpose, agreement.scope, agreement.given_by)
    if not all(text.strip() for text in said):
        raise UnableToGiveConsentError(
            _("Kirjas peavad olema eesmärk, ulatus ja kes nõusoleku andis. Midagi ei muudetud.")
        )
    if agreement.valid_to is not None and agreement.valid_to < agreement.valid_from:
        raise UnableToGiveConsentError(_("Viimane päev on enne esimest. Midagi ei muudetud."))
    row = Consent(provider_id=person.provider_id, person=person, **asdict(agreement))
    try:
        with acting(by=by, name="people.give_consent", provider_id=person.provider_id) as act:
            Person.objects.select_for_update(no_key=True).get(pk=person.pk)
            _refuse_overlap(row)
            row.save(force_insert=True)
            act.about(person.pk)
    except IntegrityError as error:
        raise UnableToGiveConsentError(_there(row)) from error
    return row


def _refuse_overlap(row: Consent) -> None:
    # A consent taken back on its very first day never held and stands in nobody's way.
    has_days = Q(withdrawn_on__gt=F("valid_from")) & Q(withdrawn_on__gt=row.valid_from)
    holds = Q(withdrawn_on__isnull=True) | has_days
    days = overlapping(row.valid_from, row.valid_to)
    same = Consent.objects.filter(days, holds, person_id=row.person_id, purpose=row.purpose)
    if same.exists():
        raise UnableToGiveConsentError(_there(row))


def _there(row: Consent) -> str:
    return _(
        "Nõusolek eesmärgil „{purpose}“ neil päevadel juba kehtib. Võta see enne "
        "tagasi või vali teised päevad. Midagi ei muudetud."
    ).format(purpose=row.purpose)


class UnableToWithdrawConsentError(RefusedError):
    """The consent cannot be taken back on that day."""


def withdraw_consent(*, consent: Consent, withdrawn_on: date, why: str, by: User, on: date) -> None:
    """Record that a person took a consent back.

    Args:
        consent: Which.
        withdrawn_on: From this day on it no longer holds.
        why: The reason, if one was given; may be empty: nobody has to give one.
        by: Who records; reaches the person.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToWithdrawConsentError: It was taken back already, or it does not hold on that day.
    """
    require_person(by, "people.write", consent.person, on)
    with acting(
        by=by, name="people.withdraw_consent", provider_id=consent.provider_id, why=why
    ) as act:
        held = Consent.objects.select_for_update().get(pk=consent.pk)
        if held.withdrawn_on is not None:
            raise UnableToWithdrawConsentError(
                _("Nõusolek on tagasi võetud juba {day}. Midagi ei muudetud.").format(
                    day=show_day(held.withdrawn_on)
                )
            )
        is_over = held.valid_to is not None and held.valid_to < withdrawn_on
        if withdrawn_on < held.valid_from or is_over:
            raise UnableToWithdrawConsentError(
                _("{day} see nõusolek ei kehti niigi. Midagi ei muudetud.").format(
                    day=show_day(withdrawn_on)
                )
            )
        Consent.objects.filter(pk=held.pk).update(withdrawn_on=withdrawn_on)
        act.about(held.person_id)
