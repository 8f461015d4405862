"""The parts of one person's page, each a small page of its own too."""

from datetime import date
from typing import Any

from tugiplaan.assessments.packs import builtin_packs
from tugiplaan.assessments.queries import (
    Comparison,
    assessments_of,
    comparisons_of,
    drafts_of,
    title_of,
)
from tugiplaan.billing.verdict import month_verdict
from tugiplaan.deadlines.queries import due_of_person
from tugiplaan.delivery.queries.records import time_by_goal
from tugiplaan.people.queries import Person
from tugiplaan.plans.overview import plans_told
from tugiplaan.rules.period import Month
from tugiplaan.web.assessing.fill import first_page
from tugiplaan.web.assessing.telling import domains_told, then_and_now
from tugiplaan.web.desk import Desk
from tugiplaan.web.people.chart import bars
from tugiplaan.web.people.plan import hours_by_month, plans_done
from tugiplaan.web.people.reach import Panel, entries_of
from tugiplaan.web.people.verdict import verdict_told
from tugiplaan.web.work.sentences import told

_MONTHS_SHOWN = 12


class Duties(Panel):
    """What is due for the person."""

    permission = "people.read"
    template = "web/people/duties.html"
    parts = frozenset({"duties"})

    def tell(self, person: Person) -> dict[str, Any]:
        desk = self.desk
        tasks = due_of_person(
            provider_id=desk.provider_id,
            person_ids=entries_of(person),
            day=desk.day,
            law=desk.law,
        )
        return {"duties": [told(one, desk.provider_id, desk.day) for one in tasks]}


class PlanPanel(Panel):
    """The plan with its goals and what was done for each."""

    permission = "plans.read"
    template = "web/people/plan.html"
    parts = frozenset({"plan"})

    def tell(self, person: Person) -> dict[str, Any]:
        desk, entries = self.desk, entries_of(person)
        plans = plans_told(desk.provider_id, entries, desk.day)
        times = time_by_goal(desk.provider_id, entries, _since(desk.day), desk.day)
        loose = sum(
            one.minutes
            for one in times
            if one.goal_id is None and Month.of(one.day) == Month.of(desk.day)
        )
        return {"plans": plans_done(plans, times, desk.day), "loose": loose}


def _since(day: date) -> date:
    return Month.of(day).plus(1 - _MONTHS_SHOWN).first


def month_asked(desk: Desk, text: str) -> Month:
    """Give the month that an address names as YYYY-MM or YYYYMM; this month where it does not."""
    digits = text.replace("-", "")
    if len(digits) == len("YYYYMM") and digits.isdecimal() and 1 <= int(digits[4:]) <= 12:
        return Month.of_period(int(digits))
    return Month.of(desk.day)


class MonthPanel(Panel):
    """What the month pays, and hours against the plan by month."""

    permission = "delivery.read"
    template = "web/people/month.html"
    parts = frozenset({"month"})

    def tell(self, person: Person) -> dict[str, Any]:
        desk = self.desk
        month = month_asked(desk, self.request.GET.get("month", ""))
        entries = entries_of(person)
        months = hours_by_month(desk, entries, month, _MONTHS_SHOWN)
        verdict = month_verdict(
            provider_id=desk.provider_id,
            person_id=person.pk,
            period=month.period,
            by=desk.user,
            on=desk.day,
        )
        return {
            "month": month.first,
            "before": month.plus(-1).first,
            "after": month.plus(1).first if month < Month.of(desk.day) else None,
            "verdict": verdict,
            "told": verdict_told(verdict),
            "tab": "month",
            "bars": bars(months),
            "has_hours": any(one.given for one in months),
        }


class Assessments(Panel):
    """The latest assessment with each instrument beside the one before it."""

    permission = "assessments.read"
    template = "web/people/assessments.html"
    parts = frozenset({"assessments"})

    def tell(self, person: Person) -> dict[str, Any]:
        here, entries = self.desk.provider_id, entries_of(person)
        made = list(assessments_of(here, entries))
        return {
            "tab": "assessments",
            "comparisons": [_compared(one) for one in sorted(comparisons_of(made), key=_rank)],
            "made": [(one, title_of(one.instrument)) for one in made],
            "drafts": [
                (one, title_of(one.instrument), *first_page(one))
                for one in drafts_of(here, entries)
            ],
        }


def _rank(found: Comparison) -> int:
    """Let the instruments of the program come first, in the order in which they are offered."""
    codes = list(builtin_packs())
    code = found.now.instrument.code
    return codes.index(code) if code in codes else len(codes)


def _compared(found: Comparison) -> dict[str, Any]:
    domains = domains_told(found)
    return {
        "found": found,
        "title": title_of(found.now.instrument),
        "domains": domains,
        "chart": then_and_now(found, domains),
    }
