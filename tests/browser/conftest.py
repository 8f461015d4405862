"""A real server on its own copy of the demo, and a browser in which somebody is logged in."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.demo import laid_demo
from tools.browser import FLAGS, find_browser

DAY = date(2026, 11, 16)
"""A Monday. The months of the demo up to August are invoiced, two are open."""
DEVICES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
_STARTS_WITHIN = 60

type Enter = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(pytest.mark.browser)


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
    pytest.fail(f"The server did not start: {address}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the demo that this worker may change; give its address."""
    data = tmp_path_factory.mktemp("site")
    shutil.copytree(laid_demo(DAY), data, dirs_exist_ok=True)
    port = _free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tugiplaan.config.settings",
        "TUGIPLAAN_DATA": str(data),
        "TUGIPLAAN_DEMO": "1",
        "TUGIPLAAN_TODAY": DAY.isoformat(),
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
    faults = (data / "server.log").read_text("utf-8")
    assert "Traceback" not in faults, faults[-4000:]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_context(chromium: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers of their own: `new_context(device="phone", **options)`."""
    opened: list[BrowserContext] = []

    def _open(device: str = "desktop", **options: Any) -> BrowserContext:
        context = chromium.new_context(base_url=site, **(DEVICES[device] | options))
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield _open
    for context in opened:
        context.close()


@pytest.fixture
def enter(new_context: Callable[..., BrowserContext]) -> Enter:
    """Log in through the doors of the demo.

    `enter("Kristel Õunamäe", device="phone", language="ru", java_script_enabled=False)`: a name
    of the demo; gives a page that stands at the first page of the role. What a page complains
    about in its console fails the test when it ends, through `page.complaints`.
    """

    def _enter(name: str, *, device: str = "desktop", language: str = "et", **options: Any) -> Page:
        page = new_context(device, **options).new_page()
        if language != "et":
            page.goto("/log-in/login/")
            page.locator(f"header button[name=language][value={language}]").click()
        page.goto("/demo/")
        page.get_by_role("button", name=name).first.click()
        page.wait_for_load_state()
        if language != "et":
            page.goto("/account/")
            page.locator(f"main button[name=language][value={language}]").click()
            page.goto("/")
        return page

    return _enter


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of failures go."""
    return tmp_path_factory.mktemp("pictures")
