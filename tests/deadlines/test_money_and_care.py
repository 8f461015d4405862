"""What the work list shows of unpaid own contributions and of isolations."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.billing.home import make_home
from tests.billing.test_contribution_bills import agreed, bill, pay
from tests.cast import TODAY
from tests.delivery.test_care import NOW, PROTOCOL, House
from tugiplaan.accounts.access import User
from tugiplaan.billing.models import ContributionBill
from tugiplaan.deadlines.queries import Action, Task, TaskKind, work_list
from tugiplaan.delivery.actions.care import Finish, correct_isolation, end_isolation
from tugiplaan.providers.models import Provider
from tugiplaan.rules.tables import builtin

pytestmark = pytest.mark.django_db

_CONTRIBUTION = (TaskKind.CONTRIBUTION_DEBT, TaskKind.CONTRIBUTION_REFUSAL)
_ISOLATION = (TaskKind.ISOLATION_GOES_ON, TaskKind.ISOLATION_PAPERS)


def found(user: User, provider: Provider, day: date, *kinds: TaskKind) -> list[Task]:
    listed = work_list(user=user, provider_id=provider.pk, day=day, law=builtin())
    return [one for one in listed.tasks if one.kind in kinds]


def test_one_month_unpaid_grows_to_two_in_a_row() -> None:
    home = make_home()
    agreed(home, "P1")
    agreed(home, "P2")
    for period in (202604, 202605, 202606):
        bill(home, period)
    mine = list(ContributionBill.objects.order_by("agreement__referral__code", "period"))
    pay(home, mine[1], "400")
    pay(home, mine[4], "399.99")
    assert found(home.accountant, home.provider, date(2026, 5, 15), *_CONTRIBUTION) == []
    first, second = found(home.accountant, home.provider, date(2026, 7, 16), *_CONTRIBUTION)
    # P2 owes three months in a row; P1 paid May, so what P1 owes begins anew with June.
    assert (first.kind, first.action) == (TaskKind.CONTRIBUTION_REFUSAL, Action.DECIDE_REFUSAL)
    assert dict(first.numbers) == {"unpaid": 3, "sum": Decimal("800.01")}
    assert first.about == mine[3].agreement.referral_id
    assert not first.may_act
    assert (second.kind, second.due_on) == (TaskKind.CONTRIBUTION_DEBT, date(2026, 8, 15))
    assert (second.about, second.action) == (mine[2].pk, Action.RECORD_PAYMENT)
    assert dict(second.numbers)["sum"] == Decimal("800.00")
    assert second.may_act


def test_an_isolation_goes_on_and_then_waits_for_its_papers() -> None:
    house = House()
    row = house.isolate()
    (open_one,) = found(house.manager, house.provider, TODAY, *_ISOLATION)
    assert (open_one.kind, open_one.about) == (TaskKind.ISOLATION_GOES_ON, row.pk)
    ends = NOW + timedelta(minutes=60)
    finish = Finish(ends, replace(PROTOCOL, explained=""))
    ended = end_isolation(row=row, finish=finish, now=ends, **house.who)
    (papers,) = found(house.manager, house.provider, TODAY, *_ISOLATION)
    assert (papers.kind, papers.about, papers.due_on) == (
        TaskKind.ISOLATION_PAPERS, ended.pk, TODAY,
    )  # fmt: skip
    assert [step.code for step in papers.explanation] == ["isolation_not_explained"]
    correct_isolation(row=ended, protocol=PROTOCOL, why="selgitati", **house.who)
    assert found(house.manager, house.provider, TODAY, *_ISOLATION) == []
