"""The guards that stand in the database itself: no row changes unseen, lasting rows never."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from history.backends import get_backend
from history.models import TriggerType

from tugiplaan.audit.models import ChainHead, Event, EventSubject, History
from tugiplaan.audit.rows import Derived, Lasting, Row

# Kept by hand in code, not by rows of their own: where a chain stands, and how far a run is.
_MACHINERY = (Event, EventSubject, ChainHead, History)


def has_history(model: type[Model], field: "Field[object, object]", kind: TriggerType) -> bool:
    """Tell the history triggers which fields of which tables they keep.

    Args:
        model: A table.
        field: One of its columns.
        kind: Insert, update or delete.
    """
    is_kept = not isinstance(field, models.BinaryField) and field.name != "password"
    return issubclass(model, Row) and is_kept


def lasting_models() -> list[type[Model]]:
    """Give the tables whose rows are never changed nor deleted."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Lasting) or model in (Event, EventSubject, History)
    ]


def derived_models() -> list[type[Model]]:
    """Give the tables whose rows are never updated, but may be made anew by their run."""
    return [m for m in apps.get_models() if issubclass(m, Derived) and m not in _MACHINERY]


def install(connection: BaseDatabaseWrapper) -> None:
    """Lay all triggers, in place of those that are there.

    Args:
        connection: The database.
    """
    backend = get_backend(connection.alias, cache=False)
    backend.install()
    for model in backend.get_models():
        for kind in TriggerType:
            backend.create_trigger(model, kind)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield _REFUSE_FUNCTION
    frozen = [(model, action) for model in lasting_models() for action in ("UPDATE", "DELETE")]
    frozen += [(model, "UPDATE") for model in derived_models()]
    for model, action in frozen:
        table = model._meta.db_table
        name = f"keep_{table}_{action.lower()}"
        if vendor == "postgresql":
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {action} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
            )
        else:
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} BEFORE {action} ON {table} BEGIN "
                f"SELECT RAISE(ABORT, '{table}: rows are only ever added'); END"
            )


_REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '%: rows are only ever added', TG_TABLE_NAME USING ERRCODE = '23001';
END; $$ LANGUAGE plpgsql
"""
