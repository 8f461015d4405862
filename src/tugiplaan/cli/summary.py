"""The terminal's picture of a settled month: what is payable, what is not, what to mend first."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tugiplaan.cli.words import say
from tugiplaan.rules.explanation import finding_name, show_money, show_number
from tugiplaan.rules.facts import Finding, PersonMonth
from tugiplaan.rules.period import Month
from tugiplaan.rules.vocabulary import FindingCode, Service, Severity, label

_STYLE = {Severity.BLOCKS: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_MARK = {Severity.BLOCKS: "✗", Severity.WARNING: "!", Severity.INFO: "·"}
_FIRST_TO_MEND = 8


@dataclass(slots=True)
class _Total:
    persons: set[str] = field(default_factory=set)
    quantity: Fraction = Fraction(0)
    amount: Decimal = Decimal(0)


@dataclass(slots=True)
class _Found:
    count: int = 0
    amount: Decimal = Decimal(0)
    is_unknown: bool = False


@dataclass(slots=True)
class Summary:
    """Counts over a month, added to person by person; it does not keep the persons' months.

    Attributes:
        persons: How many persons were settled.
        amount: The payable sum, euros.
        not_payable: The sum that findings name, euros.
        has_blocks: Some finding holds money back.
    """

    persons: int = 0
    amount: Decimal = Decimal(0)
    not_payable: Decimal = Decimal(0)
    has_blocks: bool = False
    _totals: dict[tuple[str, str, str], _Total] = field(default_factory=dict)
    _findings: dict[FindingCode, _Found] = field(default_factory=dict)
    _first: list[Finding] = field(default_factory=list)
    _blocks: int = 0

    def add(self, settled: PersonMonth) -> None:
        """Count one person's month."""
        self.persons += bool(settled.person)
        for line in settled.lines:
            total = self._totals.setdefault((line.funder, line.rate_code, line.unit), _Total())
            if line.person:
                total.persons.add(line.person)
            total.quantity += line.quantity
            total.amount += line.amount
            self.amount += line.amount
        for finding in settled.findings:
            self._count(finding)

    def _count(self, finding: Finding) -> None:
        found = self._findings.setdefault(finding.code, _Found())
        found.count += 1
        amount = finding.amount_not_payable
        if amount is not None:
            found.amount += amount
            self.not_payable += amount
        elif finding.quantity:
            found.is_unknown = True
        if finding.severity is Severity.BLOCKS:
            self.has_blocks = True
            self._blocks += 1
            if len(self._first) < _FIRST_TO_MEND:
                self._first.append(finding)

    def print(self, console: Console, name: str, month: Month, language: str) -> None:
        """Print the month."""
        console.print()
        title = say("settled", language, name=name or "–", month=month, persons=self.persons)
        console.print(Text(title, style="bold"))
        verdict = Text(say("payable", language, amount=show_money(self.amount, language)), "green")
        if self.not_payable:
            held = say("not_payable", language, amount=show_money(self.not_payable, language))
            verdict.append("   " + held, "red" if self.has_blocks else "yellow")
        console.print(verdict)
        console.print()
        console.print(self._payable_table(language))
        if self._findings:
            console.print()
            console.print(self._finding_table(language))
        if self._first:
            console.print()
            console.print(Text(say("fix_first", language), style="bold"))
            for finding in self._first:
                whose = finding.person or "–"
                console.print(Text(f" ✗ {whose}: {finding.message(language)}"))
            if self._blocks > len(self._first):
                count = self._blocks - len(self._first)
                console.print(Text("   " + say("more", language, count=count), "dim"))
        console.print()

    def _payable_table(self, language: str) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column(say("rate_code", language), no_wrap=True)
        table.add_column(say("service", language), overflow="fold")
        for column in ("persons", "quantity"):
            table.add_column(say(column, language), justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        table.add_column(say("amount", language), justify="right", no_wrap=True)
        everybody: set[str] = set()
        for (_, code, unit), total in sorted(self._totals.items()):
            everybody |= total.persons
            table.add_row(
                code,
                service_name(code, language),
                str(len(total.persons)),
                show_number(total.quantity, language),
                say(unit, language),
                show_money(total.amount, language),
            )
        table.add_section()
        total_text = show_money(self.amount, language)
        table.add_row(
            say("total", language), "", str(len(everybody)), "", "", total_text, style="bold"
        )
        return table

    def _finding_table(self, language: str) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column("", no_wrap=True)
        table.add_column(say("finding", language), no_wrap=True)
        table.add_column("", overflow="fold")
        table.add_column(say("count", language), justify="right", no_wrap=True)
        table.add_column(say("held", language), justify="right", no_wrap=True)
        for code, found in sorted(self._findings.items(), key=lambda item: item[0].rank):
            severity = code.severity
            amount = show_money(found.amount, language) if found.amount else ""
            if found.is_unknown and not amount:
                amount = say("unknown_amount", language)
            table.add_row(
                f"{_MARK[severity]} {say(severity, language)}",
                str(code),
                finding_name(code, language),
                str(found.count),
                amount,
                style=_STYLE[severity],
            )
        return table


def service_name(code: str, language: str) -> str:
    """Give the name of the service that a rate code belongs to; empty for components."""
    service = code.split("_")[0]
    return label(Service(service), language) if service in set(Service) else ""
