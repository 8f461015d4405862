"""What `tugiplaan serve` prints: where the pages are and who may come in."""

from rich.console import Console
from rich.table import Table

from tugiplaan.cli.database import today


def print_doors(address: str, *, demo: bool) -> None:
    """Print the address, and one log-in for each role of a demo.

    Args:
        address: Where the pages are.
        demo: Whether the database is the demo's.
    """
    from django.conf import settings

    console = Console()
    console.print(f"\n[bold]Tugiplaan on avatud:[/bold] {address}")
    if demo:
        console.print(f"Sisse saab ilma paroolita: {address}demo/\n")
        console.print(_doors())
    elif settings.FIRST_CODE_FILE.exists():
        code = settings.FIRST_CODE_FILE.read_text("ascii")
        console.print(f"Esimene kasutaja alustab siin: {address}first/  kood [bold]{code}[/bold]")
    console.print("Sulgemiseks vajuta Ctrl+C.\n")


def _doors() -> Table:
    from tugiplaan.accounts.access import grants_on, role_names_of
    from tugiplaan.accounts.queries import users_who_may_log_in
    from tugiplaan.providers.queries import names_of

    day = today()
    first: dict[str, tuple[str, str]] = {}
    for user in users_who_may_log_in():
        for grant in grants_on(user, day):
            where = (
                names_of([grant.provider_id]).get(grant.provider_id) if grant.provider_id else ""
            )
            first.setdefault(grant.role, (user.name, where or "kõik asutused"))
    labels = role_names_of(first, "et")
    table = Table("Roll", "Kes", "Kus", box=None, pad_edge=False)
    for role, (name, where) in sorted(first.items(), key=lambda one: labels[one[0]]):
        table.add_row(labels[role], name, where)
    return table
