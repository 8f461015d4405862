"""Making a paper, and writing down to whom it went."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugiplaan.interoperability.papers.kinds import Kind
from tugiplaan.interoperability.papers.making import make_paper
from tugiplaan.interoperability.papers.notice import asks_end, is_learned, learned_day
from tugiplaan.interoperability.papers.order import Order
from tugiplaan.interoperability.papers.sending import cancel_sending, send_paper
from tugiplaan.web.papers.forms import (
    CancelForm,
    EndForm,
    LearnedForm,
    MakeForm,
    NoticeForm,
    SentForm,
)
from tugiplaan.web.papers.pages import LANGUAGES, about_asked, kind_asked, order_of, paper_at, shown
from tugiplaan.web.people.reach import PersonForm


class Make(PersonForm):
    """A paper of a kind about something; the address names both."""

    back = "person_papers"
    permission = "documents.write"
    template = "web/papers/make.html"
    form_class = MakeForm
    kind: Kind
    order: Order

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        self.kind = kind_asked(self.request)
        for permission in self.kind.make:
            self.desk.require(permission)
        if self.kind.is_notice:
            self.form_class = _form_of(self.kind)  # type: ignore[misc]
        return super().form(data, files, **ids)

    def initial(self, **ids: Any) -> dict[str, Any]:  # noqa: ARG002
        self.order = order_of(self.desk, self.person, about_asked(self.request))
        found: dict[str, Any] = {"language": self._language()}
        if is_learned(self.kind.code):
            found["learned_on"] = learned_day(self.order, self.kind.code) or self.desk.day
        return found

    def _language(self) -> str:
        # What goes to an office is in Estonian; what is for the person, in their language.
        theirs = self.person.language in LANGUAGES and not self.kind.is_notice
        return self.person.language if theirs else "et"

    def heading(self) -> str:
        return str(self.kind.title)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        asked = form.cleaned_data
        order = order_of(
            self.desk,
            self.person,
            self.order.about,
            note=asked.get("note", ""),
            learned_on=asked.get("learned_on"),
            ends_on=asked.get("ends_on"),
        )
        paper = make_paper(
            order=order, kind=self.kind.code, language=asked["language"], by=self.desk.user
        )
        self.say(
            _("„{title}“ on koostatud. Vaata see enne saatmist üle.").format(title=paper.title)
        )
        return self.url("person_paper", self.person.pk, paper.pk)


def _form_of(kind: Kind) -> type[NoticeForm]:
    """Give what a notice asks for: the day from which its time runs, where the facts lack it."""
    if is_learned(kind.code):
        return LearnedForm
    return EndForm if asks_end(kind.code) else NoticeForm


class Sent(PersonForm):
    """A paper went to somebody."""

    permission = "documents.write"
    form_class = SentForm
    back = "person_papers"
    paper: Any

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        form = super().form(data, files, **ids)
        self.paper = paper_at(self.desk, self.person, ids["paper_id"])
        waiting = [one for one in self.paper.to_whom if one not in self._got()]
        form.initial |= {"sent_on": self.desk.day} | ({"to_whom": waiting[0]} if waiting else {})
        return form

    def _got(self) -> set[str]:
        return {one.to_whom for one in shown(self.paper).gone}

    def heading(self) -> str:
        return _("Saatmine: {title}").format(title=self.paper.title)

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:  # noqa: ARG002
        sent = send_paper(
            paper=self.paper, sending=form.sending(), by=self.desk.user, on=self.desk.day
        )
        self.say(_("Saatmine on kirjas."))
        if sent.summary is not None:
            self.say(_("Kokkuvõttev hinnang on nüüd märgitud saadetuks."))
        return self.url("person_paper", self.person.pk, self.paper.pk)


class CancelSent(PersonForm):
    """A paper did not go after all."""

    permission = "documents.write"
    form_class = CancelForm
    back = "person_papers"
    title = gettext_lazy("Tühista saatmine")
    row: Any

    def form(self, data: Any = None, files: Any = None, **ids: Any) -> Any:
        form = super().form(data, files, **ids)
        paper = paper_at(self.desk, self.person, ids["paper_id"])
        found = (one for one in shown(paper).gone if one.pk == ids["sending_id"])
        self.row = next(found, None)
        if self.row is None:
            raise ObjectDoesNotExist
        return form

    def act(self, form: Any, **ids: Any) -> HttpResponse | str:
        why, by, on = form.cleaned_data["why"], self.desk.user, self.desk.day
        cancelled = cancel_sending(row=self.row, why=why, by=by, on=on)
        self.say(_("Saatmine on tühistatud."))
        if cancelled.summary is not None:
            self.say(_("Kokkuvõttev hinnang ootab jälle saatmist."))
        return self.url("person_paper", self.person.pk, ids["paper_id"])
