"""A municipality looks at the packages it pays for and at the months of its providers."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.speaking import everywhere, go_to, speaking


@everywhere(first="desktop")
def test_a_municipality_looks_at_its_packages_and_months(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter("Kadri Karjamaa", device=device, language=language)
    packages = page.locator("nav [aria-current=page]").locator("visible=true")
    expect(packages).to_have_text(say("Paketid"))
    expect(page.locator("main table tbody tr").first).to_be_visible()

    person = page.locator("main table tbody a").first
    name = person.inner_text()
    person.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.go_back()

    go_to(page, say("Kuud"))
    expect(page.locator("main table tbody tr").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("€")
