"""A home that is open day and night: its diary, what waits to be taken over, who is in and out."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from tugiplaan.accounts.access import NotAllowedError, User, require, scope_of
from tugiplaan.audit.recorder import record_reading
from tugiplaan.delivery.models import HandOver, Movement, MovementKind, ShiftKind, ShiftNote
from tugiplaan.people.queries import Person, within
from tugiplaan.referrals.queries import absences_between, active_at, persons_at_places
from tugiplaan.rules.vocabulary import AbsenceKind

# The kinds are given on, so that pages need not reach for the tables.
__all__ = [
    "MovementKind",
    "ShiftKind",
    "Whereabouts",
    "diary_of",
    "waiting_hand_overs",
    "whereabouts",
]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a person of a home is.

    Attributes:
        movement: The latest going out or coming back; None: none is recorded.
        away: Why the person is away for the whole day; None: is not.
        is_overdue: Is out and was expected back before.
    """

    person: Person
    movement: Movement | None
    away: AbsenceKind | None
    is_overdue: bool

    @property
    def is_in(self) -> bool:
        """Tell whether the person is in the house."""
        is_out = self.movement is not None and self.movement.kind == MovementKind.OUT
        return self.away is None and not is_out


def diary_of(
    *, provider_id: UUID, place_id: UUID, since: date, by: User, on: date
) -> list[ShiftNote]:
    """Give the diary of a place to a page, and record whose notes were read.

    Args:
        provider_id: At which provider.
        place_id: Which place.
        since: The first day wanted.
        by: Who reads.
        on: Today.

    Returns:
        The notes that hold, the latest first, each with its person and `taken_over` with the
        users; notes of persons out of the user's reach are left out.

    Raises:
        NotAllowedError: `by` may not read narratives there.
    """
    require(by, "narrative.read", provider_id, on)
    found = list(_reachable(_notes(provider_id, place_id, since), by, on))
    persons = sorted({note.person_id for note in found if note.person_id})
    if persons:
        record_reading(by=by, name="delivery.shift_diary", provider_id=provider_id, persons=persons)
    return found


def waiting_hand_overs(
    *, provider_id: UUID, place_id: UUID, since: date, by: User, on: date
) -> list[ShiftNote]:
    """Give what was handed over at a place and the user has not taken over, the oldest first.

    Args, Raises: as `diary_of`.
    """
    require(by, "narrative.read", provider_id, on)
    mine = HandOver.objects.filter(user=by).values("note_id")
    notes = _notes(provider_id, place_id, since).exclude(hand_over="").exclude(pk__in=mine)
    return list(_reachable(notes, by, on).order_by("day", "id"))


def _notes(provider_id: UUID, place_id: UUID, since: date) -> QuerySet[ShiftNote]:
    taken = HandOver.objects.select_related("user").order_by("at", "id")
    notes = ShiftNote.objects.filter(provider_id=provider_id, place_id=place_id, day__gte=since)
    return (
        notes.current()
        .select_related("person")
        .prefetch_related(Prefetch("taken_over", taken))
        .order_by("-day", "-id")
    )


def _reachable(notes: QuerySet[ShiftNote], by: User, on: date) -> QuerySet[ShiftNote]:
    # One question more for a role at a place, none for others.
    scope = scope_of(by, "narrative.read", on)
    mine = Person.objects.filter(
        within(scope) | Q(pk__in=persons_at_places(by, on, "narrative.read"))
    )
    return notes.filter(Q(person__isnull=True) | Q(person__in=mine.values("pk")))


def whereabouts(
    *, provider_id: UUID, place_id: UUID, now: datetime, by: User, on: date
) -> list[Whereabouts]:
    """Say who is in and who is out at a place now.

    Args:
        provider_id: At which provider.
        place_id: Which place.
        now: This moment, with its time zone.
        by: Who asks.
        on: Today.

    Returns:
        Everybody served at the place today, by name. The number of queries does not grow.

    Raises:
        NotAllowedError: `by` may not read records there.
    """
    require(by, "delivery.read", provider_id, on)
    scope = scope_of(by, "delivery.read", on)
    if not (scope.everywhere or provider_id in scope.providers or place_id in scope.places):
        reached = set(scope.persons)
        if not reached:
            raise NotAllowedError(by, "delivery.read")
    else:
        reached = set()
    here = active_at(provider_id, place_id, on)
    if reached:
        here = here.filter(person_id__in=reached)
    referrals = list(here)
    away = absences_between(provider_id, [one.pk for one in referrals], on, on)
    latest = _latest(provider_id, [one.person_id for one in referrals], now)
    found: dict[UUID, Whereabouts] = {}
    for one in referrals:
        movement = latest.get(one.person_id)
        kinds = [AbsenceKind(row.kind) for row in away.get(one.pk, ())]
        expected = movement.expected_at if movement else None
        is_overdue = not kinds and expected is not None and expected < now
        found.setdefault(
            one.person_id,
            Whereabouts(one.person, movement, kinds[0] if kinds else None, is_overdue),
        )
    return list(found.values())


def _latest(provider_id: UUID, persons: list[UUID], now: datetime) -> dict[UUID, Movement]:
    """Give the latest movement of each person; of each only the newest row is read."""
    theirs = Movement.objects.filter(
        provider_id=provider_id, person=OuterRef("pk"), at__lte=now
    ).current()
    newest = Subquery(theirs.order_by("-at", "-id").values("pk")[:1])
    ids = Person.objects.filter(pk__in=persons).annotate(newest=newest).values("newest")
    return {row.person_id: row for row in Movement.objects.filter(pk__in=ids)}
