"""Price lists as the rules see them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cast import make_provider
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.month_folder import read_rates
from tugiplaan.month_folder.contract import read_contract
from tugiplaan.month_folder.report import Report
from tugiplaan.pricelists import queries
from tugiplaan.pricelists.models import ComponentPrice, OwnPrice, Rate
from tugiplaan.providers.models import Provider
from tugiplaan.rules import facts
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, Tier

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)
TOML = """
[[own_price]]
code = "KE"
amount = "650.25"
valid_from = 2026-07-01
[[own_price]]
code = "PNH_OOP"
amount = "90.125"
valid_from = 2026-07-01
valid_to = 2026-12-31
"""
CSV = """code,valid_from,valid_to,known_from,unit,amount,cap,source
IET,2026-07-01,,2026-06-01,month,230,kuni eelarve lõpuni,RT I 2026
"""


def make_prices(provider: Provider) -> None:
    with acting(by=operator(), name="test.make_prices"):
        OwnPrice.objects.create(
            provider=provider, code="KE", amount=Decimal("650.25"), valid_from=JULY
        )
        OwnPrice.objects.create(
            provider=provider,
            code="PNH_OOP",
            amount=Decimal("90.125"),
            valid_from=JULY,
            valid_to=date(2026, 12, 31),
        )
        Rate.objects.create(
            provider=provider,
            code="IET",
            valid_from=JULY,
            known_from=date(2026, 6, 1),
            unit="month",
            amount=Decimal(230),
            cap="kuni eelarve lõpuni",
            source="RT I 2026",
        )


def test_own_prices_are_the_same_from_the_database_and_from_the_folder(tmp_path: Path) -> None:
    provider = make_provider()
    make_prices(provider)
    path = tmp_path / "contract.toml"
    path.write_text(TOML, "utf-8")
    file, found = read_contract(path, Report()).own_prices, queries.own_price_facts(provider.pk)
    assert found.names() == file.names() == ["KE", "PNH_OOP"]
    assert [found.rows(code) for code in found.names()] == [
        file.rows(code) for code in file.names()
    ]


def test_rates_are_the_same_from_the_database_and_from_the_folder(tmp_path: Path) -> None:
    provider = make_provider()
    make_prices(provider)
    path = tmp_path / "rates.csv"
    path.write_text(CSV, "utf-8")
    assert queries.rate_pack(provider.pk) == read_rates(path)


def test_a_provider_without_prices_has_none() -> None:
    make_prices(make_provider("Teine OÜ"))
    provider = make_provider()
    assert queries.own_price_facts(provider.pk).names() == []
    assert queries.rate_pack(provider.pk) is None
    assert queries.component_price_facts(provider.pk) == ()


def test_component_price_comes_with_every_field() -> None:
    provider = make_provider()
    with acting(by=operator(), name="test.make_prices"):
        ComponentPrice.objects.create(
            provider=provider,
            funder="75000000",
            component="B1",
            mode="group",
            audience="family",
            valid_from=JULY,
            valid_to=date(2026, 12, 31),
            version="P4",
            tier="additional",
            name="Tugi",
            price=Decimal("49"),
            ceiling=Decimal("980.5"),
            ceiling_period="month",
            source="leping",
            is_confirmed=True,
        )
        ComponentPrice.objects.create(
            provider=provider,
            funder="75000000",
            component="B2",
            mode="individual",
            audience="person",
            valid_from=JULY,
            tier="base",
            name="Plaan",
            price=Decimal("27.5"),
        )
    assert queries.component_price_facts(provider.pk) == (
        facts.ComponentPrice(
            "75000000",
            "B1",
            Mode.GROUP,
            Audience.FAMILY,
            JULY,
            date(2026, 12, 31),
            Tier.ADDITIONAL,
            "Tugi",
            Decimal("49"),
            Decimal("980.50"),
            CeilingPeriod.MONTH,
            "P4",
            "leping",
            is_confirmed=True,
        ),
        facts.ComponentPrice(
            "75000000",
            "B2",
            Mode.INDIVIDUAL,
            Audience.PERSON,
            JULY,
            None,
            Tier.BASE,
            "Plaan",
            Decimal("27.50"),
            is_confirmed=False,
        ),
    )
