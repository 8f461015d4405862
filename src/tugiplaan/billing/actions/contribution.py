"""Agreeing on the own contribution, changing and ending what was agreed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day, show_euros
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.actions.payments import check_amount
from tugiplaan.billing.contribution import (
    NoCeilingError,
    agreements_of_referral,
    billed_periods,
    ceiling_of,
    months_text,
)
from tugiplaan.billing.models import ContributionAgreement
from tugiplaan.providers.books import hold_provider, period_of
from tugiplaan.referrals.queries import referrals_of
from tugiplaan.rules.contribution import OWN_CONTRIBUTION_SERVICES
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import DAY
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service


class UnableToAgreeError(RefusedError):
    """The agreement cannot be as given."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed on the own contribution.

    Attributes:
        valid_to: The last day; None: until further notice.
        monthly_fee: Euros a month, above 0; community living and round-the-clock care.
        daily_fee: Euros a used day, unrounded, such as 17.25 or 396/23; day and week care. Empty
            there: the ceiling over 23 days.
        above_norm: Better conditions than the norm were agreed (SHS § 73(6)): the fee may be
            above the ceiling; `text` says what they are.
        text: What was agreed beside the fee: part months and absences are decided by it.
    """

    valid_from: date
    valid_to: date | None = None
    monthly_fee: Decimal | None = None
    daily_fee: str = ""
    above_norm: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """The referral under which something is agreed, and the person of it."""

    referral_id: UUID
    person_id: UUID


def agree_contribution(
    *, provider_id: UUID, whose: Whose, terms: Terms, by: User, on: date
) -> ContributionAgreement:
    """Keep what was agreed with a person on own contribution.

    Args:
        provider_id: At which provider.
        whose: With whom, under which referral.
        terms: What was agreed.
        by: Who records it.
        on: Today.

    Returns:
        The agreement.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAgreeError: No own contribution is due in the service, the fee is of the wrong
            kind or above the ceiling, the ceiling is not known, the days cannot be or overlap
            another agreement of the referral.

    Law: SHS §§ 73(1)–(1¹), (5)–(7), 78(1); open point A-08.
    """
    require(by, "billing.prepare", provider_id, on)
    name = "billing.agree_contribution"
    with acting(by=by, name=name, provider_id=provider_id) as act:
        hold_provider(provider_id)
        row = ContributionAgreement(provider_id=provider_id, referral_id=whose.referral_id)
        _lay_down(row, whose, terms)
        row.save(force_insert=True)
        act.about(whose.person_id)
        act.details["referral"] = str(whose.referral_id)
    return row


def change_agreement(
    *, agreement: ContributionAgreement, terms: Terms, why: str, by: User, on: date
) -> ContributionAgreement:
    """Change an agreement that was entered wrongly and that no bill rests on.

    Args:
        agreement: Which.
        terms: All that it says, as it should read.
        why: The reason; not empty.
        by: Who changes it.
        on: Today.

    Returns:
        The changed agreement; its history is kept.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAgreeError: As `agree_contribution`; or no reason, or a bill rests on it: end it
            and agree anew.
    """
    provider_id = agreement.provider_id
    require(by, "billing.prepare", provider_id, on)
    _check_reason(why)
    name = "billing.change_agreement"
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        kept = ContributionAgreement.objects.select_related("referral").get(pk=agreement.pk)
        if billed := billed_periods(kept.pk):
            raise UnableToAgreeError(
                _(
                    "Kokkuleppe järgi on arve koostatud ({months}): lõpeta see ja lepi uus "
                    "kokku. Midagi ei muudetud."
                ).format(months=months_text(billed))
            )
        _lay_down(kept, Whose(kept.referral_id, kept.referral.person_id), terms)
        kept.save()
        act.about(kept.referral.person_id)
    return kept


def end_agreement(
    *, agreement: ContributionAgreement, last_day: date, why: str, by: User, on: date
) -> ContributionAgreement:
    """Say that an agreement holds until a day.

    Args:
        agreement: Which.
        last_day: Its last day.
        why: The reason; may be empty.
        by: Who records it.
        on: Today.

    Returns:
        The agreement with its new end.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAgreeError: The day is before the beginning or reaches into another agreement,
            or a month after it is billed already.
    """
    provider_id = agreement.provider_id
    require(by, "billing.prepare", provider_id, on)
    name = "billing.end_agreement"
    with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        kept = ContributionAgreement.objects.select_related("referral").get(pk=agreement.pk)
        kept.valid_to = last_day
        _check_days(kept)
        late = [one for one in billed_periods(kept.pk) if one >= period_of(last_day + DAY)]
        if late:
            raise UnableToAgreeError(
                _("Kuu {months} on juba arvel: tühista arve enne. Midagi ei muudetud.").format(
                    months=months_text(late)
                )
            )
        kept.save()
        act.about(kept.referral.person_id)
    return kept


def record_takeover(
    *, agreement: ContributionAgreement, payer: str, by: User, on: date
) -> ContributionAgreement:
    """Record who took a person's duty to pay over; then the service may not be refused for it.

    Args:
        agreement: Whose.
        payer: Who pays instead; empty: nobody any longer.
        by: Who records it.
        on: Today.

    Returns:
        The agreement.

    Raises:
        NotAllowedError: `by` may not.

    Law: SHS § 78(1).
    """
    provider_id = agreement.provider_id
    require(by, "billing.prepare", provider_id, on)
    with acting(by=by, name="billing.record_takeover", provider_id=provider_id) as act:
        hold_provider(provider_id)
        kept = ContributionAgreement.objects.select_related("referral").get(pk=agreement.pk)
        kept.taken_over_by = payer.strip()
        kept.save()
        act.about(kept.referral.person_id)
    return kept


def _check_reason(why: str) -> None:
    if not why.strip():
        raise UnableToAgreeError(_("Muutmiseks on vaja põhjust. Midagi ei muudetud."))


def _lay_down(row: ContributionAgreement, whose: Whose, terms: Terms) -> None:
    """Fill an agreement in and refuse what cannot be; call it with the provider held."""
    found = referrals_of(row.provider_id, [whose.person_id]).filter(pk=whose.referral_id)
    referral = found.first()
    if referral is None:
        raise UnableToAgreeError(_("Sellist suunamist siin ei ole. Midagi ei salvestatud."))
    service = Service(referral.service)
    if service not in OWN_CONTRIBUTION_SERVICES:
        raise UnableToAgreeError(
            _(
                "Teenusel {service} omaosalust ei ole (SHS § 73 lg 1). Midagi ei salvestatud."
            ).format(service=service)
        )
    if terms.valid_from > referral.valid_to or (
        terms.valid_to is not None and terms.valid_to < referral.valid_from
    ):
        raise UnableToAgreeError(
            _(
                "Suunamine kehtib {first}–{last}; kokkulepe on sellest väljas. Midagi ei "
                "salvestatud."
            ).format(first=show_day(referral.valid_from), last=show_day(referral.valid_to))
        )
    row.valid_from, row.valid_to = terms.valid_from, terms.valid_to
    row.above_norm, row.text = terms.above_norm, terms.text.strip()
    if row.above_norm and not row.text:
        raise UnableToAgreeError(
            _(
                "Tasu üle ülempiiri on lubatud ainult parema eest kui norm (SHS § 73 lg "
                "6): kirjuta, mis see on. Midagi ei salvestatud."
            )
        )
    _check_days(row)
    if service is Service.PNH:
        row.monthly_fee, row.daily_fee = None, _daily_fee(row, whose, terms)
    else:
        row.monthly_fee, row.daily_fee = _monthly_fee(row, whose, terms), ""


def _check_days(row: ContributionAgreement) -> None:
    if row.valid_to is not None and row.valid_to < row.valid_from:
        raise UnableToAgreeError(_("Kokkulepe lõpeb enne, kui algab. Midagi ei salvestatud."))
    last = row.valid_to or date.max
    for other in agreements_of_referral(row.referral_id).exclude(pk=row.pk):
        if other.valid_from <= last and row.valid_from <= (other.valid_to or date.max):
            raise UnableToAgreeError(
                _(
                    "Selle suunamise kohta on juba kokkulepe alates {first}: lõpeta see enne. "
                    "Midagi ei salvestatud."
                ).format(first=show_day(other.valid_from))
            )


def _monthly_fee(row: ContributionAgreement, whose: Whose, terms: Terms) -> Decimal:
    if terms.monthly_fee is None or terms.daily_fee:
        raise UnableToAgreeError(_("Sellel teenusel on tasu kuus. Midagi ei salvestatud."))
    check_amount(terms.monthly_fee, UnableToAgreeError)
    _check_fee(row, whose, Fraction(terms.monthly_fee))
    return euro(terms.monthly_fee)


def _daily_fee(row: ContributionAgreement, whose: Whose, terms: Terms) -> str:
    if terms.monthly_fee is not None:
        raise UnableToAgreeError(
            _(
                "Sellel teenusel on tasu kasutatud päeva eest (SHS § 73 lg 1¹). Midagi ei "
                "salvestatud."
            )
        )
    written = terms.daily_fee.replace(",", ".").replace(" ", "")
    if not written:
        ceiling = _ceiling(row, whose)
        return str(ceiling / builtin().term("pnh_contribution_days", row.valid_from).exact)
    try:
        fee = Fraction(written)
    except (ValueError, ZeroDivisionError) as error:
        raise UnableToAgreeError(
            _(
                "Päevatasu „{daily_fee}“ ei ole arv, näiteks 17.25 või 396/23. Midagi ei "
                "salvestatud."
            ).format(daily_fee=terms.daily_fee)
        ) from error
    _check_fee(row, whose, fee)
    return written


def _check_fee(row: ContributionAgreement, whose: Whose, fee: Fraction) -> None:
    if fee <= 0:
        raise UnableToAgreeError(_("Tasu peab olema üle nulli. Midagi ei salvestatud."))
    if row.above_norm:
        return
    ceiling = _ceiling(row, whose)
    if fee > ceiling:
        raise UnableToAgreeError(
            _(
                "Tasu {fee} on üle ülempiiri {ceiling} kuus (SHS § 73 lg 5). Rohkem võib "
                "küsida ainult normist paremate tingimuste eest. Midagi ei salvestatud."
            ).format(fee=show_euros(fee), ceiling=show_euros(ceiling))
        )


def _ceiling(row: ContributionAgreement, whose: Whose) -> Fraction:
    try:
        found = ceiling_of(row.provider_id, whose.person_id, whose.referral_id, row.valid_from)
    except NoCeilingError as error:
        raise UnableToAgreeError(_("{wrong} Midagi ei salvestatud.").format(wrong=error)) from error
    return found.value.exact
