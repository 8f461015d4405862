"""What `tugiplaan demo` says at the end: houses, months, users, what waits, what to try next."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tugiplaan.accounts.access import roles
from tugiplaan.rules.explanation import finding_name, show_money
from tugiplaan.sample.demo.summary import HouseTold, MonthTold, tell

if TYPE_CHECKING:
    from tugiplaan.sample.demo.stage import Stage

_STATES = {"open": "avatud", "closed": "suletud", "issued": "arveldatud"}


def show(stage: "Stage") -> None:
    """Show what was laid."""
    console = Console(highlight=False)
    houses = tell(stage)
    persons = sum(house.persons for house in houses)
    console.print(
        f"[bold]Näidis on valmis:[/bold] {len(houses)} teenuseosutajat, {persons} inimest, "
        f"vaadatuna {stage.today:%d.%m.%Y}. Kõik inimesed ja asutused on välja mõeldud.\n"
    )
    console.print(_houses(houses))
    console.print(_months(houses))
    console.print(_logins(stage))
    waiting = _table("Mis ootab", "", "")
    for line in _waiting(houses):
        waiting.add_row("•", line)
    waiting.show_header = False
    console.print(waiting)
    console.print("\n[bold]Proovi edasi[/bold]")
    for command, why in _next_steps(stage, houses):
        console.print(f"  {command}", soft_wrap=True)
        console.print(f"    [dim]{why}[/dim]", soft_wrap=True)


def _table(title: str, *columns: str, right: Iterable[str] = ()) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in set(right) else "left")
    return table


def _houses(houses: list[HouseTold]) -> Table:
    numbers = ("Inimesi", "Arveid", "Arveldatud kokku")
    table = _table("Teenuseosutajad", "Nimi", *numbers, right=numbers)
    for house in houses:
        billed = show_money(house.billed, "et")
        table.add_row(house.name, str(house.persons), str(house.invoices), billed)
    table.add_row()
    return table


def _months(houses: list[HouseTold]) -> Table:
    names = [house.name.split()[0] for house in houses]
    table = _table("Kuud", "Kuu", "Seis", *names, right=names)
    rows = [*zip(*(house.unsourced for house in houses if house.unsourced), strict=True)]
    for months in rows:
        table.add_row(_label(months[0]), "ette valmistatud", *["määr puudub"] * len(months))
    for months in zip(*(house.months for house in houses), strict=True):
        states = ", ".join(dict.fromkeys(_STATES[month.state] for month in months))
        sums = (show_money(month.amount, "et") for month in months)
        table.add_row(_label(months[0]), states, *sums)
    table.add_row()
    return table


def _label(told: MonthTold) -> str:
    return f"{told.month.first:%m.%Y}"


def _logins(stage: "Stage") -> Table:
    table = _table("Kasutajad (sisse logida veel ei saa)", "Roll", "Kes", "Aadress")
    by_role = sorted(stage.logins, key=lambda login: list(roles()).index(login.role))
    for role, found in groupby(by_role, key=lambda login: login.role):
        for number, login in enumerate(found):
            label = "" if number else roles()[role].labels["et"]
            table.add_row(label, login.name, login.email)
    table.add_row()
    return table


def _waiting(houses: list[HouseTold]) -> Iterable[str]:
    for house in houses:
        for month, amount in house.corrections:
            yield (
                f"{house.name}: {month.first:%m.%Y} on arveldatud, aga pärast lisandus tunde; "
                f"vahe {show_money(amount, 'et')} ootab parandust."
            )
        for month, amount in house.held:
            yield (
                f"{house.name}: {month.first:%m.%Y} viimane arve {show_money(amount, 'et')} ootab "
                "kokkuvõtvat hinnangut (SHS § 83 lg 1 p 11¹)."
            )
        if house.owed:
            owed = show_money(house.owed, "et")
            yield f"{house.name}: omaosalust on tähtajaks maksmata {owed}."
        if house.awaited:
            yield f"{house.name}: suunatud, aga ei ole tulnud: {house.awaited} inimene."
        for code, amounts in _unpaid(house).items():
            yield (
                f"{house.name}: {finding_name(code, 'et')} {len(amounts)} korral, "
                f"{show_money(sum(amounts, Decimal(0)), 'et')} on tasumata ({code})."
            )


def _unpaid(house: HouseTold) -> dict[str, list[Decimal]]:
    """Give what was delivered and is not paid, by the reason."""
    found: dict[str, list[Decimal]] = {}
    for month in house.months:
        for code, amount in month.reasons:
            found.setdefault(code, []).append(amount)
    return found


def _next_steps(stage: "Stage", houses: list[HouseTold]) -> Iterable[tuple[str, str]]:
    month, name = stage.months[-2], houses[0].name
    yield f"tugiplaan month prepare --month {month}", "arvesta avatud kuu uuesti, vaata summad üle"
    yield f"tugiplaan month close --month {month}", "sulge see; siis „issue“ väljastab arved"
    yield "tugiplaan month corrections", "näita arveldatud kuid, mis nüüd tuleksid teisiti"
    yield (
        f'tugiplaan month corrections --provider "{name}" --bill --why "tunnid leiti hiljem"',
        "kirjuta kreeditarve ja uus arve",
    )
    yield "tugiplaan month prepare --month 2025-12", "kuu, mille määral allikat ei ole"
    yield "tugiplaan verify", "vaata, kas sündmuste ahel on terve"
