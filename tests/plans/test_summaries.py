"""The summary assessment: written, approved, sent, corrected."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.plans.room import SUMMARY, Room
from tests.referrals.rows import make_referrals, store
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_about, faults
from tugiplaan.plans import actions
from tugiplaan.plans.actions import DomainNeed, GoalOutcome, SummaryDraft, UnableToSumUpError
from tugiplaan.plans.models import Outcome, Summary
from tugiplaan.plans.queries import summaries_done, summary_of
from tugiplaan.referrals.queries import stay_of

pytestmark = pytest.mark.django_db


def _write(room: Room, draft: SummaryDraft = SUMMARY) -> Summary:
    return actions.write_summary(stay=stay_of(room.referral), draft=draft, **room.who)


def test_a_summary_counts_once_it_is_approved_and_until_it_is_corrected() -> None:
    room = Room()
    approve: dict[str, Any] = {"by": room.manager, "on": TODAY}
    written = _write(room)
    assert summaries_done([room.referral.pk]) == set()
    approved = actions.approve_summary(row=written, **approve)
    assert summaries_done([room.referral.pk]) == {room.referral.pk}
    sent = actions.record_summary_sent(row=approved, sent_on=TODAY, **room.who)
    assert summary_of(room.referral.pk) == sent
    assert (sent.sent_on, sent.approved_by, sent.goals[0]["outcome"]) == (
        TODAY,
        room.manager,
        "partly",
    )
    draft = replace(SUMMARY, need="Sama mis alguses.")
    fixed = actions.correct_summary(row=sent, draft=draft, why="täpsustus", **room.who)
    assert (fixed.approved_on, fixed.sent_on, fixed.need) == (None, None, "Sama mis alguses.")
    assert summaries_done([room.referral.pk]) == set()
    actions.approve_summary(row=fixed, **approve)
    assert summaries_done([room.referral.pk]) == {room.referral.pk}
    names = [event.name for event in events_about(room.provider.pk, room.person.pk)][:4]
    assert names == [
        f"plans.{verb}"
        for verb in ("approve_summary", "correct_summary", "record_summary_sent", "approve_summary")
    ]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"goals": []}, "eesmärkide täitmist"),
        ({"goals": [GoalOutcome("Kokkab.", Outcome.PARTLY, " ")]}, "„Kokkab.“ juurde"),
        ({"goals": [GoalOutcome("Kokkab.", None, "x")]}, "„Kokkab.“ juures on valimata"),
        ({"needs": [DomainNeed(8, "x")]}, "1 kuni 7"),
        ({"goals": [GoalOutcome("", Outcome.MET, "x")]}, "Eesmärk on nimetamata"),
        ({"done": ""}, "tehtud tegevused"),
        ({"need": " "}, "toetusvajadus lõpus"),
        ({"recommendation": ""}, "soovitus"),
    ],
)
def test_a_summary_that_is_not_whole_is_refused(values: dict[str, Any], part: str) -> None:
    room = Room()
    with pytest.raises(UnableToSumUpError, match=part):
        _write(room, replace(SUMMARY, **values))
    assert not Summary.objects.exists()


def test_what_is_out_of_order_is_refused() -> None:
    room = Room()
    approve: dict[str, Any] = {"by": room.manager, "on": TODAY}
    written = _write(room)
    with pytest.raises(UnableToSumUpError, match="juba kirjas"):
        _write(room)
    send: dict[str, Any] = {"sent_on": TODAY, **room.who}
    with pytest.raises(UnableToSumUpError, match="kinnitamata"):
        actions.record_summary_sent(row=written, **send)
    approved = actions.approve_summary(row=written, **approve)
    with pytest.raises(UnableToSumUpError, match="juba kinnitatud"):
        actions.approve_summary(row=approved, **approve)
    with pytest.raises(UnableToSumUpError, match="vahepeal"):
        actions.approve_summary(row=written, **approve)
    for day in (TODAY - timedelta(1), TODAY + timedelta(1)):
        with pytest.raises(UnableToSumUpError, match="Saatmise päev"):
            actions.record_summary_sent(row=approved, **{**send, "sent_on": day})
    with pytest.raises(UnableToSumUpError, match="põhjust"):
        actions.correct_summary(row=approved, draft=SUMMARY, why=" ", **room.who)
    assert Summary.objects.count() == 2


def test_only_who_may_approve_approves() -> None:
    room = Room()
    written = _write(room)
    with pytest.raises(NotAllowedError, match="plaane ja hinnanguid kinnitada"):
        actions.approve_summary(row=written, **room.who)
    stranger = make_user("Kalle Kask", "service_manager", make_provider("Teine OÜ"))
    room.who["by"] = stranger
    acts: list[Callable[[], object]] = [
        lambda: _write(room),
        lambda: actions.approve_summary(row=written, **room.who),
        lambda: actions.record_summary_sent(row=written, sent_on=TODAY, **room.who),
        lambda: actions.correct_summary(row=written, draft=SUMMARY, why="x", **room.who),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError, match="Kalle Kask"):
            act()
    assert Summary.objects.count() == 1


@pytest.mark.parametrize("count", [1, 20])
def test_one_query_tells_which_are_done(count: int, django_assert_num_queries: Any) -> None:
    room = Room()
    referrals = make_referrals(room.provider, count)
    store(
        room.provider,
        [
            Summary(
                provider=room.provider,
                referral=one,
                person=one.person,
                written_on=TODAY,
                written_by=operator(),
                approved_on=TODAY,
                approved_by=operator(),
            )
            for one in referrals
        ],
    )
    with django_assert_num_queries(1):
        done = summaries_done([room.referral.pk, *(one.pk for one in referrals)])
    assert done == {one.pk for one in referrals}
