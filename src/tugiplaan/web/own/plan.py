"""My plan: what I want, what we do, who helps, and whether I agree."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.insight.queries import own_persons, own_plan
from tugiplaan.people.queries import Person
from tugiplaan.plans.actions import Party, Said, answer_own_plan
from tugiplaan.plans.queries import PlanAnswer, PlanTree, trees_of
from tugiplaan.plans.standing import PlanLine, VersionTold, plan_lines
from tugiplaan.web import telling
from tugiplaan.web.forms import Form
from tugiplaan.web.own.room import OwnPage, component_names, service_name
from tugiplaan.web.people.reach import entries_of
from tugiplaan.web.shared import Act


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan in plain words.

    Attributes:
        name: The service; of component services what they are together.
        help: What help was agreed, each with its hours a month.
        mine: What who looks said to it last; None: nothing yet.
        waits: It is not in force yet: an answer is waited for.
    """

    tree: PlanTree
    name: str
    help: tuple[tuple[str, str], ...]
    mine: PlanAnswer | None = None
    waits: bool = False


class MyPlan(OwnPage):
    """The plans that hold today or wait for an answer, in large letters, to read and to print."""

    permission = "plans.read"
    template = "web/own/plan.html"

    def look(self, person: Person) -> dict[str, Any]:
        desk = self.desk
        found = own_plan(person=person, by=desk.user, on=desk.day)
        names = component_names(desk.provider_id)
        lines = plan_lines(desk.provider_id, entries_of(person), desk.day)
        versions = {one.plan.pk: one for line in lines for one in line.versions}
        party = party_of(desk.user.name, person)
        waiting = [one.waiting.plan for one in lines if one.waiting]
        trees = [(tree, False) for tree in found.plans]
        trees = [(tree, True) for tree in trees_of(waiting).values()] + trees
        return {
            "section": "my_plan",
            "plans": [
                shown_plan(tree, names, versions[tree.plan.pk].standing.get(party), waits=waits)
                for tree, waits in trees
            ],
            "own": found,
        }


def party_of(name: str, person: Person) -> Party:
    """Say as whom somebody looks at a person's own page."""
    is_self = f"{person.first_name} {person.last_name}" == name
    return Party.PERSON if is_self else Party.REPRESENTATIVE


def shown_plan(
    tree: PlanTree, names: dict[str, str], mine: PlanAnswer | None = None, *, waits: bool = False
) -> PlanShown:
    """Tell a plan in plain words."""
    referral = tree.plan.referral
    name = service_name(str(referral.service), names) if referral else _("muu abi")
    help_ = tuple(
        (names.get(line.component, line.component), telling.minutes(line.planned_minutes))
        for line in tree.package
    )
    return PlanShown(tree, name, help_, mine, waits)


class OwnAnswerForm(Form):
    """Whether I agree, and what I think."""

    is_agreed = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    why = forms.CharField(label=gettext_lazy("Miks, või mida tahad muuta"), required=False)


class AnswerMyPlan(Act):
    """I agree to my plan, or I do not and say why."""

    permission = "plans.answer"
    roles = frozenset({"person"})
    form_class = OwnAnswerForm

    def act(self, form: Any, **ids: Any) -> str:
        desk = self.desk
        person, version = self._mine(ids["plan_id"], desk.day)
        said = Said(
            party=party_of(desk.user.name, person),
            is_agreed=form.cleaned_data["is_agreed"] == "yes",
            name=desk.user.name,
            why=form.cleaned_data["why"],
        )
        answer_own_plan(plan=version.plan, said=said, by=desk.user, on=desk.day)
        self.say(_("Aitäh. Sinu vastus on kirjas."))
        return f"{self.url('my_plan')}?person={person.pk}"

    def _mine(self, plan_id: Any, day: date) -> tuple[Person, VersionTold]:
        """Find the plan among those of the persons whose own view it is."""
        desk = self.desk
        for person in own_persons(provider_id=desk.provider_id, by=desk.user, on=day):
            lines: tuple[PlanLine, ...] = plan_lines(desk.provider_id, entries_of(person), day)
            for line in lines:
                for version in line.versions:
                    if version.plan.pk == plan_id:
                        return person, version
        raise ObjectDoesNotExist
