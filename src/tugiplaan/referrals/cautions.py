"""What is unusual about a referral or a stay: said at once, and kept all the same.

What the law forbids is refused by the actions. What is only unusual, or will be a finding of
the month, is stored and told to who recorded it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language, show_day
from tugiplaan.people.queries import standing_for
from tugiplaan.providers.books import month_text, period_of
from tugiplaan.providers.queries import house_facts
from tugiplaan.referrals.models import Referral
from tugiplaan.referrals.queries import PlaceOn, facts_of, referrals_of, served_at
from tugiplaan.referrals.queries import stay_of as stay_with_rows
from tugiplaan.rules import facts
from tugiplaan.rules.compatibility import Term, conflicts
from tugiplaan.rules.deadlines import turn_up
from tugiplaan.rules.eligibility import Outcome, term_check
from tugiplaan.rules.explanation import tell_step
from tugiplaan.rules.period import FAR_FUTURE, Month
from tugiplaan.rules.staffing.capacity import Capacity, capacity
from tugiplaan.rules.stays.presence import stay_of
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import AbsenceKind, Service, Variant


class CautionCode(StrEnum):
    """What is unusual."""

    TERM = "term"
    INCOMPLETE = "incomplete"
    CONFLICT = "conflict"
    CAPACITY = "capacity"
    OUT_OF_TERM = "out_of_term"
    BEFORE_AGREED = "before_agreed"
    LATE_ARRIVAL = "late_arrival"
    OUTSIDE_STAY = "outside_stay"
    ABSENCES_OVERLAP = "absences_overlap"
    NOT_IN_HOSPITAL = "not_in_hospital"


@dataclass(frozen=True, slots=True)
class Caution:
    """Something unusual, in a sentence."""

    code: CautionCode
    text: str


@dataclass(frozen=True, slots=True)
class Recorded[Kept]:
    """What was stored, and what is unusual about it."""

    row: Kept
    cautions: tuple[Caution, ...] = ()


def of_decision(referral: Referral) -> list[Caution]:
    """Say what is unusual about the text of a decision.

    Law: SHS §§ 70(6), 71(2).
    """
    found = []
    check = term_check(_of_text(referral), builtin())
    if check.outcome is not Outcome.MET:
        found.append(Caution(CautionCode.TERM, tell_step(check.explanation[0], language())))
    wanting = [
        name
        for name, value in (
            (_("teenuse eesmärk"), referral.purpose.strip()),
            (_("soovituslik maht"), referral.planned_volume),
        )
        if value in ("", None)
    ]
    if wanting:
        text = _("Suunamisotsusest puudub: {wanting} (SHS § 71 lg 2). Küsi see SKA-lt.").format(
            wanting=", ".join(wanting)
        )
        found.append(Caution(CautionCode.INCOMPLETE, text))
    return found


def _of_text(referral: Referral) -> facts.Referral:
    """Give what the decision itself says, without its stay."""
    return facts.Referral(
        referral=referral.code,
        service=Service(referral.service),
        variant=Variant(referral.variant),
        issued_on=referral.issued_on,
        valid_from=referral.valid_from,
        valid_to=referral.valid_to,
    )


def of_conflicts(referral: Referral) -> list[Caution]:
    """Name the person's other services that may not run beside this one.

    Args:
        referral: The referral, stored; its provider held.

    Returns:
        One caution for each. A day on which one service ends and the next begins is none.

    Law: rule R-18; SHS §§ 88, 92, 95, 98, 99², 101.
    """
    found = facts_of(referrals_of(referral.provider_id, _entries(referral)))
    terms = {one.facts.referral: term for one in found if (term := _term(one.facts))}
    cautions = []
    for conflict in conflicts(list(terms.values())):
        one, other = terms[conflict.one], terms[conflict.other]
        is_handover = conflict.first_day == conflict.last_day and (
            one.last_day == other.first_day or other.last_day == one.first_day
        )
        if referral.code not in (conflict.one, conflict.other) or is_handover:
            continue
        beside = other if conflict.one == referral.code else one
        text = _(
            "Samal ajal on suunamine {key} ({service}) alates {first}: need teenused "
            "koos käia ei tohi."
        ).format(key=beside.key, service=beside.service, first=show_day(conflict.first_day))
        cautions.append(Caution(CautionCode.CONFLICT, text))
    return cautions


def _entries(referral: Referral) -> Iterable[UUID]:
    """Give all entries of the person of a referral."""
    standing = standing_for(referral.provider_id)
    person = standing.get(referral.person_id, referral.person_id)
    return [person, *(entry for entry, stands in standing.items() if stands == person)]


def _term(referral: facts.Referral) -> Term | None:
    """Give from when to when a referral is or will be used; None: never."""
    stay = stay_of(referral)
    if stay:
        first, last = date.fromordinal(stay[0]), date.fromordinal(stay[1] - 1)
    else:
        first = max(referral.valid_from, referral.agreed_start or referral.valid_from)
        last = min(referral.ended_on or FAR_FUTURE, referral.valid_to)
    if first > last or (referral.ended_on and not referral.arrived_on):
        return None
    return Term(referral.referral, referral.service, first, last)


def of_capacity(referral: Referral, day: date) -> list[Caution]:
    """Say whether the licence of the place covers those who are served there on a day.

    Args:
        referral: The referral of who comes, stored already.
        day: The first day there; nothing is said where the place is not known.

    Law: rule R-19; SHS § 154.
    """
    return _of_room(referral, stay_with_rows(referral).place_on(day), day)


def of_first_place(referral: Referral) -> list[Caution]:
    """Say the same of a decision without a stay: of its place on its first day."""
    place = referral.place
    there = PlaceOn(place.pk, place.code) if place else None
    return _of_room(referral, there, referral.valid_from)


def _of_room(referral: Referral, place: PlaceOn | None, day: date) -> list[Caution]:
    if place is None:
        return []
    kind = (Service(referral.service), Variant(referral.variant))
    found = room_at(referral.provider_id, place, kind, day, referral.pk)
    if found.is_within:
        return []
    text = " ".join(tell_step(step, language()) for step in found.explanation)
    return [Caution(CautionCode.CAPACITY, text)]


def room_at(
    provider_id: UUID,
    place: PlaceOn,
    kind: tuple[Service, Variant],
    day: date,
    beside: UUID | None = None,
) -> Capacity:
    """Say whether the licence of a place has room for one more person on a day.

    Args:
        provider_id: At which provider.
        place: The place.
        kind: For which service the person would come, with its variant.
        day: The day.
        beside: The referral of the person, which is not counted twice.

    Returns:
        What the licence allows, the person who comes counted in.

    Law: rule R-19; SHS § 154.
    """
    service, variant = kind
    others = served_at(provider_id, place.place_id, day, beside)
    there = others.get(service, Counter()) + Counter([variant])
    return capacity(house_facts(provider_id), place.code, service, there, day)


def of_start(referral: Referral) -> list[Caution]:
    """Say what is unusual about the agreed start and the arrival of a stay.

    Law: SHS §§ 71(6)–(8), 78(2).
    """
    known = _facts(referral)
    agreed, arrived = known.agreed_start, known.arrived_on
    found = []
    for day, what in ((agreed, _("Kokkulepitud algus")), (arrived, _("Saabumine"))):
        if day and not known.valid_from <= day <= known.valid_to:
            text = _("{what} {day} ei ole suunamise ajal ({first}–{last}).").format(
                what=what,
                day=show_day(day),
                first=show_day(known.valid_from),
                last=show_day(known.valid_to),
            )
            found.append(Caution(CautionCode.OUT_OF_TERM, text))
    if agreed and arrived and arrived < agreed:
        text = _("Inimene tuli enne kokkulepitud algust: teenus algab {agreed}.").format(
            agreed=show_day(agreed)
        )
        found.append(Caution(CautionCode.BEFORE_AGREED, text))
    window = turn_up(known, builtin())
    if window and arrived and arrived > window.due_on:
        text = _(
            "Inimene pidi tulema hiljemalt {day}. Kui tal oli mõjuv põhjus, lepi kokku "
            "uus algus; muidu õigus selle suunamise järgi lõppes (SHS § 71 lg 6–8)."
        ).format(day=show_day(window.due_on))
        found.append(Caution(CautionCode.LATE_ARRIVAL, text))
    return found


def of_absence(referral: Referral, code: str) -> list[Caution]:
    """Say what is unusual about an absence of a stay."""
    known = _facts(referral)
    absence = next(one for one in known.absences if one.absence == code)
    stay = stay_of(known)
    found = []
    days = absence.first_day.toordinal(), absence.last_day.toordinal()
    if stay is None or not (stay[0] <= days[0] and days[1] < stay[1]):
        text = _("Eemalolek ei ole tervenisti teenusel oleku ajal: muid päevi ei arvestata.")
        found.append(Caution(CautionCode.OUTSIDE_STAY, text))
    for other in known.absences:
        apart = other.last_day < absence.first_day or absence.last_day < other.first_day
        if other is not absence and not apart:
            text = _("Samadel päevadel on juba eemalolek {absence} ({first}–{last}).").format(
                absence=other.absence,
                first=show_day(other.first_day),
                last=show_day(other.last_day),
            )
            found.append(Caution(CautionCode.ABSENCES_OVERLAP, text))
    return found


def of_confirmation(referral: Referral, month: Month) -> list[Caution]:
    """Say so where nobody was in hospital in the month of a confirmation."""
    for absence in _facts(referral).absences:
        touches = absence.first_day <= month.last and month.first <= absence.last_day
        if absence.kind is AbsenceKind.HOSPITAL and touches:
            return []
    text = _("Kuul {month} ei ole haiglas olekut kirjas.").format(
        month=month_text(period_of(month.first))
    )
    return [Caution(CautionCode.NOT_IN_HOSPITAL, text)]


def _facts(referral: Referral) -> facts.Referral:
    (found,) = facts_of(Referral.objects.filter(pk=referral.pk))
    return found.facts
