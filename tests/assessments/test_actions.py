"""Bringing instruments, assessing, correcting answers."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.assessments.room import PACK, Room
from tests.cast import TODAY, make_person, make_provider, make_user
from tests.referrals.rows import make_referral
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.assessments import actions, queries
from tugiplaan.assessments.actions import (
    Given,
    UnableToAssessError,
    UnableToBringInstrumentError,
)
from tugiplaan.assessments.models import Answer, Assessment, InstrumentVersion, View
from tugiplaan.audit.queries import events_about, faults

pytestmark = pytest.mark.django_db


def test_an_assessment_is_there_with_its_answers_and_an_event() -> None:
    room = Room()
    referral = make_referral(room.person)
    assessment = room.assess(
        Given("kodu", "yes"),
        Given("d350", "3", comment="raske"),
        Given("d350", "1", View.PERSON),
        referral_id=referral.pk,
    )
    found = queries.answers_of(assessment)
    assert {view: [(row.item, row.value) for row in rows] for view, rows in found.items()} == {
        View.SPECIALIST: [("d350", "3"), ("kodu", "yes")],
        View.PERSON: [("d350", "1")],
    }
    event = events_about(room.provider.pk, room.person.pk).first()
    assert event is not None
    assert event.name == "assessments.start_assessment"
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("given", "part"),
    [
        (Given("d999", "1"), "d999 selles"),
        (Given("d350", "5"), "Küsimuse d350 vastus „5“ ei ole skaalal: 0, 1, 2, 3, 4, 8, 9"),
        (Given("d350", " "), "d350"),
        (Given("kodu", "yes", View.PERSON), "vastab: spetsialist"),
        (Given("d350", "5", comment="ei tea"), "skaalal"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(given: Given, part: str) -> None:
    room = Room()
    with pytest.raises(UnableToAssessError, match=part):
        room.assess(Given("kodu", "no"), given)
    assert not Assessment.objects.exists()


def test_two_answers_to_one_item_are_refused_and_a_comment_alone_is_kept() -> None:
    room = Room()
    with pytest.raises(UnableToAssessError, match="kaks vastust"):
        room.assess(Given("kodu", "no"), Given("kodu", "yes"))
    room.assess(Given("d350", "", comment="ei soovi vastata"))
    assert Answer.objects.get().comment == "ei soovi vastata"


def test_who_or_what_is_not_here_is_refused() -> None:
    room = Room()
    stranger = make_provider("Teine OÜ")
    theirs = make_referral(make_person(stranger), "S9")
    bring: dict[str, Any] = {"pack": PACK, "by": operator(), "on": TODAY}
    foreign = actions.bring_instrument(provider_id=stranger.pk, **bring)
    for values, part in (
        ({"assessed_on": TODAY + timedelta(1)}, "tulevikus"),
        ({"person_id": theirs.person_id}, "inimest siin ei ole"),
        ({"referral_id": theirs.pk}, "teise inimese"),
        ({"referral_id": uuid4()}, "suunamist ei ole"),
        ({"instrument_id": uuid4()}, "hindamisvahendit ei ole"),
        ({"instrument_id": foreign.pk}, "teise teenuseosutaja"),
    ):
        with pytest.raises(UnableToAssessError, match=part):
            room.assess(**values)
    assert not Assessment.objects.exists()


def test_answers_are_added_corrected_and_cancelled() -> None:
    room = Room()
    assessment = room.assess(Given("d350", "3"))
    with pytest.raises(UnableToAssessError, match="d350 on juba vastus 3"):
        actions.add_answers(assessment=assessment, answers=[Given("d350", "2")], **room.who)
    with pytest.raises(UnableToAssessError, match="Ühtegi"):
        actions.add_answers(assessment=assessment, answers=[], **room.who)
    (added,) = actions.add_answers(
        assessment=assessment, answers=[Given("kodu", "yes")], **room.who
    )
    fixed = actions.correct_answer(row=added, to=Given("kodu", "no"), why="viga", **room.who)
    with pytest.raises(UnableToAssessError, match="vahepeal"):
        actions.correct_answer(row=added, to=Given("kodu", "yes"), why="viga", **room.who)
    with pytest.raises(UnableToAssessError, match="põhjus"):
        actions.correct_answer(row=fixed, to=Given("kodu", "yes"), why="", **room.who)
    with pytest.raises(UnableToAssessError, match="skaalal: yes, no"):
        actions.correct_answer(row=fixed, to=Given("kodu", "1"), why="viga", **room.who)
    with pytest.raises(UnableToAssessError, match="sama küsimuse"):
        actions.correct_answer(row=fixed, to=Given("d350", "1"), why="viga", **room.who)
    assert queries.answers_of(assessment)[View.SPECIALIST][1].value == "no"
    actions.cancel_answer(row=fixed, why="ei küsitud", **room.who)
    assert [row.item for row in queries.answers_of(assessment)[View.SPECIALIST]] == ["d350"]
    actions.add_answers(assessment=assessment, answers=[Given("kodu", "yes")], **room.who)
    assert queries.answers_of(assessment)[View.SPECIALIST][1].value == "yes"
    names = [event.name for event in events_about(room.provider.pk, room.person.pk)]
    assert names[:2] == ["assessments.add_answers", "assessments.cancel_answer"]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"licence": " "}, "puudub litsents"),
        ({"licence": None}, "puudub litsents"),
        ({"title": ""}, "code, version ja title"),
        ({"items": []}, "items"),
        ({}, "versioon 1 on juba olemas"),
    ],
)
def test_an_instrument_that_cannot_be_is_refused(values: dict[str, Any], part: str) -> None:
    room = Room()
    with pytest.raises(UnableToBringInstrumentError, match=part) as refused:
        room.bring(**values)
    assert "Midagi ei salvestatud" in str(refused.value)
    assert InstrumentVersion.objects.count() == 1


def test_an_instrument_of_the_program_serves_every_provider() -> None:
    room = Room()
    with pytest.raises(NotAllowedError):
        actions.bring_instrument(provider_id=None, pack=PACK, **room.who)
    bring: dict[str, Any] = {"provider_id": None, "by": operator(), "on": TODAY}
    shared = actions.bring_instrument(pack={**PACK, "code": "RIIK"}, **bring)
    with pytest.raises(UnableToBringInstrumentError, match="juba olemas"):
        actions.bring_instrument(pack={**PACK, "code": "RIIK"}, **bring)
    assert set(queries.instruments_of(room.provider.pk)) == {room.instrument, shared}
    assert list(queries.instruments_of(make_provider("Teine OÜ").pk)) == [shared]
    assert room.assess(Given("d350", "0"), instrument_id=shared.pk).instrument == shared


def test_a_stranger_may_not() -> None:
    room = Room()
    assessment = room.assess(Given("d350", "3"))
    row = Answer.objects.get()
    room.who["by"] = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    for act in (
        lambda: room.bring(version="2"),
        lambda: room.assess(),
        lambda: actions.add_answers(
            assessment=assessment, answers=[Given("kodu", "no")], **room.who
        ),
        lambda: actions.correct_answer(row=row, to=Given("d350", "1"), why="x", **room.who),
        lambda: actions.cancel_answer(row=row, why="x", **room.who),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert (Assessment.objects.count(), Answer.objects.count()) == (1, 1)
