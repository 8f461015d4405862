"""Writing a summary assessment from its draft, and correcting one."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.delivery.queries.summing_up import SummaryBasis, SummedUp, draft_summary
from tugiplaan.plans.actions import correct_summary, write_plan_summary, write_summary
from tugiplaan.plans.endings import (
    Plan,
    Summary,
    last_agreed,
    plans_without_referral,
    summaries_of,
)
from tugiplaan.referrals.queries import Referral, facts_by_id, referrals_of, stay_of
from tugiplaan.web.carrying.labels import kind_name
from tugiplaan.web.carrying.summary_form import GoalLine, SummaryForm, lines_of, said_of
from tugiplaan.web.people.reach import PersonForm, entries_of, person_at


class _Writing(PersonForm):
    permission = "plans.write"
    form_class = SummaryForm
    template = "web/carrying/writing.html"
    back = "person_summaries"
    title = gettext_lazy("Kokkuvõttev hinnang")
    asks_why: ClassVar[bool] = False
    basis: SummaryBasis

    def of(self, entries: list[UUID], **ids: Any) -> SummedUp:
        """Find what is summed up."""
        raise NotImplementedError

    def lines(self) -> list[GoalLine]:
        """Give the goals that the form asks about."""
        return lines_of(self.basis)

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:  # noqa: ARG002
        desk = self.desk
        if not hasattr(self, "basis"):
            self.person = person_at(desk, ids["person_id"], self.permission)
            entries = entries_of(self.person)
            of = self.of(entries, **ids)
            self.basis = draft_summary(desk.provider_id, entries, of)
        initial = self.initial(**ids)
        return SummaryForm(data, lines=self.lines(), asks_why=self.asks_why, initial=initial)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return said_of(self.basis, self.person)

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"basis": self.basis, "network": _network(self.basis)}

    def shown_at(self, row: Summary, text: str) -> str:
        """Tell what was done and go to the summary."""
        self.say(text)
        return self.url("summary", self.person.pk, row.pk)


def _network(basis: SummaryBasis) -> list[tuple[Any, str]]:
    return [(one, kind_name(one.kind)) for one in basis.network]


class OfReferral(_Writing):
    """The summary assessment of a referral."""

    referral: Referral

    def of(self, entries: list[UUID], **ids: Any) -> SummedUp:
        desk = self.desk
        self.referral = referrals_of(desk.provider_id, entries).get(pk=ids["referral_id"])
        return of_referral(self.referral, desk.provider_id, desk.day)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        row = write_summary(
            stay=stay_of(self.referral), draft=form.draft, by=self.desk.user, on=self.desk.day
        )
        return self.shown_at(row, _("Kokkuvõttev hinnang on kirjas ja ootab kinnitamist."))


class OfPlan(_Writing):
    """The summary assessment of a plan of component services."""

    plan: Plan

    def of(self, entries: list[UUID], **ids: Any) -> SummedUp:
        desk = self.desk
        plans = plans_without_referral(desk.provider_id, entries, desk.day)
        self.plan = plans.get(pk=ids["plan_id"])
        return of_plan(self.plan, desk.day)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        row = write_plan_summary(
            plan=self.plan, draft=form.draft, by=self.desk.user, on=self.desk.day
        )
        return self.shown_at(row, _("Kokkuvõttev hinnang on kirjas ja ootab kinnitamist."))


class Correct(_Writing):
    """A summary assessment as it should read, and why."""

    title = gettext_lazy("Paranda kokkuvõtvat hinnangut")
    asks_why = True
    row: Summary

    def of(self, entries: list[UUID], **ids: Any) -> SummedUp:
        desk = self.desk
        self.row = summaries_of(desk.provider_id, entries).get(pk=ids["summary_id"])
        if self.row.referral:
            return of_referral(self.row.referral, desk.provider_id, desk.day)
        return of_plan(self.row.plan, desk.day)

    def lines(self) -> list[GoalLine]:
        return [
            GoalLine(one["goal"], one.get("domain"), one.get("minutes")) for one in self.row.goals
        ]

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return said_in(self.row)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        row = correct_summary(
            row=self.row,
            draft=form.draft,
            why=form.cleaned_data["why"],
            by=self.desk.user,
            on=self.desk.day,
        )
        return self.shown_at(row, _("Hinnang on parandatud ja ootab uuesti kinnitamist."))


def said_in(row: Summary) -> dict[str, Any]:
    """Give what a summary says as the fields of its form."""
    said: dict[str, Any] = {f"need_{one['domain']}": one["text"] for one in row.needs}
    for number, one in enumerate(row.goals):
        said |= {f"outcome_{number}": one["outcome"], f"goal_why_{number}": one["why"]}
    names = ("done", "need", "own_view", "advice", "recommendation", "took_part")
    return said | {name: getattr(row, name) for name in names}


def of_referral(referral: Referral, provider_id: UUID, day: date) -> SummedUp:
    """Say what the summary of a referral covers: from the arrival to today or the end."""
    facts = facts_by_id([referral.pk])[referral.pk]
    plan = last_agreed(provider_id, referral.pk, day)
    first = facts.arrived_on or referral.valid_from
    return SummedUp(plan, referral.pk, first, min(day, facts.ended_on or day))


def of_plan(plan: Plan | None, day: date) -> SummedUp:
    """Say what the summary of a plan covers: from its first day to today or its last."""
    first = min(plan.valid_from, day) if plan else day
    last = min(day, plan.valid_to or day) if plan else day
    return SummedUp(plan, None, first, last)
