"""Filling an assessment in: beginning, one page per domain and view, finishing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tugiplaan.assessments import actions
from tugiplaan.assessments.actions import NewAssessment
from tugiplaan.assessments.instruments import read_instrument
from tugiplaan.assessments.packs import builtin_packs
from tugiplaan.assessments.queries import AssessmentDraft, View, instruments_of, title_of
from tugiplaan.audit.language import language
from tugiplaan.people.queries import Person
from tugiplaan.referrals.queries import referrals_of
from tugiplaan.rules.scoring import (
    Domain,
    Instrument,
    Item,
    ScaleKind,
    in_words,
    unanswered,
    uncommented,
)
from tugiplaan.web.assessing.forms import BeginForm, DomainForm
from tugiplaan.web.assessing.room import DraftAct, DraftForm
from tugiplaan.web.people.labels import service_name
from tugiplaan.web.people.reach import PersonForm, entries_of
from tugiplaan.web.telling import day as show_day

_WITH_NUMBERS = frozenset({ScaleKind.NEED, ScaleKind.ENVIRONMENT, ScaleKind.RATING})


class Begin(PersonForm):
    """With what and for which day somebody is assessed."""

    permission = "assessments.write"
    template = "web/assessing/begin.html"
    back = "person_assessments"
    form_class = BeginForm

    def heading(self) -> str:
        return _("Uus hindamine")

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        return {"assessed_on": self.desk.day, "instrument": next(iter(builtin_packs()))}

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        form = super().form(data, files, **ids)
        form.fields["instrument"].choices = _instruments(self.desk.provider_id)
        referrals = referrals_of(self.desk.provider_id, entries_of(self.person))
        form.fields["referral"].choices = [("", _("suunamiseta"))] + [
            (str(one.pk), f"{service_name(one.service, one.variant)}, {one.code}")
            for one in referrals
        ]
        return form

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        desk, typed = self.desk, form.cleaned_data
        chosen = typed["instrument"]
        instrument_id = (
            actions.ensure_builtin(code=chosen, by=desk.user).pk
            if chosen in builtin_packs()
            else UUID(chosen)
        )
        referral_id = UUID(typed["referral"]) if typed["referral"] else None
        new = NewAssessment(
            self.person.pk, instrument_id, typed["assessed_on"], referral_id=referral_id
        )
        draft = actions.start_draft(
            provider_id=desk.provider_id, new=new, by=desk.user, on=desk.day
        )
        return self.url("assessment_fill", self.person.pk, draft.pk, *first_page(draft))


def _instruments(provider_id: UUID) -> list[tuple[str, str]]:
    """Give what can be chosen: what comes with the program, and the latest of each own."""
    own: dict[str, tuple[str, str]] = {}
    for one in instruments_of(provider_id).filter(provider=provider_id):
        own.setdefault(one.code, (str(one.pk), f"{title_of(one)} ({one.version})"))
    built = [(code, in_words(pack["title"], language())) for code, pack in builtin_packs().items()]
    return [*built, *own.values()]


def _asks(domain: Domain, view: str) -> bool:
    return any(part.asked(view) for part in domain.parts)


def pages_of(instrument: Instrument, view: str) -> list[Domain]:
    """Give the domains that ask anything in a view."""
    return [domain for domain in instrument.domains if _asks(domain, view)]


def first_page(draft: AssessmentDraft) -> tuple[str, str]:
    """Give the view and the domain with which filling in begins."""
    instrument = read_instrument(draft.instrument.content)
    view = instrument.views[0]
    return view, pages_of(instrument, view)[0].code


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to another page of the assessment.

    Attributes:
        left: How many questions have no answer yet.
    """

    label: str
    url: str
    is_here: bool
    left: int = 0


