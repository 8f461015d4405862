"""What the price covers: the regulation's list by day, and the energy supplement."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.golden_rows import Row, golden, tell_all
from tugiplaan.rules.coverage import (
    CostComponent,
    cost_items,
    coverage_of,
    covers,
    energy_supplement,
)
from tugiplaan.rules.explanation import LANGUAGES
from tugiplaan.rules.legal import Certainty, NotInForceError
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Service

LAW = builtin()


@pytest.mark.parametrize("row", golden("coverage", "covers"))
def test_covers(row: Row) -> None:
    found = coverage_of(Service(row.given["service"]), row.given["day"])
    assert {
        str(cover.component): [item.item for item in cover.items] for cover in found
    } == row.expect
    for cover in found:
        assert cover.is_covered is bool(row.expect[cover.component])
        assert len(tell_all(cover.explanation)) == len(LANGUAGES) * max(1, len(cover.items))
        for item, step in zip(cover.items, cover.explanation, strict=False):
            assert [value.name for value in step.values] == [item.item]


@pytest.mark.parametrize("row", golden("coverage", "energy"))
def test_energy(row: Row) -> None:
    month = Month.parse(row.given["month"])
    if row.expect.get("refused"):
        with pytest.raises(NotInForceError):
            energy_supplement(row.given["persons"], month, LAW)
        return
    found = energy_supplement(row.given["persons"], month, LAW)
    assert str(found.amount) == row.expect["amount"]
    tell_all(found.explanation)


def test_nobody_brings_nothing_and_less_than_nobody_is_refused() -> None:
    assert energy_supplement(0, Month(2023, 1), LAW).amount == 0
    with pytest.raises(ValueError, match="negative"):
        energy_supplement(-1, Month(2023, 1), LAW)


@pytest.mark.parametrize(
    ("service", "day"), [(Service.KE, date(2019, 12, 31)), (Service.PNH, date(2024, 12, 31))]
)
def test_what_was_not_found_is_refused(service: Service, day: date) -> None:
    with pytest.raises(NotInForceError, match="was not found"):
        covers(service, CostComponent.TRANSPORT, day)


@pytest.mark.parametrize("component", list(CostComponent))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_has_a_name(component: CostComponent, language: str) -> None:
    assert component.label(language)


def test_medicines_changed_hands_at_the_turn_of_2025() -> None:
    component = CostComponent.MEDICINES_AND_HYGIENE
    before = covers(Service.KE, component, date(2024, 12, 31))
    after = covers(Service.KE, component, date(2025, 1, 1))
    assert [item.item for item in before.items] == ["medicines_and_care_products"]
    assert [item.item for item in after.items] == ["medicines_ke"]


def test_health_checks_have_no_gap_between_their_two_sources() -> None:
    for day in (date(2021, 2, 28), date(2021, 3, 1)):
        assert covers(Service.TTT, CostComponent.HEALTH_CHECKS, day).is_covered


def test_every_item_has_names_services_and_sources() -> None:
    for item in cost_items():
        assert all(item.names[language] for language in LANGUAGES)
        assert item.services
        assert all(row.source for row in item.rows)
        assert {row.value for row in item.rows} == {1}


@given(
    st.sampled_from(Service),
    st.sampled_from(CostComponent),
    st.dates(date(2025, 1, 1), date(2030, 1, 1)),
)
def test_only_rows_that_may_be_used_cover(
    service: Service, component: CostComponent, day: date
) -> None:
    for step in covers(service, component, day).explanation:
        for value in step.values:
            assert value.certainty is not Certainty.END_ONLY
            assert value.covers(day)
