"""Correcting identities, contacts, and finding people by them."""

from datetime import date
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import Case, assign_caseload, operator
from tugiplaan.audit.models import History
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.people import actions, queries
from tugiplaan.people.actions import (
    Contact,
    Identity,
    UnableToChangeContactError,
    UnableToCorrectIdentityError,
)
from tugiplaan.people.models import Person
from tugiplaan.people.names import fold
from tugiplaan.providers.models import Provider

pytestmark = pytest.mark.django_db

MARI = Identity("Mari", "Õunapuu", date(1974, 10, 1), code="P1", identifier="47410010019")


def register(provider: Provider, *identities: Identity) -> list[Person]:
    return [
        actions.register(provider_id=provider.pk, identity=one, by=operator(), on=TODAY)
        for one in identities
    ]


def test_corrected_name_moves_in_the_order_and_is_found_and_its_history_is_kept() -> None:
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    mari, tamm = register(provider, MARI, Identity("Jaan", "Tamm", date(1980, 1, 1)))
    assert list(queries.persons_of(provider.pk)) == [tamm, mari]
    married = Identity("Mari", "Aas", date(1974, 10, 1), identifier="47410010019")
    found = actions.correct_identity(
        person=mari, identity=married, why="abiellus", by=manager, on=TODAY
    )
    assert (str(found), found.code) == ("Mari Aas", "P1")
    assert list(queries.persons_of(provider.pk)) == [mari, tamm]
    assert list(queries.search(manager, "aas", TODAY)) == [mari]
    assert not queries.search(manager, "õunapuu", TODAY).exists()
    changes = History.objects.filter(object_id=mari.pk, change_type="U").get().changes
    assert changes["last_name"] == ["Õunapuu", "Aas"]
    event = events_about(provider.pk, mari.pk)[0]
    assert (event.name, event.why) == ("people.correct_identity", "abiellus")
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("identity", "why", "part"),
    [
        (MARI, " ", "põhjus"),
        (MARI, "x", "juba nii kirjas"),
        (Identity("", "Õunapuu", date(1974, 10, 1)), "x", "nimi"),
        (Identity("Mari", "Õ", date(1974, 10, 2), identifier="47410010019"), "x", "01.10.1974"),
        (Identity("Mari", "Õ", date(1974, 10, 1), identifier="47410010018"), "x", "kontrollnumb"),
        (Identity("Mari", "Õ", date(1980, 1, 1), identifier="48001010005"), "x", "registreeritud"),
        (Identity("Mari", "Õ", date(1974, 10, 1), code="P2"), "x", "Kood P2"),
    ],
)
def test_what_cannot_be_is_not_corrected(identity: Identity, why: str, part: str) -> None:
    provider = make_provider()
    other = Identity("Jaana", "Tamm", date(1980, 1, 1), code="P2", identifier="48001010005")
    mari, _ = register(provider, MARI, other)
    with pytest.raises(UnableToCorrectIdentityError, match=part):
        actions.correct_identity(person=mari, identity=identity, why=why, by=operator(), on=TODAY)
    assert str(Person.objects.get(pk=mari.pk)) == "Mari Õunapuu"


def test_only_who_reaches_the_person_changes_them() -> None:
    provider = make_provider()
    mine, other = make_person(provider), make_person(provider, "P2")
    helper = make_user("Abi Abiline", "base_support", provider)
    case = Case(provider.pk, mine.pk, TODAY)
    assign_caseload(user=helper, case=case, by=operator(), on=TODAY)
    stranger = make_user("Võõras", "director", make_provider("Teine OÜ"))
    reader = make_user("Lugeja", "accountant", provider)
    actions.change_contact(person=mine, contact=Contact(phone="5123456"), by=helper, on=TODAY)
    for person, by in [(other, helper), (mine, stranger), (mine, reader)]:
        with pytest.raises(NotAllowedError):
            actions.change_contact(person=person, contact=Contact(), by=by, on=TODAY)
        with pytest.raises(NotAllowedError):
            actions.correct_identity(person=person, identity=MARI, why="x", by=by, on=TODAY)


