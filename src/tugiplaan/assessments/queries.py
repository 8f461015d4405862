"""Reading instruments, assessments and their answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tugiplaan.accounts.access import User, require
from tugiplaan.assessments.instruments import read_instrument
from tugiplaan.assessments.models import Answer, Assessment, InstrumentVersion, View
from tugiplaan.audit.language import language
from tugiplaan.audit.recorder import record_reading
from tugiplaan.people.queries import Person
from tugiplaan.rules.scoring import (
    AnswerChange,
    Compared,
    Domain,
    Instrument,
    Item,
    ScaleKind,
    change,
    compare,
    needs,
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
    said = _said(latest)
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


@dataclass(frozen=True, slots=True)
class NeedSeen:
    """A question in which a need is seen.

    Attributes:
        code: The question's link id.
        text: What it asks, in the active language.
        specialist: The value in the specialist's view in words; empty: none.
        person: The value in the person's own view in words; empty: none.
        comment: What was explained, each view's on a line of its own.
    """

    code: str
    text: str
    specialist: str
    person: str
    comment: str


@dataclass(frozen=True, slots=True)
class DomainNeed:
    """A life domain in which any view sees a need: where a goal may begin.

    Attributes:
        code: The domain's code; of the support-need instrument "1" to "7", as goals count them.
        label: Its name in the active language.
        items: The questions with a qualifier above 0, in the instrument's order.
        assessment: The assessment that sees them.
    """

    code: str
    label: str
    items: tuple[NeedSeen, ...]
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Needs:
    """What the latest assessments of a person say of needs.

    Attributes:
        domains: Domains with any need; empty: none, or never assessed.
        important: What was said freely, such as the most important needs: whose view, and the
            words.
    """

    domains: tuple[DomainNeed, ...]
    important: tuple[tuple[View, str], ...]


def needs_of(person: Person, day: date) -> Needs:
    """List the domains in which the latest assessments see any need, as input for goals.

    The page of the plan asks this. It sums nothing and decides nothing: which goal follows is
    for people to agree on.

    Args:
        person: Whose; entries merged into this one count too.
        day: Assessments of later days are not looked at.

    Returns:
        By instrument in the order of their codes, each its latest assessment: the domains with
        any qualifier above 0 in any view, and the free texts. Two queries.

    Law: SHS §§ 70(2), 85.
    """
    rows = Assessment.objects.filter(
        Q(person_id=person.pk) | Q(person__merged_into=person.pk),
        provider_id=person.provider_id,
        assessed_on__lte=day,
    ).select_related("instrument")
    latest: dict[str, Assessment] = {}
    for one in rows.order_by("instrument__code", "-assessed_on", "-id"):
        latest.setdefault(one.instrument.code, one)
    held: dict[UUID, dict[View, dict[str, Answer]]] = {one.pk: {} for one in latest.values()}
    for answer in Answer.objects.filter(assessment__in=list(held)).current():
        held[answer.assessment_id].setdefault(View(answer.view), {})[answer.item] = answer
    found = [(one, content_of(one), held[one.pk]) for one in latest.values()]
    return Needs(
        tuple(need for one in found for need in _domains_in_need(*one)),
        tuple(text for _one, instrument, said in found for text in _free_texts(instrument, said)),
    )


def _domains_in_need(
    assessment: Assessment, instrument: Instrument, held: dict[View, dict[str, Answer]]
) -> Iterator[DomainNeed]:
    said = {
        str(view): {code: answer.value for code, answer in rows.items()}
        for view, rows in held.items()
    }
    for domain in instrument.domains:
        items = tuple(_need_seen(item, held) for item in needs(domain, said))
        if items:
            yield DomainNeed(domain.code, domain.label(language()), items, assessment)


def _need_seen(item: Item, held: dict[View, dict[str, Answer]]) -> NeedSeen:
    def told(view: View) -> str:
        answer = held.get(view, {}).get(item.code)
        return item.told(answer.value, language()) if answer and answer.value else ""

    comments = [of_view[item.code].comment for of_view in held.values() if item.code in of_view]
    return NeedSeen(
        code=item.code,
        text=item.label(language()) or item.code,
        specialist=told(View.SPECIALIST),
        person=told(View.PERSON),
        comment="\n".join(text for text in comments if text),
    )


def _free_texts(
    instrument: Instrument, held: dict[View, dict[str, Answer]]
) -> Iterator[tuple[View, str]]:
    for code, item in instrument.items.items():
        if item.scale.kind is ScaleKind.TEXT:
            for view in View:
                answer = held.get(view, {}).get(code)
                if answer:
                    yield view, answer.comment or item.told(answer.value, language())


def content_of(assessment: Assessment) -> Instrument:
    """Give what an assessment asked, by its own version."""
    return read_instrument(assessment.instrument.content)
