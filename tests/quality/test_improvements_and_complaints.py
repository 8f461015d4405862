"""Improvements, complaints, and what the live records say of a round."""

from datetime import date, timedelta

import pytest

from tests.cast import TODAY, make_person, make_provider, make_user
from tests.quality.test_rounds import PERIOD, Room
from tests.referrals.rows import make_place, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.assessments.actions import ensure_builtin
from tugiplaan.assessments.models import Assessment, InstrumentVersion
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.audit.recorder import acting
from tugiplaan.people.models import Consent
from tugiplaan.providers.actions import CourseData, Worker, add_staff, record_course
from tugiplaan.quality import actions
from tugiplaan.quality.actions import (
    Answered,
    NewComplaint,
    NewImprovement,
    UnableToImproveError,
    UnableToRecordComplaintError,
)
from tugiplaan.quality.catalogue import EvidenceKind
from tugiplaan.quality.evidence import counts_of
from tugiplaan.quality.models import Complaint, Improvement
from tugiplaan.quality.queries import (
    complaint_days,
    complaint_of,
    complaints_of,
    improvement_of,
    improvements_of,
    round_of,
    round_view,
)

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=30)
QUIET = NewImprovement("Teeme vaikse toa", "Malle Maa", LATER, number="4.2")
FOOD = NewComplaint(date(2026, 5, 4), "Toit on külm.", "Ants Aru", answer_by=LATER)
GOOD = Answered(TODAY, "Toome toidu termoses.", Complaint.Outcome.JUSTIFIED)


def test_an_improvement_is_planned_and_done() -> None:
    room = Room()
    row = actions.plan_improvement(provider_id=room.provider.pk, new=QUIET, **room.who)
    actions.end_improvement(improvement=row, is_done=True, outcome="Tuba on valmis.", **room.who)
    held = improvement_of(room.provider.pk, row.pk)
    assert (held.state, held.ended_on) == (Improvement.State.DONE, TODAY)
    with pytest.raises(UnableToImproveError, match=r"juba 15\.06\.2026"):
        actions.end_improvement(improvement=row, is_done=False, outcome="Ei", **room.who)
    names = [event.name for event in events_of(room.provider.pk)]
    assert {"quality.plan_improvement", "quality.end_improvement"} <= set(names)
    assert list(faults()) == []


def test_those_that_go_on_stand_first_by_their_day() -> None:
    room = Room()
    days = [30, 10, 20]
    rows = [
        actions.plan_improvement(
            provider_id=room.provider.pk,
            new=NewImprovement(f"Töö {day}", "Malle", TODAY + timedelta(days=day)),
            **room.who,
        )
        for day in days
    ]
    actions.end_improvement(improvement=rows[1], is_done=False, outcome="Raha ei ole.", **room.who)
    found = [row.what for row in improvements_of(room.provider.pk)]
    assert found == ["Töö 20", "Töö 30", "Töö 10"]


@pytest.mark.parametrize(
    ("new", "part"),
    [
        (NewImprovement(" ", "Malle", LATER), "mida teete"),
        (NewImprovement("Tuba", "", LATER), "kes selle eest"),
        (NewImprovement("Tuba", "Malle", TODAY - timedelta(days=1)), "möödas"),
        (NewImprovement("Tuba", "Malle", LATER, number="9.9"), r"Standardit 9\.9"),
        (NewImprovement("Tuba", "Malle", LATER, round_id=Room), "Seda hindamist"),  # type: ignore[arg-type]
    ],
)
def test_an_improvement_that_cannot_be_is_refused(new: NewImprovement, part: str) -> None:
    room = Room()
    if new.round_id:
        other = make_provider("Teine OÜ")
        director = make_user("Kalle Kask", "director", other)
        strange = actions.start_round(provider_id=other.pk, new=PERIOD, by=director, on=TODAY)
        new = NewImprovement(new.what, new.owner, new.due_on, round_id=strange.pk)
    with pytest.raises(UnableToImproveError, match=part):
        actions.plan_improvement(provider_id=room.provider.pk, new=new, **room.who)
    assert not Improvement.objects.exists()


