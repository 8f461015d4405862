"""Writing a component price list as component_prices.csv."""

import csv
from collections.abc import Iterable
from typing import TextIO

from tugiplaan.rules.facts import ComponentPrice

_COLUMNS = (
    "funder",
    "component",
    "mode",
    "audience",
    "valid_from",
    "valid_to",
    "version",
    "tier",
    "name",
    "price",
    "unit",
    "ceiling",
    "ceiling_period",
    "source",
    "confirmed",
)


def write_price_list(stream: TextIO, prices: Iterable[ComponentPrice]) -> None:
    """Write prices as the rows of component_prices.csv.

    Args:
        stream: Where to write.
        prices: The prices, in the order wanted.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for price in prices:
        writer.writerow(
            [
                price.funder,
                price.component,
                price.mode,
                price.audience,
                price.valid_from.isoformat(),
                price.valid_to.isoformat() if price.valid_to else "",
                price.version,
                price.tier,
                price.name,
                price.price,
                "h",
                "" if price.ceiling is None else price.ceiling,
                price.ceiling_period or "",
                price.source,
                "yes" if price.is_confirmed else "no",
            ]
        )
