"""Where there is room, computed from licences and stays."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider
from tests.referrals.rows import make_licence, make_place, make_referral, store
from tugiplaan.deadlines.queries import FreePlaces, free_places
from tugiplaan.delivery.models import EmptyPlace
from tugiplaan.providers.models import Provider
from tugiplaan.referrals.models import Move, Referral, StayDay
from tugiplaan.rules.vocabulary import Service

pytestmark = pytest.mark.django_db


def came(referral: Referral, day: date = date(2026, 1, 1)) -> Referral:
    row = StayDay(provider=referral.provider, referral=referral, kind="arrived", day=day)
    store(referral.provider, [row])
    return referral


def by_place(provider: Provider) -> dict[tuple[str, Service], FreePlaces]:
    return {(one.place, one.service): one for one in free_places(provider.pk, TODAY)}


def test_what_a_licence_allows_less_who_is_served_is_free() -> None:
    provider = make_provider()
    home, flats = make_place(provider, "K1"), make_place(provider, "K2")
    make_licence(home, service="KE", max_persons=3)
    make_licence(home, service="KE", code="L-old", max_persons=9, valid_to=date(2026, 6, 14))
    make_licence(flats, service="TE", max_persons=1)
    referrals = [
        make_referral(make_person(provider, f"P{n}"), f"S{n}", place=home) for n in range(4)
    ]
    for referral in referrals[:2]:
        came(referral)
    over = [
        came(make_referral(make_person(provider, f"T{n}"), f"T{n}", service="TE", place=flats))
        for n in range(2)
    ]
    lost = came(make_referral(make_person(provider, "X1"), "X1"))
    found = by_place(provider)
    assert list(found) == [("Kodu K1", Service.KE), ("Kodu K2", Service.TE), ("", Service.KE)]
    here = found["Kodu K1", Service.KE]
    assert (here.licensed, set(here.served), here.free, here.over) == (
        3, {one.pk for one in referrals[:2]}, 1, 0,
    )  # fmt: skip
    assert set(here.waiting) == {one.pk for one in referrals[2:]}
    there = found["Kodu K2", Service.TE]
    assert (there.licensed, set(there.served), there.free, there.over) == (
        1, {one.pk for one in over}, 0, 1,
    )  # fmt: skip
    nowhere = found["", Service.KE]
    assert (nowhere.licensed, nowhere.served, nowhere.place_id) == (None, (lost.pk,), None)
    move = Move(provider=provider, referral=referrals[0], from_day=TODAY, place=flats)
    store(provider, [move])
    found = by_place(provider)
    assert found["Kodu K1", Service.KE].free == 2
    assert found["Kodu K2", Service.KE].licensed is None
    assert free_places(make_provider("Teine OÜ").pk, TODAY) == []


def test_an_empty_court_place_is_free_for_nobody_else() -> None:
    provider = make_provider()
    home = make_place(provider)
    make_licence(home, max_persons=10, target_groups="km")
    make_licence(home, code="L-KE", service="KE", max_persons=3)
    resident = make_referral(make_person(provider), service="OEH", variant="KM", place=home)
    came(resident)
    empty = EmptyPlace(
        provider=provider, place=home, first_day=TODAY, last_day=TODAY + timedelta(9), count=2
    )
    store(provider, [empty])
    found = by_place(provider)
    here = found[home.name, Service.OEH]
    assert (here.licensed, len(here.served), here.held, here.free) == (10, 1, 2, 7)
    assert found[home.name, Service.KE].free == 3
    after = {one.service: one for one in free_places(provider.pk, TODAY + timedelta(10))}
    assert (after[Service.OEH].held, after[Service.OEH].free) == (0, 9)
    before = {one.service: one for one in free_places(provider.pk, TODAY - timedelta(1))}
    assert before[Service.OEH].free == 9


@pytest.mark.parametrize("count", [1, 20])
def test_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    for number in range(count):
        place = make_place(provider, f"K{number}")
        make_licence(place, service="KE")
        came(make_referral(make_person(provider, f"P{number}"), f"S{number}", place=place))
    with django_assert_num_queries(5):
        assert len(free_places(provider.pk, TODAY)) == count
