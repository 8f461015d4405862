"""Changing price lists: own prices, component prices, sourced rates."""

from tugiplaan.pricelists.actions.components import (
    Confirmation,
    ListPrice,
    UnableToAddPriceError,
    UnableToConfirmPriceError,
    UnableToEndPriceError,
    add_component_price,
    confirm_price,
    end_price,
)
from tugiplaan.pricelists.actions.rates import (
    Price,
    SourcedRate,
    UnableToEnterRateError,
    UnableToSetOwnPriceError,
    enter_rate,
    set_own_price,
)
from tugiplaan.pricelists.actions.templates import (
    TakenOver,
    UnableToTakeOverError,
    take_over_template,
)

__all__ = [
    "Confirmation",
    "ListPrice",
    "Price",
    "SourcedRate",
    "TakenOver",
    "UnableToAddPriceError",
    "UnableToConfirmPriceError",
    "UnableToEndPriceError",
    "UnableToEnterRateError",
    "UnableToSetOwnPriceError",
    "UnableToTakeOverError",
    "add_component_price",
    "confirm_price",
    "end_price",
    "enter_rate",
    "set_own_price",
    "take_over_template",
]
