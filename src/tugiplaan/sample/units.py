"""Knows how day and week care is used and writes its days, by day or with the night."""

from collections.abc import Collection
from datetime import date

from tugiplaan.sample.months import Month
from tugiplaan.sample.referrals import Referral
from tugiplaan.sample.scene import Scene

# Every month has so many weekdays; more units a month are never planned.
MOST_PLANNED = 20
_FEWEST_PLANNED = 10
_DAY_ONLY_SHARE = 0.2


def usual_units(scene: Scene) -> int:
    """Draw how many units a month a person plans and uses.

    Args:
        scene: What is shared.

    Returns:
        From 10 to 20.
    """
    natural = 3 * scene.rng.choice((10, 12, 13, 15, 16, 18))
    return min(max(round(scene.pace.rows(natural) / 3), _FEWEST_PLANNED), MOST_PLANNED)


def write_history(scene: Scene, referral: Referral, units: int) -> None:
    """Write the units of the months before the settled one.

    Args:
        scene: What is shared.
        referral: Whose; its volume unit says of which kind.
        units: How many in a full month; a part month has fewer.
    """
    for month in scene.span.months[:-1]:
        write_month(scene, referral, month, units)


def write_month(
    scene: Scene, referral: Referral, month: Month, units: int, *, away: Collection[date] = ()
) -> None:
    """Write the units of one month.

    Args:
        scene: What is shared.
        referral: Whose; its volume unit says of which kind.
        month: Which month.
        units: How many in a full month; a part month has fewer.
        away: Days without a unit.
    """
    first, last = referral.first_day, referral.last_day
    weekdays = [day for day in month.weekdays if first <= day <= last and day not in away]
    days = [day for day in month.days if first <= day <= last and day not in away]
    if not days:
        return
    if first > month.first or last < month.last:
        units = round(units * len(days) / len(month.days))
    chosen = scene.rng.sample(weekdays if units <= len(weekdays) else days, units)
    for day in sorted(chosen):
        line = f"{referral.code},{day.isoformat()},{_kind(scene, referral)}"
        scene.folder.add_plain("days", line)


def _kind(scene: Scene, referral: Referral) -> str:
    if referral.volume_unit == "day_month":
        return "day"
    if referral.service == "PNH" and scene.rng.random() < _DAY_ONLY_SHARE:
        return "day"
    return "oop"