class Fill(DraftForm):
    """One domain in one view."""

    template = "web/assessing/fill.html"
    instrument: Instrument
    view: View
    domain: Domain

    def make_form(self, data: Any, **ids: Any) -> forms.Form:
        self.instrument = read_instrument(self.draft.instrument.content)
        self.view = _view(ids["view"])
        pages = pages_of(self.instrument, self.view)
        found = [domain for domain in pages if domain.code == ids["domain"]]
        if not found:
            raise Http404
        self.domain = found[0]
        held = self.draft.answers.get(self.view.value, {})
        return DomainForm(data, domain=self.domain, view=self.view, held=held)

    def read(self, **ids: Any) -> dict[str, Any]:
        shown = super().read(**ids)
        return shown | {
            "draft": self.draft,
            "instrument": title_of(self.draft.instrument),
            "note": in_words(self.draft.instrument.content.get("note", {}), language()),
            "domain": self.domain.label(language()),
            "view": self.view,
            "views": [self._tab_of_view(one) for one in self.instrument.views],
            "domains": [self._tab(one) for one in pages_of(self.instrument, self.view)],
            "meanings": list(self._meanings()),
            "finish": self.url("assessment_finish", self.person.pk, self.draft.pk),
        }

    def heading(self) -> str:
        return self.domain.label(language())

    def _tab(self, domain: Domain) -> Tab:
        left = unanswered(domain, self.view, said_in(self.draft, self.view))
        url = self._url(self.view, domain)
        return Tab(domain.label(language()), url, domain is self.domain, len(left))

    def _tab_of_view(self, view: str) -> Tab:
        pages = pages_of(self.instrument, view)
        at = next((one for one in pages if one.code == self.domain.code), pages[0])
        return Tab(str(View(view).label), self._url(view, at), view == self.view)

    def _url(self, view: str, domain: Domain) -> str:
        ids = (self.person.pk, self.draft.pk, str(view), domain.code)
        return self.url("assessment_fill", *ids)

    def _meanings(self) -> Any:
        """Give what the numbers of the scales of this page mean."""
        items = [item for part in self.domain.parts for item in part.asked(self.view)]
        scales = {id(item.scale): item.scale for item in items}
        for scale in scales.values():
            if scale.kind in _WITH_NUMBERS:
                yield [scale.told(value, language()) for value in scale.values]

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        actions.save_answers(
            draft=self.draft, answers=form.answers(), by=self.desk.user, on=self.desk.day
        )
        self.say(_("{domain}: vastused on alles.").format(domain=self.heading()))
        pages = pages_of(self.instrument, self.view)
        after = pages[pages.index(self.domain) + 1 :]
        if after:
            return self._url(self.view, after[0])
        return self.url("assessment_finish", self.person.pk, self.draft.pk)


def _view(text: str) -> View:
    if text not in View.values:
        raise Http404
    return View(text)


def said_in(draft: AssessmentDraft, view: str) -> dict[str, str]:
    """Give the values of a draft in a view by question."""
    rows = draft.answers.get(str(view), {})
    return {item: value or comment for item, (value, comment) in rows.items()}


@dataclass(frozen=True, slots=True)
class Left:
    """What an assessment leaves open in a view.

    Attributes:
        domains: Domains with how many questions have no answer, and where they are.
        uncommented: Questions whose answer should be explained.
        answered: How many answers there are.
    """

    view: str
    domains: tuple[Tab, ...]
    uncommented: tuple[str, ...]
    answered: int


class Finish(DraftForm):
    """What is not answered yet, and the end of filling in."""

    template = "web/assessing/finish.html"
    form_class = forms.Form

    def read(self, **ids: Any) -> dict[str, Any]:
        shown = super().read(**ids)
        instrument = read_instrument(self.draft.instrument.content)
        return shown | {
            "draft": self.draft,
            "instrument": title_of(self.draft.instrument),
            "left": [self._left(instrument, view) for view in instrument.views],
            "first": self.url(
                "assessment_fill", self.person.pk, self.draft.pk, *first_page(self.draft)
            ),
        }

    def heading(self) -> str:
        return _("Lõpeta hindamine")

    def _left(self, instrument: Instrument, view: str) -> Left:
        said, rows = said_in(self.draft, view), self.draft.answers.get(view, {})
        explained = [item for item, (_value, comment) in rows.items() if comment]
        found: list[Item] = uncommented(instrument, said, explained)
        tabs = []
        for domain in pages_of(instrument, view):
            ids = (self.person.pk, self.draft.pk, view, domain.code)
            url, left = self.url("assessment_fill", *ids), unanswered(domain, view, said)
            tabs.append(Tab(domain.label(language()), url, is_here=False, left=len(left)))
        told = tuple(item.label(language()) for item in found)
        return Left(str(View(view).label), tuple(tabs), told, len(said))

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        made = actions.finish_draft(draft=self.draft, by=self.desk.user, on=self.desk.day)
        self.say(
            _("Hindamine ({day}) on lõpetatud ja alles.").format(day=show_day(made.assessed_on))
        )
        return self.url("assessment", self.person.pk, made.pk)


class Discard(DraftAct):
    """An assessment that was begun in vain is let go."""

    person: Person

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        self.find(**ids)
        actions.discard_draft(draft=self.draft, by=self.desk.user, on=self.desk.day)
        self.say(_("Pooleli hindamisest on loobutud."))
        return self.url("person_assessments", self.person.pk)
