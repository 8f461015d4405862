"""Planned, delivered and paid hours, and the workers that the law asks for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.plans.room import GOAL, LINE, Room, make_worker
from tests.referrals.rows import make_place, make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.models import ComponentRecord, HourRecord
from tugiplaan.insight.queries import Hours, hours, staff
from tugiplaan.people.models import Person
from tugiplaan.plans.actions import agree_plan
from tugiplaan.plans.drafts import ActivityDraft
from tugiplaan.plans.models import Party
from tugiplaan.providers.models import Position, Staff
from tugiplaan.referrals.models import Referral, StayDay
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service

pytestmark = pytest.mark.django_db

MONTHS = [Month(2026, 4), Month(2026, 5)]


class Desk(Room):
    """A room with a worker and somebody who looks."""

    def __init__(self, service: str = "IET") -> None:
        super().__init__(service)
        self.worker: Staff = make_worker(self.provider)
        self.director = make_user("Jaan Juht", "director", self.provider)

    def seen(self) -> list[Hours]:
        return hours(provider_id=self.provider.pk, months=MONTHS, by=self.director, on=TODAY)

    def hour(self, day: date, minutes: int, referral: Referral | None = None) -> None:
        row = HourRecord(
            provider=self.provider, referral=referral or self.referral, worker=self.worker,
            period=day.year * 100 + day.month, day=day, minutes=minutes, audience="person",
        )  # fmt: skip
        store(self.provider, [row])

    def component(self, day: date, minutes: int) -> None:
        row = ComponentRecord(
            provider=self.provider, person=self.person, worker=self.worker, day=day,
            period=day.year * 100 + day.month, minutes=minutes, funder=LINE.funder,
            component=LINE.component, mode="individual", audience="person",
        )  # fmt: skip
        store(self.provider, [row])

    def another(self, code: str) -> tuple[Person, Referral]:
        person = make_person(self.provider, code)
        referral = make_referral(person, f"S-{code}", service="IET")
        row = StayDay(
            provider=self.provider, referral=referral, kind="arrived", day=date(2026, 1, 1)
        )
        store(self.provider, [row])
        return person, referral


def test_the_plan_of_the_months_last_day_stands_beside_what_was_done() -> None:
    desk = Desk()
    plan = desk.agreed(package=[LINE])
    twice = replace(GOAL, activities=[ActivityDraft("Poes.", planned_minutes=120)] * 2)
    second = desk.following(plan, goals=[twice], valid_from=date(2026, 5, 31))
    agree_plan(plan=second, party=Party.PERSON, **desk.who)
    desk.hour(date(2026, 4, 2), 45)
    desk.hour(date(2026, 4, 30), 30)
    desk.component(date(2026, 5, 4), 20)
    desk.component(date(2026, 5, 4), 20)
    rows = [
        (one.period, one.service, one.component, one.planned_minutes, one.delivered_minutes)
        for one in desk.seen()
    ]
    # The package was in the first version only.
    assert rows == [
        (202604, Service.IET, "", 90, 75),
        (202604, None, "toetus", 240, 0),
        (202605, Service.IET, "", 240, 0),
        (202605, None, "toetus", 0, 40),
    ]
    assert {one.person_id for one in desk.seen()} == {desk.person.pk}
    assert {one.paid_hours for one in desk.seen()} == {None}


def test_a_plan_foresees_no_hours_after_the_stay_nor_where_days_are_paid() -> None:
    desk = Desk()
    desk.agreed()
    row = StayDay(
        provider=desk.provider, referral=desk.referral, kind="ended", day=date(2026, 4, 10),
        reason="person_wish",
    )  # fmt: skip
    store(desk.provider, [row])
    assert [one.period for one in desk.seen()] == [202604]


def test_where_days_are_paid_no_hours_are_planned() -> None:
    desk = Desk("KE")
    desk.agreed()
    assert desk.seen() == []


def post(desk: Desk, service: str, share: str) -> None:
    place = make_place(desk.provider, f"K{service}")
    with acting(by=operator(), name="test.position", provider_id=desk.provider.pk):
        Position.objects.create(
            provider=desk.provider, staff=desk.worker, place=place, service=service,
            full_time_share=Decimal(share), valid_from=date(2025, 1, 1),
        )  # fmt: skip


def test_full_time_posts_are_compared_with_what_the_law_asks_for() -> None:
    desk = Desk()
    desk.another("P2")
    post(desk, "IET", "0.150")
    post(desk, "KE", "0.500")
    provider = desk.provider.pk
    found = staff(provider_id=provider, day=TODAY, law=builtin(), by=desk.director, on=TODAY)
    living, support = sorted(found.services, key=lambda one: str(one.service), reverse=True)
    assert (support.service, support.full_time) == (Service.IET, Decimal("0.150"))
    need = support.full_time_need
    assert need is not None
    # Two persons, ten for each post.
    assert (need.needed, need.missing) == (Fraction(1, 5), Fraction(1, 20))
    assert len(support.referrals) == 2
    assert (living.service, living.needs, living.workers) == (Service.KE, (), (desk.worker.pk,))
    assert [one.staff.pk for one in found.workers] == [desk.worker.pk]


def test_others_may_not_look() -> None:
    desk = Desk()
    stranger = make_user("Võõras", "director", make_provider("Teine OÜ"))
    who: dict[str, Any] = {"provider_id": desk.provider.pk, "on": TODAY}
    for user in (stranger, desk.supervisor):
        with pytest.raises(NotAllowedError):
            hours(months=MONTHS, by=user, **who)
        with pytest.raises(NotAllowedError):
            staff(day=TODAY, law=builtin(), by=user, **who)


@pytest.mark.parametrize("count", [1, 20])
def test_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    desk = Desk()
    desk.agreed(package=[LINE])
    post(desk, "IET", "0.500")
    for number in range(count - 1):
        _, referral = desk.another(f"Q{number}")
        desk.hour(date(2026, 5, 5), 60, referral)
    with django_assert_num_queries(14):
        assert len(desk.seen()) == 4 + count - 1
    with django_assert_num_queries(6):
        staff(provider_id=desk.provider.pk, day=TODAY, law=builtin(), by=desk.director, on=TODAY)
