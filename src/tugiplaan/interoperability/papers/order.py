"""What is asked for when a paper is made, and what stands at the head of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.audit.language import language, show_day
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.documents.papers import Addressee
from tugiplaan.interoperability.papers.content import (
    Content,
    Fact,
    Section,
    Signature,
    facts_of,
)
from tugiplaan.interoperability.papers.words import day_words
from tugiplaan.people.queries import Person, speaking_for
from tugiplaan.providers.queries import seller_of
from tugiplaan.rules.tables import Law


class UnableToMakePaperError(RefusedError):
    """The paper cannot be made as asked."""


@dataclass(frozen=True, slots=True)
class Order:
    """For whom a paper is made, and from what.

    Attributes:
        entries: The entry of the person and those merged into it.
        about: The plan, rating, summary, isolation, consent or referral that it tells of.
        day: Today.
        note: What somebody adds in their own words; may be empty.
        learned_on: The day on which the provider learned of what a notice tells; None: the
            facts say it.
        ends_on: The planned last day of what a notice tells the end of; None: the facts say it.
    """

    person: Person
    entries: tuple[UUID, ...]
    about: UUID
    day: date
    law: Law
    note: str = ""
    learned_on: date | None = None
    ends_on: date | None = None

    @property
    def provider_id(self) -> UUID:
        return self.person.provider_id


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper before it has a form.

    Attributes:
        values: A frozen dataclass: what it was made from.
        to_whom: Who must get it.
    """

    values: Any
    content: Content
    to_whom: tuple[Addressee, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper that can be made of a person.

    Attributes:
        about: What it would tell of.
        detail: Which one that is, in words.
    """

    about: UUID
    detail: str


type Draw = Callable[[Order], Drawn]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks for the person."""

    name: str
    role: str
    contact: str


@dataclass(frozen=True, slots=True)
class Head:
    """Who made a paper and of whom it tells; all in words.

    Attributes:
        born: The day of birth.
        identifier: The personal code or another identifier; may be empty.
    """

    provider: str
    registry_code: str
    provider_address: str
    provider_email: str
    person: str
    born: str
    identifier: str
    address: str
    made_on: str
    speakers: tuple[Speaker, ...]


def head_of(order: Order) -> Head:
    """Give the head of a paper. Two queries."""
    seller, person = seller_of(order.provider_id), order.person
    return Head(
        provider=seller["name"],
        registry_code=seller["registry_code"],
        provider_address=seller["address"],
        provider_email=seller["email"],
        person=f"{person.first_name} {person.last_name}",
        born=day_words(person.birth_date),
        identifier=person.identifier,
        address=person.address,
        made_on=show_day(order.day),
        speakers=tuple(
            Speaker(
                one.name,
                one.get_kind_display(),
                ", ".join(part for part in (one.phone, one.email) if part),
            )
            for one in speaking_for(person.pk, order.day)
        ),
    )


@dataclass(frozen=True, slots=True)
class Title:
    """What a paper is called and what it rests on."""

    text: str
    section: str = ""
    is_plain: bool = False


def laid_out(
    head: Head,
    title: Title,
    facts: tuple[Fact, ...],
    sections: tuple[Section, ...],
    signatures: tuple[Signature, ...] = (),
) -> Content:
    """Put a paper together: letterhead, title, the person, what it says, who signs."""
    code = _("registrikood {code}").format(code=head.registry_code) if head.registry_code else ""
    return Content(
        title=title.text,
        subtitle=title.section,
        language=language(),
        provider=head.provider,
        letterhead=tuple(
            part for part in (code, head.provider_address, head.provider_email) if part
        ),
        footer=f"{title.text} · {head.person} · {head.made_on}",
        facts=person_facts(head) + facts,
        sections=sections,
        signatures=signatures,
        is_plain=title.is_plain,
    )


def person_facts(head: Head) -> tuple[Fact, ...]:
    """Tell whom a paper is about."""
    return facts_of(
        (_("Inimene"), head.person),
        (_("Isikukood või muu tunnus"), head.identifier),
        (_("Sünniaeg"), "" if head.identifier else head.born),
        (
            _("Esindaja"),
            "\n".join(
                ", ".join(part for part in (one.name, one.role, one.contact) if part)
                for one in head.speakers
            ),
        ),
    )


def signing(head: Head) -> tuple[Signature, ...]:
    """Give a line to sign for the person, those who speak for them, and the provider."""
    return (
        Signature(head.person, _("inimene")),
        *(Signature(one.name, one.role) for one in head.speakers),
        Signature(head.provider, _("teenuseosutaja")),
    )
