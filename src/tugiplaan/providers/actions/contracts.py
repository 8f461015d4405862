"""Contracts with the authority and other funders, and how these are invoiced: dated settings."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.providers.books import hold_provider, hold_stays
from tugiplaan.providers.models import BillingTerms, ComponentContract, StateContract
from tugiplaan.rules import facts
from tugiplaan.rules.period import FAR_PAST, Month

_DAYS_OF_YEAR = 366
_MINUTES_OF_DAY = 1440


class UnableToSetContractError(RefusedError):
    """The contract or the terms cannot be as given."""


def set_state_contract(
    *, provider_id: UUID, contract: facts.StateContract, why: str, by: User, on: date
) -> StateContract:
    """Set what the contract with the authority says from a day on.

    Settings from the same day on are changed.

    Args:
        provider_id: Whose contract.
        contract: What it says, with its first day.
        why: The reason; needed where a month was invoiced.
        by: Who sets.
        on: Today.

    Returns:
        The row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSetContractError: The first day is not said, or a limit of days cannot be.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.

    Law: SHS § 79(5) leaves these to the contract.
    """
    require(by, "providers.write", provider_id, on)
    if contract.valid_from == FAR_PAST:
        raise UnableToSetContractError(_("Lepingu algus on vajalik. Midagi ei muudetud."))
    limits = (contract.absence_year_limit_days, contract.hospital_year_limit_days)
    if any(limit is not None and not 0 <= limit <= _DAYS_OF_YEAR for limit in limits):
        raise UnableToSetContractError(
            _("Aasta piirang on päevades, 0–{most}. Midagi ei muudetud.").format(most=_DAYS_OF_YEAR)
        )
    with acting(
        by=by, name="providers.set_state_contract", provider_id=provider_id, why=why
    ) as act:
        hold_provider(provider_id)
        first, last = _months_of_state(provider_id, contract.valid_from)
        act.details["issued"] = sorted(hold_stays(provider_id, first, last, why=why))
        values = asdict(contract)
        row, _made = StateContract.objects.update_or_create(
            provider_id=provider_id, valid_from=values.pop("valid_from"), defaults=values
        )
    return row


def _months_of_state(provider_id: UUID, valid_from: date) -> tuple[date, date | None]:
    """Give the days of the months that a contract holds for, as `state_contract_on` chooses it."""
    rows = StateContract.objects.filter(provider_id=provider_id).exclude(valid_from=valid_from)
    starts = list(rows.values_list("valid_from", flat=True))
    month = Month.of(valid_from)
    first = valid_from if valid_from == month.first else month.plus(1).first
    if not any(start < valid_from for start in starts):
        first = FAR_PAST
    later = [start for start in starts if start > valid_from]
    return first, min(later) - timedelta(days=1) if later else None


def set_component_contract(
    *, provider_id: UUID, contract: facts.ComponentContract, why: str, by: User, on: date
) -> ComponentContract:
    """Set what the contract with a funder of component services says from a day on.

    Settings from the same day on are changed.

    Args:
        provider_id: Whose contract.
        contract: What it says, with its funder and first day.
        why: The reason; needed where a month was invoiced.
        by: Who sets.
        on: Today.

    Returns:
        The row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSetContractError: The funder is not said, or a number of minutes cannot be.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.

    Law: no law; contract settings.
    """
    require(by, "providers.write", provider_id, on)
    if not contract.funder.strip():
        raise UnableToSetContractError(_("Rahastaja registrikood on vajalik. Midagi ei muudetud."))
    minutes = (contract.minutes_per_hour, contract.increment_minutes)
    if not all(1 <= number <= _MINUTES_OF_DAY for number in minutes):
        raise UnableToSetContractError(
            _("Minuteid on vähemalt 1 ja kuni {most}. Midagi ei muudetud.").format(
                most=_MINUTES_OF_DAY
            )
        )
    values = asdict(contract)
    key: dict[str, Any] = {"provider_id": provider_id, "funder": values.pop("funder")}
    with acting(
        by=by, name="providers.set_component_contract", provider_id=provider_id, why=why
    ) as act:
        hold_provider(provider_id)
        after = ComponentContract.objects.filter(**key, valid_from__gt=contract.valid_from)
        following = after.order_by("valid_from").values_list("valid_from", flat=True).first()
        last = end_of_ceilings(following - timedelta(days=1)) if following else None
        held = hold_stays(provider_id, contract.valid_from, last, why=why)
        act.details["issued"] = sorted(held)
        row, _made = ComponentContract.objects.update_or_create(
            **key, valid_from=values.pop("valid_from"), defaults=values
        )
    return row


def end_of_ceilings(last_day: date) -> date:
    """Give the last day on which what a component cost by some day is felt.

    A yearly ceiling carries the cost of a month into the later months of its year.

    >>> end_of_ceilings(date(2026, 5, 31))
    datetime.date(2026, 12, 31)
    """
    return last_day.replace(month=12, day=31)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a funder is invoiced from a day on.

    Attributes:
        funder: Registry code of who pays.
        payment_days: Days from the invoice to its due date, 0 to 366.
        buyer_reference: What the buyer asks to be written on the invoice.
        reference_number: Digits; empty: none.
    """

    funder: str
    funder_name: str
    valid_from: date
    payment_days: int
    buyer_reference: str = ""
    reference_number: str = ""
    contract_number: str = ""


def set_billing_terms(
    *, provider_id: UUID, terms: Terms, why: str, by: User, on: date
) -> BillingTerms:
    """Set how a funder is invoiced from a day on; invoices that were issued keep their terms.

    Terms from the same day on are changed.

    Args:
        provider_id: Whose invoices.
        terms: The terms.
        why: The reason; may be empty.
        by: Who sets.
        on: Today.

    Returns:
        The row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToSetContractError: The funder is not named, or a number cannot be.

    Law: no law; the contract says it.
    """
    require(by, "providers.write", provider_id, on)
    wrong = ""
    if not terms.funder.strip() or not terms.funder_name.strip():
        wrong = _("Rahastaja registrikood ja nimi on vajalikud.")
    elif not 0 <= terms.payment_days <= _DAYS_OF_YEAR:
        wrong = _("Maksetähtaeg on päevades, 0–{most}.").format(most=_DAYS_OF_YEAR)
    elif terms.reference_number and not terms.reference_number.isdecimal():
        wrong = _("Viitenumbris on ainult numbrid.")
    if wrong:
        raise UnableToSetContractError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))
    values = asdict(terms)
    key = {name: values.pop(name) for name in ("funder", "valid_from")}
    with acting(by=by, name="providers.set_billing_terms", provider_id=provider_id, why=why):
        hold_provider(provider_id)
        row, _made = BillingTerms.objects.update_or_create(
            provider_id=provider_id, **key, defaults=values
        )
    return row
