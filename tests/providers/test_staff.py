"""Workers, their positions and their training, against the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.providers.test_actions import add_place
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.providers import actions, queries
from tugiplaan.providers.actions import (
    CourseData,
    Post,
    QualificationData,
    UnableToAddPositionError,
    UnableToAddStaffError,
    UnableToEndStaffError,
    UnableToRecordCourseError,
    UnableToRecordQualificationError,
    Worker,
)
from tugiplaan.providers.models import Position, Provider, Staff
from tugiplaan.rules.vocabulary import Service, Variant

pytestmark = pytest.mark.django_db

START = date(2025, 2, 3)
DO: dict[str, Any] = {"on": TODAY}


def add_staff(provider: Provider, code: str = "T1", **values: Any) -> Staff:
    worker = replace(Worker(code, f"Töötaja {code}", START), **values)
    return actions.add_staff(provider_id=provider.pk, worker=worker, by=operator(), **DO)


def take(staff: Staff, kind: str, hours: int, first: date, last: date | None = None) -> None:
    data = CourseData(kind, hours, first, last)
    actions.record_course(staff=staff, data=data, by=operator(), **DO)


def test_a_worker_comes_works_and_leaves() -> None:
    provider = make_provider()
    director = make_user("Juhan Juht", "director", provider)
    place = add_place(provider)
    staff = actions.add_staff(
        provider_id=provider.pk, worker=Worker("T1", "Tiina Töötaja", START), by=director, on=TODAY
    )
    half = Post(place.pk, Service.KE, Decimal("0.5"), START, date(2025, 12, 31))
    first = actions.add_position(staff=staff, post=half, by=director, on=TODAY)
    full = replace(half, full_time_share=Decimal(1), valid_from=date(2026, 1, 1), valid_to=None)
    second = actions.add_position(staff=staff, post=full, by=director, on=TODAY)
    actions.end_position(position=first, last_day=date(2025, 11, 30), by=director, on=TODAY)
    actions.end_staff(staff=staff, last_day=TODAY, why="lahkub", by=director, on=TODAY)
    assert Position.objects.get(pk=second.pk).valid_to == TODAY
    assert Position.objects.get(pk=first.pk).valid_to == date(2025, 11, 30)
    assert list(queries.staff_of(provider.pk, TODAY)) == [staff]
    assert list(queries.staff_of(provider.pk, TODAY + timedelta(days=1))) == []
    assert list(queries.staff_of(provider.pk)) == [staff]
    assert events_of(provider.pk)[0].name == "providers.end_staff"
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"code": ""}, "vajalikud"),
        ({"name": " "}, "vajalikud"),
        ({"valid_to": START - timedelta(days=1)}, "enne esimest"),
        ({"code": "T1"}, "juba olemas"),
    ],
)
def test_a_worker_that_cannot_be_is_refused(values: dict[str, Any], part: str) -> None:
    provider = make_provider()
    add_staff(provider)
    with pytest.raises(UnableToAddStaffError, match=part):
        add_staff(provider, **{"code": "T2"} | values)
    assert Staff.objects.count() == 1


def test_a_position_that_cannot_be_is_refused() -> None:
    provider, strange = make_provider(), add_place(make_provider("Teine OÜ"))
    place, staff = add_place(provider), add_staff(provider, valid_to=date(2026, 12, 31))
    post = Post(place.pk, Service.KE, Decimal(1), TODAY, date(2026, 7, 31))
    add: Any = {"staff": staff, "by": operator(), "on": TODAY}
    actions.add_position(post=post, **add)
    for wrong, part in [
        (replace(post, full_time_share=Decimal(0)), "Koormus"),
        (replace(post, full_time_share=Decimal("2.001")), "Koormus"),
        (replace(post, full_time_share=Decimal("0.3333")), "Koormus"),
        (replace(post, valid_to=START), "enne esimest"),
        (replace(post, place_id=strange.pk), "ei ole selle"),
        (replace(post, valid_from=START - timedelta(days=1)), "ei tööta siin"),
        (replace(post, valid_to=None), "ei tööta siin"),
        (replace(post, valid_to=date(2027, 1, 1)), "ei tööta siin"),
        (post, "juba ametikoht"),
        (replace(post, valid_from=START, valid_to=TODAY), "juba ametikoht"),
        (replace(post, valid_from=date(2026, 7, 31)), "juba ametikoht"),
    ]:
        with pytest.raises(UnableToAddPositionError, match=part):
            actions.add_position(post=wrong, **add)
    assert Position.objects.count() == 1
    actions.add_position(post=replace(post, service=Service.TE), **add)
    after = replace(post, valid_from=date(2026, 8, 1), valid_to=date(2026, 12, 31))
    actions.add_position(post=after, **add)


def test_work_does_not_end_before_it_began_nor_twice() -> None:
    provider = make_provider()
    place, staff = add_place(provider), add_staff(provider, valid_to=date(2026, 12, 31))
    post = Post(place.pk, Service.KE, Decimal(1), date(2026, 8, 1), date(2026, 8, 31))
    position = actions.add_position(staff=staff, post=post, by=operator(), on=TODAY)
    for day, part in [
        (START - timedelta(days=1), "ei saa olla enne"),
        (date(2026, 12, 31), "lõpeb juba"),
        (TODAY, "algab hiljem"),
    ]:
        with pytest.raises(UnableToEndStaffError, match=part):
            actions.end_staff(staff=staff, last_day=day, why="", by=operator(), on=TODAY)
    for day, part in [(TODAY, "ei saa olla enne"), (date(2026, 8, 31), "lõpeb juba")]:
        with pytest.raises(UnableToEndStaffError, match=part):
            actions.end_position(position=position, last_day=day, by=operator(), on=TODAY)


def test_courses_and_qualifications_that_cannot_be_are_refused() -> None:
    staff = add_staff(make_provider())
    for data, part in [
        (CourseData("short", 40, START), "short"),
        (CourseData("basic_40", 0, START), "Tunde"),
        (CourseData("basic_40", 40, START, START - timedelta(days=1)), "enne algust"),
        (CourseData("basic_40", 40, START, TODAY + timedelta(days=1)), "tulevikus"),
    ]:
        with pytest.raises(UnableToRecordCourseError, match=part):
            actions.record_course(staff=staff, data=data, by=operator(), on=TODAY)
    for qualified, part in [
        (QualificationData(" ", START), "nimetus"),
        (QualificationData("sotsiaaltöö", START, date(2020, 1, 1)), "enne esimest"),
    ]:
        with pytest.raises(UnableToRecordQualificationError, match=part):
            actions.record_qualification(staff=staff, data=qualified, by=operator(), on=TODAY)
    course = actions.record_course(
        staff=staff, data=CourseData("basic_40", 40, START), by=operator(), on=TODAY
    )
    do: Any = {"course": course, "certificate": "T-1", "by": operator(), "on": TODAY}
    for day, part in [(date(2025, 1, 1), "enne algust"), (date(2027, 1, 1), "tulevikus")]:
        with pytest.raises(UnableToRecordCourseError, match=part):
            actions.complete_course(completed_on=day, **do)
    actions.complete_course(completed_on=TODAY, **do)
    with pytest.raises(UnableToRecordCourseError, match="läbitud juba"):
        actions.complete_course(completed_on=TODAY, **do)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("day", "may_begin", "missing", "due_on", "is_overdue"),
    [
        (date(2025, 2, 20), False, 260, date(2025, 2, 20) + timedelta(days=730), False),
        (date(2025, 3, 1), False, 260, date(2027, 3, 1), False),  # the e-course is under way
        (date(2025, 3, 10), True, 220, date(2027, 3, 1), False),
        (date(2026, 6, 9), True, 220, date(2027, 3, 1), False),
        (date(2027, 3, 1), True, 220, date(2027, 3, 1), False),
        (date(2027, 3, 2), True, 220, date(2027, 3, 1), True),
    ],
)
def test_the_clock_of_a_trainee_runs_from_the_first_course(
    day: date, may_begin: bool, missing: int, due_on: date, is_overdue: bool
) -> None:
    staff = add_staff(make_provider())
    take(staff, "basic_40", 40, date(2025, 3, 1), date(2025, 3, 10))
    take(staff, "rest_220", 220, date(2025, 6, 1))
    take(staff, "other", 500, START, START)
    found = queries.qualification_on(staff, Service.KE, Variant.PLAIN, day)
    (course,) = found.courses
    assert (found.may_begin, found.needs_supervision) == (may_begin, True)
    assert (course.missing_hours, course.due_on, bool(found.overdue)) == (
        missing,
        due_on,
        is_overdue,
    )


@pytest.mark.parametrize("courses", [[("full_260", 260)], [("basic_40", 40), ("rest_220", 220)]])
def test_both_ways_of_the_course_make_a_supervisor(courses: list[tuple[str, int]]) -> None:
    staff = add_staff(make_provider())
    for kind, hours in courses:
        take(staff, kind, hours, START, TODAY)
    before, after = (
        queries.qualification_on(staff, Service.KE, Variant.PLAIN, day)
        for day in (TODAY - timedelta(days=1), TODAY)
    )
    assert (before.may_begin, before.needs_supervision) == (False, True)
    assert (after.may_begin, after.needs_supervision) == (True, False)


def test_the_same_course_twice_counts_once() -> None:
    staff = add_staff(make_provider())
    for _ in range(7):
        take(staff, "basic_40", 40, START, TODAY)
    found = queries.qualification_on(staff, Service.KE, Variant.PLAIN, TODAY)
    assert found.courses[0].missing_hours == 220


@pytest.mark.parametrize(
    ("service", "variant", "kind", "hours"),
    [
        (Service.TTT, Variant.PLAIN, "work_40", 40),
        (Service.PNH, Variant.PLAIN, "need_40", 40),
        (Service.OEH, Variant.ER, "need_40", 40),
        (Service.OEH, Variant.KM, "court_60", 60),
    ],
)
def test_some_work_asks_for_an_extra_course(
    service: Service, variant: Variant, kind: str, hours: int
) -> None:
    staff = add_staff(make_provider())
    take(staff, "full_260", 260, START, START)
    for other in {"work_40", "need_40", "court_60"} - {kind}:
        take(staff, other, 60, START, START)
    found = queries.qualification_on(staff, service, variant, TODAY)
    assert [course.missing_hours for course in found.courses] == [0, hours]
    take(staff, kind, hours, START, TODAY)
    again = queries.staff_of(staff.provider_id).get()
    assert not queries.qualification_on(again, service, variant, TODAY).needs_supervision


def test_a_qualification_stands_for_the_course_while_it_holds() -> None:
    staff = add_staff(make_provider())
    data = QualificationData("tegevusjuhendaja kutse", START, TODAY)
    actions.record_qualification(staff=staff, data=data, by=operator(), on=TODAY)
    for day, holds in [
        (START - timedelta(days=1), False),
        (START, True),
        (TODAY, True),
        (TODAY + timedelta(days=1), False),
    ]:
        found = queries.qualification_on(staff, Service.KE, Variant.PLAIN, day)
        assert (found.may_begin, found.courses == ()) == (holds, holds)


@pytest.mark.parametrize("count", [1, 20])
def test_the_state_of_all_workers_takes_four_queries(
    count: int, django_assert_num_queries: Any
) -> None:
    provider = make_provider()
    place = add_place(provider)
    for number in range(count):
        staff = add_staff(provider, f"T{number:02}")
        take(staff, "full_260", 260, START, START)
        post = Post(place.pk, Service.TTT, Decimal(1), START)
        actions.add_position(staff=staff, post=post, by=operator(), on=TODAY)
    with django_assert_num_queries(4):
        states = queries.staff_states(provider.pk, TODAY)
    assert [state.staff.code for state in states] == [f"T{number:02}" for number in range(count)]
    for state in states:
        assert not state.basic.needs_supervision
        assert state.by_service[Service.TTT].needs_supervision
        assert len(state.positions) == 1


def test_who_may_not_write_here_changes_no_staff() -> None:
    provider = make_provider()
    place, staff = add_place(provider), add_staff(provider)
    post = Post(place.pk, Service.KE, Decimal(1), START)
    position = actions.add_position(staff=staff, post=post, by=operator(), on=TODAY)
    under_way = CourseData("basic_40", 40, START)
    course = actions.record_course(staff=staff, data=under_way, by=operator(), on=TODAY)
    attempts: list[Callable[[User], Any]] = [
        lambda by: actions.add_staff(
            provider_id=provider.pk, worker=Worker("T2", "T2", START), by=by, on=TODAY
        ),
        lambda by: actions.end_staff(staff=staff, last_day=TODAY, why="", by=by, on=TODAY),
        lambda by: actions.add_position(
            staff=staff, post=replace(post, service=Service.TE), by=by, on=TODAY
        ),
        lambda by: actions.end_position(position=position, last_day=TODAY, by=by, on=TODAY),
        lambda by: actions.record_course(staff=staff, data=under_way, by=by, on=TODAY),
        lambda by: actions.complete_course(
            course=course, completed_on=TODAY, certificate="", by=by, on=TODAY
        ),
        lambda by: actions.record_qualification(
            staff=staff, data=QualificationData("kutse", START), by=by, on=TODAY
        ),
    ]
    strangers = [
        make_user("Võõras", "director", make_provider("Teine OÜ")),
        make_user("Malle Maa", "service_manager", provider),
    ]
    count = events_of(provider.pk).count()
    for attempt in attempts:
        for stranger in strangers:
            with pytest.raises(NotAllowedError, match=stranger.name):
                attempt(stranger)
    assert events_of(provider.pk).count() == count
