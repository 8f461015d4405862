"""Offers that wait for an answer, moves for their papers, months for their closing."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import close_month, make_licence, make_place, make_referral
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import User
from tugiplaan.audit.recorder import acting
from tugiplaan.deadlines.queries import Action, Task, TaskKind, due_of_person, work_list
from tugiplaan.deadlines.queries.handovers import handover_tasks
from tugiplaan.deadlines.queries.house import month_tasks
from tugiplaan.deadlines.tasks import Look
from tugiplaan.people.actions import Agreement, give_consent
from tugiplaan.people.models import Person
from tugiplaan.providers.models import ComponentContract, Provider
from tugiplaan.referrals import actions
from tugiplaan.referrals.actions import Leaving, Offering, Pack, Reply
from tugiplaan.referrals.models import Answer, PlaceOffer, Transfer
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db

_KINDS = {TaskKind.PLACE_OFFER, TaskKind.HANDOVER, TaskKind.COMPONENT_REPORT}


class House:
    """A house with a place, its manager, and people with decisions."""

    def __init__(self, count: int = 1) -> None:
        self.provider = make_provider()
        self.manager = make_user("Malle Maa", "service_manager", self.provider)
        self.who: dict[str, Any] = {"by": self.manager, "on": TODAY}
        self.place = make_place(self.provider)
        make_licence(self.place, service="KE", max_persons=50)
        self.people = [make_person(self.provider, f"P{n:03d}") for n in range(count)]
        self.referrals = [make_referral(one, f"S{n:03d}") for n, one in enumerate(self.people)]

    def offer(self, number: int = 0, day: date = date(2026, 6, 1)) -> PlaceOffer:
        offering = Offering(self.place.pk, day)
        made = actions.offer_place(to=self.referrals[number], offering=offering, **self.who)
        return made.row

    def move(self, number: int = 0, day: date = date(2026, 7, 1)) -> Transfer:
        agreement = Agreement("Teenuseosutaja vahetus", "Toimik", "Mari", date(2026, 6, 1))
        consent = give_consent(person=self.people[number], agreement=agreement, **self.who)
        leaving = Leaving(consent.pk, "Uus Kodu OÜ", day)
        return actions.agree_transfer(referral=self.referrals[number], leaving=leaving, **self.who)


def told(user: User, provider: Provider, day: date = TODAY) -> list[Task]:
    found = work_list(user=user, provider_id=provider.pk, day=day, law=builtin())
    return [one for one in found.tasks if one.kind in _KINDS]


def test_an_offer_is_due_until_it_is_answered() -> None:
    house = House()
    offer = house.offer()
    (task,) = told(house.manager, house.provider)
    # Ten working days after Monday 1 June.
    assert (task.kind, task.due_on) == (TaskKind.PLACE_OFFER, date(2026, 6, 15))
    assert (task.action, task.about, task.may_act) == (Action.ANSWER_OFFER, offer.pk, True)
    assert (task.person_id, task.section) == (house.people[0].pk, "SHS § 71(5)")
    assert dict(task.numbers)["place"] == "Kodu K1"
    actions.answer_offer(offer=offer, reply=Reply(Answer.ACCEPTED, TODAY, ""), **house.who)
    assert told(house.manager, house.provider) == []


def test_an_offer_of_before_the_term_has_no_due_day() -> None:
    house = House()
    house.offer(day=date(2025, 12, 31))
    assert told(house.manager, house.provider) == []


def test_what_is_known_is_handed_over_by_the_day_of_moving() -> None:
    house = House()
    transfer = house.move()
    (task,) = told(house.manager, house.provider)
    assert (task.kind, task.due_on) == (TaskKind.HANDOVER, date(2026, 7, 1))
    assert (task.action, task.about) == (Action.HAND_OVER, transfer.pk)
    assert dict(task.numbers)["to_provider"] == "Uus Kodu OÜ"
    # A month before, nobody looks at it yet.
    assert told(house.manager, house.provider, date(2026, 5, 31)) == []
    (theirs,) = (
        one
        for one in due_of_person(
            provider_id=house.provider.pk,
            person_ids=[house.people[0].pk],
            day=TODAY,
            law=builtin(),
        )
        if one.kind in _KINDS
    )
    assert (theirs.kind, theirs.may_act) == (TaskKind.HANDOVER, False)
    actions.hand_over(
        transfer=transfer, pack=Pack(TODAY, "Uus Kodu OÜ", "Plaan, hinnangud"), **house.who
    )
    assert told(house.manager, house.provider) == []


def test_what_was_cancelled_is_not_due() -> None:
    house = House(2)
    actions.cancel_offer(row=house.offer(0), why="eksitus", **house.who)
    actions.cancel_transfer(row=house.move(1), why="jääb siia", **house.who)
    assert told(house.manager, house.provider) == []


def test_only_of_whom_one_may_see() -> None:
    house = House(2)
    house.offer(0)
    house.move(1)
    other = make_user("Kaja Kauge", "activity_supervisor", house.provider)
    assert told(other, house.provider) == []
    stranger = make_provider("Teine OÜ")
    assert told(make_user("Võõras Juht", "service_manager", stranger), stranger) == []

    def of(person: Person) -> list[TaskKind]:
        look = Look.on(TODAY, builtin())
        return [one.kind for one in handover_tasks(house.provider.pk, frozenset({person.pk}), look)]

    assert [of(one) for one in house.people] == [[], [TaskKind.HANDOVER]]


def contract(provider: Provider, valid_from: date = date(2026, 1, 1)) -> None:
    with acting(by=operator(), name="test.contract", provider_id=provider.pk):
        ComponentContract.objects.create(provider=provider, funder="75", valid_from=valid_from)


def test_a_month_of_components_waits_to_be_closed_by_the_tenth() -> None:
    provider = make_provider()
    look = Look.on(TODAY, builtin())
    assert list(month_tasks(provider.pk, look)) == []
    contract(provider)
    (task,) = month_tasks(provider.pk, look)
    assert (task.kind, task.due_on) == (TaskKind.COMPONENT_REPORT, date(2026, 6, 10))
    assert (task.action, dict(task.numbers)["month"]) == (Action.CLOSE_MONTH, 202605)
    manager = make_user("Malle Maa", "service_manager", provider)
    assert [one.kind for one in told(manager, provider)] == [TaskKind.COMPONENT_REPORT]
    close_month(provider, 202605, "open")
    assert len(list(month_tasks(provider.pk, look))) == 1
    for state in ("closed", "issued"):
        close_month(provider, 202605, state)
        assert list(month_tasks(provider.pk, look)) == []


def test_a_month_before_the_contract_waits_for_nothing() -> None:
    provider = make_provider()
    contract(provider, date(2026, 6, 1))
    assert list(month_tasks(provider.pk, Look.on(TODAY, builtin()))) == []
    july = TODAY + timedelta(30)
    assert len(list(month_tasks(provider.pk, Look.on(july, builtin())))) == 1


@pytest.mark.parametrize("count", [1, 20])
def test_it_is_one_question(count: int, django_assert_num_queries: Any) -> None:
    house = House(2 * count)
    for number in range(count):
        house.offer(2 * number)
        house.move(2 * number + 1)
    look = Look.on(TODAY, builtin())
    with django_assert_num_queries(1):
        assert len(list(handover_tasks(house.provider.pk, None, look))) == count
    with django_assert_num_queries(1):
        list(month_tasks(house.provider.pk, look))
