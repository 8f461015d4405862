"""A service that is not used for too long is told of: found by settlement, settled by sending."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cast import make_person, make_user
from tests.plans.room import Room
from tests.referrals.rows import make_referral, store
from tugiplaan.billing.actions.preparing import prepare
from tugiplaan.billing.notices import non_use_found
from tugiplaan.deadlines.queries import Task, work_list
from tugiplaan.documents.papers import Addressee, Sending, Way, record_paper_sent
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.making import make_paper
from tugiplaan.interoperability.papers.order import Order
from tugiplaan.referrals.models import Absence, Referral, StayDay
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 12)


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def away(referral: Referral, code: str) -> None:
    row = Absence(
        provider=referral.provider,
        referral=referral,
        code=code,
        first_day=date(2026, 3, 10),
        last_day=date(2026, 6, 10),
        kind="absent",
    )
    store(referral.provider, [row])


def settle(room: Room) -> None:
    accountant = make_user("Arvo Arve", "accountant", room.provider)
    prepare(provider_id=room.provider.pk, period=202605, by=accountant, on=DAY)


def due(room: Room, day: date = DAY) -> list[Task]:
    found = work_list(user=room.manager, provider_id=room.provider.pk, day=day, law=builtin())
    return [one for one in found.tasks if one.kind == "non_use"]


def test_non_use_is_due_until_the_notice_went() -> None:
    room = Room()
    away(room.referral, "A1")
    settle(room)
    (found,) = non_use_found(room.provider.pk, date(2026, 1, 1))
    assert (found.event_on, found.referral_id) == (date(2026, 5, 10), room.referral.pk)
    (task,) = due(room)
    assert (task.due_on, task.about) == (date(2026, 5, 13), room.referral.pk)
    order = Order(room.person, (room.person.pk,), room.referral.pk, DAY, builtin())
    paper = make_paper(order=order, kind=PaperKind.NON_USE, language="et", by=room.manager)
    assert due(room) == [task]
    sending = Sending(Addressee.AUTHORITY, Way.SYSTEM, DAY)
    record_paper_sent(paper=paper, sending=sending, by=room.manager, on=DAY)
    assert due(room) == []


@pytest.mark.parametrize("count", [1, 20])
def test_it_is_one_question(count: int, django_assert_num_queries: Any) -> None:
    room = Room()
    away(room.referral, "A0")
    for n in range(1, count):
        referral = make_referral(make_person(room.provider, f"Q{n}"), f"R{n}")
        arrived = StayDay(
            provider=room.provider, referral=referral, kind="arrived", day=date(2026, 1, 1)
        )
        store(room.provider, [arrived])
        away(referral, f"A{n}")
    settle(room)
    with django_assert_num_queries(1):
        assert len(non_use_found(room.provider.pk, date(2026, 1, 1))) == count
    with django_assert_num_queries(1):
        persons = [room.person.pk]
        assert len(non_use_found(room.provider.pk, date(2026, 1, 1), persons)) == 1
    assert non_use_found(room.provider.pk, date(2026, 6, 1)) == []
