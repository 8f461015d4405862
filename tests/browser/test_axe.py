"""Every page: nothing for axe to find, nothing in the console, no scrolling sideways."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Response

from tests.browser.looking import (
    DESK,
    PHONE,
    ZOOMED,
    axe_faults,
    focus_faults,
    settle,
    shape_faults,
)
from tests.browser.pages import MAIN, SEATS, Address, all_pages, aside, main_pages
from tests.web.world import demo_database, demo_folder, put_back  # noqa: F401 - a fixture

type InDemo = Callable[[Callable[[], Any]], Any]


@pytest.fixture(scope="session")
def in_demo(demo_folder: Path, django_db_blocker: Any) -> InDemo:  # noqa: F811 - the fixture
    """Ask the database of the demo, aside from the browser."""

    def _ask(work: Callable[[], Any]) -> Any:
        def _inside() -> Any:
            with django_db_blocker.unblock(), demo_database(demo_folder), put_back():
                return work()

        return aside(_inside)

    return _ask


@pytest.fixture(scope="session")
def mains(in_demo: InDemo) -> dict[str, list[Address]]:
    return in_demo(main_pages)  # type: ignore[no-any-return]


def _open(page: Page, address: Address) -> Iterator[str]:
    """Open a page and tell what it could not get."""
    answers: list[Response] = []

    def _note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", _note)
    page.goto(address.path)
    settle(page)
    page.remove_listener("response", _note)
    yield from (
        f"{one.status} {one.url}" for one in answers if one.status >= HTTPStatus.BAD_REQUEST
    )


def _look(page: Page, *, is_all: bool) -> Iterator[str]:
    """Look at the page that is open, on a phone, zoomed and at a desk."""
    for size in (DESK, ZOOMED, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        yield from (f"{size['width']} px: {one}" for one in shape_faults(page))
    yield from axe_faults(page)
    if is_all:
        yield from focus_faults(page)
        # Where the focus has led down the page, the head of the page lies over what is below it.
        page.evaluate("scrollTo(0, 0)")
        page.emulate_media(color_scheme="dark")
        yield from (f"dark: {one}" for one in axe_faults(page, only=("color-contrast",)))
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        yield from (f"dark, wide: {one}" for one in axe_faults(page, only=("color-contrast",)))
        page.emulate_media(color_scheme="light")
        yield from (f"wide: {one}" for one in axe_faults(page))


def _faults(page: Page, pages: list[Address], *, is_all: bool = False) -> list[str]:
    found = []
    for address in pages:
        told = [*_open(page, address), *_look(page, is_all=is_all)]
        found += [f"{address.name}: {one}" for one in told]
    return found


@pytest.mark.parametrize("name", MAIN)
def test_the_main_pages_are_open_to_everybody(
    name: str, enter: Callable[..., Page], mains: dict[str, list[Address]]
) -> None:
    page = enter(name, device="phone", reduced_motion="reduce")
    found = _faults(page, mains[name])
    assert not found, "\n".join(found)


def test_every_main_page_is_there(mains: dict[str, list[Address]]) -> None:
    missing = {name: set(MAIN[name]) - {one.name for one in pages} for name, pages in mains.items()}
    assert not any(missing.values()), missing


@pytest.mark.soak
@pytest.mark.parametrize("language", ["et", "en", "ru"])
@pytest.mark.parametrize("name", SEATS)
def test_every_page_is_open_to_everybody(
    name: str, language: str, enter: Callable[..., Page], in_demo: InDemo
) -> None:
    pages = in_demo(lambda: all_pages(name))
    page = enter(name, device="desktop", language=language, reduced_motion="reduce")
    found = _faults(page, pages, is_all=True)
    assert len(pages) > len(("account", "help"))
    assert not found, "\n".join(found)
