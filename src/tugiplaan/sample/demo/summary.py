"""What a demo that was laid holds: people, months and their states, sums, what waits."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from tugiplaan.billing.debts import contribution_debts
from tugiplaan.billing.queries import (
    corrections_waiting,
    invoices_of,
    latest_statement,
    unbilled,
)
from tugiplaan.people.queries import persons_of
from tugiplaan.providers.queries import issued_periods, months_of
from tugiplaan.referrals.queries import waiting_arrivals
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import builtin
from tugiplaan.sample.demo.stage import FIRST_MONTH, House, Stage, period_of

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class MonthTold:
    """Where a month of a house stands.

    Attributes:
        state: open, closed or issued.
        amount: What its latest statement pays, euros.
        not_payable: What was delivered and is not paid, euros.
        blocks: How many findings hold something back.
        reasons: Why something is not paid: the code of each finding and its euros.
    """

    month: Month
    state: str
    amount: Decimal
    not_payable: Decimal
    blocks: int
    reasons: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class HouseTold:
    """What was laid for a house.

    Attributes:
        persons: People, merged entries left out.
        months: From January 2026 to the latest full one.
        unsourced: The last two months of 2025, prepared; none where no rate is missing.
        invoices: How many bills and credit notes were issued.
        billed: What they add up to, euros.
        corrections: Invoiced months that would come out different now, and by how much.
        held: Months with lines that wait for a summary assessment, and how much they are.
        owed: Own contributions that are overdue, euros.
        awaited: How many have a referral and have not come.
    """

    name: str
    persons: int
    months: tuple[MonthTold, ...]
    unsourced: tuple[MonthTold, ...]
    invoices: int
    billed: Decimal
    corrections: tuple[tuple[Month, Decimal], ...]
    held: tuple[tuple[Month, Decimal], ...]
    owed: Decimal
    awaited: int


def tell(stage: Stage) -> list[HouseTold]:
    """Say what was laid, house by house, as the database has it."""
    return [_tell(stage, house) for house in stage.houses.values()]


def _tell(stage: Stage, house: House) -> HouseTold:
    provider_id = house.provider_id
    states = {book.period: book.state for book in months_of(provider_id)}
    bills = invoices_of(provider_id).values_list("amount", flat=True)
    issued = issued_periods(provider_id)
    waiting = corrections_waiting(provider_id, issued)
    debts = contribution_debts(provider_id)
    before = [FIRST_MONTH.plus(-2), FIRST_MONTH.plus(-1)]
    return HouseTold(
        name=house.organisation.name,
        persons=persons_of(provider_id).filter(merged_into=None).count(),
        months=_months(provider_id, stage.months, states),
        unsourced=_months(provider_id, before, states),
        invoices=len(bills),
        billed=sum(bills, _NOTHING),
        corrections=tuple((_month(one.period), one.amount) for one in waiting),
        held=tuple(_held(provider_id, issued)),
        owed=sum((one.open for one in debts if one.days_overdue(stage.today)), _NOTHING),
        awaited=len(waiting_arrivals(provider_id, stage.today, builtin())),
    )


def _months(
    provider_id: UUID, months: list[Month], states: dict[int, str]
) -> tuple[MonthTold, ...]:
    told = []
    for month in months:
        period = period_of(month)
        found = latest_statement(provider_id, period)
        if found is not None:
            sums = (found.amount, found.not_payable, found.blocks_count)
            reasons = found.findings.filter(amount_not_payable__gt=0).order_by("number")
            told.append(
                MonthTold(
                    month,
                    states.get(period, "open"),
                    *sums,
                    tuple((row.code, row.amount_not_payable or _NOTHING) for row in reasons),
                )
            )
    return tuple(told)


def _held(provider_id: UUID, periods: list[int]) -> list[tuple[Month, Decimal]]:
    found = []
    for period in periods:
        lines = unbilled(provider_id, period).held
        if lines:
            found.append((_month(period), sum((line.amount for line in lines), _NOTHING)))
    return found


def _month(period: int) -> Month:
    return Month(period // 100, period % 100)
