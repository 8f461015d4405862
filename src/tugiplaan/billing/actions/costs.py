"""Entering what services really cost: a month by hand, many months from rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugiplaan.accounts.access import User, require
from tugiplaan.audit.language import language
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.refusal import RefusedError
from tugiplaan.billing.actions.payments import is_amount
from tugiplaan.billing.costs import Key, ends_of
from tugiplaan.billing.models import ActualCost
from tugiplaan.providers.books import hold_provider
from tugiplaan.providers.queries import place_codes
from tugiplaan.referrals.corrections import begin_or_follow, cancellation, check_correction
from tugiplaan.rules.coverage import CostComponent
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import Service

_AGAIN = "Sisestati uuesti."
_MOST_NAMED = 20


class UnableToEnterCostsError(RefusedError):
    """The costs cannot be entered as given."""

    def __init__(self, message: str, problems: Sequence[str] = ()) -> None:
        """Say what is wrong.

        Args:
            message: In a sentence.
            problems: Every row that is wrong, each in a sentence.
        """
        super().__init__(message)
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class MonthCosts:
    """What a service cost in a month.

    Attributes:
        period: The month, YYYYMM.
        amounts: Euros by component, >= 0 with at most two decimals; those not named stay.
        place_id: At which place; None: at all together.
        source: Where the numbers are from.
    """

    service: Service
    period: int
    amounts: Mapping[CostComponent, Decimal] = field(default_factory=dict)
    place_id: UUID | None = None
    source: str = ""


def enter_costs(
    *, provider_id: UUID, costs: MonthCosts, why: str = "", by: User, on: date
) -> list[ActualCost]:
    """Enter what a service cost in a month, by component.

    Args:
        provider_id: At which provider.
        costs: The amounts; a second one for the same service, month, place and component takes
            the place of the first.
        why: Why an amount is entered again; may be empty.
        by: Who enters them.
        on: Today.

    Returns:
        The new rows; amounts that are there already are not entered again.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEnterCostsError: An amount, the month or the place cannot be, or nothing differs.

    Law: R65 § 1¹.
    """
    require(by, "billing.prepare", provider_id, on)
    places = place_codes(provider_id)
    problems = [] if costs.amounts else [_("Ühtegi summat ei ole.")]
    if costs.place_id is not None and costs.place_id not in places:
        problems.append(_("Sellist kohta siin ei ole."))
    if not _is_month(costs.period, on):
        problems.append(_("Kuud {month} ei ole või see on tulevikus.").format(month=costs.period))
    for component, amount in costs.amounts.items():
        if not _is_cost(amount):
            problems.append(
                _("Summa {amount} ({component}) ei sobi.").format(
                    amount=amount, component=component.label(language())
                )
            )
    if problems:
        raise UnableToEnterCostsError(
            _("{wrong} Midagi ei salvestatud.").format(wrong=" ".join(problems)), problems
        )
    wanted = {
        (costs.service, costs.period, component, costs.place_id): (amount, costs.source.strip())
        for component, amount in costs.amounts.items()
    }
    return _enter(provider_id, wanted, why, by)


def import_costs(
    *, provider_id: UUID, rows: Sequence[Mapping[str, str]], why: str = "", by: User, on: date
) -> list[ActualCost]:
    """Enter costs from rows of a table: all of them or none.

    Args:
        provider_id: At which provider.
        rows: Each with `month` (YYYY-MM), `service`, `component` (a code of `CostComponent`),
            `amount` (euros, with a point or a comma), and if wanted `place` (its code) and
            `source`.
        why: Why amounts are entered again; may be empty.
        by: Who imports.
        on: Today.

    Returns:
        As `enter_costs`.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEnterCostsError: A row cannot be; every such row is named, counted from 1. Or
            nothing differs.
    """
    require(by, "billing.prepare", provider_id, on)
    places = {code: key for key, code in place_codes(provider_id).items()}
    wanted: dict[Key, tuple[Decimal, str]] = {}
    problems = []
    for number, row in enumerate(rows, 1):
        try:
            key = _key(row, places, on)
            if key in wanted:
                raise _RowError(_("sama teenuse, kuu, koha ja komponendi rida on juba"))
            wanted[key] = (_amount(row), (row.get("source") or "").strip())
        except _RowError as error:
            problems.append(_("{number}. rida: {error}.").format(number=number, error=error))
    if not rows:
        problems.append(_("Ridu ei ole."))
    if problems:
        more = len(problems) - _MOST_NAMED
        told = problems[:_MOST_NAMED]
        if more > 0:
            rest = ngettext("Ja veel {more} rida.", "Ja veel {more} rida.", more)
            told.append(rest.format(more=more))
        raise UnableToEnterCostsError(
            _("{wrong} Midagi ei salvestatud.").format(wrong=" ".join(told)), problems
        )
    return _enter(provider_id, wanted, why, by)


def cancel_cost(*, cost: ActualCost, why: str, by: User, on: date) -> ActualCost:
    """Say that a cost was not there.

    Args:
        cost: The row that holds.
        why: The reason; not empty.
        by: Who cancels it.
        on: Today.

    Returns:
        The row that cancels it.

    Raises:
        NotAllowedError: `by` may not.
        UnableToEnterCostsError: No reason, or the row no longer holds.
    """
    provider_id = cost.provider_id
    require(by, "billing.prepare", provider_id, on)
    with acting(by=by, name="billing.cancel_cost", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        check_correction(cost, why, UnableToEnterCostsError)
        gone = cancellation(cost, why=why)
        act.store([gone])
    return gone


def _enter(
    provider_id: UUID, wanted: Mapping[Key, tuple[Decimal, str]], why: str, by: User
) -> list[ActualCost]:
    with acting(by=by, name="billing.enter_costs", provider_id=provider_id, why=why) as act:
        hold_provider(provider_id)
        ends = ends_of(provider_id, {period for _, period, _, _ in wanted})
        rows = []
        for key, (amount, source) in wanted.items():
            end = ends.get(key)
            if end is not None and not end.is_cancellation and end.amount == amount:
                continue
            service, period, component, place_id = key
            row = ActualCost(
                provider_id=provider_id,
                place_id=place_id,
                service=service,
                period=period,
                component=component,
                amount=euro(amount),
                source=source,
            )
            rows.append(begin_or_follow(row, end, why.strip() or _AGAIN))
        if not rows:
            raise UnableToEnterCostsError(_("Need summad on juba kirjas. Midagi ei muudetud."))
        act.store(rows)
        act.details["costs"] = len(rows)
    return rows


class _RowError(Exception):
    """What is wrong with a row."""


def _key(row: Mapping[str, str], places: Mapping[str, UUID], on: date) -> Key:
    values: dict[str, Any] = {name: (value or "").strip() for name, value in row.items()}
    written = values.get("month", "")
    try:
        month = Month.parse(written)
    except ValueError as error:
        raise _RowError(
            _("kuu „{written}“ ei ole kujul 2026-05").format(written=written)
        ) from error
    period = month.year * 100 + month.month
    if not _is_month(period, on):
        raise _RowError(_("kuu {written} on tulevikus").format(written=written))
    service = values.get("service", "")
    if service not in set(Service):
        raise _RowError(
            _("teenust „{service}“ ei ole ({all})").format(service=service, all=", ".join(Service))
        )
    component = values.get("component", "")
    if component not in set(CostComponent):
        raise _RowError(
            _("kulukomponenti „{component}“ ei ole ({all})").format(
                component=component, all=", ".join(CostComponent)
            )
        )
    place = values.get("place", "")
    if place and place not in places:
        raise _RowError(_("kohta „{place}“ ei ole").format(place=place))
    return Service(service), period, CostComponent(component), places[place] if place else None


def _amount(row: Mapping[str, str]) -> Decimal:
    written = (row.get("amount") or "").strip()
    try:
        amount = Decimal(written.replace(",", "."))
    except InvalidOperation as error:
        raise _RowError(_("summa „{written}“ ei ole arv").format(written=written)) from error
    if not _is_cost(amount):
        raise _RowError(
            _("summa {written} ei ole null või rohkem eurodes ja sentides").format(written=written)
        )
    return amount


def _is_cost(amount: Decimal) -> bool:
    return is_amount(amount) and amount >= 0


def _is_month(period: int, on: date) -> bool:
    year, month = divmod(period, 100)
    return 1 <= month <= 12 and date.min.year <= year and (year, month) <= (on.year, on.month)
