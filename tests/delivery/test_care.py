"""Incidents, isolations and the narrative."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.plans.room import make_worker
from tests.referrals.rows import make_place, make_referral, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.accounts.models import User
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.delivery.actions import care as actions
from tugiplaan.delivery.actions.care import (
    Finish,
    Happening,
    Note,
    ProtocolText,
    Start,
    UnableToIsolateError,
    UnableToReportError,
    UnableToWriteError,
)
from tugiplaan.delivery.models import Incident, Isolation, Narrative
from tugiplaan.delivery.queries import care as queries
from tugiplaan.people.models import Person, Representative
from tugiplaan.providers.models import Provider, Staff
from tugiplaan.referrals.models import Referral, StayDay
from tugiplaan.rules.isolation import IsolationIssue
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)
PROTOCOL = ProtocolText(
    situation="Lõi kaaslast.",
    reasons="Ohustas teisi.",
    calming="Räägiti rahulikult.",
    called="Kiirabi kutsuti kell 12.",
    harm="Vigastusi ei olnud, ruum on terve.",
    representative_told="Helistati eestkostjale.",
    explained="Selgitati õhtul.",
    is_direct_danger=True,
)


class House:
    """A provider with a manager, two workers and somebody in round-the-clock care."""

    def __init__(self) -> None:
        self.provider: Provider = make_provider()
        self.manager: User = make_user("Malle Maa", "service_manager", self.provider)
        self.worker: Staff = make_worker(self.provider)
        self.person: Person = make_person(self.provider)
        self.referral: Referral = self.stay(self.person, "S1")
        self.who: dict[str, Any] = {"by": self.manager, "on": TODAY}

    def stay(self, person: Person, code: str, service: str = "OEH") -> Referral:
        referral = make_referral(person, code, service=service)
        row = StayDay(
            provider=self.provider, referral=referral, kind="arrived", day=date(2026, 1, 1)
        )
        store(self.provider, [row])
        return referral

    def begin(self, **values: Any) -> Start:
        plain = Start(self.referral.pk, NOW, self.worker.pk, self.worker.pk, PROTOCOL)
        return replace(plain, **values)

    def isolate(self, now: datetime = NOW, **values: Any) -> Isolation:
        return actions.start_isolation(start=self.begin(**values), now=now, **self.who)

    def happening(self, **values: Any) -> Happening:
        return replace(Happening(self.person.pk, NOW, "kukkumine", "Kukkus trepil."), **values)

    def report(self, **values: Any) -> Incident:
        return actions.report_incident(
            provider_id=self.provider.pk, happening=self.happening(**values), **self.who
        )

    def write(self, **values: Any) -> Narrative:
        note = replace(Note(self.person.pk, TODAY, "Käis poes."), **values)
        return actions.write_narrative(provider_id=self.provider.pk, note=note, **self.who)

    def guardian(self) -> None:
        with acting(by=operator(), name="test.guardian"):
            Representative.objects.create(
                provider=self.provider,
                person=self.person,
                kind="guardian",
                name="Epp Eest",
                valid_from=date(2026, 1, 1),
            )

    def stranger(self) -> dict[str, Any]:
        user = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
        return {"by": user, "on": TODAY}


def test_an_incident_is_reported_and_corrected() -> None:
    house = House()
    place = make_place(house.provider)
    row = house.report(place_id=place.pk, measures="Kutsuti kiirabi.")
    told = house.happening(text="Libises trepil.")
    fixed = actions.correct_incident(row=row, happening=told, why="täpsustus", **house.who)
    found = queries.incidents_of(house.provider.pk, [house.person.pk])
    assert [(one.pk, one.text) for one in found] == [(fixed.pk, "Libises trepil.")]
    with pytest.raises(UnableToReportError, match="vahepeal"):
        actions.correct_incident(row=row, happening=told, why="veel", **house.who)
    with pytest.raises(UnableToReportError, match="põhjust"):
        actions.correct_incident(row=fixed, happening=told, why=" ", **house.who)
    other = house.happening(person_id=make_person(house.provider, "P2").pk)
    with pytest.raises(UnableToReportError, match="ühe inimese"):
        actions.correct_incident(row=fixed, happening=other, why="x", **house.who)
    names = [event.name for event in events_about(house.provider.pk, house.person.pk)]
    assert names[:2] == ["delivery.correct_incident", "delivery.report_incident"]
    assert list(faults()) == []


def test_an_incident_that_cannot_be_is_refused() -> None:
    house = House()
    foreign = make_provider("Teine OÜ")
    for values, part in (
        ({"kind": " "}, "liik ja kirjeldus"),
        ({"text": ""}, "liik ja kirjeldus"),
        ({"happened_at": NOW.replace(tzinfo=None)}, "ajavööndiga"),
        ({"happened_at": NOW + timedelta(1)}, "tulevikus"),
        ({"person_id": uuid4()}, "inimest siin ei ole"),
        ({"person_id": make_person(foreign).pk}, "inimest siin ei ole"),
        ({"place_id": uuid4()}, "kohta ei ole"),
        ({"place_id": make_place(foreign).pk}, "teise teenuseosutaja"),
    ):
        with pytest.raises(UnableToReportError, match=part):
            house.report(**values)
    assert not Incident.objects.exists()


def test_an_isolation_goes_on_until_it_is_ended_by_a_correction() -> None:
    house = House()
    house.guardian()
    row = house.isolate()
    now = NOW + timedelta(minutes=151)
    (found,) = queries.open_isolations(house.provider.pk, now, builtin())
    assert (found.row, found.minutes_left) == (row, Fraction(29))
    assert found.review.codes == (IsolationIssue.SOON_TOO_LONG,)
    with pytest.raises(UnableToIsolateError, match="juba kestab"):
        house.isolate()
    finish = Finish(NOW + timedelta(hours=3), PROTOCOL)
    later = NOW + timedelta(hours=4)
    ended = actions.end_isolation(row=row, finish=finish, now=later, **house.who)
    assert (ended.corrects_id, ended.ended_at) == (row.pk, finish.ended_at)
    assert queries.open_isolations(house.provider.pk, later, builtin()) == []
    review = queries.review_of(ended, later, builtin())
    assert (review.codes, review.minutes_left, review.missing_fields) == ((), Fraction(0), ())
    with pytest.raises(UnableToIsolateError, match="juba lõppenud"):
        actions.end_isolation(row=ended, finish=finish, now=later, **house.who)
    with pytest.raises(UnableToIsolateError, match="vahepeal"):
        actions.end_isolation(row=row, finish=finish, now=later, **house.who)
    house.isolate(now=later, started_at=later)
    assert list(faults()) == []


def test_what_was_not_as_the_law_wants_is_kept_and_judged() -> None:
    house = House()
    house.guardian()
    bare = ProtocolText(situation="Lõi.", reasons="", is_excluded_by_doctor=True)
    row = house.isolate(protocol=bare)
    ended_at = NOW + timedelta(minutes=181)
    later = NOW + timedelta(hours=9)
    ended = actions.end_isolation(row=row, finish=Finish(ended_at, bare), now=later, **house.who)
    review = queries.review_of(ended, later, builtin())
    assert set(review.codes) == {
        IsolationIssue.DOCTOR_EXCLUDED,
        IsolationIssue.NO_DIRECT_DANGER,
        IsolationIssue.NOT_CALMED_FIRST,
        IsolationIssue.TOO_LONG,
        IsolationIssue.NOBODY_CALLED,
        IsolationIssue.NO_DECISION,
        IsolationIssue.REPRESENTATIVE_NOT_TOLD,
        IsolationIssue.NOT_EXPLAINED,
        IsolationIssue.PROTOCOL_INCOMPLETE,
    }
    assert review.missing_fields == ("calming_means", "reasons", "injuries", "damage")
    whole = actions.correct_isolation(row=ended, protocol=PROTOCOL, why="täiendatud", **house.who)
    assert queries.review_of(whole, later, builtin()).codes == (IsolationIssue.TOO_LONG,)
    assert list(queries.isolations_of(house.provider.pk, [house.person.pk])) == [whole]
    with pytest.raises(UnableToIsolateError, match="põhjust"):
        actions.correct_isolation(row=whole, protocol=PROTOCOL, why="", **house.who)


def test_nobody_but_in_round_the_clock_care_that_day_is_isolated() -> None:
    house = House()
    other = house.stay(make_person(house.provider, "P2"), "S2", service="KE")
    waiting = make_referral(make_person(house.provider, "P3"), "S3", service="OEH")
    early = datetime(2025, 12, 31, 12, 0, tzinfo=UTC)
    for values in (
        {"referral_id": other.pk},
        {"referral_id": waiting.pk},
        {"started_at": early},
    ):
        with pytest.raises(UnableToIsolateError, match="pane see kirja juhtumina"):
            house.isolate(**values)
    assert not Isolation.objects.exists()


def test_times_and_workers_that_cannot_be_are_refused() -> None:
    house = House()
    foreign = make_worker(make_provider("Teine OÜ"))
    for values, part in (
        ({"started_at": NOW + timedelta(seconds=1)}, "tulevikus"),
        ({"started_at": NOW.replace(tzinfo=None)}, "ajavöönd"),
        ({"referral_id": uuid4()}, "suunamist või töötajat"),
        ({"decided_by_id": uuid4()}, "suunamist või töötajat"),
        ({"supervised_by_id": foreign.pk}, "siin töötama"),
    ):
        with pytest.raises(UnableToIsolateError, match=part):
            house.isolate(**values)
    row = house.isolate()
    for ended_at in (NOW, NOW + timedelta(hours=2)):
        finish = Finish(ended_at, PROTOCOL)
        with pytest.raises(UnableToIsolateError, match="enne lõppu"):
            actions.end_isolation(row=row, finish=finish, now=NOW + timedelta(hours=1), **house.who)
    assert Isolation.objects.count() == 1


def test_a_note_is_written_corrected_and_its_reading_recorded() -> None:
    house = House()
    row = house.write()
    fixed = actions.correct_narrative(row=row, text="Käis turul.", why="eksitus", **house.who)
    with pytest.raises(UnableToWriteError, match="vahepeal"):
        actions.correct_narrative(row=row, text="Käis kinos.", why="eksitus", **house.who)
    with pytest.raises(UnableToWriteError, match="tühi"):
        actions.correct_narrative(row=fixed, text=" ", why="eksitus", **house.who)
    mine: dict[str, Any] = {"provider_id": house.provider.pk, "person_ids": [house.person.pk]}
    assert queries.narrative_of(**mine, **house.who) == [fixed]
    event = events_about(house.provider.pk, house.person.pk).first()
    assert event is not None
    assert (event.name, event.by_id) == ("delivery.narrative", house.manager.pk)
    assert list(faults()) == []


def test_a_note_that_cannot_be_is_refused() -> None:
    house = House()
    for values, part in (
        ({"text": " "}, "tühi"),
        ({"day": TODAY + timedelta(1)}, "tulevikus"),
        ({"person_id": uuid4()}, "inimest siin ei ole"),
    ):
        with pytest.raises(UnableToWriteError, match=part):
            house.write(**values)
    assert not Narrative.objects.exists()


def test_only_who_may_and_whom_it_concerns_reads_the_narrative() -> None:
    house = House()
    home = make_place(house.provider)
    house.write()
    mine: dict[str, Any] = {"provider_id": house.provider.pk, "person_ids": [house.person.pk]}
    accountant = make_user("Raivo Raha", "accountant", house.provider)
    supervisor = make_user("Juta Juhendaja", "activity_supervisor", house.provider)
    elsewhere = make_user("Kaja Kodu", "service_manager", house.provider, place=home)
    for user in (accountant, supervisor, elsewhere, house.stranger()["by"]):
        with pytest.raises(NotAllowedError, match="päevikut lugeda"):
            queries.narrative_of(**mine, by=user, on=TODAY)
    there = make_referral(house.person, "S2", service="TTT", place=home)
    arrived = StayDay(provider=house.provider, referral=there, kind="arrived", day=TODAY)
    store(house.provider, [arrived])
    assert len(queries.narrative_of(**mine, by=elsewhere, on=TODAY)) == 1


def test_a_stranger_may_not_and_a_supervisor_only_with_own_people() -> None:
    house = House()
    incident, row, note = house.report(), house.isolate(), house.write()
    later = NOW + timedelta(hours=1)
    supervisor = make_user("Juta Juhendaja", "activity_supervisor", house.provider)
    for who in (house.stranger(), {"by": supervisor, "on": TODAY}):
        house.who = who
        happening, finish = house.happening(), Finish(later, PROTOCOL)
        why = {"why": "x", **who}
        acts: list[Callable[[], object]] = [
            house.report,
            house.isolate,
            house.write,
            partial(actions.correct_incident, row=incident, happening=happening, **why),
            partial(actions.end_isolation, row=row, finish=finish, now=later, **who),
            partial(actions.correct_isolation, row=row, protocol=PROTOCOL, **why),
            partial(actions.correct_narrative, row=note, text="x", **why),
        ]
        for act in acts:
            with pytest.raises(NotAllowedError):
                act()
    counts = (Incident.objects.count(), Isolation.objects.count(), Narrative.objects.count())
    assert counts == (1, 1, 1)


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    house = House()
    house.guardian()
    for number in range(count):
        person = make_person(house.provider, f"X{number}")
        house.isolate(referral_id=house.stay(person, f"X{number}").pk)
        house.report()
        house.write()
    mine = (house.provider.pk, [house.person.pk])
    with django_assert_num_queries(2):
        assert len(queries.open_isolations(house.provider.pk, NOW, builtin())) == count
    with django_assert_num_queries(1):
        assert len({(one.pk, one.place) for one in queries.incidents_of(*mine)}) == count
    house.isolate()
    with django_assert_num_queries(2):
        rows = queries.isolations_of(*mine)
        assert [len(queries.review_of(row, NOW, builtin()).codes) for row in rows] == [0]
