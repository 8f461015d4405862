"""A user's own rates over the built-in ones."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tugiplaan.rules.explanation import tell_source
from tugiplaan.rules.legal import Certainty, DatedValue, NotInForceError
from tugiplaan.rules.packs import RatePack, lay_over
from tugiplaan.rules.tables import builtin

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
