"""Stories in three languages: on which devices, with which words, and with the keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import Locator, Page

LANGUAGES = ("et", "en", "ru")
_MOST_TABS = 250

type Say = Callable[[str], str]


def everywhere(*, first: str) -> pytest.MarkDecorator:
    """Tell a story on both devices in all languages; on the `first` in Estonian always.

    The story takes `device`, `language` and `say`, which gives the words of the page for the
    Estonian ones.
    """
    return pytest.mark.parametrize(
        ("device", "language"),
        [
            pytest.param(
                device,
                language,
                id=f"{device}-{language}",
                marks=[] if (device, language) == (first, "et") else [pytest.mark.soak],
            )
            for device in ("phone", "desktop")
            for language in LANGUAGES
        ],
    )


def speaking(language: str) -> Say:
    """Give the words of a page in a language for its words in Estonian."""

    def _say(words: str) -> str:
        with translation.override(language):
            return translation.gettext(words)

    return _say


def way_to(page: Page, name: str) -> Locator:
    """Give a link of the navigation; on a phone the last ones stand in the account's menu."""
    link = page.locator("nav, .account-menu").get_by_role("link", name=name, exact=True)
    page.wait_for_load_state()
    if not link.count():
        page.locator(".account-menu > summary").click()
    return link.first


def go_to(page: Page, name: str) -> None:
    """Follow a link of the navigation."""
    way_to(page, name).click()


def tab_to(target: Locator) -> Locator:
    """Go with the Tab key until something has the focus, and see that it has."""
    page = target.page
    target.wait_for()
    has_focus = "one => one === document.activeElement"
    for _ in range(_MOST_TABS):
        if target.evaluate(has_focus):
            return target
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key does not come to {target}")


def press(target: Locator, key: str = "Enter") -> None:
    """Go to something with the Tab key and press it."""
    tab_to(target).page.keyboard.press(key)


def type_into(target: Locator, text: str) -> None:
    """Go to a field with the Tab key and type over what stands there."""
    keyboard: Any = tab_to(target).page.keyboard
    keyboard.press("Control+A")
    keyboard.type(text)
