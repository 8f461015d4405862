"""Receiving and changing referral decisions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import close_month, make_licence, make_place, make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import User
from tugiplaan.audit.models import History
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person
from tugiplaan.providers.books import MonthClosedError, WhyNeededError
from tugiplaan.providers.models import Provider
from tugiplaan.referrals import actions
from tugiplaan.referrals.actions import Decision, UnableToReceiveError
from tugiplaan.referrals.cautions import CautionCode, Recorded
from tugiplaan.referrals.models import Referral, StayDay
from tugiplaan.rules.vocabulary import Service, Variant, VolumeUnit

pytestmark = pytest.mark.django_db


def _cast() -> tuple[Provider, User, Person]:
    provider = make_provider()
    return provider, make_user("Malle Maa", "service_manager", provider), make_person(provider)


def _decision(person: Person, **values: Any) -> Decision:
    plain = Decision(
        person_id=person.pk,
        code="SO-1",
        service=Service.IET,
        issued_on=date(2026, 6, 1),
        valid_from=date(2026, 7, 1),
        valid_to=date(2028, 6, 30),
        planned_volume=Decimal(4),
        volume_unit=VolumeUnit.H_MONTH,
        purpose="Elada oma kodus.",
    )
    return replace(plain, **values)


def _receive(person: Person, by: User, why: str = "", **values: Any) -> Recorded[Referral]:
    return actions.receive_referral(
        provider_id=person.provider_id,
        decision=_decision(person, **values),
        by=by,
        on=TODAY,
        why=why,
    )


def _codes(recorded: Recorded[Any]) -> list[CautionCode]:
    return [caution.code for caution in recorded.cautions]


def test_a_received_referral_is_there_with_an_event() -> None:
    provider, manager, person = _cast()
    received = _receive(person, manager)
    kept = Referral.objects.get()
    assert (kept, kept.code, kept.service, kept.volume_unit) == (
        received.row,
        "SO-1",
        "IET",
        "h_month",
    )
    assert received.cautions == ()
    event = events_about(provider.pk, person.pk).first()
    assert event is not None
    assert (event.name, event.details["referral"]) == ("referrals.receive_referral", "SO-1")
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"code": " "}, "number on vajalik"),
        ({"valid_to": date(2026, 6, 30)}, "enne, kui algab"),
        ({"issued_on": TODAY + timedelta(1)}, "tulevikus"),
        ({"planned_volume": Decimal("-1")}, "alla nulli"),
        ({"variant": Variant.ER}, "ei ole eriliiki ER"),
        ({"service": Service.OEH, "variant": Variant.KM}, "kohtumääruse andmeid"),
        ({"valid_to": date(2036, 7, 1)}, "pikem kui 10 aastat"),
        ({"person_id": uuid4()}, "inimest või kohta ei ole"),
        ({"place_id": uuid4()}, "inimest või kohta ei ole"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(values: dict[str, Any], part: str) -> None:
    _, manager, person = _cast()
    with pytest.raises(UnableToReceiveError, match=part) as refused:
        _receive(person, manager, **values)
    assert "Midagi ei salvestatud" in str(refused.value)
    assert not Referral.objects.exists()


def test_who_is_under_age_on_the_first_day_is_refused() -> None:
    provider, manager, _ = _cast()
    young = make_person(provider, "P2", birth_date=date(2008, 7, 2))
    with pytest.raises(UnableToReceiveError, match=r"18-aastaseks alles 02\.07\.2026"):
        _receive(young, manager)
    assert _receive(young, manager, valid_from=date(2026, 7, 2)).cautions == ()


def test_person_and_place_of_somebody_else_are_refused() -> None:
    _, manager, person = _cast()
    stranger = make_provider("Teine OÜ")
    with pytest.raises(UnableToReceiveError, match="teise teenuseosutaja oma"):
        _receive(person, manager, place_id=make_place(stranger).pk)
    theirs = make_person(stranger)
    with pytest.raises(UnableToReceiveError, match="teise teenuseosutaja juures"):
        _receive(person, manager, person_id=theirs.pk)
    assert not Referral.objects.exists()


def test_an_entry_that_another_stands_for_is_refused() -> None:
    provider, manager, person = _cast()
    merged = make_person(provider, "P2")
    with acting(by=operator(), name="test.merge"):
        Person.objects.filter(pk=merged.pk).update(merged_into=person.pk)
    with pytest.raises(UnableToReceiveError, match="ühendatud"):
        _receive(merged, manager)


def test_the_same_number_twice_is_refused() -> None:
    _, manager, person = _cast()
    _receive(person, manager)
    with pytest.raises(UnableToReceiveError, match="SO-1 on juba kirjas"):
        _receive(person, manager)


def test_a_stranger_may_not_receive() -> None:
    _, _, person = _cast()
    colleague = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError, match="Kalle Kask"):
        _receive(person, colleague)
    assert not Referral.objects.exists()


def test_a_long_term_and_wanting_contents_are_said_and_kept() -> None:
    _, manager, person = _cast()
    received = _receive(
        person, manager, valid_to=date(2031, 7, 1), purpose=" ", planned_volume=None
    )
    assert _codes(received) == [CautionCode.TERM, CautionCode.INCOMPLETE]
    assert "teenuse eesmärk, soovituslik maht" in received.cautions[1].text
    assert Referral.objects.exists()


def test_services_that_may_not_run_together_are_said() -> None:
    provider, manager, person = _cast()
    alias = make_person(provider, "P2")
    with acting(by=operator(), name="test.merge"):
        Person.objects.filter(pk=alias.pk).update(merged_into=person.pk)
    make_referral(alias, "S1", service="KE")
    make_referral(person, "S2", service="TTT")
    received = _receive(person, manager)
    assert _codes(received) == [CautionCode.CONFLICT]
    assert "S1 (KE)" in received.cautions[0].text
    assert "01.07.2026" in received.cautions[0].text


def test_a_service_that_ended_or_hands_over_is_no_conflict() -> None:
    provider, manager, person = _cast()
    before = make_referral(person, "S1", service="KE")
    own: dict[str, Any] = {"provider": provider, "referral": before}
    store(
        provider,
        [
            StayDay(**own, kind="arrived", day=date(2026, 1, 1)),
            StayDay(**own, kind="ended", day=date(2026, 7, 1), reason="moved"),
        ],
    )
    assert _receive(person, manager).cautions == ()
    never = make_referral(person, "S3", service="KE")
    store(
        provider,
        [StayDay(provider=provider, referral=never, kind="ended", day=TODAY, reason="moved")],
    )
    assert _receive(person, manager, code="SO-2", service=Service.TTT).cautions == ()


def test_a_place_without_licence_is_said() -> None:
    provider, manager, person = _cast()
    home = make_place(provider)
    round_clock: dict[str, Any] = {"service": Service.OEH, "place_id": home.pk}
    assert _codes(_receive(person, manager, **round_clock)) == [CautionCode.CAPACITY]
    make_licence(home, max_persons=1)
    one = make_person(provider, "P2")
    assert _receive(one, manager, code="SO-2", **round_clock).cautions == ()


def test_a_full_place_is_said() -> None:
    provider, manager, person = _cast()
    home = make_place(provider)
    make_licence(home, max_persons=1)
    there = make_referral(make_person(provider, "P2"), "S1", service="OEH", place=home)
    store(
        provider,
        [StayDay(provider=provider, referral=there, kind="arrived", day=date(2026, 1, 1))],
    )
    received = _receive(person, manager, service=Service.OEH, place_id=home.pk)
    assert _codes(received) == [CautionCode.CAPACITY]
    assert "2 inimest, tegevusluba lubab 1" in received.cautions[0].text


def test_a_closed_month_refuses_and_an_invoiced_one_wants_a_reason() -> None:
    provider, manager, person = _cast()
    close_month(provider, 202605, "closed")
    early: dict[str, Any] = {"valid_from": date(2026, 5, 31), "issued_on": date(2026, 5, 1)}
    with pytest.raises(MonthClosedError):
        _receive(person, manager, **early)
    close_month(provider, 202605, "issued")
    with pytest.raises(WhyNeededError):
        _receive(person, manager, **early)
    assert not Referral.objects.exists()
    assert _receive(person, manager, "otsus hilines", **early).row.code == "SO-1"


def _change(referral: Referral, by: User, why: str = "", **values: Any) -> Recorded[Referral]:
    return actions.change_referral(
        referral=referral, decision=_decision(referral.person, **values), by=by, on=TODAY, why=why
    )


def test_a_change_keeps_its_history() -> None:
    provider, manager, person = _cast()
    referral = _receive(person, manager).row
    changed = _change(referral, manager, why="kirjaviga", valid_to=date(2028, 5, 31))
    assert Referral.objects.get().valid_to == changed.row.valid_to == date(2028, 5, 31)
    event = events_about(provider.pk, person.pk).first()
    assert event is not None
    assert (event.name, event.why) == ("referrals.change_referral", "kirjaviga")
    assert History.objects.filter(session_id=event.pk).exists()
    assert list(faults()) == []


def test_a_change_that_cannot_be_is_refused() -> None:
    provider, manager, person = _cast()
    referral = _receive(person, manager).row
    _receive(person, manager, code="SO-2", service=Service.TTT)
    for values, part in (
        ({}, "samad"),
        ({"person_id": make_person(provider, "P2").pk}, "ühe inimese"),
        ({"code": "SO-2"}, "SO-2 on juba"),
        ({"valid_to": date(2040, 1, 1)}, "pikem kui 10"),
    ):
        with pytest.raises(UnableToReceiveError, match=part):
            _change(referral, manager, **values)
    referral.refresh_from_db()
    assert referral.code == "SO-1"


def test_a_change_holds_the_months_of_the_earlier_first_day() -> None:
    provider, manager, person = _cast()
    referral = _receive(person, manager).row
    close_month(provider, 202606, "closed")
    with pytest.raises(MonthClosedError):
        _change(referral, manager, valid_from=date(2026, 6, 30))
    colleague = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError):
        _change(referral, colleague, valid_to=date(2028, 5, 31))
