"""A user's own rates over the built-in ones."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tugiplaan.rules.explanation import tell_source
from tugiplaan.rules.legal import Certainty, DatedValue, NotInForceError
from tugiplaan.rules.packs import RatePack, lay_over, price_templates
from tugiplaan.rules.tables import builtin
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, Tier

OWN = DatedValue(
    name="IET",
    value=Decimal("212"),
    unit="month",
    valid_from=date(2025, 1, 1),
    valid_to=date(2025, 12, 31),
    source="letter of the authority, 2 January 2025",
    certainty=Certainty.USER,
)
PACK = RatePack("rates-2025", (OWN,))


def test_a_refused_day_is_priced_by_the_pack_and_says_so() -> None:
    law = lay_over(builtin(), PACK)
    found = law.rates.on("IET", date(2025, 6, 10))
    assert (found.value, found.pack) == (Decimal("212"), "rates-2025")
    assert "your rates: rates-2025" in tell_source(found, "en")
    assert "sinu määrad: rates-2025" in tell_source(found, "et")
    assert law.label == "builtin+rates-2025"


def test_other_days_codes_and_terms_stay_the_law_s() -> None:
    law = lay_over(builtin(), PACK)
    assert law.rates.on("IET", date(2026, 6, 10)).pack == ""
    assert law.rates.on("IET", date(2024, 6, 10)).value == Decimal("206")
    assert law.terms is builtin().terms
    with pytest.raises(NotInForceError):
        law.rates.on("KE", date(2025, 6, 10))


def test_the_law_below_does_not_change() -> None:
    lay_over(builtin(), PACK)
    with pytest.raises(NotInForceError):
        builtin().rates.on("IET", date(2025, 6, 10))
    assert OWN.pack == ""


def test_rows_that_were_not_known_are_left_out() -> None:
    law = lay_over(builtin(), PACK, known=date(2024, 12, 31))
    with pytest.raises(NotInForceError):
        law.rates.on("IET", date(2025, 6, 10))
    law = lay_over(builtin(), PACK, known=date(2025, 1, 1))
    assert law.rates.on("IET", date(2025, 6, 10)).value == Decimal("212")


def test_of_two_packs_the_one_on_top_goes_first() -> None:
    top = RatePack("corrected", (replace(OWN, value=Decimal("213")),))
    law = lay_over(lay_over(builtin(), PACK), top)
    found = law.rates.on("IET", date(2025, 6, 10))
    assert (found.value, found.pack, law.label) == (
        Decimal("213"),
        "corrected",
        "builtin+rates-2025+corrected",
    )


class TestPriceTemplates:
    def test_versions_come_in_the_order_in_which_they_were_published(self) -> None:
        assert list(price_templates()) == ["P2", "P3", "P4"]

    def test_what_the_list_says_of_a_component(self) -> None:
        (row,) = [
            row
            for row in price_templates()["P4"]
            if (row.component, row.mode, row.audience) == ("C4", Mode.GROUP, Audience.PERSON)
        ]
        assert (row.price, row.ceiling) == (Decimal("25.00"), Decimal("2280"))
        assert row.ceiling_period is CeilingPeriod.CALENDAR_YEAR
        assert (row.valid_from, row.valid_to) == (date(2025, 1, 1), date(2026, 12, 31))
        assert (row.tier, row.is_sure) == (Tier.ADDITIONAL, True)
        assert row.name == "Hõivatuse komponent"

    def test_the_core_service_is_the_base(self) -> None:
        tiers = {row.component: row.tier for row in price_templates()["P4"]}
        assert (tiers["B1"], tiers["C1"]) == (Tier.BASE, Tier.ADDITIONAL)

    def test_a_doubtful_date_is_not_taken_and_the_row_is_not_sure(self) -> None:
        row = price_templates()["P3"][0]
        assert (row.valid_from, row.valid_to, row.is_sure) == (None, None, False)
        assert row.stated == "2023-01-01?–2024-12-31?"

    def test_a_component_without_a_price_has_none_and_no_ceiling(self) -> None:
        row = next(row for row in price_templates()["P2"] if row.component == "B2")
        assert (row.price, row.ceiling, row.ceiling_period) == (None, None, None)
        assert row.is_sure

    def test_a_ceiling_that_was_not_legible_or_is_none_is_none(self) -> None:
        rows = {row.component: row for row in price_templates()["P4"]}
        assert rows["C6"].ceiling is rows["C1"].ceiling is None
        assert (rows["C6"].is_sure, rows["C1"].is_sure) == (False, True)
