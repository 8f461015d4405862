"""Places offered to people, and what they answer."""

from datetime import date
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_licence, make_place, make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.referrals import actions
from tugiplaan.referrals.actions import (
    Offering,
    Reply,
    Turn,
    UnableToAnswerError,
    UnableToOfferError,
)
from tugiplaan.referrals.cautions import CautionCode
from tugiplaan.referrals.models import Answer, OfferAnswer, PlaceOffer, StayDay
from tugiplaan.referrals.queries import (
    Offered,
    answer_with_id,
    offer_with_id,
    offers_under,
    open_offers,
    waiter_with_id,
)
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service

pytestmark = pytest.mark.django_db
_DAY = date(2026, 6, 1)


class Scene:
    """A house with one licensed place, and somebody with a decision."""

    def __init__(self, **licence: Any) -> None:
        self.provider = make_provider()
        self.manager = make_user("Malle Maa", "service_manager", self.provider)
        self.person = make_person(self.provider)
        self.place = make_place(self.provider)
        make_licence(self.place, service="KE", **licence)
        self.referral = make_referral(self.person)

    def offer(self, to: Any = None, day: date = _DAY, place: Any = None) -> Any:
        offering = Offering((place or self.place).pk, day)
        return actions.offer_place(
            to=to or self.referral, offering=offering, by=self.manager, on=TODAY
        )

    def answer(
        self, offer: PlaceOffer, answer: Answer, reason: str = "", day: date = TODAY
    ) -> OfferAnswer:
        reply = Reply(answer, day, reason)
        return actions.answer_offer(offer=offer, reply=reply, by=self.manager, on=TODAY)

    def turn(self) -> Any:
        return actions.put_on_waiting_list(
            provider_id=self.provider.pk,
            turn=Turn(self.person.pk, Service.KE, "Viljandimaa", date(2026, 2, 2)),
            by=self.manager,
            on=TODAY,
        )

    def one(self) -> Offered:
        (found,) = offers_under(self.provider.pk, builtin(), referrals=[self.referral.pk])
        return found


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_place_is_offered_and_accepted(scene: Scene) -> None:
    recorded = scene.offer()
    assert recorded.cautions == ()
    found = scene.one()
    assert found.is_open
    assert found.due is not None
    # Ten working days after Monday 1 June 2026; none of them is a public holiday.
    assert found.due.due_on == date(2026, 6, 15)
    (waiting,) = open_offers(scene.provider.pk, builtin())
    assert waiting.offer == recorded.row
    assert open_offers(scene.provider.pk, builtin(), [scene.person.pk])
    assert open_offers(scene.provider.pk, builtin(), []) == []
    scene.answer(recorded.row, Answer.ACCEPTED)
    assert not scene.one().is_open
    assert open_offers(scene.provider.pk, builtin()) == []
    names = [one.name for one in events_about(scene.provider.pk, scene.person.pk)]
    assert names[:2] == ["referrals.answer_offer", "referrals.offer_place"]
    assert list(faults()) == []


def test_an_offer_is_answered_once(scene: Scene) -> None:
    offer = scene.offer().row
    first = scene.answer(offer, Answer.REFUSED_WELL, "Kaugel emast.")
    with pytest.raises(UnableToAnswerError, match="juba vastatud"):
        scene.answer(offer, Answer.ACCEPTED)
    assert OfferAnswer.objects.count() == 1
    with pytest.raises(UnableToAnswerError, match="põhjust"):
        actions.cancel_answer(row=first, by=scene.manager, on=TODAY, why=" ")
    actions.cancel_answer(row=first, by=scene.manager, on=TODAY, why="Vale inimene.")
    assert scene.one().is_open
    scene.answer(offer, Answer.ACCEPTED)
    with pytest.raises(UnableToOfferError, match="juba vastatud"):
        actions.cancel_offer(row=offer, by=scene.manager, on=TODAY, why="viga")
    assert list(faults()) == []


def test_an_offer_taken_back_cannot_be_answered(scene: Scene) -> None:
    offer = scene.offer().row
    actions.cancel_offer(row=offer, by=scene.manager, on=TODAY, why="Koht põles maha.")
    with pytest.raises(UnableToAnswerError, match="tagasi võetud"):
        scene.answer(offer, Answer.ACCEPTED)
    with pytest.raises(UnableToOfferError, match="vahepeal"):
        actions.cancel_offer(row=offer, by=scene.manager, on=TODAY, why="veel")
    assert open_offers(scene.provider.pk, builtin()) == []
    assert scene.offer().row != offer


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(date(2026, 6, 16), "tulevikus"), (date(2025, 12, 9), "enne otsust")],
)
def test_an_offer_on_a_day_that_cannot_be_is_refused(
    scene: Scene, day: date, sentence: str
) -> None:
    with pytest.raises(UnableToOfferError, match=sentence):
        scene.offer(day=day)
    assert not PlaceOffer.objects.exists()


