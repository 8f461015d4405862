"""The summary assessment on paper."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from tugiplaan.documents.papers import Addressee
from tugiplaan.interoperability.papers.content import Section, Table, facts_of
from tugiplaan.interoperability.papers.order import (
    Drawn,
    Head,
    Offer,
    Order,
    Title,
    UnableToMakePaperError,
    head_of,
    laid_out,
    signing,
)
from tugiplaan.interoperability.papers.words import (
    day_words,
    domain_words,
    period_words,
    service_words,
)
from tugiplaan.plans.endings import Summary, summaries_of


@dataclass(frozen=True, slots=True)
class OutcomeValues:
    """Whether a goal was met and why; all in words."""

    goal: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class SummaryValues:
    """A summary assessment; all in words."""

    head: Head
    service: str
    referral: str
    period: str
    purpose: str
    written: str
    approved: str
    goals: tuple[OutcomeValues, ...]
    done: str
    need: tuple[str, ...]
    own_view: str
    recommendation: tuple[str, ...]
    took_part: str


def summary_rows(order: Order) -> list[Summary]:
    """Give the summary assessments of a person. One query."""
    return list(summaries_of(order.provider_id, order.entries))


def summary_offers(rows: list[Summary]) -> list[Offer]:
    """Give the summary assessments that are approved."""
    return [
        Offer(
            one.pk,
            _("suunamisotsus {code}").format(code=one.referral.code)
            if one.referral
            else _("teenuskomponendid"),
        )
        for one in rows
        if one.approved_on is not None
    ]


def summary_values(order: Order) -> SummaryValues:
    """Give what a summary assessment says.

    Raises:
        ObjectDoesNotExist: The person has no such summary that holds.
        UnableToMakePaperError: It is not approved.

    Law: SHS § 83(1) p 11, 11¹.
    """
    rows = summaries_of(order.provider_id, order.entries)
    row = next((one for one in rows if one.pk == order.about), None)
    if row is None:
        raise ObjectDoesNotExist
    if row.approved_on is None or row.approved_by is None:
        raise UnableToMakePaperError(
            _("Kokkuvõttev hinnang on kinnitamata: kinnita see enne. Dokumenti ei koostatud.")
        )
    return SummaryValues(
        head=head_of(order),
        **_of_service(row),
        written=day_words(row.written_on),
        approved=f"{row.approved_by.name}, {day_words(row.approved_on)}",
        goals=tuple(
            OutcomeValues(one["goal"], _outcome(one["outcome"]), one["why"]) for one in row.goals
        ),
        done=row.done,
        need=tuple(
            text
            for text in (
                *(f"{domain_words(one['domain'])}: {one['text']}" for one in row.needs),
                row.need,
            )
            if text
        ),
        own_view=row.own_view,
        recommendation=tuple(
            text for text in (row.get_advice_display(), row.recommendation) if text
        ),
        took_part=row.took_part,
    )


def _of_service(row: Summary) -> dict[str, str]:
    """Give what the summary is about: a referral, or a plan of component services alone."""
    referral, plan = row.referral, row.plan
    if referral is not None:
        return {
            "service": service_words(referral.service, referral.variant),
            "referral": referral.code,
            "period": period_words(referral.valid_from, referral.valid_to),
            "purpose": referral.purpose,
        }
    period = period_words(plan.valid_from, plan.valid_to) if plan else ""
    return {"service": _("teenuskomponendid"), "referral": "", "period": period, "purpose": ""}


def _outcome(code: str) -> str:
    return {
        "met": _("täidetud"),
        "partly": _("osaliselt täidetud"),
        "not_met": _("täitmata"),
    }.get(code, code)


def draw_summary(order: Order) -> Drawn:
    """Draw a summary assessment; it goes to the authority."""
    values = summary_values(order)
    facts = facts_of(
        (_("Teenus"), values.service),
        (_("Suunamisotsus"), values.referral),
        (_("Suunamise aeg"), values.period),
        (_("Teenuse eesmärk"), values.purpose),
        (_("Kirjutatud"), values.written),
        (_("Kinnitas"), values.approved),
    )
    head = (_("Eesmärk"), _("Täitmine"), _("Põhjendus"))
    rows = tuple((one.goal, one.outcome, one.why) for one in values.goals)
    texts = (
        (_("Teenuse ajal tehtud tegevused"), (values.done,)),
        (_("Toetusvajadus teenuse lõpus"), values.need),
        (_("Inimese oma arvamus"), (values.own_view,)),
        (_("Soovitus: kas teenus peaks jätkuma"), values.recommendation),
        (_("Kes osalesid"), (values.took_part,)),
    )
    sections = (
        Section(_("Eesmärkide täitmine"), table=Table(head, (6, 4, 8), rows)),
        *(Section(heading, told) for heading, told in texts if any(told)),
    )
    title = Title(_("Kokkuvõttev hinnang"), "SHS § 83 lg 1 p 11")
    content = laid_out(values.head, title, facts, sections, signing(values.head))
    return Drawn(values, content, (Addressee.AUTHORITY,))
