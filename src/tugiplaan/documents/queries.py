"""Reading documents, templates, papers and where they went."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.documents.models import Document, Paper, PaperSent, Template
from tugiplaan.people.queries import Person, persons_of, require_person


def documents_of(provider_id: UUID, person_id: UUID | None) -> QuerySet[Document]:
    """Give the documents that hold, the latest first.

    Args:
        provider_id: At which provider.
        person_id: Whose; None: the provider's own.

    Returns:
        Those that were not replaced or withdrawn.
    """
    whose = Q(person_id=person_id) if person_id else Q(person__isnull=True)
    found = Document.objects.current().filter(whose, provider_id=provider_id)
    return found.order_by(F("dated_on").desc(nulls_last=True), "-id")


def person_of(document: Document) -> Person | None:
    """Give whose a document is; None: the provider's own, or there is no such person there."""
    if document.person_id is None:
        return None
    return persons_of(document.provider_id).filter(pk=document.person_id).first()


def require_reach(
    user: User, permission: str, whose: tuple[UUID, Person | None], day: date
) -> None:
    """Stop what a user may not do with the documents of a person or of a provider.

    Args:
        user: Who acts.
        permission: `app.verb`.
        whose: The provider, and the person or None for the provider's own.
        day: Today.

    Raises:
        NotAllowedError: No role of the user holds the permission there, or it reaches other
            persons only.
    """
    provider_id, person = whose
    if person is None:
        require(user, permission, provider_id, day)
    else:
        require_person(user, permission, person, day)


class UnableToReadDocumentError(RefusedError):
    """The file is gone or not what was stored."""


def read_document(*, document: Document, by: User, on: date) -> bytes:
    """Give the bytes of a document to a user, and record that they read it.

    Args:
        document: Which.
        by: Who reads; reaches the person.
        on: Today.

    Returns:
        The bytes, the same as were stored.

    Raises:
        NotAllowedError: `by` may not.
        UnableToReadDocumentError: The file is gone or was changed; nothing is given out.
    """
    require_reach(by, "documents.read", (document.provider_id, person_of(document)), on)
    try:
        content = (Path(settings.MEDIA_ROOT) / document.path).read_bytes()
    except OSError as error:
        raise UnableToReadDocumentError(
            _(
                "Dokumendi „{document}“ faili ei saa lugeda. Palu haldurilt fail "
                "varukoopiast taastada."
            ).format(document=document)
        ) from error
    if hashlib.sha256(content).hexdigest() != document.digest:
        raise UnableToReadDocumentError(
            _(
                "Dokumendi „{document}“ fail ei ole see, mis salvestati. Palu haldurilt "
                "fail varukoopiast taastada."
            ).format(document=document)
        )
    name = "documents.read_document"
    with acting(by=by, name=name, provider_id=document.provider_id) as act:
        act.details["document"] = document.pk
        if document.person_id:
            act.about(document.person_id)
    return content


def templates_in_force(provider_id: UUID, language: str = "et") -> list[Template]:
    """Give the templates that a provider's documents are made from.

    Args:
        provider_id: Whose documents.
        language: et, en or ru.

    Returns:
        By code, of each the latest version: the provider's own where it has one, otherwise the
        common one. One query; contents are not read until asked for.
    """
    found = Template.objects.filter(
        Q(provider_id=provider_id) | Q(provider__isnull=True), language=language
    )
    rows = found.order_by("code", F("provider").asc(nulls_first=True), "version").defer("content")
    return list({row.code: row for row in rows}.values())


def template_for(provider_id: UUID, code: str, language: str) -> Template | None:
    """Give the template of a provider's own for a paper; None: the built-in one serves.

    Args:
        provider_id: Whose.
        code: Which paper.
        language: et, en or ru.

    Returns:
        The latest version; None too where the latest one says that the built-in serves again.
    """
    found = Template.objects.filter(provider_id=provider_id, code=code, language=language)
    latest = found.order_by("-version").first()
    return latest if latest is not None and bytes(latest.content) else None


def papers_of(provider_id: UUID, person_id: UUID | None) -> QuerySet[Paper]:
    """Give the papers made for a person, or for the provider itself, the latest first.

    Returns:
        With what each sending that holds says, read with one question more.
    """
    whose = Q(person_id=person_id) if person_id else Q(person__isnull=True)
    sendings = PaperSent.objects.current().order_by("sent_on", "id")
    found = Paper.objects.filter(whose, provider_id=provider_id)
    return found.prefetch_related(Prefetch("sendings", queryset=sendings, to_attr="gone")).order_by(
        "-made_on", "-id"
    )


def has_gone(provider_id: UUID, paper: tuple[str, UUID], to_whom: str) -> bool:
    """Tell whether some paper of a kind about something went to somebody. One query.

    Args:
        provider_id: At which provider.
        paper: The kind, and what it is about.
        to_whom: Code of the addressee.
    """
    kind, about = paper
    rows = PaperSent.objects.filter(provider_id=provider_id, to_whom=to_whom)
    return rows.filter(paper__kind=kind, paper__about=about).current().exists()


def papers_settled(
    provider_id: UUID, persons: Iterable[UUID] | None = None
) -> dict[tuple[str, UUID], date]:
    """Give which papers went to everybody who must get them.

    Args:
        provider_id: At which provider.
        persons: Only of these persons, under whichever entry; None: of all.

    Returns:
        By kind and by what each is about, the day on which the last of them went; of several
        papers the latest such day. One query.
    """
    rows = PaperSent.objects.filter(provider_id=provider_id)
    if persons is not None:
        chosen = list(persons)
        rows = rows.filter(
            Q(paper__person_id__in=chosen) | Q(paper__person__merged_into__in=chosen)
        )
    went: dict[UUID, dict[str, date]] = {}
    papers: dict[UUID, tuple[str, UUID, tuple[str, ...]]] = {}
    columns = ("paper_id", "paper__kind", "paper__about", "paper__to_whom", "to_whom", "sent_on")
    for paper, kind, about, wanted, to_whom, sent_on in rows.current().values_list(*columns):
        papers[paper] = kind, about, tuple(wanted)
        first = went.setdefault(paper, {}).get(to_whom, sent_on)
        went[paper][to_whom] = min(first, sent_on)
    settled: dict[tuple[str, UUID], date] = {}
    for paper, (kind, about, wanted) in papers.items():
        if set(wanted) <= set(went[paper]):
            day = max((went[paper][one] for one in wanted), default=min(went[paper].values()))
            settled[kind, about] = max(day, settled.get((kind, about), day))
    return settled


def stored_bytes(digest: str) -> bytes | None:
    """Give what lies in the store under a digest; None: it is gone or is not what was stored."""
    try:
        content = (Path(settings.MEDIA_ROOT) / digest[:2] / digest).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None
