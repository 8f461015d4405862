"""Registering people, and mending what was registered."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as BadValueError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils.translation import gettext as _
from stdnum.ee import ik
from stdnum.exceptions import ValidationError

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.audit.rows import new_id
from tugiplaan.people.models import IdentifierType, Person
from tugiplaan.people.names import search_key, sort_key
from tugiplaan.people.queries import plain_phone, require_person


class UnableToRegisterError(RefusedError):
    """The person cannot be registered as given."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is.

    Attributes:
        code: The provider's own code; empty: one is made.
        identifier: Personal code or the number of a document; empty: not known.
        country: Two letters, of the identifier.
    """

    first_name: str
    last_name: str
    birth_date: date
    code: str = ""
    identifier: str = ""
    identifier_type: str = IdentifierType.NATIONAL.value
    country: str = "EE"
    first_pnh_start: date | None = None


def register(*, provider_id: UUID, identity: Identity, by: User, on: date) -> Person:
    """Register a person at a provider.

    Args:
        provider_id: At which provider.
        identity: Who it is.
        by: Who registers.
        on: Today.

    Returns:
        The new entry.

    Raises:
        NotAllowedError: `by` may not.
        UnableToRegisterError: A name is empty, the personal code is wrong or of another birth
            date, or the person or the code is there already.
    """
    require(by, "people.write", provider_id, on)
    check_identity(identity, on)
    person = new_entry(provider_id, identity)
    try:
        with acting(by=by, name="people.register", provider_id=provider_id) as act:
            person.save(force_insert=True)
            act.about(person.pk)
    except IntegrityError as error:
        raise UnableToRegisterError(_already_there(provider_id, identity)) from error
    return person


def new_entry(provider_id: UUID, identity: Identity) -> Person:
    """Make the row of a person without storing it."""
    has_identifier = bool(identity.identifier)
    entry = new_id()
    return Person(
        id=entry,
        provider_id=provider_id,
        code=identity.code or f"I-{entry.hex[-10:]}",
        identifier_type=identity.identifier_type if has_identifier else "",
        identifier_country=identity.country if has_identifier else "",
        identifier=identity.identifier,
        first_name=identity.first_name,
        last_name=identity.last_name,
        sort_name=sort_key(identity.last_name, identity.first_name),
        search_name=search_key(identity.first_name, identity.last_name),
        birth_date=identity.birth_date,
        first_pnh_start=identity.first_pnh_start,
    )


def check_identity(identity: Identity, on: date) -> None:
    """Refuse what cannot be.

    Raises:
        UnableToRegisterError: With what to mend.
    """
    if not identity.first_name.strip() or not identity.last_name.strip():
        raise UnableToRegisterError(_("Ees- ja perekonnanimi on vajalikud. Midagi ei salvestatud."))
    if identity.birth_date > on:
        raise UnableToRegisterError(
            _("Sünniaeg {birth_date} on tulevikus. Midagi ei salvestatud.").format(
                birth_date=show_day(identity.birth_date)
            )
        )
    is_estonian = identity.identifier_type == IdentifierType.NATIONAL and identity.country == "EE"
    if not identity.identifier or not is_estonian:
        return
    try:
        born: date = ik.get_birth_date(ik.validate(identity.identifier))
    except ValidationError as error:
        raise UnableToRegisterError(
            _(
                "Isikukood ei ole õige: kontrollnumber ei klapi. Vaata kood üle või jäta "
                "see tühjaks. Midagi ei salvestatud."
            )
        ) from error
    if born != identity.birth_date:
        raise UnableToRegisterError(
            _(
                "Isikukoodi järgi on sünniaeg {born}, kirjas on {birth_date}. Paranda üks "
                "neist. Midagi ei salvestatud."
            ).format(born=show_day(born), birth_date=show_day(identity.birth_date))
        )


def _already_there(provider_id: UUID, identity: Identity) -> str:
    same_code = Person.objects.filter(provider_id=provider_id, code=identity.code).first()
    if identity.code and same_code is not None:
        return _(
            "Kood {code} on juba inimesel {same_code}. Vali teine kood. Midagi ei salvestatud."
        ).format(code=identity.code, same_code=same_code)
    return _(
        "Selle isikukoodiga inimene on juba registreeritud: ava tema kirje. Midagi ei salvestatud."
    )


class UnableToCorrectIdentityError(RefusedError):
    """The identity cannot be corrected as given."""


def correct_identity(*, person: Person, identity: Identity, why: str, by: User, on: date) -> Person:
    """Correct who a person is; the row's history keeps what stood before.

    Args:
        person: Whose entry.
        identity: Everything as it should be; an empty code leaves the code as it is.
        why: The reason; not empty.
        by: Who corrects; reaches the person.
        on: Today.

    Returns:
        The entry as it is now.

    Raises:
        NotAllowedError: `by` may not.
        UnableToCorrectIdentityError: No reason, nothing differs, a name is empty, the personal
            code is wrong or of another birth date, or another entry has it or the code.
    """
    require_person(by, "people.write", person, on)
    if not why.strip():
        raise UnableToCorrectIdentityError(_("Paranduse põhjus on vajalik. Midagi ei muudetud."))
    try:
        check_identity(identity, on)
    except UnableToRegisterError as error:
        raise UnableToCorrectIdentityError(str(error)) from error
    wanted = _columns(identity)
    try:
        with acting(
            by=by, name="people.correct_identity", provider_id=person.provider_id, why=why
        ) as act:
            entry = Person.objects.select_for_update().get(pk=person.pk)
            if all(_plain(getattr(entry, name)) == value for name, value in wanted.items()):
                raise UnableToCorrectIdentityError(
                    _("Kõik on juba nii kirjas. Midagi ei muudetud.")
                )
            Person.objects.filter(pk=entry.pk).update(**wanted)
            act.about(entry.pk)
    except IntegrityError as error:
        raise UnableToCorrectIdentityError(_already_there(person.provider_id, identity)) from error
    return Person.objects.get(pk=person.pk)


def _columns(identity: Identity) -> dict[str, Any]:
    made = new_entry(new_id(), identity)
    names = ["identifier_type", "identifier_country", "identifier", "first_name", "last_name"]
    names += ["sort_name", "search_name", "birth_date", "first_pnh_start"]
    found = {name: getattr(made, name) for name in names}
    return found | ({"code": identity.code} if identity.code else {})


def _plain(value: Any) -> Any:
    """Give what PostgreSQL reads back as a view of bytes as bytes."""
    return bytes(value) if isinstance(value, memoryview) else value


@dataclass(frozen=True, slots=True)
class Contact:
    """How a person is reached.

    Attributes:
        phone: As it is written; spaces, hyphens and brackets are left out when stored, so that
            it is found however it is typed.
        language: Two letters of the language spoken with the person; empty: not known.
    """

    phone: str = ""
    email: str = ""
    address: str = ""
    language: str = ""


class UnableToChangeContactError(RefusedError):
    """The contact data cannot be as given."""


def change_contact(*, person: Person, contact: Contact, by: User, on: date) -> Person:
    """Change how a person is reached.

    Args:
        person: Whose entry.
        contact: Everything as it should be; empty: not known.
        by: Who changes; reaches the person.
        on: Today.

    Returns:
        The entry as it is now.

    Raises:
        NotAllowedError: `by` may not.
        UnableToChangeContactError: The address of e-mail, the number or the language cannot be.
    """
    require_person(by, "people.write", person, on)
    phone = plain_phone(contact.phone)
    if not phone.removeprefix("+").isdecimal() and phone:
        raise UnableToChangeContactError(
            _("Telefoninumbris „{phone}“ on muud kui numbrid. Midagi ei muudetud.").format(
                phone=contact.phone
            )
        )
    check_email(contact.email, UnableToChangeContactError)
    language = contact.language.lower()
    if language and (len(language) != 2 or not language.isalpha()):
        raise UnableToChangeContactError(
            _("Keelt „{language}“ ei ole; kirjuta kaks tähte: et. Midagi ei muudetud.").format(
                language=contact.language
            )
        )
    with acting(by=by, name="people.change_contact", provider_id=person.provider_id) as act:
        Person.objects.filter(pk=person.pk).update(
            phone=phone, email=contact.email, address=contact.address, language=language
        )
        act.about(person.pk)
    return Person.objects.get(pk=person.pk)


def check_email(email: str, error: type[Exception]) -> None:
    """Refuse what is no address of e-mail; empty is none.

    Args:
        email: The address.
        error: What to raise.
    """
    try:
        if email:
            validate_email(email)
    except BadValueError as wrong:
        raise error(
            _("E-posti aadress „{email}“ ei ole õige. Midagi ei muudetud.").format(email=email)
        ) from wrong
