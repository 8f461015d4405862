"""`tugiplaan prices`: fill component_prices.csv from a price list template."""

import sys
from datetime import date, datetime
from pathlib import Path

import click

from tugiplaan.cli.reading import BAD_INPUT
from tugiplaan.month_folder.price_list import write_price_list
from tugiplaan.rules.facts import ComponentPrice
from tugiplaan.rules.packs import TemplatePrice, price_templates

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("version", type=click.Choice(sorted(price_templates())), required=False)
@click.option("--funder", help="Registry code of the funder whose list it becomes.")
@click.option("--valid-from", type=_DAY, help="For rows whose dates the source does not state.")
@click.option("--valid-to", type=_DAY, help="The same; leave out for an open end.")
@click.option("--out", type=click.Path(path_type=Path), help="A new file; default: print it.")
def prices(
    version: str | None,
    funder: str | None,
    valid_from: datetime | None,
    valid_to: datetime | None,
    out: Path | None,
) -> None:
    """Turn the template VERSION into rows for component_prices.csv; without VERSION list them.

    A row that the source leaves in doubt comes as not confirmed: check it, then write yes.
    """
    if version is None:
        _list()
        return
    if not funder:
        raise click.UsageError("--funder is needed: the registry code of who pays")
    rows = [row for row in price_templates()[version] if row.price is not None]
    start = valid_from.date() if valid_from else None
    if start is None and any(row.valid_from is None for row in rows):
        start = _ask_start(rows)
    end = valid_to.date() if valid_to else None
    filled = [_fill(version, funder, row, (start, end)) for row in rows]
    if out is None:
        write_price_list(sys.stdout, filled)
    else:
        _write(out, filled)
    left = [row.component for row in price_templates()[version] if row.price is None]
    if left:
        click.echo(f"Left out, no price is stated: {', '.join(left)}", err=True)
    doubtful = [row.component for row in filled if not row.is_confirmed]
    if doubtful:
        names = ", ".join(dict.fromkeys(doubtful))
        click.echo(f"Not confirmed, check before billing: {names}", err=True)


def _list() -> None:
    for version, rows in price_templates().items():
        stated = ", ".join(sorted({row.stated for row in rows}))
        click.echo(f"{version}: {len(rows)} rows, {stated}, {rows[0].source}")


def _ask_start(rows: list[TemplatePrice]) -> date:
    doubtful = next(row for row in rows if row.valid_from is None)
    if not sys.stdin.isatty():
        click.echo(
            f"The source does not state from when {doubtful.component} holds ({doubtful.stated}): "
            "give --valid-from.",
            err=True,
        )
        sys.exit(BAD_INPUT)
    asked: datetime = click.prompt(
        f"From when does the price hold? The source says {doubtful.stated}", type=_DAY
    )
    return asked.date()


def _fill(
    version: str, funder: str, row: TemplatePrice, dates: tuple[date | None, date | None]
) -> ComponentPrice:
    start, end = dates
    is_dated = row.valid_from is not None
    assert row.price is not None  # noqa: S101 - rows without a price are left out above
    return ComponentPrice(
        funder=funder,
        component=row.component,
        mode=row.mode,
        audience=row.audience,
        valid_from=row.valid_from or start or date.min,
        valid_to=row.valid_to if is_dated else end,
        tier=row.tier,
        name=row.name,
        price=row.price,
        ceiling=row.ceiling,
        ceiling_period=row.ceiling_period,
        version=version,
        source=row.source,
        is_confirmed=row.is_sure,
    )


def _write(out: Path, filled: list[ComponentPrice]) -> None:
    try:
        with out.open("x", encoding="utf-8", newline="") as stream:
            write_price_list(stream, filled)
    except FileExistsError:
        click.echo(f"{out} exists already and was left as it is; choose another --out.", err=True)
        sys.exit(BAD_INPUT)
    click.echo(f"{out}: {len(filled)} rows")
