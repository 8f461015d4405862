"""Receiving the authority's decisions and changing what was entered of them."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import language, show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.books import hold_provider, hold_stays
from tugiplaan.referrals import cautions
from tugiplaan.referrals.cautions import Recorded
from tugiplaan.referrals.models import Referral
from tugiplaan.rules import facts
from tugiplaan.rules.eligibility import Outcome, adult_check, term_check
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.services import kind_of
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service, Variant, VolumeUnit


class UnableToReceiveError(RefusedError):
    """The decision cannot be kept as given.

    Attributes:
        field: The part of the decision that it is about, as `Decision` names it; empty: all.
    """

    def __init__(self, text: str, field: str = "") -> None:
        """Say what is wrong, and where."""
        self.field = field
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a referral decision says (SHS § 71(2)).

    Attributes:
        person_id: Who gets the service.
        place_id: Where the person is served from the beginning; None: not known yet.
        valid_to: The last day of the term, included.
        planned_volume: The recommended volume, >= 0, in units of `volume_unit`.
        is_released: From compulsory or involuntary treatment: a longer window to turn up.
        slot: The new autism place that the person takes.
        court_order: Court, number and date of the order; needed for placement by a court.
        contribution: On what condition the person pays their own contribution.
    """

    person_id: UUID
    code: str
    service: Service
    issued_on: date
    valid_from: date
    valid_to: date
    variant: Variant = Variant.PLAIN
    place_id: UUID | None = None
    planned_volume: Decimal | None = None
    volume_unit: VolumeUnit | None = None
    is_released: bool = False
    slot: str = ""
    slot_new_from: date | None = None
    purpose: str = ""
    court_order: str = ""
    contribution: str = ""


def receive_referral(
    *, provider_id: UUID, decision: Decision, by: User, on: date, why: str = ""
) -> Recorded[Referral]:
    """Keep a decision that a person gets a service here.

    Args:
        provider_id: At which provider.
        decision: What it says.
        by: Who records it.
        on: Today.
        why: The reason; needed where months from its first day on were invoiced.

    Returns:
        The referral, and what is unusual about it: a term above the usual, contents that are
        wanting, other services that may not run beside it, a place that is full.

    Raises:
        NotAllowedError: `by` may not.
        UnableToReceiveError: The law does not allow it (age, term, variant, no court order), a
            date cannot be, the person or place is not here, or the number is there already.
        MonthClosedError: A month that it concerns is closed.
        WhyNeededError: Such a month was invoiced and no reason is given.

    Law: SHS §§ 70(6), 71(2), 88, 92, 95, 98, 99², 101.
    """
    require(by, "referrals.write", provider_id, on)
    referral = Referral(provider_id=provider_id, **_columns(decision))
    _check(referral, on)
    name = "referrals.receive_referral"
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        hold_stays(provider_id, decision.valid_from, None, why=why)
        _check_number(referral)
        referral.save(force_insert=True)
        act.about(referral.person_id)
        act.details["referral"] = referral.code
        text, beside = cautions.of_decision(referral), cautions.of_conflicts(referral)
        return Recorded(referral, (*text, *beside, *cautions.of_first_place(referral)))


def change_referral(
    *, referral: Referral, decision: Decision, by: User, on: date, why: str = ""
) -> Recorded[Referral]:
    """Change what was entered of a decision; its history is kept.

    Args:
        referral: Which.
        decision: All that it says, as it should read; of the same person.
        by: Who changes it.
        on: Today.
        why: The reason; needed where months that it concerns were invoiced.

    Returns:
        The changed referral, and what is unusual about it.

    Raises:
        NotAllowedError: `by` may not.
        UnableToReceiveError: As `receive_referral`; or nothing differs, or the person does.
        MonthClosedError: As `receive_referral`.
        WhyNeededError: As `receive_referral`.
    """
    provider_id = referral.provider_id
    require(by, "referrals.write", provider_id, on)
    name = "referrals.change_referral"
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        kept = Referral.objects.get(pk=referral.pk)
        _check_change(kept, decision)
        hold_stays(provider_id, min(kept.valid_from, decision.valid_from), None, why=why)
        for column, value in _columns(decision).items():
            setattr(kept, column, value)
        _check(kept, on)
        _check_number(kept)
        kept.save()
        act.about(kept.person_id)
        act.details["referral"] = kept.code
        return Recorded(kept, _cautions(kept))


def _columns(decision: Decision) -> dict[str, object]:
    columns = asdict(decision)
    columns["volume_unit"] = decision.volume_unit or ""
    columns["code"] = decision.code.strip()
    return columns


