"""What the pages of assessing share: one person's draft or assessment, found among theirs."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.assessments.queries import Assessment, AssessmentDraft, assessments_of, drafts_of
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.people.queries import Person
from tugiplaan.web.people.reach import PersonForm, entries_of, person_at
from tugiplaan.web.shared import Act


def assessment_at(person: Person, row_id: UUID) -> Assessment:
    """Give one assessment of a person.

    Raises:
        Assessment.DoesNotExist: The person has none such.
    """
    return assessments_of(person.provider_id, entries_of(person)).get(pk=row_id)


def draft_at(person: Person, draft_id: UUID) -> AssessmentDraft:
    """Give one assessment of a person that is under way.

    Raises:
        RefusedError: It is finished, or was let go.
    """
    found = drafts_of(person.provider_id, entries_of(person)).filter(pk=draft_id).first()
    if found is None:
        raise RefusedError(
            _(
                "See hindamine ei ole enam pooleli: see on lõpetatud või sellest loobuti. Vaata "
                "inimese hindamisi. Midagi ei muudetud."
            )
        )
    return found


class DraftForm(PersonForm):
    """A form about an assessment that is under way."""

    permission = "assessments.write"
    back = "person_assessments"
    draft: AssessmentDraft

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:  # noqa: ARG002
        self.person = person_at(self.desk, ids["person_id"], self.permission)
        self.draft = draft_at(self.person, ids["draft_id"])
        return self.make_form(data, **ids)

    def make_form(self, data: Any, **ids: Any) -> Any:  # noqa: ARG002
        """Make the form, the draft being known."""
        return self.form_class(data)


class DraftAct(Act):
    """A button about an assessment that is under way."""

    permission = "assessments.write"
    person: Person
    draft: AssessmentDraft

    def find(self, **ids: Any) -> None:
        """Find the draft that the address names."""
        self.person = person_at(self.desk, ids["person_id"], self.permission)
        self.draft = draft_at(self.person, ids["draft_id"])
