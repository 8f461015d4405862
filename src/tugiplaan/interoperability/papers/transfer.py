"""What goes along when a person goes to another provider."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.assessments.queries import Comparison, View, assessments_of, comparison_of
from tugiplaan.audit.language import language, show_day
from tugiplaan.documents.papers import Addressee
from tugiplaan.interoperability.papers.content import Section, Table, facts_of
from tugiplaan.interoperability.papers.order import (
    Drawn,
    Head,
    Offer,
    Order,
    Title,
    head_of,
    laid_out,
    signing,
)
from tugiplaan.interoperability.papers.words import day_words, period_words, service_words
from tugiplaan.people.queries import Consent, consents_in_force
from tugiplaan.plans.overview import GoalTold, PlanTold, plans_told


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """A question with its answer then and now; all in words."""

    question: str
    view: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class AssessmentValues:
    """The latest assessment with an instrument; all in words."""

    title: str
    day: str
    before: str
    answers: tuple[AnswerValues, ...]


@dataclass(frozen=True, slots=True)
class HandedGoal:
    """A goal, what was done for it and how it was rated last; all in words."""

    goal: str
    due: str
    activities: tuple[str, ...]
    rating: str
    rated: str


@dataclass(frozen=True, slots=True)
class HandedPlan:
    """A plan in force; all in words."""

    service: str
    period: str
    wishes: str
    rating: str
    goals: tuple[HandedGoal, ...]


@dataclass(frozen=True, slots=True)
class TransferValues:
    """What is handed over; all in words.

    Attributes:
        consent: What the person agreed to, by whom it was given, from when to when.
    """

    head: Head
    consent: str
    assessments: tuple[AssessmentValues, ...]
    plans: tuple[HandedPlan, ...]


def consent_rows(order: Order) -> list[Consent]:
    """Give what the person agrees to today. One query."""
    return list(consents_in_force(order.person.pk, order.day))


def transfer_offers(rows: list[Consent]) -> list[Offer]:
    """Give one pack for each consent of the person that holds.

    Who makes it chooses the consent that allows handing over.
    """
    return [Offer(one.pk, _("nõusolek „{purpose}“").format(purpose=one.purpose)) for one in rows]


def transfer_values(order: Order) -> TransferValues:
    """Give what is handed over to another provider.

    Args:
        order: About the consent by which it may be.

    Raises:
        ObjectDoesNotExist: The person gave no such consent, or it no longer holds.

    Law: SHS § 83(1) p 11²: results of the assessment of abilities, activities of the plan and
        what came of them, and a reasoned rating of the goals.
    """
    consents = consents_in_force(order.person.pk, order.day)
    consent = next((one for one in consents if one.pk == order.about), None)
    if consent is None:
        raise ObjectDoesNotExist
    given = period_words(consent.valid_from, consent.valid_to)
    return TransferValues(
        head=head_of(order),
        consent=f"{consent.purpose}: {consent.scope} ({consent.given_by}, {given})",
        assessments=_assessments(order),
        plans=tuple(_plan(one) for one in plans_told(order.provider_id, order.entries, order.day)),
    )


def _assessments(order: Order) -> tuple[AssessmentValues, ...]:
    codes = dict.fromkeys(
        one.instrument.code for one in assessments_of(order.provider_id, order.entries)
    )
    found = (comparison_of(order.provider_id, order.entries, code) for code in codes)
    return tuple(_assessment(one) for one in found if one is not None)


def _assessment(found: Comparison) -> AssessmentValues:
    return AssessmentValues(
        title=found.now.instrument.title,
        day=show_day(found.now.assessed_on),
        before=day_words(found.then.assessed_on) if found.then else "",
        answers=tuple(
            AnswerValues(
                row.item.label(language()),
                str(View(row.view).label),
                row.item.told(row.then, language()) if row.then else "",
                row.item.told(row.now, language()) if row.now else "",
            )
            for row in found.rows
            if row.now or row.then
        ),
    )


def _plan(plan: PlanTold) -> HandedPlan:
    return HandedPlan(
        service=service_words(plan.service, plan.variant)
        if plan.service
        else _("teenuskomponendid"),
        period=period_words(plan.valid_from, plan.valid_to),
        wishes=plan.wishes,
        rating=plan.review.text if plan.review else "",
        goals=tuple(_goal(one) for one in plan.goals),
    )


def _goal(goal: GoalTold) -> HandedGoal:
    rated = goal.review
    return HandedGoal(
        goal=goal.text,
        due=day_words(goal.due_on),
        activities=tuple(one.text for one in goal.activities),
        rating=rated.text if rated else _("hinnangut veel ei ole"),
        rated=period_words(rated.period_from, rated.period_to) if rated else "",
    )


def draw_transfer(order: Order) -> Drawn:
    """Draw the pack for another provider."""
    values = transfer_values(order)
    assessed = [part for one in values.assessments for part in _assessment_sections(one)]
    plans = [part for one in values.plans for part in _plan_sections(one)]
    content = laid_out(
        values.head,
        Title(_("Üleandmine teisele teenuseosutajale"), "SHS § 83 lg 1 p 11²"),
        facts_of((_("Nõusolek"), values.consent), (_("Üle antud"), values.head.made_on)),
        (*assessed, *plans),
        signing(values.head),
    )
    return Drawn(values, content, (Addressee.OTHER,))


def _assessment_sections(one: AssessmentValues) -> list[Section]:
    then = one.before or _("varem")
    head = (_("Küsimus"), _("Kelle vaade"), then, one.day)
    rows = tuple((row.question, row.view, row.then, row.now) for row in one.answers)
    heading = _("Hindamine: {title}").format(title=one.title)
    return [Section(heading, table=Table(head, (9, 4, 4, 4), rows))]


def _plan_sections(plan: HandedPlan) -> list[Section]:
    heading = _("Tegevusplaan: {service}").format(service=plan.service)
    first = Section(
        heading,
        (plan.rating,) if plan.rating else (),
        facts_of((_("Kehtib"), plan.period), (_("Soovid ja huvid"), plan.wishes)),
    )
    return [
        first,
        *(
            Section(
                goal.goal,
                facts=facts_of(
                    (_("Tegevused"), "\n".join(goal.activities)),
                    (_("Tähtaeg"), goal.due),
                    (_("Hinnang"), goal.rating),
                    (_("Hinnangu aeg"), goal.rated),
                ),
                level=3,
            )
            for goal in plan.goals
        ),
    ]
