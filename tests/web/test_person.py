"""One person on one page: who sees what, what it asks, what is written down of it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.plans.room import Room, make_worker
from tests.referrals.rows import make_place, make_referral, store
from tugiplaan.accounts.access import User
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults, persons_read_by
from tugiplaan.delivery.models import Contact, HourRecord, Narrative
from tugiplaan.people.actions import merge
from tugiplaan.people.models import Person
from tugiplaan.referrals.models import Absence, StayDay
from tugiplaan.rules.network_work import work_kinds

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]

PARTS = ["duties", "plan/panel", "month", "assessments", "timeline", "readers", "hours", "circle"]


def page(room: Room, part: str = "", person: Person | None = None) -> str:
    return f"/{room.provider.pk}/people/{(person or room.person).pk}/{part and part + '/'}"


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:300]
    return answer.content.decode()


def work(room: Room, count: int, day: date = date(2026, 6, 10), **values: Any) -> None:
    worker = make_worker(room.provider, f"T{day.toordinal()}")
    rows = [
        HourRecord(
            provider=room.provider,
            referral=room.referral,
            period=day.year * 100 + day.month,
            day=day,
            start=9 * 60 + number,
            minutes=30,
            worker=worker,
            audience="person",
            activity="Poes käimine",
            **values,
        )
        for number in range(count)
    ]
    store(room.provider, rows)


def test_the_page_says_who_where_and_until_when(enter: Enter) -> None:
    room = Room()
    text = text_of(enter(room.manager), page(room))
    assert "Mari Maasikas P1" in text
    assert "46-aastane" in text
    assert "kogukonnas elamise teenus" in text
    assert "199 päeva jäänud" in text
    assert "teenusel" in text
    assert "Juta Juhendaja" in text


def test_a_supervisor_sees_the_caseload_only(enter: Enter) -> None:
    room = Room()
    other = make_person(room.provider, "P2")
    client = enter(room.supervisor)
    assert client.get(page(room)).status_code == 200
    for part in ["", *PARTS, "documents"]:
        assert client.get(page(room, part, other)).status_code == 404, part


def test_another_provider_has_no_such_person(enter: Enter) -> None:
    room, other = Room(), make_provider("Võõras OÜ")
    theirs = make_person(other, "P9")
    client = enter(room.manager)
    assert client.get(page(room, "", theirs)).status_code == 404
    assert client.get(f"/{other.pk}/people/{theirs.pk}/").status_code == 404


def test_an_entry_merged_into_another_is_found_under_that_one(enter: Enter) -> None:
    room = Room()
    twin = make_person(room.provider, "P2")
    make_referral(twin, "S2", service="TTT")
    merge(kept=room.person, merged=twin, why="sama inimene", by=room.manager, on=TODAY)
    client = enter(room.manager)
    assert client.get(page(room, "", twin)).status_code == 404
    assert "töötamise toetamise teenus" in text_of(client, page(room))


def test_a_grant_for_a_place_reaches_who_is_served_there(enter: Enter) -> None:
    room = Room()
    place = make_place(room.provider)
    person = make_person(room.provider, "P2")
    referral = make_referral(person, "S2", place=place)
    came = StayDay(provider=room.provider, referral=referral, kind="arrived", day=date(2026, 1, 1))
    store(room.provider, [came])
    user = make_user("Koha Juht", "service_manager", room.provider, place=place)
    client = enter(user)
    assert place.name in text_of(client, page(room, "", person))
    assert client.get(page(room)).status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_a_page_and_a_piece_of_the_page(part: str, enter: Enter) -> None:
    room = Room()
    room.agreed()
    work(room, 2)
    client = enter(room.manager)
    text = text_of(client, page(room, part))
    assert "<html" in text
    assert "Mari Maasikas" in text
    if part in {"duties", "plan/panel", "month"}:
        head = {"HX-Request": "true", "HX-Target": f"div#{part.partition('/')[0]}"}
        piece = client.get(page(room, part), headers=head).content.decode()
        assert "<html" not in piece
        assert piece.strip()[:80] in text


def test_opening_the_page_is_written_down_and_its_parts_belong_to_it(enter: Enter) -> None:
    room = Room()
    client = enter(room.manager)

    def readings() -> list[str]:
        found = Event.objects.filter(name__startswith="web.", subjects__person_id=room.person.pk)
        return list(found.order_by("number").values_list("name", flat=True))

    client.get(page(room, "plan/panel"))
    assert readings() == ["web.person_plan_panel"]
    client.get(page(room))
    client.get(page(room, "plan/panel"))
    client.get(page(room, "timeline"))
    assert readings() == ["web.person_plan_panel", "web.person", "web.person_timeline"]
    read = persons_read_by(room.provider.pk, room.manager.pk, "web.person", TODAY, 5)
    assert read == [room.person.pk]
    assert list(faults()) == []


def test_the_plan_shows_what_was_done_for_each_goal(enter: Enter) -> None:
    room = Room()
    plan = room.agreed()
    goal = plan.goals.get()
    work(room, 3, goal_id=goal.pk)
    work(room, 1, day=date(2026, 6, 12))
    text = text_of(enter(room.manager), page(room, "plan/panel"))
    assert "Teeb ise süüa." in text
    assert "Sel kuul 1 h 30 min" in text
    assert "(kavas 1 h 30 min)" in text
    assert "Sel kuul on 30 min kirja pandud ilma eesmärgita." in text


def test_hours_of_an_earlier_version_count_for_the_goal_taken_over(enter: Enter) -> None:
    room = Room()
    first = room.agreed()
    work(room, 2, goal_id=first.goals.get().pk)
    from tugiplaan.plans.actions import agree_plan
    from tugiplaan.plans.models import Party

    second = room.following(first, valid_from=date(2026, 6, 1))
    agree_plan(plan=second, party=Party.PERSON, by=room.supervisor, on=date(2026, 6, 1))
    assert "Sel kuul 1 h" in text_of(enter(room.manager), page(room, "plan/panel"))


def test_the_month_shows_hours_beside_the_plan(enter: Enter) -> None:
    room = Room("IET")
    room.agreed()
    work(room, 4, day=date(2026, 5, 4))
    text = text_of(enter(room.manager), page(room, "month") + "?month=2026-05")
    assert "mai 2026" in text
    assert "<svg" in text
    assert '">mai 2026</a></th><td class="number">2 h</td>' in text
    assert text_of(enter(room.manager), page(room, "month") + "?month=xx").count("juuni 2026") >= 1


def test_the_timeline_is_newest_first_and_its_kinds_stay_in_the_address(enter: Enter) -> None:
    room = Room()
    room.agreed()
    work(room, 1)
    away = Absence(
        provider=room.provider,
        referral=room.referral,
        code="A1",
        first_day=date(2026, 5, 4),
        last_day=date(2026, 5, 6),
        kind="hospital",
    )
    store(room.provider, [away])
    client = enter(room.manager)
    text = text_of(client, page(room, "timeline"))
    order = ["Poes käimine, 30 min", "Haiglas: 04.05.2026–06.05.2026", "kokku lepitud", "Saabus"]
    assert [text.index(one) for one in order] == sorted(text.index(one) for one in order)
    chosen = text_of(client, page(room, "timeline") + "?kind=absence&kind=stay")
    assert "Haiglas" in chosen
    assert "Poes käimine" not in chosen


def test_network_work_is_a_line_of_the_timeline(enter: Enter) -> None:
    room = Room()
    kind = next(iter(work_kinds().values()))
    made = {"day": date(2026, 5, 4), "kind": kind.code, "root_id": uuid4()}
    row = Contact(provider=room.provider, person=room.person, with_whom="Perearst Ene", **made)
    store(room.provider, [row])
    text = text_of(enter(room.manager), page(room, "timeline") + "?kind=contact")
    assert kind.labels["et"].lower() in text.lower()
    assert "Perearst Ene" in text
    assert "Saabus" not in text
    again = Contact(
        provider=room.provider,
        person=room.person,
        is_cancellation=True,
        corrects=row,
        why="ei",
        **made,
    )
    store(room.provider, [again])
    gone = text_of(enter(room.manager), page(room, "timeline") + "?kind=contact")
    assert "Perearst Ene" not in gone


def test_a_long_timeline_goes_on_with_whole_days(enter: Enter) -> None:
    room = Room()
    for day in (date(2026, 6, 8), date(2026, 6, 9), date(2026, 6, 10)):
        work(room, 15 + day.day, day=day)
    client = enter(room.manager)
    text = text_of(client, page(room, "timeline") + "?kind=work")
    assert text.count("Poes käimine") == 25 + 24
    assert "until=2026-06-08" in text
    rest = text_of(client, page(room, "timeline") + "?kind=work&until=2026-06-08")
    assert rest.count("Poes käimine") == 23


def test_notes_are_for_those_who_may_read_them_and_are_opened_one_day_at_a_time(
    enter: Enter,
) -> None:
    room = Room()
    note = Narrative(
        provider=room.provider, person=room.person, day=date(2026, 6, 9), text="Oli rõõmus päev."
    )
    store(room.provider, [note])
    client = enter(room.manager)
    timeline = text_of(client, page(room, "timeline"))
    assert "Päeviku märge" in timeline
    assert "rõõmus" not in timeline
    assert "rõõmus" in text_of(client, page(room, "notes") + "?day=2026-06-09")
    assert Event.objects.filter(name="web.person_notes").count() == 1
    accountant = enter(make_user("Aita Arve", "accountant", room.provider))
    assert "Päeviku märge" not in text_of(accountant, page(room, "timeline"))
    assert accountant.get(page(room, "notes")).status_code == 403


def test_who_has_read_is_told_in_sentences(enter: Enter) -> None:
    room = Room()
    enter(room.supervisor).get(page(room))
    enter(room.supervisor).get(page(room))
    client = enter(room.manager)
    text = text_of(client, page(room, "readers"))
    assert "<strong>Juta Juhendaja</strong> vaatas inimese lehte (2 korda)" in text
    only = text_of(client, page(room, "readers") + "?only=read")
    assert "vaatas inimese lehte" in only


def test_the_hours_sheet_has_every_record_a_total_and_places_to_sign(enter: Enter) -> None:
    room = Room("IET")
    work(room, 3)
    text = text_of(enter(room.manager), page(room, "hours") + "?month=2026-06")
    assert text.count("Poes käimine") == 3
    assert "1 h 30 min" in text
    assert "allkiri" in text


def filled(count: int) -> Room:
    room = Room("IET")
    plan = room.agreed()
    work(room, count, goal_id=plan.goals.get().pk)
    work(room, count, day=date(2026, 5, 5))
    for number in range(count):
        make_referral(room.person, f"Q{number}", valid_from=date(2020, 1, 1 + number % 28))
        make_person(room.provider, f"X{number}")
        note = Narrative(
            provider=room.provider, person=room.person, day=date(2026, 6, 1), text=f"{number}"
        )
        store(room.provider, [note])
    return room


def own_questions(questions: Any) -> list[str]:
    """Leave out what writes down the reading: it comes after the page is drawn."""
    found = [one["sql"] for one in questions.captured_queries]
    end = next((at for at, sql in enumerate(found) if sql.startswith("SAVEPOINT")), len(found))
    return found[:end]


@pytest.mark.parametrize("count", [1, 20])
@pytest.mark.parametrize(
    ("part", "most"),
    [
        ("", 12),
        ("duties", 17),
        ("plan", 14),
        ("month", 22 + 6),
        ("timeline", 20),
        ("readers", 9),
        ("circle", 11),
        ("hours", 11),
    ],
)
def test_the_page_asks_a_fixed_number_of_questions(
    count: int, part: str, most: int, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    room = filled(count)
    client = enter(room.supervisor)
    client.get(page(room))
    with django_assert_max_num_queries(60) as questions:
        client.get(page(room, part))
    found = own_questions(questions)
    assert len(found) <= most, (len(found), "\n".join(found))
