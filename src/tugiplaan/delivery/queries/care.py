"""Reading what happened around a person: incidents, isolations, the narrative."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.accounts.access import NotAllowedError, User, require
from tugiplaan.audit.recorder import record_reading
from tugiplaan.delivery.models import Incident, Narrative
from tugiplaan.delivery.models import Isolation as Isolation  # given on to papers
from tugiplaan.people.queries import visible_to
from tugiplaan.referrals.queries import persons_at_places
from tugiplaan.rules import isolation as rule
from tugiplaan.rules.isolation import IsolationReview, Protocol
from tugiplaan.rules.tables import Law
from tugiplaan.rules.vocabulary import Service


@dataclass(frozen=True, slots=True)
class OpenIsolation:
    """An isolation that goes on.

    Attributes:
        review: What the rules say of it at the moment asked about.
    """

    row: Isolation
    review: IsolationReview

    @property
    def minutes_left(self) -> Fraction:
        return self.review.minutes_left


def incidents_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[Incident]:
    """Give the incidents of a person that hold, the latest first."""
    found = Incident.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    return found.current().select_related("place").order_by("-happened_at", "-id")


def incidents_since(
    provider_id: UUID, since: date, persons: Iterable[UUID] | None = None
) -> QuerySet[Incident]:
    """Give the incidents that hold and happened on a day or later, the latest first.

    Args:
        provider_id: At which provider.
        since: The first day.
        persons: Only of these persons, under whichever entry; None: of all.
    """
    found = Incident.objects.filter(provider_id=provider_id, happened_at__date__gte=since)
    if persons is not None:
        chosen = list(persons)
        found = found.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    return found.current().select_related("person", "place").order_by("-happened_at", "-id")


def isolations_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[Isolation]:
    """Give the isolations of a person that hold, the latest first."""
    found = Isolation.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    return _whole(found.current()).order_by("-started_at", "-id")


def open_isolations(provider_id: UUID, now: datetime, law: Law) -> list[OpenIsolation]:
    """Give the isolations that go on, each with the minutes left.

    Args:
        provider_id: At which provider.
        now: The moment from which one looks, with its time zone.
        law: The dated law.

    Returns:
        The one that must end first comes first; minutes left are negative above the limit. Two
        queries.

    Raises:
        NotInForceError: A term was not in force on the day of a start.

    Law: rule R-21; SHS § 107(6).
    """
    found = Isolation.objects.filter(provider_id=provider_id, ended_at__isnull=True).current()
    rows = _whole(found.filter(started_at__lte=now)).order_by("started_at", "id")
    return [OpenIsolation(row, review_of(row, now, law)) for row in rows]


def isolations_since(
    provider_id: UUID, since: date, persons: Iterable[UUID] | None = None
) -> QuerySet[Isolation]:
    """Give the isolations that hold and began on a day or later, those that go on too.

    Args:
        provider_id: At which provider.
        since: The first day.
        persons: Only of these persons, under whichever entry; None: of all.

    Returns:
        The earliest first. Two queries; one where there are none.
    """
    found = Isolation.objects.filter(provider_id=provider_id, started_at__date__gte=since)
    if persons is not None:
        chosen = list(persons)
        found = found.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    return _whole(found.current()).order_by("started_at", "id")


def _whole(rows: QuerySet[Isolation]) -> QuerySet[Isolation]:
    """Read with the isolations what their review looks at."""
    return rows.select_related(
        "person", "referral", "decided_by", "supervised_by"
    ).prefetch_related("person__representatives")


def review_of(row: Isolation, now: datetime, law: Law) -> IsolationReview:
    """Say what is wrong with an isolation and its protocol.

    Args:
        row: The row that holds.
        now: The moment from which one looks, with its time zone.
        law: The dated law.

    Returns:
        What the rules found. A decision is there when it names who decided and why.

    Raises:
        NotInForceError: A term was not in force on the day of the start.

    Law: rule R-21; SHS §§ 106–107.
    """
    judged = rule.Isolation(
        service=Service(row.referral.service),
        started_at=row.started_at,
        ended_at=row.ended_at,
        supervised_by=str(row.supervised_by),
        is_direct_danger=row.is_direct_danger,
        was_calmed_first=bool(row.calming.strip()),
        is_excluded_by_doctor=row.is_excluded_by_doctor,
        called=bool(row.called.strip()),
        has_decision=bool(row.reasons.strip()),
        has_representative=_has_guardian(row),
        representative_told=bool(row.representative_told.strip()),
        was_explained=bool(row.explained.strip()),
        protocol=_protocol(row),
    )
    return rule.review(judged, now, law)


def _has_guardian(row: Isolation) -> bool:
    """Tell whether the person had a legal representative on the day."""
    day = row.started_at.date()
    return any(
        one.kind == "guardian"
        and one.valid_from <= day
        and (one.valid_to is None or day <= one.valid_to)
        for one in row.person.representatives.all()
    )


def _protocol(row: Isolation) -> Protocol:
    return Protocol(
        first_name=row.person.first_name,
        last_name=row.person.last_name,
        started=row.started_at.isoformat(),
        ended=row.ended_at.isoformat() if row.ended_at else "",
        prior_situation=row.situation,
        calming_means=row.calming,
        reasons=row.reasons,
        decided_by=str(row.decided_by),
        injuries=row.harm,
        damage=row.harm,
    )


def narrative_of(
    *, provider_id: UUID, person_ids: Iterable[UUID], by: User, on: date
) -> list[Narrative]:
    """Give what was written of a person to a page, and record that it was read.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        by: Who reads.
        on: Today.

    Returns:
        The notes that hold, the latest first.

    Raises:
        NotAllowedError: `by` may not read narratives there, or not this person's.
    """
    require(by, "narrative.read", provider_id, on)
    persons = set(person_ids)
    reached = visible_to(by, on, "narrative.read").filter(
        Q(pk__in=persons), provider_id=provider_id
    )
    if not reached.exists() and not persons & persons_at_places(by, on, "narrative.read"):
        raise NotAllowedError(by, "narrative.read")
    record_reading(
        by=by, name="delivery.narrative", provider_id=provider_id, persons=sorted(persons)
    )
    found = Narrative.objects.filter(provider_id=provider_id, person_id__in=persons).current()
    return list(found.order_by("-day", "-id"))
