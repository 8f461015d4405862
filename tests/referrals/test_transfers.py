"""Changing the provider: consent, day of moving, the pack."""

from datetime import date
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_referral
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.people.actions import Agreement, give_consent, withdraw_consent
from tugiplaan.people.models import Consent, Person
from tugiplaan.referrals import actions
from tugiplaan.referrals.actions import Leaving, Pack, UnableToTransferError
from tugiplaan.referrals.models import Handover, Transfer
from tugiplaan.referrals.queries import change_of, transfer_with_id

pytestmark = pytest.mark.django_db
_MOVES = date(2026, 7, 1)


class Scene:
    """Somebody with a referral who wants to live elsewhere."""

    def __init__(self) -> None:
        self.provider = make_provider()
        self.manager = make_user("Malle Maa", "service_manager", self.provider)
        self.who: dict[str, Any] = {"by": self.manager, "on": TODAY}
        self.person = make_person(self.provider)
        self.referral = make_referral(self.person)

    def consent(self, person: Person | None = None) -> Consent:
        agreement = Agreement("Teenuseosutaja vahetus", "Toimik", "Mari", date(2026, 6, 1))
        return give_consent(person=person or self.person, agreement=agreement, **self.who)

    def agree(self, consent: Consent, to: str = "Uus Kodu OÜ", day: date = _MOVES) -> Transfer:
        leaving = Leaving(consent.pk, to, day)
        return actions.agree_transfer(referral=self.referral, leaving=leaving, **self.who)

    def hand_over(self, transfer: Transfer, day: date = TODAY, **values: Any) -> Handover:
        given = {"to_whom": "Uus Kodu OÜ, Jüri Juht", "content": "Plaan, hinnangud"} | values
        return actions.hand_over(transfer=transfer, pack=Pack(day, **given), **self.who)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_change_of_provider_is_agreed_and_handed_over(scene: Scene) -> None:
    transfer = scene.agree(scene.consent())
    scene.hand_over(transfer)
    found = change_of(scene.referral)
    assert found is not None
    assert found.transfer.moves_on == _MOVES
    assert [row.to_whom for row in found.handovers] == ["Uus Kodu OÜ, Jüri Juht"]
    names = [row.name for row in events_about(scene.provider.pk, scene.person.pk)]
    assert names[:2] == ["referrals.hand_over", "referrals.agree_transfer"]
    with pytest.raises(UnableToTransferError, match="juba üle antud"):
        actions.cancel_transfer(row=transfer, why="mõtles ümber", **scene.who)
    assert list(faults()) == []


def test_a_change_is_cancelled_and_agreed_again(scene: Scene) -> None:
    consent = scene.consent()
    transfer = scene.agree(consent)
    with pytest.raises(UnableToTransferError, match="juba kirjas"):
        scene.agree(consent)
    actions.cancel_transfer(row=transfer, why="Mõtles ümber.", **scene.who)
    assert change_of(scene.referral) is None
    with pytest.raises(UnableToTransferError, match="tühistatud"):
        scene.hand_over(transfer)
    again = scene.agree(consent, day=date(2026, 8, 1))
    found = change_of(scene.referral)
    assert found is not None
    assert found.transfer == again


def test_nothing_goes_without_the_persons_consent(scene: Scene) -> None:
    other = scene.consent(make_person(scene.provider, "P2"))
    with pytest.raises(UnableToTransferError, match="kehtivat nõusolekut"):
        scene.agree(other)
    consent = scene.consent()
    transfer = scene.agree(consent)
    withdraw_consent(consent=consent, withdrawn_on=TODAY, why="", **scene.who)
    with pytest.raises(UnableToTransferError, match=r"ei kehti 15\.06\.2026"):
        scene.hand_over(transfer)
    assert not Handover.objects.exists()


@pytest.mark.parametrize(
    ("to", "day", "sentence"),
    [(" ", _MOVES, "kelle juurde"), ("Uus OÜ", date(2025, 12, 9), "enne otsust")],
)
def test_a_change_that_cannot_be_is_refused(
    scene: Scene, to: str, day: date, sentence: str
) -> None:
    consent = scene.consent()
    with pytest.raises(UnableToTransferError, match=sentence):
        scene.agree(consent, to, day)
    assert not Transfer.objects.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": date(2026, 6, 16)}, "tulevikus"),
        ({"to_whom": " "}, "kellele"),
        ({"content": ""}, "mida"),
    ],
)
def test_a_handover_that_cannot_be_is_refused(
    scene: Scene, values: dict[str, Any], sentence: str
) -> None:
    transfer = scene.agree(scene.consent())
    with pytest.raises(UnableToTransferError, match=sentence):
        scene.hand_over(transfer, **values)
    assert not Handover.objects.exists()


def test_nobody_of_another_provider_changes_anything(scene: Scene) -> None:
    other = make_provider("Teine OÜ")
    stranger = make_user("Võõras Vaht", "service_manager", other)
    consent = scene.consent()
    transfer = scene.agree(consent)
    who: dict[str, Any] = {"by": stranger, "on": TODAY}
    with pytest.raises(NotAllowedError):
        actions.agree_transfer(
            referral=scene.referral, leaving=Leaving(consent.pk, "X", _MOVES), **who
        )
    with pytest.raises(NotAllowedError):
        actions.hand_over(transfer=transfer, pack=Pack(TODAY, "x", "y"), **who)
    with pytest.raises(NotAllowedError):
        actions.cancel_transfer(row=transfer, why="x", **who)
    assert transfer_with_id(scene.provider.pk, transfer.pk, scene.manager, TODAY) == transfer
    with pytest.raises(Transfer.DoesNotExist):
        transfer_with_id(scene.provider.pk, transfer.pk, stranger, TODAY)


def test_a_change_is_read_in_two_questions(scene: Scene, django_assert_num_queries: Any) -> None:
    transfer = scene.agree(scene.consent())
    for _ in range(20):
        scene.hand_over(transfer)
    with django_assert_num_queries(2):
        change_of(scene.referral)
