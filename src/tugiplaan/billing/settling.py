"""A provider's month settled: its lines and findings, their sums, and what they are known by."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tugiplaan.billing.facts import ProviderMonth
from tugiplaan.rules.facts import Finding, Line, PersonMonth
from tugiplaan.rules.settlement import settle_month
from tugiplaan.rules.vocabulary import Severity

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled month.

    Attributes:
        lines: All payable lines, persons in the order of their codes.
        findings: All findings, in the same order.
        persons: How many persons have lines or findings.
        digest: SHA-256 over what is payable and what is not: equal digests, equal months.
    """

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    persons: int
    digest: str

    @property
    def amount(self) -> Decimal:
        """The payable sum, euros."""
        return sum((line.amount for line in self.lines), _NOTHING)

    @property
    def not_payable(self) -> Decimal:
        """What findings name as not payable, euros."""
        amounts = (finding.amount_not_payable for finding in self.findings)
        return sum((amount for amount in amounts if amount is not None), _NOTHING)

    @property
    def blocks(self) -> int:
        """How many findings hold money back."""
        return sum(finding.severity is Severity.BLOCKS for finding in self.findings)


def settle_provider(given: ProviderMonth) -> Settled:
    """Settle a provider's month with the one engine."""
    months = settle_month(given.persons, given.house, given.law, given.contract)
    return gather(months)


def gather(months: Iterable[PersonMonth]) -> Settled:
    """Gather persons' months into one."""
    lines: list[Line] = []
    findings: list[Finding] = []
    persons = 0
    for month in months:
        lines += month.lines
        findings += month.findings
        persons += bool(month.person and (month.lines or month.findings))
    return Settled(tuple(lines), tuple(findings), persons, _digest(lines, findings))


def _digest(lines: Iterable[Line], findings: Iterable[Finding]) -> str:
    # Without the explanations: a sentence told better later must not look like a changed fact.
    digest = hashlib.sha256()
    for line in lines:
        digest.update(f"{line_text(line)}\n".encode())
    for finding in findings:
        digest.update(
            f"{finding.code}|{finding.referral}|{finding.person}|{finding.first_day}|"
            f"{finding.last_day}|{finding.quantity}|{finding.amount_not_payable}\n".encode()
        )
    return digest.hexdigest()


def line_text(line: Line) -> str:
    """Give what a line is known by when two settlements of a month are compared."""
    return (
        f"{line.line}|{line.funder}|{line.place}|{line.rate_code}|{line.kind}|{line.first_day}|"
        f"{line.last_day}|{line.quantity}|{line.rate}|{line.share}|{line.own_price}|"
        f"{line.exact}|{line.amount}"
    )
