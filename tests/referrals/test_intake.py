"""Taking decisions in with their persons, trying them out, and many at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_licence, make_place
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.people.actions import Identity
from tugiplaan.people.models import Person
from tugiplaan.referrals import actions
from tugiplaan.referrals.actions import Decision, Intake, UnableToReceiveError, UnableToTakeInError
from tugiplaan.referrals.cautions import CautionCode
from tugiplaan.referrals.models import Referral
from tugiplaan.rules.vocabulary import Service, VolumeUnit

pytestmark = pytest.mark.django_db
_NOBODY = UUID(int=0)
_NEW = Identity("Õie", "Õun", date(1990, 3, 4))


class Desk:
    """A provider with a manager who takes decisions in."""

    def __init__(self) -> None:
        self.provider = make_provider()
        self.manager = make_user("Malle Maa", "service_manager", self.provider)
        self.who: dict[str, Any] = {
            "provider_id": self.provider.pk, "by": self.manager, "on": TODAY
        }  # fmt: skip

    def intake(self, code: str = "SO-1", newcomer: Identity | None = _NEW, **values: Any) -> Intake:
        decision = Decision(
            person_id=_NOBODY,
            code=code,
            service=Service.KE,
            issued_on=date(2026, 6, 1),
            valid_from=date(2026, 7, 1),
            valid_to=date(2028, 6, 30),
            planned_volume=Decimal(30),
            volume_unit=VolumeUnit.OOP_MONTH,
            purpose="Elada kogukonnas.",
        )
        return Intake(replace(decision, **values), newcomer)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_newcomer_is_registered_with_the_decision(desk: Desk) -> None:
    recorded = actions.take_in(intake=desk.intake(), **desk.who)
    assert str(recorded.row.person) == "Õie Õun"
    assert recorded.cautions == ()
    assert list(faults()) == []


def test_a_refused_decision_registers_nobody(desk: Desk) -> None:
    wrong = desk.intake(valid_to=date(2026, 6, 1))
    with pytest.raises(UnableToReceiveError, match="enne, kui algab") as caught:
        actions.take_in(intake=wrong, **desk.who)
    assert caught.value.field == "valid_to"
    assert not Person.objects.exists()
    assert not Referral.objects.exists()


def test_trying_out_tells_all_and_keeps_nothing(desk: Desk) -> None:
    place = make_place(desk.provider)
    make_licence(place, service="OEH")
    events = Event.objects.count()
    good, bare, young = actions.try_out(
        intakes=[
            desk.intake(),
            desk.intake("SO-2", replace(_NEW, first_name="Ave"), purpose="", place_id=place.pk),
            desk.intake("SO-3", Identity("Ülo", "Noor", date(2010, 1, 1))),
        ],
        **desk.who,
    )
    assert good.recorded
    assert good.recorded.cautions == ()
    assert bare.recorded
    assert {one.code for one in bare.recorded.cautions} == {
        CautionCode.INCOMPLETE,
        CautionCode.CAPACITY,
    }
    assert isinstance(young.refusal, UnableToReceiveError)
    assert young.refusal.field == "valid_from"
    assert not Person.objects.exists()
    assert not Referral.objects.exists()
    assert Event.objects.count() == events
    assert list(faults()) == []


def test_a_number_twice_in_a_file_is_seen_when_trying_out(desk: Desk) -> None:
    person = make_person(desk.provider)
    first = desk.intake(newcomer=None, person_id=person.pk)
    second = desk.intake(newcomer=None, person_id=person.pk, purpose="Teine")
    tried = actions.try_out(intakes=[first, second], **desk.who)
    assert [bool(one.refusal) for one in tried] == [False, True]
    with pytest.raises(UnableToTakeInError, match="Ridu, mida vastu võtta ei saa: 1"):
        actions.take_in_all(intakes=[first, second], **desk.who)
    assert not Referral.objects.exists()


def test_many_are_taken_in_exactly_once(desk: Desk) -> None:
    person = make_person(desk.provider)
    intakes = [desk.intake(), desk.intake("SO-2", None, person_id=person.pk)]
    assert len(actions.take_in_all(intakes=intakes, **desk.who)) == 2
    assert [one.is_known for one in actions.try_out(intakes=intakes, **desk.who)] == [True, True]
    with pytest.raises(UnableToTakeInError, match="kõik on juba kirjas"):
        actions.take_in_all(intakes=intakes, **desk.who)
    more = [*intakes, desk.intake("SO-3", None, person_id=person.pk, service=Service.IET)]
    assert [one.row.code for one in actions.take_in_all(intakes=more, **desk.who)] == ["SO-3"]
    other = [desk.intake("SO-2", None, person_id=person.pk, purpose="Muu eesmärk")]
    with pytest.raises(UnableToTakeInError, match="juba kirjas"):
        actions.take_in_all(intakes=other, **desk.who)
    namesake = [desk.intake("SO-1", replace(_NEW, last_name="Muu"))]
    with pytest.raises(UnableToTakeInError, match="juba kirjas"):
        actions.take_in_all(intakes=namesake, **desk.who)
    assert Referral.objects.count() == 3
    assert list(faults()) == []


def test_nobody_of_another_provider_takes_in(desk: Desk) -> None:
    stranger = make_user("Võõras Vaht", "service_manager", make_provider("Teine OÜ"))
    who = desk.who | {"by": stranger}
    with pytest.raises(NotAllowedError):
        actions.take_in(intake=desk.intake(), **who)
    with pytest.raises(NotAllowedError):
        actions.try_out(intakes=[desk.intake()], **who)
    with pytest.raises(NotAllowedError):
        actions.take_in_all(intakes=[desk.intake()], **who)
    assert not Person.objects.exists()
