"""Network work: recorded with its hours at once, corrected, cancelled, counted by kind."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.delivery.network_room import FUNDER, NetworkRoom
from tests.referrals.rows import close_month
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.delivery.actions.network import (
    ContactDraft,
    UnableToRecordContactError,
    cancel_contact,
    correct_contact,
    record_contact,
)
from tugiplaan.delivery.actions.records import UnableToRecordError, correct, record
from tugiplaan.delivery.models import ComponentRecord, Contact, Narrative
from tugiplaan.delivery.queries.base import base_components
from tugiplaan.delivery.queries.network import (
    contact_of,
    contacts_of,
    sums_by_kind,
    told_contacts,
)
from tugiplaan.providers.books import MonthClosedError, WhyNeededError

pytestmark = pytest.mark.django_db


def _nothing() -> bool:
    return not any(table.objects.exists() for table in (Contact, ComponentRecord, Narrative))


def test_a_contact_its_hours_and_its_line_are_one_act() -> None:
    room = NetworkRoom()
    row = room.contact(room.entry(), member_id=room.doctor.pk, field="health")
    assert ComponentRecord.objects.get().pk == row.record_id
    assert Narrative.objects.get().record_id == row.root_id == row.pk
    told = contact_of(room.provider.pk, [room.person.pk], row.pk)
    assert (told.minutes, told.text, told.contact.member) == (
        30,
        "Leppisime aja kokku.",
        room.doctor,
    )
    silent = told_contacts(room.provider.pk, [row], with_lines=False)
    assert silent[0].text == ""
    names = [event.name for event in events_about(room.provider.pk, room.person.pk)]
    assert names[0] == "delivery.record_contact"
    assert list(faults()) == []


def test_the_same_hours_sent_twice_are_refused_and_nothing_is_doubled() -> None:
    room = NetworkRoom()
    entry = room.entry()
    room.contact(entry)
    with pytest.raises(UnableToRecordError, match="juba olemas"):
        room.contact(entry)
    assert (Contact.objects.count(), ComponentRecord.objects.count()) == (1, 1)


def test_a_correction_keeps_hours_and_mends_the_line() -> None:
    room = NetworkRoom()
    row = room.contact(room.entry())
    draft = ContactDraft(day=TODAY, kind="money", text="Taotlesime toetust.")
    fixed = correct_contact(row=row, draft=draft, why="vale liik", **room.who)
    told = contact_of(room.provider.pk, [room.person.pk], fixed.pk)
    assert (fixed.kind, told.text, told.minutes) == ("money", "Taotlesime toetust.", 30)
    assert Narrative.objects.count() == 2
    with pytest.raises(UnableToRecordContactError, match="vahepeal"):
        correct_contact(row=row, draft=draft, why="vale liik", **room.who)
    other = ContactDraft(day=TODAY - timedelta(1), kind="money")
    with pytest.raises(UnableToRecordContactError, match="paranda enne tunde"):
        correct_contact(row=fixed, draft=other, why="vale päev", **room.who)
    assert list(faults()) == []


def test_hours_that_were_corrected_show_as_they_hold() -> None:
    room = NetworkRoom()
    entry = room.entry()
    row = room.contact(entry)
    first = ComponentRecord.objects.get()
    fixed = correct(of=first, entry=room.entry(minutes=45), why="kestis kauem", **room.who)
    correct(of=fixed, entry=room.entry(minutes=60), why="veel kauem", **room.who)
    assert contact_of(room.provider.pk, [room.person.pk], row.pk).minutes == 60


def test_a_cancelled_contact_takes_its_hours_and_line_with_it() -> None:
    room = NetworkRoom()
    row = room.contact(room.entry())
    cancel_contact(row=row, why="oli teine inimene", **room.who)
    assert not contacts_of(room.provider.pk, [room.person.pk]).exists()
    assert not ComponentRecord.objects.current().exists()
    assert not Narrative.objects.current().exists()
    with pytest.raises(UnableToRecordContactError, match="vahepeal"):
        cancel_contact(row=row, why="veel kord", **room.who)
    plain = room.contact(text="")
    with pytest.raises(UnableToRecordContactError, match="põhjust"):
        cancel_contact(row=plain, why=" ", **room.who)
    cancel_contact(row=plain, why="topelt", **room.who)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"kind": "vestlus"}, "loendist"),
        ({"field": "kosmos"}, "loendist"),
        ({"day": date(2026, 6, 16)}, "tulevikus"),
        ({"kind": "network"}, "kellega"),
        ({"kind": "community", "with_whom": " "}, "kellega"),
    ],
)
def test_what_cannot_be_is_refused(values: dict[str, Any], part: str) -> None:
    room = NetworkRoom()
    with pytest.raises(UnableToRecordContactError, match=part):
        room.contact(**values)
    assert _nothing()


def test_links_to_what_is_not_the_persons_are_refused() -> None:
    room = NetworkRoom()
    other = make_person(room.provider, "P2")
    plan = room.agreed()
    with pytest.raises(UnableToRecordContactError, match="võrgustikus"):
        room.contact(member_id=other.pk)
    with pytest.raises(UnableToRecordContactError, match="plaanis"):
        room.contact(goal_id=other.pk)
    with pytest.raises(UnableToRecordContactError, match="sama inimese"):
        room.contact(room.entry(day=TODAY - timedelta(1)))
    assert _nothing()
    goal = plan.goals.get()
    assert room.contact(goal_id=goal.pk).goal == goal


def test_content_work_under_a_base_component_is_refused_with_what_to_choose() -> None:
    room = NetworkRoom()
    content = room.entry(activity="content")
    with pytest.raises(UnableToRecordError, match=r"Teenuse planeerimine.*Igapäevaelu toetamine"):
        room.contact(content)
    with pytest.raises(UnableToRecordError, match="ei sisalda sisutööd"):
        record(provider_id=room.provider.pk, entries=[content], **room.who)
    assert _nothing()
    extra = room.entry(activity="content", component="C1")
    record(provider_id=room.provider.pk, entries=[extra], **room.who)
    unlisted = room.entry(activity="content", component="X9")
    record(provider_id=room.provider.pk, entries=[unlisted], **room.who)
    assert ComponentRecord.objects.count() == 2


def test_a_closed_month_takes_no_hours() -> None:
    room = NetworkRoom()
    close_month(room.provider, 202606, "closed")
    with pytest.raises(MonthClosedError):
        room.contact(room.entry())
    assert _nothing()
    row = room.contact()
    assert row.record_id is None


def test_an_invoiced_month_asks_why() -> None:
    room = NetworkRoom()
    close_month(room.provider, 202606, "issued")
    with pytest.raises(WhyNeededError):
        room.contact(room.entry())
    assert _nothing()
    assert room.contact(room.entry(), why="märkmed tulid hiljem").record_id


def test_only_who_works_with_the_person_records_and_only_writers_write() -> None:
    room = NetworkRoom()
    row = room.contact()
    draft = ContactDraft(day=TODAY, kind="health")
    strangers = [
        make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ")),
        make_user("Juss Juhuslik", "activity_supervisor", room.provider),
    ]
    for stranger in strangers:
        who: dict[str, Any] = {"by": stranger, "on": TODAY}
        with pytest.raises(NotAllowedError):
            record_contact(person=room.person, draft=draft, **who)
        with pytest.raises(NotAllowedError):
            correct_contact(row=row, draft=draft, why="x", **who)
        with pytest.raises(NotAllowedError):
            cancel_contact(row=row, why="x", **who)
    director = make_user("Dora Direktor", "director", room.provider)
    record_contact(person=room.person, draft=draft, by=director, on=TODAY)
    room.who["by"] = director
    with pytest.raises(NotAllowedError, match="päevikusse"):
        room.contact()
    assert Contact.objects.count() == 2


@pytest.mark.parametrize("count", [1, 20])
def test_the_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = NetworkRoom()
    for number in range(count):
        room.contact(room.entry(), kind=("health", "money")[number % 2])
    known = [room.person.pk]
    with django_assert_num_queries(3):
        rows = contacts_of(room.provider.pk, known)
        assert len(told_contacts(room.provider.pk, rows, with_lines=True)) == count
    with django_assert_num_queries(2):
        sums = sums_by_kind(room.provider.pk, known, TODAY, TODAY)
    assert sum(one.count for one in sums) == count
    assert sum(one.minutes for one in sums) == 30 * count
    with django_assert_num_queries(1):
        found = base_components(room.provider.pk, TODAY)
    assert [(one.component, one.is_consultation) for one in found] == [("B1", False), ("B2", True)]
    assert found[0].funder == FUNDER
