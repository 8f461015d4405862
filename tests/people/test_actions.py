"""Registering and merging people, against the database."""

from datetime import date

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.people import actions, queries
from tugiplaan.people.actions import Identity, UnableToMergeError, UnableToRegisterError
from tugiplaan.people.models import Person

pytestmark = pytest.mark.django_db

MARI = Identity("Mari", "Õunapuu", date(1974, 10, 1), identifier="47410010019")


def test_registered_person_is_there_with_an_event() -> None:
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    person = actions.register(provider_id=provider.pk, identity=MARI, by=manager, on=TODAY)
    assert list(queries.visible_to(manager, TODAY)) == [person]
    event = events_about(provider.pk, person.pk).get()
    assert (event.name, event.by_id) == ("people.register", manager.pk)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("identity", "part"),
    [
        (Identity("", "Õunapuu", date(1974, 10, 1)), "nimi"),
        (Identity("Mari", "Õ", date(2027, 1, 1)), "tulevikus"),
        (Identity("Mari", "Õ", date(1974, 10, 1), identifier="47410010018"), "kontrollnumber"),
        (Identity("Mari", "Õ", date(1974, 10, 2), identifier="47410010019"), "01.10.1974"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(identity: Identity, part: str) -> None:
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    with pytest.raises(UnableToRegisterError, match=part):
        actions.register(provider_id=provider.pk, identity=identity, by=manager, on=TODAY)
    assert not Person.objects.exists()


def test_same_personal_code_twice_is_refused() -> None:
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    actions.register(provider_id=provider.pk, identity=MARI, by=manager, on=TODAY)
    with pytest.raises(UnableToRegisterError, match="juba registreeritud"):
        actions.register(provider_id=provider.pk, identity=MARI, by=manager, on=TODAY)


def test_a_stranger_may_not_register() -> None:
    provider = make_provider()
    colleague = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError, match="Kalle Kask"):
        actions.register(provider_id=provider.pk, identity=MARI, by=colleague, on=TODAY)


def test_merge_keeps_both_entries_and_can_be_taken_back() -> None:
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    one, two = make_person(provider, "P1"), make_person(provider, "P2")
    actions.merge(kept=one, merged=two, why="sama inimene", by=manager, on=TODAY)
    assert queries.standing_for(provider.pk) == {two.pk: one.pk}
    assert list(queries.visible_to(manager, TODAY)) == [one]
    with pytest.raises(UnableToMergeError, match="juba"):
        actions.merge(kept=one, merged=two, why="veel kord", by=manager, on=TODAY)
    actions.undo_merge(merged=two, why="siiski kaks inimest", by=manager, on=TODAY)
    assert queries.standing_for(provider.pk) == {}
    assert list(queries.visible_to(manager, TODAY)) == [one, two]
    assert list(faults()) == []
