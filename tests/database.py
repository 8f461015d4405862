"""The test database: migrated once for all workers, who then copy it."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

_QUIET = 0


@contextmanager
def own_database(shared: Path, worker: str) -> Iterator[None]:
    """Give this worker a migrated database of its own, and take it away again.

    Args:
        shared: A folder that all workers of this run see, and no other run.
        worker: The worker's name; empty: there is only one.
    """
    before = connection.settings_dict["NAME"]
    with _alone(shared):
        if not worker:
            connection.creation.create_test_db(_QUIET, autoclobber=True)
        elif connection.vendor == "postgresql":
            _copy_postgres(shared, worker)
        else:
            _copy_sqlite(shared, worker)
    try:
        yield
    finally:
        with _alone(shared):
            connection.creation.destroy_test_db(before, _QUIET)
            if worker:
                _leave(shared, worker, before)


@contextmanager
def _alone(shared: Path) -> Iterator[None]:
    """Let one worker at a time in."""
    with (shared / "database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_sqlite(shared: Path, worker: str) -> None:
    template = shared / "database.sqlite3"
    name = f"file:memorydb_{worker}?mode=memory&cache=shared"
    if not template.exists():
        connection.settings_dict["TEST"]["NAME"] = name
        connection.creation.create_test_db(_QUIET, autoclobber=True)
        with closing(sqlite3.connect(shared / "database.new")) as file:
            connection.connection.backup(file)
        file.close()
        # Only a whole one bears the name that the others look for.
        (shared / "database.new").rename(template)
        return
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(template)) as file:
        file.backup(connection.connection)
    file.close()


def _copy_postgres(shared: Path, worker: str) -> None:
    marks = shared / "postgres-copies"
    template = f"test_{connection.settings_dict['NAME']}"
    if not marks.exists():
        connection.settings_dict["TEST"]["NAME"] = template
        connection.creation.create_test_db(_QUIET, autoclobber=True)
        marks.mkdir()
    connection.close()
    connection.settings_dict["NAME"] = f"{template}_{worker}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {template}_{worker}")
        cursor.execute(f"CREATE DATABASE {template}_{worker} TEMPLATE {template}")
    (marks / worker).touch()


def _leave(shared: Path, worker: str, before: str) -> None:
    """Take away the PostgreSQL that was copied, where this worker was the last to use it."""
    marks = shared / "postgres-copies"
    if not marks.exists():
        return
    (marks / worker).unlink()
    if not os.listdir(marks):
        marks.rmdir()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS test_{before}")
