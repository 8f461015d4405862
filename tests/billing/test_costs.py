"""What services cost: entered, imported, set beside the maximum cost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.billing.home import NOVEMBER, Home, make_home
from tests.cast import make_user
from tugiplaan.accounts.access import NotAllowedError
from tugiplaan.audit.models import Event
from tugiplaan.audit.queries import faults
from tugiplaan.billing.actions.closing import close
from tugiplaan.billing.actions.correcting import correct_month
from tugiplaan.billing.actions.costs import (
    MonthCosts,
    UnableToEnterCostsError,
    cancel_cost,
    enter_costs,
    import_costs,
)
from tugiplaan.billing.actions.issuing import issue
from tugiplaan.billing.actions.preparing import prepare
from tugiplaan.billing.costs import ServiceCost, cost_beside_maximum, costs_of
from tugiplaan.billing.models import ActualCost
from tugiplaan.referrals.actions.stays import End, end_stay
from tugiplaan.rules.coverage import CostComponent
from tugiplaan.rules.vocabulary import EndReason, Service

pytestmark = pytest.mark.django_db

MAY = 202605
PAY, TRAVEL = CostComponent.PAY_AND_TRAINING, CostComponent.TRANSPORT
COSTS = MonthCosts(Service.KE, MAY, {PAY: Decimal("900"), TRAVEL: Decimal("50.5")})
ROW = {"month": "2026-05", "service": "KE", "component": "transport", "amount": "50,50"}


@pytest.fixture
def home() -> Home:
    return make_home()


def enter(home: Home, costs: MonthCosts = COSTS, **by: Any) -> list[ActualCost]:
    given: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER, **by}
    return enter_costs(provider_id=home.provider.pk, costs=costs, **given)


def bring(home: Home, *rows: dict[str, str], **by: Any) -> list[ActualCost]:
    given: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER, **by}
    return import_costs(provider_id=home.provider.pk, rows=rows, **given)


def issued(home: Home) -> None:
    whole: dict[str, Any] = {"provider_id": home.provider.pk, "by": home.accountant}
    close(statement=prepare(period=MAY, on=NOVEMBER, **whole), by=home.accountant, on=NOVEMBER)
    issue(period=MAY, issued_on=date(2026, 6, 5), on=NOVEMBER, **whole)


def amounts(home: Home) -> list[tuple[str, Decimal]]:
    return list(costs_of(home.provider.pk, MAY).values_list("component", "amount"))


def test_costs_are_entered_and_entered_again(home: Home) -> None:
    enter(home)
    assert amounts(home) == [("pay_and_training", Decimal(900)), ("transport", Decimal("50.50"))]
    (row,) = enter(home, replace(COSTS, amounts={TRAVEL: Decimal(60), PAY: Decimal(900)}))
    assert (row.amount, row.why) == (Decimal(60), "Sisestati uuesti.")
    (row,) = enter(home, replace(COSTS, amounts={TRAVEL: Decimal(0)}), why="Tasaarveldus")
    assert row.why == "Tasaarveldus"
    assert amounts(home) == [("pay_and_training", Decimal(900)), ("transport", Decimal(0))]
    with pytest.raises(UnableToEnterCostsError, match="juba kirjas"):
        enter(home, replace(COSTS, amounts={TRAVEL: Decimal(0)}))
    assert ActualCost.objects.count() == 4
    assert Event.objects.filter(name="billing.enter_costs").count() == 3
    assert list(faults()) == []


def test_a_place_has_costs_of_its_own(home: Home) -> None:
    enter(home)
    enter(home, replace(COSTS, place_id=home.place.pk))
    assert len(amounts(home)) == 4
    with pytest.raises(UnableToEnterCostsError, match="kohta siin ei ole"):
        enter(home, replace(COSTS, place_id=make_home("Teine OÜ").place.pk))


def test_a_cost_is_cancelled_and_may_come_again(home: Home) -> None:
    (row,) = enter(home, replace(COSTS, amounts={PAY: Decimal(5)}))
    who: dict[str, Any] = {"by": home.accountant, "on": NOVEMBER}
    with pytest.raises(UnableToEnterCostsError, match="põhjust"):
        cancel_cost(cost=row, why="", **who)
    cancel_cost(cost=row, why="Teise teenuse kulu", **who)
    assert amounts(home) == []
    enter(home, replace(COSTS, amounts={PAY: Decimal(5)}))
    assert amounts(home) == [("pay_and_training", Decimal(5))]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amounts": {}}, "Ühtegi summat"),
        ({"amounts": {PAY: Decimal(-1)}}, "ei sobi"),
        ({"amounts": {PAY: Decimal("0.001")}}, "ei sobi"),
        ({"amounts": {PAY: Decimal("NaN")}}, "ei sobi"),
        ({"period": 202613}, "Kuud 202613"),
        ({"period": 202612}, "tulevikus"),
    ],
)
def test_costs_that_cannot_be_are_refused(home: Home, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(UnableToEnterCostsError, match=says):
        enter(home, replace(COSTS, **changes))
    assert not ActualCost.objects.exists()


def test_rows_are_imported(home: Home) -> None:
    rows = bring(
        home,
        ROW,
        {**ROW, "component": "pay_and_training", "amount": " 900 ", "source": "Merit"},
        {**ROW, "place": "K1"},
    )
    assert [row.amount for row in rows] == [Decimal("50.50"), Decimal(900), Decimal("50.50")]
    assert (rows[1].source, rows[2].place) == ("Merit", home.place)
    (again,) = bring(home, {**ROW, "amount": "51"}, {**ROW, "place": "K1"})
    assert (again.corrects, again.amount) == (rows[0], Decimal(51))
    assert list(faults()) == []


def test_one_bad_row_stops_all_and_every_bad_row_is_named(home: Home) -> None:
    bad = [
        {**ROW, "month": "05.2026"},
        {**ROW, "month": "2026-12"},
        {**ROW, "service": "XX"},
        {**ROW, "component": "food"},
        {**ROW, "amount": "palju"},
        {**ROW, "amount": "-1"},
        {**ROW, "amount": "1.001"},
        {**ROW, "place": "K9"},
        ROW,
        {},
    ]
    with pytest.raises(UnableToEnterCostsError) as refused:
        bring(home, ROW, *bad)
    problems = refused.value.problems
    assert [problem.split(".")[0] for problem in problems] == [str(n) for n in range(2, 12)]
    assert "05.2026" in problems[0]
    assert problems[8].endswith("rida on juba.")
    assert "Midagi ei salvestatud" in str(refused.value)
    with pytest.raises(UnableToEnterCostsError, match="Ridu ei ole"):
        bring(home)
    with pytest.raises(UnableToEnterCostsError, match="Ja veel 5 rida"):
        bring(home, *[{}] * 25)
    assert not ActualCost.objects.exists()


def test_the_cost_stands_beside_the_maximum(home: Home) -> None:
    home.resident("P1")
    late = home.resident("P2", arrived=date(2026, 5, 22))
    issued(home)
    enter(home)
    enter(home, MonthCosts(Service.TE, MAY, {PAY: Decimal(10)}))
    enter(home, MonthCosts(Service.KE, MAY, {PAY: Decimal(100)}, place_id=home.place.pk))
    supported, living = cost_beside_maximum(home.provider.pk, MAY)
    # Community living: 676 € a month, ten days of 31 for the second: 894.06 of 894.0645….
    assert living == ServiceCost(
        Service.KE,
        {PAY: Decimal(1000), TRAVEL: Decimal("50.50")},
        persons=2,
        billed=Decimal("894.06"),
        maximum=Decimal("894.06"),
    )
    assert (living.cost, living.uncovered) == (Decimal("1050.50"), Decimal("156.44"))
    assert supported == ServiceCost(Service.TE, {PAY: Decimal(10)})
    ending = End(date(2026, 5, 26), EndReason.PERSON_WISH)
    end_stay(referral=late, end=ending, why="Hilinenud", by=home.director, on=NOVEMBER)
    correct_month(
        provider_id=home.provider.pk, period=MAY, why="Lõpp", by=home.accountant, on=NOVEMBER
    )
    (_, living) = cost_beside_maximum(home.provider.pk, MAY)
    assert living.billed < Decimal("894.06")
    assert living.maximum == living.billed


def test_others_may_not(home: Home) -> None:
    (row,) = enter(home, replace(COSTS, amounts={PAY: Decimal(5)}))
    for user in (
        make_user("Tiina", "activity_supervisor", home.provider),
        make_home("Teine OÜ").accountant,
    ):
        with pytest.raises(NotAllowedError):
            enter(home, by=user)
        with pytest.raises(NotAllowedError):
            bring(home, ROW, by=user)
        with pytest.raises(NotAllowedError):
            cancel_cost(cost=row, why="x", by=user, on=NOVEMBER)
    assert ActualCost.objects.count() == 1


def test_three_questions_however_much_there_is(
    home: Home, django_assert_num_queries: Callable[[int], Any]
) -> None:
    home.resident("P1")
    enter(home, replace(COSTS, amounts={PAY: Decimal(5)}))
    with django_assert_num_queries(3):
        cost_beside_maximum(home.provider.pk, MAY)
    with django_assert_num_queries(1):
        assert len(costs_of(home.provider.pk, MAY)) == 1
    for number in range(2, 22):
        home.resident(f"P{number}")
    issued(home)
    for service in Service:
        enter(home, replace(COSTS, service=service, place_id=home.place.pk))
    with django_assert_num_queries(3):
        assert sum(one.persons for one in cost_beside_maximum(home.provider.pk, MAY)) == 21
    with django_assert_num_queries(1):
        places = [row.place for row in costs_of(home.provider.pk, MAY)]
    assert len(places) == 13
