"""Taking over a published component price list as a provider's own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.pricelists.actions.components import (
    ListPrice,
    confirmed_beside,
    hold_price,
    price_row,
)
from tugiplaan.pricelists.models import ComponentPrice
from tugiplaan.rules.packs import TemplatePrice, price_templates


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of taking over a template.

    Attributes:
        rows: The new prices, none confirmed.
        left_out: Components whose row has no price, begins like one that is there, or would
            hide a confirmed price.
    """

    rows: tuple[ComponentPrice, ...]
    left_out: tuple[str, ...]


class UnableToTakeOverError(RefusedError):
    """The template cannot be taken over."""


def take_over_template(
    *, provider_id: UUID, version: str, funder: str, by: User, on: date
) -> TakenOver:
    """Copy a published component price list into a provider's own, every row unconfirmed.

    A row whose first day is not known for certain begins today until it is confirmed.

    Args:
        provider_id: Whose list.
        version: Which template.
        funder: Registry code of who pays by it.
        by: Who takes it over.
        on: Today.

    Returns:
        The new rows, and what was left out.

    Raises:
        NotAllowedError: `by` may not.
        UnableToTakeOverError: There is no such template, the funder is not said, or nothing of
            it is new.
        MonthClosedError: A month on its days is closed and not issued.
    """
    require(by, "pricelists.write", provider_id, on)
    if version not in price_templates():
        wrong = _("Hinnakirja „{version}“ ei ole; olemas on {known}. Midagi ei salvestatud.")
        known = ", ".join(price_templates())
        raise UnableToTakeOverError(wrong.format(version=version, known=known))
    if not funder.strip():
        raise UnableToTakeOverError(_("Rahastaja registrikood on vajalik. Midagi ei salvestatud."))
    rows: list[ComponentPrice] = []
    left_out: list[str] = []
    name = "pricelists.take_over_template"
    with acting(by=by, name=name, provider_id=provider_id) as act:
        for template in price_templates()[version]:
            row = _template_row(template, provider_id, version, funder, on)
            if row is None or _is_there(row) or confirmed_beside(row):
                left_out.append(template.component)
                continue
            hold_price(row, "")
            row.save(force_insert=True)
            rows.append(row)
        if not rows:
            raise UnableToTakeOverError(
                _("Kõik selle hinnakirja hinnad on juba olemas. Midagi ei salvestatud.")
            )
        act.details |= {"version": version, "funder": funder, "left_out": left_out}
    return TakenOver(tuple(rows), tuple(left_out))


def _template_row(
    template: TemplatePrice, provider_id: UUID, version: str, funder: str, on: date
) -> ComponentPrice | None:
    if template.price is None:
        return None
    price = ListPrice(
        funder=funder,
        component=template.component,
        mode=template.mode,
        audience=template.audience,
        tier=template.tier,
        name=template.name,
        price=template.price,
        valid_from=template.valid_from or on,
        valid_to=template.valid_to,
        ceiling=template.ceiling,
        ceiling_period=template.ceiling_period,
        version=version,
        source=f"{template.source} ({template.stated})",
    )
    return price_row(provider_id, price)


def _is_there(row: ComponentPrice) -> bool:
    return ComponentPrice.objects.filter(
        provider_id=row.provider_id,
        funder=row.funder,
        component=row.component,
        mode=row.mode,
        audience=row.audience,
        valid_from=row.valid_from,
    ).exists()
