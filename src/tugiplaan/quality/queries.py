"""Reading rounds of assessment, improvements and complaints."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tugiplaan.quality.catalogue import EvidenceKind, Standard, Theme, standards, themes
from tugiplaan.quality.evidence import counts_of
from tugiplaan.quality.models import (
    Assessor,
    Closing,
    Complaint,
    ComplaintTerm,
    CriteriaPack,
    Evidence,
    Improvement,
    Level,
    Perspective,
    Round,
    Score,
)
from tugiplaan.quality.packs import Criterion

# The codes are given on, so that pages need not reach for this app's tables.
__all__ = [
    "Assessor",
    "Complaint",
    "Improvement",
    "Level",
    "OneStandard",
    "OneTheme",
    "Perspective",
    "Picture",
    "Round",
    "RoundView",
    "Score",
    "complaint_days",
    "complaint_of",
    "complaints_of",
    "criteria_of",
    "improvement_of",
    "improvements_due",
    "improvements_of",
    "latest_scores",
    "missing_numbers",
    "packs_of",
    "pictures_of",
    "round_of",
    "round_view",
    "rounds_of",
]


def packs_of(provider_id: UUID) -> QuerySet[CriteriaPack]:
    """Give the files of criteria of a provider, the latest first."""
    return CriteriaPack.objects.filter(provider_id=provider_id).order_by("title", "-id")


def rounds_of(provider_id: UUID) -> QuerySet[Round]:
    """Give the rounds of a provider with their place and closing, the latest first."""
    found = Round.objects.filter(provider_id=provider_id)
    return found.select_related("place", "closing").order_by("-first_day", "-id")


def round_of(provider_id: UUID, round_id: UUID) -> Round:
    """Give a round of a provider with its place, closing and criteria.

    Raises:
        Round.DoesNotExist: The provider has no such round.
    """
    found = Round.objects.filter(provider_id=provider_id)
    return found.select_related("place", "closing", "pack").get(pk=round_id)


def criteria_of(round_: Round) -> tuple[Criterion, ...]:
    """Give the criteria that a round goes by, in order; empty where none were brought."""
    rows = round_.pack.content if round_.pack else []
    return tuple(Criterion(row["number"], row["text"]) for row in rows)


def latest_scores(round_: Round) -> dict[str, Score]:
    """Give the score of each number of a round that counts. One query."""
    return {row.number: row for row in Score.objects.filter(round=round_).order_by("id")}


def missing_numbers(round_: Round) -> list[str]:
    """Give the criteria, standards and themes of a round that nobody has judged, in order."""
    return _missing(round_, latest_scores(round_))


def _missing(round_: Round, scores: dict[str, Score]) -> list[str]:
    wanted = [one.number for one in criteria_of(round_)]
    wanted += [*standards(), *(theme.number for theme in themes())]
    return [number for number in wanted if number not in scores]


@dataclass(frozen=True, slots=True)
class OneStandard:
    """A standard in a round.

    Attributes:
        score: What the team judged; None: not yet.
        criteria: Its criteria with their scores; empty where none were brought.
        evidence: What the live records say, by kind.
    """

    standard: Standard
    score: Score | None
    criteria: tuple[tuple[Criterion, Score | None], ...]
    evidence: tuple[tuple[EvidenceKind, int], ...]

    @property
    def missing(self) -> int:
        """How many criteria have no score."""
        return sum(score is None for _, score in self.criteria)


@dataclass(frozen=True, slots=True)
class OneTheme:
    """A theme in a round with its standards."""

    theme: Theme
    score: Score | None
    standards: tuple[OneStandard, ...]

    @property
    def judged(self) -> int:
        return sum(one.score is not None for one in self.standards)


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round with everything in it.

    Attributes:
        closing: None: it is open.
        team: By name.
        missing: The numbers that nobody has judged.
        evidence: By kind; as they were when the round was closed, else as they are.
    """

    round: Round
    closing: Closing | None
    team: tuple[Assessor, ...]
    themes: tuple[OneTheme, ...]
    missing: tuple[str, ...]
    evidence: dict[EvidenceKind, int]
    improvements: tuple[Improvement, ...]


