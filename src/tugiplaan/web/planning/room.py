"""What the pages of planning share: finding a version of a person's plan."""

from typing import Any

from tugiplaan.people.queries import Person
from tugiplaan.plans.standing import PlanLine, VersionTold, plan_lines
from tugiplaan.web.desk import Desk
from tugiplaan.web.people.reach import PersonForm, entries_of, person_at


def version_at(desk: Desk, person: Person, plan_id: Any) -> tuple[PlanLine, VersionTold]:
    """Give a version of one of the person's plans, and the plan that it is of. Three queries.

    Raises:
        Person.DoesNotExist: There is none: to who looks it is as if it did not exist.
    """
    for line in plan_lines(desk.provider_id, entries_of(person), desk.day):
        for version in line.versions:
            if version.plan.pk == plan_id:
                return line, version
    raise Person.DoesNotExist


class VersionForm(PersonForm):
    """A form about one version of a plan.

    Attributes:
        line: The plan.
        version: Which version of it.
    """

    permission = "plans.write"
    back = "person_plan"
    line: PlanLine
    version: VersionTold

    def find(self, **ids: Any) -> None:
        """Find the person and the version, once."""
        self.person = person_at(self.desk, ids["person_id"], self.permission)
        self.line, self.version = version_at(self.desk, self.person, ids["plan_id"])

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        if not hasattr(self, "version"):
            self.find(**ids)
        return self.form_class(data, files, initial=self.initial(**ids))

    def read(self, **ids: Any) -> dict[str, Any]:
        return super().read(**ids) | {"version": self.version}
