"""Making a paper, reading it again, and the templates of an organisation's own."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.documents.papers import (
    Made,
    NewTemplate,
    Paper,
    Template,
    store_paper,
    store_template,
)
from tugiplaan.documents.queries import require_reach, stored_bytes, template_for
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.content import plain
from tugiplaan.interoperability.papers.kinds import KINDS, sample_values
from tugiplaan.interoperability.papers.order import Order
from tugiplaan.interoperability.papers.pdf import as_pdf, layout_digest, template_bytes
from tugiplaan.interoperability.papers.word import as_docx, builtin_template
from tugiplaan.people.queries import Person, require_person


class PaperForm(StrEnum):
    """The forms in which a paper is kept."""

    PDF = "pdf"
    WORD = "docx"


def make_paper(*, order: Order, kind: PaperKind, language: str, by: User) -> Paper:
    """Make a paper from the records of a person, as PDF and as DOCX, and keep it.

    Args:
        order: For whom and from what.
        kind: Which paper.
        language: et, en or ru.
        by: Who makes it.

    Returns:
        The paper; asked for later it is the same to the byte.

    Raises:
        NotAllowedError: `by` may not write documents of the person, or not this kind.
        ObjectDoesNotExist: The person has nothing with the id that the order names.
        UnableToMakePaperError: The paper cannot be made of it.
        BadTemplateError: The organisation's own template cannot be filled.
        NotInForceError: A term of the law was not in force.
    """
    asked, person = KINDS[kind], order.person
    _require(by, ("documents.write", *asked.make), person, order.day)
    with translation.override(language):
        drawn = asked.draw(order)
        content, values = plain(drawn.content), plain(drawn.values)
        template = template_for(order.provider_id, kind, language)
        own = bytes(template.content) if template else builtin_template()
        made = Made(
            kind=kind,
            about=order.about,
            title=drawn.content.title,
            language=language,
            to_whom=drawn.to_whom,
            values=values,
            content=content,
            template=template,
            layout=layout_digest(template_bytes(), builtin_template()),
            pdf=as_pdf(content, order.day),
            word=as_docx(own, values | content, order.day),
        )
    return store_paper(
        provider_id=order.provider_id, person_id=person.pk, made=made, by=by, on=order.day
    )


class UnableToReadPaperError(RefusedError):
    """The file of a paper is gone and cannot be made again as it was."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper and the form in which somebody wants it."""

    paper: Paper
    person: Person
    form: PaperForm


def read_paper(*, asked: Asked, by: User, on: date) -> bytes:
    """Give the bytes of a paper to a user, and record that they read it.

    Args:
        asked: Which, and in which form.
        by: Who reads; reaches the person and may read this kind.
        on: Today.

    Returns:
        What was made then, to the byte. A file that is gone is made again from what was kept.

    Raises:
        NotAllowedError: `by` may not.
        UnableToReadPaperError: The file is gone, and what is made now is not the same.
    """
    paper = asked.paper
    kind = KINDS[PaperKind(paper.kind)]
    _require(by, ("documents.read", *kind.read), asked.person, on)
    is_pdf = asked.form is PaperForm.PDF
    digest = paper.pdf_digest if is_pdf else paper.word_digest
    content = stored_bytes(digest)
    if content is None:
        content = _again(paper, asked.form)
        if layout_digest(content) != digest:
            raise UnableToReadPaperError(
                _(
                    "Dokumendi „{title}“ fail ei ole enam alles ja seda ei saa täpselt samana "
                    "uuesti koostada. Palu haldurilt fail varukoopiast taastada."
                ).format(title=paper.title)
            )
    with acting(by=by, name="documents.read_paper", provider_id=paper.provider_id) as act:
        act.details |= {"paper": paper.pk, "form": asked.form}
        act.about(asked.person.pk)
    return content


def _again(paper: Paper, form: PaperForm) -> bytes:
    with translation.override(paper.language):
        if form is PaperForm.PDF:
            return as_pdf(paper.content, paper.made_on)
        template = bytes(paper.template.content) if paper.template else builtin_template()
        return as_docx(template, paper.values | paper.content, paper.made_on)


def bring_template(*, provider_id: UUID, new: NewTemplate, by: User, on: date) -> Template:
    """Try a template on made-up people, and keep it as the provider's own.

    Args:
        provider_id: Whose.
        new: The template.
        by: Who brings it.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        BadTemplateError: It cannot be filled; the earlier one still serves.
        UnableToKeepTemplateError: It is too large.
    """
    if new.content:
        as_docx(new.content, sample_values(KINDS[PaperKind(new.kind)]), on)
    return store_template(provider_id=provider_id, new=new, by=by, on=on)


def _require(by: User, permissions: tuple[str, ...], person: Person, on: date) -> None:
    first, *others = permissions
    require_reach(by, first, (person.provider_id, person), on)
    for permission in others:
        require_person(by, permission, person, on)
