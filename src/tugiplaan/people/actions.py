"""Registering people, merging two entries of one person and taking that back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from stdnum.ee import ik
from stdnum.exceptions import ValidationError

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.rows import new_id
from tugiplaan.people.models import IdentifierType, Merge, Person
from tugiplaan.people.names import sort_key


class UnableToRegisterError(Exception):
    """The person cannot be registered as given."""


class UnableToMergeError(Exception):
    """The entries cannot be taken for one person."""


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
        birth_date=identity.birth_date,
        first_pnh_start=identity.first_pnh_start,
    )


def check_identity(identity: Identity, on: date) -> None:
    """Refuse what cannot be.

    Raises:
        UnableToRegisterError: With what to mend.
    """
    if not identity.first_name.strip() or not identity.last_name.strip():
        raise UnableToRegisterError("Ees- ja perekonnanimi on vajalikud. Midagi ei salvestatud.")
    if identity.birth_date > on:
        raise UnableToRegisterError(
            f"Sünniaeg {identity.birth_date:%d.%m.%Y} on tulevikus. Midagi ei salvestatud."
        )
    is_estonian = identity.identifier_type == IdentifierType.NATIONAL and identity.country == "EE"
    if not identity.identifier or not is_estonian:
        return
    try:
        born: date = ik.get_birth_date(ik.validate(identity.identifier))
    except ValidationError as error:
        raise UnableToRegisterError(
            "Isikukood ei ole õige: kontrollnumber ei klapi. Vaata kood üle või jäta see tühjaks. "
            "Midagi ei salvestatud."
        ) from error
    if born != identity.birth_date:
        raise UnableToRegisterError(
            f"Isikukoodi järgi on sünniaeg {born:%d.%m.%Y}, kirjas on "
            f"{identity.birth_date:%d.%m.%Y}. Paranda üks neist. Midagi ei salvestatud."
        )


def _already_there(provider_id: UUID, identity: Identity) -> str:
    same_code = Person.objects.filter(provider_id=provider_id, code=identity.code).first()
    if identity.code and same_code is not None:
        return (
            f"Kood {identity.code} on juba inimesel {same_code}. Vali teine kood. "
            "Midagi ei salvestatud."
        )
    return (
        "Selle isikukoodiga inimene on juba registreeritud: ava tema kirje. Midagi ei salvestatud."
    )


def merge(*, kept: Person, merged: Person, why: str, by: User, on: date) -> Merge:
    """Take two entries for one person: from now on `kept` stands for both.

    Nothing of either is changed: what was recorded under `merged` is read as `kept`'s.

    Args:
        kept: The entry that stands for the person.
        merged: The entry that is found by the other from now on.
        why: The reason; not empty.
        by: Who decides.
        on: Today.

    Returns:
        The row that says so.

    Raises:
        NotAllowedError: `by` may not.
        UnableToMergeError: One entry, two providers, no reason, two different personal codes,
            or one of them was merged already.
    """
    require(by, "people.write", kept.provider_id, on)
    if not why.strip():
        raise UnableToMergeError("Ühendamise põhjus on vajalik. Midagi ei muudetud.")
    with acting(by=by, name="people.merge", provider_id=kept.provider_id, why=why) as act:
        both = Person.objects.select_for_update().in_bulk(sorted([kept.pk, merged.pk]))
        _check_merge(both.get(kept.pk), both.get(merged.pk))
        Person.objects.filter(pk=merged.pk).update(merged_into=kept.pk)
        row = Merge(provider_id=kept.provider_id, kept=kept, merged=merged, why=why)
        act.store([row])
        act.about(kept.pk, merged.pk)
    return row


def _check_merge(kept: Person | None, merged: Person | None) -> None:
    if kept is None or merged is None or kept.pk == merged.pk:
        raise UnableToMergeError("Ühendada saab kahte kirjet. Midagi ei muudetud.")
    if kept.provider_id != merged.provider_id:
        raise UnableToMergeError(
            "Kirjed on eri teenuseosutajate juures; igaüks peab oma kirjet. Midagi ei muudetud."
        )
    if kept.merged_into_id or merged.merged_into_id:
        raise UnableToMergeError(
            "Üks kirjetest on juba teisega ühendatud: ava kirje, mis jäi alles. Midagi ei muudetud."
        )
    if kept.identifier and merged.identifier and kept.identifier != merged.identifier:
        raise UnableToMergeError(
            "Kirjetel on erinevad isikukoodid, seega on need kaks inimest. Kui üks kood on vale, "
            "paranda see enne. Midagi ei muudetud."
        )


def undo_merge(*, merged: Person, why: str, by: User, on: date) -> Merge:
    """Take back that two entries are one person: each stands for itself again.

    Args:
        merged: The entry that was merged into another.
        why: The reason; not empty.
        by: Who decides.
        on: Today.

    Raises:
        NotAllowedError: `by` may not.
        UnableToMergeError: The entry is not merged, or no reason is given.
    """
    require(by, "people.write", merged.provider_id, on)
    if not why.strip():
        raise UnableToMergeError("Põhjus on vajalik. Midagi ei muudetud.")
    with acting(by=by, name="people.undo_merge", provider_id=merged.provider_id, why=why) as act:
        entry = Person.objects.select_for_update().get(pk=merged.pk)
        if entry.merged_into_id is None:
            raise UnableToMergeError("See kirje ei ole teisega ühendatud. Midagi ei muudetud.")
        kept_id = entry.merged_into_id
        Person.objects.filter(pk=entry.pk).update(merged_into=None)
        row = Merge(
            provider_id=entry.provider_id, kept_id=kept_id, merged=entry, is_undone=True, why=why
        )
        act.store([row])
        act.about(kept_id, entry.pk)
    return row
