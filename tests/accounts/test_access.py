"""What each role reaches, against two providers."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import (
    NotAllowedError,
    Reach,
    Scope,
    permission_name,
    require,
    require_whole,
    roles,
    scope_of,
)
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload, Grant, User
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person
from tugiplaan.people.queries import visible_to
from tugiplaan.providers.models import Building, Place, Provider

pytestmark = pytest.mark.django_db

PERMISSIONS = sorted({permission for role in roles().values() for permission in role.may} - {"*"})
FUNDER = "75000000"


def make_place(provider: Provider, code: str = "K1") -> Place:
    with acting(by=operator(), name="test.make_place"):
        house, _ = Building.objects.get_or_create(provider=provider, code="H")
        return Place.objects.create(provider=provider, code=code, name=code, building=house)


def give_case(user: User, person: Person, **values: Any) -> Caseload:
    values.setdefault("valid_from", date(2024, 1, 1))
    with acting(by=operator(), name="test.give_case"):
        return Caseload.objects.create(provider=person.provider, user=user, person=person, **values)


def give_grant(user: User, role: str, provider: Provider | None, **values: Any) -> Grant:
    values.setdefault("valid_from", date(2024, 1, 1))
    with acting(by=operator(), name="test.give_grant"):
        return Grant.objects.create(user=user, role=role, provider=provider, **values)


def terms_of(role: str, person: Person) -> dict[str, Any]:
    if role == "person":
        return {"person": person}
    return {"funder": FUNDER} if role == "municipality" else {}


@pytest.mark.parametrize("role", sorted(roles()))
def test_each_role_reaches_what_it_may_where_it_was_granted_and_nothing_else(role: str) -> None:
    here, elsewhere = make_provider(), make_provider("Teine OÜ")
    mine, other, strange = make_person(here), make_person(here, "P2"), make_person(elsewhere)
    user = make_user("Kasutaja", role, here, **terms_of(role, mine))
    give_case(user, mine)
    wanted = {
        Reach.ALL: Scope(providers=frozenset({here.pk})),
        Reach.CASELOAD: Scope(persons=frozenset({mine.pk})),
        Reach.SELF: Scope(persons=frozenset({mine.pk})),
    }[roles()[role].reach]
    if role == "municipality":
        wanted = Scope(funded=frozenset({(FUNDER, here.pk)}))
        assert wanted.funders_at(here.pk) == {FUNDER}
        assert not wanted.funders_at(elsewhere.pk)
        assert wanted.providers_of(FUNDER) == frozenset({here.pk})
    for permission in PERMISSIONS:
        allowed = roles()[role].allows(permission)
        assert scope_of(user, permission, TODAY) == (wanted if allowed else Scope()), permission
        if allowed:
            require(user, permission, here.pk, TODAY)
        for at in [elsewhere.pk, None] + ([] if allowed else [here.pk]):
            with pytest.raises(NotAllowedError, match="Kasutaja"):
                require(user, permission, at, TODAY)
    seen = set(visible_to(user, TODAY))
    by_reach = {Reach.ALL: {mine, other}, Reach.CASELOAD: {mine}, Reach.SELF: {mine}}
    # A municipality reaches persons through the funder of their services, which lies above.
    reads = roles()[role].allows("people.read") and role != "municipality"
    assert seen == (by_reach[roles()[role].reach] if reads else set())
    assert strange not in seen


def test_a_funder_reaches_its_persons_everywhere_only_where_the_grant_names_no_provider() -> None:
    here, elsewhere = make_provider(), make_provider("Teine OÜ")
    wide = make_user("Lai", "municipality", funder=FUNDER, reason="leping")
    scope = scope_of(wide, "billing.read", TODAY)
    assert scope == Scope(funders=frozenset({FUNDER}))
    assert scope.providers_of(FUNDER) is None
    assert scope.providers_of("75999999") == frozenset()
    assert scope.funders_at(elsewhere.pk) == {FUNDER}
    with pytest.raises(NotAllowedError):
        require_whole(wide, "billing.read", here.pk, TODAY)


@pytest.mark.parametrize("role", ["director", "accountant", "municipality", "person"])
def test_the_whole_house_is_open_to_whom_a_role_reaches_all_of_it(role: str) -> None:
    here, elsewhere = make_provider(), make_provider("Teine OÜ")
    user = make_user("Kasutaja", role, here, **terms_of(role, make_person(here)))
    with pytest.raises(NotAllowedError):
        require_whole(user, "billing.read", elsewhere.pk, TODAY)
    if role in {"director", "accountant"}:
        require_whole(user, "billing.read", here.pk, TODAY)
    else:
        with pytest.raises(NotAllowedError):
            require_whole(user, "billing.read", here.pk, TODAY)


@pytest.mark.parametrize("role", [code for code in sorted(roles()) if code != "person"])
def test_a_role_at_a_place_reaches_the_place_only(role: str) -> None:
    provider = make_provider()
    place, person = make_place(provider), make_person(provider)
    user = make_user("Kasutaja", role, provider, place=place, **terms_of(role, person))
    permission = min(roles()[role].may - {"*"} or {"people.read"})
    found = scope_of(user, permission, TODAY)
    if roles()[role].reach is Reach.ALL and role != "municipality":
        assert (found.providers, found.places) == (frozenset(), frozenset({place.pk}))
        assert not found.everywhere
    else:
        assert found.is_empty
    assert list(visible_to(user, TODAY)) == []


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (0, None, True),
        (0, 0, True),
        (-1, 0, True),
        (-9, -1, False),
        (1, None, False),
        (1, 2, False),
        (-1, 1, True),
    ],
)
def test_grants_and_cases_hold_from_the_first_to_the_last_day(
    first: int, last: int | None, holds: bool
) -> None:
    provider = make_provider()
    person = make_person(provider)
    days = {
        "valid_from": TODAY + timedelta(days=first),
        "valid_to": None if last is None else TODAY + timedelta(days=last),
    }
    granted = make_user("Ene Esimene", "director", provider, **days)
    assert scope_of(granted, "people.read", TODAY).is_empty is not holds
    cared = make_user("Teet Teine", "activity_supervisor", provider)
    give_case(cared, person, **days)
    assert scope_of(cared, "people.read", TODAY).is_empty is not holds


def test_who_is_switched_off_reaches_nothing() -> None:
    provider = make_provider()
    user = make_user("Malle Maa", "operator", provider)
    user.is_active = False
    assert scope_of(user, "people.read", TODAY) == Scope()
    with pytest.raises(NotAllowedError):
        require(user, "people.read", provider.pk, TODAY)


def test_the_operator_of_the_machine_reaches_everywhere() -> None:
    provider, user = make_provider(), operator()
    for permission in [*PERMISSIONS, "*", "no.such"]:
        assert scope_of(user, permission, TODAY) == Scope(everywhere=True)
        require(user, permission, provider.pk, TODAY)
        require(user, permission, None, TODAY)
    assert operator() == user


def test_a_deputy_reaches_the_person_for_the_time() -> None:
    provider = make_provider()
    person, owner = make_person(provider), make_user("Omanik", "activity_supervisor", provider)
    deputy = make_user("Asendaja", "activity_supervisor", provider)
    give_case(owner, person)
    give_case(deputy, person, valid_from=TODAY, valid_to=TODAY, deputy_for=owner)
    assert scope_of(deputy, "people.read", TODAY).persons == {person.pk}
    assert scope_of(deputy, "people.read", TODAY + timedelta(days=1)).is_empty


def test_a_case_counts_only_where_a_role_reaches_by_caseload() -> None:
    here, elsewhere = make_provider(), make_provider("Teine OÜ")
    mine, old = make_person(here), make_person(elsewhere)
    user = make_user("Malle Maa", "activity_supervisor", here)
    give_grant(user, "service_manager", elsewhere, place=make_place(elsewhere))
    give_case(user, mine)
    give_case(user, old)
    assert scope_of(user, "people.read", TODAY).persons == {mine.pk}


def test_roles_add_up() -> None:
    here, elsewhere = make_provider(), make_provider("Teine OÜ")
    person = make_person(elsewhere)
    user = make_user("Malle Maa", "director", here)
    give_grant(user, "base_support", elsewhere)
    give_case(user, person)
    found = scope_of(user, "people.read", TODAY)
    assert found == Scope(providers=frozenset({here.pk}), persons=frozenset({person.pk}))
    assert scope_of(user, "providers.write", TODAY).persons == frozenset()


@pytest.mark.parametrize("cases", [1, 20])
def test_the_scope_takes_two_queries(cases: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    user = make_user("Malle Maa", "activity_supervisor", provider)
    for number in range(cases):
        give_case(user, make_person(provider, f"P{number}"))
    with django_assert_num_queries(2):
        assert len(scope_of(user, "people.read", TODAY).persons) == cases


@pytest.mark.parametrize("language", ["et", "en", "ru"])
def test_each_permission_is_told_in_its_own_words(language: str) -> None:
    told = [permission_name(permission, language) for permission in PERMISSIONS]
    assert len({*told, permission_name("*", language)}) == len(PERMISSIONS) + 1
    assert permission_name("stars.count", language) == permission_name("*", language)


def test_who_may_not_is_told_what_and_who_may() -> None:
    error = NotAllowedError(make_user("Kasutaja"), "billing.issue")
    assert str(error) == (
        "Sul (Kasutaja) ei ole õigust arveid väljastada. Õigus on rollidel: raamatupidaja, juht. "
        "Palu juhil see anda. Midagi ei muudetud."
    )
