"""Stays with their rows, who is where on a day, and what comes next."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_place, make_referral, make_referrals, store
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Person
from tugiplaan.referrals import queries
from tugiplaan.referrals.models import Absence, Confirmation, Move, Referral, StayDay
from tugiplaan.rules.deadlines import DeadlineCode
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service, Variant

pytestmark = pytest.mark.django_db


def _day(referral: Referral, kind: str, day: date) -> StayDay:
    row = StayDay(provider_id=referral.provider_id, referral=referral, kind=kind, day=day)
    store(referral.provider, [row])
    return row


def _present(person: Person, code: str, **values: Any) -> Referral:
    """Make a referral under which the person is served since January."""
    referral = make_referral(person, code, **values)
    _day(referral, "arrived", date(2026, 1, 1))
    return referral


def test_a_stay_has_the_rows_that_hold_and_knows_the_place_of_a_day() -> None:
    provider = make_provider()
    home, other = make_place(provider, "K1"), make_place(provider, "K2")
    referral = make_referral(make_person(provider), place=home)
    own: dict[str, Any] = {"provider": provider, "referral": referral}
    wrong = _day(referral, "arrived", date(2026, 1, 3))
    right = StayDay(**own, kind="arrived", day=date(2026, 1, 2), corrects=wrong, why="viga")
    store(provider, [right])
    days = {"first_day": date(2026, 2, 1), "last_day": date(2026, 2, 2), "kind": "absent"}
    store(provider, [Absence(**own, code="E1", **days)])
    store(provider, [Confirmation(**own, period=202602, received_on=TODAY)])
    store(provider, [Move(**own, from_day=date(2026, 3, 1), place=other)])
    stay = queries.stay_of(referral)
    assert (stay.agreed, stay.arrived, stay.ended) == (None, right, None)
    assert [row.code for row in stay.absences] == ["E1"]
    assert [row.period for row in stay.confirmations] == [202602]
    places = [stay.place_on(date(2026, *day)) for day in ((2, 28), (3, 1))]
    assert [place and place.code for place in places] == ["K1", "K2"]


def test_the_first_place_counts_from_the_beginning() -> None:
    provider = make_provider()
    later = make_place(provider)
    referral = _present(make_person(provider), "S1")
    assert queries.stay_of(referral).place_on(TODAY) is None
    move = Move(provider=provider, referral=referral, from_day=date(2026, 8, 1), place=later)
    store(provider, [move])
    place = queries.stay_of(referral).place_on(TODAY)
    assert place is not None
    assert place.code == "K1"
    assert queries.served_at(provider.pk, later.pk, TODAY) == {Service.KE: Counter([Variant.PLAIN])}


@pytest.mark.parametrize(
    ("kind", "day", "is_active"),
    [
        ("agreed", TODAY, True),
        ("agreed", TODAY + timedelta(1), False),
        ("arrived", TODAY, True),
        ("arrived", TODAY + timedelta(1), False),
        ("ended", TODAY, True),
        ("ended", TODAY - timedelta(1), False),
    ],
)
def test_who_is_served_on_a_day(kind: str, day: date, is_active: bool) -> None:
    provider = make_provider()
    referral = make_referral(make_person(provider))
    if kind != "arrived":
        _day(referral, "arrived", date(2026, 1, 1))
    row = _day(referral, kind, day)
    assert list(queries.active_on(provider.pk, TODAY)) == ([referral] if is_active else [])
    gone = StayDay(
        provider=provider,
        referral=referral,
        kind=kind,
        day=day,
        corrects=row,
        is_cancellation=True,
        why="viga",
    )
    store(provider, [gone])
    assert queries.active_on(provider.pk, TODAY).exists() == (kind != "arrived")


def test_the_term_bounds_who_is_served() -> None:
    provider = make_provider()
    for number, (first, last) in enumerate(
        [
            (TODAY, TODAY),
            (TODAY + timedelta(1), TODAY + timedelta(9)),
            (date(2026, 1, 1), TODAY - timedelta(1)),
        ]
    ):
        _present(make_person(provider, f"P{number}"), f"S{number}", valid_from=first, valid_to=last)
    assert [one.code for one in queries.active_on(provider.pk, TODAY)] == ["S0"]


def test_persons_are_at_the_place_of_the_day_under_the_entry_that_stands() -> None:
    provider = make_provider()
    home, other = make_place(provider, "K1"), make_place(provider, "K2")
    kept, merged, moved = (make_person(provider, f"P{n}") for n in range(3))
    with acting(by=operator(), name="test.merge"):
        Person.objects.filter(pk=merged.pk).update(merged_into=kept.pk)
    _present(merged, "S1", place=home)
    away = _present(moved, "S2", place=home)
    store(provider, [Move(provider=provider, referral=away, from_day=TODAY, place=other)])
    assert queries.persons_at(provider.pk, [home.pk], TODAY) == {kept.pk}
    assert queries.persons_at(provider.pk, [home.pk], TODAY - timedelta(1)) == {kept.pk, moved.pk}
    assert queries.persons_at(provider.pk, [other.pk], TODAY) == {moved.pk}
    assert queries.served_at(provider.pk, other.pk, TODAY, away.pk) == {}


def test_a_grant_reaches_whom_it_names() -> None:
    provider, stranger = make_provider(), make_provider("Teine OÜ")
    home, other = make_place(provider, "K1"), make_place(provider, "K2")
    at_home = _present(make_person(provider, "P1"), "S1", place=home)
    _present(make_person(provider, "P2"), "S2", place=other)
    _present(make_person(stranger), "S3")
    earlier = make_referral(at_home.person, "S0", valid_from=date(2025, 1, 1))

    manager = make_user("Malle Maa", "service_manager", provider)
    of_home = make_user("Kaja Kodu", "service_manager", provider, place=home)
    herself = make_user("Mari Maasikas", "person", provider, person=at_home.person)
    nobody = make_user("Eikeegi Maa")
    seen = {
        user.name: [one.code for one in queries.visible_to(user, TODAY)]
        for user in (manager, of_home, herself, nobody, operator())
    }
    assert seen == {
        "Malle Maa": ["S0", "S1", "S2"],
        "Kaja Kodu": ["S0", "S1"],
        "Mari Maasikas": ["S0", "S1"],
        "Eikeegi Maa": [],
        "Käsurida": seen["Käsurida"],
    }
    assert sorted(seen["Käsurida"]) == ["S0", "S1", "S2", "S3"]
    assert earlier.code == "S0"
    assert queries.persons_at_places(of_home, TODAY) == {at_home.person_id}
    assert queries.persons_at_places(manager, TODAY) == set()
    _day(at_home, "ended", TODAY - timedelta(1))
    assert queries.persons_at_places(of_home, TODAY) == set()
    assert list(queries.visible_to(of_home, TODAY)) == []


def test_who_waits_is_listed_until_arrival_or_end() -> None:
    provider = make_provider()
    late, soon, open_start, came, over = (
        make_referral(make_person(provider, f"P{n}"), f"S{n}") for n in range(5)
    )
    make_referral(make_person(provider, "P9"), "S9", valid_to=TODAY - timedelta(1))
    _day(late, "agreed", date(2026, 6, 20))
    _day(soon, "agreed", date(2026, 6, 10))
    _day(came, "arrived", TODAY)
    _day(over, "ended", TODAY)
    waiting = queries.waiting_arrivals(provider.pk, TODAY, builtin())
    assert [one.referral for one in waiting] == [soon, late, open_start]
    windows = [one.window.due_on if one.window else None for one in waiting]
    assert windows == [date(2026, 6, 16), date(2026, 6, 26), None]


def test_what_is_due_before_the_end_is_listed() -> None:
    provider = make_provider()
    _present(make_person(provider, "P1"), "S1", valid_to=date(2026, 12, 31))
    _present(make_person(provider, "P2"), "S2", valid_to=date(2026, 8, 31))
    _present(make_person(provider, "P3"), "S3", valid_to=date(2028, 8, 31))
    make_referral(make_person(provider, "P4"), "S4", valid_to=date(2026, 8, 31))
    due = queries.ending_soon(provider.pk, TODAY, date(2026, 6, 30), builtin())
    assert [
        (one.referral.code, [(row.code, row.due_on) for row in one.deadlines]) for one in due
    ] == [
        (
            "S2",
            [
                (DeadlineCode.END_NOTICE, date(2026, 2, 28)),
                (DeadlineCode.SUMMARY_ASSESSMENT, date(2026, 5, 31)),
            ],
        ),
        ("S1", [(DeadlineCode.END_NOTICE, date(2026, 6, 30))]),
    ]


def test_referrals_of_a_person_come_from_all_entries_the_latest_first() -> None:
    provider = make_provider()
    one, two = make_person(provider, "P1"), make_person(provider, "P2")
    make_referral(one, "S1")
    make_referral(two, "S2", valid_from=date(2026, 2, 1))
    make_referral(make_person(provider, "P3"), "S3")
    found = queries.referrals_of(provider.pk, [one.pk, two.pk])
    assert [row.code for row in found] == ["S2", "S1"]


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow_with_persons(count: int, django_assert_num_queries: Any) -> None:
    provider = make_provider()
    home = make_place(provider)
    referrals = make_referrals(provider, count, place=home)
    waiting = [make_referral(one.person, f"V{one.code}", service="TTT") for one in referrals]
    own = [{"provider": provider, "referral": one} for one in referrals]
    store(provider, [StayDay(**one, kind="arrived", day=date(2026, 1, 1)) for one in own])
    store(provider, [Move(**one, from_day=date(2026, 2, 1), place=home) for one in own])
    reader = make_user("Kaja Kodu", "service_manager", provider, place=home)
    with django_assert_num_queries(5):
        assert len(queries.stays_of(Referral.objects.filter(provider=provider))) == 2 * count
    with django_assert_num_queries(1):
        assert len({one.person for one in queries.active_on(provider.pk, TODAY)}) == count
    with django_assert_num_queries(2):
        assert len(queries.persons_at(provider.pk, [home.pk], TODAY)) == count
    with django_assert_num_queries(1):
        assert queries.served_at(provider.pk, home.pk, TODAY)[Service.KE].total() == count
    with django_assert_num_queries(3):
        assert len(queries.persons_at_places(reader, TODAY)) == count
    with django_assert_num_queries(2):
        seen = queries.visible_to(reader, TODAY)
        assert len({(one.person, one.place) for one in seen}) == 2 * count
    with django_assert_num_queries(8):
        found = queries.waiting_arrivals(provider.pk, TODAY, builtin())
        assert {one.referral.pk for one in found} == {one.pk for one in waiting}
    with django_assert_num_queries(8):
        due = queries.ending_soon(provider.pk, TODAY, date(2027, 1, 1), builtin())
        assert len({one.referral.person for one in due}) == count
    with django_assert_num_queries(7):
        assert len(queries.facts_of(Referral.objects.filter(provider=provider))) == 2 * count
    with django_assert_num_queries(1):
        mine = queries.referrals_of(provider.pk, [one.person_id for one in referrals])
        assert len({(one.person, one.place) for one in mine}) == 2 * count