def test_an_improvement_ends_with_a_word() -> None:
    room = Room()
    row = actions.plan_improvement(provider_id=room.provider.pk, new=QUIET, **room.who)
    with pytest.raises(UnableToImproveError, match="mis sellest sai"):
        actions.end_improvement(improvement=row, is_done=True, outcome=" ", **room.who)
    stranger = make_user("Kalle Kask", "director", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError):
        actions.end_improvement(
            improvement=row, is_done=True, outcome="Tehtud", by=stranger, on=TODAY
        )
    with pytest.raises(NotAllowedError):
        actions.plan_improvement(provider_id=room.provider.pk, new=QUIET, by=stranger, on=TODAY)
    assert improvement_of(room.provider.pk, row.pk).state == Improvement.State.OPEN


def test_a_complaint_is_recorded_and_answered() -> None:
    room = Room()
    row = actions.record_complaint(provider_id=room.provider.pk, new=FOOD, **room.who)
    actions.answer_complaint(complaint=row, answered=GOOD, **room.who)
    held = complaint_of(room.provider.pk, row.pk)
    assert (held.outcome, held.answer) == ("justified", "Toome toidu termoses.")
    with pytest.raises(UnableToRecordComplaintError, match="vastatud juba"):
        actions.answer_complaint(complaint=row, answered=GOOD, **room.who)
    assert list(faults()) == []


def test_the_house_says_in_how_many_days_it_answers() -> None:
    room = Room()
    nameless = NewComplaint(date(2026, 6, 1), "Öösel on lärm.")
    assert complaint_days(room.provider.pk) is None
    with pytest.raises(UnableToRecordComplaintError, match="mis päevaks"):
        actions.record_complaint(provider_id=room.provider.pk, new=nameless, **room.who)
    for days in (0, 366):
        with pytest.raises(UnableToRecordComplaintError, match="1 kuni 365"):
            actions.set_complaint_term(provider_id=room.provider.pk, days=days, **room.who)
    actions.set_complaint_term(provider_id=room.provider.pk, days=14, **room.who)
    row = actions.record_complaint(provider_id=room.provider.pk, new=nameless, **room.who)
    assert row.answer_by == date(2026, 6, 15)
    assert row.complainant == ""
    actions.set_complaint_term(provider_id=room.provider.pk, days=30, **room.who)
    assert complaint_days(room.provider.pk) == 30


