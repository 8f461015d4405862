"""Adding users, granting roles, giving cases, against the database."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.accounts.test_access import give_grant, make_place
from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts import actions, queries
from tugiplaan.accounts.access import (
    NotAllowedError,
    grants_on,
    remembering_grants,
    scope_of,
)
from tugiplaan.accounts.actions import (
    Case,
    GrantTerms,
    NewUser,
    UnableToAddUserError,
    UnableToAssignCaseloadError,
    UnableToEndCaseloadError,
    UnableToEndGrantError,
    UnableToGrantError,
    UnableToSwitchUserError,
    operator,
)
from tugiplaan.accounts.models import Caseload, Grant, User
from tugiplaan.audit.queries import events_about, events_of, faults

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=30)
EARLIER = TODAY - timedelta(days=30)


def test_added_user_logs_in_nowhere_until_a_role_is_granted() -> None:
    provider = make_provider()
    director = make_user("Juhan Juht", "director", provider)
    user = actions.add_user(
        provider_id=provider.pk,
        newcomer=NewUser("Uus.Tegija@Example.EE ", "Uus Tegija", language="ru"),
        by=director,
        on=TODAY,
    )
    assert (user.email, user.has_usable_password()) == ("uus.tegija@example.ee", False)
    assert scope_of(user, "people.read", TODAY).is_empty
    terms = GrantTerms("accountant", provider.pk, TODAY)
    actions.grant(user=user, terms=terms, by=director, on=TODAY)
    assert scope_of(user, "people.read", TODAY).providers == {provider.pk}
    names = list(events_of(provider.pk).values_list("name", flat=True))
    assert names == ["accounts.grant", "accounts.add_user"]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("newcomer", "part"),
    [
        (NewUser("uus@example.ee", " "), "nimi"),
        (NewUser("uus", "Uus Tegija"), "aadress"),
        (NewUser("uus@example.ee", "Uus Tegija", language="fi"), "Keel fi"),
        (NewUser("JUHAN.JUHT@example.ee", "Uus Tegija"), "juba olemas"),
    ],
)
def test_a_user_that_cannot_be_is_refused(newcomer: NewUser, part: str) -> None:
    provider = make_provider()
    director = make_user("Juhan Juht", "director", provider)
    count = User.objects.count()
    with pytest.raises(UnableToAddUserError, match=part):
        actions.add_user(provider_id=provider.pk, newcomer=newcomer, by=director, on=TODAY)
    assert User.objects.count() == count


def test_who_does_not_grant_here_neither_adds_nor_grants_nor_ends() -> None:
    provider = make_provider()
    stranger = make_user("Võõras", "director", make_provider("Teine OÜ"))
    manager = make_user("Malle Maa", "service_manager", provider)
    user = make_user("Uus Tegija", "accountant", provider)
    held = queries.grants_of(user).get()
    terms = GrantTerms("accountant", provider.pk, TODAY)
    for by in (stranger, manager):
        with pytest.raises(NotAllowedError, match=by.name):
            actions.add_user(
                provider_id=provider.pk, newcomer=NewUser("a@b.ee", "A"), by=by, on=TODAY
            )
        with pytest.raises(NotAllowedError, match=by.name):
            actions.grant(user=user, terms=terms, by=by, on=TODAY)
        with pytest.raises(NotAllowedError, match=by.name):
            actions.end_grant(grant=held, last_day=TODAY, why="x", by=by, on=TODAY)
        with pytest.raises(NotAllowedError, match=by.name):
            actions.switch_off_user(user=user, provider_id=provider.pk, why="x", by=by, on=TODAY)
    assert queries.grants_of(user).get() == held


def test_terms_that_are_not_whole_are_refused() -> None:
    provider, other = make_provider(), make_provider("Teine OÜ")
    user, person = make_user("Uus Tegija"), make_person(other)
    here: Any = {"provider_id": provider.pk, "valid_from": TODAY}
    everywhere: Any = {"provider_id": None, "valid_from": TODAY}
    wrong = [
        (GrantTerms("boss", **here), "boss"),
        (GrantTerms("director", **here, valid_to=EARLIER), "enne esimest"),
        (GrantTerms("auditor", **everywhere), "põhjust"),
        (GrantTerms("auditor", **everywhere, reason="x", place_id=other.pk), "Koha õigus"),
        (GrantTerms("person", **here), "Inimese enda"),
        (GrantTerms("director", **here, person_id=person.pk), "Inimese enda"),
        (GrantTerms("municipality", **here), "registrikoodi"),
        (GrantTerms("director", **here, funder="75000000"), "registrikoodi"),
        (GrantTerms("director", **here, place_id=make_place(other).pk), "ei ole selle"),
        (GrantTerms("director", **here, place_id=other.pk), "ei ole selle"),
        (GrantTerms("person", **here, person_id=person.pk), "ei ole selle"),
    ]
    for terms, part in wrong:
        with pytest.raises(UnableToGrantError, match=part):
            actions.grant(user=user, terms=terms, by=operator(), on=TODAY)
    assert not queries.grants_of(user).exists()


def test_what_is_remembered_is_asked_anew_when_somebody_is_given_or_loses_something() -> None:
    provider = make_provider()
    director, user = make_user("Juhan Juht", "director", provider), make_user("Uus Tegija")
    person = make_person(provider)
    with remembering_grants():
        assert scope_of(user, "people.read", TODAY).is_empty
        terms = GrantTerms("activity_supervisor", provider.pk, TODAY)
        held = actions.grant(user=user, terms=terms, by=director, on=TODAY)
        assert scope_of(user, "people.read", TODAY).persons == frozenset()
        assert grants_on(user, TODAY) == [held]
        # What holds on one day is not taken for another.
        assert grants_on(user, TODAY - timedelta(days=1)) == []
        case = Case(provider.pk, person.pk, TODAY)
        row = actions.assign_caseload(user=user, case=case, by=director, on=TODAY)
        assert scope_of(user, "people.read", TODAY).persons == {person.pk}
        before = TODAY - timedelta(days=1)
        actions.end_caseload(case=row, last_day=before, by=director, on=TODAY)
        assert scope_of(user, "people.read", TODAY).persons == frozenset()
        actions.end_grant(grant=held, last_day=before, why="Eksitus.", by=director, on=TODAY)
        assert grants_on(user, TODAY) == []


def test_the_same_grant_does_not_overlap() -> None:
    provider = make_provider()
    director, user = make_user("Juhan Juht", "director", provider), make_user("Uus Tegija")
    place = make_place(provider)

    def give(first: date, last: date | None, **more: Any) -> Grant:
        terms = GrantTerms("service_manager", provider.pk, first, last, **more)
        return actions.grant(user=user, terms=terms, by=director, on=TODAY)

    give(TODAY, LATER)
    for first, last in [(LATER, None), (EARLIER, TODAY), (EARLIER, None), (TODAY, TODAY)]:
        with pytest.raises(UnableToGrantError, match="juba antud"):
            give(first, last)
    give(LATER + timedelta(days=1), None)
    give(TODAY, LATER, place_id=place.pk)
    assert queries.grants_of(user).count() == 3


def test_nobody_grants_further_than_they_reach_nor_more_than_they_hold() -> None:
    provider = make_provider()
    place, other = make_place(provider), make_place(provider, "K2")
    user, local = (
        make_user("Uus Tegija"),
        make_user("Kohapealne", "director", provider, place=place),
    )
    director = make_user("Juhan Juht", "director", provider)
    everything = GrantTerms("operator", provider.pk, TODAY)
    whole = GrantTerms("accountant", provider.pk, TODAY)
    for terms, by in [
        (everything, director),
        (whole, local),
        (GrantTerms("accountant", provider.pk, TODAY, place_id=other.pk), local),
        (GrantTerms("accountant", None, TODAY, reason="x"), director),
    ]:
        with pytest.raises(NotAllowedError):
            actions.grant(user=user, terms=terms, by=by, on=TODAY)
    near = GrantTerms("accountant", provider.pk, TODAY, place_id=place.pk)
    actions.grant(user=user, terms=near, by=local, on=TODAY)
    actions.grant(user=user, terms=everything, by=operator(), on=TODAY)
    assert {grant.role for grant in queries.grants_of(user)} == {"accountant", "operator"}


def test_the_persons_own_view_is_an_event_about_them() -> None:
    provider = make_provider()
    person, user = make_person(provider), make_user("Mari Maasikas")
    terms = GrantTerms("person", provider.pk, TODAY, person_id=person.pk)
    actions.grant(user=user, terms=terms, by=operator(), on=TODAY)
    assert scope_of(user, "people.read", TODAY).persons == {person.pk}
    assert events_about(provider.pk, person.pk).get().name == "accounts.grant"


def test_a_grant_is_ended_or_taken_back() -> None:
    provider = make_provider()
    director, user = make_user("Juhan Juht", "director", provider), make_user("Uus Tegija")
    grant = give_grant(user, "accountant", provider, valid_from=EARLIER)
    end: Any = {"grant": grant, "by": director, "on": TODAY}
    with pytest.raises(UnableToEndGrantError, match="Põhjus"):
        actions.end_grant(**end, last_day=TODAY, why=" ")
    actions.end_grant(**end, last_day=TODAY, why="lahkub")
    assert not scope_of(user, "people.read", TODAY).is_empty
    assert scope_of(user, "people.read", TODAY + timedelta(days=1)).is_empty
    with pytest.raises(UnableToEndGrantError, match="juba lõppenud"):
        actions.end_grant(**end, last_day=LATER, why="lahkub")
    actions.end_grant(**end, last_day=EARLIER - timedelta(days=1), why="anti ekslikult")
    assert not queries.grants_of(user).exists()
    assert list(faults()) == []


def test_switched_off_user_reaches_nothing_until_switched_on() -> None:
    provider = make_provider()
    director = make_user("Juhan Juht", "director", provider)
    user = make_user("Uus Tegija", "accountant", provider)
    switch: Any = {"user": user, "provider_id": provider.pk, "by": director, "on": TODAY}
    with pytest.raises(UnableToSwitchUserError, match="Põhjus"):
        actions.switch_off_user(**switch, why="")
    with pytest.raises(UnableToSwitchUserError, match="juba kasutusel"):
        actions.switch_on_user(**switch, why="x")
    actions.switch_off_user(**switch, why="telefon kadus")
    assert scope_of(User.objects.get(pk=user.pk), "people.read", TODAY).is_empty
    with pytest.raises(UnableToSwitchUserError, match="juba välja"):
        actions.switch_off_user(**switch, why="veel kord")
    actions.switch_on_user(**switch, why="telefon leiti")
    assert not scope_of(User.objects.get(pk=user.pk), "people.read", TODAY).is_empty
    with pytest.raises(UnableToSwitchUserError, match="Iseennast"):
        actions.switch_off_user(**switch | {"user": director}, why="x")
    assert list(faults()) == []


def test_a_user_of_another_provider_too_is_not_switched_off_from_here() -> None:
    provider = make_provider()
    director = make_user("Juhan Juht", "director", provider)
    user = make_user("Uus Tegija", "accountant", provider)
    give_grant(user, "accountant", make_provider("Teine OÜ"))
    switch: Any = {"user": user, "provider_id": provider.pk, "why": "x", "on": TODAY}
    with pytest.raises(UnableToSwitchUserError, match="mujal"):
        actions.switch_off_user(**switch, by=director)
    nobody = make_user("Ei Keegi")
    with pytest.raises(NotAllowedError):
        actions.switch_off_user(**switch | {"user": nobody}, by=director)
    actions.switch_off_user(**switch, by=operator())
    assert not User.objects.get(pk=user.pk).is_active


def test_case_and_deputy_are_given_and_end_together() -> None:
    provider = make_provider()
    manager = make_user("Malle Maa", "service_manager", provider)
    owner = make_user("Omanik", "activity_supervisor", provider)
    deputy = make_user("Asendaja", "activity_supervisor", provider)
    person = make_person(provider)
    do: Any = {"by": manager, "on": TODAY}
    own = actions.assign_caseload(user=owner, case=Case(provider.pk, person.pk, EARLIER), **do)
    standing_in = Case(provider.pk, person.pk, TODAY, LATER, deputy_for=owner)
    actions.assign_caseload(user=deputy, case=standing_in, **do)
    found = queries.supervisors_of(provider.pk, person.pk, TODAY)
    assert [row.user for row in found] == [owner, deputy]
    assert [row.person_id for row in queries.caseload_of(deputy, TODAY)] == [person.pk]
    actions.end_caseload(case=own, last_day=TODAY, **do)
    assert not queries.caseload_of(owner, TODAY + timedelta(days=1)).exists()
    assert not queries.caseload_of(deputy, TODAY + timedelta(days=1)).exists()
    with pytest.raises(UnableToEndCaseloadError, match="niigi"):
        actions.end_caseload(case=own, last_day=TODAY, **do)
    actions.end_caseload(case=own, last_day=EARLIER - timedelta(days=1), **do)
    assert not Caseload.objects.exists()
    assert events_about(provider.pk, person.pk).count() == 4
    assert list(faults()) == []


def test_cases_that_cannot_be_are_refused() -> None:
    provider = make_provider()
    person, strange = make_person(provider), make_person(make_provider("Teine OÜ"))
    owner, deputy, off = make_user("Omanik"), make_user("Asendaja"), make_user("Endine")
    off.is_active = False
    do: Any = {"by": operator(), "on": TODAY}
    actions.assign_caseload(user=owner, case=Case(provider.pk, person.pk, TODAY, LATER), **do)
    here = (provider.pk, person.pk)
    after = LATER + timedelta(days=1)
    before = TODAY - timedelta(days=1)
    wrong = [
        (off, Case(*here, TODAY), "välja lülitatud"),
        (deputy, Case(*here, TODAY, EARLIER), "enne esimest"),
        (deputy, Case(*here, TODAY, None, owner), "viimane päev"),
        (deputy, Case(*here, TODAY, LATER, deputy), "Iseennast"),
        (owner, Case(*here, LATER), "juba töötab"),
        (owner, Case(*here, EARLIER, TODAY), "juba töötab"),
        (deputy, Case(*here, TODAY, after, owner), f"ei tööta.*{after:%d.%m.%Y}"),
        (deputy, Case(*here, before, LATER, owner), f"ei tööta.*{before:%d.%m.%Y}"),
        (deputy, Case(*here, TODAY, LATER, off), "Endine ise ei tööta"),
        (deputy, Case(provider.pk, strange.pk, TODAY), "ei ole selle"),
        (deputy, Case(provider.pk, provider.pk, TODAY), "ei ole selle"),
    ]
    for user, case, part in wrong:
        with pytest.raises(UnableToAssignCaseloadError, match=part):
            actions.assign_caseload(user=user, case=case, **do)
    assert Caseload.objects.count() == 1
    actions.assign_caseload(user=owner, case=Case(*here, after), **do)
    # Two own cases that follow one another can be stood in for over their seam.
    actions.assign_caseload(user=deputy, case=Case(*here, LATER, after, owner), **do)
    third = make_user("Kolmas")
    with pytest.raises(UnableToAssignCaseloadError, match="Asendaja ise ei tööta"):
        actions.assign_caseload(user=third, case=Case(*here, LATER, after, deputy), **do)


def test_who_may_not_give_cases_here_does_not() -> None:
    provider = make_provider()
    person = make_person(provider)
    helper = make_user("Abi Abiline", "activity_supervisor", provider)
    stranger = make_user("Võõras", "service_manager", make_provider("Teine OÜ"))
    own = actions.assign_caseload(
        user=helper, case=Case(provider.pk, person.pk, TODAY), by=operator(), on=TODAY
    )
    for by in (helper, stranger):
        with pytest.raises(NotAllowedError):
            actions.assign_caseload(
                user=by, case=Case(provider.pk, person.pk, TODAY), by=by, on=TODAY
            )
        with pytest.raises(NotAllowedError):
            actions.end_caseload(case=own, last_day=TODAY, by=by, on=TODAY)
    assert Caseload.objects.get() == own
