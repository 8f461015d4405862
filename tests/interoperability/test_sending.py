"""Sending the paper of a summary assessment records that the summary went, and only then."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.plans.room import SUMMARY, Room
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.documents.models import Addressee, PaperSent, Way
from tugiplaan.documents.papers import Paper, Sending, UnableToRecordSendingError
from tugiplaan.documents.queries import has_gone
from tugiplaan.interoperability.papers.codes import PaperKind
from tugiplaan.interoperability.papers.making import make_paper
from tugiplaan.interoperability.papers.order import Order
from tugiplaan.interoperability.papers.sending import cancel_sending, send_paper
from tugiplaan.plans import actions
from tugiplaan.plans.actions import UnableToSumUpError
from tugiplaan.plans.endings import same_summary
from tugiplaan.plans.models import Summary
from tugiplaan.referrals.queries import stay_of
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db
TO_AUTHORITY = Sending(Addressee.AUTHORITY, Way.POST, TODAY)


@pytest.fixture(autouse=True)
def _own_store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


class Desk:
    """An approved summary assessment with its paper."""

    def __init__(self) -> None:
        self.room = Room()
        self.room.agreed()
        row = actions.write_summary(
            stay=stay_of(self.room.referral), draft=SUMMARY, **self.room.who
        )
        self.approve(row)
        self.who: dict[str, Any] = {"by": self.room.manager, "on": TODAY}
        self.paper = self.make()

    def approve(self, row: Summary) -> None:
        actions.approve_summary(row=row, by=self.room.manager, on=TODAY)

    def make(self) -> Paper:
        person = self.room.person
        order = Order(person, (person.pk,), self.summary.pk, TODAY, builtin())
        return make_paper(order=order, kind=PaperKind.SUMMARY, language="et", by=self.room.manager)

    @property
    def summary(self) -> Summary:
        return Summary.objects.all().current().get()


def test_one_act_sends_the_paper_and_the_summary() -> None:
    desk = Desk()
    sent = send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who)
    assert desk.summary == sent.summary
    assert desk.summary.sent_on == TODAY
    names = list(Event.objects.order_by("-id").values_list("name", flat=True)[:2])
    assert sorted(names) == ["documents.record_paper_sent", "plans.record_summary_sent"]
    again = send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who)
    assert again.summary is None, "it went already"
    assert list(faults()) == []


def test_a_paper_to_the_person_or_of_another_kind_settles_no_summary() -> None:
    desk = Desk()
    to_person = replace(TO_AUTHORITY, to_whom=Addressee.PERSON)
    assert send_paper(paper=desk.paper, sending=to_person, **desk.who).summary is None
    person = desk.room.person
    order = Order(person, (person.pk,), desk.room.referral.pk, TODAY, builtin())
    notice = make_paper(order=order, kind=PaperKind.END_NOTICE, language="et", by=desk.room.manager)
    assert send_paper(paper=notice, sending=TO_AUTHORITY, **desk.who).summary is None
    assert desk.summary.sent_on is None


def test_an_earlier_text_does_not_settle_a_corrected_summary() -> None:
    desk = Desk()
    later = replace(SUMMARY, done="Käidi poes ja kinos.")
    actions.correct_summary(row=desk.summary, draft=later, why="kino ununes", **desk.room.who)
    desk.approve(desk.summary)
    assert send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who).summary is None
    assert desk.summary.sent_on is None
    assert send_paper(paper=desk.make(), sending=TO_AUTHORITY, **desk.who).summary is not None


def test_an_approval_of_the_same_text_taken_back_is_not_sent() -> None:
    desk = Desk()
    actions.correct_summary(row=desk.summary, draft=SUMMARY, why="üle vaadata", **desk.room.who)
    assert send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who).summary is None
    assert desk.summary.sent_on is None


def test_a_cancelled_sending_makes_the_summary_due_again() -> None:
    desk = Desk()
    sent = send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who)
    cancelled = cancel_sending(row=sent.row, why="Jäi panemata.", **desk.who)
    assert desk.summary == cancelled.summary
    assert (desk.summary.sent_on, desk.summary.approved_on) == (None, TODAY)
    # The paper that was made before may go now.
    assert send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who).summary is not None
    assert list(faults()) == []


def test_a_sending_beside_another_is_cancelled_alone() -> None:
    desk = Desk()
    send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who)
    second = send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who)
    assert cancel_sending(row=second.row, why="Topelt.", **desk.who).summary is None
    assert desk.summary.sent_on == TODAY


def test_what_is_refused_leaves_nothing() -> None:
    desk = Desk()
    stranger = make_user("Võõras Juht", "service_manager", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError):
        send_paper(paper=desk.paper, sending=TO_AUTHORITY, by=stranger, on=TODAY)
    tomorrow = replace(TO_AUTHORITY, sent_on=TODAY + timedelta(1))
    with pytest.raises(UnableToRecordSendingError, match="Saatmise päev"):
        send_paper(paper=desk.paper, sending=tomorrow, **desk.who)
    assert not PaperSent.objects.exists()
    assert desk.summary.sent_on is None
    with pytest.raises(UnableToSumUpError, match="tühistada ei ole midagi"):
        actions.withdraw_summary_sent(row=desk.summary, why="x", **desk.who)


def test_both_are_recorded_or_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk()

    def fail(**_values: Any) -> None:
        raise UnableToSumUpError

    monkeypatch.setattr("tugiplaan.interoperability.papers.sending.record_summary_sent", fail)
    with pytest.raises(UnableToSumUpError):
        send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who)
    assert not PaperSent.objects.exists()
    assert list(faults()) == []


def test_a_sent_summary_is_withdrawn_by_who_works_with_the_person_and_says_why() -> None:
    desk = Desk()
    send_paper(paper=desk.paper, sending=TO_AUTHORITY, **desk.who)
    stranger = make_user("Võõras Juht", "service_manager", make_provider("Teine OÜ"))
    with pytest.raises(NotAllowedError):
        actions.withdraw_summary_sent(row=desk.summary, why="x", by=stranger, on=TODAY)
    with pytest.raises(UnableToSumUpError):
        actions.withdraw_summary_sent(row=desk.summary, why=" ", **desk.who)
    assert desk.summary.sent_on == TODAY
    actions.withdraw_summary_sent(row=desk.summary, why="Jäi panemata.", **desk.who)
    event = Event.objects.get(name="plans.withdraw_summary_sent")
    assert event.why == "Jäi panemata."
    assert list(faults()) == []


@pytest.mark.parametrize("count", [1, 5])
def test_what_holds_is_found_by_few_questions(count: int, django_assert_num_queries: Any) -> None:
    desk = Desk()
    first, paper = desk.summary.pk, desk.paper
    for _ in range(count):
        sent = send_paper(paper=paper, sending=TO_AUTHORITY, **desk.who)
        cancel_sending(row=sent.row, why="Jäi panemata.", **desk.who)
    held = desk.summary
    with django_assert_num_queries(2):
        assert same_summary(desk.room.provider.pk, first) == held
    with django_assert_num_queries(1):
        assert not has_gone(paper.provider_id, (paper.kind, paper.about), Addressee.AUTHORITY)
    assert same_summary(make_provider("Teine OÜ").pk, first) is None
