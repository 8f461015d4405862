"""Income, the state of the money of months, and actual cost beside the maximum."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.billing.home import NOVEMBER, SKA, Home, make_home
from tests.billing.test_costs import COSTS, enter
from tests.billing.test_month_close import closed, issued
from tests.cast import make_provider, make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.billing.actions.correcting import correct_month
from tugiplaan.billing.costs import cost_beside_maximum
from tugiplaan.billing.queries import unbilled
from tugiplaan.insight.queries import costs, income, money
from tugiplaan.referrals.actions import End, end_stay
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import EndReason, Service

pytestmark = pytest.mark.django_db

MONTHS = [Month(2026, 4).plus(number) for number in range(3)]


def asked(home: Home) -> dict[str, Any]:
    return {
        "provider_id": home.provider.pk, "months": MONTHS, "by": home.director, "on": NOVEMBER,
    }  # fmt: skip


def test_issued_due_and_held_add_up_to_what_was_closed() -> None:
    home = make_home()
    home.resident("P1")
    home.resident("P2", ended=date(2026, 5, 20))
    home.resident("P3", "IET")
    issued(home, 202604)
    issued(home)
    closed(home, 202606)
    april, may, june = money(**asked(home))
    assert (april.state, may.state, june.state) == ("issued", "issued", "closed")
    for month in (april, may, june):
        assert month.closed == month.issued - month.credited + month.due + month.held
        left = unbilled(home.provider.pk, month.period)
        assert month.due == sum((line.amount for line in left.due), Decimal(0))
        assert month.held == sum((line.amount for line in left.held), Decimal(0))
        waiting = [line.pk for line in (*left.due, *left.held)]
        assert sorted(line.line_id for line in month.waiting) == sorted(waiting)
    assert may.held > 0
    assert may.due == 0 == june.issued
    assert june.due > 0
    assert april.open == april.issued
    assert april.paid == 0
    assert (len(april.invoices), len(june.invoices)) == (1, 0)
    rows = income(**asked(home))
    for month in (april, may, june):
        mine = [row for row in rows if row.period == month.period]
        assert sum(row.issued for row in mine) == month.issued - month.credited
        assert sum(row.waiting for row in mine) == month.due + month.held
    first = next(row for row in rows if row.service is Service.KE)
    assert (first.period, first.funder, first.rate_codes) == (202604, SKA, ("KE",))
    assert first.issued == Decimal("1352.00")


def test_what_a_credit_note_takes_back_is_deducted() -> None:
    home = make_home()
    referral = home.resident("P1")
    (invoice,) = issued(home)
    end = End(date(2026, 5, 20), EndReason.DEATH, date(2026, 6, 10))
    who: dict[str, Any] = {"by": home.director, "on": NOVEMBER}
    end_stay(referral=referral, end=end, why="Teade tuli hiljem.", **who)
    correct_month(
        provider_id=home.provider.pk, period=202605, why="Suri 20. mail.", by=home.accountant,
        on=NOVEMBER,
    )  # fmt: skip
    (may,) = [month for month in money(**asked(home)) if month.period == 202605]
    assert (may.issued >= invoice.amount, may.credited) == (True, Decimal("676.00"))
    rows = [row for row in income(**asked(home)) if row.period == 202605]
    assert sum(row.issued for row in rows) == may.issued - may.credited < Decimal("676.00")


def test_cost_of_months_is_that_of_each_month() -> None:
    home = make_home()
    home.resident("P1")
    enter(home, COSTS)
    issued(home, 202604)
    issued(home)
    found = costs(**asked(home))
    assert list(found) == [202604, 202605, 202606]
    for period, rows in found.items():
        assert rows == cost_beside_maximum(home.provider.pk, period)
    (may,) = found[202605]
    assert (may.cost, may.billed) == (Decimal("950.50"), Decimal("676.00"))


def test_others_may_not_look() -> None:
    home = make_home()
    stranger = make_user("Võõras", "director", make_provider("Teine OÜ"))
    for look in (money, income, costs):
        with pytest.raises(NotAllowedError):
            look(**{**asked(home), "by": stranger})


@pytest.mark.parametrize("count", [1, 12])
def test_questions_do_not_grow(count: int, django_assert_num_queries: Any) -> None:
    home = make_home(f"Kodu {count} OÜ")
    for number in range(count):
        home.resident(f"P{number}")
        home.resident(f"E{number}", ended=date(2026, 5, 20))
    for month in MONTHS[:2]:
        issued(home, month.period)
    closed(home, 202606)
    with django_assert_num_queries(12):
        money(**asked(home))
    with django_assert_num_queries(8):
        income(**asked(home))
    with django_assert_num_queries(4):
        costs(**asked(home))
