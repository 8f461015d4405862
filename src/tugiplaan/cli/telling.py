"""One person's month as a person would want to read it."""

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tugiplaan.cli.words import say
from tugiplaan.rules.explanation import show_date, show_money, tell_source, tell_step
from tugiplaan.rules.facts import Finding, Line, Person, PersonMonth, Referral
from tugiplaan.rules.vocabulary import Severity, label

_STYLE = {Severity.BLOCKS: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
_MARK = {Severity.BLOCKS: "✗", Severity.WARNING: "!", Severity.INFO: "·"}


def tell_month(
    console: Console, person: Person, referral: Referral, settled: PersonMonth, language: str
) -> None:
    """Print what is payable under a referral, why, and what is not.

    Args:
        console: Where to print.
        person: The person.
        referral: The referral to tell about; component services are told too.
        settled: The person's month.
        language: `et` or `en`.
    """
    kind = referral.kind
    name = label(kind.service, language)
    lines = [line for line in settled.lines if line.referral in ("", referral.referral)]
    findings = [row for row in settled.findings if row.referral in ("", referral.referral)]
    console.print()
    console.print(Text(f"{person.name} · {settled.month}", style="bold"))
    console.print(Text(f"{referral.referral}: {name}, {kind.section}", style="dim"))
    amount = sum((line.amount for line in lines), start=settled.amount * 0)
    if lines:
        console.print(Text(say("payable", language, amount=show_money(amount, language)), "green"))
    else:
        console.print(Text(say("nothing", language), "yellow"))
    for line in lines:
        tell_line(console, line, language)
    if findings:
        console.print()
    for finding in findings:
        tell_finding(console, finding, language)
    console.print()


def tell_line(console: Console, line: Line, language: str) -> None:
    """Print a payable line with the steps that led to its amount."""
    first, last = show_date(line.first_day, language), show_date(line.last_day, language)
    days = first if first == last else f"{first}–{last}"
    console.print()
    head = f"{line.rate_code} · {days} · {show_money(line.amount, language)}"
    console.print(Text(head, style="bold"))
    for step in line.explanation:
        sentence = Text(tell_step(step, language))
        notes = [tell_source(value, language) for value in step.values]
        if not notes and step.section:
            notes = [step.section]
        if step.reading:
            notes.append(step.reading)
        if notes:
            sentence.append(f"  [{'; '.join(notes)}]", "dim")
        console.print(Padding(sentence, (0, 0, 0, 2)))


def tell_finding(console: Console, finding: Finding, language: str) -> None:
    """Print a finding with its section."""
    severity = finding.severity
    text = Text(f"{_MARK[severity]} {finding.message(language)}", _STYLE[severity])
    text.append(f"  [{finding.law}]", "dim")
    console.print(text)
