"""Keeping the papers that are made, and writing down to whom they went."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.documents.actions import person_at, write_file
from tugiplaan.documents.models import Addressee as Addressee  # given on to pages
from tugiplaan.documents.models import Paper as Paper
from tugiplaan.documents.models import PaperSent as PaperSent
from tugiplaan.documents.models import Template as Template
from tugiplaan.documents.models import Way as Way
from tugiplaan.documents.queries import require_reach

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LARGEST_TEMPLATE = 4_000_000


class UnableToKeepPaperError(RefusedError):
    """The paper cannot be kept as given."""


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as it was made.

    Attributes:
        kind: Which paper.
        about: What it tells of.
        to_whom: Who must get it.
        values: What it was made from, plain values by name.
        content: What it says, plain values.
        template: The provider's own template; None: the built-in one.
        layout: Digest of the built-in templates.
    """

    kind: str
    about: UUID
    title: str
    language: str
    to_whom: tuple[Addressee, ...]
    values: dict[str, Any]
    content: dict[str, Any]
    template: Template | None
    layout: str
    pdf: bytes
    word: bytes


def store_paper(
    *, provider_id: UUID, person_id: UUID | None, made: Made, by: User, on: date
) -> Paper:
    """Keep a paper that was made, with both of its files.

    Args:
        provider_id: At which provider.
        person_id: Whose it is; None: about the provider.
        made: The paper.
        by: Who made it; reaches the person.
        on: Today; the day that stands on it.

    Raises:
        NotAllowedError: `by` may not.
        UnableToKeepPaperError: There is no such person at the provider.
    """
    person = person_at(provider_id, person_id)
    require_reach(by, "documents.write", (provider_id, person), on)
    row = Paper(
        provider_id=provider_id,
        person_id=person_id,
        kind=made.kind,
        about=made.about,
        title=made.title,
        language=made.language,
        made_on=on,
        to_whom=[str(one) for one in made.to_whom],
        values=made.values,
        content=made.content,
        template=made.template,
        layout=made.layout,
        pdf_digest=write_file(made.pdf),
        word_digest=write_file(made.word),
    )
    with acting(by=by, name="documents.store_paper", provider_id=provider_id) as act:
        act.store([row])
        _about(act, row)
    return row


@dataclass(frozen=True, slots=True)
class Sending:
    """To whom a paper went, how and when.

    Attributes:
        receiver: Name or address; may be empty.
    """

    to_whom: Addressee
    way: Way
    sent_on: date
    receiver: str = ""


class UnableToRecordSendingError(RefusedError):
    """The sending cannot be recorded as given."""


def record_paper_sent(*, paper: Paper, sending: Sending, by: User, on: date) -> PaperSent:
    """Write down that a paper went to somebody; a notice that went to all is settled.

    Args:
        paper: Which.
        sending: To whom, how and when: not before it was made, not after today.
        by: Who writes it down; reaches the person.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordSendingError: The day cannot be.
    """
    _require(by, paper, on)
    if not paper.made_on <= sending.sent_on <= on:
        raise UnableToRecordSendingError(
            _(
                "Saatmise päev {day} peab olema koostamise ({made}) ja tänase vahel. Midagi ei "
                "salvestatud."
            ).format(day=show_day(sending.sent_on), made=show_day(paper.made_on))
        )
    row = PaperSent(
        provider_id=paper.provider_id,
        paper=paper,
        to_whom=sending.to_whom,
        way=sending.way,
        receiver=sending.receiver.strip(),
        sent_on=sending.sent_on,
    )
    provider_id = paper.provider_id
    with acting(by=by, name="documents.record_paper_sent", provider_id=provider_id) as act:
        act.store([row])
        _about(act, paper)
    return row


def cancel_paper_sent(*, row: PaperSent, why: str, by: User, on: date) -> PaperSent:
    """Write down that a paper did not go after all; what was written stays readable.

    Args:
        row: The sending that does not hold.
        why: The reason; not empty.
        by: Who says so; reaches the person.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRecordSendingError: No reason, or it was cancelled already.
    """
    _require(by, row.paper, on)
    if not why.strip():
        raise UnableToRecordSendingError(_("Põhjus on vajalik. Midagi ei salvestatud."))
    names = ("provider_id", "paper_id", "to_whom", "way", "receiver", "sent_on")
    columns = {name: getattr(row, name) for name in names}
    fixed = PaperSent(**columns, corrects=row, why=why, is_cancellation=True)
    name, provider_id = "documents.cancel_paper_sent", row.provider_id
    try:
        with acting(by=by, name=name, provider_id=provider_id, why=why) as act:
            act.store([fixed])
            _about(act, row.paper)
    except IntegrityError as error:
        raise UnableToRecordSendingError(
            _("See saatmine on juba tühistatud. Midagi ei salvestatud.")
        ) from error
    return fixed


class UnableToKeepTemplateError(RefusedError):
    """The template cannot be kept as given."""


@dataclass(frozen=True, slots=True)
class NewTemplate:
    """A template that somebody brings.

    Attributes:
        kind: Of which paper.
        content: The DOCX; empty: the built-in template serves again.
    """

    kind: str
    language: str
    content: bytes


def store_template(*, provider_id: UUID, new: NewTemplate, by: User, on: date) -> Template:
    """Keep a newer version of a provider's own template; the earlier ones are kept.

    Who calls this has tried the template on a paper first.

    Args:
        provider_id: Whose.
        new: The template.
        by: Who brings it.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToKeepTemplateError: It is too large, or somebody brought one at the same moment.
    """
    require(by, "providers.write", provider_id, on)
    if len(new.content) > _LARGEST_TEMPLATE:
        raise UnableToKeepTemplateError(_("Mall on liiga suur: kuni 4 MB. Varasem mall jäi alles."))
    found = Template.objects.filter(provider_id=provider_id, code=new.kind, language=new.language)
    latest = found.order_by("-version").values_list("version", flat=True).first()
    row = Template(
        provider_id=provider_id,
        code=new.kind,
        language=new.language,
        version=(latest or 0) + 1,
        media_type=DOCX,
        content=new.content,
    )
    try:
        with acting(by=by, name="documents.store_template", provider_id=provider_id) as act:
            row.save(force_insert=True)
            act.details |= {"template": row.code, "version": row.version}
    except IntegrityError as error:
        raise UnableToKeepTemplateError(
            _("Keegi lisas samal hetkel teise malli. Vaata see üle ja proovi uuesti.")
        ) from error
    return row


def _require(by: User, paper: Paper, on: date) -> None:
    person = person_at(paper.provider_id, paper.person_id)
    require_reach(by, "documents.write", (paper.provider_id, person), on)


def _about(act: Any, paper: Paper) -> None:
    act.details |= {"paper": paper.pk, "kind": paper.kind}
    if paper.person_id:
        act.about(paper.person_id)
