"""Recording an act: one event, in one chain, or nothing at all."""

from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import make_person, make_provider, make_user
from tugiplaan.accounts.access import User
from tugiplaan.audit.models import ChainHead, Event, EventSubject, History
from tugiplaan.audit.queries import events_about, events_of, faults
from tugiplaan.audit.recorder import NO_PROVIDER, acting, record_reading
from tugiplaan.audit.rows import new_id
from tugiplaan.delivery.models import GroupSession
from tugiplaan.providers.models import Building, Provider

pytestmark = pytest.mark.django_db


def _numbers(chain: UUID) -> list[int]:
    return list(
        Event.objects.filter(chain=chain).order_by("number").values_list("number", flat=True)
    )


def _sessions(provider: Provider, count: int) -> list[GroupSession]:
    return [GroupSession(provider=provider, code=f"R{number}") for number in range(count)]


def _act(user: User, provider: Provider, count: int, *, fails: bool = False) -> None:
    with acting(by=user, name="test.do", provider_id=provider.pk) as act:
        act.store(_sessions(provider, count))
        act.about(*(new_id() for _ in range(count)))
        Building.objects.bulk_create(
            Building(provider=provider, code=f"H{number}") for number in range(count)
        )
        if fails:
            raise ZeroDivisionError


def test_events_of_two_providers_stand_in_two_chains_without_gaps() -> None:
    user, one, two = make_user("Kasutaja"), make_provider(), make_provider("Teine OÜ")
    for number in range(6):
        with acting(by=user, name="test.do", provider_id=(two if number % 3 == 2 else one).pk):
            pass
    assert _numbers(one.pk) == [1, 2, 3, 4]
    assert _numbers(two.pk) == [1, 2]
    assert _numbers(NO_PROVIDER) == list(range(1, len(_numbers(NO_PROVIDER)) + 1))
    ordered = list(events_of(one.pk))
    assert [event.previous for event in ordered] == [*(e.hash for e in ordered[1:]), ""]
    assert list(faults()) == []


def test_an_event_says_who_when_why_and_what() -> None:
    user, provider = make_user("Kasutaja"), make_provider()
    person = make_person(provider)
    with acting(by=user, name="test.do", provider_id=provider.pk, why="nii lepiti kokku") as act:
        act.about(person.pk, person.pk)
        act.details["day"] = "2026-05-01"
    event = events_about(provider.pk, person.pk).get()
    assert (event.pk, event.by_id, event.why) == (act.id, user.pk, "nii lepiti kokku")
    assert event.details == {"day": "2026-05-01", "persons": [str(person.pk)]}
    assert str(event).startswith("test.do 20")
    assert str(event.subjects.get()) == str(person.pk)
    assert str(ChainHead.objects.get(chain=provider.pk)) == f"{provider.pk} 2"


def test_what_fails_leaves_nothing() -> None:
    user, provider = make_user("Kasutaja"), make_provider()
    before = (Event.objects.count(), History.objects.count())
    with pytest.raises(ZeroDivisionError):
        _act(user, provider, 3, fails=True)
    assert not Building.objects.exists()
    assert not GroupSession.objects.exists()
    assert (Event.objects.count(), History.objects.count()) == before
    with acting(by=user, name="test.do", provider_id=provider.pk):
        pass
    assert _numbers(provider.pk) == [1]
    assert list(faults()) == []


def test_an_error_of_the_database_reaches_the_caller_and_the_next_act_works() -> None:
    user, provider = make_user("Kasutaja"), make_provider(registry_code="10000018")
    with pytest.raises(IntegrityError), acting(by=user, name="test.do"):
        Provider.objects.create(name="Sama OÜ", registry_code=provider.registry_code)
    with pytest.raises(DatabaseError, match=r"session|history"), transaction.atomic():
        Building.objects.create(provider=provider, code="H1")
    with acting(by=user, name="test.do"):
        Building.objects.create(provider=provider, code="H1")
    assert list(faults()) == []


def test_an_act_in_an_act_has_an_event_and_a_history_of_its_own() -> None:
    user, provider = make_user("Kasutaja"), make_provider()
    with acting(by=user, name="test.outer", provider_id=provider.pk) as outer:
        first = Building.objects.create(provider=provider, code="H1")
        with acting(by=user, name="test.inner", provider_id=provider.pk) as inner:
            second = Building.objects.create(provider=provider, code="H2")
        third = Building.objects.create(provider=provider, code="H3")
    kept = dict(History.objects.values_list("object_id", "session_id"))
    assert [kept[row.pk] for row in (first, second, third)] == [outer.id, inner.id, outer.id]
    assert [event.name for event in events_of(provider.pk)] == ["test.outer", "test.inner"]
    assert list(faults()) == []


def test_after_an_inner_act_failed_the_outer_one_goes_on() -> None:
    user, provider = make_user("Kasutaja"), make_provider(registry_code="10000018")
    with acting(by=user, name="test.outer", provider_id=provider.pk) as outer:
        with pytest.raises(IntegrityError), acting(by=user, name="test.inner"):
            Provider.objects.create(name="Sama OÜ", registry_code=provider.registry_code)
        house = Building.objects.create(provider=provider, code="H1")
    assert History.objects.get(object_id=house.pk).session_id == outer.id
    assert [event.name for event in events_of(provider.pk)] == ["test.outer"]
    with pytest.raises(DatabaseError, match=r"session|history"), transaction.atomic():
        Building.objects.create(provider=provider, code="H2")
    assert list(faults()) == []


def test_the_digest_of_rows_does_not_depend_on_how_they_were_handed_over() -> None:
    user, provider = make_user("Kasutaja"), make_provider()
    rows = _sessions(provider, 5)
    with acting(by=user, name="test.do", provider_id=provider.pk) as act:
        assert act.store([]) == []
        act.store(rows[:2])
        act.store(rows[2:])
    (event,) = events_of(provider.pk)
    count, digest = event.details["added"]["delivery_groupsession"]
    assert (count, len(digest)) == (5, 64)
    assert set(GroupSession.objects.values_list("event_id", flat=True)) == {event.pk}
    assert list(faults()) == []


def test_reading_is_an_event_of_the_person() -> None:
    user, provider = make_user("Kasutaja"), make_provider()
    one, two = make_person(provider, "P1"), make_person(provider, "P2")
    record_reading(
        by=user, name="people.page", provider_id=provider.pk, persons=[one.pk], why="kuu lõpp"
    )
    event = events_about(provider.pk, one.pk).get()
    assert (event.name, event.by_id, event.why) == ("people.page", user.pk, "kuu lõpp")
    assert not events_about(provider.pk, two.pk).exists()
    assert not events_about(make_provider("Teine OÜ").pk, one.pk).exists()


def test_an_event_costs_the_same_however_much_it_is_about() -> None:
    user = make_user("Kasutaja")
    costs = []
    for count in (1, 60):
        provider = make_provider(f"{count} OÜ")
        with CaptureQueriesContext(connection) as queries:
            _act(user, provider, count)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 20
    assert EventSubject.objects.count() == 61
