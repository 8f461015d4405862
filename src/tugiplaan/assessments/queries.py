"""Reading instruments, assessments and their answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.accounts.access import User, require
from tugiplaan.assessments.instruments import Instrument, read_instrument
from tugiplaan.assessments.models import Answer, Assessment, InstrumentVersion, View
from tugiplaan.audit.recorder import record_reading


@dataclass(frozen=True, slots=True)
class Compared:
    """One item in one view, then and now; empty: not answered."""

    item: str
    text: str
    view: View
    then: str
    now: str

    @property
    def has_changed(self) -> bool:
        return self.then != self.now


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
    order = list(_content(assessment).items)
    found: dict[View, list[Answer]] = {}
    for row in Answer.objects.filter(assessment=assessment).current():
        found.setdefault(View(row.view), []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: order.index(row.item))
    return {view: found[view] for view in View if view in found}


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
    if not latest:
        return None
    now, then = latest[0], latest[1] if len(latest) > 1 else None
    said: dict[tuple[UUID, str, str], str] = {
        (row.assessment_id, row.item, row.view): row.value
        for row in Answer.objects.filter(assessment__in=latest).current()
    }
    new = _content(now).items
    old = _content(then).items if then else {}
    rows = [
        Compared(
            code,
            item.text,
            view,
            said.get((then.pk, code, view), "") if then else "",
            said.get((now.pk, code, view), ""),
        )
        for code, item in {**new, **{k: v for k, v in old.items() if k not in new}}.items()
        for view in View
        if any(view in items[code].views for items in (new, old) if code in items)
    ]
    return Comparison(then, now, tuple(rows))


def _content(assessment: Assessment) -> Instrument:
    return read_instrument(assessment.instrument.content)
