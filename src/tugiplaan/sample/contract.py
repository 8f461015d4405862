"""Knows the contracts of the invented provider and writes `contract.toml`."""

from tugiplaan.sample.months import Span
from tugiplaan.sample.prices import FUNDER, PRICES_FROM

_PROVIDER_NAME = "Näidiskodu SA"
_REGISTRY_CODE = "90000009"
# The example number of the Estonian banks: it passes every check and belongs to nobody.
_IBAN = "EE382200221020145685"
_OWN_PRICE_CODE = "TE"
_OWN_PRICE = "305.00"


def contract_text(span: Span) -> str:
    """Write the contracts down.

    Args:
        span: The settled month and its history.

    Returns:
        The text of `contract.toml`.
    """
    return f"""\
[provider]
name = "{_PROVIDER_NAME}"
registry_code = "{_REGISTRY_CODE}"
vat_number = ""
iban = "{_IBAN}"

[state_contract]
valid_from = 2016-01-01
history_from = {span.history_from.isoformat()}
part_month_denominator = "calendar_days"
absence_year = "rolling_12_months"
absence_year_limit_days = 122
hospital_year_limit_days = 183
te_minimum = "month_total"
pays_unused_pnh_days = true
pays_unused_int_days = true
pays_empty_court_places = true

[[own_price]]
code = "{_OWN_PRICE_CODE}"
amount = "{_OWN_PRICE}"
valid_from = {span.settled.year:04d}-01-01

[[component_contract]]
funder = "{FUNDER}"
valid_from = {PRICES_FROM.isoformat()}
minutes_per_hour = 60
increment_minutes = 15
increment_rounding = "nearest"
group_price = "per_participant"
"""
