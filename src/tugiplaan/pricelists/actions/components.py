"""Component price lists: adding rows, confirming and ending them."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.accounts.queries import overlapping
from tugiplaan.audit.language import show_day
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.pricelists.actions.amounts import later, wrong_amount, wrong_days
from tugiplaan.pricelists.models import ComponentPrice
from tugiplaan.providers.actions.contracts import end_of_ceilings
from tugiplaan.providers.books import hold_stays
from tugiplaan.rules.vocabulary import Audience, CeilingPeriod, Mode, Tier

# An unconfirmed price never bills: no invoice changes by it, so that no reason is asked for.
_CHANGES_NO_INVOICE = "Kinnitamata hind ei muuda ühtegi arvet."


@dataclass(frozen=True, slots=True)
class ListPrice:
    """One row of a component price list, euros an hour, days both included.

    Attributes:
        ceiling: Euros for a person in the ceiling period; None: none.
        is_confirmed: Only a confirmed price is ever billed.
    """

    funder: str
    component: str
    mode: Mode
    audience: Audience
    tier: Tier
    name: str
    price: Decimal
    valid_from: date
    valid_to: date | None = None
    ceiling: Decimal | None = None
    ceiling_period: CeilingPeriod | None = None
    version: str = ""
    source: str = ""
    is_confirmed: bool = False


class UnableToAddPriceError(RefusedError):
    """The component price cannot be added as given."""


_AUDIENCES = frozenset({Audience.PERSON, Audience.FAMILY, Audience.PROVIDER})


def add_component_price(
    *, provider_id: UUID, price: ListPrice, why: str, by: User, on: date
) -> ComponentPrice:
    """Add a row to a component price list.

    Args:
        provider_id: Whose list.
        price: The row; unconfirmed unless it says otherwise.
        why: The reason; needed where a confirmed price changes a month that was invoiced.
        by: Who adds.
        on: Today.

    Returns:
        The new row.

    Raises:
        NotAllowedError: `by` may not.
        UnableToAddPriceError: A code, amount or day cannot be, a price begins on the same day
            already, or an unconfirmed price would hide a confirmed one.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.
    """
    require(by, "pricelists.write", provider_id, on)
    if wrong := _wrong_price(price):
        raise UnableToAddPriceError(_("{wrong} Midagi ei salvestatud.").format(wrong=wrong))
    row = price_row(provider_id, price)
    try:
        with acting(
            by=by, name="pricelists.add_component_price", provider_id=provider_id, why=why
        ) as act:
            act.details["issued"] = hold_price(row, why)
            if not row.is_confirmed and confirmed_beside(row):
                raise UnableToAddPriceError(
                    _(
                        "Neil päevadel kehtib kinnitatud hind, mille kinnitamata hind varjaks. "
                        "Vali teised päevad või lisa kinnitatud hind. Midagi ei salvestatud."
                    )
                )
            row.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToAddPriceError(
            _(
                "Samal päeval algav hind on komponendil {component} juba olemas. Midagi ei "
                "salvestatud."
            ).format(component=price.component)
        ) from error
    return row


def _wrong_price(price: ListPrice) -> str:
    wrong = wrong_amount(price.price) or wrong_days(price.valid_from, price.valid_to)
    if price.ceiling is not None:
        wrong = wrong or wrong_amount(price.ceiling)
    if not all(text.strip() for text in (price.funder, price.component, price.name)):
        return _("Rahastaja, komponent ja nimetus on vajalikud.")
    if price.audience not in _AUDIENCES:
        return _("Hind on inimese, pere või teenuseosutaja jaoks.")
    if (price.ceiling is None) != (price.ceiling_period is None):
        return _("Piirmäär ja selle aeg käivad koos.")
    return wrong


def price_row(provider_id: UUID, price: ListPrice) -> ComponentPrice:
    """Make the row of a price without storing it."""
    values = asdict(price) | {"ceiling_period": price.ceiling_period or ""}
    return ComponentPrice(provider_id=provider_id, **values)


def hold_price(row: ComponentPrice, why: str) -> list[int]:
    """Hold the months that a component price is felt in; a yearly ceiling carries it on."""
    last = end_of_ceilings(row.valid_to) if row.valid_to else None
    reason = why if row.is_confirmed else why or _CHANGES_NO_INVOICE
    return sorted(hold_stays(row.provider_id, row.valid_from, last, why=reason))


def confirmed_beside(row: ComponentPrice) -> bool:
    """Tell whether a confirmed price of the same kind holds on some of the days."""
    return ComponentPrice.objects.filter(
        overlapping(row.valid_from, row.valid_to),
        provider_id=row.provider_id,
        funder=row.funder,
        component=row.component,
        mode=row.mode,
        audience=row.audience,
        is_confirmed=True,
    ).exists()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """From when to when a price holds for certain, both included.

    Attributes:
        valid_to: None: until further notice.
        why: The reason; needed where a month was invoiced.
    """

    valid_from: date
    valid_to: date | None = None
    why: str = ""


class UnableToConfirmPriceError(RefusedError):
    """The price cannot be confirmed for these days."""


def confirm_price(
    *, price: ComponentPrice, confirmation: Confirmation, by: User, on: date
) -> ComponentPrice:
    """Confirm a component price with its days: from now on it is billed on them.

    Args:
        price: Which.
        confirmation: The days for which it is certain.
        by: Who vouches for it.
        on: Today.

    Returns:
        The row as it is now.

    Raises:
        NotAllowedError: `by` may not.
        UnableToConfirmPriceError: It is confirmed already, the days cannot be, or another price
            begins on the same day.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.
    """
    require(by, "pricelists.write", price.provider_id, on)
    given = confirmation
    if wrong := wrong_days(given.valid_from, given.valid_to):
        raise UnableToConfirmPriceError(_("{wrong} Midagi ei muudetud.").format(wrong=wrong))
    provider_id = price.provider_id
    try:
        with acting(
            by=by, name="pricelists.confirm_price", provider_id=provider_id, why=given.why
        ) as act:
            row = ComponentPrice.objects.select_for_update().get(pk=price.pk)
            if row.is_confirmed:
                raise UnableToConfirmPriceError(_("Hind on juba kinnitatud. Midagi ei muudetud."))
            first = min(row.valid_from, given.valid_from)
            last = later(row.valid_to, given.valid_to)
            held = hold_stays(
                provider_id, first, end_of_ceilings(last) if last else None, why=given.why
            )
            act.details["issued"] = sorted(held)
            row.valid_from, row.valid_to = given.valid_from, given.valid_to
            row.is_confirmed = True
            row.save()
    except IntegrityError as error:
        raise UnableToConfirmPriceError(
            _("Samal päeval algav hind on sellel komponendil juba olemas. Midagi ei muudetud.")
        ) from error
    return row


class UnableToEndPriceError(RefusedError):
    """The price cannot end on that day."""


def end_price(
    *, price: ComponentPrice, last_day: date, why: str, by: User, on: date
) -> ComponentPrice:
    """End a component price, or make it end on another day.

    Args:
        price: Which.
        last_day: The last day on which it holds.
        why: The reason; needed where a month was invoiced.
        by: Who ends it.
        on: Today.

    Returns:
        The row as it is now.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEndPriceError: The day is before the first, or it ends on that day already.
        MonthClosedError: A month that it changes is closed and not issued.
        WhyNeededError: A month that it changes was invoiced and no reason is given.
    """
    require(by, "pricelists.write", price.provider_id, on)
    provider_id = price.provider_id
    with acting(by=by, name="pricelists.end_price", provider_id=provider_id, why=why) as act:
        row = ComponentPrice.objects.select_for_update().get(pk=price.pk)
        if last_day < row.valid_from or last_day == row.valid_to:
            raise UnableToEndPriceError(
                _(
                    "Hind kehtib alates {first}; vali lõpuks muu päev, mis ei ole enne seda. "
                    "Midagi ei muudetud."
                ).format(first=show_day(row.valid_from))
            )
        last = later(row.valid_to, last_day)
        first = min(day for day in (row.valid_to, last_day) if day)
        reason = why if row.is_confirmed else why or _CHANGES_NO_INVOICE
        end = end_of_ceilings(last) if last else None
        act.details["issued"] = sorted(hold_stays(provider_id, first, end, why=reason))
        row.valid_to = last_day
        row.save()
    return row
