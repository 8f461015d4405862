"""Storing rows by the ten thousand: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model


def store_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to a derived table within the transaction that is open.

    Ten times as fast as making objects of them. For tables without history only: the caller's
    event records the run.

    Args:
        model: The table; its id must be given by the database.
        columns: Attribute names, in the order of the values.
        rows: Values: texts, whole numbers, decimals, days, ids or None.
    """
    table = model._meta.db_table
    fields = [model._meta.get_field(name.removesuffix("_id")) for name in columns]
    names = ", ".join(f'"{field.get_attname_column()[1]}"' for field in fields)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("?" for _ in columns)
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our own
        # The driver's own cursor: Django's would rewrite the statement and log each row.
        connection.connection.executemany(sql, (_for_sqlite(row) for row in rows))


def _for_sqlite(row: Sequence[Any]) -> list[Any]:
    return [_PLAIN[type(value)](value) if type(value) in _PLAIN else value for value in row]


_PLAIN: dict[type, Any] = {UUID: lambda value: value.hex, Decimal: str, date: date.isoformat}
