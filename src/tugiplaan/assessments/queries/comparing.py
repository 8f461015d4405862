"""Then and now, how it went, and where more need was seen than before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from tugiplaan.assessments.models import Answer, Assessment, View
from tugiplaan.assessments.queries.rows import assessments_of, content_of
from tugiplaan.audit.language import language
from tugiplaan.rules.scoring import (
    AnswerChange,
    Compared,
    Domain,
    Instrument,
    ScaleKind,
    change,
    compare,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The latest assessment with an instrument beside the one before it.

    Attributes:
        then: The one before; None: there is only one.
        now: The latest.
        rows: By item, in the order of the latest version, then by view; items that only the
            earlier version had come last.
    """

    then: Assessment | None
    now: Assessment
    rows: tuple[Compared, ...]
    instrument: Instrument

    @property
    def domains(self) -> list[tuple[Domain | None, list[Compared]]]:
        """The rows by life domain of the latest version; those that only came before: None."""
        found: dict[str, list[Compared]] = {}
        for row in self.rows:
            found.setdefault(row.item.domain, []).append(row)
        known = {domain.code: domain for domain in self.instrument.domains}
        return [(known.get(code), rows) for code, rows in found.items()]


def comparison_of(
    provider_id: UUID, person_ids: Iterable[UUID], instrument: str
) -> Comparison | None:
    """Lay the latest assessment of a person beside the one before it, item by item.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        instrument: The code of the instrument; its versions may differ.

    Returns:
        Every item that is asked in a view or was answered; None: there is no assessment. Two
        queries.
    """
    latest = list(assessments_of(provider_id, person_ids).filter(instrument__code=instrument)[:2])
    return next(iter(comparisons_of(latest)), None)


def comparisons_of(assessments: Iterable[Assessment]) -> list[Comparison]:
    """Lay the latest assessment with each instrument beside the one before it.

    Args:
        assessments: Of one person, the latest first, with their instruments.

    Returns:
        By the codes of the instruments. One query.
    """
    latest: dict[str, list[Assessment]] = {}
    for one in assessments:
        latest.setdefault(one.instrument.code, []).append(one)
    said = _said(one for code in latest for one in latest[code][:2])
    return [_comparison(latest[code][:2], said) for code in sorted(latest)]


def _comparison(
    latest: list[Assessment], said: dict[UUID, dict[str, dict[str, str]]]
) -> Comparison:
    now, then = latest[0], latest[1] if len(latest) > 1 else None
    pair = (content_of(then) if then else None, content_of(now))
    of_times = (said[then.pk] if then else {}, said[now.pk])
    return Comparison(then, now, tuple(compare(pair, of_times, View.values)), pair[1])


def _said(assessments: Iterable[Assessment]) -> dict[UUID, dict[str, dict[str, str]]]:
    """Give the values that hold by assessment, view and question. One query."""
    found: dict[UUID, dict[str, dict[str, str]]] = {one.pk: {} for one in assessments}
    rows = Answer.objects.filter(assessment__in=list(found)).current()
    for assessment, view, item, value in rows.values_list("assessment_id", "view", "item", "value"):
        found[assessment].setdefault(view, {})[item] = value
    return found


@dataclass(frozen=True, slots=True)
class Trend:
    """All assessments of a person with one instrument.

    Attributes:
        assessments: The earliest first.
        said: The values that hold, by assessment, view and question.
        instrument: What the latest version asks.
    """

    assessments: tuple[Assessment, ...]
    said: dict[UUID, dict[str, dict[str, str]]]
    instrument: Instrument


def trend_of(provider_id: UUID, person_ids: Iterable[UUID], instrument: str) -> Trend | None:
    """Give how the answers of a person went from assessment to assessment.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        instrument: The code of the instrument.

    Returns:
        None: there is no assessment. Two queries.
    """
    found = assessments_of(provider_id, person_ids).filter(instrument__code=instrument)
    made = tuple(reversed(found))
    return Trend(made, _said(made), content_of(made[-1])) if made else None


@dataclass(frozen=True, slots=True)
class Worsened:
    """A life domain in which a specialist saw more need than at the assessment before.

    Attributes:
        domain: As the instrument names it.
        items: The questions that were answered worse, in words, in the instrument's order.
        then: The earlier assessment.
        now: The latest one.
    """

    person_id: UUID
    domain: str
    items: tuple[str, ...]
    then: Assessment
    now: Assessment


def worsened(provider_id: UUID, persons: Iterable[UUID], day: date) -> list[Worsened]:
    """Give where the latest assessment of persons sees more need than the one before it.

    Args:
        provider_id: At which provider.
        persons: The persons, under whichever entry.
        day: Assessments of later days are not looked at.

    Returns:
        By person, instrument and domain, in the specialist's view. Only questions asked on the
        ICF scale of problems 0–4 count; 8 (unspecified) and 9 (not applicable) say nothing of
        more or less. Two queries.
    """
    chosen = list(persons)
    rows = Assessment.objects.filter(
        Q(person_id__in=chosen) | Q(person__merged_into__in=chosen),
        provider_id=provider_id,
        assessed_on__lte=day,
    ).select_related("instrument", "person")
    latest: dict[tuple[UUID, str], list[Assessment]] = {}
    for one in rows.order_by("person__sort_name", "instrument__code", "-assessed_on", "-id"):
        person = one.person.merged_into_id or one.person_id
        latest.setdefault((person, one.instrument.code), []).append(one)
    pairs = {key: (two[1], two[0]) for key, two in latest.items() if len(two) > 1}
    said: dict[UUID, dict[str, str]] = {}
    asked = [one.pk for pair in pairs.values() for one in pair]
    answers = Answer.objects.filter(assessment__in=asked, view=View.SPECIALIST).current()
    for assessment, item, value in answers.values_list("assessment_id", "item", "value"):
        said.setdefault(assessment, {})[item] = value
    return [
        Worsened(person, domain, items, then, now)
        for (person, _), (then, now) in pairs.items()
        for domain, items in _worse(then, now, said).items()
    ]


def _worse(
    then: Assessment, now: Assessment, said: dict[UUID, dict[str, str]]
) -> dict[str, tuple[str, ...]]:
    before, after = said.get(then.pk, {}), said.get(now.pk, {})
    found: dict[str, tuple[str, ...]] = {}
    for code, item in content_of(now).items.items():
        seen = change(item, before.get(code, ""), after.get(code, ""))
        if item.scale.kind is ScaleKind.NEED and seen is AnswerChange.WORSE:
            told = item.label(language()) or code
            found[item.domain] = (*found.get(item.domain, ()), told)
    return found
