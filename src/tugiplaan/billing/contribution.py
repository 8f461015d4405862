"""Own contribution: its ceiling for a person, what a month comes to, what is open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tugiplaan.audit.language import language, show_day, show_euros
from tugiplaan.billing.facts import month_of
from tugiplaan.billing.models import ContributionAgreement, ContributionBill, GapDecision
from tugiplaan.delivery.queries.records import days_of
from tugiplaan.providers.books import month_text
from tugiplaan.providers.queries import size_class_facts
from tugiplaan.referrals.queries import facts_of, referrals_of
from tugiplaan.rules.contribution import (
    Ceiling,
    GapPreview,
    contribution_ceiling,
    day_care_contribution,
    missing_part,
)
from tugiplaan.rules.explanation import Step, tell_step
from tugiplaan.rules.facts import Referral, Surroundings
from tugiplaan.rules.legal import NotInForceError
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import Month
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service

_NOTHING = Decimal("0.00")


class NoCeilingError(Exception):
    """There is no own contribution, or its ceiling is not known."""


@dataclass(frozen=True, slots=True)
class Due:
    """What an agreement comes to in a month.

    Attributes:
        days: Used days of day and week care; None for others.
        fee: The fee of the month, euros.
        state_gap: What of it the authority pays by its decision, euros.
        explanation: How it came about, in sentences.
    """

    agreement: ContributionAgreement
    days: int | None
    fee: Decimal
    state_gap: Decimal
    explanation: str

    @property
    def amount(self) -> Decimal:
        """What the person pays, euros, >= 0."""
        return self.fee - self.state_gap


@dataclass(frozen=True, slots=True)
class Left:
    """An agreement that is not billed by itself in a month, and why: a sentence."""

    agreement: ContributionAgreement
    reason: str


@dataclass(frozen=True, slots=True)
class Dues:
    """What the own contributions of a month come to.

    Attributes:
        due: Those that can be billed.
        left: Those that people must decide, and those of which nothing is to be paid.
        billed: How many are billed already.
    """

    due: tuple[Due, ...]
    left: tuple[Left, ...]
    billed: int


def agreements_of(provider_id: UUID, period: int) -> QuerySet[ContributionAgreement]:
    """Give the agreements in force on any day of a month, by name and beginning."""
    month = month_of(period)
    lasts = Q(valid_to__isnull=True) | Q(valid_to__gte=month.first)
    found = ContributionAgreement.objects.filter(
        lasts, provider_id=provider_id, valid_from__lte=month.last
    )
    return found.select_related("referral__person").order_by(
        "referral__person__sort_name", "valid_from", "id"
    )


def agreements_of_referral(referral_id: UUID) -> QuerySet[ContributionAgreement]:
    """Give the agreements under a referral, the earliest first."""
    return ContributionAgreement.objects.filter(referral_id=referral_id).order_by("valid_from")


def gap_of(agreement: ContributionAgreement, period: int) -> Decimal:
    """Give what the authority pays for a person in a month by its decision, euros."""
    return _gaps([agreement.pk], period).get(agreement.pk, _NOTHING)


def _gaps(agreement_ids: Iterable[UUID], period: int) -> dict[UUID, Decimal]:
    """Give for each agreement the gap of the latest month that has begun."""
    rows = GapDecision.objects.filter(agreement_id__in=list(agreement_ids), period__lte=period)
    found = rows.current().order_by("period").values_list("agreement_id", "amount")
    return dict(found)


def ceiling_on(referral: Referral, surroundings: Surroundings, day: date) -> Ceiling:
    """Give the highest own contribution of a person on a day.

    Args:
        referral: The referral as the rules see it.
        surroundings: The size classes of places.
        day: The day.

    Raises:
        NoCeilingError: The service has none, or the size class or the ceiling is not known.

    Law: SHS § 73(1), (5).
    """
    size = surroundings.size_class_on(referral.place_on(day), day)
    try:
        return contribution_ceiling(referral.service, size, day)
    except NotInForceError as error:
        raise NoCeilingError(
            _("Omaosaluse ülempiir päeval {day} ei ole teada (riigieelarve seadus).").format(
                day=show_day(day)
            )
        ) from error
    except ValueError as error:
        if referral.service is Service.OEH:
            raise NoCeilingError(
                _(
                    "Ülempiir sõltub koha suurusklassist, aga {day} ei ole see teada: lisa see "
                    "koha andmetesse."
                ).format(day=show_day(day))
            ) from error
        raise NoCeilingError(
            _("Teenusel {service} omaosalust ei ole (SHS § 73 lg 1).").format(
                service=referral.service
            )
        ) from error


def ceiling_of(provider_id: UUID, person_id: UUID, referral_id: UUID, day: date) -> Ceiling:
    """Give the highest own contribution under one referral on a day; see `ceiling_on`."""
    chosen = referrals_of(provider_id, [person_id]).filter(pk=referral_id)
    (one,) = facts_of(chosen)
    return ceiling_on(one.facts, Surroundings(size_class_facts(provider_id)), day)


def preview_gap(agreement: ContributionAgreement, income: Decimal, day: date) -> GapPreview:
    """Preview what the person would pay and what the state would; the authority decides.

    Args:
        agreement: Whose.
        income: The counted income of the month after tax and contributions, euros, >= 0. It is
            stored nowhere.
        day: A day of the month.

    Returns:
        What the rule gives, with its steps.

    Raises:
        NoCeilingError: As `ceiling_on`.
        ValueError: The income is negative.

    Law: rule R-16; SHS §§ 73(2)–(3), 74.
    """
    referral = agreement.referral
    ceiling = ceiling_of(agreement.provider_id, referral.person_id, referral.pk, day)
    return missing_part(income, ceiling, day, builtin())


def contributions_due(provider_id: UUID, period: int) -> Dues:
    """Give what each own contribution of a month comes to.

    Args:
        provider_id: Whose.
        period: The month, YYYYMM.

    Returns:
        The dues by name. A fee a month is due where the stay and the agreement cover the whole
        month: of part months and absences the law has no rule, so people decide by what was
        agreed. The fee a day is multiplied with the used days, rounded once and cut to the
        ceiling. The same number of queries however many there are.

    Law: SHS §§ 73(1)–(1¹), 73(5)–(6), 74(8); rule R-17.
    """
    agreements = list(agreements_of(provider_id, period))
    scene = _read_scene(provider_id, period, agreements)
    due: list[Due] = []
    left: list[Left] = []
    billed = 0
    for agreement in agreements:
        if agreement.pk in scene.billed:
            billed += 1
            continue
        try:
            found = scene.assess(agreement)
        except _LeftError as error:
            left.append(Left(agreement, str(error)))
            continue
        if found is not None:
            due.append(found)
    return Dues(tuple(due), tuple(left), billed)


class _LeftError(Exception):
    """Why an agreement is not billed by itself."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the dues of a month are made of.

    Attributes:
        referrals: By id, as the rules see them.
        days: Used days by referral.
        gaps: The authority's part by agreement.
        billed: Agreements with a bill that holds.
        cancelled: Agreements whose bill was cancelled.
    """

    month: Month
    referrals: Mapping[UUID, Referral]
    surroundings: Surroundings
    days: Mapping[UUID, tuple[date, ...]]
    gaps: Mapping[UUID, Decimal]
    billed: frozenset[UUID]
    cancelled: frozenset[UUID]

    def assess(self, agreement: ContributionAgreement) -> Due | None:
        """Say what an agreement comes to; None: the person is not in the service."""
        referral = self.referrals[agreement.referral_id]
        if referral.service is Service.PNH:
            days, fee, told = self._by_day(agreement)
        else:
            stay, month = stay_of(referral), self.month.span
            if stay is None or stay[1] <= month[0] or month[1] <= stay[0]:
                return None
            days, fee, told = None, *self._by_month(agreement, referral)
        if agreement.pk in self.cancelled:
            raise _LeftError(
                _("Selle kuu arve tühistati; kui maksta siiski tuleb, koosta käsitsi.")
            )
        gap = min(self.gaps.get(agreement.pk, _NOTHING), fee)
        if gap == fee:
            raise _LeftError(
                _("Kogu tasu {fee} katab riigi makstav puudujääv osa.").format(fee=show_euros(fee))
            )
        if gap:
            told += " " + _("Riik maksab puudujääva osa {gap} (SHS § 74), inimene {rest}.").format(
                gap=show_euros(gap), rest=show_euros(fee - gap)
            )
        return Due(agreement, days, fee, gap, told)

    def _by_month(
        self, agreement: ContributionAgreement, referral: Referral
    ) -> tuple[Decimal, str]:
        month, stay = self.month, stay_of(referral)
        if agreement.monthly_fee is None or stay is None:
            raise _LeftError(_("Kokkuleppes ei ole tasu kuus. Koosta arve käsitsi."))
        lasts = agreement.valid_to is None or agreement.valid_to >= month.last
        whole = stay[0] <= month.span[0] and month.span[1] <= stay[1]
        if not (whole and lasts and agreement.valid_from <= month.first):
            raise _LeftError(
                _(
                    "Teenus või kokkulepe ei kesta terve kuu: osa kuu kohta seaduses reeglit "
                    "ei ole, loeb kokkuleppe tekst. Koosta arve käsitsi."
                )
            )
        fee = agreement.monthly_fee
        told = _("Kokku lepitud tasu kuus on {fee} (SHS § 73).").format(fee=show_euros(fee))
        if not agreement.above_norm:
            ceilings = [self._ceiling(referral, day) for day in (month.first, month.last)]
            ceiling = min(ceilings, key=lambda one: one.amount)
            if fee > ceiling.amount:
                raise _LeftError(
                    _(
                        "Kokku lepitud tasu {fee} on üle ülempiiri {amount} (SHS § 73 lg 5). Lepi "
                        "uus tasu kokku või koosta arve käsitsi."
                    ).format(fee=show_euros(fee), amount=show_euros(ceiling.amount))
                )
            told += " " + _tell(ceiling.explanation)
        return fee, told + self._absences(referral)

    def _by_day(self, agreement: ContributionAgreement) -> tuple[int, Decimal, str]:
        days = self.days.get(agreement.referral_id, ())
        if not days:
            raise _LeftError(_("Kuus ei ole kasutatud päevi: maksta ei ole midagi."))
        last = agreement.valid_to or self.month.last
        if any(not agreement.valid_from <= day <= last for day in days):
            raise _LeftError(
                _("Mõni kasutatud päev on väljaspool kokkuleppe aega. Koosta arve käsitsi.")
            )
        fee = Fraction(agreement.daily_fee)
        if agreement.above_norm:
            amount = euro(fee * len(days))
            told = _(
                "Kokku lepitud päevatasu {fee} × kasutatud päevi {days} = {amount} (parem kui "
                "norm, SHS § 73 lg 6)."
            ).format(fee=agreement.daily_fee, days=len(days), amount=show_euros(amount))
            return len(days), amount, told
        try:
            found = day_care_contribution(len(days), self.month, builtin(), agreed_fee=fee)
        except NotInForceError as error:
            raise _LeftError(_("Selle kuu ülempiir ei ole teada. Koosta arve käsitsi.")) from error
        return found.days, found.amount, _tell(found.explanation)

    def _ceiling(self, referral: Referral, day: date) -> Ceiling:
        try:
            return ceiling_on(referral, self.surroundings, day)
        except NoCeilingError as error:
            raise _LeftError(_("{wrong} Koosta arve käsitsi.").format(wrong=error)) from error

    def _absences(self, referral: Referral) -> str:
        month = self.month
        away = [
            f"{show_day(one.first_day)}–{show_day(one.last_day)}"
            for one in referral.absences
            if one.first_day <= month.last and month.first <= one.last_day
        ]
        if not away:
            return ""
        return " " + _("Eemal {days}; seaduses selle kohta reeglit ei ole.").format(
            days=", ".join(away)
        )


def _tell(steps: Iterable[Step]) -> str:
    return " ".join(tell_step(step, language()) for step in steps)


def _read_scene(provider_id: UUID, period: int, agreements: list[ContributionAgreement]) -> _Scene:
    referral_ids = [one.referral_id for one in agreements]
    persons = {one.referral.person_id for one in agreements}
    facts = facts_of(referrals_of(provider_id, persons).filter(pk__in=referral_ids))
    days: dict[UUID, tuple[date, ...]] = {}
    for referral_id, day in days_of(provider_id, referral_ids, period).values_list(
        "referral_id", "day"
    ):
        days[referral_id] = (*days.get(referral_id, ()), day)
    billed, cancelled = _billed(provider_id, period)
    return _Scene(
        month=month_of(period),
        referrals={one.referral_id: one.facts for one in facts},
        surroundings=Surroundings(size_class_facts(provider_id)),
        days=days,
        gaps=_gaps([one.pk for one in agreements], period),
        billed=billed,
        cancelled=cancelled - billed,
    )


def _billed(provider_id: UUID, period: int) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Give the agreements with a bill that holds, and those that ever had one."""
    rows = ContributionBill.objects.filter(provider_id=provider_id, period=period)
    ever = frozenset(rows.order_by().values_list("agreement_id", flat=True))
    hold = frozenset(rows.current().order_by().values_list("agreement_id", flat=True))
    return hold, ever


def billed_periods(agreement_id: UUID) -> list[int]:
    """Give the months of an agreement with a bill that holds, YYYYMM, the earliest first."""
    rows = ContributionBill.objects.filter(agreement_id=agreement_id).current()
    return list(rows.order_by("period").values_list("period", flat=True))


def months_text(periods: Iterable[int]) -> str:
    """Write months as people do."""
    return ", ".join(month_text(period) for period in periods)


def billed_with_referral(referral_id: UUID, period: int) -> Decimal:
    """Give what the bills of a referral in a month that hold come to, euros."""
    rows = ContributionBill.objects.filter(agreement__referral_id=referral_id, period=period)
    return sum(rows.current().values_list("amount", flat=True), _NOTHING)
