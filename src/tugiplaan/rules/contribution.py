"""The person's own contribution: its ceiling, the missing part the state pays, unpaid months."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tugiplaan.rules.explanation import Step
from tugiplaan.rules.legal import DatedValue
from tugiplaan.rules.money import euro
from tugiplaan.rules.period import Month
from tugiplaan.rules.tables import Law, contribution_ceilings
from tugiplaan.rules.vocabulary import Service, SizeClass

_SECTION = "SHS §§ 73–74"
_CEILING_OF_SIZE = {
    SizeClass.GT12: "OEH_GT12",
    SizeClass.LE12: "OEH_LE12_G10",
    SizeClass.G10: "OEH_LE12_G10",
    SizeClass.G6: "OEH_LE12_G10",
}
OWN_CONTRIBUTION_SERVICES = frozenset({Service.KE, Service.PNH, Service.OEH})
"""Where food and lodging are the person's own, SHS § 73(1)."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The highest own contribution in a month.

    Attributes:
        value: Euros a calendar month, with their source.
        explanation: How the row was found.
    """

    value: DatedValue
    explanation: tuple[Step, ...]

    @property
    def amount(self) -> Decimal:
        return euro(self.value.value)


@dataclass(frozen=True, slots=True)
class GapPreview:
    """What the person would pay and what the state would; the authority decides it monthly.

    Attributes:
        keeps: What stays with the person, euros.
        pays: What the person pays, euros.
        gap: What the state pays for the person (puudujääv osa), euros.
        ceiling: The highest own contribution.
        explanation: The steps that led to it.
    """

    keeps: Decimal
    pays: Decimal
    gap: Decimal
    ceiling: Ceiling
    explanation: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class DayContribution:
    """The own contribution of a month of day and week care.

    Attributes:
        amount: What the person pays for the month, euros.
        daily_fee: The fee of a day, unrounded.
        days: Days used.
        ceiling: The highest own contribution.
        explanation: The steps that led to it.
    """

    amount: Decimal
    daily_fee: Fraction
    days: int
    ceiling: Ceiling
    explanation: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class MonthlyShare:
    """One month of an agreed own contribution.

    Attributes:
        month: The month of service.
        due_on: The agreed day of payment.
        agreed: Euros agreed.
        paid: Euros paid so far, by whomever.
    """

    month: Month
    due_on: date
    agreed: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class ContributionAccount:
    """What is known about a person's own contribution at a provider.

    Attributes:
        service: The service.
        shares: Its months, in any order.
        refuses_agreement: The person refuses a written agreement.
        is_taken_over: Somebody else took over the duty to pay.
        is_court_ordered: The person was placed by a court.
    """

    service: Service
    shares: tuple[MonthlyShare, ...] = ()
    refuses_agreement: bool = False
    is_taken_over: bool = False
    is_court_ordered: bool = False


@dataclass(frozen=True, slots=True)
class RightToRefuse:
    """Whether the law lets the provider refuse the service; whether to do so people decide.

    Attributes:
        is_given: The law's conditions are met.
        unpaid: The months that are unpaid on the day, in order.
        owed: What is unpaid for them, euros.
        explanation: Which condition is met, or what bars the refusal.
    """

    is_given: bool
    unpaid: tuple[Month, ...]
    owed: Decimal
    explanation: tuple[Step, ...]


def contribution_ceiling(service: Service, size: SizeClass | None, day: date) -> Ceiling:
    """Give the highest own contribution of a service on a day.

    Args:
        service: Community living, day and week care, or round-the-clock care.
        size: The size class of the place; needed for round-the-clock care only.
        day: A day of the month it is asked for.

    Returns:
        The ceiling of a calendar month. Groups of up to six read as groups of up to ten.

    Raises:
        NotInForceError: No ceiling that was read in the act is in force on the day; one
            known from the press only is never used.
        ValueError: The service has no own contribution, or the size class is missing.

    Law: SHS § 73(5); state budget act of 2026 § 2(5); open point A-15.

    >>> contribution_ceiling(Service.OEH, SizeClass.G6, date(2026, 4, 1)).amount
    Decimal('525.00')
    """
    if service not in OWN_CONTRIBUTION_SERVICES:
        raise ValueError(f"{service} has no own contribution, SHS § 73(1)")
    if service is Service.OEH and size is None:
        raise ValueError("round-the-clock care needs the size class of the place")
    name = _CEILING_OF_SIZE[size] if service is Service.OEH and size else str(service)
    value = contribution_ceilings().on(name, day)
    reading = "A-15" if service is Service.OEH and size is SizeClass.G6 else ""
    numbers = (("service", str(service)), ("ceiling", value.value))
    step = Step("contribution_ceiling", numbers, (value,), "SHS § 73(5)", reading)
    return Ceiling(value, (step,))


def missing_part(income: Decimal, ceiling: Ceiling, day: date, law: Law) -> GapPreview:
    """Preview the part of the own contribution that the state pays for a person.

    Args:
        income: The counted income of the month after income tax and contributions, euros,
            >= 0; income that SHS § 73(4) leaves out is not in it.
        ceiling: The highest own contribution of the service.
        day: A day of the month.
        law: The dated law.

    Returns:
        A preview. What the person pays and the gap add up to the ceiling; what the person
        pays and keeps add up to the income. The person's payment is rounded half up;
        limits are tested on exact amounts.

    Raises:
        NotInForceError: A term was not in force on the day.
        ValueError: The income is negative.

    Law: rule R-16; SHS §§ 73(2)–(3), 74(1), (5).

    >>> from tugiplaan.rules.tables import builtin
    >>> day = date(2026, 5, 1)
    >>> ke = contribution_ceiling(Service.KE, None, day)
    >>> preview = missing_part(Decimal("480"), ke, day, builtin())
    >>> preview.keeps, preview.pays, preview.gap
    (Decimal('72.00'), Decimal('408.00'), Decimal('38.00'))
    """
    if income < 0:
        raise ValueError(f"the income must not be negative: {income}")
    kept = law.term("contribution_kept_share", day)
    can_pay = Fraction(income) * (1 - kept.exact)
    numbers = (("sum", income), ("kept_share", kept.value), ("amount", euro(can_pay)))
    can_pay_step = Step("contribution_can_pay", numbers, (kept,), "SHS § 73(2)")
    pays, gap_step = _payment(can_pay, ceiling, law.term("contribution_gap_minimum", day))
    preview_step = Step("contribution_preview_only", (), (), "SHS § 74(6), (9)")
    return GapPreview(
        keeps=euro(income) - pays,
        pays=pays,
        gap=ceiling.amount - pays,
        ceiling=ceiling,
        explanation=(*ceiling.explanation, can_pay_step, gap_step, preview_step),
    )


def _payment(can_pay: Fraction, ceiling: Ceiling, least: DatedValue) -> tuple[Decimal, Step]:
    """Say what the person pays, and why: a gap below the least one is the person's own."""
    full, gap = ceiling.amount, ceiling.value.exact - can_pay
    if gap <= 0:
        return full, Step("contribution_no_gap", (("ceiling", full),), (), "SHS § 74(5)")
    if gap < least.value:
        small = (("left", euro(gap)), ("limit_amount", least.value), ("ceiling", full))
        return full, Step("contribution_small_gap", small, (least,), "SHS §§ 73(3), 74(1)")
    pays = euro(can_pay)
    numbers = (("ceiling", full), ("left", full - pays))
    return pays, Step("contribution_gap", numbers, (), "SHS § 74(5)")


