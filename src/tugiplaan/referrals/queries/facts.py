"""Referrals as the rules see them, read as plain values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from tugiplaan.people.queries import standing_for
from tugiplaan.referrals.models import Absence, Confirmation, Move, Referral, StayDay, StayKind
from tugiplaan.rules import facts
from tugiplaan.rules.period import FAR_PAST, Month
from tugiplaan.rules.services import ServiceKind, kind_of
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason, Service, Variant, VolumeUnit

_WHOLE = Decimal(1)
_by_code = attrgetter("absence")


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """A referral as the rules see it.

    Attributes:
        person_id: The entry that stands for the person.
        facts: The referral with its stay; without hours and days.
    """

    referral_id: UUID
    person_id: UUID
    facts: facts.Referral


def referral_facts(
    provider_id: UUID, standing: Mapping[UUID, UUID], place_codes: Mapping[UUID, str], until: date
) -> list[ReferralFacts]:
    """Give what the rules need to know of every referral of a provider, without records.

    Args:
        provider_id: Whose referrals.
        standing: For an entry merged into another the one that stands for it; an entry that
            is not named stands for itself.
        place_codes: The code of each place of the provider.
        until: The last day that one looks at. Left out are referrals that were issued, are
            valid and have a stay only after it; what happened later under the others is told.

    Returns:
        The referrals by person and code, of the rows only those that hold. Five queries.

    Raises:
        KeyError: A place of a referral is not among `place_codes`.
    """
    here = Q(provider_id=provider_id)
    read = _facts(Referral.objects.filter(here), here, place_codes)
    found = [
        replace(one, person_id=standing.get(one.person_id, one.person_id))
        for one in read
        if _begins(one.facts) <= until
    ]
    found.sort(key=lambda one: (one.person_id, one.facts.referral))
    return found


def facts_of(referrals: QuerySet[Referral]) -> list[ReferralFacts]:
    """Give what the rules need to know of a few referrals, without records.

    Args:
        referrals: Which.

    Returns:
        The referrals by person and code; a person is the entry that the referral names. Seven
        queries.
    """
    theirs = Q(referral__in=referrals.order_by().values("pk"))
    codes: dict[UUID, str] = dict(
        referrals.order_by().filter(place__isnull=False).values_list("place_id", "place__code")
    )
    moves = Move.objects.filter(theirs).current()
    codes.update(moves.values_list("place_id", "place__code"))
    found = _facts(referrals.order_by(), theirs, codes)
    found.sort(key=lambda one: (one.person_id, one.facts.referral))
    return found


def facts_of_persons(
    provider_id: UUID, person_ids: Iterable[UUID], until: date
) -> list[ReferralFacts]:
    """Give what the rules need to know of the referrals of a few persons, without records.

    Args:
        provider_id: Whose referrals.
        person_ids: All entries of the persons.
        until: As for `referral_facts`.

    Returns:
        As `referral_facts`, but a person is the entry that the referral names. One query where
        there is no referral, else four or five.
    """
    wanted = list(person_ids)
    here = Referral.objects.filter(provider_id=provider_id, person_id__in=wanted)
    theirs = Q(provider_id=provider_id, referral__person_id__in=wanted)
    found = [one for one in _facts(here.order_by(), theirs, None) if _begins(one.facts) <= until]
    found.sort(key=lambda one: (one.person_id, one.facts.referral))
    return found


def facts_by_id(referral_ids: Iterable[UUID]) -> dict[UUID, facts.Referral]:
    """Give what the rules need to know of a few referrals, without records. Seven queries."""
    found = facts_of(Referral.objects.filter(pk__in=list(referral_ids)))
    return {one.referral_id: one.facts for one in found}


def _begins(referral: facts.Referral) -> date:
    days = (referral.issued_on, referral.valid_from, referral.agreed_start, referral.arrived_on)
    return min(day for day in days if day)


_COLUMNS = (
    *("id", "person_id", "code", "service", "variant", "issued_on", "valid_from"),
    *("valid_to", "planned_volume", "volume_unit", "is_released", "slot", "slot_new_from"),
)


def _facts(
    referrals: QuerySet[Referral], theirs: Q, place_codes: Mapping[UUID, str] | None
) -> list[ReferralFacts]:
    """Read referrals and what holds of their stays, as plain values: a country has many.

    Args:
        referrals: Which referrals.
        theirs: The condition that a row of a stay belongs to them.
        place_codes: The code of each place; None: read with the rows.
    """
    place, code_of = _place_column(place_codes)
    rows = list(referrals.values_list(place, *_COLUMNS))
    if not rows:
        return []
    days, reasons = _stay_days(theirs)
    moves = _moves(theirs, place_codes)
    absences = _absences(theirs)
    # A confirmation says something of an absence only; a page of a few persons asks less.
    confirmed = _confirmed(theirs) if absences or place_codes is not None else {}
    found = []
    for row in rows:
        place_key, key, person_id, code, service, variant, issued_on, valid_from, *others = row
        valid_to, volume, unit, is_released, slot, slot_new_from = others
        initial = ((FAR_PAST, code_of(place_key)),) if place_key else ()
        stay = days.get(key, {})
        referral = facts.Referral(
            referral=code,
            service=Service(service),
            variant=Variant(variant),
            issued_on=issued_on,
            valid_from=valid_from,
            valid_to=valid_to,
            agreed_start=stay.get(StayKind.AGREED.value),
            arrived_on=stay.get(StayKind.ARRIVED.value),
            ended_on=stay.get(StayKind.ENDED.value),
            end_reason=reasons.get(key),
            planned_volume=None if volume is None else _as_written(volume),
            volume_unit=VolumeUnit(unit) if unit else None,
            is_released=is_released,
            slot=slot,
            slot_new_from=slot_new_from,
            places=(*initial, *sorted(moves.get(key, ()))),
            absences=tuple(sorted(absences.get(key, ()), key=_by_code)),
            confirmed_months=frozenset(confirmed.get(key, ())),
        )
        found.append(ReferralFacts(key, person_id, referral))
    return found


@cache
def _as_written(volume: Decimal) -> Decimal:
    """Leave out the zeros that the column adds.

    >>> _as_written(Decimal("10.0000")), _as_written(Decimal("0.5000"))
    (Decimal('10'), Decimal('0.5'))
    """
    whole = volume.quantize(_WHOLE)
    return whole if volume == whole else volume.normalize()


def _stay_days(theirs: Q) -> tuple[dict[UUID, dict[str, date]], dict[UUID, EndReason]]:
    days: dict[UUID, dict[str, date]] = {}
    reasons: dict[UUID, EndReason] = {}
    rows = StayDay.objects.filter(theirs).current()
    for referral_id, kind, day, reason in rows.values_list("referral_id", "kind", "day", "reason"):
        days.setdefault(referral_id, {})[kind] = day
        if reason:
            reasons[referral_id] = EndReason(reason)
    return days, reasons


def _place_column(place_codes: Mapping[UUID, str] | None) -> tuple[str, Callable[[Any], str]]:
    """Give the column that names a place, and what makes its code of it."""
    return ("place__code", str) if place_codes is None else ("place_id", place_codes.__getitem__)


def _moves(theirs: Q, place_codes: Mapping[UUID, str] | None) -> dict[UUID, list[tuple[date, str]]]:
    found: dict[UUID, list[tuple[date, str]]] = {}
    rows = Move.objects.filter(theirs).current()
    place, code_of = _place_column(place_codes)
    for referral_id, from_day, key in rows.values_list("referral_id", "from_day", place):
        found.setdefault(referral_id, []).append((from_day, code_of(key)))
    return found


def _absences(theirs: Q) -> dict[UUID, list[facts.Absence]]:
    found: dict[UUID, list[facts.Absence]] = {}
    rows = Absence.objects.filter(theirs).current()
    columns = ("referral_id", "code", "first_day", "last_day", "kind", "learned_on")
    for referral_id, code, first_day, last_day, kind, learned_on in rows.values_list(*columns):
        absence = facts.Absence(code, first_day, last_day, AbsenceKind(kind), learned_on)
        found.setdefault(referral_id, []).append(absence)
    return found


def _confirmed(theirs: Q) -> dict[UUID, list[Month]]:
    found: dict[UUID, list[Month]] = {}
    rows = Confirmation.objects.filter(theirs).current()
    for referral_id, period in rows.values_list("referral_id", "period"):
        found.setdefault(referral_id, []).append(Month(*divmod(period, 100)))
    return found


def persons_by_referral(provider_id: UUID, referral_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Give the person of each of some referrals of a provider; others are left out.

    A person's merged entry gives the entry that stands for it. One query, two where somebody was
    merged.
    """
    rows = Referral.objects.filter(provider_id=provider_id, pk__in=set(referral_ids))
    found = list(rows.values_list("pk", "person_id", "person__merged_into_id"))
    standing = standing_for(provider_id) if any(into for _key, _person, into in found) else {}
    return {key: standing.get(person, person) for key, person, _into in found}


