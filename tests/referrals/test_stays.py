"""The start, the arrival, the end and the moves of a stay."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import close_month, make_licence, make_place, make_referral
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.models import User
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.providers.books import MonthClosedError, WhyNeededError
from tugiplaan.providers.models import Place, Provider
from tugiplaan.referrals import actions
from tugiplaan.referrals.actions import (
    End,
    Moving,
    UnableToMoveError,
    UnableToRecordStayError,
)
from tugiplaan.referrals.cautions import CautionCode, Recorded
from tugiplaan.referrals.models import Move, Referral, StayDay
from tugiplaan.referrals.queries import facts_of, stay_of
from tugiplaan.rules import facts
from tugiplaan.rules.vocabulary import EndReason

pytestmark = pytest.mark.django_db


class Home:
    """A provider with a manager, two licensed places and a referral to the first."""

    def __init__(self) -> None:
        self.provider: Provider = make_provider()
        self.manager: User = make_user("Malle Maa", "service_manager", self.provider)
        self.places: list[Place] = [make_place(self.provider, code) for code in ("K1", "K2")]
        for place in self.places:
            make_licence(place, service="KE")
        self.referral: Referral = make_referral(make_person(self.provider), place=self.places[0])
        self.who: dict[str, Any] = {"by": self.manager, "on": TODAY}

    def agree(self, day: date, **values: Any) -> Recorded[StayDay]:
        return actions.agree_start(referral=self.referral, day=day, **{**self.who, **values})

    def arrive(self, day: date, **values: Any) -> Recorded[StayDay]:
        return actions.record_arrival(referral=self.referral, day=day, **{**self.who, **values})

    def end(self, day: date, **values: Any) -> Recorded[StayDay]:
        end = End(day, EndReason.PERSON_WISH)
        return actions.end_stay(referral=self.referral, end=end, **{**self.who, **values})

    def move(self, day: date, place: Place, **values: Any) -> Recorded[Move]:
        moving = Moving(place.pk, day)
        return actions.move(referral=self.referral, moving=moving, **{**self.who, **values})

    def facts(self) -> facts.Referral:
        (found,) = facts_of(Referral.objects.filter(pk=self.referral.pk))
        return found.facts


def _codes(recorded: Recorded[Any]) -> list[CautionCode]:
    return [caution.code for caution in recorded.cautions]


def test_a_stay_from_agreement_to_end() -> None:
    home = Home()
    recorded: list[Recorded[Any]] = [
        home.agree(date(2026, 6, 1)),
        home.arrive(date(2026, 6, 3)),
        home.move(date(2026, 6, 10), home.places[1]),
        home.end(date(2026, 7, 31)),
    ]
    assert [one.cautions for one in recorded] == [()] * 4
    known = home.facts()
    assert (known.agreed_start, known.arrived_on, known.ended_on, known.end_reason) == (
        date(2026, 6, 1),
        date(2026, 6, 3),
        date(2026, 7, 31),
        EndReason.PERSON_WISH,
    )
    assert known.places[1:] == ((date(2026, 6, 10), "K2"),)
    names = [event.name for event in events_about(home.provider.pk, home.referral.person_id)]
    assert names == [
        f"referrals.{verb}" for verb in ("end_stay", "move", "record_arrival", "agree_start")
    ]
    assert list(faults()) == []


def test_a_second_row_of_a_kind_must_correct_the_first() -> None:
    home = Home()
    for act, day in ((home.agree, 1), (home.arrive, 2), (home.end, 20)):
        act(date(2026, 6, day))
        with pytest.raises(UnableToRecordStayError, match=r"juba kirjas.*paranda"):
            act(date(2026, 6, day + 1))
    assert StayDay.objects.count() == 3


def test_a_new_agreed_start_after_a_good_reason_is_a_correction() -> None:
    home = Home()
    first = home.agree(date(2026, 5, 1)).row
    fixed = actions.correct_stay_day(row=first, to=date(2026, 6, 1), why="oli haige", **home.who)
    assert fixed.cautions == ()
    assert home.facts().agreed_start == date(2026, 6, 1)
    assert (fixed.row.corrects_id, fixed.row.why) == (first.pk, "oli haige")
    with pytest.raises(UnableToRecordStayError, match="vahepeal"):
        actions.correct_stay_day(row=first, to=date(2026, 6, 2), why="veel", **home.who)
    with pytest.raises(UnableToRecordStayError, match="põhjus"):
        actions.correct_stay_day(row=fixed.row, to=date(2026, 6, 2), why=" ", **home.who)
    assert list(faults()) == []


def test_an_end_is_corrected_with_its_reason_and_only_an_end_has_one() -> None:
    home = Home()
    arrived = home.arrive(date(2026, 6, 1)).row
    ended = home.end(date(2026, 6, 12)).row
    to = End(date(2026, 6, 11), EndReason.DEATH, learned_on=date(2026, 6, 12))
    actions.correct_stay_day(row=ended, to=to, why="kuupäev", **home.who)
    known = stay_of(home.referral).ended
    assert known is not None
    assert (known.day, known.reason, known.learned_on) == (
        date(2026, 6, 11),
        "death",
        date(2026, 6, 12),
    )
    with pytest.raises(UnableToRecordStayError, match="lõpu juurde"):
        actions.correct_stay_day(row=arrived, to=to, why="eksitus", **home.who)


def test_a_cancelled_kind_can_begin_again() -> None:
    home = Home()
    ended = home.end(date(2026, 6, 12)).row
    actions.cancel_stay_day(row=ended, why="jäi siiski", **home.who)
    assert home.facts().ended_on is None
    with pytest.raises(UnableToRecordStayError, match="vahepeal"):
        actions.cancel_stay_day(row=ended, why="veel", **home.who)
    again = home.end(date(2026, 6, 14)).row
    assert (again.why, home.facts().ended_on) == (
        "Kirjutati pärast tühistamist uuesti.",
        date(2026, 6, 14),
    )
    assert list(faults()) == []


def test_days_that_cannot_be_are_refused() -> None:
    home = Home()
    with pytest.raises(UnableToRecordStayError, match="tulevikus"):
        home.arrive(TODAY + timedelta(1))
    arrived = home.arrive(date(2026, 6, 5)).row
    with pytest.raises(UnableToRecordStayError, match=r"04\.06\.2026 on enne saabumist"):
        home.end(date(2026, 6, 4))
    late = End(TODAY, EndReason.MOVED, learned_on=TODAY + timedelta(1))
    with pytest.raises(UnableToRecordStayError, match="Teadasaamise"):
        actions.end_stay(referral=home.referral, end=late, **home.who)
    home.end(date(2026, 6, 5))
    with pytest.raises(UnableToRecordStayError, match="enne saabumist"):
        actions.correct_stay_day(row=arrived, to=date(2026, 6, 6), why="viga", **home.who)
    assert StayDay.objects.count() == 2


def test_an_unusual_start_is_said_and_kept() -> None:
    home = Home()
    assert _codes(home.agree(date(2027, 1, 1))) == [CautionCode.OUT_OF_TERM]
    assert _codes(home.arrive(date(2026, 6, 1))) == [
        CautionCode.OUT_OF_TERM,
        CautionCode.BEFORE_AGREED,
    ]


def test_the_last_day_of_the_window_is_in_time_and_the_next_is_late() -> None:
    home = Home()
    home.agree(date(2026, 6, 1))
    in_time = home.arrive(date(2026, 6, 7))
    assert in_time.cautions == ()
    late = actions.correct_stay_day(row=in_time.row, to=date(2026, 6, 8), why="viga", **home.who)
    assert _codes(late) == [CautionCode.LATE_ARRIVAL]
    assert "hiljemalt 07.06.2026" in late.cautions[0].text


def test_services_beside_and_full_places_are_said_on_arrival() -> None:
    home = Home()
    make_referral(home.referral.person, "S2", service="TE")
    make_place(home.provider, "K3")
    arrived = home.arrive(date(2026, 6, 1))
    assert _codes(arrived) == [CautionCode.CONFLICT]
    moved = home.move(date(2026, 6, 2), make_place(home.provider, "K4"))
    assert _codes(moved) == [CautionCode.CAPACITY]


def test_moves_are_corrected_and_cancelled() -> None:
    home = Home()
    one, two = home.places
    home.arrive(date(2026, 6, 1))
    moved = home.move(date(2026, 6, 10), two).row
    with pytest.raises(UnableToMoveError, match="juba kirjas"):
        home.move(date(2026, 6, 10), one)
    with pytest.raises(UnableToMoveError, match=r"11\.06\.2026 juba kohal K2"):
        home.move(date(2026, 6, 12), two)
    fixed = actions.correct_move(
        row=moved, moving=Moving(two.pk, date(2026, 6, 9)), why="päev oli vale", **home.who
    ).row
    assert home.facts().places[1:] == ((date(2026, 6, 9), "K2"),)
    with pytest.raises(UnableToMoveError, match="vahepeal"):
        actions.cancel_move(row=moved, why="ei kolinud", **home.who)
    actions.cancel_move(row=fixed, why="ei kolinud", **home.who)
    assert len(home.facts().places) == 1
    assert list(faults()) == []


def test_moves_that_cannot_be_are_refused() -> None:
    home = Home()
    with pytest.raises(UnableToMoveError, match="juba kohal K1"):
        home.move(date(2026, 6, 10), home.places[0])
    with pytest.raises(UnableToMoveError, match="teise teenuseosutaja"):
        home.move(date(2026, 6, 10), make_place(make_provider("Teine OÜ")))
    moving = Moving(home.referral.pk, date(2026, 6, 10))
    with pytest.raises(UnableToMoveError, match="ei ole"):
        actions.move(referral=home.referral, moving=moving, **home.who)
    assert not Move.objects.exists()


def test_a_stranger_may_change_no_stay() -> None:
    home = Home()
    arrived = home.arrive(date(2026, 6, 1)).row
    moved = home.move(date(2026, 6, 10), home.places[1]).row
    home.who["by"] = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    why = {"why": "x", **home.who}
    for act in (
        lambda: home.agree(date(2026, 6, 1)),
        lambda: home.end(date(2026, 6, 9)),
        lambda: home.move(date(2026, 6, 11), home.places[0]),
        lambda: actions.correct_stay_day(row=arrived, to=date(2026, 6, 2), **why),
        lambda: actions.cancel_stay_day(row=arrived, **why),
        lambda: actions.cancel_move(row=moved, **why),
    ):
        with pytest.raises(NotAllowedError, match="Kalle Kask"):
            act()
    assert (StayDay.objects.count(), Move.objects.count()) == (1, 1)


def test_closed_months_refuse_and_invoiced_ones_want_a_reason() -> None:
    home = Home()
    arrived = home.arrive(date(2026, 6, 1)).row
    close_month(home.provider, 202605, "closed")
    for act in (home.agree, home.end):
        with pytest.raises(MonthClosedError, match=r"05\.2026"):
            act(date(2026, 5, 31))
    with pytest.raises(MonthClosedError):
        actions.correct_stay_day(row=arrived, to=date(2026, 5, 31), why="viga", **home.who)
    close_month(home.provider, 202605, "issued")
    with pytest.raises(WhyNeededError):
        home.move(date(2026, 5, 31), home.places[1])
    home.move(date(2026, 5, 31), home.places[1], why="jäi panemata")
    event = events_about(home.provider.pk, home.referral.person_id).first()
    assert event is not None
    assert (event.why, event.details["issued_months"]) == ("jäi panemata", [202605])


def test_a_correction_holds_the_months_of_the_day_before_too() -> None:
    home = Home()
    arrived = home.arrive(date(2026, 4, 1)).row
    moved = home.move(date(2026, 4, 10), home.places[1]).row
    close_month(home.provider, 202604, "closed")
    to, why = date(2026, 5, 10), {"why": "viga", **home.who}
    with pytest.raises(MonthClosedError):
        actions.correct_stay_day(row=arrived, to=to, **why)
    with pytest.raises(MonthClosedError):
        actions.correct_move(row=moved, moving=Moving(home.places[1].pk, to), **why)