def day_care_contribution(
    days: int, month: Month, law: Law, *, agreed_fee: Decimal | Fraction | None = None
) -> DayContribution:
    """Compute the own contribution of a month of day and week care.

    Args:
        days: Days used in the month, >= 0; a day and night is one day.
        month: The month.
        law: The dated law.
        agreed_fee: The agreed fee of a day, euros; None: the ceiling over 23 days.

    Returns:
        The fee times the days, cut to the monthly ceiling and rounded once, half up.

    Raises:
        NotInForceError: No ceiling or term was in force in the month.
        ValueError: The days or the fee are negative.

    Law: rule R-17; SHS § 73(1¹), (5); open point A-08.

    >>> from tugiplaan.rules.tables import builtin
    >>> day_care_contribution(12, Month(2026, 5), builtin()).amount
    Decimal('206.61')
    """
    if days < 0 or (agreed_fee is not None and agreed_fee < 0):
        raise ValueError(f"neither days nor fee may be negative: {days}, {agreed_fee}")
    ceiling = contribution_ceiling(Service.PNH, None, month.first)
    most = ceiling.value.exact
    if agreed_fee is None:
        divisor = law.term("pnh_contribution_days", month.first)
        fee = most / divisor.exact
        numbers = (("ceiling", ceiling.amount), ("days", divisor.value), ("price", fee))
        fee_step = Step("contribution_default_fee", numbers, (divisor,), "SHS § 73(1¹)", "A-08")
    else:
        fee = Fraction(agreed_fee)
        fee_step = Step("contribution_agreed_fee", (("price", agreed_fee),), (), "SHS § 73(1¹)")
    amount = euro(min(fee * days, most))
    product = (("price", fee), ("days", days), ("sum", fee * days))
    steps = [*ceiling.explanation, fee_step, Step("contribution_days", product, (), "SHS § 73(1¹)")]
    if fee * days > most:
        steps.append(Step("contribution_cut", (("ceiling", ceiling.amount),), (), "SHS § 73(5)"))
    return DayContribution(amount, fee, days, ceiling, tuple(steps))