def kinds_of_referrals(provider_id: UUID) -> dict[UUID, ServiceKind]:
    """Give the service of each referral of a provider, with all that its kind implies."""
    rows = Referral.objects.filter(provider_id=provider_id)
    return {
        key: kind_of(Service(service), Variant(variant))
        for key, service, variant in rows.values_list("pk", "service", "variant")
    }


def ended_early(provider_id: UUID, first_day: date, last_day: date) -> list[UUID]:
    """Give the referrals whose service ended in some days before its term.

    Those of persons who never came are left out: no service began that could be summed up.

    Law: SHS § 83(1) p 11¹.
    """
    return list(early_ends(provider_id, first_day, last_day))


def early_ends(provider_id: UUID, first_day: date, last_day: date) -> dict[UUID, date]:
    """Give the referrals of `ended_early`, each with the day of its end."""
    here = StayDay.objects.filter(provider_id=provider_id).current()
    came = here.filter(kind=StayKind.ARRIVED).values("referral_id")
    ended = here.filter(
        kind=StayKind.ENDED,
        day__gte=first_day,
        day__lte=last_day,
        day__lt=F("referral__valid_to"),
        referral_id__in=came,
    )
    return dict(ended.order_by("referral_id").values_list("referral_id", "day"))


def referral_counts() -> dict[UUID, int]:
    """Give how many referrals each provider has."""
    rows = Referral.objects.order_by().values_list("provider_id").annotate(Count("pk"))
    return dict(rows)
