"""What the work list shows, to whom, and what makes a task go away."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.plans.room import GOAL, SUMMARY, Room, make_worker
from tests.referrals.rows import make_licence, make_place, make_referral, store
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload, User
from tugiplaan.audit.recorder import acting
from tugiplaan.deadlines.queries import Action, Task, TaskKind, Urgency, due_of_person, work_list
from tugiplaan.deadlines.tasks import urgency_of
from tugiplaan.people.models import Consent
from tugiplaan.plans.actions import (
    ReviewDraft,
    ReviewKind,
    agree_plan,
    approve_summary,
    record_summary_sent,
    review_plan,
    write_summary,
)
from tugiplaan.plans.models import Party
from tugiplaan.providers.models import Course, Place, Position, Provider, Qualification
from tugiplaan.referrals.models import Absence, Confirmation, Referral, StayDay
from tugiplaan.referrals.queries import stay_of
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db


def tasks(user: User, provider: Provider, day: date = TODAY) -> list[Task]:
    found = work_list(user=user, provider_id=provider.pk, day=day, law=builtin())
    return list(found.tasks)


def told(room: Room, day: date = TODAY) -> list[tuple[TaskKind, date, Action]]:
    return [(one.kind, one.due_on, one.action) for one in tasks(room.manager, room.provider, day)]


def day_of(referral: Referral, kind: str, day: date, reason: str = "", **values: Any) -> None:
    row = StayDay(
        provider=referral.provider, referral=referral, kind=kind, day=day, reason=reason, **values
    )
    store(referral.provider, [row])


NOTICE = (TaskKind.END_NOTICE, date(2026, 6, 30), Action.SEND_NOTICE)


def test_a_plan_is_due_until_it_is_agreed_and_then_its_ratings() -> None:
    room = Room()
    plan_due = (TaskKind.ACTIVITY_PLAN, date(2026, 1, 31))
    assert told(room) == [(*plan_due, Action.DRAFT_PLAN), NOTICE]
    (first, _) = tasks(room.manager, room.provider)
    assert (first.about, first.person_id) == (room.referral.pk, room.person.pk)
    assert (first.days_left, first.urgency) == (-135, Urgency.OVERDUE)
    assert first.section == "SHS § 85(1)"
    assert first.explanation
    plan = room.draft()
    assert told(room) == [(*plan_due, Action.AGREE_PLAN), NOTICE]
    assert tasks(room.manager, room.provider)[0].about == plan.pk
    agree_plan(plan=plan, party=Party.PERSON, **room.who)
    quarters = [
        (TaskKind.QUARTERLY_RATING, date(2026, 3, 31), Action.WRITE_REVIEW),
        (TaskKind.QUARTERLY_RATING, date(2026, 6, 30), Action.WRITE_REVIEW),
    ]
    assert told(room) == [*quarters, NOTICE]
    draft = ReviewDraft(ReviewKind.QUARTERLY, date(2026, 1, 20), date(2026, 3, 31), "hea")
    review_plan(plan=plan, draft=draft, **room.who)
    assert told(room) == [quarters[1], NOTICE]


def test_a_goal_a_new_version_and_the_end_of_a_plan_are_due() -> None:
    room = Room()
    goal = replace(GOAL, due_on=TODAY)
    plan = room.agreed(goals=[goal], valid_to=date(2026, 7, 1))
    kinds = [kind for kind, _, _ in told(room)]
    assert TaskKind.GOAL in kinds
    assert (TaskKind.PLAN_OVER, date(2026, 7, 1), Action.RENEW_PLAN) in told(room)
    following = room.following(plan, valid_from=date(2026, 7, 2))
    new = (TaskKind.PLAN_AGREEMENT, date(2026, 7, 2), Action.AGREE_PLAN)
    assert new in told(room)
    assert TaskKind.PLAN_OVER not in [kind for kind, _, _ in told(room)]
    agree_plan(plan=following, party=Party.PERSON, **room.who)
    assert new not in told(room)


def test_the_summary_goes_from_writing_over_approving_to_sending() -> None:
    room = Room()
    room.agreed()
    day = date(2026, 9, 20)
    due = (TaskKind.SUMMARY_ASSESSMENT, date(2026, 9, 30))

    def summary() -> list[tuple[TaskKind, date, Action]]:
        return [one for one in told(room, day) if one[0] is TaskKind.SUMMARY_ASSESSMENT]

    assert summary() == [(*due, Action.WRITE_SUMMARY)]
    who = {**room.who, "on": day}
    row = write_summary(stay=stay_of(room.referral), draft=SUMMARY, **who)
    assert summary() == [(*due, Action.APPROVE_SUMMARY)]
    row = approve_summary(row=row, by=room.manager, on=day)
    assert summary() == [(*due, Action.SEND_SUMMARY)]
    record_summary_sent(row=row, sent_on=day, **who)
    assert summary() == []


def test_an_early_end_asks_for_a_notice_and_a_summary() -> None:
    room = Room()
    room.agreed()
    day_of(room.referral, "ended", date(2026, 6, 10), "person_wish", learned_on=date(2026, 6, 1))
    assert told(room) == [
        (TaskKind.WISH_TO_END, date(2026, 6, 4), Action.SEND_NOTICE),
        (TaskKind.EARLY_SUMMARY, date(2026, 6, 10), Action.WRITE_SUMMARY),
    ]
    later = TODAY + timedelta(14)
    # A notice stays until somebody writes down that it went.
    waiting = [TaskKind.WISH_TO_END, TaskKind.EARLY_SUMMARY]
    assert [kind for kind, _, _ in told(room, later)] == waiting
    assert told(room, TODAY + timedelta(400)) == []


def test_who_is_awaited_must_come_in_the_window_and_then_the_authority_is_told() -> None:
    room = Room()
    person = make_person(room.provider, "P2")
    awaited = make_referral(person, "S2")
    day_of(awaited, "agreed", date(2026, 6, 10))

    def of_awaited(day: date) -> list[tuple[TaskKind, date, Action]]:
        found = tasks(room.manager, room.provider, day)
        mine = [one for one in found if one.person_id == person.pk]
        return [(one.kind, one.due_on, one.action) for one in mine]

    last = date(2026, 6, 16)
    assert of_awaited(TODAY) == [(TaskKind.TURN_UP, last, Action.RECORD_ARRIVAL)]
    assert of_awaited(last) == of_awaited(TODAY)
    missed = of_awaited(last + timedelta(1))
    assert missed[0] == (TaskKind.TURN_UP, last, Action.END_STAY)
    assert missed[1][0] is TaskKind.NO_SHOW
    day_of(awaited, "arrived", date(2026, 6, 12))
    kinds = [kind for kind, _, _ in of_awaited(TODAY)]
    assert kinds == [TaskKind.END_NOTICE, TaskKind.ACTIVITY_PLAN]


def test_each_month_of_a_long_hospital_stay_waits_for_its_confirmation() -> None:
    room = Room()
    room.agreed()
    away = Absence(
        provider=room.provider, referral=room.referral, code="E1", kind="hospital",
        first_day=date(2026, 3, 20), last_day=date(2026, 5, 25),
    )  # fmt: skip
    store(room.provider, [away])

    def missing() -> list[date]:
        kind = TaskKind.HOSPITAL_CONFIRMATION
        return [due for one, due, _ in told(room) if one is kind]

    assert missing() == [date(2026, 4, 3), date(2026, 5, 3), date(2026, 6, 3)]
    row = Confirmation(
        provider=room.provider, referral=room.referral, period=202604, received_on=TODAY
    )
    store(room.provider, [row])
    assert missing() == [date(2026, 4, 3), date(2026, 6, 3)]


def test_a_consent_is_asked_for_until_a_later_one_takes_over() -> None:
    room = Room()
    room.agreed()

    def give(valid_from: date, valid_to: date | None) -> None:
        with acting(by=operator(), name="test.consent", provider_id=room.provider.pk):
            Consent.objects.create(
                provider=room.provider, person=room.person, purpose="pildid", scope="koduleht",
                given_by="Mari", valid_from=valid_from, valid_to=valid_to,
            )  # fmt: skip

    def ending() -> list[Task]:
        found = tasks(room.manager, room.provider)
        return [one for one in found if one.kind is TaskKind.CONSENT_END]

    give(date(2025, 7, 1), date(2026, 7, 1))
    (task,) = ending()
    assert (task.due_on, dict(task.numbers)["purpose"]) == (date(2026, 7, 1), "pildid")
    give(date(2026, 7, 2), None)
    assert ending() == []


def training(room: Room, place: Place, code: str, **course: Any) -> None:
    worker = make_worker(room.provider, code)
    with acting(by=operator(), name="test.training", provider_id=room.provider.pk):
        Position.objects.create(
            provider=room.provider, staff=worker, place=place, service="KE",
            full_time_share=1, valid_from=date(2024, 1, 1),
        )  # fmt: skip
        if "name" in course:
            Qualification.objects.create(provider=room.provider, staff=worker, **course)
        elif course:
            Course.objects.create(provider=room.provider, staff=worker, **course)


def test_training_qualifications_and_licences_run_out() -> None:
    room = Room()
    place = make_place(room.provider)
    begun = {"kind": "basic_40", "hours": 40, "started_on": date(2024, 7, 1)}
    training(room, place, "T1", **begun, completed_on=date(2024, 7, 9))
    training(room, place, "T2")
    ends = {"valid_from": date(2020, 1, 1), "valid_to": date(2026, 8, 1)}
    training(room, place, "T3", name="sotsiaaltöö", **ends)
    make_licence(place, service="KE", valid_to=date(2026, 9, 1))
    make_licence(place, service="TE", code="L-TE", valid_to=date(2026, 12, 31))
    house = [one for one in tasks(room.manager, room.provider) if one.person_id is None]
    assert [(one.kind, one.due_on, one.name) for one in house] == [
        (TaskKind.TRAINING_MISSING, TODAY, "Töötaja T2"),
        (TaskKind.TRAINING, date(2026, 7, 1), "Töötaja T1"),
        (TaskKind.QUALIFICATION_END, date(2026, 8, 1), "Töötaja T3"),
        (TaskKind.LICENCE_END, date(2026, 9, 1), "Kodu K1"),
    ]
    assert not any(one.may_act for one in house)
    director = make_user("Jaan Juht", "director", room.provider)
    assert all(one.may_act for one in tasks(director, room.provider) if one.person_id is None)
    make_licence(place, service="KE", code="L-2", valid_from=date(2026, 9, 2))
    kinds = [one.kind for one in tasks(room.manager, room.provider)]
    assert TaskKind.LICENCE_END not in kinds


def test_statistics_are_due_around_the_first_of_march() -> None:
    room = Room()
    room.agreed()
    due = (TaskKind.STATISTICS, date(2027, 3, 1), Action.SEND_STATISTICS)
    assert due in told(room, date(2027, 2, 1))
    assert due not in told(room, date(2027, 1, 29))
    assert due not in told(room, date(2027, 3, 16))


def test_each_sees_what_they_may() -> None:
    room = Room()
    other = make_person(room.provider, "P9")
    day_of(make_referral(other, "S9"), "arrived", date(2026, 1, 1))
    elsewhere = make_user("Võõras Vaataja", "service_manager", make_provider("Teine OÜ"))
    municipal = make_user(
        "Kadri Karu", "municipality", room.provider, funder="75000001", reason="leping"
    )
    assert {one.person_id for one in tasks(room.manager, room.provider)} == {
        room.person.pk,
        other.pk,
    }
    assert {one.person_id for one in tasks(room.supervisor, room.provider)} == {room.person.pk}
    assert tasks(elsewhere, room.provider) == tasks(municipal, room.provider) == []
    mine = {one.kind: one.may_act for one in tasks(room.supervisor, room.provider)}
    assert mine == {TaskKind.ACTIVITY_PLAN: True, TaskKind.END_NOTICE: False}
    accountant = make_user("Arvo Arve", "accountant", room.provider)
    assert {one.kind for one in tasks(accountant, room.provider)} == {TaskKind.END_NOTICE}


def test_a_grant_for_a_place_reaches_who_is_served_there() -> None:
    room = Room()
    place = make_place(room.provider)
    here = make_person(room.provider, "P7")
    day_of(make_referral(here, "S7", place=place), "arrived", date(2026, 1, 1))
    manager = make_user("Kohajuht Kaur", "service_manager", room.provider, place=place)
    assert {one.person_id for one in tasks(manager, room.provider)} == {here.pk}


def test_the_work_of_one_person() -> None:
    room = Room()
    other = make_person(room.provider, "P9")
    day_of(make_referral(other, "S9"), "arrived", date(2026, 1, 1))
    found = due_of_person(
        provider_id=room.provider.pk, person_ids=[room.person.pk], day=TODAY, law=builtin()
    )
    assert [one.kind for one in found] == [TaskKind.ACTIVITY_PLAN, TaskKind.END_NOTICE]
    assert {one.person_id for one in found} == {room.person.pk}
    assert not any(one.may_act for one in found)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(-10, 10))
def test_the_week_ends_on_sunday(day: date, left: int) -> None:
    due = day + timedelta(left)
    found = urgency_of(due, day)
    assert (found is Urgency.OVERDUE) == (left < 0)
    assert (found is Urgency.TODAY) == (left == 0)
    same_week = due.isocalendar()[:2] == day.isocalendar()[:2]
    assert (found is Urgency.THIS_WEEK) == (left > 0 and same_week)


def filled(count: int) -> Room:
    room = Room()
    place = make_place(room.provider)
    for number in range(count):
        person = make_person(room.provider, f"Q{number:03d}")
        referral = make_referral(person, f"R{number:03d}", place=place)
        day_of(referral, "arrived", date(2026, 1, 1))
        training(room, place, f"W{number}")
        with acting(by=operator(), name="test.caseload", provider_id=room.provider.pk):
            Caseload.objects.create(
                provider=room.provider, person=person, user=room.supervisor,
                valid_from=date(2024, 1, 1),
            )  # fmt: skip
        room.agreed(person_id=person.pk, referral_id=referral.pk)
    return room


@pytest.mark.parametrize("count", [1, 20])
def test_the_number_of_questions_does_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = filled(count)
    with django_assert_num_queries(15):
        assert len(tasks(room.manager, room.provider)) >= 3 * count
    with django_assert_num_queries(12):
        assert len(tasks(room.supervisor, room.provider)) >= 3 * count
