"""The demo laid once for all browser tests, kept while the code that lays it stays the same."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_SOURCES = _ROOT / "src" / "tugiplaan"
_CACHE = _ROOT / ".cache" / "browser"


def laid_demo(day: date) -> Path:
    """Give a folder with the database of the demo as it looks on a day; do not change it.

    Laid when it is not there yet or the code has changed; who comes second waits for the first.
    """
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = _CACHE / f"{day}-{_digest()}"
        if not folder.exists():
            for old in _CACHE.glob("20*"):
                shutil.rmtree(old)
            new = _CACHE / "new"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            environment = os.environ | {"TUGIPLAAN_DATA": str(new)}
            environment.pop("DATABASE_URL", None)
            environment.pop("DJANGO_SETTINGS_MODULE", None)
            command = [
                sys.executable,
                "-c",
                "from tugiplaan.cli.main import main; main()",
                "demo",
                "--today",
                day.isoformat(),
            ]
            subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
            new.rename(folder)
    return folder


def _digest() -> str:
    """Give a digest of all code that may change what is laid; pages do not."""
    found = hashlib.sha256()
    for file in sorted(_SOURCES.rglob("*")):
        is_code = file.suffix in {".py", ".yaml"} and "__pycache__" not in file.parts
        if is_code and "web" not in file.relative_to(_SOURCES).parts:
            found.update(file.read_bytes())
    return found.hexdigest()[:16]