def right_to_refuse(account: ContributionAccount, day: date, law: Law) -> RightToRefuse:
    """Tell whether the law lets the provider refuse the service over the own contribution.

    Args:
        account: What is known about the person's own contribution.
        day: The day from which one looks; months whose day of payment has not passed
            before it do not count as unpaid.
        law: The dated law.

    Returns:
        Given when the person refuses a written agreement, or two calendar months in a row
        are unpaid; never when a court placed the person, when somebody took the duty
        over, or in a service without an own contribution. A month paid in part is unpaid.

    Raises:
        NotInForceError: The term was not in force on the day.

    Law: SHS § 78(1).
    """
    term = law.term("contribution_debt_months", day)
    late = sorted(
        (share for share in account.shares if share.due_on < day and share.paid < share.agreed),
        key=lambda share: share.month,
    )
    unpaid = tuple(share.month for share in late)
    owed = sum((share.agreed - share.paid for share in late), Decimal("0.00"))
    numbers = (("unpaid", len(unpaid)), ("months", term.value), ("sum", owed))
    barred = _what_bars(account)
    if barred:
        code, is_given = barred, False
    elif account.refuses_agreement:
        code, is_given = "refusal_no_agreement", True
    elif _longest_row(unpaid) >= term.value:
        code, is_given = "refusal_unpaid_in_row", True
    else:
        code, is_given = "refusal_not_yet", False
    return RightToRefuse(is_given, unpaid, owed, (Step(code, numbers, (term,), "SHS § 78(1)"),))


def _what_bars(account: ContributionAccount) -> str:
    if account.service not in OWN_CONTRIBUTION_SERVICES:
        return "refusal_no_contribution"
    if account.is_court_ordered:
        return "refusal_court"
    return "refusal_taken_over" if account.is_taken_over else ""


def _longest_row(months: tuple[Month, ...]) -> int:
    """Count the longest row of calendar months that follow one another."""
    longest, row = 0, 0
    previous: Month | None = None
    for month in months:
        row = row + 1 if previous is not None and month == previous.plus(1) else 1
        longest, previous = max(longest, row), month
    return longest
