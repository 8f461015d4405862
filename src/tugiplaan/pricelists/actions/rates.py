"""A provider's own prices, and rates that it enters with their act."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.month_folder.checks import unit_of
from tugiplaan.pricelists.actions.amounts import later, wrong_amount, wrong_days
from tugiplaan.pricelists.models import OwnPrice, Rate
from tugiplaan.providers.books import hold_stays
from tugiplaan.rules.services import rate_codes


@dataclass(frozen=True, slots=True)
class Price:
    """A provider's own price for some days, both included.

    Attributes:
        code: A rate code; the price is in its unit.
        amount: Euros, >= 0, at most six decimals.
        valid_to: None: until further notice.
    """

    code: str
    amount: Decimal
    valid_from: date
    valid_to: date | None = None


class UnableToSetOwnPriceError(RefusedError):
    """The own price cannot be as given."""


def set_own_price(*, provider_id: UUID, price: Price, why: str, by: User, on: date) -> OwnPrice:
    """Set the provider's own price from a day on.

    A price of the same code from the same day on is changed; of others that overlap the later
    start counts.

    Args:
        provider_id: Whose price.
        price: The price and its days.
        why: The reason; needed where a month was invoiced.
        by: Who sets.
        on: Today.

    Returns:
        The row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSetOwnPriceError: The code is unknown, or the amount or the days cannot be.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.

    Law: SHS § 79(1).
    """
    require(by, "pricelists.write", provider_id, on)
    wrong = wrong_amount(price.amount) or wrong_days(price.valid_from, price.valid_to)
    if price.code not in rate_codes():
        wrong = _("Määra koodi „{code}“ ei ole.").format(code=price.code)
    if wrong:
        raise UnableToSetOwnPriceError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))
    key: dict[str, Any] = {"code": price.code, "valid_from": price.valid_from}
    with acting(by=by, name="pricelists.set_own_price", provider_id=provider_id, why=why) as act:
        there = OwnPrice.objects.filter(provider_id=provider_id, **key).first()
        last = later(price.valid_to, there.valid_to) if there else price.valid_to
        act.details["issued"] = sorted(hold_stays(provider_id, price.valid_from, last, why=why))
        values = {"amount": price.amount, "valid_to": price.valid_to}
        row, _new = OwnPrice.objects.update_or_create(
            provider_id=provider_id, **key, defaults=values
        )
    return row


@dataclass(frozen=True, slots=True)
class SourcedRate:
    """A rate with the act that sets it, days both included.

    Attributes:
        code: A rate code.
        unit: `month`, `day` or `oop`, as the code has it.
        amount: Euros, >= 0, at most six decimals.
        source: Act and section.
        known_from: From when on it was known; None: from its first day.
        cap: A limit that goes with it, in words; shown, not computed with.
    """

    code: str
    unit: str
    amount: Decimal
    source: str
    valid_from: date
    valid_to: date | None = None
    known_from: date | None = None
    cap: str = ""


class UnableToEnterRateError(RefusedError):
    """The rate cannot be entered as given."""


def enter_rate(*, provider_id: UUID, rate: SourcedRate, why: str, by: User, on: date) -> Rate:
    """Enter a rate of an act: on its days it goes before the built-in one.

    A rate of the same code from the same day on is changed.

    Args:
        provider_id: For whose months it counts.
        rate: The rate, its days and its source.
        why: The reason; needed where a month was invoiced.
        by: Who vouches for it.
        on: Today.

    Returns:
        The row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEnterRateError: The source is empty, the code is unknown, the unit is another
            than the code's, or the amount or the days cannot be.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.

    Law: rule R-01; R65 § 2.
    """
    require(by, "pricelists.write", provider_id, on)
    if wrong := _wrong_rate(rate):
        raise UnableToEnterRateError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))
    values = asdict(rate)
    key = {name: values.pop(name) for name in ("code", "valid_from")}
    with acting(by=by, name="pricelists.enter_rate", provider_id=provider_id, why=why) as act:
        there = Rate.objects.filter(provider_id=provider_id, **key).first()
        last = later(rate.valid_to, there.valid_to) if there else rate.valid_to
        act.details["issued"] = sorted(hold_stays(provider_id, rate.valid_from, last, why=why))
        row, _new = Rate.objects.update_or_create(provider_id=provider_id, **key, defaults=values)
    return row


def _wrong_rate(rate: SourcedRate) -> str:
    if not rate.source.strip():
        return _("Määral peab olema allikas: akt ja paragrahv.")
    if rate.code not in rate_codes():
        return _("Määra koodi „{code}“ ei ole.").format(code=rate.code)
    if rate.unit != unit_of(rate.code):
        return _("Määra {code} ühik on {right}, mitte {unit}.").format(
            code=rate.code, right=unit_of(rate.code), unit=rate.unit
        )
    return wrong_amount(rate.amount) or wrong_days(rate.valid_from, rate.valid_to)
