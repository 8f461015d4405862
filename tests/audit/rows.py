"""A row for any table, however strict the table is, and a way past the guards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction

from tests.cast import make_user
from tugiplaan.audit.models import Event
from tugiplaan.audit.recorder import acting
from tugiplaan.audit.rows import Row, new_id
from tugiplaan.audit.triggers import install

_VALUES: dict[type[Any], object] = {
    models.UUIDField: new_id,
    models.DateTimeField: datetime(2026, 5, 1, tzinfo=UTC),
    models.DateField: date(2026, 5, 1),
    models.TextField: "x",
    models.CharField: "x",
    models.DecimalField: Decimal(1),
    models.IntegerField: 1,
    models.BooleanField: True,
    models.JSONField: dict,
    models.BinaryField: b"x",
}


def _value(field: Any) -> object:
    if isinstance(field, models.ForeignKey):
        if field.related_model is ContentType:
            return ContentType.objects.get_for_model(Event).pk
        return _value(field.target_field)
    found = next(value for kind, value in _VALUES.items() if isinstance(field, kind))
    return found() if callable(found) else found


@contextmanager
def a_row_of(model: type[models.Model]) -> Iterator[models.Model]:
    """Lay one row, pointing at nothing and meaning nothing, and take all back afterwards."""
    needed = [
        field
        for field in model._meta.concrete_fields
        if not field.null and not isinstance(field, models.AutoField)
    ]
    row: Any = model(**{field.attname: _value(field) for field in needed})
    user = make_user("Rea Looja")
    with _without_checks(model), transaction.atomic():
        if issubclass(model, Row):
            with acting(by=user, name="test.lay"):
                model._base_manager.bulk_create([row])
        else:
            model._base_manager.bulk_create([row])
        yield row
        transaction.set_rollback(True)


@contextmanager
def _without_checks(model: type[models.Model]) -> Iterator[None]:
    connection.check_constraints()  # what waits for the end of the transaction stands in the way
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
            for name, constraint in found.items():
                if constraint["check"]:
                    cursor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {name}")
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def raw(statement: str, *values: Any) -> int:
    """Run SQL as somebody would who has the database in hand; give how many rows it touched."""
    native = connection.vendor == "postgresql"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [value if native else _plain(value) for value in values])
        return int(cursor.rowcount)


def _plain(value: Any) -> Any:
    return getattr(value, "hex", value)


@contextmanager
def unguarded(model: type[models.Model]) -> Iterator[None]:
    """Take a table's guards away for a while, as somebody would who wants to tamper."""
    table = model._meta.db_table
    connection.check_constraints()
    with connection.cursor() as cursor:
        for action in ("update", "delete"):
            where = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER keep_{table}_{action}{where}")
    yield
    connection.check_constraints()
    install(connection)
