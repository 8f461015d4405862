"""The browser that tests and pictures drive: the system's Chromium.

`python tools/browser.py` finds it; as root it installs it from the system's packages; otherwise it
names the one command and fails.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_INSTALL = "apt-get install -y --no-install-recommends chromium"


class NoBrowserError(RuntimeError):
    """There is no Chromium on this computer."""


def find_browser() -> str:
    """Give the path of Chromium; `CHROMIUM` names another one.

    Raises:
        NoBrowserError: There is none; says how to get one.
    """
    for name in (os.environ.get("CHROMIUM", ""), *NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    raise NoBrowserError(f"Chromium is wanted for the browser tests. Get it: sudo {_INSTALL}")


def main() -> int:
    """Find the browser, or install it where one may."""
    try:
        print(find_browser())
    except NoBrowserError as error:
        if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
            print(error, file=sys.stderr)
            return 1
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in ("apt-get update -qq", f"{_INSTALL} -qq"):
            subprocess.run(command.split(), env=environment, check=True, stdout=sys.stderr)
        print(find_browser())
    return 0


if __name__ == "__main__":
    sys.exit(main())
