"""The result of settling: lines that are payable, findings that say what is not, and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tugiplaan.rules.explanation import Shown, Step, messages, tell
from tugiplaan.rules.money import Exact
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import FindingCode, Kind, Severity, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """One payable line of a month.

    Attributes:
        line: The key of the line, the same whenever the same facts are settled.
        funder: Registry code of who pays.
        referral: The referral; empty for component services and empty places.
        person: The person; empty for empty places.
        rate_code: The row of the price table; for component services the component.
        quantity: Days, days-and-nights or hours, exact.
        of_days: What the days of a monthly rate are divided by; None for other units.
        rate: Price of a month, day or hour, euros.
        share: The part of the maximum cost that is paid: 1, 0.95 or 0.65.
        own_price: The provider's own price in force, if it has one.
        ceiling: The most that may be paid for the line, exact euros; for component services
            the ceiling of the component in its period, if there is one.
        exact: The unrounded amount.
        amount: The payable amount; the lines of a referral add up to its rounded total.
        law: The sections that the line rests on.
        explanation: The steps that led to the amount.
    """

    line: str
    funder: str
    referral: str
    person: str
    place: str
    rate_code: str
    component: str
    mode: str
    audience: str
    kind: Kind
    first_day: date
    last_day: date
    quantity: Exact
    unit: Unit
    of_days: int | None
    rate: Decimal
    share: Decimal
    own_price: Decimal | None
    ceiling: Exact | None
    exact: Exact
    amount: Decimal
    law: str
    explanation: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Why something is not paid, may not be, or how it was read.

    Attributes:
        referral: The referral it is about; empty: none.
        person: The person it is about; empty: a place.
        line: The line it is about; empty: none.
        first_day: First day it is about.
        last_day: Last day it is about.
        quantity: How much was delivered and is not payable; None: not a quantity.
        unit: What the quantity counts.
        amount_not_payable: Euros that are not payable; None: no price is known.
        numbers: What its message shows.
        records: Keys of the records it is about, where it is about records.
    """

    code: FindingCode
    referral: str
    person: str
    first_day: date
    last_day: date
    quantity: Exact | None = None
    unit: Unit | None = None
    amount_not_payable: Decimal | None = None
    numbers: tuple[tuple[str, Shown], ...] = ()
    line: str = ""
    records: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        return self.code.severity

    @property
    def law(self) -> str:
        return str(messages()["findings"][self.code]["law"])

    def message(self, language: str) -> str:
        """Say what happened, what was kept and what to do.

        Args:
            language: `et` or `en`.
        """
        amount = self.amount_not_payable
        given: list[tuple[str, Shown]] = [
            ("referral", self.referral),
            ("person", self.person),
            ("first_day", self.first_day),
            ("last_day", self.last_day),
            ("quantity", self.quantity if self.quantity is not None else ""),
            ("amount", "amount_not_known" if amount is None else amount),
        ]
        return tell("findings", self.code, dict([*given, *self.numbers]).items(), language)


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One person's settled month.

    Attributes:
        person: The person's code; empty for what concerns a place only.
        lines: What is payable, referrals in order, then component services.
        findings: What is not, and how things were read, the weightiest first.
    """

    person: str
    month: Month
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]

    @property
    def amount(self) -> Decimal:
        """The payable sum, euros."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def not_payable(self) -> Decimal:
        """The sum that findings name as not payable, euros."""
        amounts = (finding.amount_not_payable for finding in self.findings)
        return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))

    @property
    def has_blocks(self) -> bool:
        return any(finding.severity is Severity.BLOCKS for finding in self.findings)


def exact_sum(amounts: list[Exact]) -> Fraction:
    """Add exact amounts.

    >>> exact_sum([Fraction(1, 3), 1])
    Fraction(4, 3)
    """
    return Fraction(sum(amounts))
