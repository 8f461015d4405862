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


_PROBLEMS = ("0", "1", "2", "3", "4")
"""The qualifiers of the ICF from no problem to a complete one."""
_SILENT = frozenset({"8", "9"})


def _worse(
    then: Assessment, now: Assessment, said: dict[UUID, dict[str, str]]
) -> dict[str, tuple[str, ...]]:
    before, after = said.get(then.pk, {}), said.get(now.pk, {})
    found: dict[str, tuple[str, ...]] = {}
    for code, item in _content(now).items.items():
        old, new = before.get(code, ""), after.get(code, "")
        # A scale with values below 0 is of surroundings: there more is better.
        is_rated = set(item.scale) - _SILENT == set(_PROBLEMS) and {old, new} <= set(_PROBLEMS)
        if is_rated and new > old:
            found[item.domain] = (*found.get(item.domain, ()), item.text or code)
    return found


def _content(assessment: Assessment) -> Instrument:
    return read_instrument(assessment.instrument.content)
