"""Contracts, licences and sizes as the rules see them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cast import make_provider
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.month_folder.contract import read_contract
from tugiplaan.month_folder.report import Report
from tugiplaan.providers import queries
from tugiplaan.providers.models import (
    Building,
    ComponentContract,
    Licence,
    Place,
    Provider,
    SizePeriod,
    StateContract,
)
from tugiplaan.rules import facts
from tugiplaan.rules.vocabulary import Service, SizeClass, TargetGroup

pytestmark = pytest.mark.django_db

TOML = """
[provider]
name = "Kodu OÜ"
registry_code = "12345678"
vat_number = "EE101"
iban = "EE38"
[state_contract]
valid_from = 2024-01-01
history_from = 2023-01-01
part_month_denominator = "thirty"
absence_year = "calendar_year"
absence_year_limit_days = 30
hospital_year_limit_days = 0
te_minimum = "week_by_week"
pays_unused_pnh_days = false
pays_unused_int_days = false
pays_empty_court_places = true
[[component_contract]]
funder = "75000000"
valid_from = 2024-01-01
minutes_per_hour = 45
increment_minutes = 1
increment_rounding = "up"
group_price = "split"
"""


def make_contracts(provider: Provider) -> None:
    with acting(by=operator(), name="test.make_contracts"):
        StateContract.objects.create(
            provider=provider,
            valid_from=date(2024, 1, 1),
            history_from=date(2023, 1, 1),
            part_month_denominator="thirty",
            absence_year="calendar_year",
            absence_year_limit_days=30,
            hospital_year_limit_days=0,
            te_minimum="week_by_week",
            pays_unused_pnh_days=False,
            pays_unused_int_days=False,
            pays_empty_court_places=True,
        )
        ComponentContract.objects.create(
            provider=provider,
            funder="75000000",
            valid_from=date(2024, 1, 1),
            minutes_per_hour=45,
            increment_minutes=1,
            increment_rounding="up",
            group_price="split",
        )


def test_contract_is_the_same_from_the_database_and_from_the_folder(tmp_path: Path) -> None:
    provider = make_provider(registry_code="12345678", vat_number="EE101", iban="EE38")
    make_contracts(provider)
    path = tmp_path / "contract.toml"
    path.write_text(TOML, "utf-8")
    report = Report()
    file = read_contract(path, report)
    assert not report.problems
    state, who, components = queries.contract_facts(provider.pk, date(2026, 5, 1))
    assert (state, who, components) == (file.state, file.provider, file.component_contracts)


def test_without_a_contract_the_defaults_hold() -> None:
    provider = make_provider()
    make_contracts(make_provider("Teine OÜ"))
    found = queries.contract_facts(provider.pk, date(2026, 5, 1))
    assert found == (facts.StateContract(), facts.Provider(name="Kodu OÜ"), ())


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2023, 12, 31), date(2024, 1, 1)),  # none has begun: the earliest
        (date(2024, 1, 1), date(2024, 1, 1)),
        (date(2026, 3, 31), date(2024, 1, 1)),  # the month has begun under the old one
        (date(2026, 4, 1), date(2026, 3, 2)),
        (date(2026, 3, 1), date(2024, 1, 1)),
    ],
)
def test_latest_contract_begun_by_the_first_of_the_month_holds(day: date, begins: date) -> None:
    provider = make_provider()
    with acting(by=operator(), name="test.make_contracts"):
        for start in (date(2026, 3, 2), date(2024, 1, 1)):
            StateContract.objects.create(provider=provider, valid_from=start)
    found = queries.state_contract_on(provider.pk, day)
    assert found is not None
    assert found.valid_from == begins


def test_licences_and_sizes_name_their_place() -> None:
    provider, other = make_provider(), make_provider("Teine OÜ")
    first, later = date(2024, 1, 1), date(2025, 1, 1)
    with acting(by=operator(), name="test.make_places"):
        for owner in (provider, other):
            house = Building.objects.create(provider=owner, code="H")
            place = Place.objects.create(provider=owner, code="K1", name="Kodu", building=house)
            for start, end, size in ((later, None, "LE12"), (first, date(2024, 12, 31), "GT12")):
                SizePeriod.objects.create(
                    provider=owner, place=place, first_day=start, last_day=end, size_class=size
                )
            Licence.objects.create(
                provider=owner,
                code="SEH1",
                place=place,
                service="OEH",
                valid_from=first,
                max_persons=12,
                target_groups="aut ordinary",
            )
    groups = frozenset({TargetGroup.AUT, TargetGroup.ORDINARY})
    licence = facts.Licence("SEH1", "K1", Service.OEH, first, None, 12, groups)
    assert queries.house_facts(provider.pk) == (licence,)
    assert queries.size_class_facts(provider.pk) == {
        "K1": (
            facts.PlacePeriod(first, date(2024, 12, 31), SizeClass.GT12),
            facts.PlacePeriod(later, None, SizeClass.LE12),
        )
    }


@pytest.mark.parametrize("count", [1, 20])
def test_facts_and_lists_take_as_many_queries_however_many_rows(
    count: int, django_assert_num_queries: Any
) -> None:
    provider = make_provider()
    first = date(2024, 1, 1)
    with acting(by=operator(), name="test.make_rows"):
        for number in range(count):
            house = Building.objects.create(provider=provider, code=f"H{number}")
            place = Place.objects.create(
                provider=provider, code=f"K{number}", name="Kodu", building=house
            )
            SizePeriod.objects.create(
                provider=provider, place=place, first_day=first, size_class="G6"
            )
            Licence.objects.create(
                provider=provider,
                code=f"L{number}",
                place=place,
                service="OEH",
                valid_from=first,
                max_persons=6,
            )
            start = date(2024, 1, 1 + number)
            StateContract.objects.create(provider=provider, valid_from=start)
            ComponentContract.objects.create(provider=provider, funder="7", valid_from=start)
    with django_assert_num_queries(3):
        assert len(queries.contract_facts(provider.pk, date(2026, 5, 1)).components) == count
    with django_assert_num_queries(1):
        assert len(queries.house_facts(provider.pk)) == count
    with django_assert_num_queries(1):
        assert len(queries.size_class_facts(provider.pk)) == count
    with django_assert_num_queries(1):
        assert len({row.building.code for row in queries.places_of(provider.pk)}) == count
    with django_assert_num_queries(1):
        assert len({row.place.code for row in queries.licences_of(provider.pk)}) == count
    with django_assert_num_queries(1):
        assert len({row.place.code for row in queries.size_periods_of(provider.pk)}) == count
    with django_assert_num_queries(1):
        assert queries.billing_terms_on(provider.pk, "7", first) is None
