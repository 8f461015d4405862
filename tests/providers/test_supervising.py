"""Workers whose training is not finished: who supervises, and what is told of it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import TODAY, make_provider, make_user
from tests.providers.test_actions import add_place
from tests.providers.test_staff import add_staff
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.queries import events_of, faults
from tugiplaan.providers import actions, queries
from tugiplaan.providers.actions import CourseData, Post, Supervisor, UnableToSuperviseError
from tugiplaan.providers.models import Provider, Staff, Supervision
from tugiplaan.rules.staffing import TrainingCaution
from tugiplaan.rules.vocabulary import Service

pytestmark = pytest.mark.django_db

WHO: dict[str, Any] = {"on": TODAY}
DAY = date(2026, 3, 2)


class Team:
    """A trainee with a post, and two colleagues."""

    def __init__(self) -> None:
        self.provider: Provider = make_provider()
        self.user = make_user("Tiina Teder", "activity_supervisor", self.provider)
        self.trainee: Staff = add_staff(self.provider, "T1", user_id=self.user.pk)
        self.mentor, self.other = add_staff(self.provider, "T2"), add_staff(self.provider, "T3")
        place = add_place(self.provider)
        post = Post(place.pk, Service.KE, Decimal(1), date(2025, 2, 3))
        actions.add_position(staff=self.trainee, post=post, by=operator(), **WHO)

    def course(self, kind: str, hours: int, began: date, ended: date | None) -> None:
        data = CourseData(kind, hours, began, ended)
        actions.record_course(staff=self.trainee, data=data, by=operator(), **WHO)

    def supervise(self, who: Staff, since: date = DAY) -> Supervision:
        data = Supervisor(who.pk, since)
        return actions.supervise(staff=self.trainee, data=data, by=operator(), **WHO)

    def cautions(self, day: date = TODAY) -> tuple[TrainingCaution, ...]:
        found = queries.own_training(self.provider.pk, self.user.pk, day)
        assert found is not None
        return found.cautions


def test_a_supervisor_is_named_replaced_and_ended() -> None:
    team = Team()
    team.supervise(team.mentor)
    assert queries.supervisors_on(team.provider.pk, DAY) == {team.trainee.pk: team.mentor}
    row = team.supervise(team.other, date(2026, 5, 1))
    before = queries.supervisors_on(team.provider.pk, date(2026, 4, 30))
    assert before == {team.trainee.pk: team.mentor}
    assert queries.supervisors_on(team.provider.pk, TODAY) == {team.trainee.pk: team.other}
    actions.end_supervision(supervision=row, last_day=date(2026, 6, 1), by=operator(), **WHO)
    assert queries.supervisors_on(team.provider.pk, TODAY) == {}
    names = [event.name for event in events_of(team.provider.pk)]
    assert names.count("providers.supervise") == 2
    assert "providers.end_supervision" in names
    assert [one.supervisor for one in queries.supervisions_of(team.trainee)] == [
        team.other, team.mentor,
    ]  # fmt: skip
    assert list(faults()) == []


def test_who_left_supervises_nobody() -> None:
    team = Team()
    team.supervise(team.mentor)
    actions.end_staff(staff=team.mentor, last_day=date(2026, 6, 1), why="", by=operator(), **WHO)
    assert queries.supervisors_on(team.provider.pk, date(2026, 6, 1)) != {}
    assert queries.supervisors_on(team.provider.pk, date(2026, 6, 2)) == {}


def test_a_supervision_that_cannot_be_is_refused() -> None:
    team = Team()
    stranger = add_staff(make_provider("Teine OÜ"), "T1")
    newcomer = add_staff(team.provider, "T9", valid_from=date(2026, 6, 1))
    for who, part in (
        (team.trainee, "iseennast"),
        (stranger, "ei tööta siin"),
        (newcomer, "ei tööta siin"),
    ):
        with pytest.raises(UnableToSuperviseError, match=part):
            team.supervise(who)
    row = team.supervise(team.mentor)
    for since in (DAY, date(2026, 2, 1)):
        with pytest.raises(UnableToSuperviseError, match=r"alates 02\.03\.2026"):
            team.supervise(team.other, since)
    with pytest.raises(UnableToSuperviseError, match="ei saa sel päeval"):
        actions.end_supervision(supervision=row, last_day=date(2026, 3, 1), by=operator(), **WHO)
    actions.end_supervision(supervision=row, last_day=DAY, by=operator(), **WHO)
    with pytest.raises(UnableToSuperviseError, match="ei saa sel päeval"):
        actions.end_supervision(supervision=row, last_day=DAY, by=operator(), **WHO)
    assert Supervision.objects.count() == 1


def test_a_colleague_elsewhere_names_nobody() -> None:
    team = Team()
    row = team.supervise(team.mentor)
    other = make_user("Kalle Kask", "director", make_provider("Teine OÜ"))
    data = Supervisor(team.mentor.pk, TODAY)
    with pytest.raises(NotAllowedError):
        actions.supervise(staff=team.trainee, data=data, by=other, on=TODAY)
    with pytest.raises(NotAllowedError):
        actions.end_supervision(supervision=row, last_day=TODAY, by=other, on=TODAY)


def test_what_a_worker_is_told_follows_the_training() -> None:
    team = Team()
    unsupervised = TrainingCaution.UNSUPERVISED
    assert team.cautions() == (TrainingCaution.MAY_NOT_BEGIN, unsupervised)
    team.course("basic_40", 40, date(2024, 6, 1), date(2024, 7, 1))
    assert team.cautions() == (TrainingCaution.OVERDUE, unsupervised)
    assert team.cautions(date(2026, 6, 1)) == (unsupervised,)  # the last day is in time
    team.supervise(team.mentor)
    assert team.cautions(date(2026, 6, 1)) == ()
    assert team.cautions() == (TrainingCaution.OVERDUE,)
    team.course("rest_220", 220, date(2024, 6, 1), date(2026, 6, 14))
    assert team.cautions() == ()


def test_whoever_is_no_worker_is_told_nothing(
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    team = Team()
    stranger = make_user("Malle Maa", "service_manager", team.provider)
    assert queries.own_training(team.provider.pk, stranger.pk, TODAY) is None
    for _ in range(3):
        with django_assert_max_num_queries(5):
            team.cautions()
        for number in range(20):
            add_staff(team.provider, f"N{number}-{_}")