def _check_change(kept: Referral, decision: Decision) -> None:
    if kept.person_id != decision.person_id:
        raise UnableToReceiveError(
            _(
                "Suunamine on ühe inimese oma ja inimest selles muuta ei saa. Kui see "
                "pandi kirja valele inimesele, lõpeta see ja pane uus kirja õigele. Midagi "
                "ei muudetud."
            )
        )
    if all(getattr(kept, name) == value for name, value in _columns(decision).items()):
        raise UnableToReceiveError(_("Andmed on samad, mis enne. Midagi ei muudetud."))


def _check(referral: Referral, on: date) -> None:
    """Refuse what cannot be and what the law forbids."""
    if not referral.code:
        raise UnableToReceiveError(
            _("Suunamisotsuse number on vajalik. Midagi ei salvestatud."), "code"
        )
    if referral.valid_to < referral.valid_from:
        raise UnableToReceiveError(
            _("Suunamine lõpeb ({last}) enne, kui algab ({first}). Midagi ei salvestatud.").format(
                last=show_day(referral.valid_to), first=show_day(referral.valid_from)
            ),
            "valid_to",
        )
    if referral.issued_on > on:
        raise UnableToReceiveError(
            _("Otsuse kuupäev {day} on tulevikus. Midagi ei salvestatud.").format(
                day=show_day(referral.issued_on)
            ),
            "issued_on",
        )
    if referral.planned_volume is not None and referral.planned_volume < 0:
        raise UnableToReceiveError(
            _("Maht ei saa olla alla nulli. Midagi ei salvestatud."), "planned_volume"
        )
    _check_service(referral)
    _check_whose(referral)
    _check_law(referral)


def _check_number(referral: Referral) -> None:
    """Refuse a number that another referral has; call it with the provider held."""
    same = Referral.objects.filter(provider_id=referral.provider_id, code=referral.code)
    if same.exclude(pk=referral.pk).exists():
        raise UnableToReceiveError(
            _(
                "Suunamine numbriga {code} on juba kirjas: ava see või vali teine number. "
                "Midagi ei salvestatud."
            ).format(code=referral.code),
            "code",
        )


def _check_service(referral: Referral) -> None:
    try:
        kind = kind_of(Service(referral.service), Variant(referral.variant))
    except KeyError as error:
        raise UnableToReceiveError(
            _("Teenusel {service} ei ole eriliiki {variant}. Midagi ei salvestatud.").format(
                service=referral.service, variant=referral.variant
            ),
            "variant",
        ) from error
    if kind.is_court_ordered and not referral.court_order.strip():
        raise UnableToReceiveError(
            _(
                "Kohtumäärusega teenusele on vaja kohtumääruse andmeid (SHS § 71 lg 2, § "
                "105). Midagi ei salvestatud."
            ),
            "court_order",
        )


def _check_whose(referral: Referral) -> None:
    """Refuse a person or a place of somebody else, and an entry that another stands for."""
    try:
        person, place = referral.person, referral.place
    except ObjectDoesNotExist as error:
        raise UnableToReceiveError(
            _("Sellist inimest või kohta ei ole. Midagi ei salvestatud.")
        ) from error
    if person.provider_id != referral.provider_id:
        raise UnableToReceiveError(
            _(
                "See inimene on teise teenuseosutaja juures; registreeri ta enne siin. "
                "Midagi ei salvestatud."
            ),
            "person_id",
        )
    if person.merged_into_id and referral._state.adding:
        raise UnableToReceiveError(
            _("See kirje on teisega ühendatud: ava kirje, mis jäi alles. Midagi ei salvestatud."),
            "person_id",
        )
    if place and place.provider_id != referral.provider_id:
        raise UnableToReceiveError(
            _("See koht on teise teenuseosutaja oma. Midagi ei salvestatud."), "place_id"
        )


def _check_law(referral: Referral) -> None:
    """Refuse whom and what the law does not allow: under age on the first day, above ten years."""
    law = builtin()
    service, variant = Service(referral.service), Variant(referral.variant)
    term = facts.Referral(
        referral.code, service, variant, referral.issued_on, referral.valid_from, referral.valid_to
    )
    checks = (
        ("valid_from", adult_check(referral.person.birth_date, referral.valid_from, law)),
        ("valid_to", term_check(term, law)),
    )
    for field, check in checks:
        if check.outcome is Outcome.NOT_MET:
            raise UnableToReceiveError(
                _("{term} ({section}) Vaata kuupäevad üle. Midagi ei salvestatud.").format(
                    term=tell_step(check.explanation[0], language()), section=check.section
                ),
                field,
            )


def _cautions(referral: Referral) -> tuple[cautions.Caution, ...]:
    return (
        *cautions.of_decision(referral),
        *cautions.of_conflicts(referral),
        *cautions.of_capacity(referral, referral.valid_from),
    )
