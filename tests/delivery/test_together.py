"""Recording a visit or a whole group in one go, once, and mending only whom one reaches."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist

from tests.billing.home import NOVEMBER, Home, make_home
from tests.cast import make_person, make_provider, make_user
from tests.referrals.rows import close_month
from tugiplaan.accounts.access import NotAllowedError, User
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.actions.records import UnableToRecordError, cancel
from tugiplaan.delivery.actions.together import (
    AlreadyRecordedError,
    MissedKind,
    PrivateLine,
    Together,
    record_together,
)
from tugiplaan.delivery.entries import ComponentEntry, Entry, HourEntry, SessionEntry
from tugiplaan.delivery.models import (
    ComponentRecord,
    GroupSession,
    HourRecord,
    Missed,
    Narrative,
)
from tugiplaan.delivery.queries.lines import missed_in, month_records, record_by_id, records_by_id
from tugiplaan.people.models import Person
from tugiplaan.plans import actions as plans
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft, PlanDraft
from tugiplaan.plans.models import Goal, Party
from tugiplaan.providers.books import MonthClosedError, WhyNeededError
from tugiplaan.rules.vocabulary import Mode

pytestmark = pytest.mark.django_db

FUNDER = "75014913"
TODAY = date(2026, 11, 16)


@pytest.fixture
def home() -> Home:
    return make_home()


def supervisor(home: Home, *persons: Person) -> User:
    user = make_user("Juta Juhendaja", "activity_supervisor", home.provider)
    with acting(by=operator(), name="test.caseload"):
        for person in persons:
            values: dict[str, Any] = {"valid_from": date(2026, 1, 1), "person": person}
            Caseload.objects.create(provider=home.provider, user=user, **values)
        home.worker.user = user
        home.worker.save()
    return user


def part(home: Home, person: Person, **more: Any) -> ComponentEntry:
    values = {"day": TODAY, "minutes": 45, "funder": FUNDER, "component": "toetus", **more}
    return ComponentEntry(person_id=person.pk, worker_id=home.worker.pk, **values)


def people(home: Home, count: int) -> list[Person]:
    return [make_person(home.provider, f"P{number}") for number in range(count)]


def together(home: Home, by: User, *entries: Entry, **more: Any) -> list[Any]:
    why = more.pop("why", "")
    one = Together(entries=entries, **more)
    given: dict[str, Any] = {"by": by, "on": NOVEMBER, "why": why}
    return record_together(provider_id=home.provider.pk, together=one, **given)


def nothing_stored() -> bool:
    tables: list[Any] = [ComponentRecord, HourRecord, GroupSession, Missed, Narrative]
    return not any(table.objects.exists() for table in tables)


def test_a_group_with_one_missing_and_a_private_line_is_one_act(home: Home) -> None:
    some = people(home, 3)
    juta = supervisor(home, *some)
    events = Event.objects.count()
    session = SessionEntry(day=TODAY, title="Kokandus", note="Tegime suppi.")
    first, second = part(home, some[0]), part(home, some[1])
    line = PrivateLine(record_id=first.id, person_id=some[0].pk, text=" Oli rõõmus. ")
    empty = PrivateLine(record_id=second.id, person_id=some[1].pk, text=" ")
    more = {"missed": [(some[2].pk, MissedKind.ILL)], "lines": [line, empty]}
    rows = together(home, juta, first, second, session=session, **more)
    assert {(row.mode, row.participants, row.session_id) for row in rows} == {
        (Mode.GROUP, 2, session.id)
    }
    assert Missed.objects.get().kind == MissedKind.ILL
    assert missed_in(home.provider.pk, [session.id]) == {session.id: [some[2].pk]}
    note = Narrative.objects.get()
    assert (note.text, note.record_id, note.day) == ("Oli rõõmus.", first.id, TODAY)
    assert Event.objects.count() == events + 1
    # Sent again, nothing happens twice.
    again = together(home, juta, first, second, session=session, **more)
    assert [row.pk for row in again] == [row.pk for row in rows]
    assert Event.objects.count() == events + 1
    assert (Missed.objects.count(), Narrative.objects.count()) == (1, 1)
    assert list(faults()) == []


@pytest.mark.parametrize("state", ["closed", "issued"])
def test_what_is_sent_again_after_its_month_is_done_is_still_there_once(
    home: Home, state: str
) -> None:
    (person,) = people(home, 1)
    juta = supervisor(home, person)
    entry = part(home, person)
    (row,) = together(home, juta, entry)
    close_month(home.provider, 202611, state)
    (again,) = together(home, juta, entry)
    assert again.pk == row.pk
    with pytest.raises((MonthClosedError, WhyNeededError)):
        together(home, juta, part(home, person))
    assert ComponentRecord.objects.count() == 1


def test_components_of_another_providers_person_are_refused(home: Home) -> None:
    (own,) = people(home, 1)
    stranger = make_person(make_provider("Teine OÜ"), "X1")
    juta = supervisor(home, own, stranger)
    with pytest.raises(UnableToRecordError, match="sinu inimeste seas ei ole"):
        together(home, juta, part(home, stranger))
    assert nothing_stored()


def test_who_comes_alone_is_no_group(home: Home) -> None:
    (person,) = people(home, 1)
    juta = supervisor(home, person)
    (row,) = together(home, juta, part(home, person), session=SessionEntry(day=TODAY))
    assert (row.mode, row.participants) == (Mode.INDIVIDUAL, 1)


def test_hours_under_a_referral_are_recorded_beside_the_session(home: Home) -> None:
    referral = home.resident("A1", "IET")
    juta = supervisor(home, *home.persons)
    values: dict[str, Any] = {"day": TODAY, "minutes": 60, "worker_id": home.worker.pk}
    entry = HourEntry(referral_id=referral.pk, **values)
    together(home, juta, entry, session=SessionEntry(day=TODAY, note="Rühmas."))
    assert HourRecord.objects.get().minutes == 60
    assert GroupSession.objects.get().note == "Rühmas."


def test_the_same_id_with_another_content_is_told_and_changes_nothing(home: Home) -> None:
    (person,) = people(home, 1)
    juta = supervisor(home, person)
    entry = part(home, person)
    together(home, juta, entry)
    with pytest.raises(AlreadyRecordedError, match="teistsuguse sisuga"):
        together(home, juta, part(home, person, id=entry.id, minutes=60))
    with pytest.raises(AlreadyRecordedError):
        together(home, juta, entry, part(home, person))
    assert ComponentRecord.objects.get().minutes == 45


def test_what_refuses_stores_nothing(home: Home) -> None:
    some = people(home, 2)
    stranger = make_person(home.provider, "X")
    juta = supervisor(home, *some)
    line = PrivateLine(record_id=some[0].pk, person_id=stranger.pk, text="Ei tohi.")
    session = SessionEntry(day=TODAY)
    gone = [(stranger.pk, MissedKind.OTHER)]
    entry = part(home, some[0])
    refusals: list[tuple[tuple[Entry, ...], dict[str, Any], str]] = [
        ((), {"session": session}, "Keegi ei võtnud osa"),
        ((part(home, stranger),), {}, "sinu inimeste seas ei ole"),
        ((entry,), {"session": session, "missed": gone}, "sinu inimeste seas ei ole"),
        ((entry,), {"lines": [line]}, "sinu inimeste seas ei ole"),
        ((part(home, some[0], day=date(2026, 12, 1)),), {}, "tulevikus"),
    ]
    for entries, more, sentence in refusals:
        with pytest.raises(UnableToRecordError, match=sentence):
            together(home, juta, *entries, **more)
    close_month(home.provider, 202611, "closed")
    with pytest.raises(MonthClosedError):
        together(home, juta, entry)
    assert nothing_stored()


def test_a_goal_must_be_one_of_the_person(home: Home) -> None:
    some = people(home, 2)
    juta = supervisor(home, *some)
    goals = [GoalDraft("Teeb ise süüa.", 7, activities=[ActivityDraft("Koos poes.")])]
    draft = PlanDraft(person_id=some[0].pk, valid_from=date(2026, 1, 20), goals=goals)
    who: dict[str, Any] = {"by": home.director, "on": date(2026, 1, 20)}
    plan = plans.draft_plan(provider_id=home.provider.pk, draft=draft, **who)
    plans.agree_plan(plan=plan, party=Party.PERSON, **who)
    goal = Goal.objects.get()
    with pytest.raises(UnableToRecordError, match="eesmärk"):
        together(home, juta, part(home, some[1], goal_id=goal.pk))
    with pytest.raises(UnableToRecordError, match="eesmärk"):
        together(home, juta, part(home, some[0], goal_id=some[0].pk))
    assert nothing_stored()
    (row,) = together(home, juta, part(home, some[0], goal_id=goal.pk))
    assert row.goal_id == goal.pk


def test_who_may_not_write_private_lines_or_works_elsewhere(home: Home) -> None:
    (person,) = people(home, 1)
    entry = part(home, person)
    line = PrivateLine(record_id=entry.id, person_id=person.pk, text="Tore päev.")
    with pytest.raises(NotAllowedError):
        together(home, home.director, entry, lines=[line])
    stranger = make_user("Võõra Juht", "director", make_provider("Võõras OÜ"))
    with pytest.raises(NotAllowedError):
        together(home, stranger, entry)
    with pytest.raises(NotAllowedError):
        together(home, home.accountant, entry)
    assert nothing_stored()


def test_nobody_cancels_a_record_of_a_person_out_of_reach(home: Home) -> None:
    mine, other = people(home, 2)
    juta = supervisor(home, mine)
    (row,) = together(home, home.director, part(home, other))
    with pytest.raises(UnableToRecordError, match="sinu inimeste seas ei ole"):
        cancel(of=row, why="viga", by=juta, on=NOVEMBER)
    assert ComponentRecord.objects.count() == 1


def test_the_records_of_a_month_and_one_of_them(home: Home, django_assert_num_queries: Any) -> None:
    referral = home.resident("A1", "PNH")
    (person,) = home.persons
    juta = supervisor(home, person)
    other = make_person(home.provider, "X")
    values: dict[str, Any] = {"day": TODAY, "minutes": 60, "worker_id": home.worker.pk}
    (hour,) = together(home, juta, HourEntry(referral_id=referral.pk, **values))
    (late,) = together(home, juta, part(home, person, start=700))
    (strange,) = together(home, home.director, part(home, other))
    asked: dict[str, Any] = {"provider_id": home.provider.pk, "by": juta, "on": NOVEMBER}
    found, rows = month_records(person_id=person.pk, period=202611, **asked)
    assert (found, [row.pk for row in rows]) == (person, [late.pk, hour.pk])
    with pytest.raises(Person.DoesNotExist):
        month_records(person_id=other.pk, period=202611, **asked)
    assert record_by_id(record_id=hour.pk, **asked) == (person, hour)
    assert record_by_id(record_id=late.pk, **asked) == (person, late)
    for hidden in (strange.pk, person.pk):
        with pytest.raises(ObjectDoesNotExist):
            record_by_id(record_id=hidden, **asked)
    assert records_by_id(home.provider.pk, []) == []
    with django_assert_num_queries(3):
        records_by_id(home.provider.pk, [hour.pk, late.pk])
