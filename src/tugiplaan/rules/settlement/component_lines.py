"""Lines and findings of component services."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tugiplaan.rules.components import Priced, Surround, cost, priced_records
from tugiplaan.rules.explanation import Shown, Step
from tugiplaan.rules.facts import ComponentPrice, Facts, Finding, Line
from tugiplaan.rules.legal import Certainty, DatedValue
from tugiplaan.rules.money import euro
from tugiplaan.rules.settlement.drafts import Books
from tugiplaan.rules.settlement.lines import sections
from tugiplaan.rules.vocabulary import CeilingPeriod, FindingCode, GroupPrice, Kind, Mode, Unit

_SECTION = "hinnakiri"


@dataclass(slots=True)
class _Group:
    """The records of a month that make one line, or one finding."""

    rows: list[Priced] = field(default_factory=list)

    @property
    def whole(self) -> list[Priced]:
        """The records that are payable in full."""
        return [row for row in self.rows if row.problem is None]

    @property
    def payable(self) -> Fraction:
        cut = (row.left for row in self.rows if row.left is not None)
        return cost(self.whole) + sum(cut, Fraction(0))

    @property
    def hours(self) -> Fraction:
        """Payable hours; a record cut by a ceiling counts in proportion."""
        per_hour: dict[int, int] = {}
        for row in self.whole:
            minutes = row.entry.contract.minutes_per_hour if row.entry.contract else 1
            per_hour[minutes] = per_hour.get(minutes, 0) + row.minutes
        whole = sum((Fraction(total, hour) for hour, total in per_hour.items()), Fraction(0))
        return whole + sum(
            (row.hours * _paid_part(row) for row in self.rows if row.left), Fraction(0)
        )

    @property
    def unpaid_hours(self) -> Fraction:
        return sum((row.hours * (1 - _paid_part(row)) for row in self.rows), Fraction(0))

    @property
    def unpaid(self) -> Decimal | None:
        known = [row.exact - (row.left or 0) for row in self.rows if row.exact is not None]
        return euro(sum(known, Fraction(0))) if known else None


def _paid_part(row: Priced) -> Fraction:
    """Tell which part of a record that has a problem is paid."""
    return row.left / row.exact if row.left and row.exact else Fraction(0)


def component_lines(
    facts: Facts, books: Books, parallel: Callable[[date], str]
) -> tuple[list[Line], list[Finding]]:
    """Settle the component records of one person's month.

    Args:
        facts: The person's facts.
        books: Contract, surroundings and month.
        parallel: Gives the referral in whose stay a day lies; empty: none.

    Returns:
        One line for each funder, component, mode, audience and list price, rounded half-up
        once; and what is not payable, with its hours and amount.

    Law: reading 9.
    """
    person = facts.person.person
    rows = priced_records(
        person,
        facts.components,
        books.month,
        books.contract.components,
        Surround(books.surroundings.sessions, parallel),
    )
    paid: dict[tuple[object, ...], _Group] = {}
    unpaid: dict[tuple[object, ...], _Group] = {}
    for row in rows:
        key = _key(row)
        if row.problem is not None:
            unpaid.setdefault((row.problem, row.other, *key), _Group()).rows.append(row)
        elif row.is_billed_elsewhere:
            unpaid.setdefault((None, "", *key), _Group()).rows.append(row)
        if row.left or (row.minutes and row.problem is None and not row.is_billed_elsewhere):
            paid.setdefault(key, _Group()).rows.append(row)
    lines = [
        _line(f"{books.month}-{person}-c{number}", person, group)
        for number, (_, group) in enumerate(sorted(paid.items(), key=_sorting), 1)
    ]
    findings = [_finding(person, group) for _, group in sorted(unpaid.items(), key=_sorting)]
    return lines, findings


def _key(row: Priced) -> tuple[object, ...]:
    record = row.record
    price = row.price.price if row.price else None
    return (record.funder, record.component, record.mode, record.audience, price)


def _sorting(item: tuple[tuple[object, ...], _Group]) -> tuple[str, ...]:
    return tuple(str(part) for part in item[0])


def _line(key: str, person: str, group: _Group) -> Line:
    rows = group.rows
    record, price = rows[0].record, rows[0].price
    assert price is not None  # noqa: S101 - records without a price are never payable
    payable = group.payable
    amount = euro(payable)
    ceiling_row = rows[0].entry.ceiling
    hours = group.hours
    steps = _steps(group, price, hours, amount)
    return Line(
        key,
        record.funder,
        "",
        person,
        "",
        record.component,
        record.component,
        str(record.mode),
        str(record.audience),
        Kind.COMPONENT,
        min(row.record.day for row in rows),
        max(row.record.day for row in rows),
        hours,
        Unit.HOUR,
        None,
        price.price,
        Decimal(1),
        None,
        Fraction(ceiling_row.ceiling) if ceiling_row and ceiling_row.ceiling else None,
        payable,
        amount,
        sections(steps),
        steps,
    )


@lru_cache(maxsize=1024)
def _price_value(price: ComponentPrice) -> DatedValue:
    return DatedValue(
        name=f"{price.component} {price.mode} {price.audience}",
        value=price.price,
        unit="h",
        valid_from=price.valid_from,
        valid_to=price.valid_to,
        source=" ".join(part for part in (price.version, price.source) if part) or _SECTION,
        certainty=Certainty.USER,
    )


def _steps(
    group: _Group, price: ComponentPrice, quantity: Fraction, amount: Decimal
) -> tuple[Step, ...]:
    record, entry = group.rows[0].record, group.rows[0].entry
    contract, ceiling_row = entry.contract, entry.ceiling
    numbers: tuple[tuple[str, Shown], ...] = (("code", price.component), ("price", price.price))
    steps = [Step("list_price", numbers, (_price_value(price),), _SECTION)]
    minutes = sum(row.record.minutes for row in group.rows)
    hours: tuple[tuple[str, Shown], ...] = (
        ("records", len(group.rows)),
        ("minutes", minutes),
        ("quantity", quantity),
    )
    steps.append(Step("component_hours", hours))
    if (
        contract
        and record.mode is Mode.GROUP
        and contract.group_price is not GroupPrice.PER_PARTICIPANT
    ):
        steps.append(Step(f"group_{contract.group_price}"))
    if ceiling_row and ceiling_row.ceiling is not None:
        is_monthly = ceiling_row.ceiling_period is CeilingPeriod.MONTH
        code = "ceiling_month" if is_monthly else "ceiling_year"
        steps.append(Step(code, (("limit_amount", ceiling_row.ceiling),), (), _SECTION))
    steps.append(Step("rounded_once", (("amount", amount),)))
    return tuple(steps)


def _finding(person: str, group: _Group) -> Finding:
    first = group.rows[0]
    record = first.record
    numbers: tuple[tuple[str, Shown], ...] = (
        ("component", record.component),
        ("mode", str(record.mode)),
        ("audience", str(record.audience)),
        ("funder", record.funder),
        ("other", first.other),
        ("reading", "group_price once"),
    )
    hours, amount = group.unpaid_hours, group.unpaid
    if first.problem is None:
        amount = None
    return Finding(
        code=first.problem or FindingCode.READING_USED,
        referral="",
        person=person,
        first_day=min(row.record.day for row in group.rows),
        last_day=max(row.record.day for row in group.rows),
        quantity=hours,
        unit=Unit.HOUR,
        amount_not_payable=amount,
        numbers=numbers,
        records=tuple(row.record.record for row in group.rows),
    )
