"""Filling an assessment in until it lasts."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.assessments.room import DEEP, Room
from tests.cast import TODAY, make_person, make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.assessments import actions, queries
from tugiplaan.assessments.actions import (
    Given,
    NewAssessment,
    UnableToAssessError,
    UnableToBringInstrumentError,
    bringing,
)
from tugiplaan.assessments.models import (
    Answer,
    Assessment,
    AssessmentDraft,
    InstrumentVersion,
    View,
)
from tugiplaan.assessments.packs import builtin_packs
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.audit.recorder import acting

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


class Desk(Room):
    def __init__(self) -> None:
        super().__init__()
        self.instrument = self.bring(**DEEP)

    def start(self, *answers: Given, **values: Any) -> AssessmentDraft:
        plain = {
            "person_id": self.person.pk,
            "instrument_id": self.instrument.pk,
            "assessed_on": DAY,
        }
        new = NewAssessment(**{**plain, **values}, answers=answers)
        return actions.start_draft(provider_id=self.provider.pk, new=new, **self.who)

    def save(self, draft: AssessmentDraft, *answers: Given) -> AssessmentDraft:
        return actions.save_answers(draft=draft, answers=answers, **self.who)

    def finish(self, draft: AssessmentDraft) -> Assessment:
        return actions.finish_draft(draft=draft, **self.who)


def said(assessment: Assessment) -> dict[View, dict[str, str]]:
    found = queries.answers_of(assessment)
    return {view: {row.item: row.value for row in rows} for view, rows in found.items()}


def test_a_draft_is_filled_in_by_parts_and_lasts_when_it_is_finished() -> None:
    room = Desk()
    draft = room.start()
    room.save(draft, Given("sygav.1.1", "no"), Given("sygav.d350", "3", comment="raske"))
    room.save(draft, Given("sygav.d350", "2"), Given("sygav.1.1", "yes", View.PERSON))
    room.save(draft, Given("sygav.5.1", "no"), Given("sygav.hirm", "yes"))
    room.save(draft, Given("sygav.hirm", ""))
    assert not Assessment.objects.exists()
    made = room.finish(draft)
    assert said(made) == {
        View.SPECIALIST: {"sygav.1.1": "no", "sygav.d350": "2", "sygav.5.1": "no"},
        View.PERSON: {"sygav.1.1": "yes", "sygav.d350": "0", "sygav.d710": "0"},
    }
    draft.refresh_from_db()
    assert (draft.assessment, draft.answers) == (made, {})
    names = [event.name for event in events_about(room.provider.pk, room.person.pk)]
    assert {"assessments.start_draft", "assessments.save_answers"} < set(names)
    assert {"assessments.finish_draft", "assessments.start_assessment"} < set(names)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (Given("sygav.d350", "7"), "„7“ ei ole skaalal: 0, 1, 2, 3, 4, 8, 9"),
        (Given("sygav.d350", "2"), "„d350“ on suletud, sest põhiküsimuse „Saab ise“"),
        (Given("sygav.d845", "0"), "„töö“ on suletud, sest põhiküsimuse „On seotud“"),
        (Given("sygav.zzz", "2"), "Küsimust sygav.zzz"),
        (Given("sygav.d845", "2", View.PERSON), "vastab: spetsialist"),
        (Given("sygav.e310", "5"), "skaalal: -1, 0, 1, 8, 9"),
    ],
)
def test_what_does_not_fit_is_refused_and_what_was_there_stays(given: Given, part: str) -> None:
    room = Desk()
    draft = room.start(Given("sygav.1.1", "yes"))
    with pytest.raises(UnableToAssessError, match=part):
        room.save(draft, Given("sygav.5.1", "no"), given)
    draft.refresh_from_db()
    assert draft.answers == {"specialist": {"sygav.1.1": ["yes", ""]}}
    with pytest.raises(UnableToAssessError, match=part):
        room.assess(Given("sygav.1.1", "yes"), Given("sygav.5.1", "no"), given)


def test_a_gate_that_closes_takes_no_answer_away_by_itself() -> None:
    room = Desk()
    draft = room.start(Given("sygav.1.1", "no"), Given("sygav.d350", "2"))
    with pytest.raises(UnableToAssessError, match="suletud"):
        room.save(draft, Given("sygav.1.1", "yes"))
    kept = room.save(draft, Given("sygav.1.1", "yes"), Given("sygav.d350", ""))
    assert kept.answers == {"specialist": {"sygav.1.1": ["yes", ""]}}


def test_a_finished_empty_or_absent_draft_is_refused() -> None:
    room = Desk()
    draft = room.start()
    with pytest.raises(UnableToAssessError, match="vähemalt ühele"):
        room.finish(draft)
    with pytest.raises(UnableToAssessError, match="tulevikus"):
        room.start(assessed_on=TODAY + timedelta(1))
    with pytest.raises(UnableToAssessError, match="on pooleli"):
        room.start()
    room.save(draft, Given("sygav.e310", "1"))
    room.finish(draft)
    acts: list[Callable[[], object]] = [
        lambda: room.save(draft, Given("sygav.e310", "0")),
        lambda: room.finish(draft),
        lambda: actions.discard_draft(draft=draft, **room.who),
    ]
    for act in acts:
        with pytest.raises(UnableToAssessError, match=r"\(01.06.2026\) on lõpetatud"):
            act()
    assert room.start() != draft
    assert Assessment.objects.count() == 1


def test_what_was_begun_in_vain_is_let_go() -> None:
    room = Desk()
    draft = room.start(Given("sygav.e310", "1"))
    actions.discard_draft(draft=draft, **room.who)
    assert not AssessmentDraft.objects.exists()
    with pytest.raises(UnableToAssessError, match="enam ei ole"):
        room.save(draft, Given("sygav.e310", "0"))
    assert list(faults()) == []


def test_who_may_not_does_nothing() -> None:
    room = Desk()
    draft = room.start(Given("sygav.e310", "1"))
    theirs = make_person(make_provider("Teine OÜ"))
    with pytest.raises(UnableToAssessError, match="inimest siin ei ole"):
        room.start(person_id=theirs.pk)
    for name, provider in (
        ("Kalle Kask", make_provider("Kolmas OÜ")),
        ("Jaan Juhendaja", room.provider),
    ):
        role = "activity_supervisor" if provider == room.provider else "service_manager"
        room.who["by"] = make_user(name, role, provider)
        for act in (
            room.start,
            lambda: room.save(draft, Given("sygav.e310", "0")),
            lambda: room.finish(draft),
            lambda: actions.discard_draft(draft=draft, **room.who),
        ):
            with pytest.raises(NotAllowedError):
                act()
    draft.refresh_from_db()
    assert (draft.assessment, Answer.objects.count()) == (None, 0)


def test_a_correction_may_not_answer_behind_a_closed_gate() -> None:
    room = Desk()
    made = room.assess(Given("sygav.1.1", "yes"))
    settled = Answer.objects.get(assessment=made, item="sygav.d350")
    gate = Answer.objects.get(assessment=made, item="sygav.1.1")
    who = {"why": "viga", **room.who}
    with pytest.raises(UnableToAssessError, match="„d350“ on suletud"):
        actions.correct_answer(row=settled, to=Given("sygav.d350", "2"), **who)
    actions.correct_answer(row=gate, to=Given("sygav.1.1", "no"), **who)
    actions.correct_answer(row=settled, to=Given("sygav.d350", "2"), **who)
    with pytest.raises(UnableToAssessError, match="suletud"):
        actions.add_answers(
            assessment=made,
            answers=[Given("sygav.5.1", "no"), Given("sygav.d845", "1")],
            **room.who,
        )
    assert said(made)[View.SPECIALIST] == {
        "sygav.1.1": "no",
        "sygav.d350": "2",
        "sygav.d710": "0",
    }
    assert list(faults()) == []


def test_a_built_in_instrument_comes_once_when_it_is_first_needed() -> None:
    room = Room()
    first = actions.ensure_builtin(code="RAHULOLU", by=room.assessor)
    assert actions.ensure_builtin(code="RAHULOLU", by=room.assessor) == first
    assert (first.provider_id, first.title) == (None, "Rahulolu teenusega")
    assert InstrumentVersion.objects.filter(code="RAHULOLU").count() == 1
    with pytest.raises(UnableToBringInstrumentError, match="vahendit ei ole"):
        actions.ensure_builtin(code="OLEMATU", by=room.assessor)
    assert list(faults()) == []


def test_whoever_comes_second_gets_the_same_built_in_instrument(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    room = Room()
    real = acting

    def after_another(**told: Any) -> Any:
        monkeypatch.setattr(bringing, "acting", real)
        actions.ensure_builtin(code="RAHULOLU", by=room.assessor)
        return real(**told)

    monkeypatch.setattr(bringing, "acting", after_another)
    found = actions.ensure_builtin(code="RAHULOLU", by=room.assessor)
    assert InstrumentVersion.objects.get(code="RAHULOLU") == found
    assert list(faults()) == []


def test_a_link_id_of_another_instrument_is_refused() -> None:
    room = Desk()
    with pytest.raises(UnableToBringInstrumentError, match=r"sygav\.\S+ on juba .* SYGAV"):
        room.bring(**{**DEEP, "code": "TEINE"})
    with pytest.raises(UnableToBringInstrumentError, match="RAHULOLU"):
        room.bring(**{**builtin_packs()["RAHULOLU"], "code": "MINU"})
    assert room.bring(**{**DEEP, "version": "2"}).version == "2"
