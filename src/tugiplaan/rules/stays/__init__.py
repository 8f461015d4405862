"""Who was there on which day, and what that day pays before any price is known."""

from tugiplaan.rules.stays.absence import (
    Away,
    Ledger,
    YearLimits,
    away_days,
    spell_limit,
    year_limits,
)
from tugiplaan.rules.stays.portions import Portion, blocked_portions, day_portions
from tugiplaan.rules.stays.presence import (
    Block,
    Presence,
    barred_days,
    is_too_new,
    is_under_age,
    out_of_term,
    presences,
    stay_of,
)
from tugiplaan.rules.stays.turn_up import NoShow, no_show, turn_up_days
from tugiplaan.rules.stays.units import UnitMonth, Used, adaptation_ends, non_use_of, unit_month
from tugiplaan.rules.stays.volumes import HourMonth, MonthLedger, counts, hour_month, hours
from tugiplaan.rules.stays.year import YearCount

__all__ = [
    "Away",
    "Block",
    "HourMonth",
    "Ledger",
    "MonthLedger",
    "NoShow",
    "Portion",
    "Presence",
    "UnitMonth",
    "Used",
    "YearCount",
    "YearLimits",
    "adaptation_ends",
    "away_days",
    "barred_days",
    "blocked_portions",
    "counts",
    "day_portions",
    "hour_month",
    "hours",
    "is_too_new",
    "is_under_age",
    "no_show",
    "non_use_of",
    "out_of_term",
    "presences",
    "spell_limit",
    "stay_of",
    "turn_up_days",
    "unit_month",
    "year_limits",
]
