"""The rows of a month folder's files one by one, typed, for reading into and writing out of
something else than the engine."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomli_w

from tugiplaan.month_folder.contract import ContractFile, read_contract
from tugiplaan.month_folder.plain import plain_decimal
from tugiplaan.month_folder.problems import BadInputError
from tugiplaan.month_folder.report import Report
from tugiplaan.month_folder.rows import Rows
from tugiplaan.month_folder.schema import CONTRACT_FILE, Table
from tugiplaan.month_folder.sheet import open_sheet
from tugiplaan.rules.facts import ComponentContract, Contract, StateContract
from tugiplaan.rules.period import Month


def read_rows(folder: Path, table: Table) -> Iterator[dict[str, Any]]:
    """Give the rows of one file by column, codes of other files as they stand.

    Args:
        folder: The month folder; check it whole first, with `read_folder`.
        table: Which file; one that is not there has no rows.

    Raises:
        BadInputError: A row is not good after all.
    """
    path = folder / table.file
    if not path.exists():
        return
    report = Report()
    sheet = open_sheet(path, table, report)
    references: dict[str, Callable[[str], Any]] = {
        column.refers_to: str for column in table.columns if column.refers_to
    }
    for values in Rows(sheet, references, report) if sheet else ():
        yield dict(zip(table.names, values, strict=True))
    if report.problems:
        raise BadInputError(report.in_order())


def read_contract_file(folder: Path) -> ContractFile:
    """Give what contract.toml says.

    Raises:
        BadInputError: Something in it is wrong.
    """
    report = Report()
    found = read_contract(folder / CONTRACT_FILE, report)
    if report.problems:
        raise BadInputError(report.in_order())
    return found


def write_rows(folder: Path, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write one file.

    Args:
        folder: The month folder.
        table: Which file.
        rows: Typed values by column; what a row does not name is empty.

    Returns:
        How many rows it has.
    """
    count = 0
    with (folder / table.file).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(table.names)
        for row in rows:
            writer.writerow([_written(name, row.get(name)) for name in table.names])
            count += 1
    return count


_YES_OR_NOTHING = "released_from_compulsory_treatment"


def _written(name: str, value: Any) -> str:
    """Write a value so that it is read back as what it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ("" if name == _YES_OR_NOTHING else "no")
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, Month):
        return f"{value.year:04d}-{value.month:02d}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return " ".join(sorted(value))
    if name == "start":
        return f"{value // 60:02d}:{value % 60:02d}"
    return str(value)


def write_contract_file(folder: Path, contract: Contract) -> None:
    """Write contract.toml: everything that is agreed about money but for price lists."""
    provider = contract.provider
    data: dict[str, Any] = {
        "provider": {
            "name": provider.name,
            "registry_code": provider.registry_code,
            "vat_number": provider.vat_number,
            "iban": provider.iban,
        },
        "state_contract": _settings(contract.state),
    }
    own = [
        {
            "code": row.name,
            "amount": plain_decimal(row.value),
            "valid_from": row.valid_from,
            **({"valid_to": row.valid_to} if row.valid_to else {}),
        }
        for name in contract.own_prices.names()
        for row in contract.own_prices.rows(name)
    ]
    if own:
        data["own_price"] = own
    if contract.components.contracts:
        data["component_contract"] = [_settings(one) for one in contract.components.contracts]
    (folder / CONTRACT_FILE).write_text(tomli_w.dumps(data), encoding="utf-8")


def _settings(settings: StateContract | ComponentContract) -> dict[str, Any]:
    names = type(settings).__dataclass_fields__
    values = {name: getattr(settings, name) for name in names}
    return {
        name: str(value) if isinstance(value, StrEnum) else value
        for name, value in values.items()
        if value is not None
    }
