"""Who waits for a place, in which order, and why."""

from datetime import date
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.people.models import Person
from tugiplaan.referrals import actions
from tugiplaan.referrals.actions import Happening, Turn, UnableToWaitError
from tugiplaan.referrals.models import Waiting, WaitingEvent, WaitingKind
from tugiplaan.referrals.queries import waiter_with_id, waiting_event_with_id, waiting_list
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service

pytestmark = pytest.mark.django_db
_SINCE = date(2026, 2, 2)


class Desk:
    """A provider with a manager who keeps the list."""

    def __init__(self) -> None:
        self.provider = make_provider()
        self.manager = make_user("Malle Maa", "service_manager", self.provider)

    def put(self, person: Person, since: date = _SINCE, **values: Any) -> Waiting:
        given: dict[str, Any] = {"service": Service.KE, "county": "Viljandimaa", "since": since}
        turn = Turn(person.pk, **given | values)
        return actions.put_on_waiting_list(
            provider_id=self.provider.pk, turn=turn, by=self.manager, on=TODAY
        )

    def person(self, code: str, **values: Any) -> Person:
        return make_person(self.provider, code, **values)

    def note(self, turn: Waiting, kind: WaitingKind, **values: Any) -> WaitingEvent:
        given: dict[str, Any] = {"day": TODAY, "reason": "Nii otsustati."} | values
        return actions.note_waiting(
            waiting=turn, happening=Happening(kind, **given), by=self.manager, on=TODAY
        )

    def order(self) -> list[tuple[str, int]]:
        return [
            (one.waiting.person.code, one.place_in_line)
            for one in waiting_list(self.provider.pk, builtin())
        ]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_the_order_is_by_group_then_by_decision_then_by_name(desk: Desk) -> None:
    late, early, same = (desk.person(code) for code in ("P3", "P2", "P1"))
    desk.put(late, date(2026, 3, 1))
    desk.put(early)
    desk.put(same)
    assert desk.order() == [("P1", 1), ("P2", 2), ("P3", 3)]
    turn = Waiting.objects.get(person=late)
    desk.note(turn, WaitingKind.GROUP, group=4, reason="Vanem suri.")
    assert desk.order() == [("P3", 1), ("P1", 2), ("P2", 3)]
    first = desk.person("P4")
    desk.put(first, date(2026, 6, 1), group=1, group_reason="Kohus nimetas.")
    assert desk.order()[0] == ("P4", 1)
    desk.note(turn, WaitingKind.GROUP, group=None, reason="Rühm enam ei kehti.")
    assert desk.order() == [("P4", 1), ("P1", 2), ("P2", 3), ("P3", 4)]
    assert list(faults()) == []


def test_each_service_and_county_is_a_list_of_its_own(desk: Desk) -> None:
    desk.put(desk.person("P1"))
    desk.put(desk.person("P2"), county="viljandimaa", since=date(2026, 3, 3))
    desk.put(desk.person("P3"), county="Harjumaa")
    desk.put(desk.person("P4"), service=Service.OEH)
    assert desk.order() == [("P3", 1), ("P1", 1), ("P2", 2), ("P4", 1)]


def test_who_is_placed_or_removed_leaves_the_list_and_the_reason_stays(desk: Desk) -> None:
    one, other = desk.put(desk.person("P1")), desk.put(desk.person("P2"))
    desk.note(one, WaitingKind.PLACED, reason="Sai koha mujal.")
    gone = desk.note(other, WaitingKind.REMOVED, reason="Ei soovi enam.")
    assert desk.order() == []
    with pytest.raises(UnableToWaitError, match="enam ei oota"):
        desk.note(one, WaitingKind.GROUP, group=1)
    actions.cancel_waiting_event(row=gone, by=desk.manager, on=TODAY, why="Vale inimene.")
    assert desk.order() == [("P2", 1)]
    found = waiter_with_id(desk.provider.pk, one.pk, desk.manager, TODAY, builtin())
    assert [row.reason for row in found.events] == ["Sai koha mujal."]
    names = [row.name for row in events_about(desk.provider.pk, other.person_id)]
    assert names[0] == "referrals.cancel_waiting_event"
    with pytest.raises(UnableToWaitError, match="vahepeal"):
        actions.cancel_waiting_event(row=gone, by=desk.manager, on=TODAY, why="veel")
    assert list(faults()) == []