def test_a_place_without_a_licence_is_not_offered(scene: Scene) -> None:
    other = make_place(scene.provider, "K2")
    make_licence(other, service="OEH", code="L-X")
    with pytest.raises(UnableToOfferError, match="ei ole selleks teenuseks luba"):
        scene.offer(place=other)
    elsewhere = make_place(make_provider("Teine OÜ"), "K9")
    with pytest.raises(UnableToOfferError, match="teise teenuseosutaja"):
        scene.offer(place=elsewhere)
    assert not PlaceOffer.objects.exists()


def test_a_full_place_is_offered_with_a_caution() -> None:
    scene = Scene(max_persons=1)
    there = make_referral(make_person(scene.provider, "P2"), "S2", place=scene.place)
    day = date(2026, 1, 1)
    row = StayDay(provider=scene.provider, referral=there, kind="arrived", day=day)
    store(scene.provider, [row])
    assert [one.code for one in scene.offer().cautions] == [CautionCode.CAPACITY]


def test_a_second_offer_waits_for_the_answer_to_the_first(scene: Scene) -> None:
    offer = scene.offer().row
    with pytest.raises(UnableToOfferError, match="pole vastanud"):
        scene.offer()
    scene.answer(offer, Answer.REFUSED, "Ei soovi.")
    scene.offer(day=TODAY)
    assert PlaceOffer.objects.count() == 2


def test_who_has_come_is_offered_nothing(scene: Scene) -> None:
    row = StayDay(provider=scene.provider, referral=scene.referral, kind="arrived", day=_DAY)
    store(scene.provider, [row])
    with pytest.raises(UnableToOfferError, match="juba saabunud"):
        scene.offer()


@pytest.mark.parametrize(
    ("answer", "reason", "day", "sentence"),
    [
        (Answer.ACCEPTED, "", date(2026, 6, 16), "tulevikus"),
        (Answer.ACCEPTED, "", date(2026, 5, 31), "enne pakkumist"),
        (Answer.REFUSED, " ", TODAY, "miks inimene loobus"),
        (Answer.REFUSED_WELL, "", TODAY, "miks inimene loobus"),
        (Answer.NONE, "", TODAY, "aega kuni 15.06.2026"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(
    scene: Scene, answer: Answer, reason: str, day: date, sentence: str
) -> None:
    offer = scene.offer().row
    with pytest.raises(UnableToAnswerError, match=sentence):
        scene.answer(offer, answer, reason, day)
    assert not OfferAnswer.objects.exists()


def test_no_answer_is_recorded_when_the_time_is_over(scene: Scene) -> None:
    offer = scene.offer(day=date(2026, 5, 29)).row
    scene.answer(offer, Answer.NONE)
    assert scene.one().answer is not None


def test_an_offer_from_before_the_term_has_no_last_day(scene: Scene) -> None:
    offer = scene.offer(day=date(2025, 12, 15)).row
    assert scene.one().due is None
    scene.answer(offer, Answer.NONE)


def test_a_refusal_without_a_good_reason_ends_the_waiting(scene: Scene) -> None:
    turn = scene.turn()
    first = scene.offer(to=turn).row
    scene.answer(first, Answer.REFUSED_WELL, "Haiglas.")
    second = scene.offer(to=turn, day=TODAY).row
    scene.answer(second, Answer.REFUSED, "Ei soovi.")
    with pytest.raises(UnableToOfferError, match="enam ei oota"):
        scene.offer(to=turn, day=TODAY)
    found = waiter_with_id(scene.provider.pk, turn.pk, scene.manager, TODAY, builtin())
    assert found.is_over
    assert [one.answer.answer for one in found.offers if one.answer] == ["refused_well", "refused"]


def test_nobody_of_another_provider_offers_or_answers(scene: Scene) -> None:
    other = make_provider("Teine OÜ")
    stranger = make_user("Võõras Vaht", "service_manager", other)
    offer = scene.offer().row
    answer = scene.answer(offer, Answer.ACCEPTED)
    who: dict[str, Any] = {"by": stranger, "on": TODAY}
    with pytest.raises(NotAllowedError):
        actions.offer_place(to=scene.referral, offering=Offering(scene.place.pk, _DAY), **who)
    with pytest.raises(NotAllowedError):
        actions.answer_offer(offer=offer, reply=Reply(Answer.ACCEPTED, TODAY), **who)
    with pytest.raises(NotAllowedError):
        actions.cancel_offer(row=offer, why="x", **who)
    with pytest.raises(NotAllowedError):
        actions.cancel_answer(row=answer, why="x", **who)
    here, there = scene.provider.pk, other.pk
    assert offer_with_id(here, offer.pk, scene.manager, TODAY) == offer
    assert answer_with_id(here, answer.pk, scene.manager, TODAY) == answer
    for provider_id in (here, there):
        with pytest.raises(PlaceOffer.DoesNotExist):
            offer_with_id(provider_id, offer.pk, stranger, TODAY)
        with pytest.raises(OfferAnswer.DoesNotExist):
            answer_with_id(provider_id, answer.pk, stranger, TODAY)


@pytest.mark.parametrize("count", [1, 20])
def test_offers_are_read_in_two_questions(
    scene: Scene, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        referral = make_referral(make_person(scene.provider, f"Q{number}"), f"Q{number}")
        scene.offer(to=referral)
    with django_assert_num_queries(1):
        assert len(open_offers(scene.provider.pk, builtin())) == count
