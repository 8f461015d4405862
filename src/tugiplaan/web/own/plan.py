"""My plan: what I want, what we do, who helps."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tugiplaan.insight.queries import own_plan
from tugiplaan.people.queries import Person
from tugiplaan.plans.queries import PlanTree
from tugiplaan.web import telling
from tugiplaan.web.own.room import OwnPage, component_names, service_name


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan in plain words.

    Attributes:
        name: The service; of component services what they are together.
        help: What help was agreed, each with its hours a month.
    """

    tree: PlanTree
    name: str
    help: tuple[tuple[str, str], ...]


class MyPlan(OwnPage):
    """The plans that hold today, in large letters, to read and to print."""

    permission = "plans.read"
    template = "web/own/plan.html"

    def look(self, person: Person) -> dict[str, Any]:
        found = own_plan(person=person, by=self.desk.user, on=self.desk.day)
        names = component_names(self.desk.provider_id)
        return {
            "section": "my_plan",
            "plans": [shown_plan(tree, names) for tree in found.plans],
            "own": found,
        }


def shown_plan(tree: PlanTree, names: dict[str, str]) -> PlanShown:
    """Tell a plan in plain words."""
    referral = tree.plan.referral
    name = service_name(str(referral.service), names) if referral else _("muu abi")
    help_ = tuple(
        (names.get(line.component, line.component), telling.minutes(line.planned_minutes))
        for line in tree.package
    )
    return PlanShown(tree, name, help_)
