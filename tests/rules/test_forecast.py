"""What a planned package costs: the same sums as of hours given, ceilings and all."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tugiplaan.rules.components import Surround, priced_records
from tugiplaan.rules.facts import ComponentContract, ComponentPrice, ComponentRecord, PriceList
from tugiplaan.rules.forecast import PlannedLine, package_forecast
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, FindingCode, Mode, Tier

DAY = date(2026, 6, 15)


def price(component: str, amount: str, **values: Any) -> ComponentPrice:
    plain: dict[str, Any] = {
        "funder": "V",
        "component": component,
        "mode": Mode.INDIVIDUAL,
        "audience": Audience.PERSON,
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
        "tier": Tier.ADDITIONAL,
        "name": component,
        "price": Decimal(amount),
    }
    return ComponentPrice(**{**plain, **values})


def line(component: str, minutes: int, **values: Any) -> PlannedLine:
    plain: dict[str, Any] = {"valid_from": date(2026, 1, 1), "valid_to": None}
    plain |= values
    return PlannedLine("V", component, Mode.INDIVIDUAL, Audience.PERSON, minutes, **plain)


def book(*prices: ComponentPrice) -> PriceList:
    return PriceList(prices, [ComponentContract("V", date(2026, 1, 1))])


def test_a_whole_year_is_twelve_months_at_the_price_of_the_list() -> None:
    (row,) = package_forecast([line("C1", 240)], DAY, book(price("C1", "50.00")))
    assert list(row[2:]) == [200, 2400, 2400, None]
    assert row.entry.price is not None


def test_a_part_of_a_month_counts_by_its_days() -> None:
    begun = line("C1", 300, valid_from=date(2026, 6, 16), valid_to=date(2026, 7, 31))
    (row,) = package_forecast([begun], DAY, book(price("C1", "60.00")))
    # 15 of 30 days of June, and July.
    assert row.year == 150 + 300


def test_what_is_over_the_ceiling_is_planned_and_not_payable() -> None:
    capped = price(
        "C4", "40.00", ceiling=Decimal("2280.00"), ceiling_period=CeilingPeriod.CALENDAR_YEAR
    )
    (row,) = package_forecast([line("C4", 480)], DAY, book(capped))
    assert list(row[2:5]) == [320, 3840, 2280]
    assert row.problem is FindingCode.OVER_CEILING


def test_an_unconfirmed_price_is_told_and_pays_nothing() -> None:
    unsure = price("C6", "45.00", is_confirmed=False)
    (row,) = package_forecast([line("C6", 60)], DAY, book(unsure))
    assert [row.month, row.payable] == [45, 0]
    assert row.problem is FindingCode.PRICE_UNCONFIRMED


def test_without_a_price_no_sum_is_made_up() -> None:
    none, later = package_forecast(
        [line("C9", 60), line("C1", 60)],
        DAY,
        book(price("C1", "50.00", valid_from=date(2026, 7, 1))),
    )
    assert [none.month, none.year, none.problem] == [None, None, FindingCode.PRICE_MISSING]
    assert [later.month, later.year, later.payable] == [None, None, 300]
    ended = line("C1", 60, valid_to=date(2025, 12, 31), valid_from=date(2025, 1, 1))
    (row,) = package_forecast([ended], DAY, book(price("C1", "50.00")))
    assert [row.month, row.year, row.payable] == [50, 0, 0]


@given(st.lists(st.integers(1, 40).map(lambda n: n * 15), min_size=1, max_size=4))
def test_the_forecast_is_what_the_engine_pays_for_such_records(minutes: list[int]) -> None:
    capped = price(
        "C4", "40.00", ceiling=Decimal("2280.00"), ceiling_period=CeilingPeriod.CALENDAR_YEAR
    )
    prices = book(capped)
    # Lines of one component share its ceiling, however they are cut.
    rows = package_forecast([line("C4", one) for one in minutes], DAY, prices)
    given_ = [
        ComponentRecord(
            *(f"{month}:{at}", "", date(2026, month, 1), None, "V", "C4"),
            *(Mode.INDIVIDUAL, Audience.PERSON, one, None, "", ""),
        )
        for month in range(1, 13)
        for at, one in enumerate(minutes)
    ]
    paid = sum(
        (
            row.payable
            for month in range(1, 13)
            for row in priced_records("", given_, Month(2026, month), prices, Surround())
        ),
        Fraction(0),
    )
    assert sum(row.payable for row in rows) == paid <= 2280
