"""Making a plan with a person, and its next version."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tugiplaan.plans.actions import draft_plan, new_version
from tugiplaan.plans.drafts import PackageDraft, PlanDraft
from tugiplaan.plans.queries import Plan, PlanTree, plan_tree
from tugiplaan.plans.standing import VersionTold
from tugiplaan.rules.facts import PriceList
from tugiplaan.rules.forecast import PlannedLine
from tugiplaan.web.people.reach import PersonForm, entries_of, person_at
from tugiplaan.web.planning.beside import (
    known_beside,
    offers,
    referral_choices,
    without_plan,
)
from tugiplaan.web.planning.package import PackageTold, price_list, told
from tugiplaan.web.planning.room import version_at
from tugiplaan.web.planning.sheet import (
    Offers,
    PlanSheet,
    Rows,
    changed,
    hours_of,
    offer_code,
    typed,
)

_SAVE = "save"


class _Writing(PersonForm):
    """The form of a plan. Buttons that add or take away a row only draw it anew.

    Attributes:
        last: The version that is written on; None: this is the first one.
    """

    permission = "plans.write"
    template = "web/planning/form.html"
    back = "person_plan"
    choices: Offers
    prices: PriceList
    rows: Rows
    last: VersionTold | None = None

    def find(self, **ids: Any) -> None:
        """Find what the form stands on: `choices` and `rows`."""
        raise NotImplementedError

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> PlanSheet:  # noqa: ARG002
        if not hasattr(self, "choices"):
            self.person = person_at(self.desk, ids["person_id"], self.permission)
            self.entries = entries_of(self.person)
            self.prices = price_list(self.desk.provider_id)
            self.find(**ids)
        return PlanSheet(data, initial=self.rows, offers=self.choices)

    def post(self, request: HttpRequest, **ids: Any) -> HttpResponse:
        button = request.POST.get("do", _SAVE)
        if button == _SAVE:
            return super().post(request, **ids)
        self.form(**ids)
        self.rows = changed(typed(request.POST), button)
        return self.show(self.read(**ids) | {"pressed": button})

    def read(self, **ids: Any) -> dict[str, Any]:
        shown = super().read(**ids)
        return shown | {
            "beside": known_beside(self.desk, self.person, self.entries, self.last),
            "cost": self._cost(shown["form"]),
        }

    def _cost(self, sheet: PlanSheet) -> PackageTold | None:
        """Say what the lines cost that stand in the form and can be read."""
        asked = PlanSheet(_as_sent(sheet), initial={}, offers=self.choices)
        asked.is_valid()
        planned = planned_lines(asked.lines(self.desk.day))
        return told(planned, self.desk.day, self.prices) if planned else None

    def saved(self, plan: Plan, draft: PlanDraft, text: str) -> str:
        """Tell that a plan is kept, and what of its package to look at."""
        planned = planned_lines(draft.package)
        if planned:
            for warning in told(planned, self.desk.day, self.prices).warnings:
                self.warn(warning)
        return self.done(text.format(number=plan.number))


def planned_lines(package: Iterable[PackageDraft]) -> list[PlannedLine]:
    """Give the lines of a draft as the rules see them; without time or component they are none."""
    return [
        PlannedLine(
            *(one.funder, one.component, one.mode, one.audience, one.planned_minutes),
            *(one.valid_from, one.valid_to),
        )
        for one in package
        if one.component and one.planned_minutes
    ]


def _as_sent(sheet: PlanSheet) -> dict[str, str]:
    """Give what stands in the lines of a form as a browser would send it."""
    found = {"package-count": str(len(sheet.package))}
    for form in sheet.package:
        for field in form:
            value = field.value()
            found[field.html_name] = "" if value is None else str(value)
    return found


class DraftPlan(_Writing):
    """The first version of a plan."""

    def heading(self) -> str:
        return _("Koosta tegevusplaan")

    def find(self, **ids: Any) -> None:  # noqa: ARG002
        desk = self.desk
        free = without_plan(desk, self.entries)
        self.choices = offers(
            desk, [one.service for one in free], self.prices, referral_choices(free)
        )
        asked = self.request.GET.get("referral", "")
        first = asked or (str(free[0].pk) if free else "")
        self.rows = {"valid_from": desk.day, "referral": first}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        desk = self.desk
        draft = form.draft(self.person.pk, None)
        plan = draft_plan(provider_id=desk.provider_id, draft=draft, by=desk.user, on=desk.day)
        return self.saved(plan, draft, _("Plaan on koostatud. Pane kirja, kes sellega nõus on."))


class WriteVersion(_Writing):
    """The next version of a plan; it begins as a copy of the last one."""

    def heading(self) -> str:
        return _("Tee plaanist uus versioon")

    def find(self, **ids: Any) -> None:
        desk = self.desk
        line, _version = version_at(desk, self.person, ids["plan_id"])
        self.last = line.versions[0]
        services = [line.referral.service] if line.referral else []
        self.choices = offers(desk, services, self.prices)
        self.rows = rows_of(plan_tree(self.last.plan)) | {"valid_from": desk.day}

    def act(self, form: Any, **ids: Any) -> str:  # noqa: ARG002
        desk, last = self.desk, self.last.plan  # type: ignore[union-attr]  # found with the form
        draft = form.draft(last.person_id, last.referral_id)
        plan = new_version(plan=last, draft=draft, by=desk.user, on=desk.day)
        return self.saved(
            plan,
            draft,
            _("{number}. versioon on koostatud. Seni, kuni sellega nõustutakse, kehtib eelmine."),
        )


def rows_of(tree: PlanTree) -> Rows:
    """Give what stands in the form for a version of a plan."""
    plan = tree.plan
    return {
        "valid_from": plan.valid_from,
        "valid_to": plan.valid_to,
        "ability": plan.ability,
        "recovery_stage": plan.recovery_stage,
        "wishes": plan.wishes,
        "plain": plan.plain,
        "goals": [
            {
                "text": one.goal.text,
                "domain": str(one.goal.domain),
                "origin": one.goal.origin,
                "due_on": one.goal.due_on,
                "plain": one.goal.plain,
                "activities": [
                    {
                        "kind": row.kind,
                        "text": row.text,
                        "schedule": row.schedule,
                        "frequency": row.frequency,
                        "responsible": str(row.responsible_id or ""),
                        "hours": hours_of(row.planned_minutes),
                    }
                    for row in one.activities
                ],
            }
            for one in tree.goals
        ],
        "package": [
            {
                "component": offer_code(row.funder, row.component, row.mode, row.audience),
                "hours": hours_of(row.planned_minutes),
                "goal": _number(tree, row.goal_id),
                "valid_from": row.valid_from,
                "valid_to": row.valid_to,
            }
            for row in tree.package
        ],
    }


def _number(tree: PlanTree, goal_id: Any) -> int | None:
    return next((one.goal.number for one in tree.goals if one.goal.pk == goal_id), None)
