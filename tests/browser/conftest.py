"""A real server on its own copy of the demo, and a browser in which somebody is logged in."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.server import served_demo
from tools.browser import FLAGS, find_browser

DAY = date(2026, 11, 16)
"""A Monday. The months of the demo up to August are invoiced, two are open."""
DEVICES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
_ANSWERS_WITHIN = 20_000

expect.set_options(timeout=_ANSWERS_WITHIN)

type Enter = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.enable_socket)
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the demo that this worker may change; give its address."""
    data = tmp_path_factory.mktemp("site")
    with served_demo(data, DAY) as address:
        yield address
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
    """Open browsers of their own: `new_context(device="phone", **options)`.

    What a page complains about in its console fails the test when it ends: a script that broke,
    a rule of the Content-Security-Policy. That an answer was an error is no complaint: a form
    that refuses is one.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def _note(message: ConsoleMessage) -> None:
        is_harmless = message.text.startswith("Failed to load resource")
        is_overtaken = "AbortError" in message.text  # htmx asked again before the answer came
        if message.type == "error" and not is_harmless and not is_overtaken:
            complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _open(device: str = "desktop", **options: Any) -> BrowserContext:
        context = chromium.new_context(base_url=site, **(DEVICES[device] | options))
        context.set_default_timeout(_ANSWERS_WITHIN)
        context.on("console", _note)
        context.on("weberror", lambda fault: complaints.append(str(fault.error)))
        opened.append(context)
        return context

    yield _open
    for context in opened:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def enter(new_context: Callable[..., BrowserContext]) -> Enter:
    """Log in through the doors of the demo.

    `enter("Kristel Õunamäe", device="phone", language="ru", java_script_enabled=False)`: a name
    of the demo; gives a page that stands at the first page of the role.
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
