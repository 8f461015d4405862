"""Storing documents, replacing and withdrawing them."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tugiplaan.accounts.access import User
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.documents.models import Document
from tugiplaan.documents.models import Retention as Retention  # given on to pages
from tugiplaan.documents.queries import person_of, require_reach
from tugiplaan.people.queries import Person


@dataclass(frozen=True, slots=True)
class File:
    """A file and what it is.

    Attributes:
        kind: referral, health_certificate, hospital_confirmation, consent …
        media_type: Such as application/pdf.
        content: Its bytes, at least one.
        retention: Why it is kept.
        dated_on: The day that stands on it; None: none.
    """

    kind: str
    title: str
    media_type: str
    content: bytes
    retention: Retention
    dated_on: date | None = None


class UnableToStoreDocumentError(RefusedError):
    """The document cannot be stored as given."""


def store_document(
    *, provider_id: UUID, person_id: UUID | None, file: File, by: User, on: date
) -> Document:
    """Store a file, under a name made of its SHA-256.

    The file is whole on the disk before the row that names it is written. Where the row fails,
    the file remains; nothing names it, and the same bytes would be stored in its place.

    Args:
        provider_id: Whose.
        person_id: Whose it is; None: the provider's own.
        file: The file and what it is.
        by: Who stores it; reaches the person.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToStoreDocumentError: The file is empty, kind or title is, or there is no such
            person at the provider.
    """
    person = person_at(provider_id, person_id)
    require_reach(by, "documents.write", (provider_id, person), on)
    row = _row(provider_id, person_id, file)
    with acting(by=by, name="documents.store_document", provider_id=provider_id) as act:
        act.store([row])
        _about(act, row)
    return row


def replace_document(*, document: Document, file: File, why: str, by: User, on: date) -> Document:
    """Put a newer version in the place of a document; the old one is kept and can be read.

    Args:
        document: Which.
        file: The newer version.
        why: The reason; not empty.
        by: Who replaces it; reaches the person.
        on: Today.

    Returns:
        The new row, naming the old one.

    Raises:
        NotAllowedError: `by` may not.
        UnableToStoreDocumentError: No reason, the file cannot be, or the document was replaced
            or withdrawn already.
    """
    row = _correction(document, file, why, (by, on))
    return _store_correction("documents.replace_document", document, row, by)


def withdraw_document(*, document: Document, why: str, by: User, on: date) -> Document:
    """Record that a document does not hold; it is kept and can be read.

    Args:
        document: Which.
        why: The reason; not empty.
        by: Who withdraws it; reaches the person.
        on: Today.

    Returns:
        The row that says so.

    Raises:
        NotAllowedError: `by` may not.
        UnableToStoreDocumentError: No reason, or it was replaced or withdrawn already.
    """
    row = _correction(document, None, why, (by, on))
    return _store_correction("documents.withdraw_document", document, row, by)


def _correction(
    document: Document, file: File | None, why: str, actor: tuple[User, date]
) -> Document:
    by, on = actor
    person = person_of(document)
    require_reach(by, "documents.write", (document.provider_id, person), on)
    if not why.strip():
        raise UnableToStoreDocumentError(_("Põhjus on vajalik. Midagi ei salvestatud."))
    row = (
        _row(document.provider_id, document.person_id, file)
        if file
        else Document(**_columns_of(document), is_cancellation=True)
    )
    row.corrects, row.why = document, why
    return row


def _columns_of(document: Document) -> dict[str, Any]:
    names = ["provider_id", "person_id", "kind", "title", "media_type", "size", "digest"]
    names += ["path", "dated_on", "retention"]
    return {name: getattr(document, name) for name in names}


def _store_correction(name: str, document: Document, row: Document, by: User) -> Document:
    try:
        with acting(by=by, name=name, provider_id=document.provider_id, why=row.why) as act:
            Document.objects.select_for_update().get(pk=document.pk)
            if not Document.objects.current().filter(pk=document.pk).exists():
                raise UnableToStoreDocumentError(_(_TAKEN))
            act.store([row])
            _about(act, row)
    except IntegrityError as error:
        raise UnableToStoreDocumentError(_(_TAKEN)) from error
    return row


_TAKEN = gettext_noop(
    "See dokument on juba asendatud või tühistatud: ava selle uusim versioon. Midagi ei "
    "salvestatud."
)


def _about(act: Any, row: Document) -> None:
    act.details["document"] = row.pk
    if row.person_id:
        act.about(row.person_id)


def person_at(provider_id: UUID, person_id: UUID | None) -> Person | None:
    """Give whose a document is to be; None: the provider's own.

    Raises:
        UnableToStoreDocumentError: There is no such person at the provider.
    """
    if person_id is None:
        return None
    person = person_of(Document(provider_id=provider_id, person_id=person_id))
    if person is None:
        raise UnableToStoreDocumentError(
            _("Sellist inimest selle teenuseosutaja juures ei ole. Midagi ei salvestatud.")
        )
    return person


def _row(provider_id: UUID, person_id: UUID | None, file: File) -> Document:
    wrong = ""
    if not file.content:
        wrong = _("Fail on tühi.")
    elif not file.kind.strip() or not file.title.strip():
        wrong = _("Dokumendi liik ja pealkiri on vajalikud.")
    if wrong:
        raise UnableToStoreDocumentError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))
    digest = hashlib.sha256(file.content).hexdigest()
    return Document(
        provider_id=provider_id,
        person_id=person_id,
        kind=file.kind,
        title=file.title,
        media_type=file.media_type,
        size=len(file.content),
        digest=digest,
        path=_place(digest, file.content),
        dated_on=file.dated_on,
        retention=file.retention.value,
    )


def write_file(content: bytes) -> str:
    """Put bytes into the store, wholly or not at all, and give the digest that names them."""
    digest = hashlib.sha256(content).hexdigest()
    _place(digest, content)
    return digest


def _place(digest: str, content: bytes) -> str:
    """Write a file wholly or not at all, and give its place in the store."""
    path = f"{digest[:2]}/{digest}"
    place = Path(settings.MEDIA_ROOT) / path
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The same bytes again go over what is there: that mends a file which was damaged.
    handle, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path
