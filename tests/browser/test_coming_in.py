"""Coming in, finding one's way, choosing a language."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect


def test_a_manager_comes_in_and_finds_a_person_by_keyboard(enter: Callable[..., Page]) -> None:
    page = enter("Kristel Õunamäe")
    page.keyboard.press("/")
    page.keyboard.type("berzins")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Jānis Bērziņš")).to_be_visible()


def test_the_language_is_chosen_once_and_stays(enter: Callable[..., Page]) -> None:
    page = enter("Rein Põllusaar", device="phone", language="ru")
    expect(page.locator("html")).to_have_attribute("lang", "ru")


def test_the_first_page_asks_to_log_in(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    page.goto("/")
    expect(page).to_have_url("/log-in/login/?next=/")
