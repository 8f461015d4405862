"""Writing millions of rows into either database, faster than row by row."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tugiplaan.audit.recorder import Act

_BATCH = 10_000
Cells = tuple[Any, ...]


class TableChangedError(Exception):
    """A table has other columns than the sample writes."""


class Shelf:
    """One table on its way into the database, batch by batch."""

    def __init__(self, act: Act, label: str, columns: Sequence[str]) -> None:
        """Begin.

        Args:
            act: The act whose event vouches for the rows.
            label: The table, as app.Model.
            columns: Its columns in the order in which cells will come.

        Raises:
            TableChangedError: The table has other columns.
        """
        meta = apps.get_model(label)._meta
        there = {field.column for field in meta.concrete_fields}
        if there != set(columns):
            odd = ", ".join(sorted(there ^ set(columns)))
            raise TableChangedError(f"{label}: the sample must learn of the columns {odd}")
        self.count = 0
        self._table, self._columns = meta.db_table, ", ".join(columns)
        self._marks = ", ".join(["?"] * len(columns))
        self._digest = act.digest_of(self._table)
        self._waiting: list[Cells] = []

    def add(self, cells: Cells, text: str) -> None:
        """Take a row: its cells, and its text as `audit.recorder.row_text` would give it."""
        self._digest.add_text(text)
        self._waiting.append(cells)
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                lines = ["\t".join([_copied(cell) for cell in row]) for row in self._waiting]
                with cursor.copy(f"COPY {self._table} ({self._columns}) FROM STDIN") as copy:
                    copy.write("\n".join(lines) + "\n" if lines else "")
            else:
                # Straight to the driver: Django would look through the marks of every statement.
                connection.connection.executemany(
                    f"INSERT INTO {self._table} ({self._columns}) VALUES ({self._marks})",  # noqa: S608 - our own names
                    self._waiting,
                )
        self.count += len(self._waiting)
        self._waiting.clear()


def _copied(cell: Any) -> str:
    return r"\N" if cell is None else str(cell)


@contextmanager
def hurried() -> Iterator[None]:
    """Let SQLite write without waiting for the disk; goes around the transaction.

    Foreign keys are not looked at, and nothing is written twice: should the machine stop now, the
    file is lost. All is as before afterwards. Inside of a transaction nothing can be set.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    hasty = {
        **{"foreign_keys": "OFF", "synchronous": "OFF", "journal_mode": "MEMORY"},
        # An index of ten million rows is sorted on the disk, not in memory.
        **{"temp_store": "FILE", "mmap_size": "0"},
    }
    before = {name: _pragma(name) for name in hasty}
    try:
        for name, value in hasty.items():
            _pragma(f"{name} = {value}")
        yield
    finally:
        for name, value in reversed(before.items()):
            _pragma(f"{name} = {value}")


def _pragma(text: str) -> Any:
    """Read or set; read to the end, for an open cursor would keep SQLite from much."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")
        rows = cursor.fetchall()
    return rows[0][0] if rows else None


@contextmanager
def unwatched(labels: Sequence[str]) -> Iterator[None]:
    """Inside the transaction: lay rows before the database looks after them.

    SQLite: without the indexes of the tables, made again at the end. PostgreSQL: without the
    triggers that check foreign keys, where the user may switch them off.

    Args:
        labels: The tables, as app.Model.
    """
    tables = [apps.get_model(label)._meta.db_table for label in labels]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            is_allowed = _replica()
            yield
            if is_allowed:
                cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute(
            "SELECT name, sql, tbl_name FROM sqlite_master "
            "WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        )
        indexes = [(name, sql) for name, sql, table in cursor.fetchall() if table in tables]
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, statement in indexes:
            cursor.execute(statement)


def _replica() -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
    except DatabaseError:
        return False
    return True


def gather_statistics() -> None:
    """Let the database see how the rows are spread; without it, it plans for empty tables."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
