"""Reading assessments: one with its answers, needs for goals, how it went; a correction."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tugiplaan.assessments import actions
from tugiplaan.assessments.actions import Given
from tugiplaan.assessments.queries import (
    Answer,
    Assessment,
    View,
    answers_of,
    content_of,
    needs_of,
    title_of,
    trend_of,
)
from tugiplaan.audit.language import language
from tugiplaan.people.queries import Person
from tugiplaan.rules.scoring import Domain
from tugiplaan.web.assessing.forms import CorrectForm
from tugiplaan.web.assessing.room import assessment_at
from tugiplaan.web.assessing.telling import answers_told, lines_told, over_time
from tugiplaan.web.people.reach import PersonForm, PersonPage, entries_of, person_at


class OneAssessment(PersonPage):
    """A finished assessment with its answers, in the words of its own version."""

    permission = "assessments.read"
    template = "web/assessing/assessment.html"

    def read(self, **ids: Any) -> dict[str, Any]:
        person = person_at(self.desk, ids["person_id"], self.permission)
        one = assessment_at(person, ids["row_id"])
        held = answers_of(one)
        return {
            "section": "people",
            "tab": "assessments",
            "person": person,
            "one": one,
            "title": title_of(one.instrument),
            "views": [view.label for view in held],
            "domains": answers_told(content_of(one), held),
        }


class Correct(PersonForm):
    """Another value or comment in the place of an answer."""

    permission = "assessments.write"
    form_class = CorrectForm
    template = "web/assessing/correct.html"
    one: Assessment
    row: Answer

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:  # noqa: ARG002
        self.person = person_at(self.desk, ids["person_id"], self.permission)
        self.one = assessment_at(self.person, ids["row_id"])
        self.row = _holding(self.one, ids["answer_id"])
        initial = {"value": self.row.value, "comment": self.row.comment}
        form = CorrectForm(data, initial=initial)
        item = content_of(self.one).items[self.row.item]
        words = [(value, item.told(value, language())) for value in item.scale.values]
        form.fields["value"].widget.choices = [("", _("vastamata")), *words]
        return form

    def read(self, **ids: Any) -> dict[str, Any]:
        shown = super().read(**ids)
        item = content_of(self.one).items[self.row.item]
        return shown | {
            "question": item.label(language()) or item.code,
            "view": View(self.row.view).label,
            "back": self.url("assessment", self.person.pk, self.one.pk),
        }

    def heading(self) -> str:
        return _("Paranda vastust")

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        typed, row = form.cleaned_data, self.row
        to = Given(row.item, typed["value"], View(row.view), typed["comment"])
        actions.correct_answer(
            row=row, to=to, by=self.desk.user, on=self.desk.day, why=typed["why"]
        )
        self.say(_("Vastus on parandatud; varasem jäi ajalukku alles."))
        return self.url("assessment", self.person.pk, self.one.pk)


def _holding(one: Assessment, answer_id: UUID) -> Answer:
    """Give an answer of an assessment that holds."""
    for rows in answers_of(one).values():
        for row in rows:
            if row.pk == answer_id:
                return row
    raise Http404


class NeedsList(PersonPage):
    """The domains with any need, to be printed and taken along to planning."""

    permission = "assessments.read"
    template = "web/assessing/needs.html"

    def tell(self, person: Person) -> dict[str, Any]:
        return {"tab": "assessments", "needs": needs_of(person, self.desk.day)}


class TrendPage(PersonPage):
    """How the answers of one domain went from assessment to assessment."""

    permission = "assessments.read"
    template = "web/assessing/trend.html"

    def tell(self, person: Person) -> dict[str, Any]:
        asked = self.request.GET
        trend = trend_of(
            self.desk.provider_id, entries_of(person), asked.get("instrument", "TV-RFK")
        )
        if trend is None:
            return {"tab": "assessments", "trend": None}
        chosen = _domain(trend.instrument.domains, asked.get("domain", ""))
        last = trend.assessments[-1].instrument
        return {
            "tab": "assessments",
            "trend": trend,
            "title": title_of(last),
            "code": last.code,
            "domain": chosen,
            "label": chosen.label(language()),
            "domains": [(one, one.label(language())) for one in trend.instrument.domains],
            "lines": lines_told(trend, chosen),
            "chart": over_time(trend, chosen),
        }


def _domain(domains: tuple[Domain, ...], code: str) -> Domain:
    return next((one for one in domains if one.code == code), domains[0])
