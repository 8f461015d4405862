"""My day, the choices of a record form, the hours sheet, and the grid of days."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.billing.home import NOVEMBER, Home, make_home
from tests.cast import make_person, make_provider, make_user
from tests.referrals.rows import close_month
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import Caseload, User
from tugiplaan.audit.queries import faults
from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.actions.days import DayChange, UnableToRecordDaysError, record_days
from tugiplaan.delivery.actions.records import open_session, record
from tugiplaan.delivery.entries import ComponentEntry, DayEntry, Entry, HourEntry, SessionEntry
from tugiplaan.delivery.models import DayRecord
from tugiplaan.delivery.queries.choices import choices_of, sheet_of
from tugiplaan.delivery.queries.grid import DayState, GridOf, day_grid
from tugiplaan.delivery.queries.today import MyDay, my_day
from tugiplaan.people.models import Person
from tugiplaan.plans import actions as plans
from tugiplaan.plans.drafts import ActivityDraft, GoalDraft, PackageDraft, PlanDraft
from tugiplaan.plans.models import Party
from tugiplaan.providers.books import MonthClosedError
from tugiplaan.referrals.actions.absences import Away, record_absence
from tugiplaan.referrals.models import Absence, Referral
from tugiplaan.rules.vocabulary import AbsenceKind, Audience, DayKind, Mode

pytestmark = pytest.mark.django_db

FUNDER = "75014913"
TODAY = date(2026, 11, 16)  # a Monday


@pytest.fixture
def home() -> Home:
    return make_home()


def supervisor(home: Home, *persons: Person, name: str = "Juta Juhendaja", **case: Any) -> User:
    user = make_user(name, "activity_supervisor", home.provider)
    with acting(by=operator(), name="test.caseload"):
        for person in persons:
            Caseload.objects.create(
                provider=home.provider,
                user=user,
                person=person,
                **{"valid_from": date(2026, 1, 1), **case},
            )
        home.worker.user = user
        home.worker.save()
    return user


def planned(home: Home, person: Person, referral: Referral | None = None) -> None:
    activities = [
        ActivityDraft("Koos poes.", schedule="T, N"),
        ActivityDraft("Kodu korras.", schedule="E kell 10", planned_minutes=90),
    ]
    line = PackageDraft(FUNDER, "toetus", Mode.INDIVIDUAL, Audience.PERSON, 240, date(2026, 1, 1))
    draft = PlanDraft(
        person_id=person.pk,
        referral_id=referral.pk if referral else None,
        valid_from=date(2026, 1, 20),
        goals=[GoalDraft("Teeb ise süüa.", 7, activities=activities)],
        package=[] if referral else [line],
    )
    who: dict[str, Any] = {"by": home.director, "on": date(2026, 1, 20)}
    plan = plans.draft_plan(provider_id=home.provider.pk, draft=draft, **who)
    plans.agree_plan(plan=plan, party=Party.PERSON, **who)


def hour(home: Home, referral: Referral, minutes: int = 60, **more: Any) -> HourEntry:
    values = {"day": TODAY, "start": 600, "worker_id": home.worker.pk, **more}
    return HourEntry(referral_id=referral.pk, minutes=minutes, **values)


def part(home: Home, person: Person, **more: Any) -> ComponentEntry:
    values = {"day": TODAY, "minutes": 45, "funder": FUNDER, "component": "toetus", **more}
    return ComponentEntry(person_id=person.pk, worker_id=home.worker.pk, **values)


def recorded(home: Home, *entries: Entry) -> list[Any]:
    return record(provider_id=home.provider.pk, entries=entries, by=home.director, on=NOVEMBER)


def today(home: Home, by: User, **more: Any) -> MyDay:
    given = {"day": TODAY, "on": NOVEMBER, **more}
    return my_day(by=by, provider_id=home.provider.pk, **given)


def test_my_day_has_all_that_recording_needs(home: Home) -> None:
    volume = {"planned_volume": Decimal(5), "volume_unit": "h_month"}
    referral = home.resident("A1", "IET", **volume)
    (person,) = home.persons
    planned(home, person, referral)
    alone = make_person(home.provider, "B1")
    planned(home, alone)
    home.resident("C1", "IET")
    juta = supervisor(home, person, alone)
    recorded(
        home,
        hour(home, referral, activity="pood"),
        hour(home, referral, 30, start=700, is_direct=False),
        hour(home, referral, 90, day=date(2026, 10, 5)),
        part(home, alone),
    )
    first, second = today(home, juta).people
    assert (first.person, second.person) == (person, alone)
    assert [row.minutes for row in first.done] == [30, 60]
    assert [(int(row.planned or 0), row.used) for row in first.volumes] == [(300, 60)]
    assert [visit.text for visit in first.visits if visit.is_today] == ["Kodu korras."]
    assert first.visits[0].weekdays == frozenset({0})
    assert first.last is not None
    assert (first.last.minutes, first.away) == (30, None)
    assert [(row.component, int(row.planned or 0), row.used) for row in second.volumes] == [
        ("toetus", 240, 45)
    ]
    manager = today(home, home.director, place_id=home.place.pk)
    assert [one.person.code for one in manager.people] == ["A1", "C1"]


def test_who_sees_all_sees_those_without_a_referral_while_somebody_works_with_them(
    home: Home,
) -> None:
    home.resident("A1", "IET", arrived=date(2026, 12, 1))
    alone, left, later = (make_person(home.provider, code) for code in ("B1", "B2", "B3"))
    supervisor(home, alone, *home.persons)
    supervisor(home, left, name="Lahkunud Lea", valid_to=TODAY - timedelta(days=1))
    supervisor(home, later, name="Tulev Tiiu", valid_from=TODAY + timedelta(days=1))
    # A1 has a referral and is not there yet.
    assert [one.person.code for one in today(home, home.director).people] == ["B1"]


def test_whose_service_ended_leaves_the_day_although_the_case_goes_on(home: Home) -> None:
    home.resident("A1", "IET")
    home.resident("A2", "IET", ended=TODAY - timedelta(days=1))
    home.resident("A3", "IET", ended=TODAY)
    alone = make_person(home.provider, "B1")
    juta = supervisor(home, alone, *home.persons)
    for by in (juta, home.director):
        assert [one.person.code for one in today(home, by).people] == ["A1", "A3", "B1"]
    before = today(home, juta, day=TODAY - timedelta(days=1)).people
    assert [one.person.code for one in before] == ["A1", "A2", "A3", "B1"]


def test_who_is_away_and_the_groups_before(home: Home) -> None:
    referral = home.resident("A1", "KE")
    home.resident("A2", "KE")
    juta = supervisor(home, *home.persons)
    away = Away(TODAY, TODAY + timedelta(days=3), AbsenceKind.HOSPITAL)
    record_absence(referral=referral, away=away, by=home.director, on=NOVEMBER)
    session = SessionEntry(day=TODAY, title="Kokandus")
    open_session(provider_id=home.provider.pk, session=session, by=home.director, on=NOVEMBER)
    more = {"mode": Mode.GROUP, "session_id": session.id}
    recorded(home, *[part(home, person, **more) for person in home.persons])
    found = today(home, juta)
    assert [one.away for one in found.people] == [AbsenceKind.HOSPITAL, None]
    (group,) = found.groups
    assert (group.title, set(group.person_ids)) == ("Kokandus", {one.pk for one in home.persons})
    assert group.like.mode == Mode.GROUP


def test_a_deputy_has_the_cases_of_who_is_away(home: Home) -> None:
    home.resident("A1", "IET")
    until: dict[str, Any] = {"deputy_for": home.director, "valid_to": date(2026, 12, 31)}
    juta = supervisor(home, home.persons[0], **until)
    assert [one.person for one in today(home, juta).people] == home.persons


def strangers(home: Home) -> list[User]:
    other = make_provider("Teine OÜ")
    return [
        make_user("Võõras", "director", other),
        make_user("Mart Vald", "municipality", home.provider, funder=FUNDER),
        make_user("Muu Inimene", "person", other, person=make_person(other, "X1")),
    ]


def test_strangers_see_nothing(home: Home) -> None:
    home.resident("A1", "IET")
    key, person = home.provider.pk, home.persons[0].pk
    for user in strangers(home):
        who: dict[str, Any] = {"by": user, "on": NOVEMBER}
        with pytest.raises(NotAllowedError):
            today(home, user)
        with pytest.raises(NotAllowedError):
            choices_of(provider_id=key, person_id=person, day=TODAY, **who)
        with pytest.raises(NotAllowedError):
            sheet_of(provider_id=key, person_id=person, period=202611, **who)
        with pytest.raises(NotAllowedError):
            record_days(provider_id=key, changes=[], **who)
    with pytest.raises(NotAllowedError):
        day_grid(provider_id=key, of=GridOf(202611), by=strangers_at(home), on=NOVEMBER)
    own = make_user("Mari Ise", "person", home.provider, person=home.persons[0])
    sheet = sheet_of(provider_id=key, person_id=person, period=202611, by=own, on=NOVEMBER)
    assert sheet.total == 0
    assert len(day_grid(provider_id=key, of=GridOf(202611), by=own, on=NOVEMBER).rows) == 0


def strangers_at(home: Home) -> User:
    return make_user("Vald Kaks", "municipality", home.provider, funder="75000001")


def test_the_choices_come_in_the_order_of_use(home: Home) -> None:
    first = home.resident("A1", "IET")
    person = home.persons[0]
    planned(home, person)
    juta = supervisor(home, person)
    recorded(
        home,
        *[part(home, person, component="muu", activity="Poes", day=TODAY)],
        *[part(home, person, component="muu", activity="Poes", day=date(2026, 11, 3))],
        hour(home, first, 30, activity="Jutuajamine", day=date(2026, 11, 2)),
    )
    found = choices_of(
        provider_id=home.provider.pk, person_id=person.pk, day=TODAY, by=juta, on=NOVEMBER
    )
    assert [one.component for one in found.components] == ["muu", "toetus"]
    assert found.activities == ("Poes", "Jutuajamine", "Koos poes.", "Kodu korras.")
    assert found.minutes == (45, 30)
    assert [one.is_me for one in found.workers] == [True]
    assert [one.text for one in found.goals] == ["Teeb ise süüa."]
    assert list(found.referrals) == [first]
    assert found.last is not None
    assert found.last.what == "muu"


def test_the_sheet_of_a_month(home: Home) -> None:
    referral = home.resident("A1", "IET")
    person = home.persons[0]
    recorded(
        home,
        hour(home, referral, 90, activity="pood"),
        hour(home, referral, 30, day=date(2026, 11, 2), start=None),
        part(home, person, start=700),
        hour(home, referral, 60, day=date(2026, 10, 2)),
    )
    found = sheet_of(
        provider_id=home.provider.pk, person_id=person.pk, period=202611, by=home.director,
        on=NOVEMBER,
    )  # fmt: skip
    assert [(row.day.day, row.start, row.end, row.minutes) for row in found.lines] == [
        (2, None, None, 30),
        (16, 600, 690, 90),
        (16, 700, 745, 45),
    ]
    assert (found.minutes, found.total) == ({"S-A1": 120, "toetus": 45}, 165)
    assert found.lines[1].who == "Tiina Töötaja"


def grid(home: Home, **of: Any) -> list[tuple[DayState, ...]]:
    found = day_grid(
        provider_id=home.provider.pk, of=GridOf(202610, **of), by=home.director, on=NOVEMBER
    )
    return [row.days for row in found.rows]


def changed(home: Home, referral: Referral, states: dict[int, DayState], **more: Any) -> int:
    changes = [DayChange(referral.pk, date(2026, 10, day), state) for day, state in states.items()]
    given = {"by": home.director, "on": NOVEMBER, **more}
    return record_days(provider_id=home.provider.pk, changes=changes, **given)


def test_a_grid_is_recorded_corrected_and_taken_back(home: Home) -> None:
    referral = home.resident("A1", "PNH", arrived=date(2026, 10, 2))
    states = {2: DayState.DAY, 3: DayState.OOP, 5: DayState.HOSPITAL, 6: DayState.HOSPITAL}
    assert changed(home, referral, states) == 3
    assert changed(home, referral, states) == 0
    (days,) = grid(home, place_id=home.place.pk)
    assert [str(one) for one in days[:7]] == [
        *("not_here", "day", "oop", "unused", "hospital", "hospital", "unused")
    ]
    assert changed(home, referral, {2: DayState.OOP, 3: DayState.UNUSED, 5: DayState.DAY}) == 4
    assert changed(home, referral, {3: DayState.DAY, 4: DayState.ABSENT}) == 2
    (days,) = grid(home)
    assert [str(one) for one in days[1:7]] == [
        *("oop", "day", "absent", "day", "hospital", "unused")
    ]
    assert DayRecord.objects.current().count() == 3
    assert list(faults()) == []


def test_a_day_taken_out_of_an_absence_leaves_both_sides(home: Home) -> None:
    referral = home.resident("A1")
    away = Away(date(2026, 10, 5), date(2026, 10, 15), AbsenceKind.ABSENT)
    record_absence(referral=referral, away=away, by=home.director, on=NOVEMBER)
    assert changed(home, referral, {10: DayState.PRESENT, 12: DayState.HOSPITAL}) == 4
    rows = Absence.objects.filter(referral=referral).current().order_by("first_day")
    assert [(row.first_day.day, row.last_day.day, row.kind) for row in rows] == [
        (5, 9, "absent"),
        (11, 11, "absent"),
        (12, 12, "hospital"),
        (13, 15, "absent"),
    ]
    (days,) = grid(home)
    assert days[9] is DayState.PRESENT
    assert list(faults()) == []


def test_a_grid_tells_all_that_is_wrong_at_once(home: Home) -> None:
    units = home.resident("A1", "PNH", arrived=date(2026, 10, 10))
    monthly = home.resident("A2", "KE")
    elsewhere = make_home("Teine OÜ").resident("A3", "PNH")
    day = date(2026, 10, 20)
    changes = [
        DayChange(units.pk, day, DayState.DAY),
        DayChange(units.pk, day, DayState.OOP),
        DayChange(units.pk, date(2026, 10, 5), DayState.DAY),
        DayChange(units.pk, date(2026, 11, 30), DayState.DAY),
        DayChange(units.pk, day, DayState.NOT_HERE),
        DayChange(monthly.pk, day, DayState.DAY),
        DayChange(elsewhere.pk, day, DayState.DAY),
    ]
    with pytest.raises(UnableToRecordDaysError) as raised:
        record_days(provider_id=home.provider.pk, changes=changes, by=home.director, on=NOVEMBER)
    assert len(raised.value.problems) == 6
    for words in ("kaks korda", "tulevikus", "teenusel oleku", "ükshaaval", "inimeste seas"):
        assert any(words in problem for problem in raised.value.problems)
    assert not DayRecord.objects.exists()


def test_a_closed_month_and_missing_rights_refuse_the_whole_grid(home: Home) -> None:
    referral = home.resident("A1", "PNH")
    juta = supervisor(home, home.persons[0])
    assert changed(home, referral, {5: DayState.DAY}, by=juta) == 1
    assert changed(home, referral, {6: DayState.HOSPITAL}, by=juta) == 1
    assert changed(home, referral, {6: DayState.UNUSED}, by=juta) == 1
    accountant = make_user("Arvo Arve", "accountant", home.provider)
    with pytest.raises(NotAllowedError):
        changed(home, referral, {5: DayState.OOP, 6: DayState.DAY}, by=accountant)
    close_month(home.provider, 202610, "closed")
    with pytest.raises(MonthClosedError):
        changed(home, referral, {7: DayState.DAY})
    found = day_grid(provider_id=home.provider.pk, of=GridOf(202610), by=home.director, on=NOVEMBER)
    assert (found.is_closed, found.is_issued, found.rows[0].count(DayState.DAY)) == (True, False, 1)


def test_questions_do_not_grow(home: Home) -> None:
    def add(first: int, last: int) -> None:
        for n in range(first, last):
            referral = home.resident(f"A{n:02d}", "IET")
            home.resident(f"D{n:02d}", "PNH")
            planned(home, home.persons[-2], referral)
            recorded(home, hour(home, referral), part(home, home.persons[-1]))

    def counts(juta: User) -> list[int]:
        works: list[Any] = [
            lambda: today(home, juta),
            lambda: today(home, home.director),
            lambda: choices_of(
                provider_id=home.provider.pk, person_id=home.persons[0].pk, day=TODAY,
                by=juta, on=NOVEMBER,
            ),
            lambda: sheet_of(
                provider_id=home.provider.pk, person_id=home.persons[0].pk, period=202611,
                by=juta, on=NOVEMBER,
            ),
            lambda: grid(home),
        ]  # fmt: skip
        found = []
        for work in works:
            with CaptureQueriesContext(connection) as asked:
                work()
            found.append(len(asked))
        return found

    add(0, 1)
    juta = supervisor(home, *home.persons)
    few = counts(juta)
    add(1, 12)
    with acting(by=operator(), name="test.caseload"):
        for person in home.persons[2:]:
            Caseload.objects.create(
                provider=home.provider, user=juta, person=person, valid_from=date(2026, 1, 1)
            )
    assert counts(juta) == few
    assert few[0] <= 8
    assert max(few) <= 13


def test_days_may_come_with_their_own_ids(home: Home) -> None:
    referral = home.resident("A1", "PNH")
    change = DayChange(referral.pk, date(2026, 10, 5), DayState.DAY)
    record_days(provider_id=home.provider.pk, changes=[change], by=home.director, on=NOVEMBER)
    assert DayRecord.objects.get().pk == change.id
    recorded(home, DayEntry(referral_id=referral.pk, day=date(2026, 10, 6), kind=DayKind.DAY))
    assert changed(home, referral, {6: DayState.DAY}) == 0
