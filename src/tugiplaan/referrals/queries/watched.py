"""Referrals that somebody must keep an eye on, with what the deadlines ask, in two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, DateField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from tugiplaan.referrals.models import Absence, Confirmation, Referral, StayDay, StayKind
from tugiplaan.rules import facts
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import AbsenceKind, EndReason, Service, Variant


@dataclass(frozen=True, slots=True)
class Watched:
    """A referral with its stay as the rules of deadlines see it.

    Attributes:
        referral: The row, read with its person and place.
        facts: Without moves, volumes, hours and days, which no deadline asks for.
        learned_on: When the provider learned of the end, if it was written down.
    """

    referral: Referral
    facts: facts.Referral
    learned_on: date | None

    @property
    def person_id(self) -> UUID:
        """The entry that stands for the person, as far as one merge tells."""
        person = self.referral.person
        return person.merged_into_id or person.pk

    @property
    def person_name(self) -> str:
        person = self.referral.person
        return f"{person.first_name} {person.last_name}"


def watched(provider_id: UUID, since: date, persons: Iterable[UUID] | None = None) -> list[Watched]:
    """Give the referrals that are not long over, with what holds of their stays.

    Args:
        provider_id: At which provider.
        since: Left out are terms and stays that ended before this day.
        persons: Only of these persons, under whichever entry; None: of all.

    Returns:
        By name and code. Two queries.
    """
    over = StayDay.objects.filter(provider_id=provider_id, kind=StayKind.ENDED, day__lt=since)
    found = Referral.objects.filter(provider_id=provider_id, valid_to__gte=since)
    found = found.exclude(pk__in=over.current().values("referral_id"))
    if persons is not None:
        chosen = list(persons)
        found = found.filter(Q(person_id__in=chosen) | Q(person__merged_into__in=chosen))
    rows = _rows_by_referral(found)
    named = found.select_related("person", "place").order_by("person__sort_name", "code")
    return [_watched(one, rows.get(one.pk, [])) for one in named]


_DAY, _AWAY, _CONFIRMED = "day", "away", "confirmed"

type _Row = tuple[str, UUID, str, date | None, date | None, str, date | None, int]
"""What it is, its referral, kind, first and last day, reason, day of learning, month."""


def _rows_by_referral(referrals: QuerySet[Referral]) -> dict[UUID, list[_Row]]:
    """Read the rows of stays that hold, of three tables with one question."""
    theirs = Q(referral__in=referrals.order_by().values("pk"))
    no_day, no_text = Cast(Value(None), DateField()), Value("", CharField())
    no_number = Value(0, IntegerField())
    days = StayDay.objects.filter(theirs).current().order_by()
    absences = Absence.objects.filter(theirs).current().order_by()
    confirmed = Confirmation.objects.filter(theirs).current().order_by()
    # Columns go by their place, so each of the three names them in the same order.
    found = days.values_list(
        Value(_DAY), "referral_id", "kind", "day", no_day, "reason", "learned_on", no_number
    ).union(
        absences.values_list(
            *(Value(_AWAY), "referral_id", "kind", "first_day", "last_day", "code"),
            *("learned_on", no_number),
        ),
        confirmed.values_list(
            *(Value(_CONFIRMED), "referral_id", no_text, no_day, no_day, no_text),
            *(no_day, Cast("period", IntegerField())),
        ),
        all=True,
    )
    rows: dict[UUID, list[_Row]] = {}
    for row in found:
        rows.setdefault(row[1], []).append(row)
    return rows


def _watched(referral: Referral, rows: list[_Row]) -> Watched:
    days = {row[2]: row for row in rows if row[0] == _DAY}
    on = {kind: row[3] for kind, row in days.items()}
    end = days.get(StayKind.ENDED)
    absences = [
        facts.Absence(row[5], row[3], row[4], AbsenceKind(row[2]), row[6])
        for row in rows
        if row[0] == _AWAY and row[3] and row[4]
    ]
    known = facts.Referral(
        referral=referral.code,
        service=Service(referral.service),
        variant=Variant(referral.variant),
        issued_on=referral.issued_on,
        valid_from=referral.valid_from,
        valid_to=referral.valid_to,
        agreed_start=on.get(StayKind.AGREED),
        arrived_on=on.get(StayKind.ARRIVED),
        ended_on=on.get(StayKind.ENDED),
        end_reason=EndReason(end[5]) if end and end[5] else None,
        is_released=referral.is_released,
        absences=tuple(sorted(absences, key=lambda absence: absence.first_day)),
        confirmed_months=frozenset(Month.of_period(row[7]) for row in rows if row[0] == _CONFIRMED),
    )
    return Watched(referral, known, end[6] if end else None)