def test_who_cannot_be_reached_keeps_the_turn_after_five_working_days(desk: Desk) -> None:
    turn = desk.put(desk.person("P1"))
    tried = date(2026, 6, 9)
    with pytest.raises(UnableToWaitError, match=r"5 tööpäeva, kuni 16\.06\.2026"):
        desk.note(turn, WaitingKind.UNREACHABLE, tried_from=tried)
    with pytest.raises(UnableToWaitError, match="esimest korda"):
        desk.note(turn, WaitingKind.UNREACHABLE)
    desk.note(turn, WaitingKind.UNREACHABLE, tried_from=date(2026, 6, 8))
    assert desk.order() == [("P1", 1)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"since": date(2026, 6, 16)}, "tulevikus"),
        ({"county": "  "}, "maakond"),
        ({"group": 10, "group_reason": "x"}, "1–9"),
        ({"group": 0, "group_reason": "x"}, "1–9"),
        ({"group": 3, "group_reason": " "}, "miks inimene kuulub"),
    ],
)
def test_a_turn_that_cannot_be_is_refused(
    desk: Desk, values: dict[str, Any], sentence: str
) -> None:
    person = desk.person("P1")
    with pytest.raises(UnableToWaitError, match=sentence):
        desk.put(person, **values)
    assert not Waiting.objects.exists()


def test_the_list_asks_for_sixteen_years(desk: Desk) -> None:
    child = desk.person("P1", birth_date=date(2010, 2, 3))
    with pytest.raises(UnableToWaitError, match="76"):
        desk.put(child)
    desk.put(child, since=date(2026, 2, 3))


def test_nobody_waits_twice_for_the_same(desk: Desk) -> None:
    person = desk.person("P1")
    turn = desk.put(person)
    with pytest.raises(UnableToWaitError, match=r"juba alates 02\.02\.2026"):
        desk.put(person, county="VILJANDIMAA ")
    desk.put(person, service=Service.OEH)
    desk.note(turn, WaitingKind.REMOVED)
    desk.put(person, since=TODAY)
    stranger = make_person(make_provider("Teine OÜ"))
    with pytest.raises(UnableToWaitError, match="Sellist inimest siin ei ole"):
        desk.put(stranger)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": " "}, "põhjus"),
        ({"day": date(2026, 6, 16)}, "tulevikus"),
        ({"day": date(2026, 2, 1)}, "enne otsust"),
        ({"group": 12}, "1–9"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    desk: Desk, values: dict[str, Any], sentence: str
) -> None:
    turn = desk.put(desk.person("P1"))
    with pytest.raises(UnableToWaitError, match=sentence):
        desk.note(turn, WaitingKind.GROUP, **values)
    assert not WaitingEvent.objects.exists()


def test_nobody_of_another_provider_sees_or_changes_the_list(desk: Desk) -> None:
    other = make_provider("Teine OÜ")
    stranger = make_user("Võõras Vaht", "service_manager", other)
    turn = desk.put(desk.person("P1"))
    event = desk.note(turn, WaitingKind.GROUP, group=1)
    who: dict[str, Any] = {"by": stranger, "on": TODAY}
    with pytest.raises(NotAllowedError):
        actions.put_on_waiting_list(
            provider_id=desk.provider.pk,
            turn=Turn(turn.person_id, Service.OEH, "Harjumaa", _SINCE),
            **who,
        )
    with pytest.raises(NotAllowedError):
        actions.note_waiting(
            waiting=turn, happening=Happening(WaitingKind.REMOVED, TODAY, "x"), **who
        )
    with pytest.raises(NotAllowedError):
        actions.cancel_waiting_event(row=event, why="x", **who)
    here = desk.provider.pk
    assert waiting_event_with_id(here, event.pk, desk.manager, TODAY) == event
    for provider_id in (here, other.pk):
        with pytest.raises(Waiting.DoesNotExist):
            waiter_with_id(provider_id, turn.pk, stranger, TODAY, builtin())
        with pytest.raises(WaitingEvent.DoesNotExist):
            waiting_event_with_id(provider_id, event.pk, stranger, TODAY)


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_is_read_in_as_many_questions_for_one_as_for_twenty(
    desk: Desk, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        desk.put(desk.person(f"P{number:02}"), group=2, group_reason="x")
    with django_assert_num_queries(4):
        assert len(waiting_list(desk.provider.pk, builtin())) == count
