"""Which hints are given, and what each rests on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assessments.room import PACK
from tests.cast import TODAY, make_person, make_provider
from tests.plans.room import GOAL, Room, make_worker
from tests.referrals.rows import make_referral, store
from tugiplaan.assessments import actions as assessing
from tugiplaan.assessments.actions import Given, NewAssessment
from tugiplaan.assessments.models import Assessment, InstrumentVersion, View
from tugiplaan.deadlines.queries import Hint, HintCode, hints
from tugiplaan.delivery.models import HourRecord
from tugiplaan.people.models import Person
from tugiplaan.plans.actions import agree_plan
from tugiplaan.plans.models import Goal, Party, Plan
from tugiplaan.providers.models import Provider
from tugiplaan.referrals.models import StayDay
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db

SCALES = {
    "raskus": ["0", "1", "2", "3", "4", "8", "9"],
    "keskkond": ["-4", "-3", "-2", "-1", "0", "1", "2", "3", "4"],
}
ITEMS = [
    {"code": "raha", "domain": "7", "text": "rahaga", "scale": "raskus", "view": ["specialist"]},
    {"code": "suhe", "domain": "1", "text": "suhted", "scale": "raskus", "view": ["specialist"]},
    {"code": "kodu", "domain": "4", "text": "kodu", "scale": "keskkond", "view": ["specialist"]},
]


class Workshop(Room):
    """A room whose person gets everyday-life support, which is counted in hours."""

    def __init__(self, service: str = "IET") -> None:
        super().__init__(service)
        self.worker = make_worker(self.provider)

    def told(self, *codes: HintCode, day: date = TODAY) -> list[Hint]:
        found = hints(self.provider.pk, [self.person.pk], day, builtin())
        return [one for one in found if not codes or one.code in codes]

    def hour(self, day: date, goal_id: UUID | None) -> HourRecord:
        row = HourRecord(
            provider=self.provider, referral=self.referral, period=day.year * 100 + day.month,
            day=day, minutes=60, worker=self.worker, audience="person", goal_id=goal_id,
        )  # fmt: skip
        store(self.provider, [row])
        return row

    def assess(self, instrument: InstrumentVersion, day: date, **said: str) -> Assessment:
        answers = [Given(code, value, View.SPECIALIST) for code, value in said.items()]
        new = NewAssessment(self.person.pk, instrument.pk, day, answers)
        return assessing.start_assessment(
            provider_id=self.provider.pk, new=new, by=self.manager, on=TODAY
        )


def goal_of(plan: Plan, number: int = 1) -> Goal:
    return Goal.objects.get(plan=plan, number=number)


def test_a_goal_without_hours_and_hours_without_a_goal() -> None:
    room = Workshop()
    plan = room.agreed()
    quiet, loose = HintCode.GOAL_WITHOUT_HOURS, HintCode.HOURS_WITHOUT_GOAL
    (hint,) = room.told()
    assert (hint.code, hint.ids, hint.text) == (quiet, (goal_of(plan).pk,), "Teeb ise süüa.")
    assert hint.numbers == (("days", 30),)
    row = room.hour(TODAY - timedelta(29), None)
    room.hour(TODAY - timedelta(30), None)
    assert [(one.ids, dict(one.numbers)) for one in room.told(loose)] == [
        ((row.pk,), {"count": 1, "minutes": 60, "days": 30})
    ]
    room.hour(TODAY - timedelta(30), goal_of(plan).pk)
    assert len(room.told(quiet)) == 1
    room.hour(TODAY - timedelta(29), goal_of(plan).pk)
    assert room.told(quiet) == []
    # Thirty days must have passed since the plan began.
    assert room.told(quiet, day=date(2026, 2, 17)) == []
    assert len(room.told(quiet, day=date(2026, 2, 18))) == 1


def test_hours_for_the_same_goal_of_an_earlier_version_count() -> None:
    room = Workshop()
    plan = room.agreed()
    room.hour(TODAY - timedelta(3), goal_of(plan).pk)
    second = room.following(plan, goals=[replace(GOAL, text="teeb ISE  süüa.")])
    agree_plan(plan=second, party=Party.PERSON, **room.who)
    assert room.told(HintCode.GOAL_WITHOUT_HOURS) == []


def test_where_days_are_paid_nobody_writes_hours() -> None:
    room = Workshop("KE")
    room.agreed()
    assert room.told() == []


def test_the_third_copy_of_a_goal_is_hinted_at() -> None:
    room = Workshop()
    plans = [room.agreed()]
    for _ in range(3):
        assert room.told(HintCode.GOAL_COPIED) == []
        following = room.following(plans[-1], goals=[GOAL, replace(GOAL, text="Uus asi.")])
        agree_plan(plan=following, party=Party.PERSON, **room.who)
        plans.append(following)
    (hint,) = room.told(HintCode.GOAL_COPIED)
    assert hint.ids == tuple(goal_of(plan).pk for plan in reversed(plans))
    assert hint.numbers == (("copies", 3),)


def test_a_need_seen_worse_asks_for_a_goal_in_its_domain() -> None:
    room = Workshop()
    pack: dict[str, Any] = {**PACK, "scales": SCALES, "items": ITEMS}
    instrument = assessing.bring_instrument(
        provider_id=room.provider.pk, pack=pack, by=room.manager, on=TODAY
    )
    room.agreed()
    then = room.assess(instrument, date(2026, 2, 1), raha="1", suhe="2", kodu="0")
    assert room.told(HintCode.NEED_WITHOUT_GOAL) == []
    now = room.assess(instrument, date(2026, 6, 1), raha="4", suhe="3", kodu="4")
    (hint,) = room.told(HintCode.NEED_WITHOUT_GOAL)
    # Money lies in domain 7, where there is a goal; a better home is no worse need.
    assert (hint.text, hint.ids, hint.numbers) == ("suhted", (then.pk, now.pk), (("domain", 1),))
    room.assess(instrument, date(2026, 6, 10), raha="4", suhe="8", kodu="4")
    assert room.told(HintCode.NEED_WITHOUT_GOAL) == []


def test_another_providers_person_gives_none() -> None:
    room, other = Workshop(), make_provider("Teine OÜ")
    room.agreed()
    assert hints(other.pk, [room.person.pk], TODAY, builtin()) == ()


def served(provider: Provider, code: str) -> Person:
    person = make_person(provider, code)
    referral = make_referral(person, f"S-{code}", service="IET")
    row = StayDay(provider=provider, referral=referral, kind="arrived", day=date(2026, 1, 1))
    store(provider, [row])
    return person


def test_the_number_of_questions_does_not_grow() -> None:
    room = Workshop()
    room.agreed(goals=[GOAL])
    persons = [served(room.provider, f"P{n:03d}").pk for n in range(19)]
    found = []
    for chosen in ([room.person.pk], [room.person.pk, *persons]):
        with CaptureQueriesContext(connection) as asked:
            assert hints(room.provider.pk, chosen, TODAY, builtin())
        found.append(len(asked))
    # One more where somebody was assessed.
    assert found == [3, 3]
