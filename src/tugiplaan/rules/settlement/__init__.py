"""Settlement: facts in, payable lines with their explanation and findings out."""

from tugiplaan.rules.settlement.left import Left, LimitKind, LimitUnit, left_of
from tugiplaan.rules.settlement.person import settle
from tugiplaan.rules.settlement.run import settle_month, with_new_places

__all__ = [
    "Left",
    "LimitKind",
    "LimitUnit",
    "left_of",
    "settle",
    "settle_month",
    "with_new_places",
]
