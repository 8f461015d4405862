"""Instruments, assessments, answers and drafts, as they are."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.accounts.access import User, require
from tugiplaan.assessments.instruments import read_instrument
from tugiplaan.assessments.models import (
    Answer,
    Assessment,
    AssessmentDraft,
    InstrumentVersion,
    View,
)
from tugiplaan.audit.language import language
from tugiplaan.audit.recorder import record_reading
from tugiplaan.rules.scoring import (
    Instrument,
    in_words,
)


def instruments_of(provider_id: UUID) -> QuerySet[InstrumentVersion]:
    """Give the instruments that a provider may use: its own and those of the program."""
    found = InstrumentVersion.objects.filter(Q(provider_id=provider_id) | Q(provider=None))
    return found.order_by("title", "code", "-id")


def assessments_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[Assessment]:
    """Give the assessments of a person, whose entries may be several, the latest first."""
    found = Assessment.objects.filter(provider_id=provider_id, person_id__in=list(person_ids))
    return found.select_related("instrument", "assessor").order_by("-assessed_on", "-id")


def read_assessments_of(
    *, provider_id: UUID, person_ids: Iterable[UUID], by: User, on: date
) -> list[Assessment]:
    """Give the assessments of a person to a page, and record that they were read.

    Args:
        provider_id: At which provider.
        person_ids: The entries of the person.
        by: Who reads.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
    """
    require(by, "assessments.read", provider_id, on)
    persons = list(person_ids)
    record_reading(by=by, name="assessments.assessments", provider_id=provider_id, persons=persons)
    return list(assessments_of(provider_id, persons))


def answers_of(assessment: Assessment) -> dict[View, list[Answer]]:
    """Give the answers of an assessment that hold.

    Returns:
        In each view that has any, in the order of the instrument's items. One query, and one
        more where the instrument was not read with the assessment.
    """
    order = list(content_of(assessment).items)
    found: dict[View, list[Answer]] = {}
    for row in Answer.objects.filter(assessment=assessment).current():
        found.setdefault(View(row.view), []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: order.index(row.item))
    return {view: found[view] for view in View if view in found}


def content_of(assessment: Assessment) -> Instrument:
    """Give what an assessment asked, by its own version."""
    return read_instrument(assessment.instrument.content)


def drafts_of(provider_id: UUID, person_ids: Iterable[UUID]) -> QuerySet[AssessmentDraft]:
    """Give the assessments of a person that are under way, the latest first. One query."""
    found = AssessmentDraft.objects.filter(
        provider_id=provider_id, person_id__in=list(person_ids), assessment__isnull=True
    )
    return found.select_related("instrument", "assessor", "person").order_by("-assessed_on", "-id")


def title_of(instrument: InstrumentVersion) -> str:
    """Give what an instrument is called in the active language."""
    told = instrument.content.get("title")
    return in_words(told, language()) if isinstance(told, dict) else instrument.title