def round_view(round_: Round, day: date) -> RoundView:
    """Give a round with everything in it.

    Args:
        round_: From `round_of`.
        day: Today.

    Returns:
        Themes and standards in order. Four queries where it is closed, at most eleven where the
        live records are counted.
    """
    closing: Closing | None = getattr(round_, "closing", None)
    scores = latest_scores(round_)
    if closing is None:
        evidence = counts_of(round_, day)
    else:
        kept = Evidence.objects.filter(round=round_).order_by("id")
        evidence = {EvidenceKind(row.kind): row.count for row in kept}
    criteria: dict[str, list[Criterion]] = {}
    for one in criteria_of(round_):
        criteria.setdefault(one.number.rpartition(".")[0], []).append(one)

    def standard(one: Standard) -> OneStandard:
        return OneStandard(
            one,
            scores.get(one.number),
            tuple((each, scores.get(each.number)) for each in criteria.get(one.number, ())),
            tuple((kind, evidence[kind]) for kind in one.evidence if kind in evidence),
        )

    return RoundView(
        round=round_,
        closing=closing,
        team=tuple(round_.team.order_by("name", "id")),
        themes=tuple(
            OneTheme(
                theme, scores.get(theme.number), tuple(standard(one) for one in theme.standards)
            )
            for theme in themes()
        ),
        missing=tuple(_missing(round_, scores)),
        evidence=evidence,
        improvements=tuple(round_.improvements.order_by("due_on", "id")),
    )


@dataclass(frozen=True, slots=True)
class Picture:
    """What a closed round found.

    Attributes:
        levels: By the number of a theme or standard. Nothing is averaged.
    """

    round: Round
    levels: dict[str, Level]

    def count(self, level: Level) -> int:
        """Say how many standards are of a level."""
        return Counter(self.levels[one] for one in standards() if one in self.levels)[level]


def pictures_of(provider_id: UUID, place_id: UUID | None) -> list[Picture]:
    """Give what the closed rounds of a place found, year after year.

    Args:
        provider_id: At which provider.
        place_id: The place; None: the rounds of the whole organisation.

    Returns:
        The earliest first. Two queries.
    """
    of_place = Q(place_id=place_id) if place_id else Q(place__isnull=True)
    found = rounds_of(provider_id).filter(of_place, closing__isnull=False)
    rounds = list(found.order_by("first_day", "id"))
    levels: dict[UUID, dict[str, Level]] = {one.pk: {} for one in rounds}
    for row in Score.objects.filter(round__in=rounds).order_by("id"):
        levels[row.round_id][row.number] = Level(row.level)
    return [Picture(one, levels[one.pk]) for one in rounds]


def improvements_of(provider_id: UUID) -> QuerySet[Improvement]:
    """Give the improvements of a provider: those that go on first, by the day they are due."""
    found = Improvement.objects.filter(provider_id=provider_id).select_related("round")
    return found.order_by(F("ended_on").desc(nulls_first=True), "due_on", "id")


def improvements_due(provider_id: UUID, until: date) -> QuerySet[Improvement]:
    """Give the improvements that go on and are due by a day, the late ones too, by their day."""
    found = Improvement.objects.filter(provider_id=provider_id, ended_on__isnull=True)
    return found.filter(due_on__lte=until).order_by("due_on", "id")


def improvement_of(provider_id: UUID, improvement_id: UUID) -> Improvement:
    """Give an improvement of a provider.

    Raises:
        Improvement.DoesNotExist: The provider has none.
    """
    return Improvement.objects.get(provider_id=provider_id, pk=improvement_id)


def complaints_of(provider_id: UUID) -> QuerySet[Complaint]:
    """Give the complaints of a provider with their place, the latest first.

    Who shows them asks for `quality.complaints`.
    """
    found = Complaint.objects.filter(provider_id=provider_id).select_related("place")
    return found.order_by("-received_on", "-id")


def complaint_of(provider_id: UUID, complaint_id: UUID) -> Complaint:
    """Give a complaint of a provider.

    Raises:
        Complaint.DoesNotExist: The provider has none.
    """
    return complaints_of(provider_id).get(pk=complaint_id)


def complaint_days(provider_id: UUID) -> int | None:
    """Give in how many days the house answers complaints; None: it has not said."""
    rows = ComplaintTerm.objects.filter(provider_id=provider_id).order_by("-id")
    return rows.values_list("days", flat=True).first()
