"""A real server of the pages, on a folder of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from tests.browser.demo import laid_demo

_STARTS_WITHIN = 120


class NoServerError(RuntimeError):
    """The server did not start."""


@contextmanager
def served_demo(data: Path, day: date) -> Iterator[str]:
    """Serve a copy of the demo as it looks on a day; give its address.

    Args:
        data: An empty folder; the copy and `server.log` lie in it.
        day: What the pages take for today.
    """
    shutil.copytree(laid_demo(day), data, dirs_exist_ok=True)
    port = _free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tugiplaan.config.settings",
        "TUGIPLAAN_DATA": str(data),
        "TUGIPLAAN_DEMO": "1",
        "TUGIPLAAN_TODAY": day.isoformat(),
        "SECRET_KEY": "for-the-tests-in-a-browser",
    }
    environment.pop("DATABASE_URL", None)
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port),
        "--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "error",
        "tugiplaan.config.wsgi:application",
    ]  # fmt: skip
    with (data / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603
        try:
            _wait_for(f"http://127.0.0.1:{port}/demo/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise NoServerError(address)
