"""Outside specialists: asked why, of whom; what they said, how long, what it costs."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.delivery.network_room import NetworkRoom
from tests.referrals.rows import close_month
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.queries import faults
from tugiplaan.delivery.actions.consultations import (
    Answer,
    Question,
    Stage,
    UnableToConsultError,
    ask_specialist,
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
    plain: dict[str, Any] = {
        "stage": Stage.BEFORE,
        "asked_on": date(2026, 6, 1),
        "question": "Inimene keeldub abist.",
        "expert": "dr Uku Uus",
        "competence": "psühhiaater",
    }
    question = Question(**{**plain, **values})
    return ask_specialist(person=room.person, question=question, **room.who)


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


@pytest.mark.parametrize("count", [1, 20])
def test_the_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    room = NetworkRoom()
    for _number in range(count):
        record_consultation(row=ask(room), answer=ANSWER, entry=bill(room), **room.who)
    with django_assert_num_queries(4):
        rows = consultations_of(room.provider.pk, [room.person.pk])
        assert len(told_consultations(room.provider.pk, rows)) == count