def test_contact_is_stored_so_that_the_number_is_found() -> None:
    provider = make_provider()
    manager, person = make_user("Malle Maa", "service_manager", provider), make_person(provider)
    contact = Contact("+372 5123-456", "mari@example.ee", "Kase 1, Tartu", "RU")
    found = actions.change_contact(person=person, contact=contact, by=manager, on=TODAY)
    assert (found.phone, found.language) == ("+3725123456", "ru")
    for typed in ("5123456", "512 3456", "+372 512 34 56", "456"):
        assert list(queries.search(manager, typed, TODAY)) == [person], typed
    for typed in ("512", "56", "123-4"):
        assert not queries.search(manager, typed, TODAY).exists(), typed
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("contact", "part"),
    [
        (Contact(phone="5123 või 456"), "Telefoninumbris"),
        (Contact(phone="+"), "Telefoninumbris"),
        (Contact(email="mari"), "E-posti"),
        (Contact(language="est"), "Keelt"),
        (Contact(language="e1"), "Keelt"),
    ],
)
def test_contact_that_cannot_be_is_refused(contact: Contact, part: str) -> None:
    person = make_person(make_provider(), phone="5000000")
    with pytest.raises(UnableToChangeContactError, match=part):
        actions.change_contact(person=person, contact=contact, by=operator(), on=TODAY)
    assert Person.objects.get(pk=person.pk).phone == "5000000"


@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        (("Mari-Liis", "Õunapuu"), ["õun", "OUNAPUU", "Liis mari", "mari-l", "P1", "p1"]),
        (("Šaša", "Žukov"), ["sasa", "ZUKOV", "Саша Жуков", "žuk"]),
        (("Елена", "Щербакова"), ["елена", "ЩЕРБ", "jelena", "Štšerbakova"]),
        (("Jüri", "Ööbik"), ["juri", "ÖÖ", "oobik jüri"]),
        (("José", "Großmann-Łuk"), ["jose", "GROSSMANN", "luk"]),
    ],
)
def test_people_are_found_in_any_letters(name: tuple[str, str], found_by: list[str]) -> None:
    provider = make_provider()
    wanted, _ = register(
        provider,
        Identity(*name, date(1980, 1, 1), code="P1"),
        Identity("Kalle", "Kask", date(1980, 1, 1), code="P9"),
    )
    for text in found_by:
        assert list(queries.search(operator(), text, TODAY)) == [wanted], text
    for text in ["", " - ", "arv", "P", "xyz", "%", "_"]:
        assert wanted not in queries.search(operator(), text, TODAY), text


def test_people_are_found_by_personal_code_within_reach_only() -> None:
    provider, other = make_provider(), make_provider("Teine OÜ")
    mari, *_ = register(provider, MARI)
    register(other, MARI)
    manager = make_user("Malle Maa", "service_manager", provider)
    assert list(queries.search(manager, "47410010019", TODAY)) == [mari]
    assert list(queries.search(manager, "õunapuu", TODAY)) == [mari]
    assert queries.search(operator(), "õunapuu", TODAY).count() == 2


def test_folding_twice_changes_nothing() -> None:
    for text in ["Õunapuu, Mari-Liis", "Юлия", "Ελένη", "ÅÄÖ ß", "Андрей Ельцин"]:
        assert fold(fold(text)) == fold(text) != ""
        assert fold(text.upper()) == fold(text.lower())


@pytest.mark.parametrize("count", [1, 20])
def test_searching_takes_two_queries(count: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    register(provider, *[Identity("Mari", "Maa", date(1980, 1, 1))] * count)
    with django_assert_num_queries(2):
        assert len(queries.search(manager, "maa", TODAY)) == count
