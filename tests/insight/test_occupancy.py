"""Who was there, counted day by day and compared with a count by hand."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_licence, make_place, make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.insight.queries import OccupancyMonth, occupancy
from tugiplaan.insight.queries.occupancy import _rooms
from tugiplaan.providers.models import Place, Provider
from tugiplaan.referrals.models import Absence, Move, Referral, StayDay
from tugiplaan.referrals.queries import ReferralFacts
from tugiplaan.rules import facts
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import AbsenceKind, Service, Variant

pytestmark = pytest.mark.django_db

MAY = Month(2026, 5)


def served(place: Place, code: str, day: date = date(2026, 1, 1), **values: Any) -> Referral:
    person = make_person(place.provider, code)
    referral = make_referral(person, f"S-{code}", place=place, **values)
    row = StayDay(provider=place.provider, referral=referral, kind="arrived", day=day)
    store(place.provider, [row])
    return referral


def away(referral: Referral, kind: str, first: date, last: date) -> None:
    row = Absence(
        provider=referral.provider, referral=referral, code=f"{referral.code}-{first}",
        kind=kind, first_day=first, last_day=last,
    )  # fmt: skip
    store(referral.provider, [row])


def seen(provider: Provider, *months: Month, on: date = TODAY) -> list[OccupancyMonth]:
    user = make_user(f"Juht {provider.name}", "director", provider)
    return occupancy(provider_id=provider.pk, months=months or [MAY], by=user, on=on)


def test_present_away_and_in_hospital_make_up_the_places_taken() -> None:
    provider = make_provider()
    home, flat = make_place(provider, "K1"), make_place(provider, "K2")
    make_licence(home, service="KE", max_persons=2, valid_to=date(2026, 5, 20))
    first = served(home, "P1")
    second = served(home, "P2", date(2026, 5, 30))
    away(first, "absent", date(2026, 5, 4), date(2026, 5, 6))
    away(first, "hospital", date(2026, 5, 6), date(2026, 5, 9))
    move = Move(provider=provider, referral=first, from_day=date(2026, 5, 31), place=flat)
    store(provider, [move])
    here, there = seen(provider)
    assert [(one.place, one.service, one.period) for one in (here, there)] == [
        ("Kodu K1", Service.KE, 202605), ("Kodu K2", Service.KE, 202605),
    ]  # fmt: skip
    # 30 days of the first, two of the second; two days away and four in hospital.
    assert (here.present_days, here.absent_days, here.hospital_days) == (30 - 6 + 2, 2, 4)
    assert here.licensed_days == 20 * 2
    assert [day.licensed for day in here.days[19:21]] == [2, None]
    assert here.days[29].taken == 2
    assert here.referrals == tuple(sorted([first.pk, second.pk]))
    assert (there.present_days, there.referrals) == (1, (first.pk,))
    assert there.taken_share is None


def test_days_to_come_are_left_out() -> None:
    provider = make_provider()
    served(make_place(provider), "P1")
    (june,) = seen(provider, Month(2026, 6), Month(2026, 7))
    assert (june.period, len(june.days), june.days[-1].day) == (202606, 15, TODAY)


def test_others_may_not_look() -> None:
    provider = make_provider()
    stranger = make_user("Võõras", "director", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError):
        occupancy(provider_id=provider.pk, months=[MAY], by=stranger, on=TODAY)


@pytest.mark.parametrize("count", [1, 20])
def test_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    user = make_user("Juht", "director", provider)
    for number in range(count):
        place = make_place(provider, f"K{number:02d}")
        away(served(place, f"P{number}"), "absent", date(2026, 5, 1), date(2026, 5, 3))
    months = [Month(2025, 6).plus(number) for number in range(13)]
    with django_assert_num_queries(9):
        found = occupancy(provider_id=provider.pk, months=months, by=user, on=TODAY)
    assert len(found) == 6 * count


_DAYS = st.integers(0, 40).map(lambda number: date(2026, 4, 20) + timedelta(number))


@st.composite
def _referral(draw: st.DrawFn) -> facts.Referral:
    first, last = sorted([draw(_DAYS), draw(_DAYS)])
    absences = []
    for number in range(draw(st.integers(0, 3))):
        begins, ends = sorted([draw(_DAYS), draw(_DAYS)])
        kind = draw(st.sampled_from(AbsenceKind))
        absences.append(facts.Absence(f"E{number}", begins, ends, kind, None))
    moves = sorted({draw(_DAYS): place for place in draw(st.lists(st.sampled_from("AB")))}.items())
    return facts.Referral(
        "S", Service.KE, Variant.PLAIN, date(2026, 1, 1), date(2026, 1, 1), last, None, first,
        places=((date.min, "A"), *moves), absences=tuple(absences),
    )  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from([UUID(int=1), UUID(int=2)]), _referral()), max_size=4))
def test_each_day_is_what_a_count_by_hand_gives(given: list[tuple[UUID, facts.Referral]]) -> None:
    known = [ReferralFacts(UUID(int=n), person, one) for n, (person, one) in enumerate(given)]
    rooms = _rooms(known)
    for place in "AB":
        room = rooms.get((place, Service.KE))
        for day in MAY.span[0], MAY.span[0] + 1, MAY.span[0] + 9, MAY.span[1] - 1:
            counts = room.counts((day, day + 1)) if room else ([0], [0], [0])
            assert tuple(one[0] for one in counts) == _by_hand(given, place, date.fromordinal(day))


def _by_hand(
    given: list[tuple[UUID, facts.Referral]], place: str, day: date
) -> tuple[int, int, int]:
    here: dict[UUID, set[str]] = {}
    for person, one in given:
        if one.arrived_on and one.arrived_on <= day <= one.valid_to and one.place_on(day) == place:
            kinds = here.setdefault(person, set())
            kinds |= {str(a.kind) for a in one.absences if a.first_day <= day <= a.last_day}
    ill = sum(bool(kinds & {"hospital", "tuberculosis"}) for kinds in here.values())
    gone = sum(kinds == {"absent"} for kinds in here.values())
    return len(here) - ill - gone, gone, ill
