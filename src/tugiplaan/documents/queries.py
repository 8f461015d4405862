"""Reading documents and templates."""

import hashlib
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.documents.models import Document, Template
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
