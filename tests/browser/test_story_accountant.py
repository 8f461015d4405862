"""An accountant takes a month from open to its invoices, by the keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.speaking import everywhere, go_to, press, speaking, tab_to, way_to

ACCOUNTANTS = ("Ants Niidumaa", "Galina Komarova", "Sirje Arukask", "Riina Pajusaar")
_WHO = {
    ("desktop", "et"): "Sirje Arukask",
    ("desktop", "en"): "Galina Komarova",
    ("desktop", "ru"): "Ants Niidumaa",
    ("phone", "et"): "Sirje Arukask",
    ("phone", "en"): "Galina Komarova",
    ("phone", "ru"): "Ants Niidumaa",
}
"""Who takes which; on the phone the month after that which was taken at the desk."""


@everywhere(first="desktop")
def test_an_accountant_takes_a_month_to_its_invoices_by_keyboard(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter(_WHO[device, language], device=device, language=language)
    row = page.get_by_role("row")

    press(way_to(page, say("Kuud")))
    waits = (
        page.locator("tbody tr")
        .filter(has_text=say("Avatud"))
        .or_(page.locator("tbody tr").filter(has_text=say("Eelvaade koostatud")))
    )
    press(waits.last.get_by_role("link").first)
    month = page.get_by_role("heading", level=1).inner_text()

    prepare = page.get_by_role("button", name=say("Koosta eelvaade")).or_(
        page.get_by_role("button", name=say("Koosta uuesti"))
    )
    if prepare.count():
        press(prepare)
        expect(page.get_by_role("status").first).to_be_visible()
    expect(page.get_by_role("heading", name=say("Kohad ja teenused"))).to_be_visible()

    press(page.locator("nav.tabs").get_by_role("link", name=say("Read"), exact=True))
    why = page.locator("details.verdict").filter(has=page.locator("summary .chip.good")).first
    press(why.locator("summary"))
    expect(why.locator("ol, table, dl").first).to_be_visible()
    page.go_back()

    press(page.get_by_role("link", name=say("Sulge kuu")))
    press(page.get_by_role("button", name=say("Sulge kuu")))
    expect(page.locator(".path [aria-current=step]")).to_contain_text(say("Suletud"))

    press(page.get_by_role("link", name=say("Vaata arved üle ja väljasta")))
    expect(row.nth(1)).to_be_visible()
    press(page.get_by_role("button", name=say("Väljasta"), exact=True))
    press(way_to(page, say("Kuud")))
    issued = page.locator("tbody tr").filter(has_text=month)
    expect(issued).to_contain_text(say("Arveldatud"))


@everywhere(first="desktop")
def test_why_this_amount_names_every_step_with_its_section(
    enter: Callable[..., Page], device: str, language: str
) -> None:
    say = speaking(language)
    page = enter("Ants Niidumaa", device=device, language=language)
    go_to(page, say("Kuud"))
    page.locator("tbody tr").filter(has_text=say("Arveldatud")).first.get_by_role(
        "link"
    ).first.click()
    page.locator("nav.tabs").get_by_role("link", name=say("Read"), exact=True).click()

    line = page.locator("details.verdict").filter(has=page.locator("summary .chip.good")).first
    line.locator("summary").click()
    expect(line.locator(".why ol li").first).to_be_visible()
    expect(line).to_contain_text("§")


def test_the_keyboard_finds_the_first_thing_of_a_page_at_once(enter: Callable[..., Page]) -> None:
    page = enter("Sirje Arukask")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page.locator("main a[href]").first)
