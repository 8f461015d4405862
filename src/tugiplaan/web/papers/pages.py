"""The papers of a person: what was made, what can be made, one of them and its files."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from tugiplaan.documents.papers import DOCX, Addressee, Paper
from tugiplaan.documents.queries import papers_of
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.kinds import KINDS, Kind, offers_of
from tugiplaan.interoperability.papers.making import Asked, PaperForm, read_paper
from tugiplaan.interoperability.papers.order import Order
from tugiplaan.people.queries import Person
from tugiplaan.web.desk import Desk
from tugiplaan.web.people.reach import PersonPage, entries_of, person_at
from tugiplaan.web.shared import Page

LANGUAGES = {
    "et": gettext_lazy("eesti keeles"),
    "en": gettext_lazy("inglise keeles"),
    "ru": gettext_lazy("vene keeles"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper as a row of a page.

    Attributes:
        gone: What was sent of it.
        waiting: Who must still get it, in words.
    """

    paper: Paper
    kind: Kind
    language: str
    gone: tuple[Any, ...]
    waiting: tuple[str, ...]


def shown(paper: Paper) -> Shown:
    """Tell a paper that was read with its sendings."""
    gone = tuple(getattr(paper, "gone", ()))
    got = {one.to_whom for one in gone}
    return Shown(
        paper=paper,
        kind=KINDS[PaperKind(paper.kind)],
        language=str(LANGUAGES[paper.language]),
        gone=gone,
        waiting=tuple(str(Addressee(one).label) for one in paper.to_whom if one not in got),
    )


def readable(desk: Desk) -> list[str]:
    """Give the kinds of papers that who looks may read."""
    return [code for code, kind in KINDS.items() if all(desk.may(one) for one in kind.read)]


def makeable(desk: Desk) -> list[Kind]:
    """Give the kinds of papers that who looks may make."""
    may_write = desk.may("documents.write")
    return [kind for kind in KINDS.values() if may_write and all(desk.may(p) for p in kind.make)]


def paper_at(desk: Desk, person: Person, paper_id: UUID) -> Paper:
    """Give a paper of a person that who looks may read.

    Raises:
        Paper.DoesNotExist: There is none.
    """
    found = papers_of(desk.provider_id, person.pk).filter(kind__in=readable(desk))
    return found.select_related("template").get(pk=paper_id)


def order_of(desk: Desk, person: Person, about: UUID, **more: Any) -> Order:
    """Give what is asked for when a paper of a person is made."""
    entries = tuple(entries_of(person))
    return Order(person, entries, about, desk.day, desk.law, **more)


class Papers(PersonPage):
    """What was made of a person's records, the latest first."""

    permission = "documents.read"
    template = "web/papers/list.html"

    def tell(self, person: Person) -> dict[str, Any]:
        found = papers_of(self.desk.provider_id, person.pk).filter(kind__in=readable(self.desk))
        return {
            "tab": "documents",
            "papers": [shown(one) for one in found],
            "may_make": bool(makeable(self.desk)),
        }


class Offers(PersonPage):
    """What can be made of a person's records."""

    permission = "documents.write"
    template = "web/papers/offers.html"

    def tell(self, person: Person) -> dict[str, Any]:
        found = offers_of(order_of(self.desk, person, person.pk), makeable(self.desk))
        return {
            "tab": "documents",
            "papers": [one for one in found if not one[0].is_notice],
            "notices": [one for one in found if one[0].is_notice],
        }


class OnePaper(PersonPage):
    """One paper: what it says, its files, to whom it went."""

    permission = "documents.read"
    template = "web/papers/paper.html"

    def tell(self, person: Person) -> dict[str, Any]:
        paper = paper_at(self.desk, person, self.kwargs["paper_id"])
        return {"tab": "documents", "one": shown(paper), "content": paper.content}


class _File(Page):
    """The bytes of a paper; opening it is written down by the query itself."""

    permission = "documents.read"
    form: PaperForm
    media_type: str

    def get(self, request: HttpRequest, **ids: Any) -> HttpResponse:  # noqa: ARG002
        desk = self.desk
        person = person_at(desk, ids["person_id"], self.permission)
        paper = paper_at(desk, person, ids["paper_id"])
        content = read_paper(asked=Asked(paper, person, self.form), by=desk.user, on=desk.day)
        response = HttpResponse(content, content_type=self.media_type)
        name = f"{slugify(paper.title)}-{paper.made_on.isoformat()}.{self.form}"
        disposition = content_disposition_header(as_attachment=True, filename=name)
        response.headers["Content-Disposition"] = disposition or "attachment"
        return response


class Pdf(_File):
    """The PDF of a paper."""

    form = PaperForm.PDF
    media_type = "application/pdf"


class Word(_File):
    """The DOCX of a paper."""

    form = PaperForm.WORD
    media_type = DOCX


def kind_asked(request: HttpRequest) -> Kind:
    """Give the paper that an address asks for.

    Raises:
        ObjectDoesNotExist: There is no such paper.
    """
    code = request.GET.get("kind", "")
    if code not in set(PaperKind):
        raise ObjectDoesNotExist
    return KINDS[PaperKind(code)]


def about_asked(request: HttpRequest) -> UUID:
    """Give what an address asks a paper about.

    Raises:
        ObjectDoesNotExist: It names nothing.
    """
    try:
        return UUID(request.GET.get("about", ""))
    except ValueError as error:
        raise ObjectDoesNotExist from error
