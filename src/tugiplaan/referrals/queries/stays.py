"""Stays with the rows that hold, who is where on a day, and what comes next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tugiplaan.accounts.access import User, scope_of
from tugiplaan.people.queries import standing_for
from tugiplaan.referrals.models import Absence, Confirmation, Move, Referral, StayDay, StayKind
from tugiplaan.referrals.queries import facts_of
from tugiplaan.referrals.queries.whereabouts import place_on
from tugiplaan.rules import facts
from tugiplaan.rules.deadlines import Deadline, end_notice, summary_assessments, turn_up
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service, Variant


class PlaceOn(NamedTuple):
    """A place, by its id and code."""

    place_id: UUID
    code: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A referral and the rows of its stay that hold.

    Attributes:
        agreed: The agreed start.
        arrived: The arrival.
        ended: The end.
        moves: By day.
        absences: By first day.
        confirmations: By month.
    """

    referral: Referral
    agreed: StayDay | None
    arrived: StayDay | None
    ended: StayDay | None
    moves: tuple[Move, ...]
    absences: tuple[Absence, ...]
    confirmations: tuple[Confirmation, ...]

    def place_on(self, day: date) -> PlaceOn | None:
        """Give the place of a day; the first one counts from the beginning; None: not known."""
        initial = self.referral.place
        place = PlaceOn(initial.pk, initial.code) if initial else None
        for move in self.moves:
            if move.from_day <= day or place is None:
                place = PlaceOn(move.place_id, move.place.code)
        return place


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who has a referral and has not come yet.

    Attributes:
        agreed_on: The agreed start; None: nothing is agreed.
        window: Until when the person must come; None without an agreed start.
    """

    referral: Referral
    agreed_on: date | None
    window: Deadline | None


@dataclass(frozen=True, slots=True)
class Due:
    """A referral that ends, and what must be done before.

    Attributes:
        deadlines: The notice of the end and the summary assessment, by due day.
    """

    referral: Referral
    deadlines: tuple[Deadline, ...]


def referrals_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[Referral]:
    """Give the referrals of a person, whose entries may be several, the latest term first."""
    found = Referral.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    return found.select_related("person", "place").order_by("-valid_from", "code")


def with_ids(provider_id: UUID, referral_ids: Iterable[UUID]) -> QuerySet[Referral]:
    """Give some referrals of a provider with their persons, by code."""
    found = Referral.objects.filter(provider_id=provider_id, pk__in=list(referral_ids))
    return found.select_related("person").order_by("code")


def overlapping(provider_id: UUID, first_day: date, last_day: date) -> QuerySet[Referral]:
    """Give the referrals whose term touches some days, by code."""
    found = Referral.objects.filter(
        provider_id=provider_id, valid_from__lte=last_day, valid_to__gte=first_day
    )
    return found.order_by("code")


def stays_of(referrals: QuerySet[Referral]) -> list[Stay]:
    """Give referrals with the rows of their stays that hold.

    Args:
        referrals: Which, in the order wanted.

    Returns:
        One stay for each. Five queries.
    """
    chosen = list(referrals.select_related("person", "place"))
    theirs = Q(referral_id__in=[one.pk for one in chosen])
    days = {(row.referral_id, row.kind): row for row in StayDay.objects.filter(theirs).current()}
    moves = _by_referral(
        Move.objects.filter(theirs).current().select_related("place").order_by("from_day", "id")
    )
    absences = _by_referral(Absence.objects.filter(theirs).current().order_by("first_day", "code"))
    confirmations = _by_referral(Confirmation.objects.filter(theirs).current().order_by("period"))
    return [
        Stay(
            one,
            days.get((one.pk, StayKind.AGREED)),
            days.get((one.pk, StayKind.ARRIVED)),
            days.get((one.pk, StayKind.ENDED)),
            tuple(moves.get(one.pk, ())),
            tuple(absences.get(one.pk, ())),
            tuple(confirmations.get(one.pk, ())),
        )
        for one in chosen
    ]


def absences_between(
    provider_id: UUID, referral_ids: Iterable[UUID], first_day: date, last_day: date
) -> dict[UUID, list[Absence]]:
    """Give the absences of referrals that hold and touch some days, by referral. One query."""
    rows = Absence.objects.filter(
        provider_id=provider_id,
        referral_id__in=list(referral_ids),
        first_day__lte=last_day,
        last_day__gte=first_day,
    ).current()
    return _by_referral(rows.order_by("first_day", "code"))


def _by_referral[M: (Move, Absence, Confirmation)](rows: Iterable[M]) -> dict[UUID, list[M]]:
    found: dict[UUID, list[M]] = {}
    for row in rows:
        found.setdefault(row.referral_id, []).append(row)
    return found


def stay_of(referral: Referral) -> Stay:
    """Give one referral with the rows of its stay that hold. Five queries."""
    (found,) = stays_of(Referral.objects.filter(pk=referral.pk))
    return found


def _served(day: date, places: Iterable[UUID] | None = None) -> QuerySet[Referral]:
    """Give the referrals under which somebody is served on a day, by the place of that day.

    The days are those of rules.stays.presence.stay_of: from the latest of arrival, agreed start
    and term to the earliest of end and term, both served.

    Args:
        day: The day.
        places: Only at these places; None: at any and at none.
    """
    came = StayDay.objects.filter(kind=StayKind.ARRIVED, day__lte=day).current()
    not_begun = StayDay.objects.filter(kind=StayKind.AGREED, day__gt=day).current()
    over = StayDay.objects.filter(kind=StayKind.ENDED, day__lt=day).current()
    found = (
        Referral.objects.filter(valid_from__lte=day, valid_to__gte=day)
        .filter(pk__in=came.values("referral_id"))
        .exclude(pk__in=not_begun.values("referral_id"))
        .exclude(pk__in=over.values("referral_id"))
        .annotate(place_now=place_on(day))
    )
    if places is not None:
        found = found.filter(place_now__in=list(places))
    return found.order_by("place_now", "person__sort_name", "code")


def active_on(provider_id: UUID, day: date) -> QuerySet[Referral]:
    """Give the referrals under which somebody is served on a day.

    Args:
        provider_id: At which provider.
        day: The day. Somebody away for some days is served all the same.

    Returns:
        The referrals, each with `place_now`, the id of the place of that day or None; by place
        and name.
    """
    return _served(day).filter(provider_id=provider_id).select_related("person", "place")


def active_at(provider_id: UUID, place_id: UUID, day: date) -> QuerySet[Referral]:
    """Give the referrals under which somebody is served at a place on a day, by name."""
    found = _served(day, [place_id]).filter(provider_id=provider_id)
    return found.select_related("person", "place").order_by("person__sort_name", "code")


def active_of(provider_id: UUID, person_ids: Iterable[UUID], day: date) -> QuerySet[Referral]:
    """Give the referrals under which some persons are served on a day, merged entries too."""
    found = _served(day).filter(_of_persons(person_ids), provider_id=provider_id)
    return found.select_related("person", "place").order_by("person__sort_name", "code")


def is_referred() -> Exists:
    """Give the condition that a person has ever had a referral, for a query about persons."""
    return Exists(Referral.objects.filter(person=OuterRef("pk")))


def served_at(
    provider_id: UUID, place_id: UUID, day: date, beside: UUID | None = None
) -> dict[Service, Counter[Variant]]:
    """Count the persons at a place on a day, by service and variant.

    Args:
        provider_id: At which provider.
        place_id: The place.
        day: The day.
        beside: A referral that is not counted.
    """
    found = _served(day, [place_id]).filter(provider_id=provider_id)
    if beside is not None:
        found = found.exclude(pk=beside)
    counts: dict[Service, Counter[Variant]] = {}
    for service, variant in found.values_list("service", "variant"):
        counts.setdefault(Service(service), Counter())[Variant(variant)] += 1
    return counts


def persons_at(provider_id: UUID, place_ids: Iterable[UUID], day: date) -> set[UUID]:
    """Give the persons served at places on a day.

    Returns:
        The entries that stand for them. Two queries.
    """
    found = _served(day, place_ids).filter(provider_id=provider_id)
    standing = standing_for(provider_id)
    return {standing.get(one, one) for one in found.values_list("person_id", flat=True)}


def persons_at_places(user: User, day: date, permission: str = "people.read") -> set[UUID]:
    """Give the persons whom a user reaches by grants for places, who are served there on a day.

    Args:
        user: Who asks.
        day: Today.
        permission: What the user wants to do with them.

    Returns:
        The entries that stand for them; together with `people.queries.visible_to` these are
        all whom the user reaches at providers.
    """
    places = scope_of(user, permission, day).places
    if not places:
        return set()
    rows = list(_served(day, places).values_list("provider_id", "person_id"))
    standing: dict[UUID, UUID] = {}
    for provider_id in sorted({provider_id for provider_id, _ in rows}):
        standing |= standing_for(provider_id)
    return {standing.get(person_id, person_id) for _, person_id in rows}


def visible_to(user: User, day: date, permission: str = "referrals.read") -> QuerySet[Referral]:
    """Give the referrals that a user may see.

    Args:
        user: Who asks.
        day: Today: a grant for a place reaches who is served there on that day.
        permission: What the user wants to do with them.

    Returns:
        Referrals by name, term and code.
    """
    scope = scope_of(user, permission, day)
    found = Referral.objects.select_related("person", "place")
    if not scope.everywhere:
        mine = Q(provider_id__in=scope.providers) | _of_persons(scope.persons)
        if scope.places:
            here = _served(day, scope.places).filter(person_id=OuterRef("person_id"))
            mine |= Q(Exists(here))
        found = found.filter(mine)
    return found.order_by("person__sort_name", "valid_from", "code")


def _of_persons(persons: Iterable[UUID]) -> Q:
    """Give the condition that a referral is of some persons, under whichever entry."""
    chosen = list(persons)
    return Q(person_id__in=chosen) | Q(person__merged_into__in=chosen)


def awaited(provider_id: UUID, day: date) -> QuerySet[Referral]:
    """Give the referrals that are not over on a day and under which nobody has come yet."""
    closed = StayDay.objects.filter(kind__in=[StayKind.ARRIVED, StayKind.ENDED]).current()
    found = Referral.objects.filter(provider_id=provider_id, valid_to__gte=day)
    found = found.exclude(pk__in=closed.values("referral_id"))
    return found.select_related("person", "place").order_by("person__sort_name", "code")


def waiting_arrivals(provider_id: UUID, day: date, law: Law) -> list[Waiting]:
    """Give who has a referral that is not over and has not come yet.

    Args:
        provider_id: At which provider.
        day: Today.
        law: The dated law.

    Returns:
        Those with an agreed start first, by its day; then by name. Who missed the window stays
        in the list until the referral is ended.

    Raises:
        NotInForceError: The term to turn up was not in force on an agreed day.

    Law: SHS § 71(5)–(8).
    """
    found = awaited(provider_id, day)
    known = {one.referral_id: one.facts for one in facts_of(found)}
    waiting = [
        Waiting(one, known[one.pk].agreed_start, turn_up(known[one.pk], law))
        for one in found
        if one.pk in known
    ]
    waiting.sort(key=lambda one: one.agreed_on or date.max)
    return waiting


def ending_soon(provider_id: UUID, day: date, until: date, law: Law) -> list[Due]:
    """Give the stays for whose end something is due, on from a day.

    Args:
        provider_id: At which provider.
        day: Today; only who is served on it is listed.
        until: What is due later than this is left out; what is overdue is in.
        law: The dated law.

    Returns:
        By the first due day, then by code.

    Raises:
        NotInForceError: A term was not in force.

    Law: SHS § 83(1) p 8, 11, 11¹.
    """
    found = _served(day).filter(provider_id=provider_id)
    known = {one.referral_id: one.facts for one in facts_of(found)}
    due = []
    for one in found.select_related("person", "place").order_by("code"):
        if one.pk not in known:
            continue
        deadlines = tuple(row for row in _of_end(known[one.pk], law) if row.due_on <= until)
        if deadlines:
            due.append(Due(one, deadlines))
    due.sort(key=lambda one: one.deadlines[0].due_on)
    return due


def _of_end(referral: facts.Referral, law: Law) -> list[Deadline]:
    found = [end_notice(referral, law), *summary_assessments(referral, law)]
    return sorted(found, key=lambda deadline: deadline.due_on)
