"""The quarterly rating and the yearly written assessment of a plan on paper."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.audit.language import show_day
from tugiplaan.interoperability.papers.content import Section, facts_of
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
from tugiplaan.interoperability.papers.words import domain_words, period_words, service_words
from tugiplaan.plans.on_paper import Review, ReviewKind, ratings_of


@dataclass(frozen=True, slots=True)
class RatingValues:
    """What was written of one goal; all in words."""

    goal: str
    domain: str
    text: str


@dataclass(frozen=True, slots=True)
class ReviewValues:
    """A rating of a plan over a quarter or a year; all in words.

    Attributes:
        whole: What was written of the whole plan.
    """

    head: Head
    is_yearly: bool
    service: str
    referral: str
    plan: str
    period: str
    written: str
    whole: tuple[str, ...]
    goals: tuple[RatingValues, ...]


def rating_rows(order: Order) -> list[Review]:
    """Give the ratings of a person's plans. One query."""
    return ratings_of(order.provider_id, order.entries)


def review_offers(rows: list[Review], kind: str) -> list[Offer]:
    """Give the ratings of one kind, one for each time."""
    seen: dict[tuple[object, ...], Offer] = {}
    for one in rows:
        key = one.plan_id, one.kind, one.period_from, one.period_to
        if one.kind == kind and key not in seen:
            seen[key] = Offer(one.pk, period_words(one.period_from, one.period_to))
    return list(seen.values())


def review_values(order: Order) -> ReviewValues:
    """Give what was written of a plan for the time of one rating.

    Args:
        order: About one rating; the others of its plan, kind and time stand with it.

    Raises:
        ObjectDoesNotExist: The person has no such rating that holds.

    Law: SHS § 85(2)–(3).
    """
    rows = ratings_of(order.provider_id, order.entries)
    named = next((one for one in rows if one.pk == order.about), None)
    if named is None:
        raise ObjectDoesNotExist
    time = named.plan_id, named.kind, named.period_from, named.period_to
    rows = [row for row in rows if (row.plan_id, row.kind, row.period_from, row.period_to) == time]
    referral = named.plan.referral
    return ReviewValues(
        head=head_of(order),
        is_yearly=named.kind == ReviewKind.YEARLY,
        service=service_words(referral.service, referral.variant) if referral else "",
        referral=referral.code if referral else "",
        plan=_("versioon {number}").format(number=named.plan.number),
        period=period_words(named.period_from, named.period_to),
        written=show_day(max(row.written_on for row in rows)),
        whole=tuple(row.text for row in rows if row.goal is None),
        goals=tuple(
            RatingValues(row.goal.text, domain_words(row.goal.domain), row.text)
            for row in rows
            if row.goal is not None
        ),
    )


def draw_review(order: Order) -> Drawn:
    """Draw a quarterly rating or a yearly assessment."""
    values = review_values(order)
    title = (
        Title(_("Tegevusplaani aasta kirjalik hinnang"), "SHS § 85 lg 3")
        if values.is_yearly
        else Title(_("Tegevusplaani kvartali hinnang"), "SHS § 85 lg 2 p 2")
    )
    facts = facts_of(
        (_("Teenus"), values.service or _("teenuskomponendid")),
        (_("Suunamisotsus"), values.referral),
        (_("Plaan"), values.plan),
        (_("Ajavahemik"), values.period),
        (_("Kirjutatud"), values.written),
    )
    whole = [Section(_("Kuidas plaan läks"), values.whole)] if values.whole else []
    goals = [
        Section(
            heading=one.goal,
            paragraphs=(one.text,),
            facts=facts_of((_("Eluvaldkond"), one.domain)),
            level=3,
        )
        for one in values.goals
    ]
    head = [Section(_("Eesmärgid"))] if goals else []
    sections = (*whole, *head, *goals)
    return Drawn(values, laid_out(values.head, title, facts, sections, signing(values.head)))
