"""The domains with any need, as goals ask for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from tugiplaan.assessments.models import Answer, Assessment, View
from tugiplaan.assessments.queries.rows import content_of
from tugiplaan.audit.language import language
from tugiplaan.people.queries import Person
from tugiplaan.rules.scoring import Instrument, Item, ScaleKind, needs


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
            words after their question.
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
                    told = answer.comment or item.told(answer.value, language())
                    yield view, f"{item.label(language())}: {told}"
