"""What the records say of a case, item by item of the checklist of a case file."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from tests.browser.conftest import DAY
from tugiplaan.assessments.queries import View
from tugiplaan.assessments.queries.comparing import comparison_of
from tugiplaan.assessments.queries.rows import answers_of, assessments_of, content_of
from tugiplaan.audit.queries import events_about
from tugiplaan.billing.debts import ContributionMonth, contribution_months
from tugiplaan.billing.queries import billed_lines, held_referrals
from tugiplaan.delivery.models import ComponentRecord, DayRecord, Movement, ShiftNote
from tugiplaan.delivery.queries.assignments import tasks_of
from tugiplaan.delivery.queries.care import incidents_of, isolations_of
from tugiplaan.delivery.queries.network import consultations_of, contacts_of
from tugiplaan.delivery.queries.records import GoalTime, time_by_goal
from tugiplaan.documents.queries import documents_of, papers_of, papers_settled
from tugiplaan.people.models import Person
from tugiplaan.people.queries import circle_of
from tugiplaan.plans.endings import summaries_of
from tugiplaan.plans.models import Party, Review, ReviewKind
from tugiplaan.plans.standing import PlanLine, plan_lines
from tugiplaan.plans.trees import GoalTree, PlanTree, plan_tree
from tugiplaan.quality.queries import complaints_of
from tugiplaan.referrals.models import Waiting
from tugiplaan.referrals.queries import Stay, referrals_of, stays_of
from tugiplaan.referrals.queries.offers import offers_under
from tugiplaan.referrals.queries.transfers import change_of
from tugiplaan.rules.network_work import work_kinds
from tugiplaan.rules.tables import builtin

type Facts = Collection[Any]
FACTS: dict[str, Callable[["Case"], Facts]] = {}
PERIOD = 202608
"""The latest month that is invoiced on the day of the tests."""
_DOMAINS = 7


@dataclass(frozen=True)
class Case:
    """A person of the demo and their records on the day of the tests."""

    person: Person

    @property
    def provider_id(self) -> UUID:
        return self.person.provider_id

    @property
    def where(self) -> tuple[UUID, list[UUID]]:
        return self.provider_id, [self.person.pk]

    @property
    def stays(self) -> list[Stay]:
        return stays_of(referrals_of(*self.where))

    @property
    def line(self) -> PlanLine:
        (found,) = plan_lines(*self.where, DAY)
        return found

    @property
    def tree(self) -> PlanTree:
        return plan_tree(self.line.shown.plan)

    @property
    def times(self) -> list[GoalTime]:
        return time_by_goal(*self.where, date(2026, 1, 1), DAY)

    @property
    def months(self) -> list[ContributionMonth]:
        return contribution_months(*self.where)

    def paper(self, title: str, kind: str = "other") -> Facts:
        found = documents_of(*(self.provider_id, self.person.pk)).filter(kind=kind)
        return found.filter(title__startswith=title)

    def assessed(self, code: str) -> Facts:
        return assessments_of(*self.where).filter(instrument__code=code)

    def reviews(self, kind: ReviewKind) -> list[Review]:
        found = Review.objects.filter(plan__person=self.person, kind=kind, goal=None)
        return list(found.current().order_by("period_to"))


def fact(find: Callable[[Case], Facts]) -> Callable[[Case], Facts]:
    """Let a function say what the records hold for the item of its name."""
    assert find.__name__ not in FACTS
    FACTS[find.__name__] = find
    return find


@fact
def waiting(case: Case) -> Facts:
    return Waiting.objects.filter(person=case.person)


@fact
def referral(case: Case) -> Facts:
    rows = [stay.referral for stay in case.stays]
    return [
        one
        for one in rows
        if one.code and one.service and one.purpose and one.planned_volume and one.place_id
    ]


@fact
def referral_paper(case: Case) -> Facts:
    return case.paper("Suunamisotsus", "referral")


@fact
def offer(case: Case) -> Facts:
    ids = [stay.referral.pk for stay in case.stays]
    found = offers_under(case.provider_id, builtin(), referrals=ids)
    return [one for one in found if one.answer and one.answer.answer == "accepted"]


@fact
def arrival(case: Case) -> Facts:
    return [stay for stay in case.stays if stay.agreed and stay.arrived]


@fact
def away(case: Case) -> Facts:
    return [one for stay in case.stays for one in (*stay.absences, *stay.moves)]


@fact
def confirmation(case: Case) -> Facts:
    return [one for stay in case.stays for one in stay.confirmations]


@fact
def court_order(case: Case) -> Facts:
    return [stay for stay in case.stays if stay.referral.court_order]


@fact
def identity(case: Case) -> Facts:
    row = case.person
    return [row] if row.identifier_type and row.identifier and row.code and row.phone else []


@fact
def identity_copy(case: Case) -> Facts:
    return case.paper("Isikut tõendava dokumendi koopia")


@fact
def health_certificate(case: Case) -> Facts:
    return case.paper("Tervisetõend", "health_certificate")


@fact
def representative(case: Case) -> Facts:
    return circle_of(case.person.pk).speakers.exclude(basis="")


@fact
def network(case: Case) -> Facts:
    found = circle_of(case.person.pk).network
    return found if found.filter(role="perearst").exists() and found.count() > 1 else []


@fact
def consents(case: Case) -> Facts:
    return circle_of(case.person.pk).consents


@fact
def told_at_start(case: Case) -> Facts:
    return case.paper("Kodukord, õigused ja kaebuste kord")


@fact
def need(case: Case) -> Facts:
    found = assessments_of(*case.where).filter(instrument__code="TV-RFK")
    whole = []
    for one in found:
        items = content_of(one).items
        said = {answer.item for rows in answers_of(one).values() for answer in rows}
        if len({items[item].domain for item in said if item in items}) >= _DOMAINS:
            whole.append(one)
    return whole


@fact
def then_and_now(case: Case) -> Facts:
    found = comparison_of(*case.where, "TV-RFK")
    return found.rows if found and found.then else []


@fact
def own_view(case: Case) -> Facts:
    latest = assessments_of(*case.where).filter(instrument__code="TV-RFK")[0]
    both = answers_of(latest)
    return both.get(View.PERSON, []) if both.get(View.SPECIALIST) else []


@fact
def strengths(case: Case) -> Facts:
    return case.assessed("TUGEVUSED")


@fact
def stage(case: Case) -> Facts:
    found = case.assessed("TAASTUMINE")
    return found if len(found) > 1 else []


@fact
def satisfaction(case: Case) -> Facts:
    return case.assessed("RAHULOLU")


@fact
def plan(case: Case) -> Facts:
    whole = [one for one in case.tree.goals if is_whole(one)]
    return whole if len(whole) == len(case.tree.goals) else []


def is_whole(one: GoalTree) -> bool:
    """Tell whether a goal says all that a plan must: why, by whom, when, how often, how long."""
    return bool(one.goal.text and one.goal.origin and one.goal.due_on and one.activities) and all(
        row.text
        and row.responsible_id
        and row.planned_minutes
        # A timetable that names no weekday says itself how often.
        and (row.frequency or " " in row.schedule)
        for row in one.activities
    )


@fact
def basis(case: Case) -> Facts:
    row = case.line.shown.plan
    return [row] if row.ability and row.recovery_stage and row.wishes else []


@fact
def plain(case: Case) -> Facts:
    is_told = case.line.shown.plan.plain and all(one.goal.plain for one in case.tree.goals)
    return [case.line.shown.plan] if is_told else []


@fact
def agreement(case: Case) -> Facts:
    said = case.line.shown.standing
    wanted = {Party.PERSON, Party.NETWORK, Party.PROVIDER}
    if circle_of(case.person.pk).speakers:
        wanted.add(Party.REPRESENTATIVE)
    agreed = {party for party, one in said.items() if one.is_agreed}
    return agreed if wanted <= agreed else []


@fact
def versions(case: Case) -> Facts:
    return case.line.versions[1:]


@fact
def package(case: Case) -> Facts:
    return case.tree.package


@fact
def quarterly(case: Case) -> Facts:
    """Every quarter that is over since the plan was made, without a gap."""
    rows = case.reviews(ReviewKind.QUARTERLY)
    ends = [one.period_to for one in rows]
    gaps = [b for a, b in pairwise(rows) if (b.period_from - a.period_to).days > 1]
    return rows if ends and ends[-1] == date(2026, 9, 30) and not gaps else []


@fact
def yearly(case: Case) -> Facts:
    rows = case.reviews(ReviewKind.YEARLY)
    return rows if rows and (DAY - rows[-1].period_to).days < 366 else []


@fact
def hours(case: Case) -> Facts:
    return case.times


@fact
def goal_hours(case: Case) -> Facts:
    now = {one.goal.pk for one in case.tree.goals}
    return [one for one in case.times if one.goal_id in now]


@fact
def group(case: Case) -> Facts:
    return ComponentRecord.objects.current().filter(person=case.person, session__isnull=False)


@fact
def days(case: Case) -> Facts:
    return DayRecord.objects.current().filter(referral__person=case.person)


@fact
def whereabouts(case: Case) -> Facts:
    return Movement.objects.current().filter(person=case.person)


@fact
def diary(case: Case) -> Facts:
    return ShiftNote.objects.current().filter(person=case.person, place__isnull=False)


@fact
def incidents(case: Case) -> Facts:
    return incidents_of(*case.where).exclude(measures="")


@fact
def isolation(case: Case) -> Facts:
    return isolations_of(*case.where)


@fact
def network_work(case: Case) -> Facts:
    found = contacts_of(*case.where).filter(goal__isnull=False)
    return found if {one.kind for one in found} == set(work_kinds()) else []


@fact
def tasks(case: Case) -> Facts:
    rows = tasks_of(*case.where)
    ended = [one for one in rows if hasattr(one, "end")]
    return rows if 0 < len(ended) < len(rows) else []


@fact
def consultation(case: Case) -> Facts:
    found = consultations_of(*case.where)
    return found.exclude(outcome="").filter(record_id__isnull=False)


@fact
def summary(case: Case) -> Facts:
    """Written, approved and sent in time, with what came of each goal and why."""
    found = summaries_of(*case.where).filter(sent_on__isnull=False, approved_on__isnull=False)
    whole = found.exclude(done="").exclude(need="").exclude(own_view="")
    return [one for one in whole if one.goals and all(goal["why"] for goal in one.goals)]


@fact
def handing_over(case: Case) -> Facts:
    return [stay for stay in case.stays if change_of(stay.referral)]


@fact
def notices(case: Case) -> Facts:
    sent = papers_settled(*case.where)
    ids = {stay.referral.pk for stay in case.stays}
    return [day for (kind, about), day in sent.items() if kind == "end_notice" and about in ids]


@fact
def papers(case: Case) -> Facts:
    found = papers_of(case.provider_id, case.person.pk)
    kinds = {one.kind for one in found}
    return found if {"activity_plan", "plain_plan"} <= kinds else []


@fact
def contribution(case: Case) -> Facts:
    return [one for one in case.months if one.billed and one.billed == one.paid]


@fact
def invoice(case: Case) -> Facts:
    """What was given in the month stands on an invoice, and nothing waits for a summary."""
    assert not {stay.referral.pk for stay in case.stays} & held_referrals(case.provider_id, PERIOD)
    return billed_lines(case.provider_id, PERIOD).filter(person=case.person)


@fact
def complaints(case: Case) -> Facts:
    mine = complaints_of(case.provider_id).filter(complainant=str(case.person))
    return mine.exclude(answer="")


@fact
def readers(case: Case) -> Facts:
    found = events_about(case.provider_id, case.person.pk)
    written = {"people.register", "plans.draft_plan", "web.person"}
    return found if written <= set(found.values_list("name", flat=True)) else []
