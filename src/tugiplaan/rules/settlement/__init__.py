"""Settlement: facts in, payable lines with their explanation and findings out."""

from tugiplaan.rules.settlement.person import settle
from tugiplaan.rules.settlement.run import settle_month

__all__ = ["settle", "settle_month"]
