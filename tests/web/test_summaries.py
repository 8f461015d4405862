"""Summary assessments on pages: the draft, what is refused, approval, sending, correcting."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import TODAY, make_provider, make_user
from tests.delivery.network_room import NetworkRoom
from tests.plans.room import GOAL
from tests.referrals.rows import store
from tugiplaan.accounts.access import User
from tugiplaan.delivery.actions.records import record
from tugiplaan.delivery.queries.summing_up import SummedUp, draft_summary
from tugiplaan.plans.actions import (
    ReviewDraft,
    ReviewKind,
    UnableToSumUpError,
    review_plan,
    write_plan_summary,
)
from tugiplaan.plans.drafts import GoalDraft
from tugiplaan.plans.endings import plans_without_referral
from tugiplaan.plans.models import Plan, Summary
from tugiplaan.referrals.models import StayDay
from tugiplaan.web.telling import minutes

pytestmark = pytest.mark.django_db
type Enter = Callable[[User], Client]
SAID = {
    "outcome_0": "partly",
    "goal_why_0": "Vajab meeldetuletusi.",
    "done": "Käidi poes.",
    "need": "Vajab nõu.",
    "need_7": "Raha.",
    "own_view": "Mulle sobib.",
    "advice": "continue",
    "recommendation": "Samas mahus.",
    "took_part": "Mari ja õde",
}


class Ended:
    """A room whose plan has a goal, hours and a rating, and a manager logged in."""

    def __init__(self, enter: Enter, *, of_components: bool = False) -> None:
        self.room = room = NetworkRoom()
        self.plan: Plan = room.agreed(**({"referral_id": None} if of_components else {}))
        goal = self.plan.goals.get()
        rating = ReviewDraft(
            ReviewKind.QUARTERLY, date(2026, 2, 1), date(2026, 3, 31), "Läks hästi.", goal.pk
        )
        review_plan(plan=self.plan, draft=rating, **room.who)
        entry = room.entry(component="C1", goal_id=goal.pk, minutes=90)
        record(provider_id=room.provider.pk, entries=[entry], **room.who)
        room.contact()
        self.client = enter(room.manager)
        self.person = f"/{room.provider.pk}/people/{room.person.pk}"
        of = f"plan/{self.plan.pk}" if of_components else f"referral/{room.referral.pk}"
        self.write = f"{self.person}/summary/{of}/"

    def send(self, **values: Any) -> Any:
        return self.client.post(self.write, {**SAID, **values})

    def page(self, path: str = "") -> str:
        return self.client.get(f"{self.person}/summary/{path}").content.decode()


def test_the_draft_brings_goals_ratings_hours_and_network_work(enter: Enter) -> None:
    ended = Ended(enter, of_components=True)
    page = ended.client.get(ended.write).content.decode()
    for text in ("Teeb ise süüa.", "Läks hästi.", "Koos poes.", "tervishoiuga seostamine 1"):
        assert text in page
    assert minutes(90) in page


def test_hours_of_an_earlier_version_count_for_the_same_goal(enter: Enter) -> None:
    ended = Ended(enter, of_components=True)
    room = ended.room
    following = room.following(ended.plan, referral_id=None)
    of = SummedUp(following, None, date(2026, 1, 1), TODAY)
    basis = draft_summary(room.provider.pk, [room.person.pk], of)
    assert [one.minutes for one in basis.goals] == [90]
    assert (basis.minutes, basis.done) == (90, ("Koos poes.",))
    under = SummedUp(None, room.referral.pk, date(2026, 1, 1), TODAY)
    nothing = draft_summary(room.provider.pk, [room.person.pk], under)
    assert (nothing.minutes, nothing.goals, nothing.plan) == (0, (), None)


@pytest.mark.parametrize("of_components", [False, True])
def test_a_summary_is_written_approved_sent_and_corrected(
    enter: Enter, of_components: bool
) -> None:
    ended = Ended(enter, of_components=of_components)
    assert "kirjutamata" in ended.page()
    assert ended.send().status_code == 302
    row = Summary.objects.get()
    assert (row.plan, row.person) == (ended.plan, ended.room.person)
    assert row.goals[0]["domain"] == 7
    assert row.needs == [{"domain": 7, "text": "Raha."}]
    assert "ootab kinnitamist" in ended.page()
    assert "Vajab meeldetuletusi." in ended.page(f"{row.pk}/")
    ended.client.post(f"{ended.person}/summary/{row.pk}/approve/")
    row = Summary.objects.current().get()
    assert "sama inimene, kes kirjutas" in ended.page(f"{row.pk}/")
    refused = ended.client.post(f"{ended.person}/summary/{row.pk}/sent/", {"sent_on": "2026-06-14"})
    assert refused.status_code == 422
    ended.client.post(f"{ended.person}/summary/{row.pk}/sent/", {"sent_on": "2026-06-15"})
    row = Summary.objects.current().get()
    assert "saadetud 15.06.2026" in ended.page()
    correct = f"{ended.person}/summary/{row.pk}/correct/"
    assert "Vajab meeldetuletusi." in ended.client.get(correct).content.decode()
    assert ended.client.post(correct, SAID).status_code == 422
    ended.client.post(correct, {**SAID, "need": "Vähem.", "why": "täpsustus"})
    row = Summary.objects.current().get()
    assert (row.need, row.approved_on) == ("Vähem.", None)


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"outcome_0": ""}, "Vali, kas eesmärk täitus"),
        ({"goal_why_0": " "}, "miks see jäi täitmata"),
        ({"advice": ""}, "kas teenust jätkata"),
    ],
)
def test_what_is_wanting_is_said_and_what_was_typed_stays(
    enter: Enter, values: dict[str, str], part: str
) -> None:
    ended = Ended(enter)
    answer = ended.send(**values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert part in page
    assert "Mari ja õde" in page
    assert not Summary.objects.exists()


def test_without_a_plan_the_goals_are_named_by_hand(enter: Enter) -> None:
    room = NetworkRoom()
    client = enter(room.manager)
    path = f"/{room.provider.pk}/people/{room.person.pk}/summary/referral/{room.referral.pk}/"
    assert 'name="goal_2"' in client.get(path).content.decode()
    client.post(path, {**SAID, "goal_0": "Elab ise."})
    assert [one["goal"] for one in Summary.objects.get().goals] == ["Elab ise."]


def test_a_goal_named_by_hand_needs_its_outcome_too(enter: Enter) -> None:
    room = NetworkRoom()
    client = enter(room.manager)
    path = f"/{room.provider.pk}/people/{room.person.pk}/summary/referral/{room.referral.pk}/"
    sent = {**SAID, "goal_0": "Elab ise.", "outcome_0": ""}
    assert "on valimata, kas see on täidetud" in client.post(path, sent).content.decode()
    assert not Summary.objects.exists()


def test_after_an_early_end_the_page_says_that_the_last_invoice_waits(enter: Enter) -> None:
    ended = Ended(enter)
    room = ended.room
    end = StayDay(
        provider=room.provider, referral=room.referral, kind="ended", day=date(2026, 6, 1),
        reason="person_wish",
    )  # fmt: skip
    store(room.provider, [end])
    assert "Viimane arve ootab" in ended.page() or "Viimane arve 0,00" in ended.page()
    ended.send()
    ended.client.post(f"{ended.person}/summary/{Summary.objects.get().pk}/approve/")
    assert "Viimane arve" not in ended.page()


def test_a_plan_of_a_referral_has_no_summary_of_its_own(enter: Enter) -> None:
    ended = Ended(enter)
    assert list(plans_without_referral(ended.room.provider.pk, [ended.room.person.pk], TODAY)) == []
    wrong = f"{ended.person}/summary/plan/{ended.plan.pk}/"
    assert ended.client.get(wrong).status_code == 404
    from tests.plans.room import SUMMARY

    with pytest.raises(UnableToSumUpError, match="suunamise kohta"):
        write_plan_summary(plan=ended.plan, draft=SUMMARY, **ended.room.who)


def test_a_second_summary_of_the_same_plan_is_refused(enter: Enter) -> None:
    ended = Ended(enter, of_components=True)
    ended.send()
    answer = ended.send()
    assert answer.status_code == 422
    assert "juba kirjas" in answer.content.decode()
    assert Summary.objects.count() == 1


def test_who_may_not_approve_does_not_and_strangers_find_nothing(enter: Enter) -> None:
    ended = Ended(enter)
    ended.send()
    row = Summary.objects.get()
    own = enter(ended.room.supervisor)
    assert "Kinnita hinnang" not in own.get(f"{ended.person}/summary/{row.pk}/").content.decode()
    assert own.post(f"{ended.person}/summary/{row.pk}/approve/").status_code == 403
    stranger = enter(make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ")))
    for path in ("", f"{row.pk}/", f"{row.pk}/sent/", f"{row.pk}/correct/"):
        assert stranger.get(f"{ended.person}/summary/{path}").status_code == 404
    assert stranger.get(ended.write).status_code == 404
    assert stranger.post(f"{ended.person}/summary/{row.pk}/approve/").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_questions_do_not_grow(
    enter: Enter, count: int, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    room = NetworkRoom()
    goals = [GoalDraft(f"Eesmärk {number}", 1) for number in range(count)]
    plan = room.agreed(goals=[*goals, GOAL])
    for _number in range(count):
        room.contact(room.entry())
    of = SummedUp(plan, room.referral.pk, date(2026, 1, 1), TODAY)
    with django_assert_num_queries(10):
        draft_summary(room.provider.pk, [room.person.pk], of)
    client = enter(room.manager)
    with django_assert_max_num_queries(26):
        client.get(f"/{room.provider.pk}/people/{room.person.pk}/summary/")
