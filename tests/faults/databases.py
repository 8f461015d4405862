"""Databases of their own for tests that kill or crowd: copies of a template, on either server."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Database:
    """A database of which copies can be made.

    Attributes:
        url: Its address, as DATABASE_URL wants it.
    """

    url: str

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def _path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def copy(self, name: str, folder: Path) -> "Database":
        """Make a copy, in place of one of that name."""
        if self.is_sqlite:
            target = folder / f"{name}.sqlite3"
            for ending in ("", "-wal", "-shm"):
                Path(f"{target}{ending}").unlink(missing_ok=True)
            # What is still in the log is moved into the file first.
            with closing(sqlite3.connect(self._path)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copyfile(self._path, target)
            return Database(f"sqlite:///{target}")
        _create(self.url, name, template=_name(self.url))
        return Database(_renamed(self.url, name))

    def drop(self) -> None:
        """Take the database away."""
        if self.is_sqlite:
            for ending in ("", "-wal", "-shm"):
                Path(f"{self._path}{ending}").unlink(missing_ok=True)
            return
        with psycopg.connect(_renamed(self.url, "postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{_name(self.url)}" WITH (FORCE)')

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a work of `tests.faults.work` on it."""
        return subprocess.Popen(  # noqa: S603 - a command of our own
            [sys.executable, "-m", "tests.faults.work", *command],
            cwd=_ROOT,
            env={**os.environ, "DATABASE_URL": self.url},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def work(self, *command: str) -> str:
        """Do a work to its end and give what it printed after `ready`."""
        return finish(self.start(*command)).removeprefix("ready\n")


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a work; fail with its own words where it failed."""
    out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error
    return out


def new_database(name: str, folder: Path) -> Database:
    """Make an empty database on the server that the tests run on."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        return Database(f"sqlite:///{folder / name}.sqlite3")
    _create(url, name)
    return Database(_renamed(url, name))


def _create(url: str, name: str, template: str = "template1") -> None:
    with psycopg.connect(_renamed(url, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _name(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _renamed(url: str, name: str) -> str:
    parts = urlsplit(url)
    # A socket's address has no host before the path; urlunsplit would leave the slashes out.
    return urlunsplit(parts._replace(netloc=parts.netloc or "@", path=f"/{name}"))


def names(kind: str, numbers: Sequence[int]) -> list[str]:
    """Give names of databases that no other process of this run uses."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return [f"tp_{kind}_{worker}_{os.getpid()}_{number}" for number in numbers]
