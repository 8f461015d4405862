"""What a decision does not say is found, and stops nothing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider
from tests.referrals.rows import make_referral
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person, Representative
from tugiplaan.referrals.contents import wanting_of
from tugiplaan.referrals.models import Referral

pytestmark = pytest.mark.django_db


def speaker(person: Person, kind: str = "guardian", **values: Any) -> None:
    with acting(by=operator(), name="test.speaker", provider_id=person.provider_id):
        Representative.objects.create(
            provider_id=person.provider_id,
            person=person,
            kind=kind,
            name="Ene Eest",
            valid_from=date(2026, 1, 1),
            **values,
        )


def parts(referral: Referral, day: date = TODAY) -> list[str]:
    return [one.part.value for one in wanting_of(referral, day)]


def whole(person: Person, code: str = "S1", **values: Any) -> Referral:
    told = {
        "purpose": "Elada kogukonnas.",
        "planned_volume": Decimal(30),
        "volume_unit": "oop_month",
        "contribution": "Toit ja majutus.",
    }
    return make_referral(person, code, **told | values)


def test_a_whole_decision_wants_nothing() -> None:
    person = make_person(make_provider(), phone="+372 5000 0000")
    assert parts(whole(person)) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"purpose": " "}, "purpose"),
        ({"planned_volume": None}, "volume"),
        ({"volume_unit": ""}, "volume"),
        ({"contribution": ""}, "contribution"),
        ({"service": "OEH", "variant": "KM", "court_order": ""}, "court_order"),
    ],
)
def test_each_part_that_is_not_there_is_named(values: dict[str, Any], part: str) -> None:
    person = make_person(make_provider(), email="mari@naide.ee")
    assert parts(whole(person, **values)) == [part]


def test_only_the_services_with_an_own_contribution_ask_for_its_condition() -> None:
    person = make_person(make_provider(), address="Tartu")
    assert parts(whole(person, service="IET", contribution="")) == []


def test_people_and_those_who_represent_them_must_be_within_reach() -> None:
    provider = make_provider()
    person = make_person(provider)
    referral = whole(person)
    assert parts(referral) == ["person_contacts"]
    speaker(person, "next_of_kin")
    assert parts(referral) == ["person_contacts"]
    speaker(person)
    assert parts(referral) == ["person_contacts", "representative_contacts"]
    assert parts(referral, date(2025, 12, 31)) == ["person_contacts"]
    other = make_person(provider, "P2", phone="5")
    speaker(other, "authorised", phone="6")
    assert parts(whole(other, "S2")) == []


@pytest.mark.parametrize("count", [1, 20])
def test_it_is_one_question(count: int, django_assert_num_queries: Any) -> None:
    person = make_person(make_provider())
    referral = whole(person)
    for _number in range(count):
        speaker(person)
    assert referral.person == person
    with django_assert_num_queries(1):
        assert parts(referral) == ["person_contacts", "representative_contacts"]
