"""Outside specialists: asked why, of whom; what they said, how long, what it costs."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.delivery.network_room import NetworkRoom
from tests.referrals.rows import close_month
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.delivery.actions.consultations import (
    Answer,
    Mended,
    Question,
    Stage,
    UnableToConsultError,
    ask_specialist,
    correct_consultation,
    record_consultation,
)
from tugiplaan.delivery.actions.records import UnableToRecordError
from tugiplaan.delivery.models import ComponentRecord, Consultation
from tugiplaan.delivery.queries.network import consultations_of, told_consultations
from tugiplaan.providers.books import MonthClosedError
from tugiplaan.rules.vocabulary import Audience

pytestmark = pytest.mark.django_db
ANSWER = Answer(held_on=TODAY, minutes=90, outcome="Alustada usalduse loomisest.")


def ask(room: NetworkRoom, **values: Any) -> Consultation:
    return ask_specialist(person=room.person, question=asking(**values), **room.who)


def bill(room: NetworkRoom, **values: Any) -> Any:
    plain = {"minutes": 90, "component": "B2", "audience": Audience.PROVIDER}
    return room.entry(**{**plain, "activity": "consultation", **values})


def test_a_consultation_is_asked_held_and_billed_by_its_price() -> None:
    room = NetworkRoom()
    row = ask(room)
    assert told_consultations(room.provider.pk, [row])[0].cost is None
    held = record_consultation(row=row, answer=ANSWER, entry=bill(room), **room.who)
    record = ComponentRecord.objects.get()
    assert (held.record_id, record.component, record.minutes) == (record.pk, "B2", 90)
    [told] = told_consultations(
        room.provider.pk, consultations_of(room.provider.pk, [room.person.pk])
    )
    assert told.cost == Decimal("120.00")
    with pytest.raises(UnableToConsultError, match="juba kirjas"):
        record_consultation(row=held, answer=ANSWER, **room.who)
    with pytest.raises(UnableToConsultError, match="vahepeal"):
        record_consultation(row=row, answer=ANSWER, **room.who)
    assert list(faults()) == []


def test_a_consultation_that_nobody_pays_costs_nothing() -> None:
    room = NetworkRoom()
    held = record_consultation(row=ask(room), answer=ANSWER, **room.who)
    assert (held.record_id, ComponentRecord.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"question": " "}, "miks ja mida"),
        ({"expert": ""}, "spetsialist"),
        ({"competence": ""}, "pädevus"),
        ({"asked_on": TODAY + timedelta(1)}, "tulevikus"),
    ],
)
def test_a_question_that_is_not_whole_is_refused(values: dict[str, Any], part: str) -> None:
    room = NetworkRoom()
    with pytest.raises(UnableToConsultError, match=part):
        ask(room, **values)
    assert not Consultation.objects.exists()


def test_an_answer_that_cannot_be_is_refused() -> None:
    room = NetworkRoom()
    row = ask(room)
    bad: list[tuple[Answer, Any, str]] = [
        (Answer(held_on=date(2026, 5, 31), minutes=90, outcome="x"), None, "küsimise"),
        (Answer(held_on=TODAY + timedelta(1), minutes=90, outcome="x"), None, "tänase"),
        (Answer(held_on=TODAY, minutes=90, outcome=" "), None, "soovitas"),
        (ANSWER, bill(room, minutes=60), "kestusega"),
        (ANSWER, bill(room, component="C1"), "baastoetuse"),
        (ANSWER, bill(room, audience=Audience.PERSON), "baastoetuse"),
    ]
    for answer, entry, part in bad:
        with pytest.raises(UnableToConsultError, match=part):
            record_consultation(row=row, answer=answer, entry=entry, **room.who)
    close_month(room.provider, 202606, "closed")
    with pytest.raises(MonthClosedError):
        record_consultation(row=row, answer=ANSWER, entry=bill(room), **room.who)
    assert (Consultation.objects.count(), ComponentRecord.objects.count()) == (1, 0)


def test_the_same_hours_do_not_bill_two_consultations() -> None:
    room = NetworkRoom()
    entry = bill(room)
    record_consultation(row=ask(room), answer=ANSWER, entry=entry, **room.who)
    with pytest.raises(UnableToRecordError, match="juba olemas"):
        record_consultation(row=ask(room), answer=ANSWER, entry=entry, **room.who)
    assert ComponentRecord.objects.count() == 1


def test_who_does_not_plan_with_the_person_asks_nobody() -> None:
    room = NetworkRoom()
    row = ask(room)
    room.who["by"] = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError):
        ask(room)
    with pytest.raises(NotAllowedError):
        record_consultation(row=row, answer=ANSWER, **room.who)


def asking(**values: Any) -> Question:
    plain: dict[str, Any] = {
        "stage": Stage.BEFORE,
        "asked_on": date(2026, 6, 1),
        "question": "Inimene keeldub abist.",
        "expert": "dr Uku Uus",
        "competence": "psühhiaater",
    }
    return Question(**{**plain, **values})


def test_what_was_written_is_put_right_and_the_hours_stay() -> None:
    room = NetworkRoom()
    row = ask(room)
    asked = correct_consultation(
        row=row, mended=Mended(question=asking(expert="dr Eha Uus")), why="vale nimi", **room.who
    )
    held = record_consultation(row=asked, answer=ANSWER, entry=bill(room), **room.who)
    fixed = correct_consultation(
        row=held,
        mended=Mended(question=asking(expert="dr Eha Uus"), outcome="Alustada kodukülastusest."),
        why="täpsustus",
        **room.who,
    )
    assert (fixed.expert, fixed.outcome) == ("dr Eha Uus", "Alustada kodukülastusest.")
    assert (fixed.held_on, fixed.minutes, fixed.record_id) == (TODAY, 90, held.record_id)
    [told] = told_consultations(
        room.provider.pk, consultations_of(room.provider.pk, [room.person.pk])
    )
    assert (told.row, told.cost) == (fixed, Decimal("120.00"))
    names = [one.name for one in events_about(room.provider.pk, room.person.pk)]
    assert names.count("delivery.correct_consultation") == 2
    assert list(faults()) == []


def test_a_correction_that_cannot_be_is_refused() -> None:
    room = NetworkRoom()
    row = ask(room)
    held = record_consultation(row=row, answer=ANSWER, **room.who)
    late = TODAY + timedelta(1)
    bad: list[tuple[Consultation, Question, str, str, str]] = [
        (held, asking(expert=" "), ANSWER.outcome, "viga", "spetsialist"),
        (held, asking(asked_on=late), ANSWER.outcome, "viga", "tulevikus"),
        (held, asking(expert="dr Ene"), " ", "viga", "soovitas"),
        (held, asking(), ANSWER.outcome, "viga", "samad"),
        (held, asking(expert="dr Ene"), ANSWER.outcome, " ", "põhjus"),
        (row, asking(expert="dr Ene"), "", "viga", "vahepeal"),
    ]
    for which, question, outcome, why, part in bad:
        with pytest.raises(UnableToConsultError, match=rf"(?i){part}"):
            correct_consultation(
                row=which, mended=Mended(question=question, outcome=outcome), why=why, **room.who
            )
    earlier = record_consultation(
        row=ask(room), answer=Answer(held_on=date(2026, 6, 5), minutes=30, outcome="x"), **room.who
    )
    with pytest.raises(UnableToConsultError, match="ei saa olla hiljem"):
        correct_consultation(
            row=earlier,
            mended=Mended(question=asking(asked_on=TODAY), outcome="x"),
            why="viga",
            **room.who,
        )
    assert Consultation.objects.count() == 4
    room.who["by"] = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError):
        correct_consultation(
            row=held,
            mended=Mended(question=asking(expert="x"), outcome="x"),
            why="viga",
            **room.who,
        )


@pytest.mark.parametrize("count", [1, 20])
def test_the_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = NetworkRoom()
    for _number in range(count):
        record_consultation(row=ask(room), answer=ANSWER, entry=bill(room), **room.who)
    with django_assert_num_queries(4):
        rows = consultations_of(room.provider.pk, [room.person.pk])
        assert len(told_consultations(room.provider.pk, rows)) == count
