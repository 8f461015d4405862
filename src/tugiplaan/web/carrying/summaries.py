"""Summary assessments of a person: which are due, what one says, approving it, that it was sent."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.audit.language import language
from tugiplaan.billing.queries import held_amount
from tugiplaan.people.queries import Person
from tugiplaan.plans.actions import Outcome, approve_summary, record_summary_sent
from tugiplaan.plans.endings import Summary, plans_without_referral, summaries_of
from tugiplaan.referrals.queries import Referral, facts_by_id, referrals_of
from tugiplaan.rules.activities import domains as life_domains
from tugiplaan.rules.deadlines import summary_assessments
from tugiplaan.web.carrying.base import OfferPage
from tugiplaan.web.carrying.forms import SentForm
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.people.reach import PersonPage, entries_of, person_at
from tugiplaan.web.shared import Act

_OUTCOME_LOOKS = {
    Outcome.MET: ("good", "circle-check"),
    Outcome.PARTLY: ("look", "clock"),
    Outcome.NOT_MET: ("stop", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Ending:
    """A referral or a plan of component services with its summary assessment.

    Attributes:
        name: What it is of: the service, or the component services.
        last_day: Of the term or the plan; None: open.
        due_on: Until when it must be with the authority; None: nobody asks for it.
        summary: None: not written yet.
        write: Name of the address where it is written.
        about: The referral or the plan.
        held: Euros of the last invoice that wait for it; None: nothing waits, or not to be seen.
        is_invoice_held: The last invoice waits for it.
    """

    name: str
    last_day: date | None
    due_on: date | None
    summary: Summary | None
    write: str
    about: UUID
    held: Decimal | None = None
    is_invoice_held: bool = False


class Summaries(PersonPage):
    """The summary assessments of a person, written or due."""

    permission = "plans.read"
    template = "web/carrying/summaries.html"

    def tell(self, person: Person) -> dict[str, Any]:
        desk, entries = self.desk, entries_of(person)
        known = list(summaries_of(desk.provider_id, entries))
        referrals = list(referrals_of(desk.provider_id, entries))
        by_referral = {one.referral_id: one for one in known if one.referral_id}
        by_plan = {one.plan_id: one for one in known if not one.referral_id}
        facts = facts_by_id([one.pk for one in referrals])
        endings = [
            self._of_referral(one, facts[one.pk], by_referral.get(one.pk))
            for one in referrals
            if facts[one.pk].arrived_on is not None
        ]
        endings += [
            Ending(
                name=_("komponentteenused, plaani versioon {n}").format(n=plan.number),
                last_day=plan.valid_to,
                due_on=None,
                summary=by_plan.get(plan.pk),
                write="summary_of_plan",
                about=plan.pk,
            )
            for plan in plans_without_referral(desk.provider_id, entries, desk.day)
        ]
        return {"tab": "carrying", "endings": endings}

    def _of_referral(self, referral: Referral, facts: Any, summary: Summary | None) -> Ending:
        desk = self.desk
        due = summary_assessments(facts, desk.law)[-1]
        is_held = (
            facts.ended_on is not None
            and facts.ended_on < facts.valid_to
            and (summary is None or summary.approved_on is None)
        )
        held = None
        if is_held and desk.may("billing.read"):
            held = held_amount(desk.provider_id, referral.pk, facts.ended_on)
        return Ending(
            name=service_name(referral.service, referral.variant),
            last_day=facts.ended_on or referral.valid_to,
            due_on=due.due_on,
            summary=summary,
            write="summary_of_referral",
            about=referral.pk,
            held=held,
            is_invoice_held=is_held,
        )


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal with what became of it."""

    text: str
    outcome: str
    look: str
    picture: str
    why: str
    domain: str
    minutes: int | None


class OneSummary(PersonPage):
    """What a summary assessment says, and what is to be done with it."""

    permission = "plans.read"
    template = "web/carrying/summary.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        person = person_at(self.desk, ids["person_id"], self.permission)
        row = summaries_of(self.desk.provider_id, entries_of(person)).get(pk=ids["summary_id"])
        domains = life_domains(language())
        return {
            "section": "people",
            "tab": "carrying",
            "person": person,
            "summary": row,
            "goals": [_goal(one, domains) for one in row.goals],
            "needs": [(domains.get(one["domain"], ""), one["text"]) for one in row.needs],
            "is_own": row.approved_by_id == row.written_by_id,
            "name": _name(row),
        }


def _name(row: Summary) -> str:
    if row.referral:
        return service_name(row.referral.service, row.referral.variant)
    return _("komponentteenused")


def _goal(one: dict[str, Any], domains: dict[int, str]) -> GoalShown:
    outcome = Outcome(one["outcome"])
    return GoalShown(
        one["goal"],
        str(outcome.label),
        *_OUTCOME_LOOKS[outcome],
        one["why"],
        domains.get(one.get("domain") or 0, ""),
        one.get("minutes"),
    )


class Approve(Act):
    """The summary assessment counts from now on."""

    permission = "plans.approve"

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        desk = self.desk
        person = person_at(desk, ids["person_id"], self.permission)
        row = summaries_of(desk.provider_id, entries_of(person)).get(pk=ids["summary_id"])
        approved = approve_summary(row=row, by=desk.user, on=desk.day)
        self.say(_("Kokkuvõttev hinnang on kinnitatud."))
        return self.url("summary", person.pk, approved.pk)


class Sent(OfferPage):
    """When it went to the authority."""

    permission = "plans.write"
    form_class = SentForm
    back = "person_summaries"
    title = gettext_lazy("Hinnang on saadetud")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"sent_on": self.desk.day}

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        person = person_at(self.desk, ids["person_id"], self.permission)
        rows = summaries_of(self.desk.provider_id, entries_of(person))
        self.row = rows.get(pk=ids["summary_id"])
        return super().form(data, files, **ids)

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        desk, day = self.desk, form.cleaned_data["sent_on"]
        row = record_summary_sent(row=self.row, sent_on=day, by=desk.user, on=desk.day)
        self.say(_("Saatmise päev on kirjas."))
        return self.url("summary", self.person.pk, row.pk)
