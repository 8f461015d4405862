"""Workers that the law asks for at a place, day by day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.plans.room import make_worker
from tests.referrals.rows import make_place, make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.models import HourRecord
from tugiplaan.insight.queries import PlaceMonth, StaffDay, staff_days
from tugiplaan.providers.models import Position, Staff
from tugiplaan.referrals.models import Referral, StayDay
from tugiplaan.rules.period import Month
from tugiplaan.rules.staffing import Shift
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service

pytestmark = pytest.mark.django_db
MAY = Month(2026, 5)


class House:
    """A place with a worker, and somebody who looks."""

    def __init__(self) -> None:
        self.provider = make_provider()
        self.place = make_place(self.provider, "K1")
        self.worker: Staff = make_worker(self.provider)
        self.director = make_user("Jaan Juht", "director", self.provider)

    def person(self, code: str, service: str, since: date) -> Referral:
        person = make_person(self.provider, code)
        referral = make_referral(person, f"S-{code}", service=service, place=self.place)
        row = StayDay(provider=self.provider, referral=referral, kind="arrived", day=since)
        store(self.provider, [row])
        return referral

    def post(self, service: str, share: str, since: date) -> None:
        with acting(by=operator(), name="test.position", provider_id=self.provider.pk):
            Position.objects.create(
                provider=self.provider, staff=self.worker, place=self.place, service=service,
                full_time_share=Decimal(share), valid_from=since,
            )  # fmt: skip

    def hour(self, referral: Referral, day: date) -> None:
        row = HourRecord(
            provider=self.provider, referral=referral, worker=self.worker,
            period=day.year * 100 + day.month, day=day, minutes=60, audience="person",
        )  # fmt: skip
        store(self.provider, [row])

    def seen(self, month: Month = MAY) -> list[StaffDay]:
        return staff_days(
            provider_id=self.provider.pk, of=PlaceMonth(self.place.pk, month), law=builtin(),
            by=self.director, on=TODAY,
        )  # fmt: skip


def test_each_day_has_its_need_its_posts_and_who_recorded() -> None:
    house = House()
    first = house.person("P1", "TE", date(2026, 5, 4))
    house.person("P2", "TE", date(2026, 5, 20))
    house.post("TE", "0.100", date(2026, 5, 6))
    house.hour(first, date(2026, 5, 7))
    house.hour(first, date(2026, 5, 7))
    rows = {row.day: row for row in house.seen()}
    assert min(rows) == date(2026, 5, 4)
    assert max(rows) == date(2026, 5, 31)
    (need,) = rows[date(2026, 5, 4)].needs
    assert (need.shift, need.needed, need.missing) == (
        Shift.FULL_TIME, Fraction(1, 10), Fraction(1, 10),
    )  # fmt: skip
    (need,) = rows[date(2026, 5, 6)].needs
    assert need.missing == 0
    (need,) = rows[date(2026, 5, 20)].needs
    assert (need.needed, need.missing) == (Fraction(1, 5), Fraction(1, 10))
    assert rows[date(2026, 5, 20)].persons == 2
    assert rows[date(2026, 5, 7)].recorded == 1
    assert rows[date(2026, 5, 8)].recorded == 0


def test_services_stand_apart_and_days_ahead_are_left_out() -> None:
    house = House()
    house.person("P1", "TE", date(2026, 6, 1))
    house.person("P2", "KE", date(2026, 6, 14))
    rows = house.seen(Month(2026, 6))
    assert [(row.day.day, row.service) for row in rows[-4:]] == [
        (14, Service.TE), (14, Service.KE), (15, Service.TE), (15, Service.KE),
    ]  # fmt: skip
    assert [need.shift for need in rows[-1].needs] == [Shift.OUTSIDE_NIGHT]
    assert house.seen(Month(2026, 7)) == []


def test_another_place_and_another_house_are_not_counted() -> None:
    house, other = House(), make_provider("Teine OÜ")
    house.person("P1", "TE", date(2026, 5, 4))
    house.place = make_place(house.provider, "K2")
    assert house.seen() == []
    stranger = make_user("Võõras", "director", other)
    with pytest.raises(NotAllowedError):
        staff_days(
            provider_id=house.provider.pk, of=PlaceMonth(house.place.pk, Month(2026, 5)),
            law=builtin(), by=stranger, on=TODAY,
        )  # fmt: skip


@pytest.mark.parametrize("count", [1, 20])
def test_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    house = House()
    for number in range(count):
        house.hour(house.person(f"P{number}", "TE", date(2026, 5, 4)), date(2026, 5, 5))
    house.post("TE", "1", date(2026, 5, 4))
    with django_assert_num_queries(13):
        house.seen()