@pytest.mark.parametrize(
    ("new", "part"),
    [
        (NewComplaint(TODAY, " ", answer_by=LATER), "mille kohta"),
        (NewComplaint(LATER, "Lärm", answer_by=LATER), "tulevikus"),
        (NewComplaint(TODAY, "Lärm", answer_by=date(2026, 6, 14)), "enne kaebuse päeva"),
    ],
)
def test_a_complaint_that_cannot_be_is_refused(new: NewComplaint, part: str) -> None:
    room = Room()
    with pytest.raises(UnableToRecordComplaintError, match=part):
        actions.record_complaint(provider_id=room.provider.pk, new=new, **room.who)
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    ("answered", "part"),
    [
        (Answered(TODAY, " ", Complaint.Outcome.NOT), "Kirjuta vastus"),
        (Answered(TODAY, "Ei", ""), "Vali tulemus"),  # type: ignore[arg-type]
        (Answered(LATER, "Ei", Complaint.Outcome.NOT), "tänase vahel"),
        (Answered(date(2026, 5, 3), "Ei", Complaint.Outcome.NOT), "tänase vahel"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(answered: Answered, part: str) -> None:
    room = Room()
    row = actions.record_complaint(provider_id=room.provider.pk, new=FOOD, **room.who)
    with pytest.raises(UnableToRecordComplaintError, match=part):
        actions.answer_complaint(complaint=row, answered=answered, **room.who)
    assert complaint_of(room.provider.pk, row.pk).answered_on is None


def test_the_register_has_a_permission_of_its_own() -> None:
    room = Room()
    row = actions.record_complaint(provider_id=room.provider.pk, new=FOOD, **room.who)
    place = make_place(make_provider("Teine OÜ"), "K9")
    with pytest.raises(UnableToRecordComplaintError, match="See koht"):
        actions.record_complaint(
            provider_id=room.provider.pk,
            new=NewComplaint(TODAY, "Lärm", place_id=place.pk, answer_by=LATER),
            **room.who,
        )
    for role in ("auditor", "activity_supervisor", "accountant"):
        user = make_user(f"Keegi {role}", role, room.provider)
        with pytest.raises(NotAllowedError):
            actions.record_complaint(provider_id=room.provider.pk, new=FOOD, by=user, on=TODAY)
        with pytest.raises(NotAllowedError):
            actions.answer_complaint(complaint=row, answered=GOOD, by=user, on=TODAY)
        with pytest.raises(NotAllowedError):
            actions.set_complaint_term(provider_id=room.provider.pk, days=9, by=user, on=TODAY)


def test_lists_ask_one_query(django_assert_num_queries: object) -> None:
    room = Room()
    assert callable(django_assert_num_queries)
    for rows in (1, 20):
        for _ in range(rows):
            actions.record_complaint(provider_id=room.provider.pk, new=FOOD, **room.who)
            actions.plan_improvement(provider_id=room.provider.pk, new=QUIET, **room.who)
        with django_assert_num_queries(2):
            assert len([row.place for row in complaints_of(room.provider.pk)]) >= rows
            assert len([row.round for row in improvements_of(room.provider.pk)]) >= rows


def _consent(room: Room, day: date) -> None:
    person = make_person(room.provider, f"P{day}")
    with acting(by=operator(), name="test.consent", provider_id=room.provider.pk):
        Consent.objects.create(
            provider=room.provider,
            person=person,
            purpose="pildid",
            scope="seinal",
            given_by="ise",
            valid_from=day,
        )


def _answered(room: Room, day: date, code: str = "RAHULOLU") -> None:
    person = make_person(room.provider, f"A{day:%m%d}{code}")
    instrument = ensure_builtin(code="RAHULOLU", by=room.who["by"])
    if code != instrument.code:
        instrument = InstrumentVersion(
            provider=room.provider, code=code, version="1", title=code, licence="oma", content={}
        )
        store(room.provider, [instrument])
    row = Assessment(
        provider=room.provider, person=person, instrument=instrument, assessed_on=day,
        assessor=room.who["by"],
    )  # fmt: skip
    store(room.provider, [row])


def test_live_records_are_counted_and_frozen_when_the_round_is_closed() -> None:
    room = Room()
    _consent(room, date(2026, 1, 1))
    _consent(room, date(2026, 5, 31))
    _consent(room, date(2026, 6, 1))
    actions.record_complaint(provider_id=room.provider.pk, new=FOOD, **room.who)
    director = make_user("Juku Juht", "director", room.provider)
    worker = Worker("T1", "Tiina Teder", date(2025, 1, 1))
    staff = add_staff(provider_id=room.provider.pk, worker=worker, by=director, on=TODAY)
    course = CourseData("rights", 8, date(2026, 3, 1), date(2026, 3, 20))
    record_course(staff=staff, data=course, by=director, on=TODAY)
    _answered(room, date(2026, 2, 1))
    _answered(room, date(2026, 5, 31))
    _answered(room, date(2026, 6, 2))
    _answered(room, date(2026, 2, 1), "OMA")
    counts = counts_of(room.round, TODAY)
    assert counts == {
        EvidenceKind.ISOLATIONS: 0,
        EvidenceKind.INCIDENTS: 0,
        EvidenceKind.CONSENTS: 2,
        EvidenceKind.COMPLAINTS: 1,
        EvidenceKind.PLANS: 0,
        EvidenceKind.E_TRAINING: 1,
        EvidenceKind.SATISFACTION: 2,
    }
    room.join()
    room.judge_all()
    room.close()
    _consent(room, date(2026, 2, 1))
    view = round_view(round_of(room.provider.pk, room.round.pk), TODAY)
    assert view.evidence == counts
    assert counts_of(room.round, TODAY)[EvidenceKind.CONSENTS] == 3


def test_of_a_place_only_what_is_about_it_counts() -> None:
    room = Room()
    place = make_place(room.provider, "K1")
    _consent(room, date(2026, 2, 1))
    for at in (place.pk, None):
        new = NewComplaint(TODAY, "Lärm", place_id=at, answer_by=LATER)
        actions.record_complaint(provider_id=room.provider.pk, new=new, **room.who)
    of_place = actions.NewRound(date(2026, 1, 1), TODAY, place_id=place.pk)
    round_ = actions.start_round(provider_id=room.provider.pk, new=of_place, **room.who)
    counts = counts_of(round_, TODAY)
    assert counts[EvidenceKind.COMPLAINTS] == 1
    assert counts[EvidenceKind.CONSENTS] == 0
    _answered(room, date(2026, 2, 1))
    assert counts_of(round_, TODAY)[EvidenceKind.SATISFACTION] == 0
